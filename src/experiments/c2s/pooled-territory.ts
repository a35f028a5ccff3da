import type { MonotoneQuantile } from "../../models/areas/monotone-quantile.ts";
import { marginTotals, type SeedColumns } from "../../models/calibration/seed-columns.ts";
import type { ChainStudy } from "./chain-study.ts";

/** All neighbourhoods taken as one: what a neighbourhood is compared with. */
export interface PooledTerritory {
  /** Sum of the weights of every neighbourhood, household by household. */
  readonly weights: Float64Array;
  readonly persons: number;
  /** The distribution of living standards of all their inhabitants: the mixture of those of the neighbourhoods. */
  readonly quantile: MonotoneQuantile;
}

/** Pools the neighbourhoods that have an answer. */
export function pooledTerritory({ weights, quantiles, table }: ChainStudy): PooledTerritory {
  const parts = weights.flatMap((own, area) => {
    const quantile = quantiles[area];
    if (!own || !quantile) return [];
    return [{ own, quantile, persons: own.reduce((sum, weight, h) => sum + weight * table.persons[h], 0) }];
  });
  const persons = parts.reduce((sum, part) => sum + part.persons, 0);
  const shareBelow = (value: number): number =>
    parts.reduce((sum, part) => sum + (part.persons / persons) * part.quantile.shareBelow(value), 0);
  const pooled = new Float64Array(table.households);
  for (const { own } of parts) for (let h = 0; h < pooled.length; h++) pooled[h] += own[h];
  return { weights: pooled, persons, quantile: { shareBelow, quantile: (rank) => inverse(shareBelow, rank) } };
}

/** The value under which a share of persons lies, by bisection on the share. */
function inverse(shareBelow: (value: number) => number, rank: number): number {
  let [low, high] = [0, 1];
  while (shareBelow(high) < rank && high < 1e9) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (shareBelow(middle) < rank) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** What the pooled territory holds of each margin of a set, for a number of persons. */
export function pooledTargets(
  columns: SeedColumns,
  { weights, persons }: PooledTerritory,
  wanted: number,
): Float64Array {
  const sums = new Float64Array(columns.profiles);
  for (let h = 0; h < weights.length; h++) sums[columns.profileOf[h]] += (weights[h] * wanted) / persons;
  return marginTotals(columns, sums);
}
