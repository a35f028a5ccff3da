/**
 * The foyers C2S of seed households, in columns: one household holds one foyer or several (R861-2 CSS). A foyer has one distribution of income with its household: the
 * living standard of the HOUSEHOLD times its consumption units is the disposable income of all, of which the foyer has a share.
 */
export interface Foyers {
  readonly foyers: number;
  /** Household of each foyer, never decreasing. */
  readonly household: Int32Array;
  /** Persons of the foyer. */
  readonly persons: Uint8Array;
  /** 1: claimant and partner; 0: claimant alone. */
  readonly couple: Uint8Array;
  /** Dependants of 0-2, 3-13, 14-19 and 20-24 years. */
  readonly children0to2: Uint8Array;
  readonly children3to13: Uint8Array;
  readonly children14to19: Uint8Array;
  readonly children20to24: Uint8Array;
  /** Claimant and partner in employment: 0, 1 or 2. */
  readonly earners: Uint8Array;
  /** Age of the claimant. */
  readonly age: Uint8Array;
  /** Place in `tenures`; for a foyer other than that of the reference person, "free" (housed by the household). */
  readonly tenure: Uint8Array;
  /** 0: may not claim alone (under 25, depends on parents). */
  readonly mayClaim: Uint8Array;
  /** Consumption units of the whole household (INSEE: 1, 0.5 from 14 years, 0.3 under 14). */
  readonly householdUnits: Float64Array;
  /** Share (0 to 1) of the household's disposable income that is the foyer's; the shares of a household add up to 1. */
  readonly incomeShare: Float64Array;
}
