import { statSync } from "node:fs";
import { QuartiersError } from "../../codes/errors.ts";
import { type Geography, geographyLabel } from "../../codes/geography.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { type Contract, termsOf } from "../../sources/contract.ts";
import { agreementFor } from "../../sources/contracts/agreement.ts";
import { geographyOf, loadTable } from "../../sources/load.ts";
import { type Located, locateSource } from "../../sources/locate.ts";
import { withSource } from "../../sources/open-source.ts";
import { forPurpose, type Territory } from "../../sources/territory.ts";
import { type PlaceKind, placeKind } from "./places.ts";
import { summariseStreamed } from "./streamed-summary.ts";
import { summariseTable, type TableSummary } from "./summary.ts";

/** Codes of one column: how many rows hold each, and the list that they belong to. */
export interface CodeColumn {
  readonly name: string;
  readonly label: string;
  readonly kind: PlaceKind;
  readonly counts: ReadonlyMap<string, number>;
  readonly absent: number;
  readonly geography: Geography | null;
}

/** What became of a source that was asked for. */
export type SourceReading =
  | { readonly status: "absente"; readonly contract: Contract }
  | {
      readonly status: "refusée";
      readonly contract: Contract;
      readonly file: FoundFile;
      /** The refusal, without any value of a file that is not a publication. */
      readonly refusal: Refused;
    }
  | {
      readonly status: "lue";
      /** The contract under which the file was read: a partner's signed one, or ours. */
      readonly contract: Contract;
      readonly file: FoundFile;
      readonly lineage: SourceRef;
      readonly purpose: string | null;
      readonly summary: TableSummary;
      readonly codes: readonly CodeColumn[];
    };

export interface FoundFile {
  /** Relative to the data folder. */
  readonly file: string;
  readonly bytes: number;
}

export interface Refused {
  readonly what: string;
  readonly where: string | null;
  readonly value: string | null;
  readonly expected: string | null;
  readonly remedy: string | null;
}

/** A file larger than this is counted by the engine, column by column, and never stands in memory. */
export const STREAM_BYTES: number = 150 << 20;

/** What a file takes once unpacked, roughly: archives and Parquet hold texts at a tenth of their size. */
const unpackedBytes = ({ file, bytes }: FoundFile): number =>
  /\.(zip|7z|gz|parquet)$/i.test(file) ? bytes * 10 : bytes;

/** Loads a source and counts it. A refusal is a finding: it is given back, not thrown. */
export async function readSource(
  territory: Territory,
  contract: Contract,
  streamBytes: number = STREAM_BYTES,
): Promise<SourceReading> {
  const located = locateSource(territory, contract);
  if (!located) return { status: "absente", contract };
  const file = { file: located.file, bytes: statSync(located.path).size };
  try {
    const effective = underAgreement(territory, located);
    const purpose = purposeFor(territory, effective);
    const place = purpose === null ? territory : forPurpose(territory, purpose);
    const { summary, lineage } =
      unpackedBytes(file) > streamBytes && (located.contract.format === "csv" || located.contract.format === "parquet")
        ? await streamed(place, contract)
        : await loaded(place, contract);
    const codes = effective.columns.flatMap((column): CodeColumn[] => {
      const [kind, counted] = [placeKind(column), summary.columns.find(({ name }) => name === column.name)];
      if (kind === null || !counted?.counts) return [];
      const { name, label } = column;
      const absent = summary.rows - counted.present;
      return [{ name, label, kind, counts: counted.counts, absent, geography: geographyOf(column, effective) }];
    });
    return { status: "lue", contract: effective, file, lineage, purpose, summary: withoutCounts(summary), codes };
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    return { status: "refusée", contract: located.contract, file, refusal: refusalOf(error, located.contract) };
  }
}

/** Rows of each text are not needed once codes of places are set apart. */
const withoutCounts = (summary: TableSummary): TableSummary => ({
  ...summary,
  columns: summary.columns.map((column) => ({ ...column, counts: null })),
});

/** A partner's signed contract stands in the place of ours. */
export function underAgreement(territory: Territory, { contract, file }: Located): Contract {
  return contract.access === "partner" ? (agreementFor(territory, contract, file) ?? contract) : contract;
}

/**
 * The purpose under which a source is read: the declared one, or else the first that its contract agrees to, since the report prepares that use. Null for
 * open data. The page says which one it was.
 */
export function purposeFor(territory: Territory, contract: Contract): string | null {
  const { purposes } = termsOf(contract);
  if (purposes === "toutes") return null;
  return territory.purpose ?? purposes[0] ?? null;
}

interface Counted {
  readonly summary: TableSummary;
  readonly lineage: SourceRef;
}

async function loaded(territory: Territory, contract: Contract): Promise<Counted> {
  const table = await loadTable(territory, contract);
  const summary = summariseTable(table, contract);
  const [lineage] = table.lineage;
  if (!lineage) throw new RangeError("une table chargée dit d'où elle vient");
  const zeros = await suspiciousZeros(territory, contract);
  return {
    lineage,
    summary: {
      ...summary,
      columns: summary.columns.map((column) => ({ ...column, suspiciousZeros: zeros.get(column.name) ?? 0 })),
    },
  };
}

/** How many cells of each column are a zero that the contract reads as secret: the file read again as if they were values. */
async function suspiciousZeros(territory: Territory, contract: Contract): Promise<ReadonlyMap<string, number>> {
  const names = contract.columns.filter(({ suspiciousZero }) => suspiciousZero).map(({ name }) => name);
  if (names.length === 0) return new Map();
  const columns = contract.columns.map((column) => ({ ...column, suspiciousZero: false }));
  const table = await loadTable(territory, { ...contract, columns }, { columns: names });
  return new Map(
    names.map((name) => {
      const { values = [] } = table.columns[name] ?? {};
      let zeros = 0;
      for (const value of values) if (value === 0) zeros++;
      return [name, zeros];
    }),
  );
}

function streamed(territory: Territory, contract: Contract): Promise<Counted> {
  return withSource(territory, contract, {}, async (database, source) => {
    const summary = await summariseStreamed(database, source);
    return { summary, lineage: source.reference(await source.inspect()) };
  });
}

/** The parts of a refusal; those of a file that is not a publication lose every quoted value, which might be somebody's. */
export function refusalOf({ parts }: QuartiersError, { published }: Contract): Refused {
  const { what, where = null, value = null, expected = null, remedy = null } = parts;
  const clean = (text: string | null): string | null =>
    text === null || published ? text : text.replace(/\(?«[^»]*»\)?/g, "").replace(/ {2,}/g, " ");
  return { what, where: clean(where), value: published ? value : null, expected, remedy };
}

/** The list of a code column, in words; null when nothing says it. */
export const listLabel = ({ geography }: CodeColumn): string | null => (geography ? geographyLabel(geography) : null);
