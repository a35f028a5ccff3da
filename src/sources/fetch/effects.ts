import { statfs } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { type Random, seededRandom } from "../../codes/random.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { defaultRetryPolicy, type RetryPolicy } from "./retry.ts";

/** What a download does to the world besides its files; every part has a default, and tests bring their own clock. */
export interface FetchEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Spreads the delays between tries. */
  readonly random: Random;
  readonly progress: Progress;
  /** Bytes that this user may still write in a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly retry: RetryPolicy;
  readonly signal: AbortSignal | undefined;
}

export interface FetchEffectOptions extends Partial<Omit<FetchEffects, "random">> {
  /** Seed of the delays between tries. */
  readonly seed?: number;
}

/** The real world, except for what is given. */
export function fetchEffects({ seed = 20_260_301, signal, ...given }: FetchEffectOptions = {}): FetchEffects {
  return {
    now: Date.now,
    sleep: async (milliseconds) => {
      await setTimeout(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);
    },
    random: seededRandom(seed),
    progress: silentProgress,
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    retry: defaultRetryPolicy,
    signal,
    ...given,
  };
}
