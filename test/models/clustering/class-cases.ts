import { expect } from "vitest";
import { reference } from "../../reference/reference.ts";

export interface ExpectedTree {
  /** Largest first. */
  readonly gains: readonly number[];
  readonly count: number;
  readonly total: number;
  readonly quotients: readonly number[];
  readonly rule27: number;
  readonly rule214: number;
  readonly min: number;
  readonly max: number;
}

export interface ExpectedConsolidation {
  readonly before: number;
  readonly after: number;
  readonly classes: number;
  readonly labels?: readonly number[];
}

/** Names of rows and their values, row-major, as catdes prints them. */
export interface Printed {
  readonly names: readonly string[];
  readonly values: readonly (number | "Infinity" | "-Infinity" | null)[];
}

export interface ExpectedDescription {
  readonly chi: Printed;
  readonly category: readonly Printed[];
  readonly eta: Printed;
  readonly quanti: readonly Printed[];
}

interface Classic {
  readonly ncp: number;
  readonly tree: ExpectedTree;
  readonly consolidated: ExpectedConsolidation;
}

interface Cases {
  readonly own: {
    readonly dimensions: number;
    readonly coordinates: readonly number[];
    readonly masses: readonly number[];
    readonly times: readonly number[];
    readonly equal: ExpectedTree;
    readonly consolidated: ExpectedConsolidation;
    /** Labels in 2, 3... 7 classes. */
    readonly cuts: readonly (readonly number[])[];
    readonly weighted: ExpectedTree & { readonly labels: readonly number[] };
    readonly repeated: ExpectedTree;
    readonly wardD2: readonly number[];
  };
  readonly catdes: {
    readonly class: readonly number[];
    readonly levels: Readonly<Record<string, readonly string[]>>;
    readonly codes: Readonly<Record<string, readonly number[]>>;
    readonly heures: readonly number[];
    readonly age: readonly number[];
    readonly result: ExpectedDescription;
  };
  readonly tea: Classic;
  readonly poison: Classic;
  readonly hobbies: {
    readonly curved: ExpectedTree;
    readonly consolidated: ExpectedConsolidation;
    readonly three: ExpectedConsolidation & { readonly sizes: readonly number[] };
    readonly description: ExpectedDescription;
  };
}

export const cases: Cases = reference<Cases>("classes");

/** Labels numbered by first appearance: two partitions are the same when these are. */
export function inOrder(labels: ArrayLike<number>): number[] {
  const seen = [...new Set(Array.from(labels))];
  return Array.from(labels, (label) => seen.indexOf(label));
}

/** Equal entry by entry, relative to the number itself, or to `least` when it is smaller. */
export function expectAll(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  least = 1e-9,
): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, at) => {
    const error = Math.abs((actual[at] ?? Number.NaN) - value) / Math.max(Math.abs(value), least);
    expect(error, `entrée ${at} : ${actual[at]} au lieu de ${value}`).toBeLessThanOrEqual(tolerance);
  });
}
