import type { GeographyKind } from "../codes/geography.ts";
import type { SecrecyRule } from "../codes/lineage.ts";
import type { MissingReason } from "../codes/table.ts";
import type { Retrieval } from "./retrieval.ts";
import { openDataTerms, type Terms } from "./terms.ts";

/**
 * Codes of official nomenclatures that a column can hold. `dciris` is the BPE's: an IRIS, or the bare commune where there is none;
 * `carreau` an INSPIRE square ("CRS3035RES200mN2029800E4252400").
 */
export type CodeKind =
  | "commune"
  | "qpv2015"
  | "qpv2024"
  | "iris"
  | "dciris"
  | "carreau"
  | "rome"
  | "fap"
  | "naf"
  | "siret"
  | "departement"
  | "region"
  | "epci";

/** `date` is AAAA-MM-JJ, read as text. */
export type ColumnType = "text" | "number" | "integer" | "date" | CodeKind;

/** One column of a source, as its publisher promises it. */
export interface ColumnContract {
  /** Name in our table. */
  readonly name: string;
  /** Name in the publisher's file when it differs; a dotted path in JSON ("lieuTravail.latitude"), through lists too ("permis.exigence" joins them by ";"). */
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
  /** For a text of a fixed form that no `CodeKind` names: an RE2 pattern of the whole cell, and how to say it. */
  readonly pattern?: { readonly regex: string; readonly expected: string };
  /** "communes": the code must be known to the communes source of the territory (a current commune or one merged since). */
  readonly knownTo?: "communes";
}

export interface CsvFormat {
  readonly separator: "," | ";" | "|" | "\t";
  /** "mixed": some lines in UTF-8, some in Latin-1, each read as it is. */
  readonly encoding: "utf-8" | "latin1" | "mixed";
  readonly decimal: "." | ",";
  /** "optional" for a publisher whose last line has no line end; otherwise such a file is taken for a cut one. */
  readonly lastLineEnd?: "optional";
  /** Columns of the publisher that we know and do not read; "any" accepts every other column. A column that is neither is a changed header. */
  readonly ignored?: readonly string[] | "any";
}

export interface JsonFormat {
  /** Property that holds the list of records; absent when the document is itself the list. */
  readonly records?: string;
  /** Only the records whose property has this value. */
  readonly where?: Readonly<Record<string, string>>;
}

export interface XlsxFormat {
  /** Name of the sheet. */
  readonly sheet: string;
  /** Row of the technical header, from 1: INSEE writes five rows of title before it. */
  readonly headerRow: number;
  /** As in `CsvFormat`; "any" by default. */
  readonly ignored?: readonly string[] | "any";
}

/** Formats whose cells are columns of a table. Those from "geojson" on hold shapes or lines beside them. */
export type FileFormat =
  | "csv"
  | "xlsx"
  | "parquet"
  | "json"
  | "geojson"
  | "topojson"
  | "shapefile"
  | "geopackage"
  | "osm-pbf"
  | "sas";

/** What changes from one edition of a dataset to the next: the file, and the names of its columns. */
export interface Edition {
  readonly vintage: string;
  readonly files: readonly string[];
  readonly url?: string;
  readonly retrieval?: Retrieval;
  readonly member?: string;
  /** Name in this edition's file of our columns, where it is not the contract's. */
  readonly names?: Readonly<Record<string, string>>;
  /** Our columns that this edition does not have. */
  readonly without?: readonly string[];
  readonly geographies?: Readonly<Partial<Record<GeographyKind, number>>>;
  readonly csv?: CsvFormat;
  readonly xlsx?: XlsxFormat;
  readonly format?: FileFormat;
}

/** What a publisher or a partner promises about one dataset: who, under which conditions, in which file, with which columns. */
export interface Contract {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  /** Page that describes the dataset. */
  readonly url: string;
  /** Geography and its year: "QPV 2015", "communes, COG 2026", "IRIS 2018". For a sentence. */
  readonly geography: string;
  /** Year of the list to which the codes of each kind belong; QPV carry theirs in their code. */
  readonly geographies?: Readonly<Partial<Record<GeographyKind, number>>>;
  /** What one row is: "quartier", "ménage", "offre d'emploi"... */
  readonly unit: string;
  /** "public" when anyone may have it; "partner" when a signed contract must stand beside the file. */
  readonly access: "public" | "partner";
  /** Conditions of use; those of open data unless said. A partner's signed contract replaces them. */
  readonly terms?: Terms;
  /** Candidate paths, relative to the data folder, first found wins; "npm:" starts a file of an installed package (never for an invented territory). */
  readonly files: readonly string[];
  /** In an archive (.zip, .7z, .gz): the member to read; `*` stands for any run of characters. */
  readonly member?: string;
  readonly retrieval?: Retrieval;
  /** Size of the download as the publisher says it, in megabytes, to warn before a fetch. */
  readonly megabytes?: number;
  readonly format: FileFormat;
  readonly csv?: CsvFormat;
  readonly json?: JsonFormat;
  readonly xlsx?: XlsxFormat;
  /** For shapes in metres without a .prj or a crs of their own: the EPSG code. */
  readonly epsg?: number;
  readonly columns: readonly ColumnContract[];
  /** Columns that together are found once only; empty when rows repeat. */
  readonly key: readonly string[];
  /** Columns that together could single a person out. */
  readonly quasiIdentifiers?: readonly string[];
  /** Datasets (their `id`) that this one may be joined with; all when absent. */
  readonly joins?: readonly string[];
  /** True when the file is itself a publication, with its holes already made. */
  readonly published: boolean;
  readonly secrecy: SecrecyRule;
  /** Earlier or later editions under other names; the contract itself is one of them, tried first. */
  readonly editions?: readonly Edition[];
  /** What its readers must know: years that differ by column, holes, zeros. French, for the catalogue. */
  readonly notes?: readonly string[];
}

/** The name that a column has in the publisher's file. */
export const fileNameOf = ({ name, from }: ColumnContract): string => from ?? name;

/** Whether a column is read as numbers. */
export const isNumeric = ({ type }: ColumnContract): boolean => type === "number" || type === "integer";

/** The conditions of use of a contract. */
export const termsOf = ({ terms }: Contract): Terms => terms ?? openDataTerms;

/** The rule of public registers and reference lists: no person is counted in them. */
export const noSecrecy: SecrecyRule = {
  unit: "ligne de référentiel",
  minUnits: 1,
  statedBy: "référentiel public, sans donnée individuelle",
};

/** The rule of a provider who states none: the strictest that is known. */
export const strictestSecrecy = (unit: string): SecrecyRule => ({
  unit,
  minUnits: 11,
  statedBy: "seuil non publié\u00a0: le plus strict connu (11)",
});

/**
 * A contract as one of its editions has it: its file, its names of columns, without the columns that it lacks.
 * @example
 * ```ts
 * const base = { columns: [{ name: "ind", type: "number", label: "Individus" }] };
 * editionOf(base, { vintage: "2017", files: [], names: { ind: "Ind" } }).columns[0].from // "Ind"
 * ```
 */
export function editionOf(contract: Contract, edition: Edition): Contract {
  const { names = {}, without = [], ...changes } = edition;
  const columns = contract.columns
    .filter(({ name }) => !without.includes(name))
    .map((column) => (names[column.name] === undefined ? column : { ...column, from: names[column.name] as string }));
  return { ...contract, ...changes, columns };
}

/** The contract itself, then its other editions. */
export function editionsOf(contract: Contract): readonly Contract[] {
  return [contract, ...(contract.editions ?? []).map((edition) => editionOf(contract, edition))];
}
