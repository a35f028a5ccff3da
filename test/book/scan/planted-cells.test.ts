import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBook } from "../../../src/book/build.ts";
import { readReleased } from "../../../src/book/scan/released-record.ts";
import { type ScanFinding, scanFinding } from "../../../src/book/scan/scan-finding.ts";
import { scanReports } from "../../../src/book/scan/scan-reports.ts";
import { fixtureProject } from "../fixture.ts";
import { viewerProject } from "../viewer/viewer-book.ts";
import { edit, editPdfStream, hidden, plantPngText, utf8, utf16 } from "./planting.ts";

const id = "distance-par-ville";
const said = `${hidden.town} : ${hidden.value} km`;
let root = "";
let viewerRoot = "";
let scratch = "";

beforeAll(async () => {
  root = fixtureProject();
  viewerRoot = await viewerProject(12);
  // The chapters by name: the last one, which only a whole book has, is made of the project's own files.
  const chapters = { only: ["preface", "essai"], out: "reports" };
  await buildBook({ root, ...chapters });
  await buildBook({ root: viewerRoot, ...chapters });
  scratch = mkdtempSync(join(tmpdir(), "quartiers-octets-"));
}, 240_000);
afterAll(() => {
  for (const folder of [root, viewerRoot, scratch]) rmSync(folder, { recursive: true, force: true });
});

/** Scans a copy of the built book in which something was planted. */
async function planted(plant: (folder: string) => void, from: string = root): Promise<readonly ScanFinding[]> {
  const folder = join(mkdtempSync(join(scratch, "copie-")), "reports");
  cpSync(join(from, "reports"), folder, { recursive: true });
  plant(folder);
  return scanReports(folder, readReleased(from, "reports").book);
}

const inFigure = (folder: string, name: string): string => join(folder, "figures", id, name);
const editSpec =
  (change: (spec: Record<string, unknown>) => void) =>
  (folder: string): void => {
    const file = inFigure(folder, `${id}.vl.json`);
    const spec = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    change(spec);
    writeFileSync(file, `${JSON.stringify(spec, null, 1)}\n`);
  };
type Drawn = { readonly datasets: { readonly drawn: Record<string, unknown>[] } };

/** Each place: where the cell is planted, the file that is named, and the words of the findings. */
const places: readonly (readonly [string, (folder: string) => void, string, string])[] = [
  [
    "the hidden cell of a row of the specification",
    editSpec((spec) => {
      for (const row of (spec as unknown as Drawn).datasets.drawn) if (row.town === hidden.town) row.km = hidden.value;
    }),
    `figures/${id}/${id}.vl.json`,
    "ligne-non-diffusee",
  ],
  [
    "a row more in the specification",
    editSpec((spec) => (spec as unknown as Drawn).datasets.drawn.push({ town: hidden.town, km: hidden.value })),
    `figures/${id}/${id}.vl.json`,
    "ligne-non-diffusee",
  ],
  [
    "usermeta",
    editSpec((spec) => {
      spec.usermeta = { note: said };
    }),
    `figures/${id}/${id}.vl.json`,
    "metadonnee-inconnue",
  ],
  [
    "the description of the specification",
    editSpec((spec) => {
      spec.description = said;
    }),
    `figures/${id}/${id}.vl.json`,
    "metadonnee-inconnue",
  ],
  [
    "the field of a tooltip",
    editSpec((spec) => {
      for (const row of (spec as unknown as Drawn).datasets.drawn) row.effectif = hidden.value;
      (spec.encoding as Record<string, unknown>).tooltip = { field: "effectif" };
    }),
    `figures/${id}/${id}.vl.json`,
    "champ-non-diffuse",
  ],
  [
    "the property of a perimeter (GeoJSON)",
    editSpec((spec) => {
      (spec.datasets as Record<string, unknown>).carte = [
        { type: "Feature", geometry: null, properties: { town: hidden.town, effectif: hidden.value } },
      ];
    }),
    `figures/${id}/${id}.vl.json`,
    "champ-non-diffuse",
  ],
  [
    "a title of the specification",
    editSpec((spec) => {
      spec.title = said;
    }),
    `figures/${id}/${id}.vl.json`,
    "champ-non-diffuse",
  ],
  [
    "a line more in the CSV",
    (folder) => edit(inFigure(folder, `${id}.csv`), (csv) => `${csv}${hidden.town},${hidden.value}\n`),
    `figures/${id}/${id}.csv`,
    "ligne-non-diffusee",
  ],
  [
    "the hidden cell of the CSV",
    (folder) =>
      edit(inFigure(folder, `${id}.csv`), (csv) => csv.replace(`${hidden.town},s`, `${hidden.town},${hidden.value}`)),
    `figures/${id}/${id}.csv`,
    "ligne-non-diffusee",
  ],
  [
    "the dictionary",
    (folder) =>
      edit(inFigure(folder, "dictionnaire.csv"), (csv) => csv.replace("Distance médiane".slice(0, 8), `${said} `)),
    `figures/${id}/dictionnaire.csv`,
    "texte-sans-origine",
  ],
  [
    "the metadata of a figure",
    (folder) =>
      edit(inFigure(folder, "meta.json"), (json) => json.replace('"kind"', `"note": ${JSON.stringify(said)}, "kind"`)),
    `figures/${id}/meta.json`,
    "metadonnee-inconnue",
  ],
  [
    "a text of the drawing",
    (folder) =>
      edit(inFigure(folder, `${id}.svg`), (svg) =>
        svg.replace("</svg></svg>", `<text x="1" y="1">${said}</text></svg></svg>`),
      ),
    `figures/${id}/${id}.svg`,
    "nombre-sans-origine",
  ],
  [
    "the label of a mark (aria-label)",
    (folder) => edit(inFigure(folder, `${id}.svg`), (svg) => svg.replace("<path ", `<path aria-label="${said}" `)),
    `figures/${id}/${id}.svg`,
    "element-inconnu",
  ],
  [
    "the alternative of the drawing",
    (folder) => edit(inFigure(folder, `${id}.svg`), (svg) => svg.replace("</desc>", ` ${said}</desc>`)),
    `figures/${id}/${id}.svg`,
    "texte-sans-origine",
  ],
  [
    "a comment of the drawing",
    (folder) => edit(inFigure(folder, `${id}.svg`), (svg) => svg.replace("</desc>", `</desc><!-- ${said} -->`)),
    `figures/${id}/${id}.svg`,
    "commentaire",
  ],
  [
    "a mark more in the drawing",
    (folder) =>
      edit(inFigure(folder, `${id}.svg`), (svg) =>
        svg.replace(/(<g class="mark-symbol role-mark[^>]*>)(<path[^>]*\/?>)/, "$1$2$2$2"),
      ),
    `figures/${id}/${id}.svg`,
    "marque-en-trop",
  ],
  [
    "the alternative of a chart in a page",
    (folder) =>
      edit(join(folder, "site/essai.html"), (html) => html.replace(/(role="img" aria-label="[^"]*)"/, `$1 ${said}"`)),
    "site/essai.html",
    "nombre-sans-origine",
  ],
  [
    "the drawing of a page",
    (folder) => edit(join(folder, "site/essai.html"), (html) => html.replace("</svg>", `<title>${said}</title></svg>`)),
    "site/essai.html",
    "dessin-different",
  ],
  [
    "an attribute of a page (data-…)",
    (folder) =>
      edit(join(folder, "site/essai.html"), (html) =>
        html.replace("data-chart=", `data-effectif="${hidden.value}" data-chart=`),
      ),
    "site/essai.html",
    "element-inconnu",
  ],
  [
    "the table of a page",
    (folder) =>
      edit(join(folder, "site/essai.html"), (html) =>
        html.replace(new RegExp(`(<th scope="row">${hidden.town}</th><td class="n">)s`), `$1${hidden.value},0`),
      ),
    "site/essai.html",
    "ligne-non-diffusee",
  ],
  [
    "a sentence of a page",
    (folder) => edit(join(folder, "site/essai.html"), (html) => html.replace("</h2>", `</h2><p>À ${said}.</p>`)),
    "site/essai.html",
    "nombre-sans-origine",
  ],
  [
    "a comment of a page",
    (folder) => edit(join(folder, "site/index.html"), (html) => html.replace("</main>", `<!-- ${said} --></main>`)),
    "site/index.html",
    "commentaire",
  ],
  [
    "a script of a page",
    (folder) =>
      edit(join(folder, "site/essai.html"), (html) =>
        html.replace("</main>", `<script>window.cellule={"${hidden.town}":${hidden.value}}</script></main>`),
      ),
    "site/essai.html",
    "champ-non-diffuse",
  ],
  [
    "the specification that a page brings to life",
    (folder) =>
      edit(join(folder, `site/figures/${id}/${id}.spec.js`), (script) =>
        script.replace('"km":null', `"km":${hidden.value}`),
      ),
    `site/figures/${id}/${id}.spec.js`,
    "ligne-non-diffusee",
  ],
  [
    "the program of the site",
    (folder) =>
      edit(join(folder, "site/assets/charts.js"), (script) => `${script};var c={"${hidden.town}":${hidden.value}}`),
    "site/assets/charts.js",
    "champ-non-diffuse",
  ],
  [
    "a text chunk of a picture (PNG)",
    (folder) => plantPngText(inFigure(folder, `${id}.png`), said),
    `figures/${id}/${id}.png`,
    "piece-cachee",
  ],
  [
    "bytes after a picture",
    (folder) => edit(inFigure(folder, `${id}.png`), (png) => png + utf8(said)),
    `figures/${id}/${id}.png`,
    "piece-cachee",
  ],
  [
    "the information of the PDF",
    (folder) =>
      edit(join(folder, "livre-blanc.pdf"), (pdf) =>
        pdf.replace("/Creator (Typst", `/Keywords (${said}) /Creator (Typst`),
      ),
    "livre-blanc.pdf",
    "texte-sans-origine",
  ],
  [
    "a member of the information that only programs read",
    (folder) =>
      edit(join(folder, "livre-blanc.pdf"), (pdf) =>
        pdf.replace("/Creator (Typst", `/Effectif (${hidden.value}) /Creator (Typst`),
      ),
    "livre-blanc.pdf",
    "metadonnee-inconnue",
  ],
  [
    "the XMP metadata of the PDF",
    (folder) =>
      editPdfStream(
        join(folder, "livre-blanc.pdf"),
        (dictionary) => dictionary.includes("/Type /Metadata"),
        (xmp) => xmp.replace("</rdf:Description>", `<dc:source>${said}</dc:source></rdf:Description>`),
      ),
    "livre-blanc.pdf",
    "metadonnee-inconnue",
  ],
  [
    "an alternative of the PDF",
    (folder) =>
      edit(join(folder, "livre-blanc.pdf"), (pdf) =>
        pdf.replace(/(\/S \/Figure[\s\S]*?\/Alt <FEFF[0-9A-F]*)>/, `$1${utf16(` ${said}`)}>`),
      ),
    "livre-blanc.pdf",
    "texte-sans-origine",
  ],
  [
    "an attachment of the PDF",
    (folder) =>
      edit(join(folder, "livre-blanc.pdf"), (pdf) =>
        pdf.replace("/Type /Catalog", `/Type /Catalog /Names << /EmbeddedFiles << >> >>`),
      ),
    "livre-blanc.pdf",
    "piece-cachee",
  ],
  [
    "bytes after the PDF",
    (folder) => edit(join(folder, "livre-blanc.pdf"), (pdf) => `${pdf}\n% ${said}\n`),
    "livre-blanc.pdf",
    "piece-cachee",
  ],
  [
    "what a page of the PDF shows instead of a space",
    (folder) =>
      editPdfStream(
        join(folder, "livre-blanc.pdf"),
        (_, content) => content.includes("/ActualText <FEFF00A0>"),
        (content) => content.replace("/ActualText <FEFF00A0>", `/ActualText <FEFF${utf16(` ${said} `)}>`),
      ),
    "livre-blanc.pdf",
    "nombre-sans-origine",
  ],
  [
    "the PDF of a figure",
    (folder) =>
      edit(inFigure(folder, `${id}.pdf`), (pdf) =>
        pdf.replace("/Creator (Typst", `/Subject (${said}) /Creator (Typst`),
      ),
    `figures/${id}/${id}.pdf`,
    "texte-sans-origine",
  ],
  [
    "the outputs of a notebook",
    (folder) =>
      writeFileSync(
        join(folder, "site/carnet.ipynb"),
        JSON.stringify({
          cells: [
            {
              cell_type: "code",
              source: "1",
              execution_count: null,
              metadata: {},
              outputs: [{ output_type: "stream", name: "stdout", text: said }],
            },
          ],
          metadata: {},
          nbformat: 4,
          nbformat_minor: 5,
        }),
      ),
    "site/carnet.ipynb",
    "sortie-de-carnet",
  ],
  [
    "a file that the book does not write",
    (folder) =>
      writeFileSync(join(folder, "site/figures", id, "brut.csv"), `ville,effectif\n${hidden.town},${hidden.value}\n`),
    `site/figures/${id}/brut.csv`,
    "fichier-inattendu",
  ],
];

describe("one small cell planted in a built book is seen, and named without being told", () => {
  test("the book as it was built holds nothing that was not released", async () => {
    expect(await planted(() => {})).toEqual([]);
    expect(await planted(() => {}, viewerRoot)).toEqual([]);
  }, 60_000);

  test.each(places)(
    "in %s",
    async (_, plant, file, code) => {
      const findings = await planted(plant);
      expect(findings.map((found) => [found.file, found.code])).toContainEqual([file, code]);
      for (const found of findings) {
        expect(found).toEqual(scanFinding(found.code as "commentaire", found.file, found.position));
        expect(found.severity).toBe("refuse");
        expect(found.sentence).not.toContain(hidden.town);
        // Without its place, a finding says the same whatever was planted.
        expect(found.sentence.replaceAll(found.place, "")).not.toMatch(/\d/);
      }
    },
    60_000,
  );

  test("in the data, the labels and the files of a viewer", async () => {
    const { viewers } = readReleased(viewerRoot, "reports").book;
    const [viewer = ""] = viewers.keys();
    const file = `site/visionneuse-${viewer}.html`;
    const codes = async (plant: (folder: string) => void, where: string): Promise<readonly string[]> =>
      (await planted(plant, viewerRoot)).filter((found) => found.file === where).map(({ code }) => code);
    expect(
      await codes(
        (folder) =>
          edit(join(folder, file), (html) =>
            html.replace("data-content>{", `data-content>{"effectif":${hidden.value},`),
          ),
        file,
      ),
    ).toContain("champ-non-diffuse");
    expect(
      await codes(
        (folder) =>
          edit(join(folder, file), (html) =>
            html.replace(/(role="button"[^>]*aria-label="[^"]*)"/, `$1, ${hidden.value} personnes"`),
          ),
        file,
      ),
    ).toContain("nombre-sans-origine");
    const csv = `site/visionneuses/${viewer}/estimations.csv`;
    expect(
      await codes((folder) => edit(join(folder, csv), (text) => `${text.trimEnd()}${hidden.value}\n`), csv),
    ).toContain("ligne-non-diffusee");
    const meta = `site/visionneuses/${viewer}/meta.json`;
    expect(
      await codes(
        (folder) => edit(join(folder, meta), (text) => text.replace('"seed"', `"effectif": ${hidden.value}, "seed"`)),
        meta,
      ),
    ).toContain("metadonnee-inconnue");
  }, 60_000);
});
