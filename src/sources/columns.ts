import type { ColumnContract, ColumnType } from "./contract.ts";

/** What a column says beyond its name, its type and its meaning. */
export type ColumnRest = Partial<Omit<ColumnContract, "name" | "type" | "label">>;

/**
 * A column that must be filled: a code, a label of reference.
 * @example
 * ```ts
 * required("CODGEO", "commune", "Commune").required // true
 * ```
 */
export const required = (name: string, type: ColumnType, label: string, rest: ColumnRest = {}): ColumnContract => ({
  name,
  type,
  label,
  required: true,
  ...rest,
});

/** A column of text that may be empty. */
export const text = (name: string, label: string, rest: ColumnRest = {}): ColumnContract => ({
  name,
  type: "text",
  label,
  ...rest,
});

/** A count of whole units: it adds up. */
export const count = (
  name: string,
  label: string,
  unit: string,
  max: number,
  rest: ColumnRest = {},
): ColumnContract => ({
  name,
  type: "integer",
  label,
  unit,
  summable: true,
  range: [0, max],
  ...rest,
});

/** A weighted count, with decimals: a census estimate. It adds up. */
export const estimate = (
  name: string,
  label: string,
  unit: string,
  max: number,
  rest: ColumnRest = {},
): ColumnContract => ({ ...count(name, label, unit, max, rest), type: "number" });

/** A share in percent: « non sommable ». */
export const percent = (name: string, label: string, rest: ColumnRest = {}): ColumnContract => ({
  name,
  type: "number",
  label,
  unit: "%",
  range: [0, 100],
  ...rest,
});

/** A number that does not add up: a median, a decile, a coordinate, an index. */
export const measure = (
  name: string,
  label: string,
  unit: string,
  range: readonly [number, number],
  rest: ColumnRest = {},
): ColumnContract => ({ name, type: "number", label, unit, range, ...rest });

/** A longitude and a latitude in degrees, under the names of the file. */
export const degrees = (longitude: string, latitude: string, rest: ColumnRest = {}): readonly ColumnContract[] => [
  measure("lon", "Longitude", "degrés", [-180, 180], { from: longitude, ...rest }),
  measure("lat", "Latitude", "degrés", [-90, 90], { from: latitude, ...rest }),
];

/**
 * The names that numeric columns have in the file of one year, for an `Edition`: INSEE ends them by the year.
 * @example
 * ```ts
 * namesOfYear([count("NBMEN", "Ménages", "ménages", 10)], "19").NBMEN // "NBMEN19"
 * ```
 */
export function namesOfYear(columns: readonly ColumnContract[], year: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.filter(({ type }) => type === "number" || type === "integer").map(({ name }) => [name, `${name}${year}`]),
  );
}

/** The same columns, each under the name that the file of that year gives to it. */
export function ofYear(columns: readonly ColumnContract[], year: string): readonly ColumnContract[] {
  const names = namesOfYear(columns, year);
  return columns.map((column) =>
    names[column.name] === undefined ? column : { ...column, from: names[column.name] as string },
  );
}
