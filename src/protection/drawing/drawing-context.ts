import type { Table } from "../../codes/table.ts";
import type { Released } from "../released.ts";

/** What a drawn column holds, as far as secrecy is concerned. */
export type DrawnKind =
  /** One unit: a name, a number of a file. Never drawn. */
  | "identifier"
  /** A class of units: sex, age, kind of household. */
  | "category"
  /** A place that counts units. */
  | "zone"
  /** How many units are behind the row. */
  | "count"
  | "rate"
  /** An amount, a mean, a distance. */
  | "measure"
  /** The class of a value that is itself not drawn: "moins de 11". */
  | "class"
  /** Longitude or latitude of one unit; "moved" once noise was added to it. */
  | "position"
  | "moved-position"
  /** The least or the greatest value of a group, or an outlier. */
  | "extreme";

/** A column that classes units, and the label of the row that counts them all, if there is one. */
export interface DrawnDimension {
  readonly column: string;
  readonly total?: string;
}

/** A drawn rate and the count that it is a share of. Every column of kind "rate" is judged, with the row's first count when no base is declared. */
export interface DrawnRate {
  readonly rate: string;
  readonly base: string;
  /** What a whole is worth: 100 (default) for a percentage, 1 for a share. */
  readonly whole?: number;
}

/** What the gate must know of the data behind a drawing: nothing in a specification says it. */
export interface DrawingContext {
  /** The figure, for messages. */
  readonly name: string;
  readonly minUnits: number;
  /** The unit that the threshold counts. */
  readonly unit: string;
  /** "units": each row is one unit. "aggregates": each row counts units, in `counts`, or comes from `released`. */
  readonly rows: "units" | "aggregates";
  /** Columns that count the units behind a row. */
  readonly counts: readonly string[];
  /** What the drawn columns hold. A drawn field that is neither here, nor released, nor of the layout, is refused. */
  readonly columns: Readonly<Record<string, DrawnKind>>;
  /** Fields that place or name things on the page and carry no measure. */
  readonly layout?: readonly string[];
  /** Columns that class the same units: rows that lack one, or bear its total, count all its classes. */
  readonly dimensions?: readonly DrawnDimension[];
  readonly rates?: readonly DrawnRate[];
  /** The released table that is drawn: whatever its rows hold is public. */
  readonly released?: Table;
  /** Article of the data clause, when a contract states the rule. */
  readonly clause?: string | null;
  /** Options given to the page's viewer of drawings, when there is one. */
  readonly embed?: { readonly actions?: unknown };
}

/**
 * The context of a drawing of a released table: threshold and unit from the gate's record, and its rows are public.
 * @param layout fields that the drawing adds to place and name things
 */
export function releasedContext(released: Released, name: string, layout: readonly string[] = []): DrawingContext {
  const { minUnits, unit } = released.release;
  return { name, minUnits, unit, rows: "aggregates", counts: [], columns: {}, layout, released };
}
