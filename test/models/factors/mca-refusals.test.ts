import { describe, expect, test } from "vitest";
import { mca } from "../../../src/models/factors/mca.ts";
import { projectRows } from "../../../src/models/factors/project-rows.ts";
import { supplementaryCategories } from "../../../src/models/factors/supplementary-categories.ts";
import { supplementaryNumbers } from "../../../src/models/factors/supplementary-numbers.ts";
import { all, cinema, museum, music, question, sport, yesNo } from "./twelve-people.ts";

describe("refusals name what is wrong", () => {
  const short = { ...cinema, codes: cinema.codes.subarray(1) };
  test.each<readonly [string, () => unknown, RegExp]>([
    ["no question", () => mca([]), /sans question/],
    ["two questions of one name", () => mca([cinema, cinema]), /même nom.*cinéma/],
    ["lengths", () => mca([museum, short]), /« cinéma » n'a pas le nombre de lignes.*11.*12 lignes/],
    ["supplementary length", () => mca(all, { supplementary: [short] }), /« cinéma » n'a pas le nombre/],
    ["numbers' length", () => mca(all, { numbers: [{ name: "âge", values: new Float64Array(3) }] }), /« âge »/],
    ["later supplementary length", () => supplementaryCategories(mca(all), [short]), /« cinéma »/],
    [
      "later numbers' length",
      () => supplementaryNumbers(mca(all), [{ name: "âge", values: new Float64Array(3) }]),
      /« âge »/,
    ],
    ["negative weight", () => mca(all, { weights: Float64Array.from({ length: 12 }, (_, i) => i - 1) }), /ligne 1.*-1/],
    ["missing weight", () => mca(all, { weights: new Float64Array(12).fill(Number.NaN) }), /Poids impossible.*NaN/],
    ["a row that is not there", () => mca(all, { supplementaryRows: Int32Array.of(12) }), /hors du tableau.*12/],
    [
      "a code without a level",
      () => mca([question("sport", yesNo, [0, 1, 2])]),
      /Code sans modalité dans « sport ».*2/,
    ],
    ["an unknown passive question", () => mca(all, { passive: [{ question: "golf", level: "oui" }] }), /golf/],
    [
      "an unknown passive level",
      () => mca(all, { passive: [{ question: "sport", level: "oui" }] }),
      /Modalité inconnue de « sport ».*oui/,
    ],
    ["a level called as missing answers are", () => mca(all, { missingName: "oui" }), /déjà une modalité/],
    ["no axis", () => mca(all, { axes: 0 }), /Nombre d'axes/],
    [
      "an axis without that category",
      () => mca(all, { positive: [{ question: "sport", level: "rap" }] }),
      /ne peut pas être orienté.*sport, rap/,
    ],
    ["a question that new rows lack", () => projectRows(mca(all), [cinema]), /absente des nouvelles lignes.*musée/],
    ["new rows of several lengths", () => projectRows(mca(all), [museum, short, music, sport]), /« cinéma » n'a pas/],
  ])("%s", (_, refused, message) => {
    expect(refused).toThrow(message);
  });
});
