import { Refusal } from "../refusal.ts";

/** Cells of a list that add up to another cell of the list. */
export interface AdditiveLine {
  readonly total: number;
  readonly parts: readonly number[];
}

/** How far published counts are from the true ones. For the author: never printed cell by cell. */
export interface PerturbationReport {
  /** Cells known in both lists. */
  readonly cells: number;
  /** Share of those cells whose value moved, from 0 to 1. */
  readonly changedShare: number;
  /** Share of true positive counts published as 0. */
  readonly vanishedShare: number;
  readonly meanAbsolute: number;
  readonly medianAbsolute: number;
  readonly greatestAbsolute: number;
  /** Mean of |published - true| / true, over true counts above 0. */
  readonly meanRelative: number;
  /** Mean of |sqrt(published) - sqrt(true)|, which weighs small cells as much as their own spread. */
  readonly meanRootDistance: number;
  /** Mean of published - true. */
  readonly bias: number;
  readonly additivity: AdditivityReport;
}

export interface AdditivityReport {
  /** Lines whose total and parts are all published. */
  readonly lines: number;
  /** Share of those lines whose published parts do not add up to the published total, from 0 to 1. */
  readonly brokenShare: number;
  /** Mean of |sum of published parts - published total|. */
  readonly meanGap: number;
  readonly greatestGap: number;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Distances between true and published counts, share of cells changed, and what additivity is lost. A cell missing on either side is left out of
 * distances, and a line that holds one is left out of additivity; a mean over nothing is NaN.
 * @param lines additive lines among the cells
 * @example
 * ```ts
 * perturbationReport([4, 6, 10], [5, 5, 11], [{ total: 2, parts: [0, 1] }]).additivity // { lines: 1, brokenShare: 1, meanGap: 1, greatestGap: 1 }
 * ```
 */
export function perturbationReport(
  truth: ArrayLike<number>,
  published: ArrayLike<number>,
  lines: readonly AdditiveLine[] = [],
): PerturbationReport {
  if (truth.length !== published.length) {
    throw new Refusal({
      what: "Les deux listes d'effectifs à comparer n'ont pas la même longueur",
      expected: "les mêmes cellules",
    });
  }
  const pairs = Array.from(truth, (value, i) => [value, published[i]] as const).filter(
    ([value, shown]) => !Number.isNaN(value) && !Number.isNaN(shown),
  );
  const distances = pairs.map(([value, shown]) => Math.abs(shown - value)).sort((a, b) => a - b);
  const positive = pairs.filter(([value]) => value > 0);
  const middle = (distances.length - 1) / 2;
  return {
    cells: pairs.length,
    changedShare: mean(distances.map((distance) => (distance > 0 ? 1 : 0))),
    vanishedShare: mean(positive.map(([, shown]) => (shown === 0 ? 1 : 0))),
    meanAbsolute: mean(distances),
    medianAbsolute:
      distances.length === 0
        ? Number.NaN
        : mean([distances[Math.floor(middle)] ?? 0, distances[Math.ceil(middle)] ?? 0]),
    greatestAbsolute: distances.at(-1) ?? Number.NaN,
    meanRelative: mean(positive.map(([value, shown]) => Math.abs(shown - value) / value)),
    meanRootDistance: mean(
      pairs.map(([value, shown]) => Math.abs(Math.sqrt(Math.max(0, shown)) - Math.sqrt(Math.max(0, value)))),
    ),
    bias: mean(pairs.map(([value, shown]) => shown - value)),
    additivity: additivityReport(published, lines),
  };
}

/** How far published parts are from published totals. */
export function additivityReport(published: ArrayLike<number>, lines: readonly AdditiveLine[]): AdditivityReport {
  for (const { total, parts } of lines) {
    if ([total, ...parts].every((cell) => Number.isInteger(cell) && cell >= 0 && cell < published.length)) continue;
    throw new Refusal({
      what: "Une ligne additive cite une cellule absente",
      expected: `des numéros de cellule de 0 à ${published.length - 1}`,
    });
  }
  const gaps = lines
    .map(({ total, parts }) => Math.abs(parts.reduce((sum, part) => sum + published[part], 0) - published[total]))
    .filter((gap) => !Number.isNaN(gap));
  return {
    lines: gaps.length,
    brokenShare: mean(gaps.map((gap) => (gap > 1e-9 ? 1 : 0))),
    meanGap: mean(gaps),
    greatestGap: gaps.length === 0 ? Number.NaN : Math.max(...gaps),
  };
}
