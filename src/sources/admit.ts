import type { Contract } from "./contract.ts";
import { agreementFor, checkTerms } from "./contracts/agreement.ts";
import type { Located } from "./locate.ts";
import type { Territory } from "./territory.ts";

/**
 * The contract under which a file may be used here, today, for the declared purpose: the publisher's for open data, the one that both sides signed
 * for a partner's file.
 * @throws QuartiersError that names the article of the data clause: no signed contract, no declared purpose, retention passed, permission withdrawn
 */
export function admit(territory: Territory, { contract, file }: Located): Contract {
  const admitted = contract.access === "partner" ? (agreementFor(territory, contract, file) ?? contract) : contract;
  checkTerms(admitted, territory);
  return admitted;
}
