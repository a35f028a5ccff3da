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
  const shares = Float64Array.from({ length: PLACES + 1 }, (_, place) =>
    parts.reduce((sum, part) => sum + (part.persons / persons) * part.quantile.shareBelow(place * STEP), 0),
  );
  const pooled = new Float64Array(table.households);
  for (const { own } of parts) for (let h = 0; h < pooled.length; h++) pooled[h] += own[h];
  return { weights: pooled, persons, quantile: tabled(shares) };
}

/** The mixture is read every 50 EUR up to 100 000 EUR a year and consumption unit, and straight between: under a ten-thousandth of the persons. */
const [STEP, PLACES] = [50, 2_000];

/** A distribution from a table of shares; beyond it, everybody is under. */
function tabled(shares: Float64Array): MonotoneQuantile {
  const between = (place: number, share: number): number => {
    const width = shares[place + 1] - shares[place];
    return STEP * (place + (width > 0 ? (share - shares[place]) / width : 0));
  };
  return {
    shareBelow: (value) => {
      if (Number.isNaN(value)) return Number.NaN;
      if (value <= 0) return 0;
      const place = Math.floor(value / STEP);
      if (place >= PLACES) return 1;
      return shares[place] + (value / STEP - place) * (shares[place + 1] - shares[place]);
    },
    quantile: (share) => {
      let [low, high] = [0, PLACES];
      if (!(share >= 0 && share <= 1)) return Number.NaN;
      if (share > shares[PLACES]) return STEP * PLACES;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (shares[middle] < share) low = middle;
        else high = middle;
      }
      return between(low, share);
    },
  };
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
