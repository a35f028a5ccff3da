import { describe, expect, test } from "vitest";
import { catdes } from "../../../src/models/clustering/catdes.ts";
import type { ClassDescription } from "../../../src/models/clustering/class-description.ts";
import { logMidP } from "../../../src/models/clustering/hypergeometric.ts";
import { logChiSquareTail, logNormalTail, normalQuantileOfLogTail } from "../../../src/models/clustering/log-tails.ts";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { realData } from "../../support/real-data.ts";
import { cases as factorCases, sharedColumns, sharedVariable } from "../factors/factor-cases.ts";
import { cases, type ExpectedDescription, type Printed } from "./class-cases.ts";

const { catdes: own } = cases;
const classOf = Int32Array.from(own.class);
const variables = ["cinema", "musee", "sport"].map((name) => ({
  name,
  levels: own.levels[name] ?? [],
  codes: Int32Array.from(own.codes[name] ?? []),
}));
const numbers = [
  { name: "heures", values: Float64Array.from(own.heures) },
  { name: "age", values: Float64Array.from(own.age) },
];

/** Values that R cannot write (p under the least number, infinite v-test) are told apart, and counted. */
let unwritten = 0;
function expectValue(actual: number, expected: Printed["values"][number] | undefined, what: string): void {
  if (expected === null || expected === "Infinity" || expected === "-Infinity") {
    unwritten++;
    expect(Number.isFinite(actual), what).toBe(true);
    expect(Math.sign(actual), what).toBe(expected === "-Infinity" ? -1 : 1);
    expect(Math.abs(actual), what).toBeGreaterThan(8);
    return;
  }
  const value = expected ?? Number.NaN;
  const error = Math.abs(actual - value) / Math.max(Math.abs(value), 1e-7);
  expect(error, `${what} : ${actual} au lieu de ${value}`).toBeLessThanOrEqual(1e-9);
}

/** Names as R writes them: "variable=level", blanks of variables as dots, missing answers "NA". */
const printedName = (variable: string, level: string): string =>
  `${variable.replaceAll(" ", ".")}=${level === "sans réponse" ? "NA" : level}`;

function expectDescription(
  actual: ClassDescription,
  expected: ExpectedDescription,
  levelOf: (r: string) => string,
): void {
  expect(actual.variables.length).toBe(expected.chi.names.length);
  for (const { variable, p, degrees } of actual.variables) {
    const at = expected.chi.names.indexOf(variable.replaceAll(" ", "."));
    const value = expected.chi.values[2 * at];
    if (value !== 0) expectValue(p, value, `chi2 ${variable}`);
    else expect(p).toBeLessThan(1e-290);
    expect(degrees).toBe(expected.chi.values[2 * at + 1]);
  }
  actual.classes.forEach(({ categories, numbers: traits, label }) => {
    const printed = expected.category[label];
    expect(categories.length).toBe(printed?.names.length);
    for (const trait of categories) {
      const name = printedName(trait.variable, trait.level);
      const at = printed?.names.findIndex((one) => levelOf(one) === name) ?? -1;
      const row = printed?.values.slice(5 * at, 5 * at + 5) ?? [];
      expect(at, name).toBeGreaterThanOrEqual(0);
      expectValue(100 * trait.classInLevel, row[0], `Cla/Mod ${name}`);
      expectValue(100 * trait.levelInClass, row[1], `Mod/Cla ${name}`);
      expectValue(100 * trait.levelOverall, row[2], `Global ${name}`);
      if (row[3] !== 0) expectValue(trait.p, row[3], `p ${name}`);
      // R's p loses its digits near the least number that can be written.
      if (row[3] === 0 || Math.abs(Number(row[4])) < 37) expectValue(trait.vTest, row[4], `v ${name}`);
    }
    for (const trait of traits) {
      const row = expected.quanti[label]?.values.slice(
        6 * (expected.quanti[label]?.names.indexOf(trait.variable) ?? -1),
      );
      [trait.vTest, trait.mean, trait.overallMean, trait.deviation, trait.overallDeviation].forEach((value, at) => {
        expectValue(value, row?.[at], `${trait.variable} ${at}`);
      });
      if (row?.[5] !== 0) expectValue(trait.p, row?.[5], `p ${trait.variable}`);
    }
  });
  for (const { variable, etaSquared, p } of actual.numbers) {
    const at = expected.eta.names.indexOf(variable);
    expectValue(etaSquared, expected.eta.values[2 * at], `eta2 ${variable}`);
    expectValue(p, expected.eta.values[2 * at + 1], `p de eta2 ${variable}`);
  }
}

describe("catdes is that of FactoMineR 2.7", () => {
  test("our own case, with missing answers as a level", () => {
    expectDescription(catdes(classOf, variables, numbers), own.result, (name) => name);
    expect(unwritten).toBe(0);
  });
  test.skipIf(!realData)("hobbies: three classes of 8 403 people, where R's v-tests become infinite", () => {
    const columns = sharedColumns(realData ?? "", "insee_enquetes_loisirs/hobbies.csv");
    const questions = factorCases.hobbies.variables.map((variable) => sharedVariable(columns, variable));
    const nb = Float64Array.from(columns.get("nb.activitees") ?? [], Number);
    const bands = Int32Array.from(nb, (count) => (count <= 4 ? 0 : count <= 8 ? 1 : 2));
    const description = catdes(bands, questions, [{ name: "nb", values: nb }]);
    unwritten = 0;
    expectDescription(description, cases.hobbies.description, (name) => name);
    expect(unwritten).toBeGreaterThan(10);
    const values = description.classes.flatMap(({ categories }) => categories.map(({ vTest }) => vTest));
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("conventions", () => {
  test("an answer tests people, whatever the weights; weighted shares stand apart", () => {
    const weights = Float64Array.from(own.age);
    const plain = catdes(classOf, variables, numbers);
    const weighted = catdes(classOf, variables, numbers, { weights });
    weighted.classes.forEach(({ categories }, label) => {
      categories.forEach((trait, at) => {
        const bare = plain.classes[label]?.categories[at];
        expect({ ...trait, weighted: null }).toEqual(bare);
      });
    });
    const [first] = weighted.classes[0]?.categories ?? [];
    const rows = [...classOf.keys()];
    const sum = (keep: (row: number) => boolean): number =>
      rows.filter(keep).reduce((all, row) => all + (weights[row] ?? 0), 0);
    const variable = variables.find(({ name }) => name === first?.variable);
    const code = variable?.levels.indexOf(first?.level ?? "") ?? -2;
    const gave = (row: number): boolean => variable?.codes[row] === code;
    const inClass = (row: number): boolean => classOf[row] === 0;
    expect(first?.weighted?.levelInClass).toBeCloseTo(sum((r) => gave(r) && inClass(r)) / sum(inClass), 12);
    expect(first?.weighted?.classInLevel).toBeCloseTo(sum((r) => gave(r) && inClass(r)) / sum(gave), 12);
    expect(first?.weighted?.levelOverall).toBeCloseTo(sum(gave) / sum(() => true), 12);
    expect(weighted.classes.reduce((all, { weightedShare }) => all + (weightedShare ?? 0), 0)).toBeCloseTo(1, 12);
  });
  test("missing answers can leave the counts of their question instead", () => {
    const kept = catdes(classOf, variables, [], { missing: "drop" });
    const sport = variables[2]?.codes ?? new Int32Array(0);
    const asked = Int32Array.from(sport.keys()).filter((row) => (sport[row] ?? -1) >= 0);
    const only = catdes(
      asked.map((row) => classOf[row] ?? 0),
      [{ name: "sport", levels: variables[2]?.levels ?? [], codes: asked.map((row) => sport[row] ?? 0) }],
    );
    const traits = ({ classes }: ClassDescription) =>
      classes.map(({ categories }) => categories.filter(({ variable }) => variable === "sport"));
    expect(traits(kept)).toEqual(traits(only));
  });
  test("an answer that nobody gave is left out; one that all gave has p = 1, v = 0 and no chi-square", () => {
    const all = { name: "télé", levels: ["non", "oui"], codes: new Int32Array(6).fill(1) };
    const { classes, variables: links } = catdes(Int32Array.of(0, 0, 0, 1, 1, 1), [all]);
    expect(classes[0]?.categories.map(({ level, p, vTest }) => [level, p, vTest])).toEqual([["oui", 1, 0]]);
    expect(links[0]?.p).toBeNaN();
    expect(links[0]?.degrees).toBe(0);
  });
  test("numbers: a missing one leaves its column, a constant one has v = 0", () => {
    const values = Float64Array.of(1, 2, 3, 4, 50, Number.NaN);
    const labels = Int32Array.of(0, 0, 0, 1, 1, 1);
    const { classes, numbers: links } = catdes(
      labels,
      [],
      [
        { name: "heures", values },
        { name: "fixe", values: new Float64Array(6).fill(2) },
      ],
    );
    const hours = (at: number) => classes[at]?.numbers.find(({ variable }) => variable === "heures");
    expect(hours(1)).toMatchObject({ people: 2, mean: 27, overallMean: 12 });
    expect(classes[0]?.numbers.find(({ variable }) => variable === "fixe")).toMatchObject({ vTest: 0, p: 1 });
    expect(links.find(({ variable }) => variable === "fixe")?.etaSquared).toBe(0);
  });
  test("columns of other lengths, classes or weights that are none are refused", () => {
    const cinema = categoricalVariable("cinéma", ["oui", "non"]);
    expect(() => catdes(Int32Array.of(0, 1, 1), [cinema])).toThrow(/cinéma, 2 lignes/);
    expect(() => catdes(Int32Array.of(0, -1), [cinema])).toThrow(/numérotée depuis 0/);
    expect(() => catdes(Int32Array.of(0, 1), [cinema], [], { weights: Float64Array.of(1, Number.NaN) })).toThrow(
      /Poids impossible à la ligne 2/,
    );
  });
});

describe("tails in logs", () => {
  test("mid-p is the definition on every table of 14 people", () => {
    const choose = (n: number, k: number): number =>
      k < 0 || k > n ? 0 : Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
    for (let one = 0; one <= 14; one++)
      for (let other = 0; other <= 14; other++)
        for (let both = Math.max(0, one + other - 14); both <= Math.min(one, other); both++) {
          const point = (x: number): number => (choose(one, x) * choose(14 - one, other - x)) / choose(14, other);
          let [under, over] = [0, 0];
          for (let x = 0; x < both; x++) under += point(x);
          for (let x = both + 1; x <= 14; x++) over += point(x);
          const expected = Math.min(2 * under + point(both), 2 * over + point(both));
          expect(Math.abs(Math.exp(logMidP(both, one, other, 14)) / expected - 1)).toBeLessThan(1e-11);
        }
  });
  test("v-tests of a million people are finite, and grow as they should", () => {
    const v = [0.5, 0.6, 0.9, 1].map((share) =>
      normalQuantileOfLogTail(logMidP(share * 1e5, 1e5, 5e5, 1e6) - Math.LN2),
    );
    expect(v[0]).toBeCloseTo(0, 2);
    expect(v[1]).toBeGreaterThan(60);
    expect(v[3]).toBeGreaterThan(v[2] ?? 0);
    expect(v[3]).toBeLessThan(500);
  });
  test("a normal quantile undoes its tail, from -3 to 300", () => {
    for (const z of [-3, -1, 0, 0.3, 4.9, 5.1, 6, 30, 38.5, 300])
      expect(normalQuantileOfLogTail(logNormalTail(z))).toBeCloseTo(z, 9);
    expect(normalQuantileOfLogTail(Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
  test("chi-square tails: 2 degrees are an exponential, 1 degree is a normal", () => {
    for (const x of [0.01, 1, 3, 40, 4000]) {
      expect(Math.abs(logChiSquareTail(x, 2) / (-x / 2) - 1)).toBeLessThan(1e-10);
      expect(Math.abs(logChiSquareTail(x, 1) - (Math.LN2 + logNormalTail(Math.sqrt(x))))).toBeLessThan(
        1e-9 * Math.max(1, x),
      );
    }
    expect(logChiSquareTail(0, 3)).toBe(0);
  });
});
