import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { reasonAt, type Table } from "../../../src/codes/table.ts";
import { aggregateSource } from "../../../src/sources/aggregate.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { loadShapes, loadTable } from "../../../src/sources/load.ts";
import { streamSource } from "../../../src/sources/stream.ts";
import { openTerritory, type Territory } from "../../../src/sources/territory.ts";
import type { Case } from "./case.ts";
import { communes } from "./table.ts";

/** What a reading ended in: the table as text, or the refusal, or any other error. */
export type End = { readonly read: string } | { readonly refused: QuartiersError } | { readonly crashed: unknown };

/** How a reading ended, for the message of a test. */
export function endText(end: End): string {
  if ("read" in end) return `lu : ${end.read.slice(0, 300)}`;
  if ("refused" in end) return end.refused.message;
  return `erreur nue : ${String(end.crashed instanceof Error ? end.crashed.stack : end.crashed).slice(0, 500)}`;
}

const SLOWEST_MS = 5000;
const SLOWEST = Symbol("trop long");

/** A place on the disk for a case; the files of the case, then what `make` makes. */
export function lay(root: string, name: string, { files, file, make }: Case): string {
  const folder = join(root, name);
  for (const [path, content] of Object.entries({ "communes/communes.json": communes, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  make?.(join(folder, file), folder);
  return folder;
}

/** A table as text: the same text for the same table, whatever the format. */
function tableText(table: Table): string {
  return JSON.stringify(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      Array.from({ length: table.numRows }, (_, row) => reasonAt(column, row) ?? column.values[row]),
    ]),
  );
}

async function ended(task: () => Promise<string>): Promise<End> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof SLOWEST>((resolve) => {
    timer = setTimeout(() => resolve(SLOWEST), SLOWEST_MS);
  });
  try {
    const read = await Promise.race([task(), late]);
    return read === SLOWEST ? { crashed: new Error(`plus de ${SLOWEST_MS} ms`) } : { read };
  } catch (error) {
    return error instanceof QuartiersError ? { refused: error } : { crashed: error };
  } finally {
    clearTimeout(timer);
  }
}

const shaped = new Set(["geojson", "topojson", "shapefile", "geopackage"]);

async function loaded(territory: Territory, contract: Contract, scanFirstBytes?: number): Promise<string> {
  const options = scanFirstBytes === undefined ? {} : { scanFirstBytes };
  if (!shaped.has(contract.format)) return tableText(await loadTable(territory, contract, options));
  const { table, shapes } = await loadShapes(territory, contract, options);
  const rings = shapes.map(({ polygons }) =>
    polygons.map((polygon) => polygon.map((ring) => [...ring].map((x) => x.toFixed(6)).sort())),
  );
  return `${tableText(table)}\n${JSON.stringify(rings)}`;
}

/** The ways of reading a CSV file, which must agree: walked through first or not, loaded, summed, streamed. */
function readings(territory: Territory, { contract, format }: Case): Readonly<Record<string, () => Promise<string>>> {
  const load = { chargé: () => loaded(territory, contract) };
  if (contract.format !== "csv") return load;
  const unscanned = { ...load, "chargé sans parcours": () => loaded(territory, contract, 0) };
  // One style and one damage of each kind are enough to hold the sums and the streams to the tables.
  if (!/^(CSV ;|CSV d'un partenaire|GTFS)$/.test(format)) return unscanned;
  const sums = contract.columns.filter(({ summable }) => summable).map(({ name }) => name);
  const by = contract.columns.filter(({ name }) => !sums.includes(name)).map(({ name }) => name);
  return {
    ...unscanned,
    ...(contract.columns.some(({ type, summable }) => type === "number" && !summable)
      ? {}
      : {
          sommé: async () => {
            const measures = Object.fromEntries(sums.map((sum) => [sum, { sum }]));
            return tableText(await aggregateSource(territory, contract, { by, measures, scanFirstBytes: 0 }));
          },
        }),
    "au fil de l'eau": async () => {
      const columns: Record<string, (string | number)[]> = Object.fromEntries(
        contract.columns.map(({ name }) => [name, []]),
      );
      const take = [...by, ...sums];
      await streamSource(territory, contract, { columns: take, scanFirstBytes: 0 }, (batch) => {
        for (const name of take)
          columns[name]?.push(...(sums.includes(name) ? batch.numbers(name) : batch.texts(name)));
      });
      return JSON.stringify(columns);
    },
  };
}

/** How a case ended, by way of reading. */
export async function read(one: Case, folder: string): Promise<Readonly<Record<string, End>>> {
  const { file, read: own, meanwhile } = one;
  const territory = openTerritory({ territory: "exemple", data: folder, purpose: "corpus" });
  const ways = own
    ? { lu: async () => JSON.stringify((await own(join(folder, file), folder)) ?? null) }
    : readings(territory, one);
  const ends: Record<string, End> = {};
  for (const [way, task] of Object.entries(ways)) {
    const end = ended(task);
    meanwhile?.(join(folder, file));
    ends[way] = await end;
  }
  return ends;
}

/** English words of engines, and what a value that nobody expected prints. */
const foreign =
  /\b(error|invalid|expected|undefined|unexpected|cannot|failed|object|null|token|position \d|line \d|exception|overflow|memory|cast)\b|\[object/i;
const codes = /\b(E[A-Z]{4,}|Z_[A-Z]+|Infinity|NaN)\b/;

/** What a refusal lacks or says too much: an empty list when it teaches. */
export function complaints(
  { parts, message }: QuartiersError,
  { file, words, unnamed, hidden = [] }: Case,
  folder: string,
): string[] {
  const found: string[] = [];
  if (!unnamed && !message.includes(basename(file))) found.push("ne nomme pas le fichier");
  if (!parts.where) found.push("ne dit pas où");
  if (!parts.expected) found.push("ne dit pas ce qui est attendu");
  if (!parts.remedy) found.push("ne dit pas que faire");
  const own = message.replaceAll(parts.value ?? "\0", "").replaceAll(basename(file), "");
  const engine = foreign.exec(own) ?? codes.exec(own);
  if (engine) found.push(`parle comme un moteur (${engine[0]})`);
  // Where a file is absent, the data folder is what its reader needs.
  const aside = parts.what.includes("introuvable") ? own.replaceAll(folder, "") : own;
  if (aside.includes(folder) || aside.includes(process.cwd()) || /(^|[\s«(])\/\w+\//.test(aside))
    found.push("donne un chemin de la machine");
  if (message.length > 1500) found.push(`a ${message.length} caractères`);
  if (/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u.test(message)) found.push("porte un caractère de commande");
  if (words && !words.test(message)) found.push(`ne dit pas ${words}`);
  for (const value of hidden)
    if (new RegExp(`(?<![\\p{L}\\d])${value}(?![\\p{L}\\d])`, "u").test(message)) found.push(`imprime ${value}`);
  return found;
}

const store = join(import.meta.dirname, "../../../.quartiers/archives");

/** What a case left in the store of archives: the names of the files under the fingerprint of its archive. Removes them. */
export function takeExtracted(bytes: string | Uint8Array | undefined): readonly string[] {
  if (bytes === undefined) return [];
  const folder = join(store, createHash("sha256").update(bytes).digest("hex"));
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder);
  rmSync(folder, { recursive: true });
  return names;
}

/** Open files of this process under a folder; empty where the system does not list them. */
export function openUnder(folder: string): readonly string[] {
  const handles = "/proc/self/fd";
  if (!existsSync(handles)) return [];
  return readdirSync(handles).flatMap((handle) => {
    try {
      const path = readlinkSync(join(handles, handle));
      return path.startsWith(folder) ? [path] : [];
    } catch {
      return [];
    }
  });
}
