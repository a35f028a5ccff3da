import { reasonAt, type Table, takeRows } from "../../codes/table.ts";
import { isObject, type Json } from "./read-spec.ts";

/** One comparison with a constant, as Vega-Lite writes it in a filter. */
export interface SimpleFilter {
  readonly field: string;
  readonly test: (value: unknown) => boolean;
}

const comparisons: Readonly<Partial<Record<string, (value: unknown, constant: unknown) => boolean>>> = {
  "==": (value, constant) => value === constant,
  "===": (value, constant) => value === constant,
  "!=": (value, constant) => value !== constant,
  "!==": (value, constant) => value !== constant,
  "<": (value, constant) => Number(value) < Number(constant),
  "<=": (value, constant) => Number(value) <= Number(constant),
  ">": (value, constant) => Number(value) > Number(constant),
  ">=": (value, constant) => Number(value) >= Number(constant),
};

const words: Readonly<Record<string, string>> = { equal: "==", lt: "<", lte: "<=", gt: ">", gte: ">=" };

/** A filter that compares one field with a constant; null for any other, which is not run. */
export function simpleFilter(filter: unknown): SimpleFilter | null {
  if (typeof filter === "string") {
    const read =
      /^\s*datum(?:\.(\w+)|\[(?:'([^']+)'|"([^"]+)")\])\s*(===?|!==?|<=?|>=?)\s*(?:(-?\d+(?:\.\d+)?)|'([^']*)'|"([^"]*)")\s*$/.exec(
        filter,
      );
    if (read === null) return null;
    const [, plain, single, double, sign = "", number, quoted, doubled] = read;
    const constant = number === undefined ? (quoted ?? doubled) : Number(number);
    const compare = comparisons[sign];
    const field = plain ?? single ?? double;
    return compare !== undefined && field !== undefined ? { field, test: (value) => compare(value, constant) } : null;
  }
  if (!isObject(filter) || typeof filter.field !== "string") return null;
  const { field, oneOf } = filter;
  if (Array.isArray(oneOf)) return { field, test: (value) => oneOf.includes(value) };
  const word = Object.keys(words).find((each) => each in filter);
  const compare = word === undefined ? undefined : comparisons[words[word] ?? ""];
  return word !== undefined && compare !== undefined ? { field, test: (value) => compare(value, filter[word]) } : null;
}

/** Transforms that a rewriting leaves out, since what they make is not drawn any more. */
const movesPoints = (transform: Json): boolean =>
  "calculate" in transform && String(transform.calculate).includes("random(");

/** The records that the transforms keep; null when some transform is not a simple filter. */
export function keptRecords(records: Table, transforms: readonly Json[]): Table | null {
  const filters: SimpleFilter[] = [];
  for (const transform of transforms) {
    if (movesPoints(transform)) continue;
    const filter = "filter" in transform ? simpleFilter(transform.filter) : null;
    if (filter === null || !(filter.field in records.columns)) return null;
    filters.push(filter);
  }
  const rows = Array.from({ length: records.numRows }, (_, row) => row).filter((row) =>
    filters.every(({ field, test }) => {
      const column = records.columns[field];
      return column !== undefined && test(reasonAt(column, row) === null ? column.values[row] : null);
    }),
  );
  return takeRows(records, rows);
}
