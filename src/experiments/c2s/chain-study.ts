import type { MonotoneQuantile } from "../../models/areas/monotone-quantile.ts";
import type { EligibilityTable } from "../../models/microsimulation/eligibility-table.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import type { AreaMarginSet } from "./margin-sets.ts";

/** The chain of the neighbourhoods without any error drawn: what explanation and sensitivity start from. One entry a neighbourhood; null where the chain has no answer. */
export interface ChainStudy {
  readonly seed: SeedHouseholds;
  readonly sets: readonly AreaMarginSet[];
  readonly table: EligibilityTable;
  readonly shifts: Float64Array;
  readonly weights: readonly (Float64Array | null)[];
  readonly quantiles: readonly (MonotoneQuantile | null)[];
}

/** Persons of each seed household. */
export const householdPersons = ({ start, households }: SeedHouseholds): Float64Array =>
  Float64Array.from({ length: households }, (_, h) => start[h + 1] - start[h]);
