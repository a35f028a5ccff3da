import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { sha256, sha256File } from "../engine/hash.ts";
import type { Contract } from "../sources/contract.ts";
import { contractNames } from "../sources/contracts/effective.ts";
import { candidateFiles } from "../sources/locate.ts";
import { cellSource, type NotebookDocument } from "./bundles.ts";

/** SHA-256 of a file, or "absent". */
export const hashFile = (file: string): string =>
  existsSync(file) && statSync(file).isFile() ? sha256(readFileSync(file)) : "absent";

/** Files of a folder and its folders, relative, sorted; none when the folder is absent. */
export function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
}

/** The specifiers that a TypeScript text imports or re-exports. */
const specifiersOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)].map(([, specifier]) => specifier ?? "");

/** The files reached by relative imports from the first ones, themselves included, sorted. */
export function importClosure(entries: Iterable<string>): readonly string[] {
  const seen = new Set<string>();
  const waiting = [...entries];
  while (waiting.length > 0) {
    const file = waiting.pop() as string;
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const specifier of specifiersOf(readFileSync(file, "utf8")))
      if (specifier.startsWith(".")) waiting.push(resolve(dirname(file), specifier));
  }
  return [...seen].sort();
}

/** The module behind each name that `src/index.ts` re-exports. A name that it does not list maps to the index itself: all is then reached. */
export function publicModules(index: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  if (!existsSync(index)) return modules;
  for (const [, names = "", specifier = ""] of readFileSync(index, "utf8").matchAll(
    /export\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']([^"']+)["']/g,
  )) {
    for (const name of names.split(",")) {
      const said = name
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/)
        .at(-1)
        ?.trim();
      if (said) modules.set(said, resolve(dirname(index), specifier));
    }
  }
  return modules;
}

/** The names that the cells import from "quartiers". */
export function importedNames(notebook: NotebookDocument): readonly string[] {
  const code = notebook.cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(cellSource)
    .join("\n");
  const names = [...code.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']quartiers["']/g)].flatMap(
    ([, list = ""]) =>
      list.split(",").map(
        (name) =>
          name
            .trim()
            .replace(/^type\s+/, "")
            .split(/\s+as\s+/)[0]
            ?.trim() ?? "",
      ),
  );
  return [...new Set(names.filter(Boolean))].sort();
}

/** What a notebook's result depends on, part by part, so that "why was this re-run?" has an answer. */
export type NotebookKey = Readonly<Record<string, string>>;

export interface KeyOptions {
  readonly root: string;
  readonly data: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** The key of a notebook: its code cells, the modules that they reach, the data files that those modules' contracts name, the lock file and the parameters. */
export async function notebookKey(
  notebook: NotebookDocument,
  { root, data, parameters }: KeyOptions,
): Promise<NotebookKey> {
  const index = join(root, "src/index.ts");
  const modules = publicModules(index);
  const names = importedNames(notebook);
  const entries = new Set([...names.map((name) => modules.get(name) ?? index), join(root, "src/notebook/display.ts")]);
  const closure = importClosure(entries);
  const key: Record<string, string> = {
    "cellules de code": sha256(
      notebook.cells
        .filter(({ cell_type }) => cell_type === "code")
        .map(cellSource)
        .join("\n\u0000"),
    ),
  };
  for (const file of closure) key[relative(root, file).replaceAll("\\", "/")] = hashFile(file);
  for (const file of await contractFiles(
    closure.filter((file) => relative(root, file).replaceAll("\\", "/").startsWith("src/sources/")),
  ))
    key[`données ${file}`] = await hashDataFile(join(data, file));
  key["package-lock.json"] = hashFile(join(root, "package-lock.json"));
  for (const [name, value] of Object.entries(parameters))
    key[`paramètre ${name}`] = name === "donnees" ? "(empreintes des fichiers)" : String(value);
  return key;
}

/** SHA-256 of a data file of any size, or "absent". */
const hashDataFile = async (file: string): Promise<string> =>
  existsSync(file) && statSync(file).isFile() ? sha256File(file) : "absent";

/**
 * The files that the sources of these modules may be read from, in all their editions, and the contracts that may stand beside a partner's: a
 * threshold or a permission changes the book as a number does.
 */
async function contractFiles(sources: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const source of sources) {
    if (!/Contract\b/.test(readFileSync(source, "utf8"))) continue;
    const exported: readonly unknown[] = Object.values((await import(source)) as Record<string, unknown>);
    for (const contract of exported.flat().filter(isContract))
      for (const file of candidateFiles(contract)) {
        files.add(file);
        if (contract.access === "partner")
          for (const name of contractNames(file)) files.add(join(dirname(file), name).replaceAll("\\", "/"));
      }
  }
  return [...files].sort();
}

function isContract(value: unknown): value is Contract {
  if (typeof value !== "object" || value === null) return false;
  const { id, files, columns } = value as Readonly<Record<string, unknown>>;
  return typeof id === "string" && Array.isArray(files) && Array.isArray(columns);
}

/** The hash of the code that a notebook reaches: the code version of its figures. */
export const codeVersion = (key: NotebookKey): string =>
  sha256(
    JSON.stringify(Object.entries(key).filter(([name]) => name.startsWith("src/") || name === "cellules de code")),
  ).slice(0, 16);

/** In one line, what changed since the last run. */
export function whyRerun(before: NotebookKey | null, now: NotebookKey): string {
  if (!before) return "jamais exécuté avec ces paramètres";
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (part) => before[part] !== now[part],
  );
  return changed.length > 3
    ? `${changed.slice(0, 3).join(", ")} et ${changed.length - 3} autres ont changé`
    : `${changed.join(", ")} ${changed.length > 1 ? "ont" : "a"} changé`;
}
