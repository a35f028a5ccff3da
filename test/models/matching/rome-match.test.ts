import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CodeRome, codeRome } from "../../../src/codes/code.ts";
import { explainMatch, matchLevels, romeMatching } from "../../../src/models/matching/rome-match.ts";

const [cook, kitchenHand, waiter, cleaner, carer] = ["G1602", "G1605", "G1803", "K2204", "K1304"].map(codeRome) as [
  CodeRome,
  CodeRome,
  CodeRome,
  CodeRome,
  CodeRome,
];
const occupations = [cook, kitchenHand, waiter, cleaner, carer];
const mobilities = {
  sought: [cook, kitchenHand, cleaner, cleaner, carer],
  offered: [waiter, cook, carer, kitchenHand, codeRome("Z9999")],
  kind: ["Evolution", "Proche", "Proche", "Proche", "Proche"],
  soughtTitle: ["", "", "", "", ""],
  offeredTitle: ["", "", "12345", "", ""],
};
const matching = romeMatching(occupations, mobilities);
const offered = (level: "strict" | "near" | "wide", code: CodeRome) => [...(matching[level].get(code) ?? [])].sort();

describe("three declared levels", () => {
  test("strict is the same sheet", () => expect(offered("strict", cleaner)).toEqual(["K2204"]));
  test("near follows the official mobility, in its direction only", () => {
    expect(offered("near", kitchenHand)).toEqual(["G1602", "G1605"]);
    expect(offered("near", cook)).toEqual(["G1602"]);
  });
  test("an Evolution is not a match", () => expect(offered("near", cook)).not.toContain("G1803"));
  test("wide adds the professional domain", () => expect(offered("wide", cook)).toEqual(["G1602", "G1605"]));
  test("codes outside the list are reported, not matched", () => {
    expect(matching.unknown).toEqual(["Z9999"]);
    expect(offered("wide", carer)).toEqual(["K1304"]);
  });
});

describe("explanation of a pair", () => {
  const why = (sought: CodeRome, offer: CodeRome) => explainMatch(matching, sought, offer);
  test("names the narrowest level", () => {
    expect(why(cook, cook).level).toBe("strict");
    expect(why(kitchenHand, cook).level).toBe("near");
    expect(why(cook, kitchenHand)).toMatchObject({ level: "wide", sentence: expect.stringContaining("G16") });
    expect(why(cook, cleaner)).toMatchObject({ level: null, sentence: expect.stringContaining("ni la même fiche") });
  });
  test("says when a mobility rests on a job title", () => {
    expect(why(cleaner, carer).sentence).toContain("appellation");
    expect(why(cleaner, kitchenHand).sentence).not.toContain("appellation");
  });
  test("refuses an occupation of another version", () => expect(() => why(codeRome("A9999"), cook)).toThrow(/A9999/));
});

test("strict is within near, near within wide, whatever the table", () => {
  const code = fc.constantFrom(...["A1101", "A1102", "A1201", "B1101", "B1102"].map(codeRome));
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code, fc.constantFrom("Proche", "Evolution")), { maxLength: 20 }), (rows) => {
      const list = ["A1101", "A1102", "A1201", "B1101", "B1102"].map(codeRome);
      const found = romeMatching(Object.freeze(list), {
        sought: rows.map(([from]) => from),
        offered: rows.map(([, to]) => to),
        kind: rows.map(([, , kind]) => kind),
      });
      for (const sought of list) {
        const sets = matchLevels.map((level) => found[level].get(sought) ?? new Set<CodeRome>());
        expect(sets[0]?.has(sought)).toBe(true);
        for (const offer of sets[0] ?? []) expect(sets[1]?.has(offer)).toBe(true);
        for (const offer of sets[1] ?? []) expect(sets[2]?.has(offer)).toBe(true);
        for (const offer of list)
          expect(sets[1]?.has(offer)).toBe(
            offer === sought || rows.some(([from, to, kind]) => from === sought && to === offer && kind === "Proche"),
          );
      }
    }),
  );
});

test("no occupation, no match; ragged columns are refused", () => {
  expect(romeMatching([], { sought: [], offered: [], kind: [] }).wide.size).toBe(0);
  expect(() => romeMatching(occupations, { sought: [cook], offered: [], kind: [] })).toThrow(/mobilités/);
});
