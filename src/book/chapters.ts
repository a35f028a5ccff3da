import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import { FIGURE_MIME, NOTE_MIME, VIEWER_MIME } from "../notebook/bundle.ts";
import { type CellContent, cellSource, type NotebookDocument } from "./bundles.ts";
import { plainText } from "./filter.ts";
import { type PandocNode, type PandocTree, readMarkdown } from "./pandoc.ts";
import { checkReferences, fillNumbers, type Registry } from "./registry.ts";
import type { Administration } from "./transparency/administration.ts";
import { frenchSpaces } from "./typography.ts";

/** `notebooks/livre/livre.json`: what the authors decide about the book as a whole. */
export interface BookSettings {
  readonly title: string;
  readonly subtitle: string;
  readonly authors: readonly string[];
  /** "novembre 2026": printed; the build reads no clock. */
  readonly edition: string;
  /** Who answers for the book's algorithms; what is absent is printed « à compléter ». */
  readonly administration?: Administration;
  readonly territories: Readonly<Record<string, BookTerritory>>;
  /** Files relative to `notebooks/`, in order: .md and .ipynb. */
  readonly chapters: readonly string[];
  /** Those of the chapters that teach on invented tables, and compute nothing about the territory that would need a card. */
  readonly lessons?: readonly string[];
}

export interface BookTerritory {
  readonly label: string;
  readonly data?: string;
  /** Chapters that this territory can fill; all those of the book when absent. */
  readonly chapters?: readonly string[];
}

/** One chapter as parsed: the same tree for every format. */
export interface Chapter {
  readonly file: string;
  /** Word of the page's address: "emploi". */
  readonly slug: string;
  readonly title: string;
  readonly tree: PandocTree;
  readonly isNotebook: boolean;
  /** Figures and tables in order of appearance. */
  readonly figureIds: readonly string[];
  /** Viewers, each a page of the site, in order of appearance. */
  readonly viewerIds: readonly string[];
}

/** Reads livre.json, or says which line of it is missing. */
export function readSettings(file: string): BookSettings {
  let settings: BookSettings;
  try {
    settings = JSON.parse(readFileSync(file, "utf8")) as BookSettings;
  } catch (cause) {
    throw new QuartiersError({
      what: "Le réglage du livre ne se lit pas",
      value: basename(file),
      expected: "un fichier JSON",
      remedy: String((cause as Error).message),
      cause,
    });
  }
  for (const field of ["title", "subtitle", "authors", "edition", "territories", "chapters"] as const) {
    if (!settings[field])
      throw new QuartiersError({ what: "Le réglage du livre est incomplet", value: field, where: basename(file) });
  }
  return settings;
}

/** "01-emploi.ipynb" gives "emploi". */
export const slugOf = (file: string): string =>
  basename(file)
    .replace(/\.(md|ipynb)$/, "")
    .replace(/^\d+[-_]/, "");

/** An author's Markdown file as a notebook of one cell, so that one path serves both. */
export const markdownAsNotebook = (text: string): NotebookDocument => ({
  cells: [{ cell_type: "markdown", source: text }],
});

/** Composes a chapter: the words of its cells, and in their place the figures and notes that its computations gave. */
export async function composeChapter(
  file: string,
  notebook: NotebookDocument,
  contents: readonly CellContent[],
  registry: Registry,
): Promise<Chapter> {
  const isNotebook = file.endsWith(".ipynb");
  const parts: string[] = [];
  const figureIds: string[] = [];
  const viewerIds: string[] = [];
  const prose = (markdown: string, cell: number): void => {
    const where = isNotebook ? `${file}, cellule ${cell}` : file;
    checkReferences(markdown, registry, where);
    parts.push(markAbstract(markFormulas(fillNumbers(markdown, registry, where))));
  };
  for (const [index, cell] of notebook.cells.entries()) {
    const source = cellSource(cell);
    if (cell.cell_type === "markdown") prose(source, index + 1);
    if (cell.cell_type !== "code" || cell.metadata?.tags?.toString().includes("parameters")) continue;
    if (source.trim()) parts.push(`:::::: {.cellule n="${index + 1}"}\n~~~~~~~~ ts\n${source}\n~~~~~~~~\n::::::`);
    for (const content of contents.filter((c) => c.cell === index + 1)) {
      if (content.mime === NOTE_MIME) prose(content.content.markdown, index + 1);
      if (content.mime === VIEWER_MIME) {
        viewerIds.push(content.content.id);
        parts.push(`::: {.visionneuse #${content.content.id}}\n:::`);
      }
      if (content.mime !== FIGURE_MIME) continue;
      figureIds.push(content.content.id);
      parts.push(`::: {.figure #${content.content.id}}\n:::`);
    }
  }
  const tree = await readMarkdown(parts.join("\n\n"), file);
  const heading = tree.blocks.find((block) => block.t === "Header" && (block.c as readonly [number])[0] === 1);
  if (!heading)
    throw new QuartiersError({
      what: "Ce chapitre n'a pas de titre",
      value: file,
      expected: "une première ligne « # Titre du chapitre »",
    });
  return {
    file,
    slug: slugOf(file),
    title: frenchSpaces(plainText((heading.c as readonly unknown[])[2] as readonly PandocNode[])),
    tree,
    isNotebook,
    figureIds,
    viewerIds,
  };
}

/** `$$…$$ {alt="…"}` becomes a span that pandoc keeps with its alternative. */
const markFormulas = (markdown: string): string =>
  markdown.replace(
    /(\$\$[\s\S]+?\$\$|\$[^$\n]+\$)\s*\{alt="([^"]*)"\}/g,
    (_, formula: string, alt: string) => `[${formula}]{alt="${alt}"}`,
  );

/** A paragraph « *Abstract. …* » is English, and says so to screen readers and to the typography. */
const markAbstract = (markdown: string): string =>
  markdown.replace(
    /^\*Abstract\.\s+([^*]+)\*$/m,
    (_, words: string) => `::: {.abstract lang="en"}\n**Abstract.** ${words}\n:::`,
  );

/** Path of the book's settings, in the folder of the notebooks. */
export const settingsFile = (notebooks: string): string => join(notebooks, "livre", "livre.json");
