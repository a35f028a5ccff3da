import { layoutNames } from "../../figures/layout-names.ts";
import type { BundledFigure } from "../../notebook/bundle.ts";

type Row = Readonly<Record<string, unknown>>;

/** Members through which a specification would carry more than its rows: what computes them, hidden words, files. */
const carriers: ReadonlySet<string> = new Set([
  "usermeta",
  "description",
  "transform",
  "url",
  "aggregate",
  "bin",
  "timeUnit",
]);
const placed: ReadonlySet<string> = new Set([...layoutNames, "classe"]);
const reasons: ReadonlySet<unknown> = new Set([null, "", "s", "ns", "nd"]);

/**
 * Reads a written specification as data: addresses of the rows that no released row matches, of the properties that are no released column, and of the
 * members that carry something else than what is drawn. O(rows drawn + rows released), by one index for each set of columns met.
 */
export function strangeInSpec(
  spec: unknown,
  figure: Pick<BundledFigure, "columns" | "numRows">,
): readonly { readonly address: string; readonly what: "ligne" | "champ" | "membre" }[] {
  const found: { address: string; what: "ligne" | "champ" | "membre" }[] = [];
  const released = releasedIndex(figure);
  const rowsOf = (rows: readonly unknown[], address: string): void => {
    for (const [index, row] of rows.entries()) {
      const feature = (row as { readonly type?: unknown } | null)?.type === "Feature";
      const properties = (feature ? (row as { readonly properties?: Row }).properties : (row as Row)) ?? {};
      const at = `${address}/${index}${feature ? "/properties" : ""}`;
      if (feature && Object.keys(row as object).some((key) => !["type", "geometry", "properties"].includes(key)))
        found.push({ address: `${address}/${index}`, what: "membre" });
      const names = Object.keys(properties);
      const own = names.filter((name) => name in figure.columns);
      if (names.some((name) => !(name in figure.columns) && !isPlace(name, properties[name], figure)))
        found.push({ address: at, what: "champ" });
      if (own.length > 0 && !released(own, properties)) found.push({ address: at, what: "ligne" });
    }
  };
  const visit = (value: unknown, address: string): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, `${address}/${index}`);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        const at = `${address}/${step(key)}`;
        if (carriers.has(key)) found.push({ address: at, what: "membre" });
        else if (key === "datasets")
          for (const [name, rows] of Object.entries(inner as Readonly<Record<string, readonly unknown[]>>))
            rowsOf(rows, `${at}/${step(name)}`);
        else if (key === "values" && Array.isArray(inner) && inner.some((row) => typeof row === "object"))
          rowsOf(inner, at);
        else visit(inner, at);
      }
  };
  visit(spec, "");
  return found;
}

/** A word of the grammar of specifications; any other key is not told, since it can carry a value too. */
const step = (key: string): string => (/^[a-z$][A-Za-z_]{0,24}$/.test(key) ? key : "*");

const isPlace = (name: string, value: unknown, { columns }: Pick<BundledFigure, "columns">): boolean =>
  placed.has(name) || (name.endsWith("_manque") && name.slice(0, -7) in columns && reasons.has(value));

/** Says whether a row, on some columns, is a released row: same texts, same numbers, a hole where there is one. */
function releasedIndex({
  columns,
  numRows,
}: Pick<BundledFigure, "columns" | "numRows">): (names: readonly string[], row: Row) => boolean {
  const indexes = new Map<string, ReadonlySet<string>>();
  const cell = (name: string, value: unknown): unknown =>
    columns[name]?.type === "number" ? (typeof value === "number" ? value : null) : reasons.has(value) ? null : value;
  return (names, row) => {
    const key = names.join("\u0000");
    let index = indexes.get(key);
    if (!index) {
      index = new Set(
        Array.from({ length: numRows }, (_, at) =>
          JSON.stringify(names.map((name) => cell(name, columns[name]?.values[at]))),
        ),
      );
      indexes.set(key, index);
    }
    return index.has(JSON.stringify(names.map((name) => cell(name, row[name]))));
  };
}
