import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The embedded files, read plainly and apart from the generator, so that a fault in one shows. */
export const folder: string = join(import.meta.dirname, "../../../data-samples");
export const bytes = (file: string): Uint8Array => readFileSync(join(folder, file));
export const text = (file: string): string => readFileSync(join(folder, file), "utf8");
export const json = <T>(file: string): T => JSON.parse(text(file)) as T;

/** Rows of a CSV text whose fields may be quoted, by column name. */
export function parseRows(content: string, separator: string): Record<string, string>[] {
  const [header = "", ...lines] = content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const names = splitLine(header, separator);
  return lines.map((line) => {
    const values = splitLine(line, separator);
    if (values.length !== names.length) throw new Error(`${values.length} fields for ${names.length}: ${line}`);
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
  });
}

function splitLine(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const fields = [""];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) fields.push("");
    else fields[fields.length - 1] += char;
  }
  return fields;
}

export const rows = (file: string, separator: string): Record<string, string>[] => parseRows(text(file), separator);

/** Mean of numbers. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rows by key, in the order in which each is met first. */
export function grouped<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const own = groups.get(key(row));
    if (own) own.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
