import type { SecrecyRule } from "../codes/lineage.ts";
import type { MissingReason } from "../codes/table.ts";

/** Codes of official nomenclatures that a column can hold. `dciris` is the BPE's: an IRIS, or the bare commune where there is none. */
export type CodeKind = "commune" | "qpv2015" | "qpv2024" | "iris" | "dciris" | "rome" | "departement";

export type ColumnType = "text" | "number" | "integer" | CodeKind;

/** One column of a source, as its publisher promises it. */
export interface ColumnContract {
  /** Name in our table. */
  readonly name: string;
  /** Name in the publisher's file when it differs; a dotted path in JSON ("lieuTravail.latitude"). */
  readonly from?: string;
  /** When one cell holds several values ("47.72, 7.01"): the text between them and which one this column takes, from 0. */
  readonly part?: { readonly separator: string; readonly index: number };
  readonly type: ColumnType;
  /** What the column means, in French. */
  readonly label: string;
  /** For numbers: "personnes", "EUR/an", "%", "degrés"... */
  readonly unit?: string;
  /** False (the default) for medians, deciles and rates, « non sommables ». */
  readonly summable?: boolean;
  /** True refuses an empty cell. Otherwise an empty cell is `nd`, unless `missing` says why it is empty. */
  readonly required?: boolean;
  /** Smallest and largest plausible values, both allowed. */
  readonly range?: readonly [number, number];
  /** The only texts allowed. */
  readonly values?: readonly string[];
  /** The publisher's signs of absence, with their reason: { "": "nd", s: "s" }. */
  readonly missing?: Readonly<Record<string, MissingReason>>;
  /** True where the publisher wrote 0 for a value that it hides: a zero becomes `s`. */
  readonly suspiciousZero?: boolean;
  /** True for a count of units under the secrecy rule: a number from 1 to minUnits - 1 left in clear is refused, and not printed. */
  readonly masked?: boolean;
  /** "communes": the code must be known to the communes source of the territory (a current commune or one merged since). */
  readonly knownTo?: "communes";
}

export interface CsvFormat {
  readonly separator: "," | ";" | "|" | "\t";
  readonly encoding: "utf-8" | "latin1";
  readonly decimal: "." | ",";
  /** Columns of the publisher that we know and do not read; "any" accepts every other column. A column that is neither is a changed header. */
  readonly ignored?: readonly string[] | "any";
}

export interface JsonFormat {
  /** Property that holds the list of records; absent when the document is itself the list. */
  readonly records?: string;
  /** Only the records whose property has this value. */
  readonly where?: Readonly<Record<string, string>>;
}

/** What a publisher promises about one dataset: who, under which licence and secrecy rule, in which file, with which columns. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  /** Geography and its year: "QPV 2015", "communes, COG 2026", "IRIS 2018". */
  readonly geography: string;
  /** Candidate paths, relative to the data folder, first found wins; "npm:" starts a file of an installed package (never for an invented territory). */
  readonly files: readonly string[];
  readonly format: "csv" | "json" | "geojson";
  readonly csv?: CsvFormat;
  readonly json?: JsonFormat;
  readonly columns: readonly ColumnContract[];
  /** Columns that together are found once only; empty when rows repeat. */
  readonly key: readonly string[];
  /** True when the file is itself a publication, with its holes already made. */
  readonly published: boolean;
  readonly secrecy: SecrecyRule;
  /** What its readers must know: years that differ by column, holes, zeros. French, for the catalogue. */
  readonly notes?: readonly string[];
}

/** The name that a column has in the publisher's file. */
export const fileNameOf = ({ name, from }: ColumnContract): string => from ?? name;

/** Whether a column is read as numbers. */
export const isNumeric = ({ type }: ColumnContract): boolean => type === "number" || type === "integer";

/** The rule of public registers and reference lists: no person is counted in them. */
export const noSecrecy: SecrecyRule = {
  unit: "ligne de référentiel",
  minUnits: 1,
  statedBy: "référentiel public, sans donnée individuelle",
};
