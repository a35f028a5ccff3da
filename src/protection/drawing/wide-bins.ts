import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn } from "../../codes/table.ts";
import { ceilTo, floorTo, roundStep } from "./bins.ts";
import { decimalsOf } from "./judge-rates.ts";

/** Widenings tried: 1, 2, 5, 10... times the narrowest step. */
const mostWidenings = 30;

/**
 * Bins of equal round width that count at least `minUnits` units each, the first and the last open so that no end is told; null when two such bins do
 * not exist. The narrowest width that works is kept; a bin of nobody inside is kept as a 0.
 */
export function wideBins(records: Table, of: string, minUnits: number): Table | null {
  const source = numbers(records, of);
  const known = Array.from(source.values).filter(
    (value, row) => reasonAt(source, row) === null && Number.isFinite(value),
  );
  const least = known.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const greatest = known.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  let step = roundStep((greatest - least) / 40);
  for (let widening = 0; widening < mostWidenings; widening++) {
    const bins = closedBins(known, step, minUnits);
    if (bins === null) return null;
    if (bins.every(({ n }) => n === 0 || n >= minUnits)) {
      if (bins.length < 2) return null;
      return table(
        {
          classe: textColumn(
            bins.map(({ from, to }, i) =>
              i === 0
                ? `moins de ${format(to)}`
                : i === bins.length - 1
                  ? `${format(from)} et plus`
                  : `${format(from)} à ${format(to)}`,
            ),
            { label: source.label },
          ),
          n: numberColumn(
            bins.map(({ n }) => n),
            { label: "Effectif", unit: "unités", summable: true },
          ),
        },
        records.lineage,
      );
    }
    step = roundStep(step * 1.5);
  }
  return null;
}

const format = (value: number): string => frenchNumber(value, { decimals: decimalsOf(value) });

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/** Bins of one width, once the first and the last have swallowed their neighbours up to the threshold; null when nothing is left. */
function closedBins(known: readonly number[], step: number, minUnits: number): readonly Bin[] | null {
  if (known.length < 2 * minUnits) return null;
  const start = floorTo(
    known.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
    step,
  );
  const end = ceilTo(known.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) + step / 1e6, step);
  const counts = new Array<number>(Math.max(1, Math.round((end - start) / step))).fill(0);
  for (const value of known) {
    const at = Math.min(counts.length - 1, Math.floor((value - start) / step + 1e-9));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  let bins: Bin[] = counts.map((n, i) => ({
    from: floorTo(start + i * step, step),
    to: floorTo(start + (i + 1) * step, step),
    n,
  }));
  while (bins.length > 1 && (bins[0]?.n ?? 0) < minUnits) bins = joined(bins, 0);
  while (bins.length > 1 && (bins.at(-1)?.n ?? 0) < minUnits) bins = joined(bins, bins.length - 2);
  return bins;
}

function joined(bins: readonly Bin[], at: number): Bin[] {
  const [first, second] = [bins[at], bins[at + 1]];
  if (!first || !second) return [...bins];
  return [...bins.slice(0, at), { from: first.from, to: second.to, n: first.n + second.n }, ...bins.slice(at + 2)];
}
