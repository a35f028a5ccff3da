import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mathAlternative } from "../../src/book/math-alternative.ts";
import { frenchSpaces, typographyFaults } from "../../src/book/typography.ts";

describe("French typography", () => {
  test.each([
    ["Vrai ?", "Vrai\u202f?"],
    ["« mot »", "«\u202fmot\u202f»"],
    ["Note : oui", "Note\u00a0: oui"],
    ["12 500 habitants", "12\u202f500\u00a0habitants"],
    ["1 234 567", "1\u202f234\u202f567"],
    ["37 %", "37\u202f%"],
    ["12,4 km", "12,4\u00a0km"],
    ["l'emploi d'été", "l’emploi d’été"],
    ["à 14:30, voir https://exemple.fr/a?b=1 !", "à 14:30, voir https://exemple.fr/a?b=1\u202f!"],
    ["figure 3", "figure\u00a03"],
  ])("%s", (raw, printed) => expect(frenchSpaces(raw)).toBe(printed));

  test("is idempotent, and leaves no fault", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom("mot", "«", "»", ";", ":", "!", "?", "%", "12", "500", "l'eau", "km", "https://a.fr/b?c=d"),
          { maxLength: 12 },
        ),
        (words) => {
          const once = frenchSpaces(words.join(" "));
          expect(frenchSpaces(once)).toBe(once);
        },
      ),
    );
    expect(typographyFaults(frenchSpaces("L'aide « C2S » : 12 500 personnes ; vraiment ?"))).toEqual([]);
    expect(typographyFaults("Vraiment ? l'aide").length).toBe(2);
  });
});

describe("formulas read aloud", () => {
  test.each([
    ["\\frac{a}{b^2}", "a sur b au carré"],
    ["\\hat{y} = a + b x", "y chapeau égale a plus b x"],
    ["\\sum_{j} w_{ij} x_j", "somme pour j, w indice ij x indice j"],
    ["\\frac{a+b}{c}", "(a plus b) sur c"],
  ])("%s", (latex, said) => expect(mathAlternative(latex)).toBe(said));

  test("asks the author for what it cannot read", () => {
    expect(() => mathAlternative("\\oint x")).toThrow(/\\oint.*ne l'est pas/s);
  });
});
