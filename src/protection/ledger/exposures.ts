import type { Publication } from "./publication.ts";
import type { Reading } from "./reading.ts";
import type { Unknown } from "./system.ts";
import type { Target } from "./targets.ts";

/** What the reader may not learn, for all publications together: the strictest of their rules. */
export interface Contract {
  readonly minUnits: number;
  /** Values that a hidden count must still be able to take. */
  readonly low: number;
  readonly high: number;
  /** A hidden amount must stay uncertain by this part of itself, above and below. */
  readonly share: number;
}

/** How a target is exposed. */
export type Verdict =
  /** One value only is possible. */
  | "recovered"
  /** A count that surely stays under the threshold. */
  | "known small"
  /** A hidden count that surely is not zero, and may be under the threshold. */
  | "bounded away from zero"
  /** An amount of too few people, or a hidden one, known too closely. */
  | "known closely"
  /** Neither a witness nor a proof: taken as exposed. */
  | "not proven"
  /** Surely nobody: said, never refused. */
  | "empty";

export interface Finding {
  readonly verdict: Verdict;
  /** Lines of the system that prove it; null when nothing is proven. */
  readonly from: ReadonlySet<number> | null;
}

/** The strictest rule of the publications. */
export function contractOf(publications: readonly Publication[]): Contract {
  const rules = publications.map(({ secrecy }) => secrecy);
  const minUnits = Math.max(1, ...rules.map((rule) => rule.minUnits));
  return {
    minUnits,
    low: Math.min(0, ...rules.map(({ interval }) => interval?.[0] ?? 0)),
    high: Math.max(minUnits, ...rules.map(({ interval }) => interval?.[1] ?? 0)),
    share: Math.max(...rules.map(({ amountPercent = 10 }) => amountPercent)) / 100,
  };
}

/**
 * What a reader learns of a target, or null when the contract holds.
 * @param knowing what is known to a reader who knows that zeros are published
 * @param ignorant the same for one who does not
 */
export function judge(
  target: Target,
  { knowing, ignorant }: { readonly knowing: Reading; readonly ignorant: Reading },
  unknowns: readonly Unknown[],
  contract: Contract,
): Finding | null {
  if (target.kind === "sum") return judgeAmount(target, knowing, unknowns, contract);
  if (target.hidden === null) return judgeCount(target.unknowns, knowing, contract.minUnits);
  if (target.hidden.number.secondary === true) return single(target.unknowns, knowing);
  const count = judgeCount(target.unknowns, knowing, contract.high);
  // Nobody in a hidden cell is a value found back, not an empty ring.
  if (count?.verdict === "empty") return { ...count, verdict: "recovered" };
  return count ?? judgeLow(target.unknowns, knowing, ignorant, contract);
}

/** A count is exposed when it surely stays under the goal, unless it surely is zero. */
function judgeCount(unknowns: readonly number[], reading: Reading, goal: number): Finding | null {
  const large = reading.reaches(unknowns, "max", goal);
  if (large.is === "yes") return null;
  const some = reading.reaches(unknowns, "max", 1);
  if (some.is === "no") return { verdict: "empty", from: some.from };
  if (large.is === "unknown") return { verdict: "not proven", from: null };
  return single(unknowns, reading) ?? { verdict: "known small", from: large.from };
}

/** A hidden count must be able to be as low as the contract says, unless it surely reaches the threshold. */
function judgeLow(
  unknowns: readonly number[],
  knowing: Reading,
  ignorant: Reading,
  contract: Contract,
): Finding | null {
  const low = ignorant.reaches(unknowns, "min", contract.low);
  if (low.is === "yes") return null;
  if (knowing.reaches(unknowns, "min", contract.minUnits - 1).is === "no") return single(unknowns, knowing);
  return low.is === "no"
    ? { verdict: "bounded away from zero", from: low.from }
    : { verdict: "not proven", from: null };
}

/** Whether a count has one value only. */
function single(unknowns: readonly number[], reading: Reading): Finding | null {
  const [low, value] = reading.seen(unknowns);
  if (!Number.isFinite(value)) return { verdict: "not proven", from: null };
  if (low < value) return null;
  const below = reading.reaches(unknowns, "min", value - 1);
  if (below.is === "yes") return null;
  const above = reading.reaches(unknowns, "max", value + 1);
  if (above.is === "yes") return null;
  if (below.is === "unknown" || above.is === "unknown") return { verdict: "not proven", from: null };
  return { verdict: "recovered", from: new Set([...below.from, ...above.from]) };
}

/** An amount is exposed when it is known closely, and it was hidden or its people may be too few. */
function judgeAmount(
  { unknowns: sums, hidden }: Target,
  reading: Reading,
  unknowns: readonly Unknown[],
  { minUnits, share }: Contract,
): Finding | null {
  const people = sums.map((sum) => unknowns[sum]?.base ?? -1).filter((base) => base >= 0);
  if (hidden === null && reading.reaches(people, "min", minUnits - 1).is === "no") return null;
  if (reading.reaches(people, "max", 1).is === "no") return null;
  const [low, high] = [reading.end(sums, "min"), reading.end(sums, "max")];
  if (!(low <= high)) return { verdict: "not proven", from: null };
  if (high > low && high - low >= share * (Math.abs(high) + Math.abs(low))) return null;
  const margin = 0.001 * Math.max(1, Math.abs(high));
  const above = reading.reaches(sums, "max", high + margin);
  const below = reading.reaches(sums, "min", low - margin);
  if (above.is === "yes" || below.is === "yes") return null;
  const from = new Set([...(above.is === "no" ? above.from : []), ...(below.is === "no" ? below.from : [])]);
  const proven = above.is === "no" && below.is === "no";
  return proven
    ? { verdict: high - low <= 2 * margin ? "recovered" : "known closely", from }
    : { verdict: "not proven", from: null };
}

/** Whether one reading leaves a target fewer values than another. */
export function narrower(target: Target, after: Reading, before: Reading): boolean {
  const slack = target.kind === "sum" ? 1e-3 * Math.max(1, Math.abs(before.end(target.unknowns, "max"))) : 0;
  return (
    after.end(target.unknowns, "max") < before.end(target.unknowns, "max") - slack ||
    after.end(target.unknowns, "min") > before.end(target.unknowns, "min") + slack
  );
}
