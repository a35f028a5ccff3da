/** Kind of zone, with its vintage where there are several: zones of different kinds overlap. A "groupe" gathers zones that the statement names. */
export type ZoneKind = "qpv2015" | "qpv2024" | "commune" | "iris" | "departement" | "territoire" | "secteur" | "groupe";

/** One published column of a table, as the ledger of publications reads it. */
export interface StatedNumber {
  readonly column: string;
  readonly kind: "count" | "sum" | "mean" | "rate";
  /** What is counted or summed, as a stable word: "beneficiaires-c2s". Two tables that count the same thing write the same word. */
  readonly measure: string;
  /** Where the column itself is a class of people, as in a wide table: { sexe: "femmes" }. */
  readonly classes?: Readonly<Record<string, string>>;
  /** For a sum, a mean or a rate: the count of the same units, as a measure. */
  readonly base?: string;
  /** Column that publishes that count beside it, when the table does. */
  readonly baseColumn?: string;
  /** Half-width of the rounding; 0 by default. */
  readonly rounding?: number;
  /** 100 for a percentage; 1 by default. */
  readonly per?: number;
}

/**
 * What the numbers of a table count: of whom, where and when. From it each published number becomes an equation over atoms (a zone's piece crossed
 * with classes of people), so that publications can be attacked together.
 */
export interface Statement {
  /** Who is counted, and when: "demandeurs d'emploi inscrits, 2025-12". Numbers of different populations are not compared. */
  readonly population: string;
  /** Predicates that the rows were kept by: they count a part of the population. The gate writes them from the lineage. */
  readonly within?: readonly string[];
  /** The unit that the threshold counts. */
  readonly unit: string;
  /** Column of the zone's code, and its kind; null when every row counts the whole territory. A row whose code is `whole` is the whole territory. */
  readonly zone: {
    readonly column: string;
    readonly kind: ZoneKind;
    readonly whole?: string;
    /** For a "groupe": the kind of the zones gathered, and their codes by group, the whole included. */
    readonly gathers?: {
      readonly kind: ZoneKind;
      readonly members: Readonly<Record<string, readonly string[]>>;
    };
  } | null;
  /** Columns that class people (sex, age...): the name of the dimension, shared by tables, and the label of its total, if a row has it. */
  readonly by: readonly { readonly column: string; readonly dimension: string; readonly total?: string }[];
  readonly numbers: readonly StatedNumber[];
}
