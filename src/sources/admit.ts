import type { Contract } from "./contract.ts";
import type { Located } from "./locate.ts";
import type { Territory } from "./territory.ts";

/** The contract under which a file may be used here, today, for the declared purpose. */
export function admit(_territory: Territory, { contract }: Located): Contract {
  return contract;
}
