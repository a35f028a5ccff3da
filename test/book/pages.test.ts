import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../../src/book/pandoc.ts";
import { printSource } from "../../src/book/print.ts";
import { PdfMaker } from "../../src/book/typst-pdf.ts";
import type { BundledFigure } from "../../src/notebook/bundle.ts";
import { chart, dataTable } from "./fixture.ts";

interface Line {
  readonly page: number;
  /** Points from the foot of the page. */
  readonly y: number;
  readonly text: string;
}

/** Where each word of a book of one chapter is printed. Drawings are grey rectangles of the size asked. */
async function printed(
  markdown: string,
  figures: readonly BundledFigure[],
  size = { width: 500, height: 300 },
): Promise<readonly Line[]> {
  const workspace = mkdtempSync(join(tmpdir(), "quartiers-pages-"));
  for (const { id } of figures)
    writeFileSync(
      join(workspace, `${id}.svg`),
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><rect width="${size.width}" height="${size.height}" fill="#CCC"/></svg>`,
    );
  const tree = await readMarkdown(markdown, "essai.md");
  const source = await printSource({
    settings: {
      title: "Essai",
      subtitle: "Pages",
      authors: ["Atelier"],
      edition: "2026",
      territories: {},
      chapters: [],
    },
    territory: "Essai",
    chapters: [{ file: "essai.md", slug: "essai", title: "Essai", tree, figureIds: figures.map(({ id }) => id) }],
    figures: new Map(figures.map((figure) => [figure.id, { figure, place: { notebook: "essai.ipynb", cell: 1 } }])),
    viewers: new Map(),
    drawings: new Map(figures.map(({ id }) => [id, { svg: "", ...size }])),
    numberOf: new Map(figures.map(({ id }, i) => [id, i + 1])),
    synthetic: true,
    codeVersions: new Map(),
    seed: 1,
  } as unknown as Parameters<typeof printSource>[0]);
  const { bytes } = new PdfMaker(workspace).pdf(source, "le livre");
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const lines: Line[] = [];
  for (let page = 1; page <= pdf.numPages; page++) {
    const byHeight = new Map<number, string>();
    for (const item of (await (await pdf.getPage(page)).getTextContent()).items)
      if ("str" in item) {
        const y = Math.round(Number(item.transform[5]));
        byHeight.set(y, (byHeight.get(y) ?? "") + item.str);
      }
    lines.push(...[...byHeight].sort(([a], [b]) => b - a).map(([y, text]) => ({ page, y, text })));
  }
  return lines;
}

const body = (lines: readonly Line[], words: RegExp): Line => {
  const found = lines.filter(({ page, text }) => page > 2 && words.test(text.replaceAll("\u00ad", "")))[0];
  if (!found) throw new Error(`${words} n'est pas imprimé`);
  return found;
};
const comesBefore = (one: Line, other: Line): boolean =>
  one.page < other.page || (one.page === other.page && one.y > other.y);
const prose = (count: number): string =>
  Array.from({ length: count }, () => "Une phrase qui occupe la page, et encore une autre à sa suite. ".repeat(6)).join(
    "\n\n",
  );
const figure = (id: string): string => `\n\n::: {.figure #${id}}\n:::\n\n`;

describe("the pages of the print", () => {
  test.each([0, 1, 2, 4, 6, 8])(
    "a chart never stands above the heading of its section (%i paragraphs before)",
    async (before) => {
      const charts = ["un", "deux"].map((id) => chart({ id, title: `Constat ${id}` }));
      const lines = await printed(
        `# Chapitre\n\n${prose(before)}\n\n## Première section\n\n${prose(1)}${figure("un")}${prose(1)}\n\n## Seconde section\n\n${prose(1)}${figure("deux")}${prose(3)}\n\n## Dernière section\n\nFin.`,
        charts,
      );
      const [first, one, second, two, last] = [
        /Première section/,
        /Constat un/,
        /Seconde section/,
        /Constat deux/,
        /Dernière section/,
      ].map((words) => body(lines, words)) as [Line, Line, Line, Line, Line];
      expect(comesBefore(first, one)).toBe(true);
      expect(comesBefore(one, two)).toBe(true);
      expect(comesBefore(second, two)).toBe(true);
      expect(comesBefore(two, last) || two.page === last.page).toBe(true);
    },
  );

  test("a table of more than ten rows is cut between rows, its heads repeated, its caption with its first rows", async () => {
    const towns = Array.from({ length: 18 }, (_, i) => `Commune ${String(i + 1).padStart(2, "0")}`);
    const table: BundledFigure = {
      ...dataTable(),
      id: "long",
      title: "Dix-huit communes",
      numRows: 18,
      columns: {
        town: { type: "text", label: "Ville", unit: "", values: towns },
        km: { type: "number", label: "Distance médiane", unit: "km", values: towns.map((_, i) => i + 1.5) },
      },
    };
    const lines = await printed(`# Chapitre\n\n${prose(4)}${figure("long")}Fin.`, [table]);
    const rows = towns.map((town) => body(lines, new RegExp(town)));
    const pages = [...new Set(rows.map(({ page }) => page))];
    expect(pages).toHaveLength(2);
    const heads = lines.filter(({ page, text }) => page > 2 && /Distance médiane/.test(text) && /Ville/.test(text));
    expect(heads.map(({ page }) => page)).toEqual(pages);
    expect(body(lines, /Dix-huit communes/).page).toBe(pages[0]);
    expect(rows.filter(({ page }) => page === pages[0]).length).toBeGreaterThanOrEqual(3);
    const short = {
      ...table,
      numRows: 10,
      columns: Object.fromEntries(
        Object.entries(table.columns).map(([name, column]) => [
          name,
          { ...column, values: column.values.slice(0, 10) },
        ]),
      ),
    } as BundledFigure;
    const whole = await printed(`# Chapitre\n\n${prose(7)}${figure("long")}Fin.`, [short]);
    expect(new Set(towns.slice(0, 10).map((town) => body(whole, new RegExp(town)).page)).size).toBe(1);
  });

  test("a sentence that ends with a colon stays with its list, whatever the room left", async () => {
    const withLines = (count: number): Promise<readonly Line[]> =>
      printed(
        `# Chapitre\n\n${prose(3)}\n\n${"Une ligne.\\\n".repeat(count)}Suite.\n\nVoici ce qui suit :\n\n- premier élément ;\n- second élément.`,
        [],
      );
    const [none, one] = [body(await withLines(0), /Voici ce qui suit/), body(await withLines(1), /Voici ce qui suit/)];
    // As many lines as bring the sentence to the foot of its page: 27 mm, 76.5 points.
    const most = Math.floor((none.y - 76.5) / (none.y - one.y));
    const pages: number[] = [];
    for (let count = most - 2; count <= most + 1; count++) {
      const said = await withLines(count);
      pages.push(body(said, /Voici ce qui suit/).page);
      expect(pages.at(-1)).toBe(body(said, /premier élément/).page);
    }
    expect(new Set(pages).size).toBe(2);
  });
});
