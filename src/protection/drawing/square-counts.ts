import { numberColumn, numbers, reasonAt, type Table, table } from "../../codes/table.ts";
import { floorTo, roundStep } from "./bins.ts";

/** Sides tried: round steps of a twentieth of the span and wider. */
const mostWidenings = 20;

/**
 * How many units stand in each square of a round grid; squares of fewer than `minUnits` are left out, and cannot be told from empty ones. The finest grid
 * that shows at least two units in three is kept; null when none does. Columns: the field's name with "_de" and "_a", and `n`.
 */
export function squareCounts(records: Table, [across, up]: readonly [string, string], minUnits: number): Table | null {
  const x = numbers(records, across);
  const y = numbers(records, up);
  const rows = Array.from({ length: records.numRows }, (_, row) => row).filter(
    (row) => reasonAt(x, row) === null && reasonAt(y, row) === null,
  );
  if (rows.length < minUnits) return null;
  const span = (values: Float64Array): number => {
    const known = rows.map((row) => values[row]);
    return (
      known.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) -
      known.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)
    );
  };
  let wide = roundStep(span(x.values) / 20);
  let tall = roundStep(span(y.values) / 20);
  for (let widening = 0; widening < mostWidenings; widening++) {
    const squares = new Map<string, { left: number; bottom: number; n: number }>();
    for (const row of rows) {
      const left = floorTo(x.values[row], wide);
      const bottom = floorTo(y.values[row], tall);
      const key = `${left} ${bottom}`;
      const square = squares.get(key) ?? { left, bottom, n: 0 };
      square.n++;
      squares.set(key, square);
    }
    const kept = [...squares.values()]
      .filter(({ n }) => n >= minUnits)
      .sort((a, b) => a.left - b.left || a.bottom - b.bottom);
    const shown = kept.reduce((sum, { n }) => sum + n, 0);
    if (kept.length > 0 && 3 * shown >= 2 * rows.length) {
      const edge = (values: readonly number[], label: string, unit: string) => numberColumn(values, { label, unit });
      return table(
        {
          [`${across}_de`]: edge(
            kept.map(({ left }) => left),
            x.label,
            x.unit,
          ),
          [`${across}_a`]: edge(
            kept.map(({ left }) => floorTo(left + wide, wide)),
            x.label,
            x.unit,
          ),
          [`${up}_de`]: edge(
            kept.map(({ bottom }) => bottom),
            y.label,
            y.unit,
          ),
          [`${up}_a`]: edge(
            kept.map(({ bottom }) => floorTo(bottom + tall, tall)),
            y.label,
            y.unit,
          ),
          n: numberColumn(
            kept.map(({ n }) => n),
            { label: "Effectif", unit: "unités", summable: true },
          ),
        },
        records.lineage,
      );
    }
    wide = roundStep(wide * 1.5);
    tall = roundStep(tall * 1.5);
  }
  return null;
}
