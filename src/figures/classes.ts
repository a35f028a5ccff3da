import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../codes/french.ts";
import { numbers } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { NOT_RELEASED, NOT_RELEASED_FILL, sequential } from "./theme.ts";

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
 * `leastWidth`, in the unit of the values, is what must separate two places before they may have two colours (the half-width of their intervals, say): where a class would
 * be narrower, there are fewer classes, down to one. The first and the last class are as wide as what is met in them.
 *
 * Cost O(n log n).
 * @example
 * ```ts
 * const values = Array.from({ length: 40 }, (_, i) => 20 + i / 2);
 * [0, 6, 30].map((leastWidth) => roundedQuantileClasses(values, { unit: "%", leastWidth }).bounds) // [ [ 24, 28, 32, 36 ], [ 30 ], [] ]
 * ```
 */
export function roundedQuantileClasses(
  values: readonly number[],
  { unit, count = 5, leastWidth = 0 }: { readonly unit: string; readonly count?: number; readonly leastWidth?: number },
): Classes {
  if (!(leastWidth >= 0 && Number.isFinite(leastWidth)))
    throw new QuartiersError({
      what: "Largeur de classe impossible",
      value: String(leastWidth),
      expected: "un nombre positif ou nul, dans l'unité de la carte",
    });
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  for (let classes = count; classes > 1; classes--) {
    const { bounds, decimals } = roundedBounds(sorted, classes);
    const stops = [sorted[0] ?? 0, ...bounds, sorted.at(-1) ?? 0];
    // To a hair: 0.3 - 0.2 is not 0.1.
    if (leastWidth === 0 || stops.slice(1).every((stop, i) => stop - stops[i] >= leastWidth * (1 - 1e-9)))
      return classesAt(bounds, { unit, decimals });
  }
  return classesAt([], { unit, decimals: 0 });
}

/** Rounded bounds near the quantiles of sorted values. */
function roundedBounds(
  sorted: readonly number[],
  count: number,
): { readonly bounds: readonly number[]; readonly decimals: number } {
  const wanted = Array.from(
    { length: count - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / count)] ?? 0,
  );
  // Measured between the quintiles: a few very large values must not make all the others one class.
  const range = (sorted.at(-1) ?? 1) - (sorted[0] ?? 0);
  const middle = (((wanted.at(-1) ?? 0) - (wanted[0] ?? 0)) * count) / Math.max(1, count - 2);
  const step = roundStep(middle > range * 1e-4 && middle > 1e-9 ? middle : Math.max(range, 1e-9), count);
  const rounded = [...new Set(wanted.map((value) => Number((Math.round(value / step) * step).toPrecision(12))))];
  return {
    bounds: keepPeopledClasses(rounded, sorted),
    decimals: step >= 1 ? 0 : Math.ceil(-Math.log10(step)),
  };
}

/**
 * Classes at given bounds: the same for several maps that must be compared, or those of a text of law.
 * @example
 * ```ts
 * classesAt([20, 45], { unit: "min", decimals: 0 }).labels // ["moins de 20 min", "20 à 45 min", "45 min et plus"]
 * ```
 */
export function classesAt(
  bounds: readonly number[],
  { unit, decimals }: { readonly unit: string; readonly decimals: number },
): Classes {
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

/** What a map draws for each row: the name of its class, and the legend that all maps share. */
export interface ClassLegend {
  /** One a row: a class, or why there is none. */
  readonly classOf: readonly string[];
  readonly encoding: Readonly<Record<string, unknown>>;
}

const gapFills: readonly string[] = ["#8F8F8F", "#D9D9D9", "#EFEFEF"];

/**
 * The classes of a column, light to dark, then the reasons met for absent values: an unreachable place is not a hidden one. Fills carry a dark outline, so
 * that the lightest class is seen on white.
 * @param field where the drawn rows carry the name of their class
 */
export function classLegend(
  data: Released,
  value: string,
  {
    title,
    unit,
    bounds,
    decimals = 0,
    leastWidth = 0,
    gapWords,
    field,
  }: {
    readonly title: string;
    readonly unit: string;
    readonly bounds: readonly number[] | undefined;
    readonly decimals?: number;
    /** No class narrower, in the unit of the legend; not used with given bounds. */
    readonly leastWidth?: number;
    readonly gapWords: GapWords | undefined;
    readonly field: string;
  },
): ClassLegend {
  const column = numbers(data, value);
  const share = column.unit === "part";
  const values = Array.from(column.values, (v) => (share ? v * 100 : v));
  const shownUnit = share ? "%" : unit;
  const classes = bounds
    ? classesAt(bounds, { unit: shownUnit, decimals })
    : roundedQuantileClasses(values, { unit: shownUnit, leastWidth });
  const gaps = gapsOf(data, value, gapWords);
  const absent = gapLegend(gaps, gapWords);
  const names = values.some(Number.isFinite) ? classes.labels : [];
  const fills = absent.map((word, i) => (word === NOT_RELEASED ? NOT_RELEASED_FILL : (gapFills[i] ?? "#EFEFEF")));
  return {
    classOf: values.map((v, row) => gaps[row] ?? classes.labelOf(v)),
    encoding: {
      field,
      type: "nominal",
      scale: { domain: [...names, ...absent], range: [...spread(names.length), ...fills] },
      legend: { title, orient: "top", direction: "horizontal", symbolType: "square", symbolSize: 160, columns: 3 },
    },
  };
}

function spread(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, i) => sequential[count === 1 ? 2 : Math.round((i * (sequential.length - 1)) / (count - 1))] ?? "#41b6c4",
  );
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
