import { QuartiersError } from "../codes/errors.ts";
import {
  type BundledCard,
  type BundledFigure,
  type BundledNote,
  type BundledNumbers,
  type BundledViewer,
  CARD_MIME,
  FIGURE_MIME,
  NOTE_MIME,
  NUMBERS_MIME,
  type Sealed,
  VIEWER_MIME,
} from "../notebook/bundle.ts";
import { verifySeal } from "../notebook/seal.ts";

/** What one output of one cell brings to the book. `cell` counts from 1, as a reader does. */
export type CellContent = { readonly cell: number } & (
  | { readonly mime: typeof FIGURE_MIME; readonly content: BundledFigure }
  | { readonly mime: typeof NUMBERS_MIME; readonly content: BundledNumbers }
  | { readonly mime: typeof VIEWER_MIME; readonly content: BundledViewer }
  | { readonly mime: typeof CARD_MIME; readonly content: BundledCard }
  | { readonly mime: typeof NOTE_MIME; readonly content: BundledNote }
);

/** The part of nbformat 4.5 that the book reads. */
export interface NotebookCell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly source: string | readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly output_type: string; readonly data?: Readonly<Record<string, unknown>> }[];
}
export interface NotebookDocument {
  readonly cells: readonly NotebookCell[];
}

/** The text of a cell, whichever way nbformat keeps it. */
export const cellSource = ({ source }: NotebookCell): string => (typeof source === "string" ? source : source.join(""));

const ours: readonly string[] = [FIGURE_MIME, NUMBERS_MIME, NOTE_MIME, VIEWER_MIME, CARD_MIME];

/**
 * Reads what the cells of an executed notebook give to the book. Standard output and plain results never reach a page; a bundle without the seal of
 * this build, or altered since, is refused: it did not come out of `show()`, hence maybe not out of the gate.
 */
export function readBundles(
  notebook: NotebookDocument,
  { name, key }: { readonly name: string; readonly key: string },
): readonly CellContent[] {
  const contents: CellContent[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    for (const { data } of cell.outputs ?? []) {
      for (const mime of ours) {
        const bundle = parsed(data?.[mime]);
        if (bundle === undefined) continue;
        if (!verifySeal(bundle, key)) {
          throw new QuartiersError({
            what: bundle.seal
              ? "Une sortie de carnet a été modifiée après son contrôle"
              : "Une sortie de carnet ne porte pas le sceau de cette construction",
            where: `${name}, cellule ${index + 1}`,
            expected: "une valeur montrée par show(), faite d'une table passée par release()",
            remedy:
              "retirer de la cellule ce qui écrit un type application/vnd.quartiers.*, et finir la cellule par show(…)",
          });
        }
        contents.push({ cell: index + 1, mime, content: bundle.content } as CellContent);
      }
    }
  }
  return contents;
}

function parsed(data: unknown): Sealed<unknown> | undefined {
  const value: unknown =
    typeof data === "string" ? JSON.parse(data) : Array.isArray(data) ? JSON.parse(data.join("")) : data;
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" && "content" in value ? (value as Sealed<unknown>) : { content: value, seal: null };
}
