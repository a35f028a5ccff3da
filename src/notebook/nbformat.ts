import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { QuartiersError } from "../codes/errors.ts";
import { notebookSchema } from "./nbformat-schema.ts";

/** A text, whole or line by line with the line ends. */
export type MultilineText = string | readonly string[];

export type MimeBundle = Readonly<Record<string, unknown>>;

export type Output =
  | { readonly output_type: "stream"; readonly name: string; readonly text: MultilineText }
  | {
      readonly output_type: "display_data";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "execute_result";
      readonly execution_count: number | null;
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export interface CellMetadata {
  readonly tags?: readonly string[];
  readonly [key: string]: unknown;
}

export interface ProseCell {
  readonly cell_type: "markdown" | "raw";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: MultilineText;
  readonly attachments?: Readonly<Record<string, MimeBundle>>;
}

export interface CodeCell {
  readonly cell_type: "code";
  readonly id: string;
  readonly metadata: CellMetadata;
  readonly source: MultilineText;
  readonly outputs: readonly Output[];
  readonly execution_count: number | null;
}

export type Cell = ProseCell | CodeCell;

/** A notebook, nbformat 4.5. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}

/**
 * The text of a cell or of a stream, in one piece.
 *
 * @example
 * ```ts
 * textOf(["const a = 1;\n", "a"]) // "const a = 1;\na"
 * ```
 */
export function textOf(text: MultilineText): string {
  return typeof text === "string" ? text : text.join("");
}

/**
 * A text as nbformat stores it: one item a line, each with its line end.
 *
 * @example
 * ```ts
 * linesOf("const a = 1;\na") // ["const a = 1;\n", "a"]
 * ```
 */
export function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

let validate: ValidateFunction | null = null;

/** What keeps a value from being a notebook of nbformat 4.5: French sentences, none when it is valid. Identifiers of cells must be unique. */
export function nbformatErrors(value: unknown): readonly string[] {
  validate ??= new Ajv({ strict: false, allErrors: true, discriminator: true }).compile(notebookSchema);
  if (!validate(value)) return [...new Set((validate.errors ?? []).map(schemaSentence))];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { id } of (value as Notebook).cells) (seen.has(id) ? repeated : seen).add(id);
  return [...repeated].map((id) => `l’identifiant de cellule « ${id} » est employé plusieurs fois`);
}

function schemaSentence({ instancePath, keyword, params, message }: ErrorObject): string {
  const place = instancePath === "" ? "le carnet" : instancePath.slice(1);
  if (keyword === "required") return `${place}\u00a0: la clé « ${params.missingProperty} » manque`;
  if (keyword === "additionalProperties")
    return `${place}\u00a0: la clé « ${params.additionalProperty} » n’existe pas dans nbformat 4.5`;
  return `${place}\u00a0: ${message}`;
}

/** Reads a notebook. Throws a `QuartiersError` that names the file when it is absent, is not JSON or is not nbformat 4.5. */
export function readNotebook(file: string): Notebook {
  const text = readText(file);
  const notebook = parse(text, file);
  const [error] = nbformatErrors(notebook);
  if (error)
    throw new QuartiersError({
      what: "Ce fichier n’est pas un carnet nbformat 4.5 valide",
      value: error,
      where: file,
      remedy: "ouvrir le carnet dans Jupyter ou VS Code et l’enregistrer à nouveau",
    });
  return notebook as Notebook;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new QuartiersError({ what: "Carnet introuvable", value: file, expected: "un fichier .ipynb lisible", cause });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new QuartiersError({
      what: "Ce carnet n’est pas du JSON lisible",
      value: (cause as Error).message,
      where: file,
      remedy: "reprendre la dernière version enregistrée (git checkout)",
      cause,
    });
  }
}

/** A notebook as the text of its file: one space of indent, a final line end. */
export function notebookText(notebook: Notebook): string {
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** A value that a notebook can receive. */
export type Parameter = string | number | boolean;

/**
 * Puts parameters in a notebook as papermill does: after the code cell tagged `parameters` comes a cell tagged `injected-parameters` that declares them
 * again. A cell injected before is replaced. Throws a `QuartiersError` when there is no such cell or when a name is not one that it declares.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Readonly<Record<string, Parameter>>,
  file: string,
): Notebook {
  const names = Object.keys(parameters);
  if (names.length === 0) return notebook;
  const cells = notebook.cells.filter(({ metadata }) => !metadata.tags?.includes("injected-parameters"));
  const index = cells.findIndex((cell) => cell.cell_type === "code" && cell.metadata.tags?.includes("parameters"));
  const declared = cells[index];
  if (!declared)
    throw new QuartiersError({
      what: "Ce carnet ne reçoit pas de paramètre",
      value: names.join(", "),
      where: file,
      expected: "une cellule de code étiquetée « parameters »",
    });
  const text = textOf(declared.source);
  const unknown = names.find((name) => !declares(text, name));
  const known = [...text.matchAll(/\b(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)].map(
    ([, name = ""]) => name,
  );
  if (unknown !== undefined)
    throw new QuartiersError({
      what: "Paramètre inconnu de ce carnet",
      value: unknown,
      where: file,
      expected: known.join(", ") || "aucun",
    });
  const source = Object.entries(parameters)
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
  const injected: CodeCell = {
    cell_type: "code",
    id: freeId("injected-parameters", cells),
    metadata: { tags: ["injected-parameters"] },
    source: linesOf(source),
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, index + 1), injected, ...cells.slice(index + 1)] };
}

/** Whether a text gives a value to a name, as in `const a = 1` or `, a: number = 1`. */
function declares(text: string, name: string): boolean {
  return (
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) &&
    new RegExp(`(?<![\\p{ID_Continue}$.])${name.replaceAll("$", "\\$")}\\s*(?::[^=\\n]+)?=(?!=)`, "u").test(text)
  );
}

function freeId(wanted: string, cells: readonly Cell[]): string {
  const taken = new Set(cells.map(({ id }) => id));
  let id = wanted;
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`;
  return id;
}
