import { QuartiersError } from "../../codes/errors.ts";
import type { NumberVariable } from "./mca-options.ts";
import type { Mca, SupplementaryNumbers } from "./mca-result.ts";

/**
 * Weighted correlation of numbers with the coordinates of the active rows: where each number points among the axes. A row without a value (NaN) is set aside for that number, and counted in `missing` (FactoMineR
 * gives it the mean, which weakens the correlation). NaN for a number that does not vary. O(n axes) a number.
 * @example
 * ```ts
 * const rows = { count: 3, status: Uint8Array.of(1, 1, 1), masses: new Float64Array(3).fill(1 / 3), coordinates: Float64Array.of(-1, 0, 1) };
 * supplementaryNumbers({ rows, axes: { kept: 1 } }, [{ name: "âge", values: Float64Array.of(60, 40, 20) }]).correlations[0].toFixed(6) // "-1.000000"
 * ```
 */
export function supplementaryNumbers({ rows, axes }: Mca, numbers: readonly NumberVariable[]): SupplementaryNumbers {
  const { kept } = axes;
  const correlations = new Float64Array(numbers.length * kept);
  const missing = new Int32Array(numbers.length);
  numbers.forEach(({ name, values }, at) => {
    if (values.length !== rows.count)
      throw new QuartiersError({
        what: `Le nombre supplémentaire « ${name} » n'a pas le nombre de lignes de l'analyse`,
        value: String(values.length),
        expected: `${rows.count} lignes`,
      });
    const known = Int32Array.from(values.keys()).filter((row) => {
      if (rows.status[row] !== 1) return false;
      if (Number.isNaN(values[row])) missing[at]++;
      return !Number.isNaN(values[row]);
    });
    for (let s = 0; s < kept; s++)
      correlations[at * kept + s] = correlation(
        known.length,
        (i) => rows.masses[known[i]],
        (i) => values[known[i]],
        (i) => rows.coordinates[known[i] * kept + s],
      );
  });
  return { names: numbers.map(({ name }) => name), correlations, missing };
}

type Column = (i: number) => number;

function correlation(count: number, mass: Column, x: Column, y: Column): number {
  let [total, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    total += mass(i);
    sumX += mass(i) * x(i);
    sumY += mass(i) * y(i);
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const dx = x(i) - sumX / total;
    const dy = y(i) - sumY / total;
    xx += mass(i) * dx * dx;
    yy += mass(i) * dy * dy;
    xy += mass(i) * dx * dy;
  }
  return xy / Math.sqrt(xx * yy);
}
