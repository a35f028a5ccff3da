import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import { explainWriting } from "../../engine/atomic.ts";
import { terminalProgress } from "../../engine/progress.ts";
import { type Contract, editionsOf } from "../contract.ts";
import { openTerritory } from "../territory.ts";
import type { Bases } from "./address.ts";
import { type FetchEffectOptions, fetchEffects } from "./effects.ts";
import { type FetchTarget, fetchSources, megabytesOf } from "./fetch.ts";
import { openNetwork } from "./http.ts";
import { type LockFinding, verifyLock } from "./lock.ts";
import { outcomeLines } from "./outcome.ts";
import type { Environment } from "./publishers/france-travail-token.ts";

export const fetchUsage = `quartiers fetch [SOURCE[@MILLÉSIME]...] [--data DOSSIER] [--territory NOM] [--force] [--dry-run] [--verify]
      --force      télécharge de nouveau, et remplace un fichier venu d'ailleurs ou changé
      --dry-run    dit ce qui serait téléchargé, sans rien demander au réseau
      --verify     compare les fichiers au verrou quartiers.lock.json`;

/** What the command does to the world; every part has a default. */
export interface RunFetchEffects extends FetchEffectOptions {
  readonly say?: (line: string) => void;
  readonly complain?: (line: string) => void;
  readonly environment?: Environment;
  readonly bases?: Bases;
  /** The contracts to choose from; all of the catalogue by default. */
  readonly contracts?: readonly Contract[];
}

const options = {
  data: { type: "string" },
  territory: { type: "string" },
  force: { type: "boolean" },
  "dry-run": { type: "boolean" },
  verify: { type: "boolean" },
} as const;

/**
 * The command `quartiers fetch`. Ctrl+C stops the downloads and keeps what was received.
 * @returns exit code: 0 all is there, 1 something failed, 2 the words of the command are not understood, 130 interrupted
 */
export async function runFetch(args: readonly string[], effects: RunFetchEffects = {}): Promise<number> {
  const { say = console.log, complain = console.error } = effects;
  let words: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    words = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch {
    complain(`Options de fetch non comprises\u00a0: «\u202f${args.join(" ")}\u202f».\n\n${fetchUsage}`);
    return 2;
  }
  try {
    const { data, territory, force = false, verify = false } = words.values;
    const dryRun = words.values["dry-run"] ?? false;
    const target = targetOf(territory, data, { make: !verify && !dryRun, mayLack: dryRun });
    if (verify) return reportLock(await verifyLock(target.dataFolder), say);
    const contracts = chooseContracts(words.positionals, effects.contracts ?? (await catalogue()));
    return await download(target, contracts, { force, dryRun }, effects);
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    complain(error.message);
    return 1;
  }
}

async function catalogue(): Promise<readonly Contract[]> {
  const { sources } = await import("../catalogue.ts");
  return sources();
}

/** The folder is made when it is not there yet. Published files never go into the folder of an invented territory. */
function targetOf(
  territory: string | undefined,
  data: string | undefined,
  { make, mayLack }: { readonly make: boolean; readonly mayLack: boolean },
): FetchTarget {
  if (data !== undefined && data !== "" && make) {
    try {
      mkdirSync(data, { recursive: true });
    } catch (error) {
      throw explainWriting(error, data);
    }
  }
  if (data !== undefined && data !== "" && (territory === undefined || (mayLack && !existsSync(data)))) {
    const folder = resolve(data);
    if (existsSync(join(folder, "synthetique.json"))) throw invented(folder);
    return { dataFolder: folder, departements: [] };
  }
  const opened = openTerritory({
    ...(territory === undefined ? {} : { territory }),
    ...(data === undefined ? {} : { data }),
  });
  if (opened.synthetic) throw invented(opened.dataFolder);
  return { dataFolder: opened.dataFolder, departements: opened.departements };
}

function invented(folder: string): QuartiersError {
  return new QuartiersError({
    what: "Les fichiers publiés ne vont pas dans le dossier d'un territoire fictif",
    value: folder,
    expected: "un dossier à vous",
    remedy: "donner ce dossier par --data, et le territoire par --territory",
  });
}

/**
 * The contracts named, each once and in the order given; all when none is. "bpe-xy@2018" takes an edition.
 * @throws QuartiersError on an unknown name or edition
 */
export function chooseContracts(names: readonly string[], all: readonly Contract[]): readonly Contract[] {
  if (names.length === 0) return all;
  return [...new Set(names)].map((name) => {
    const [id, ...rest] = name.split("@");
    const vintage = rest.join("@");
    const contract = all.find((one) => one.id === id);
    if (!contract)
      throw new QuartiersError({
        what: "Source inconnue",
        value: id ?? name,
        expected: `une parmi ${all.map((one) => one.id).join(", ")}`,
        remedy: "«\u202fquartiers sources\u202f» les décrit",
      });
    if (vintage === "") return contract;
    const edition = editionsOf(contract).find((one) => one.vintage === vintage);
    if (edition) return withOwnRetrieval(contract, edition);
    throw new QuartiersError({
      what: "Cette source n'a pas cette édition",
      value: name,
      expected: `une parmi ${editionsOf(contract)
        .map((one) => `${id}@${one.vintage}`)
        .join(", ")}`,
    });
  });
}

/** An edition that does not say how it is retrieved is not retrieved as the contract's own. */
function withOwnRetrieval(contract: Contract, edition: Contract): Contract {
  if (edition === contract || edition.retrieval !== contract.retrieval) return edition;
  const { retrieval: _, ...rest } = edition;
  return rest;
}

async function download(
  target: FetchTarget,
  contracts: readonly Contract[],
  { force, dryRun }: { readonly force: boolean; readonly dryRun: boolean },
  effects: RunFetchEffects,
): Promise<number> {
  const { say = console.log, complain = console.error, environment = process.env, bases = {} } = effects;
  const size = megabytesOf(contracts);
  if (size > 0)
    say(
      `Jusqu'à ${frenchNumber(size, { unit: "Mo" })} à télécharger, d'après les contrats, dans ${target.dataFolder}.`,
    );
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  const signal = effects.signal ? AbortSignal.any([effects.signal, stop.signal]) : stop.signal;
  const network = openNetwork();
  try {
    const report = await fetchSources(
      target,
      contracts,
      {
        dispatcher: network.dispatcher,
        force,
        dryRun,
        bases,
        environment,
        told: (outcome) => {
          for (const line of outcomeLines(outcome)) (outcome.status === "failed" ? complain : say)(line);
        },
      },
      fetchEffects({ progress: terminalProgress(process.stderr), ...effects, signal }),
    );
    if (report.failed > 0) complain(`${report.failed} source(s) sur ${contracts.length} en échec.`);
    if (signal.aborted) return 130;
    return report.failed > 0 ? 1 : 0;
  } finally {
    process.off("SIGINT", onInterrupt);
    await network.close();
  }
}

const states: Readonly<Record<LockFinding["state"], string>> = {
  same: "identique",
  changed: "CHANGÉ",
  absent: "ABSENT",
};

function reportLock(findings: readonly LockFinding[], say: (line: string) => void): number {
  for (const { file, source, state, expectedSha256, foundSha256 } of findings) {
    const detail =
      state === "changed" ? ` (attendu ${expectedSha256}, trouvé ${foundSha256}\u202f; par qui, on ne sait)` : "";
    say(`${states[state].padEnd(10)} ${source.padEnd(26)} ${file}${detail}`);
  }
  if (findings.length === 0) say("Aucun fichier dans le verrou.");
  return findings.every(({ state }) => state === "same") ? 0 : 1;
}
