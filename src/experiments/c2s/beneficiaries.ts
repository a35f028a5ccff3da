import type { SourceRef } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, type NumberColumn, numbers, PRESENT, reasonAt, type Table, texts } from "../../codes/table.ts";
import { c2sBeneficiairesContract } from "../../sources/c2s-beneficiaires.ts";
import { c2sInseeContract } from "../../sources/c2s-insee.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import type { Territory } from "../../sources/territory.ts";

/** Who has the C2S in each area, on 1 January of a year. NaN where the producer hides the count; its mark is in `missing`. */
export interface Beneficiaries {
  /** "general": the general scheme alone. "all": every scheme. */
  readonly scheme: "general" | "all";
  readonly year: number;
  readonly all: Float64Array;
  readonly free: Float64Array;
  readonly participation: Float64Array;
  /** Persons of the general scheme; null when every scheme is counted. */
  readonly insured: Float64Array | null;
  /** Mark of each `all`, as in a column. */
  readonly missing: Uint8Array;
  readonly lineage: readonly SourceRef[];
}

/** What the levels of the INSEE file are called. */
type Level = "QP" | "COM";

/** Beneficiaries of the general scheme as INSEE publishes them, or null where the file is not there. */
export async function inseeBeneficiaries(
  territory: Territory,
  { level, codes, year }: { readonly level: Level; readonly codes: readonly string[]; readonly year: number },
): Promise<Beneficiaries | null> {
  if (!isAvailable(territory, c2sInseeContract)) return null;
  const rows = await loadTable(territory, c2sInseeContract);
  const levels = texts(rows, "niveau").values;
  const years = numbers(rows, "annee").values;
  const rowOf = new Map(
    texts(rows, "code").values.flatMap((code, row) =>
      levels[row] === level && years[row] === year ? [[code, row] as const] : [],
    ),
  );
  const at = codes.map((code) => rowOf.get(code) ?? -1);
  const column = (name: string): Float64Array => pickedValues(numbers(rows, name), at);
  return {
    scheme: "general",
    year,
    all: column("c2s"),
    free: column("c2s_sans_participation"),
    participation: column("c2s_avec_participation"),
    insured: column("regime_general"),
    missing: pickedMarks(numbers(rows, "c2s"), at),
    lineage: rows.lineage,
  };
}

/** Beneficiaries of every scheme by neighbourhood, from the partner's file, or null where it is not there. */
export async function partnerBeneficiaries(
  territory: Territory,
  codes: readonly string[],
): Promise<Beneficiaries | null> {
  if (!isAvailable(territory, c2sBeneficiairesContract)) return null;
  const rows: Table = await loadTable(territory, c2sBeneficiairesContract);
  const rowOf = new Map(texts(rows, "code_qp").values.map((code, row) => [code, row]));
  const at = codes.map((code) => rowOf.get(code) ?? -1);
  const [free, participation] = ["sans_participation", "avec_participation"].map((name) => numbers(rows, name));
  if (!free || !participation) return null;
  const marks = pickedMarks(free, at).map((mark, i) => mark || (pickedMarks(participation, at)[i] ?? PRESENT));
  const values = [pickedValues(free, at), pickedValues(participation, at)] as const;
  return {
    scheme: "all",
    year: numbers(rows, "annee").values[0] ?? Number.NaN,
    all: values[0].map((value, i) => value + values[1][i]),
    free: values[0],
    participation: values[1],
    insured: null,
    missing: marks,
    lineage: rows.lineage,
  };
}

const pickedValues = (column: NumberColumn, at: readonly number[]): Float64Array =>
  Float64Array.from(at, (row) => (row < 0 || reasonAt(column, row) !== null ? Number.NaN : column.values[row]));

/** The mark of each row; one that the file does not hold is not available. */
const pickedMarks = (column: NumberColumn, at: readonly number[]): Uint8Array =>
  Uint8Array.from(at, (row) => (row < 0 ? NOT_AVAILABLE : (column.missing?.[row] ?? PRESENT)));
