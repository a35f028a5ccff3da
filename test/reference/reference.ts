import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** Reads expected values made by the R script of the same name. */
export function reference<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8")) as T;
}

/** Equal to a relative error (absolute under 1). */
export function expectNear(actual: number, expected: number, tolerance: number, what = ""): void {
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
  expect(error, `${what} ${actual} au lieu de ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Equal to a relative error, however small the number. */
export function expectRelative(actual: number, expected: number, tolerance: number, what = ""): void {
  const error = expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
  expect(error, `${what} ${actual} au lieu de ${expected}`).toBeLessThanOrEqual(tolerance);
}
