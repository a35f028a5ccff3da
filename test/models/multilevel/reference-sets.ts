import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CategoricalVariable, categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import type { ModelMatrix } from "../../../src/models/regression/model-term.ts";
import { reference } from "../../reference/reference.ts";

const folder = join(import.meta.dirname, "../../../../shared/data/reference/statistics");
/** Whether the machine has the published sets; their expected values are in the project, they are not. */
export const hasPublishedSets: boolean = existsSync(join(folder, "verbagg.csv"));

export type Columns = Readonly<Record<string, readonly string[]>>;

/** A published set as columns of text. */
export function publishedSet(name: string): Columns {
  const [header = [], ...rows] = readFileSync(join(folder, `${name}.csv`), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.replaceAll('"', "").split(","));
  return Object.fromEntries(header.map((column, index) => [column, rows.map((row) => row[index] ?? "")]));
}

export const numbers = (values: readonly (number | string | boolean)[] = []): Float64Array =>
  Float64Array.from(values, Number);

/** One column of 0 and 1 for each level but the first, as R's model matrix; its name is never a number, which an object would put first. */
export function indicators(values: readonly string[] = [], reference?: string): Record<string, Float64Array> {
  const levels = [...new Set(values)].sort();
  const left = levels.filter((level) => level !== (reference ?? levels[0]));
  return Object.fromEntries(
    left.map((level) => [`is ${level}`, Float64Array.from(values, (value) => Number(value === level))]),
  );
}

export const group = (name: string, values: readonly string[] = []): CategoricalVariable =>
  categoricalVariable(name, values);

/** A group whose codes are written as numbers from 0. */
export const coded = (name: string, codes: readonly number[]): CategoricalVariable => ({
  name,
  levels: Array.from({ length: Math.max(...codes) + 1 }, (_, level) => `${level + 1}`),
  codes: Int32Array.from(codes),
});

export interface ExpectedEffects {
  readonly levels: readonly string[];
  readonly modes: readonly number[];
  readonly variances: readonly number[];
}
/** Laplace's approximation maximised with whole matrices. */
export type ExactLaplace = Pick<ExpectedLogit, "coefficients" | "covariance" | "deviations" | "logLikelihood">;
export interface ExpectedLogit {
  readonly coefficients: readonly number[];
  readonly covariance: readonly number[];
  readonly deviations: Readonly<Record<string, number>>;
  readonly logLikelihood: number;
  readonly effects: Readonly<Record<string, ExpectedEffects>>;
}
export interface ExpectedLinear {
  readonly coefficients: readonly number[];
  readonly covariance: readonly number[];
  readonly residual: number;
  readonly effectCovariance: Readonly<Record<string, readonly number[]>>;
  readonly logLikelihood: number;
  readonly effects: Readonly<Record<string, ExpectedEffects>>;
}
interface Expected {
  readonly crossed: Readonly<Record<"area" | "diploma" | "age" | "minutes" | "n" | "y", readonly number[]>> &
    Readonly<Record<"two" | "three" | "quadrature", ExpectedLogit> & Record<"exactTwo" | "exactThree", ExactLaplace>>;
  readonly poststratified: Readonly<
    Record<"area" | "diploma" | "age" | "minutes" | "persons" | "rates", readonly number[]>
  > & { readonly overall: number };
  readonly linear: Readonly<Record<"group" | "item" | "days" | "kind" | "y", readonly number[]>> &
    Readonly<Record<string, ExpectedLinear>>;
  readonly cbpp: Readonly<Record<"laplace" | "quadrature", ExpectedLogit>>;
  readonly sleepstudy: Readonly<Record<string, ExpectedLinear>>;
  readonly verbagg: ExpectedLogit;
  readonly qpv: Readonly<Record<"library" | "concert", ExpectedLogit>>;
}
export const expected: Expected = reference<Expected>("multilevel");

/** The seeded cells of three crossed groups. */
export function crossedCells(): {
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  readonly fixed: ModelMatrix;
  readonly groups: Readonly<Record<"area" | "diploma" | "age", CategoricalVariable>>;
} {
  const { crossed } = expected;
  return {
    successes: numbers(crossed.y),
    trials: numbers(crossed.n),
    fixed: numberMatrix({ minutes: numbers(crossed.minutes) }, crossed.n.length),
    groups: {
      area: coded("area", crossed.area),
      diploma: coded("diploma", crossed.diploma),
      age: coded("age", crossed.age),
    },
  };
}

/** A constant and numbers. */
export function numberMatrix(covariates: Readonly<Record<string, Float64Array>>, rows: number): ModelMatrix {
  return modelMatrix(
    Object.entries(covariates).map(([name, values]) => ({ name, values })),
    { rows },
  );
}
