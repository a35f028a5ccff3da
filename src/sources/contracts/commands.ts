import { QuartiersError } from "../../codes/errors.ts";
import { sources } from "../catalogue.ts";
import type { Contract } from "../contract.ts";
import { locateSource } from "../locate.ts";
import type { Territory } from "../territory.ts";
import { agreementFor } from "./agreement.ts";
import { clauseText } from "./clause.ts";
import { type DataFile, datapackage } from "./datapackage.ts";
import { odcsYaml } from "./odcs.ts";

/** The source of that name, or an error that lists the names. */
function sourceNamed(id: string): Contract {
  const found = sources().find((contract) => contract.id === id);
  if (found) return found;
  const near = sources()
    .map((contract) => contract.id)
    .filter((name) => id.split(/\W+/).some((word) => word.length > 2 && name.includes(word.toLowerCase())));
  throw new QuartiersError({
    what: "Aucune source de ce nom",
    value: id,
    expected: near.length > 0 ? near.slice(0, 12).join(", ") : `l'une des ${sources().length} sources du catalogue`,
    remedy: "npm run quartiers -- sources donne leurs noms",
  });
}

/** The contract as its partner signed it where a territory holds a signed one beside the file, else our own. */
function contractIn(
  territory: Territory | null,
  contract: Contract,
): { readonly contract: Contract; readonly file?: string } {
  const located = territory && locateSource(territory, contract);
  if (!territory || !located) return { contract };
  const { contract: edition, file } = located;
  const signed = edition.access === "partner" ? agreementFor(territory, edition, file) : null;
  return { contract: signed ?? edition, file };
}

/**
 * `quartiers clause <dataset> [--data DIR]`: the French text of the data clause, or of the notice of an open licence.
 * @param territory where a signed contract may stand; null writes the clause to sign
 */
export function clauseCommand(id: string, territory: Territory | null): string {
  const titles = new Map(sources().map((contract) => [contract.id, contract.title]));
  return clauseText(contractIn(territory, sourceNamed(id)).contract, { titles });
}

/** Formats of `quartiers contract`. */
export const contractFormats = ["odcs", "datapackage"] as const;
export type ContractFormat = (typeof contractFormats)[number];

/** `quartiers contract <dataset> [--format odcs|datapackage]`: the contract as a document for other tools. */
export function contractCommand(id: string, territory: Territory | null, format: ContractFormat = "odcs"): string {
  const { contract, file } = contractIn(territory, sourceNamed(id));
  if (format === "odcs") return odcsYaml(contract);
  const files: readonly DataFile[] = file === undefined ? [] : [{ id, path: file }];
  return `${JSON.stringify(datapackage([contract], files), null, 2)}\n`;
}
