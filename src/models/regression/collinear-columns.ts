import { QuartiersError } from "../../codes/errors.ts";
import type { ModelMatrix } from "./model-term.ts";

/**
 * Refuses columns that say the same thing twice on the rows used: the first column whose part not explained by those before it is under 1e-7 of its length (the
 * rule of R's `lm`), named with the columns it is made of. By modified Gram and Schmidt, O(rows x columns^2): called when the cross products look singular.
 */
export function refuseCollinear({ names, rows, columns, values }: ModelMatrix, weights: Float64Array): void {
  const basis: Float64Array[] = [];
  /** The triangle R of X = QR, column after column. */
  const triangle: number[][] = [];
  for (let column = 0; column < columns; column++) {
    const rest = new Float64Array(rows);
    for (let row = 0; row < rows; row++) rest[row] = weights[row] > 0 ? values[column * rows + row] : 0;
    const whole = Math.sqrt(dot(rest, rest));
    const along = basis.map((direction) => {
      const part = dot(direction, rest);
      for (let row = 0; row < rows; row++) rest[row] -= part * direction[row];
      return part;
    });
    const left = Math.sqrt(dot(rest, rest));
    if (!(left > 1e-7 * whole)) throw collinear(names, column, solveUpper(triangle, along));
    triangle.push([...along, left]);
    basis.push(rest.map((value) => value / left));
  }
}

function collinear(names: readonly string[], column: number, parts: readonly number[]): QuartiersError {
  const sources = names.filter((_, source) => Math.abs(parts[source] ?? 0) > 1e-7);
  return new QuartiersError({
    what: "Une colonne du modèle se déduit des autres (colinéarité)",
    value: names[column],
    expected:
      sources.length > 0
        ? `une colonne qui ne soit pas une combinaison de ${sources.map((name) => `« ${name} »`).join(", ")}`
        : "une colonne qui ne soit pas nulle",
    remedy: "retirer cette variable, ou réunir des modalités",
  });
}

/** b of R b = right, R given column after column. */
function solveUpper(triangle: readonly (readonly number[])[], right: readonly number[]): number[] {
  const b = [...right];
  for (let row = b.length - 1; row >= 0; row--) {
    for (let column = row + 1; column < b.length; column++) b[row] -= triangle[column][row] * b[column];
    b[row] /= triangle[row][row];
  }
  return b;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
