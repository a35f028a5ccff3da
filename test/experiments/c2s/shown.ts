import type { Table } from "../../../src/codes/table.ts";

const isTable = (value: object): value is Table => "numRows" in value && "columns" in value && "lineage" in value;

/** Every table that a result of an experiment carries, with the path to it. */
export function tablesOf(value: unknown, path = ""): { readonly path: string; readonly data: Table }[] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [];
  if (isTable(value)) return [{ path, data: value }];
  return Object.entries(value).flatMap(([name, one]) => tablesOf(one, `${path}.${name}`));
}

/** All texts that a result writes, and among them those of its notes. */
export function writtenIn(value: unknown): {
  readonly strings: readonly string[];
  readonly markdowns: readonly string[];
} {
  const [strings, markdowns]: [string[], string[]] = [[], []];
  const visit = (one: unknown, name: string): void => {
    if (typeof one === "string") {
      strings.push(one);
      if (name === "markdown") markdowns.push(one);
    } else if (typeof one === "object" && one !== null && !ArrayBuffer.isView(one))
      for (const [key, inner] of Object.entries(one)) visit(inner, key);
  };
  visit(value, "");
  return { strings, markdowns };
}
