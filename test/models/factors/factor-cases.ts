import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type CategoricalVariable, categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import type { CategoryCloud, Mca } from "../../../src/models/factors/mca-result.ts";
import { reference } from "../../reference/reference.ts";

/** What R answered, row-major by axis. */
export interface Expected {
  readonly axes: number;
  readonly eigenvalues: readonly number[];
  readonly coordinates: readonly number[];
  readonly contributions: readonly number[];
  readonly cos2: readonly number[];
  readonly tests: readonly number[];
  readonly eta2: readonly number[];
  readonly rows: {
    readonly coordinates: readonly number[];
    readonly contributions?: readonly number[];
    readonly cos2: readonly number[];
  };
  readonly supplementary?: Pick<Expected, "coordinates" | "cos2" | "tests" | "eta2">;
  readonly numbers?: readonly number[];
  readonly supplementaryRows?: { readonly coordinates: readonly number[]; readonly cos2: readonly number[] };
  readonly inertia?: number;
  readonly benzecri?: readonly number[];
  readonly means?: readonly number[];
}

interface Variable {
  readonly name: string;
  readonly levels: readonly string[];
  readonly codes: readonly number[];
}

interface Classic {
  readonly variables: readonly { readonly name: string; readonly levels: readonly string[] }[];
  readonly at: readonly number[];
}

export interface Cases {
  readonly own: {
    readonly variables: readonly Variable[];
    readonly heures: readonly number[];
    readonly rates: Readonly<Record<"ade4" | "ade4Weighted" | "greenacre", readonly number[]>>;
    readonly weights: readonly number[];
    readonly outside: readonly number[];
    readonly class: readonly number[];
    readonly ellipses: { readonly population: readonly number[]; readonly confidence: readonly number[] };
  } & Record<"plain" | "supplementary" | "weighted" | "effective" | "burt" | "specific" | "classed", Expected>;
  readonly tea: Classic & { readonly result: Expected };
  readonly poison: Classic & { readonly result: Expected };
  readonly hobbies: Classic & { readonly result: Expected };
  readonly hdv2003: Classic & { readonly result: Expected };
  readonly taste: Classic & { readonly women: number; readonly specific: Expected; readonly classed: Expected };
}

export const cases: Cases = reference<Cases>("mca");

/** The questions of our own seeded case: five active, then age and diploma. */
export const ownVariables: readonly CategoricalVariable[] = cases.own.variables.map(({ name, levels, codes }) => ({
  name,
  levels,
  codes: Int32Array.from(codes),
}));
export const ownActives: readonly CategoricalVariable[] = ownVariables.slice(0, 5);
export const ownOthers: readonly CategoricalVariable[] = ownVariables.slice(5);

/** Columns of a shared CSV file without a separator inside its quotes; NA is "sans réponse" where R was told so. */
export function sharedColumns(folder: string, file: string): ReadonlyMap<string, readonly string[]> {
  const [head = "", ...lines] = readFileSync(join(folder, file), "utf8").trim().split("\n");
  const cells = (line: string): string[] =>
    [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=,)(?=,|$)/g)].map((match) => match[1] ?? match[2] ?? "");
  const rows = lines.map(cells);
  return new Map(cells(head).map((name, at) => [name, rows.map((row) => row[at] ?? "")]));
}

export function sharedVariable(
  columns: ReadonlyMap<string, readonly string[]>,
  { name, levels }: { readonly name: string; readonly levels: readonly string[] },
): CategoricalVariable {
  const own = levels.filter((level) => level !== "sans réponse");
  return categoricalVariable(name, columns.get(name) ?? [], { levels: own, missing: ["NA"] });
}

/** +1 or -1 per axis: how R's axes turn onto ours. */
export function axisSigns(actual: ArrayLike<number>, expected: readonly number[], axes: number): number[] {
  return Array.from({ length: axes }, (_, s) => {
    let [product, at] = [0, s];
    for (; at < expected.length; at += axes) product += (actual[at] ?? 0) * (expected[at] ?? 0);
    return product < 0 ? -1 : 1;
  });
}

/** Equal entry by entry to 1e-9 (relative over 1), after the signs of the axes. */
export function expectSame(
  actual: ArrayLike<number>,
  expected: readonly number[],
  what: string,
  signs: readonly number[] = [1],
  tolerance = 1e-9,
): void {
  expect(actual.length, what).toBe(expected.length);
  let [worst, at] = [0, -1];
  expected.forEach((value, index) => {
    const mine = actual[index] ?? Number.NaN;
    const error = Math.abs(mine - value * (signs[index % signs.length] ?? 1)) / Math.max(1, Math.abs(value));
    // R writes null for what is not defined: so must we.
    const relative = value === null ? (Number.isNaN(mine) ? 0 : Number.POSITIVE_INFINITY) : error;
    if (relative <= worst) return;
    if (Number.isNaN(relative)) expect.fail(`${what}, entrée ${index} : ${mine} au lieu de ${value}`);
    worst = relative;
    at = index;
  });
  expect(worst, `${what}, entrée ${at} : ${actual[at]} au lieu de ${expected[at]}`).toBeLessThanOrEqual(tolerance);
}

/** Holds an analysis to R: eigenvalues, categories, questions, rows (those of `at`), supplementary ones. */
export function expectAnalysis(actual: Mca, expected: Expected, at?: readonly number[]): void {
  const { kept } = actual.axes;
  expect(kept).toBe(expected.axes);
  expectSame(actual.axes.eigenvalues.slice(0, expected.eigenvalues.length), expected.eigenvalues, "valeurs propres");
  const signs = axisSigns(actual.categories.coordinates, expected.coordinates, kept);
  expectCloud(actual.categories, expected, signs, "modalités");
  expectSame(actual.categories.contributions, expected.contributions, "contributions");
  expectSame(actual.questions.eta2, expected.eta2, "rapports de corrélation");
  const rows = at ?? [...actual.rows.status.keys()].filter((row) => actual.rows.status[row] === 1);
  const pick = (values: Float64Array, of: readonly number[] = rows): number[] =>
    of.flatMap((row) => [...values.subarray(row * kept, (row + 1) * kept)]);
  expectSame(pick(actual.rows.coordinates), expected.rows.coordinates, "lignes", signs);
  expectSame(pick(actual.rows.cos2), expected.rows.cos2, "cos2 des lignes");
  if (expected.rows.contributions)
    expectSame(pick(actual.rows.contributions), expected.rows.contributions, "contributions des lignes");
  if (expected.supplementary && actual.supplementary) {
    expectCloud(actual.supplementary, expected.supplementary, signs, "modalités supplémentaires");
    expectSame(actual.supplementary.eta2, expected.supplementary.eta2, "rapports supplémentaires");
  }
  if (expected.numbers && actual.numbers)
    expectSame(actual.numbers.correlations, expected.numbers, "nombres supplémentaires", signs);
  if (expected.supplementaryRows) {
    const outside = [...actual.rows.status.keys()].filter((row) => actual.rows.status[row] === 2);
    expectSame(pick(actual.rows.coordinates, outside), expected.supplementaryRows.coordinates, "hors", signs);
    expectSame(pick(actual.rows.cos2, outside), expected.supplementaryRows.cos2, "cos2 hors");
  }
}

function expectCloud(
  actual: CategoryCloud,
  expected: Pick<Expected, "coordinates" | "cos2" | "tests">,
  signs: readonly number[],
  what: string,
): void {
  expectSame(actual.coordinates, expected.coordinates, what, signs);
  expectSame(actual.cos2, expected.cos2, `cos2 des ${what}`);
  expectSame(actual.tests, expected.tests, `valeurs-tests des ${what}`, signs);
}
