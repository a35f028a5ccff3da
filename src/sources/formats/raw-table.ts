import type { Shape } from "../../codes/shape.ts";

/** What a reader of a format gives: cells as text, under the names and in the order of the file. A contract makes columns of it. */
export interface RawTable {
  /** Names of the columns as the file writes them; a repeated name is repeated here, and refused by the contract. */
  readonly names: readonly string[];
  /** One list a name; null where the file holds nothing. Numbers are written with a decimal point, dates AAAA-MM-JJ. */
  readonly columns: readonly (readonly (string | null)[])[];
  readonly count: number;
  /** Where a record, counted from 0, stands in the file: "feuille ENSEMBLE, ligne 9", "objet 12". */
  readonly where: (record: number) => string;
}

/** A table of features, with the outline of each in WGS 84 degrees (no polygon for a point or a line). */
export interface RawFeatures extends RawTable {
  readonly shapes: readonly Shape[];
  /** For features that are points: degrees, NaN where there is no point. */
  readonly points?: { readonly lon: Float64Array; readonly lat: Float64Array };
}
