import type { ScanContext } from "./scan-context.ts";
import { parsed } from "./scan-figure.ts";
import { type ScanFinding, scanFinding } from "./scan-finding.ts";

interface WrittenCell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly outputs?: unknown;
  readonly execution_count?: unknown;
  readonly metadata?: unknown;
  readonly attachments?: unknown;
}

/** What a published notebook keeps of its metadata. */
const kept: ReadonlySet<string> = new Set(["kernelspec", "language_info", "tags", "title", "lang"]);

/** Reads a notebook: its words and its code are an author's; no output, no count, no time or setting of an editor, no attachment travels with it. */
export function scanNotebook(text: string, file: string, { everywhere }: ScanContext): readonly ScanFinding[] {
  const notebook = parsed(text) as { readonly cells?: readonly WrittenCell[]; readonly metadata?: unknown } | undefined;
  if (!Array.isArray(notebook?.cells)) return [scanFinding("fichier-illisible", file, "document")];
  const found: ScanFinding[] = [];
  const strange = (metadata: unknown): boolean => Object.keys((metadata ?? {}) as object).some((key) => !kept.has(key));
  if (strange(notebook.metadata)) found.push(scanFinding("sortie-de-carnet", file, "/metadata"));
  for (const [index, cell] of (notebook.cells as readonly WrittenCell[]).entries()) {
    const at = `cellule ${index + 1}`;
    if (Array.isArray(cell.outputs) && cell.outputs.length > 0)
      found.push(scanFinding("sortie-de-carnet", file, `${at}, outputs`));
    if (cell.execution_count !== null && cell.execution_count !== undefined)
      found.push(scanFinding("sortie-de-carnet", file, `${at}, execution_count`));
    if (strange(cell.metadata)) found.push(scanFinding("sortie-de-carnet", file, `${at}, metadata`));
    if (cell.attachments !== undefined) found.push(scanFinding("sortie-de-carnet", file, `${at}, attachments`));
    const source = Array.isArray(cell.source) ? cell.source.join("") : String(cell.source ?? "");
    for (const code of everywhere(source)) found.push(scanFinding(code, file, at));
  }
  return found;
}
