import type { SecrecyRule } from "../../codes/lineage.ts";
import { type Contract, termsOf } from "../../sources/contract.ts";
import { howToGet } from "../../sources/locate.ts";
import type { Terms } from "../../sources/terms.ts";
import { alertsOf } from "./alerts.ts";
import type { EditionReport } from "./editions.ts";
import type { JoinFinding } from "./joins.ts";
import { type KnownCommunes, type PlaceSummary, summarisePlaces } from "./places.ts";
import type { Refused, SourceReading } from "./read-source.ts";
import { rowThreshold, type ShownColumn, shownColumn } from "./shown-column.ts";
import { type Shown, shownCount } from "./shown-counts.ts";

/** All that the page of a source says, as its JSON says it too. Nothing under the threshold of the source is in it. */
export interface SourceReport {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  readonly geography: string;
  readonly unit: string;
  readonly access: "public" | "partner";
  readonly published: boolean;
  readonly secrecy: SecrecyRule;
  readonly terms: Terms;
  readonly key: readonly string[];
  readonly quasiIdentifiers: readonly string[];
  readonly allowedJoins: readonly string[] | "toutes";
  readonly notes: readonly string[];
  readonly status: SourceReading["status"];
  /** For a source that is absent: what to do to have it. */
  readonly howToGet: string | null;
  readonly file: { readonly path: string; readonly bytes: number; readonly sha256: string | null } | null;
  readonly synthetic: boolean;
  readonly refusal: Refused | null;
  /** The declared purpose under which a partner's file was read. */
  readonly purpose: string | null;
  /** Rows under which a count is hidden; 1 for a publication. */
  readonly threshold: number;
  readonly rows: Shown | null;
  /** Rows that repeat an earlier one; null where a key makes it impossible or when not counted. */
  readonly duplicates: Shown | null;
  /** Part (0 to 1) of all the cells that hold no value; null where a count is hidden. */
  readonly absentShare: number | null;
  readonly columns: readonly ShownColumn[];
  readonly places: readonly PlaceSummary[];
  readonly joins: readonly JoinFinding[];
  readonly editions: readonly EditionReport[];
  readonly alerts: readonly string[];
}

export interface ReportParts {
  readonly known: KnownCommunes | null;
  readonly joins: readonly JoinFinding[];
  readonly editions: readonly EditionReport[];
}

/** True when a page about this source must not leave the team. */
export const isInternal = ({ access, published }: Pick<SourceReport, "access" | "published">): boolean =>
  access === "partner" || !published;

/** The report of one source, its counts already protected. */
export function sourceReport(reading: SourceReading, { known, joins, editions }: ReportParts): SourceReport {
  const { contract } = reading;
  const base = {
    ...contractParts(contract),
    status: reading.status,
    howToGet: reading.status === "absente" ? howToGet(contract) : null,
    synthetic: false,
    refusal: null,
    purpose: null,
    rows: null,
    duplicates: null,
    absentShare: null,
    columns: [],
    places: [],
    joins: [],
    editions: [],
    alerts: [],
  };
  if (reading.status === "absente") return { ...base, file: null };
  const file = { path: reading.file.file, bytes: reading.file.bytes, sha256: null };
  if (reading.status === "refusée")
    return {
      ...base,
      file,
      refusal: reading.refusal,
      alerts: ["Le fichier est refusé\u00a0: aucun de ses chiffres n'est lu."],
    };
  const { summary, lineage, codes, purpose } = reading;
  const threshold = rowThreshold(contract);
  const columns = contract.columns.flatMap((column) => {
    const counted = summary.columns.find(({ name }) => name === column.name);
    return counted ? [shownColumn(column, counted, summary, threshold)] : [];
  });
  const places = codes.map((column) =>
    summarisePlaces(column.name, column.kind, column.counts, known, {
      threshold,
      force: typeof columns.find(({ name }) => name === column.name)?.present === "string",
    }),
  );
  const absent = columns.map(({ absentShare }) => absentShare);
  const isExact = absent.every((share) => share !== null);
  const report: SourceReport = {
    ...base,
    file: { ...file, sha256: lineage.sha256 },
    synthetic: lineage.synthetic,
    purpose,
    rows: shownCount(summary.rows, threshold),
    duplicates: summary.duplicates === null ? null : shownCount(summary.duplicates, threshold),
    absentShare: isExact
      ? Number((absent.reduce<number>((sum, share) => sum + (share ?? 0), 0) / absent.length).toFixed(6))
      : null,
    columns,
    places,
    joins,
    editions,
  };
  return { ...report, alerts: alertsOf(report, contract, summary) };
}

function contractParts(contract: Contract) {
  const { id, title, publisher, licence, vintage, url, geography, unit, access, published, secrecy, key } = contract;
  return {
    id,
    title,
    publisher,
    licence,
    vintage,
    url,
    geography,
    unit,
    access,
    published,
    secrecy,
    terms: termsOf(contract),
    key,
    quasiIdentifiers: contract.quasiIdentifiers ?? [],
    allowedJoins: contract.joins ?? ("toutes" as const),
    notes: contract.notes ?? [],
    threshold: rowThreshold(contract),
  };
}
