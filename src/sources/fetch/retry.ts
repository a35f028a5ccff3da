import type { Random } from "../../codes/random.ts";
import { exhausted, FetchFault } from "./faults.ts";

/** How long and how often we insist. */
export interface RetryPolicy {
  /** Tries in a row without progress before giving up. */
  readonly tries: number;
  /** Delay before the second try, in milliseconds; doubled each time. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** A publisher that asks for a longer wait than this is not waited for: the fault says how long. */
  readonly maxRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  tries: 5,
  baseDelayMs: 1000,
  maxDelayMs: 60_000,
  maxRetryAfterMs: 300_000,
};

/** What a retry does to the world. */
export interface RetryEffects {
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: Random;
}

/**
 * The delay that a `Retry-After` header asks for, in milliseconds: seconds or an HTTP date. Undefined when absent or unreadable.
 * @example
 * ```ts
 * retryAfterMs("Wed, 21 Oct 2026 07:28:00 GMT", Date.UTC(2026, 9, 21, 7, 27, 30)) // 30000
 * ```
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * The wait before try number `failures` + 1: exponential, between half of it and the whole ("equal jitter", Brooker 2015), so that many
 * clients cut at once do not come back at once.
 * @param failures tries that failed in a row, from 1
 * @example
 * ```ts
 * backOffMs(3, { baseDelayMs: 1000, maxDelayMs: 60_000 }, () => 0.5) // 3000
 * ```
 */
export function backOffMs(
  failures: number,
  { baseDelayMs, maxDelayMs }: Pick<RetryPolicy, "baseDelayMs" | "maxDelayMs">,
  random: Random,
): number {
  const full = Math.min(maxDelayMs, baseDelayMs * 2 ** (failures - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/**
 * Tries a task again while it fails by a fault that may pass. The count of tries starts again each time `reached` has grown, so that a
 * download cut ten times still arrives as long as each try brings something.
 * @param reached how far the task has come (bytes), never decreasing
 */
export async function withRetries<T>(
  task: () => Promise<T>,
  policy: RetryPolicy,
  { sleep, random }: RetryEffects,
  reached: () => number = () => 0,
): Promise<T> {
  let failures = 0;
  let before = reached();
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof FetchFault) || !error.retryable) throw error;
      if (reached() > before) failures = 0;
      before = reached();
      failures++;
      const asked = error.retryAfterMs;
      if (asked !== undefined && asked > policy.maxRetryAfterMs) throw tooLong(error, asked);
      if (failures >= policy.tries) throw exhausted(error, failures);
      await sleep(Math.max(asked ?? 0, backOffMs(failures, policy, random)));
    }
  }
}

function tooLong(fault: FetchFault, milliseconds: number): FetchFault {
  return new FetchFault(fault.kind, {
    ...fault.parts,
    remedy: `le serveur demande d'attendre ${Math.ceil(milliseconds / 60_000)}\u00a0minutes\u00a0: relancer la même commande après ce délai`,
  });
}
