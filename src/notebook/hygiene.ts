import typescript from "@tslab/typescript-for-tslab";
import { type Cell, type CellMetadata, linesOf, type Notebook, nbformatErrors, textOf } from "./nbformat.ts";

/** Something in a notebook that should not be committed. */
export interface NotebookFinding {
  readonly rule: "nbformat" | "sorties" | "compteur" | "définition" | "chemin" | "syntaxe";
  /** The cell's identifier, or null for the whole notebook. */
  readonly cellId: string | null;
  /** Line of the cell, from 1, or null. */
  readonly line: number | null;
  /** A French sentence. */
  readonly message: string;
}

const volatileOfNotebook = new Set([
  "widgets",
  "vscode",
  "signature",
  "orig_nbformat",
  "interpreter",
  "toc",
  "varInspector",
  "papermill",
]);
const volatileOfCell = new Set(["execution", "collapsed", "scrolled", "vscode", "ExecuteTime", "trusted", "papermill"]);

/** A notebook as it is committed: no output, no count, no cell injected by a run, and none of what an editor leaves in the metadata. */
export function stripNotebook(notebook: Notebook): Notebook {
  const { language_info, ...metadata } = without(notebook.metadata, volatileOfNotebook);
  const name = (language_info as { name?: string } | undefined)?.name;
  return {
    cells: notebook.cells.filter((cell) => !cell.metadata.tags?.includes("injected-parameters")).map(stripCell),
    metadata: { ...metadata, ...(name ? { language_info: { name } } : {}) },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function stripCell(cell: Cell): Cell {
  const common = {
    id: cell.id,
    metadata: without(cell.metadata, volatileOfCell) as CellMetadata,
    source: linesOf(textOf(cell.source)),
  };
  if (cell.cell_type === "code") return { cell_type: "code", execution_count: null, ...common, outputs: [] };
  return { cell_type: cell.cell_type, ...common, ...(cell.attachments ? { attachments: cell.attachments } : {}) };
}

function without(
  metadata: Readonly<Record<string, unknown>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.has(key)));
}

/**
 * All that keeps a notebook from being committed: not nbformat 4.5, an output, a count, a function or a class defined in a cell (it belongs in `src/`),
 * a path of someone's machine. No finding when it is clean.
 */
export function checkNotebook(value: unknown): readonly NotebookFinding[] {
  const invalid = nbformatErrors(value).map(
    (message): NotebookFinding => ({ rule: "nbformat", cellId: null, line: null, message }),
  );
  // Cells can only be read when the schema holds; a repeated identifier does not prevent it.
  if (invalid.some(({ message }) => !message.includes("plusieurs fois"))) return invalid;
  return [...invalid, ...(value as Notebook).cells.flatMap(checkCell)];
}

function checkCell(cell: Cell): NotebookFinding[] {
  if (cell.cell_type !== "code") return [];
  const findings: NotebookFinding[] = [];
  const add = (rule: NotebookFinding["rule"], message: string, line: number | null = null): number =>
    findings.push({ rule, cellId: cell.id, line, message });
  if (cell.outputs.length > 0) add("sorties", `${cell.outputs.length} sortie(s) enregistrée(s)`);
  if (cell.execution_count !== null) add("compteur", `compteur d’exécution ${cell.execution_count}`);
  return [...findings, ...checkSource(cell.id, textOf(cell.source))];
}

/** A path of one machine: /a/b, C:\a, ~/a, file:///a. */
const absolutePath = /^(?:\/[\w.~-]+\/|\/(?:home|Users|tmp|var|etc|mnt|root)\b|[A-Za-z]:[\\/]|~\/|file:\/\/)/;

function checkSource(cellId: string, source: string): NotebookFinding[] {
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.ESNext, true);
  const findings: NotebookFinding[] = [];
  const add = (rule: NotebookFinding["rule"], node: typescript.Node, message: string): void => {
    findings.push({ rule, cellId, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, message });
  };
  const visit = (node: typescript.Node): void => {
    const defined = definitionName(node);
    if (defined !== null)
      add("définition", node, `${defined} est défini dans une cellule\u00a0: sa place est dans src/`);
    if ((typescript.isStringLiteralLike(node) || typescript.isTemplateHead(node)) && absolutePath.test(node.text))
      add("chemin", node, `« ${node.text} » est un chemin propre à une machine`);
    typescript.forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly typescript.DiagnosticWithLocation[] };
  for (const { start, messageText } of parseDiagnostics) {
    const message = typescript.flattenDiagnosticMessageText(messageText, "\n");
    findings.push({ rule: "syntaxe", cellId, line: file.getLineAndCharacterOfPosition(start).line + 1, message });
  }
  return findings;
}

/** The name of a function or class that a node defines, or null. A callback given to a call is not a definition. */
function definitionName(node: typescript.Node): string | null {
  if (typescript.isFunctionDeclaration(node) || typescript.isClassDeclaration(node))
    return node.name?.text ?? "une fonction ou une classe";
  if (!typescript.isVariableDeclaration(node) || !node.initializer) return null;
  const { initializer } = node;
  const isDefinition =
    typescript.isArrowFunction(initializer) ||
    typescript.isFunctionExpression(initializer) ||
    typescript.isClassExpression(initializer);
  return isDefinition ? node.name.getText() : null;
}
