import { QuartiersError } from "../../codes/errors.ts";

/** Named columns that explain the areas (or the units), each of one value a row, in the unit of its name. */
export type Covariates = Readonly<Record<string, Float64Array>>;

/** The covariates as one matrix, row by row, its first column the constant. */
export interface DesignMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** The name of the constant among the coefficients. */
export const constantName = "(constante)";

/**
 * The matrix of a constant and named covariates. Refuses columns of another length and missing or infinite values: a model has no value to put in
 * their place. O(rows x columns).
 * @example
 * ```ts
 * designMatrix({ poverty: Float64Array.of(0.2, 0.4) }, 2).values // Float64Array(4) [ 1, 0.2, 1, 0.4 ]
 * ```
 */
export function designMatrix(covariates: Covariates, rows: number): DesignMatrix {
  const names = [constantName, ...Object.keys(covariates)];
  const columns = names.length;
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) values[row * columns] = 1;
  Object.entries(covariates).forEach(([name, column], index) => {
    if (column.length !== rows)
      throw new QuartiersError({
        what: `La variable explicative ${name} n'a pas une valeur par ligne`,
        value: String(column.length),
        expected: `${rows} valeurs`,
      });
    for (let row = 0; row < rows; row++) {
      if (!Number.isFinite(column[row]))
        throw new QuartiersError({
          what: `La variable explicative ${name} manque ou est infinie`,
          value: String(column[row]),
          where: `ligne ${row + 1}`,
          expected: "une valeur connue dans chaque territoire, même sans échantillon",
          remedy: "retirer le territoire, ou la variable",
        });
      values[row * columns + index + 1] = column[row];
    }
  });
  return { names, rows, columns, values };
}

/**
 * Refuses covariates that say the same thing twice on the rows used: a column whose part not explained by the columns before it is under 1e-7 of its
 * length (the rule of R's `lm`), by modified Gram and Schmidt; and no more rows than coefficients. O(rows x columns^2).
 * @example
 * ```ts
 * checkIndependent(designMatrix({ poverty: Float64Array.of(0.2, 0.4, 0.3) }, 3), [0, 1, 2]) // undefined
 * ```
 */
export function checkIndependent({ names, columns, values }: DesignMatrix, used: ArrayLike<number>): void {
  const rows = used.length;
  if (rows <= columns)
    throw new QuartiersError({
      what: "Trop peu de lignes observées pour le modèle",
      value: String(rows),
      expected: `plus de lignes que de coefficients (${columns})`,
      remedy: "retirer des variables explicatives, ou réunir plus de territoires",
    });
  const basis: Float64Array[] = [];
  for (let column = 0; column < columns; column++) {
    const rest = new Float64Array(rows);
    for (let i = 0; i < rows; i++) rest[i] = values[used[i] * columns + column];
    const whole = Math.sqrt(dot(rest, rest));
    for (const direction of basis) {
      const along = dot(direction, rest);
      for (let i = 0; i < rows; i++) rest[i] -= along * direction[i];
    }
    const left = Math.sqrt(dot(rest, rest));
    if (!(left > 1e-7 * whole))
      throw new QuartiersError({
        what: "Des variables explicatives disent la même chose (colinéarité)",
        value: names[column] ?? "",
        expected: `une variable qui ne se déduit pas de ${names.slice(0, column).join(", ") || "rien"}`,
        remedy: "retirer cette variable",
      });
    basis.push(rest.map((value) => value / left));
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
