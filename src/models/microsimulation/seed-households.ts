/** How a household holds its dwelling: owner, social tenant (HLM), private tenant, housed free. */
export const tenures = ["owner", "social", "private", "free"] as const;
export type Tenure = (typeof tenures)[number];

/** Types of households, as INSEE's TYPMENR without the sex of those who live alone. "complex": any other. */
export const householdTypes = ["alone", "couple", "couple-children", "lone-parent", "complex"] as const;
export type HouseholdType = (typeof householdTypes)[number];

/** What a person is in the household. */
export const links = ["reference", "partner", "child", "other"] as const;
export type HouseholdLink = (typeof links)[number];

/** Income placement sorts households by these: 5 types x 2 tenures (owner or not) x 3 ages of the reference person (under 30, 30 to 59, 60 and over). */
export const placementGroups = 30;

/**
 * Seed households in columns: those of a census extract, or declared reference households. Codes are places in `tenures`, `householdTypes`, `links`. The reference
 * person is the first of its household. Plain columns: threads can share them.
 */
export interface SeedHouseholds {
  readonly households: number;
  /** Start weight of each household, positive. */
  readonly weight: Float64Array;
  readonly tenure: Uint8Array;
  readonly type: Uint8Array;
  /** Persons of household h: from start[h] to start[h + 1] - 1. One more entry than households. */
  readonly start: Int32Array;
  /** Of each person: whole years. */
  readonly age: Uint8Array;
  readonly link: Uint8Array;
  /** 1: in employment. */
  readonly employed: Uint8Array;
}
