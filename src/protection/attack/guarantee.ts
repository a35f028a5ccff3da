/** How the attack on a hidden cell may end. Each word but "safe" is a reason to refuse. */
export type Verdict =
  /** The gate's promise holds, with values that satisfy every published relation as witnesses. */
  | "safe"
  /** The relations alone give the value (the cell is in the row space of the system). */
  | "recovered"
  /** One value only, once it is known that no cell is negative and that zeros are published. */
  | "single value"
  /** Every possible value is under the threshold. */
  | "known small"
  /** The low end of the contract's interval is excluded: zero, unless the contract says otherwise. */
  | "bounded away from zero"
  /** The possible amounts lie closer to the hidden one than the contract allows. */
  | "too narrow"
  /** No witness was found: taken as unsafe. */
  | "not proven";

/** What is promised of a hidden cell: see `release`. */
export interface Guarantee {
  /**
   * "count": the interval must reach `reach`, and go down to `low`. "inherited": hidden by the producer. "other": not recovered, nor, where `low` and
   * `reach` say so, too closely known. "free": absent (nd, ns), not secret.
   */
  readonly kind: "count" | "inherited" | "other" | "free";
  /** Least value that a reader knows possible: 1 where every zero is published, 0 elsewhere. */
  readonly least: number;
  /** Value that the upper end must reach; 0 asks nothing. */
  readonly reach: number;
  /** Value that the lower end must go down to. For a count, 0 by default, for whoever ignores that zeros are published; for others, nothing by default. */
  readonly low?: number;
  /** Bounds that a reader has from elsewhere. The publication is judged by what it adds to them. */
  readonly outside?: { readonly least?: number; readonly greatest?: number };
}

/** Ends of the possible values of each unknown, as far as witnesses prove them. */
export interface Ends {
  /** Greatest value witnessed; the search stops once `enough` is reached. */
  highest(unknown: number, enough: number): number;
  /** Least value witnessed; the search stops once `enough` is reached. */
  lowest(unknown: number, enough: number): number;
}

/** A sum in floating point may miss the end of a promised amount by this share of it. */
const slack = 1e-9;

/**
 * The verdict on one hidden cell.
 * @param knowing ends for a reader who knows that every zero is published
 * @param ignorant ends for a reader who does not
 */
export function judge(unknown: number, promise: Guarantee, knowing: Ends, ignorant: Ends): Verdict {
  const { kind, least, outside = {} } = promise;
  const { least: floor = 0, greatest: ceiling = Number.POSITIVE_INFINITY } = outside;
  if (kind === "free" || floor === ceiling) return "safe";
  const reach = Math.min(promise.reach, ceiling);
  if (kind === "count") {
    const target = Math.max(promise.low ?? 0, floor);
    const lowest = ignorant.lowest(unknown, target);
    if (lowest > target) return lowest === Number.POSITIVE_INFINITY ? "not proven" : "bounded away from zero";
  }
  const bottom = promise.low === undefined || kind === "count" ? Math.max(least, floor) : Math.max(promise.low, floor);
  const low = knowing.lowest(unknown, bottom);
  if (low === Number.POSITIVE_INFINITY) return "not proven";
  const asked = kind === "other" && promise.low !== undefined;
  if (asked && low > bottom + slack * bottom) return "too narrow";
  const high = knowing.highest(unknown, Math.max(reach, low + 1));
  if (high < reach - (asked ? slack * reach : 0)) return kind === "other" ? "too narrow" : "known small";
  if (asked ? high <= low : high < low + 1) return "single value";
  return "safe";
}
