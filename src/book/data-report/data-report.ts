import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { type Table, texts } from "../../codes/table.ts";
import { replaceDirectory } from "../../engine/atomic.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { sources } from "../../sources/catalogue.ts";
import { communesContract } from "../../sources/communes.ts";
import type { Contract } from "../../sources/contract.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { openTerritory, type Territory } from "../../sources/territory.ts";
import { writeReportAssets } from "./assets.ts";
import { type EditionReport, editionReports, generationReports } from "./editions.ts";
import { indexPage } from "./index-page.ts";
import { type JoinFinding, joinPairs, type ReadSource, tryJoin } from "./joins.ts";
import type { KnownCommunes } from "./places.ts";
import { readSource, type SourceReading, STREAM_BYTES } from "./read-source.ts";
import { sourcePage } from "./source-page.ts";
import { type SourceReport, sourceReport } from "./source-report.ts";

export interface DataReportOptions {
  /** The place, the day of the use and the purpose: the day is printed, so that two runs of one day give the same bytes. */
  readonly territory: Territory;
  /** Identifiers of sources; all those of the catalogue when empty or absent. */
  readonly sources?: readonly string[];
  /** Folder of an older delivery, with the same paths: each source found there is compared with the one that is read. */
  readonly compare?: string;
  /** `.quartiers/rapport-donnees` by default. */
  readonly out?: string;
  /** Files above this size are counted by the engine without standing in memory. */
  readonly streamBytes?: number;
  /** The catalogue; that of the project when absent. */
  readonly catalogue?: readonly Contract[];
  readonly progress?: Progress;
}

export interface DataReport {
  readonly folder: string;
  readonly index: string;
  readonly reports: readonly SourceReport[];
  /** Identifiers of the sources whose file was refused; the command then ends with 1. */
  readonly refused: readonly string[];
}

/**
 * Writes the data report: a first page, then a page and a JSON a source; whole, or not at all. Sources are read one after another, and only the counts of their
 * codes are kept. A source that is refused has a page that says so, and the others go on.
 * @throws QuartiersError on an unknown source, territory or folder
 */
export async function dataReport(options: DataReportOptions): Promise<DataReport> {
  const { territory, out = join(".quartiers", "rapport-donnees"), streamBytes = STREAM_BYTES } = options;
  const { sources: named = [], catalogue = sources(), progress = silentProgress } = options;
  const asked = named.length === 0 ? catalogue : [...new Set(named)].map((id) => contractOf(catalogue, id));
  const older = options.compare === undefined ? null : olderTerritory(territory, options.compare);
  const communes = await listOfCommunes(territory);
  const known = communes ? knownCommunes(communes) : null;
  const readings: SourceReading[] = [];
  const editions = new Map<string, readonly EditionReport[]>();
  for (const [i, contract] of asked.entries()) {
    progress.step(`${contract.id}, source ${i + 1} sur ${asked.length}`);
    const reading = await readSource(territory, contract, streamBytes);
    readings.push(reading);
    if (reading.status === "lue") editions.set(contract.id, await editionReports(territory, contract, reading, older));
  }
  const read = readings.filter((reading): reading is ReadSource => reading.status === "lue");
  progress.step("jointures");
  const joins: readonly JoinFinding[] = joinPairs(read).map(([left, right]) => tryJoin(left, right, known, communes));
  const reports = readings.map((reading) => {
    const { id } = reading.contract;
    return sourceReport(reading, {
      known,
      joins: joins.filter(({ left, right }) => left.id === id || right.id === id),
      editions: [...(editions.get(id) ?? []), ...(reading.status === "lue" ? generationReports(reading, read) : [])],
    });
  });
  await mkdir(dirname(out), { recursive: true });
  await replaceDirectory(out, (folder) => writeReport(folder, territory, reports));
  progress.end();
  const refused = reports.filter(({ status }) => status === "refusée").map(({ id }) => id);
  return { folder: out, index: join(out, "index.html"), reports, refused };
}

/** The same place, on another day of delivery. */
function olderTerritory({ name, purpose, today }: Territory, data: string): Territory {
  return openTerritory({ territory: name, data, today, ...(purpose === undefined ? {} : { purpose }) });
}

function contractOf(catalogue: readonly Contract[], id: string): Contract {
  const found = catalogue.find((contract) => contract.id === id);
  if (found) return found;
  throw new QuartiersError({
    what: "Source inconnue",
    value: id,
    expected: catalogue.map((contract) => contract.id).join(", "),
    remedy: "lire leur liste par npm run quartiers -- sources",
  });
}

/** Pages and their numbers; `index.json` sums up. */
async function writeReport(folder: string, territory: Territory, reports: readonly SourceReport[]): Promise<void> {
  writeReportAssets(folder);
  const head = { territory: territory.label, synthetic: territory.synthetic };
  const put = (file: string, content: string): Promise<void> => writeFile(join(folder, file), content);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  await put("index.html", indexPage(head, reports, territory.today));
  await put("index.json", json({ territory: territory.name, today: territory.today, sources: reports.map(summaryOf) }));
  for (const report of reports) {
    await put(`${report.id}.html`, sourcePage(head, report, territory.today));
    await put(`${report.id}.json`, json(report));
  }
}

function summaryOf(report: SourceReport) {
  const { id, title, publisher, licence, vintage, status, file, rows, columns, absentShare, alerts, synthetic } =
    report;
  return {
    id,
    title,
    publisher,
    licence,
    vintage,
    status,
    file,
    rows,
    columns: columns.length,
    absentShare,
    alerts: alerts.length,
    synthetic,
  };
}

/** The current communes with their former codes, or null when the territory has no list that can be read. */
async function listOfCommunes(territory: Territory): Promise<Table | null> {
  if (!isAvailable(territory, communesContract)) return null;
  const former = { name: "anciens_codes", from: "anciensCodes", type: "text", label: "Anciens codes" } as const;
  const columns = [...communesContract.columns.filter(({ name }) => name !== former.name), former];
  try {
    return await loadTable(territory, { ...communesContract, columns }, { columns: ["code_commune", "anciens_codes"] });
  } catch (error) {
    if (error instanceof QuartiersError) return null; // its own page says why
    throw error;
  }
}

function knownCommunes(communes: Table): KnownCommunes {
  const current = texts(communes, "code_commune").values;
  const former = new Map<string, string>();
  texts(communes, "anciens_codes").values.forEach((codes, row) => {
    for (const code of codes.split(";")) if (code !== "") former.set(code, current[row] ?? "");
  });
  return { current: new Set(current), former };
}
