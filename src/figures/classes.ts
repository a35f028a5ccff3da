import { frenchNumber, HARD_SPACE } from "../codes/french.ts";
import { NOT_RELEASED } from "./theme.ts";

/** Ordered classes of a map: the bounds between them (rounded), and one label a class. */
export interface Classes {
  readonly bounds: readonly number[];
  readonly labels: readonly string[];
  readonly labelOf: (value: number | null) => string;
}

/**
 * Five classes with rounded bounds near the quintiles. Rounded bounds do not give away the extreme values, as a scale from the smallest to the
 * largest would, and a class never holds a single area: bounds that would isolate one are dropped.
 *
 * Cost O(n log n).
 */
export function roundedQuantileClasses(
  values: readonly number[],
  { unit, count = 5 }: { readonly unit: string; readonly count?: number },
): Classes {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const step = roundStep((sorted.at(-1) ?? 1) - (sorted[0] ?? 0), count);
  const wanted = Array.from(
    { length: count - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / count)] ?? 0,
  );
  const rounded = [...new Set(wanted.map((value) => Number((Math.round(value / step) * step).toPrecision(12))))];
  const bounds = keepPeopledClasses(rounded, sorted);
  const decimals = step >= 1 ? 0 : Math.ceil(-Math.log10(step));
  const show = (value: number): string => frenchNumber(value, { decimals });
  const withUnit = (text: string): string => (unit ? `${text}${unit === "%" ? "\u202f" : HARD_SPACE}${unit}` : text);
  const labels =
    bounds.length === 0
      ? ["toutes valeurs"]
      : [
          withUnit(`moins de ${show(bounds[0] ?? 0)}`),
          ...bounds.slice(1).map((upper, i) => withUnit(`${show(bounds[i] ?? 0)} à ${show(upper)}`)),
          `${withUnit(show(bounds.at(-1) ?? 0))} et plus`,
        ];
  const labelOf = (value: number | null): string => {
    if (value === null || Number.isNaN(value)) return NOT_RELEASED;
    const index = bounds.filter((bound) => value >= bound).length;
    return labels[index] ?? NOT_RELEASED;
  };
  return { bounds, labels, labelOf };
}

/** A step of 1, 2 or 5 times a power of ten, about a quarter of a class wide. */
function roundStep(range: number, count: number): number {
  const rough = range / (count * 4) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10);
}

function keepPeopledClasses(bounds: readonly number[], sorted: readonly number[]): readonly number[] {
  const below = (bound: number): number => sorted.filter((value) => value < bound).length;
  const kept: number[] = [];
  for (const bound of bounds) {
    const before = kept.length === 0 ? 0 : below(kept.at(-1) ?? 0);
    if (below(bound) - before >= 2) kept.push(bound);
  }
  while (kept.length > 0 && sorted.length - below(kept.at(-1) ?? 0) < 2) kept.pop();
  return kept;
}
