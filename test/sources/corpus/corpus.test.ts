import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archiveCases } from "./archive-cases.ts";
import type { Case } from "./case.ts";
import { cellCases } from "./cell-cases.ts";
import { csvCases } from "./csv-cases.ts";
import { damagedFiles } from "./damages.ts";
import { fileCases } from "./file-cases.ts";
import { jsonCases } from "./json-cases.ts";
import { complaints, type End, endText, lay, openUnder, read, takeExtracted } from "./judge.ts";
import { layerCases } from "./layer-cases.ts";
import { paperCases } from "./paper-cases.ts";
import { type SoundFile, soundFiles } from "./sound.ts";
import { parquetCases, workbookCases } from "./workbook-cases.ts";

type Ends = Readonly<Record<string, End>>;

/** Cases read at a time: the engine has threads of its own. */
const LANES = 3;
/** What the laboratory promises for files of any size. */
const MOST_MEGABYTES = 2000;

let root = "";
let sound: readonly SoundFile[] = [];
let cases: readonly Case[] = [];
/** How each case ended, in the order of the cases, and what its folder was. */
const ended: { readonly ends: Ends; readonly folder: string; readonly extracted: readonly string[] }[] = [];
const whole = new Map<string, Ends>();
const ownTmp = process.env["TMPDIR"];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "corpus-"));
  // What a reading leaves behind is seen here, apart from what other programs write.
  mkdirSync(join(root, "tmp"));
  process.env["TMPDIR"] = join(root, "tmp");
  sound = await soundFiles();
  cases = [
    ...damagedFiles(sound),
    ...csvCases,
    ...cellCases,
    ...archiveCases,
    ...workbookCases,
    ...(await parquetCases()),
    ...jsonCases,
    ...(await layerCases()),
    ...paperCases,
    ...fileCases(sound),
  ];
  for (const [i, one] of sound.entries()) {
    const file: Case = { ...one, damage: "aucun", files: { ...one.beside, [one.file]: one.bytes }, outcome: "same" };
    whole.set(one.format, await read(file, lay(root, `intact ${i}`, file)));
    takeExtracted(one.bytes);
  }
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < cases.length; i = next++) {
      const one = cases[i] as Case;
      const folder = lay(root, `cas ${i}`, one);
      ended[i] = { ends: await read(one, folder), folder, extracted: takeExtracted(one.files[one.file]) };
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}, 600_000);

afterAll(() => {
  if (ownTmp === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = ownTmp;
  rmSync(root, { recursive: true, force: true });
});

/** Every reading of every case, for a test to say what is wrong with it: null when nothing is. */
function faults(wrong: (one: Case, end: End, way: string, i: number) => string | null): string[] {
  return cases.flatMap((one, i) =>
    Object.entries(ended[i]?.ends ?? {}).flatMap(([way, end]) => {
      const why = wrong(one, end, way, i);
      return why === null ? [] : [`${one.format}, ${one.damage}, ${way} : ${why} — ${endText(end)}`];
    }),
  );
}

/** What the same reading of the sound file gave. */
function soundText({ format, contract, instead }: Case, way: string): string | null {
  const name = contract.format === "csv" && !whole.has(format) ? "CSV ;" : format.replace(" d'un partenaire", "");
  const end = whole.get(name)?.[way] ?? whole.get(name.replace(/^Shapefile$/, "Shapefile .shp"))?.[way];
  if (!end || !("read" in end)) return null;
  return instead ? end.read.replace(...instead) : end.read;
}

test("sound files are read, and hold the same table whatever their format", () => {
  const tables = new Map<string, string[]>();
  for (const [format, ends] of whole) {
    const unread = Object.values(ends).filter((end) => !("read" in end));
    expect(unread.map((end) => `${format} : ${endText(end)}`)).toEqual([]);
    const { chargé } = ends;
    if (!chargé || !("read" in chargé) || format === "GTFS" || format === "OSM PBF") continue;
    // Outlines come after the table, on a line of their own.
    const table = chargé.read.split("\n", 1)[0] ?? "";
    tables.set(table, [...(tables.get(table) ?? []), format]);
  }
  expect([...tables.values()]).toHaveLength(1);
});

test("no damaged file crashes the reading or makes it hang", () => {
  expect(ended.filter(Boolean)).toHaveLength(cases.length);
  expect(faults((_, end) => ("crashed" in end ? "erreur nue" : null))).toEqual([]);
});

test("none passes in silence: a refusal, or exactly the sound table", () => {
  expect(
    faults((one, end, way) => {
      if ("refused" in end) return one.outcome === "same" ? "refusé à tort" : null;
      if (!("read" in end)) return null;
      return one.outcome === "refused" ? "accepté" : end.read === soundText(one, way) ? null : "lu autrement";
    }),
  ).toEqual([]);
});

test("each refusal names the file, the place, the value, the expectation and the remedy, in French and without a secret", () => {
  expect(
    faults((one, end, _, i) => {
      if (!("refused" in end)) return null;
      const found = complaints(end.refused, one, ended[i]?.folder ?? "");
      return found.length === 0 ? null : found.join(", ");
    }),
  ).toEqual([]);
});

test("loaded, walked through first or not, summed, streamed: the readings of a file agree", () => {
  const apart = cases.flatMap((one, i) => {
    const kinds = Object.entries(ended[i]?.ends ?? {}).map(
      ([way, end]) => `${way} : ${"read" in end ? "lu" : "refusé"}`,
    );
    const isOne = new Set(kinds.map((kind) => kind.split(" : ")[1])).size <= 1;
    return isOne || one.meanwhile ? [] : [`${one.format}, ${one.damage} : ${kinds.join(", ")}`];
  });
  expect(apart).toEqual([]);
});

test("nothing is left: temporary files, halves of archives, open handles", () => {
  expect(readdirSync(join(root, "tmp"))).toEqual([]);
  expect(openUnder(root)).toEqual([]);
  const left = cases.flatMap((one, i) => {
    const { ends = {}, extracted = [] } = ended[i] ?? {};
    const isRead = Object.values(ends).some((end) => "read" in end);
    // A member that was extracted whole is kept, though what it holds is refused.
    const halves = extracted.filter((name) => name.startsWith(".") || name.includes("extrait"));
    const names = one.words?.source.includes("bombe") && !isRead ? extracted : halves;
    return names.length === 0 ? [] : [`${one.format}, ${one.damage} : ${names.join(", ")}`];
  });
  expect(left).toEqual([]);
});

test("there are at least two hundred of them, read in bounded memory", () => {
  const kinds = cases.map((_, i) => Object.values(ended[i]?.ends ?? {}).every((end) => "refused" in end));
  const refused = kinds.filter(Boolean).length;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${cases.length} fichiers abîmés : ${refused} refusés, ${cases.length - refused} lus à l'identique ; ${megabytes} Mo de mémoire au plus`,
  );
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(new Set(cases.map(({ format, damage, contract }) => `${format} ${damage} ${contract.access}`)).size).toBe(
    cases.length,
  );
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
});
