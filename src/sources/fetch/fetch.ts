import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Dispatcher } from "undici";
import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import type { Contract } from "../contract.ts";
import { type Bases, publicAddress } from "./address.ts";
import { bringAddress, bringOffers, type Order } from "./bring.ts";
import { type FetchEffects, fetchEffects } from "./effects.ts";
import { FetchFault, interrupted } from "./faults.ts";
import { isInside, LOCK_FILE } from "./lock.ts";
import type { FetchOutcome, FetchReport } from "./outcome.ts";
import { offersUrl } from "./publishers/france-travail.ts";
import { type Environment, franceTravailVariables } from "./publishers/france-travail-token.ts";
import { exportAddress } from "./publishers/opendatasoft.ts";
import { hostOf } from "./publishers/resolve.ts";
import { openSlots, type Slots } from "./slots.ts";

/** Where files go, and for which départements those that are asked by département are asked. */
export interface FetchTarget {
  readonly dataFolder: string;
  readonly departements: readonly string[];
}

export interface FetchOptions {
  readonly dispatcher: Dispatcher;
  /** True brings again what is there, and replaces what someone changed. */
  readonly force?: boolean;
  /** True asks nothing of the network: says what would be done. */
  readonly dryRun?: boolean;
  /** Other servers in place of the publishers' own. */
  readonly bases?: Bases;
  /** Credentials are read from here. */
  readonly environment?: Environment;
  /** Told each outcome as it comes. */
  readonly told?: (outcome: FetchOutcome) => void;
}

/**
 * Brings the files of some contracts into a data folder, two at a time and one a host, and notes each in the lock file. A source that fails
 * does not stop the others.
 */
export async function fetchSources(
  target: FetchTarget,
  contracts: readonly Contract[],
  options: FetchOptions,
  effects: FetchEffects = fetchEffects(),
): Promise<FetchReport> {
  const slots = openSlots();
  const outcomes = await Promise.all(
    contracts.map(async (contract) => {
      const outcome = await fetchOne(target, contract, options, effects, slots);
      effects.progress.end();
      options.told?.(outcome);
      return outcome;
    }),
  );
  return { outcomes, failed: outcomes.filter(({ status }) => status === "failed").length };
}

/** The size of the files that can be asked for, each once, from what the contracts say of it, in megabytes; unknown sizes count for nothing. */
export function megabytesOf(contracts: readonly Contract[]): number {
  const sizes = new Map<string, number>();
  for (const { retrieval, megabytes = 0 } of contracts)
    if (retrieval && "to" in retrieval) sizes.set(retrieval.to, Math.max(megabytes, sizes.get(retrieval.to) ?? 0));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

async function fetchOne(
  target: FetchTarget,
  contract: Contract,
  options: FetchOptions,
  effects: FetchEffects,
  slots: Slots,
): Promise<FetchOutcome> {
  const { id: source, retrieval, url: page } = contract;
  const simple = (status: FetchOutcome["status"], message: string): FetchOutcome => ({
    source,
    status,
    message,
    notices: [],
  });
  if (!retrieval) return simple("no-address", `Aucune adresse de téléchargement dans le contrat\u00a0: voir ${page}.`);
  if (retrieval.via === "partner") return simple("to-ask", retrieval.ask);
  if (retrieval.via === "npm") return simple("package", `Installé avec le paquet ${retrieval.package}.`);
  try {
    checkPlace(contract, retrieval.to);
    const { force = false, dryRun = false, bases = {}, environment = {}, dispatcher } = options;
    const elsewhere = contract.files.find(
      (file) => file !== retrieval.to && !file.startsWith("npm:") && existsSync(join(target.dataFolder, file)),
    );
    if (elsewhere && !force) return { ...simple("present", `${elsewhere}, déjà là.`), file: elsewhere };
    if (dryRun) {
      const there = existsSync(join(target.dataFolder, retrieval.to)) ? ", déjà là\u00a0: comparé d'abord" : "";
      return { ...simple("planned", `${plan(contract)}${there}`), file: retrieval.to };
    }
    const order: Order = { folder: target.dataFolder, contract, file: retrieval.to, force };
    const context = { dispatcher, effects, bases, page };
    const host = retrieval.via === "france-travail" ? new URL(offersUrl).host : hostOf(retrieval);
    return await slots(host, async () => {
      if (effects.signal?.aborted) throw interrupted(retrieval.to);
      return retrieval.via === "france-travail"
        ? bringOffers(order, retrieval, target.departements, environment, context)
        : bringAddress(order, retrieval, context);
    });
  } catch (error) {
    return failure(contract, error, options.environment ?? {});
  }
}

/** The file must have a name under which its loader will look for it, inside the data folder. */
function checkPlace({ files, id }: Contract, to: string): void {
  if (isInside(to) && to !== LOCK_FILE && files.includes(to)) return;
  throw new FetchFault("path", {
    what: "Le contrat range ce fichier là où la source ne le cherche pas",
    value: to,
    where: `contrat ${id}`,
    expected: files.join(" ou "),
    remedy: "écrire dans retrieval.to l'un des chemins de files, relatif au dossier de données",
  });
}

function plan({ retrieval, megabytes }: Contract): string {
  const size = megabytes === undefined ? "taille inconnue" : frenchNumber(megabytes, { unit: "Mo" });
  switch (retrieval?.via) {
    case "file":
      return `${publicAddress(retrieval.url)} (${size}) → ${retrieval.to}`;
    case "data.gouv":
      return `data.gouv.fr, jeu ${retrieval.dataset}${retrieval.resource ? `, ressource ${retrieval.resource}` : ""} (${size}) → ${retrieval.to}`;
    case "opendatasoft":
      return `${exportAddress(retrieval)} (${size}) → ${retrieval.to}`;
    case "transport.data.gouv":
      return `transport.data.gouv.fr, jeu ${retrieval.dataset} (${size}) → ${retrieval.to}`;
    case "france-travail":
      return `France Travail, Offres d'emploi v2 (${size}) → ${retrieval.to}`;
    default:
      return "";
  }
}

/** A failure as an outcome. Whatever the error says, the credentials of the environment are taken out of it. */
function failure({ id, retrieval }: Contract, error: unknown, environment: Environment): FetchOutcome {
  const said =
    error instanceof QuartiersError
      ? error.message
      : `Erreur imprévue\u00a0: ${error instanceof Error ? `${error.name}, ${error.message}` : String(error)}.`;
  const file = retrieval && "to" in retrieval ? { file: retrieval.to } : {};
  const fault = error instanceof FetchFault ? error.kind : "other";
  return { source: id, status: "failed", message: withoutSecrets(said, environment), notices: [], fault, ...file };
}

function withoutSecrets(text: string, environment: Environment): string {
  const secrets = franceTravailVariables.map((name) => environment[name] ?? "").filter((secret) => secret.length > 3);
  return secrets.reduce((kept, secret) => kept.replaceAll(secret, "***"), text);
}
