import { Transferred } from "../../engine/workers.ts";
import type { ChainInput } from "../../models/microsimulation/chain-input.ts";
import { type ChainReplicates, chainReplicates } from "../../models/microsimulation/chain-replicates.ts";

/** Some replicates of some areas: what one thread does at a time. */
export interface ChainTask {
  readonly input: ChainInput;
  readonly replicates: number;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** Runs a task; the estimate is made again in the thread, since its functions cannot travel. */
export function runChainTask({ input, replicates, seed, from, to }: ChainTask): Transferred<ChainReplicates> {
  const found = chainReplicates(input, { replicates, seed, from, to });
  return new Transferred(found, [found.eligible.buffer as ArrayBuffer]);
}
