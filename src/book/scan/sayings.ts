import type { BundledFigure, BundledSource, BundledViewer } from "../../notebook/bundle.ts";
import { cellTexts, columnHeading } from "../cell-text.ts";
import { captionNotes } from "../figure-svg.ts";
import type { BookContent } from "../print.ts";
import { frenchSpaces } from "../typography.ts";
import { viewerBody, viewerFile } from "../viewer/viewer-page.ts";
import { drawnTexts } from "./drawn-texts.ts";
import { markupUnits } from "./markup-units.ts";
import { readMarkup } from "./read-markup.ts";
import { CELLS, treeTitles, treeUnits } from "./tree-units.ts";

/** What the site says of itself, with numbers that no notebook gives. */
const ownWords: readonly string[] = [
  "Le site vise le niveau AA des règles WCAG 2.2 et le référentiel général d’amélioration de l’accessibilité (RGAA 4). Il n’a pas",
  "Les pages se lisent sans JavaScript, au clavier, à 320 pixels de large, en thème clair ou sombre.",
  "Le livre en PDF est balisé selon la norme PDF/UA-1.",
  "Les règles automatiques d’axe-core (WCAG 2.0, 2.1 et 2.2, niveaux A et AA ; RGAA 4) sont passées sur chaque page",
  "width=device-width, initial-scale=1",
];

/** Titles that the printed book has by itself. */
const frontTitles: readonly string[] = [
  "Sommaire",
  "Liste des figures",
  "Liste des tableaux",
  "Provenance des figures",
  "Fichiers de données",
  "Figures et tableaux",
];

/** Every text that the book may print, in the words of its released figures, of its viewers and of its authors. */
export function bookSayings(book: BookContent): readonly string[] {
  const { settings, chapters, figures, viewers, territory, codeVersions, seed } = book;
  const counts = [...new Set(chapters.map(({ figureIds }) => figureIds.length))];
  return [
    ...ownWords,
    ...frontTitles,
    ...Object.values(settings).filter((value) => typeof value === "string"),
    ...settings.authors,
    `${settings.title} – ${territory}`,
    `${settings.title}. ${settings.authors.join(", ")}, ${settings.edition}. Accessibilité`,
    territory,
    `Territoire : ${territory}.`,
    `Les ${figures.size} figures et tableaux se téléchargent un à un, avec leurs données, au catalogue`,
    ...chapters.flatMap(({ title, tree, figureIds, slug }) => [
      title,
      `${title} – ${settings.title}`,
      `${title} →`,
      `${title} (${figureIds.length} figures et tableaux)`,
      slug,
      ...treeUnits(tree),
    ]),
    ...counts.map((count) => `(${count} figures et tableaux)`),
    ...[...figures.values()].flatMap(({ figure, place }) => [
      ...figureSayings(figure),
      `${figure.title} Données (CSV) ${figure.id}`,
      `Carnet ${place.notebook}, cellule ${place.cell}.`,
    ]),
    ...[...figures.values()].flatMap(({ figure }) => {
      // In a PDF, a drawing is written letter by letter, right after the last note when it travels alone.
      const drawn = drawnTexts(book.drawings.get(figure.id)?.svg ?? "").join("");
      return [drawn, `${captionNotes(figure).at(-1)}${drawn}`];
    }),
    ...[...viewers.values()].flatMap(({ viewer, place }) => [
      ...viewerSayings(viewer, book),
      `Carnet ${place.notebook}, cellule ${place.cell}.`,
    ]),
    ...provenanceSayings(book),
    ...[...codeVersions].flatMap(([notebook, version]) => [notebook, `code ${version} ; graine ${seed}`]),
  ].map(frenchSpaces);
}

/** All titles that stand in a table of contents, at the head or at the foot of a page. */
export const printedTitles = ({ chapters, figures, territory }: BookContent): readonly string[] =>
  [
    ...chapters.flatMap(({ title, tree }) => [title, ...treeTitles(tree)]),
    ...[...figures.values()].map(({ figure }) => figure.title),
    ...frontTitles,
    territory,
    `${territory} – données synthétiques`,
  ].map(frenchSpaces);

/** What a figure says: its texts, its notes, its rows as they are printed, where its data come from. */
export function figureSayings(figure: BundledFigure): readonly string[] {
  const { title, subtitle, alt, champ, lecture, source, licence, vintage, sources, parameters, columns, numRows } =
    figure;
  const cells = Object.values(columns).map(cellTexts);
  return [
    title,
    subtitle,
    alt,
    champ,
    lecture,
    source,
    licence,
    vintage,
    `${title} ${subtitle}`,
    ...captionNotes(figure),
    Object.values(columns).map(columnHeading).join(CELLS),
    ...Array.from({ length: numRows }, (_, row) => cells.map((texts) => texts[row] ?? "").join(CELLS)),
    ...sources.flatMap(sourceSayings),
    parametersSaying(parameters),
  ].map(frenchSpaces);
}

const parametersSaying = (parameters: BundledFigure["parameters"]): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");

const sourceSayings = ({
  publisher,
  title,
  vintage,
  licence,
  file,
  sha256,
  secrecy,
  url,
}: BundledSource): readonly string[] => [
  `${publisher}, ${title} (${vintage}). ${licence}. Fichier ${file}, empreinte SHA-256 ${sha256.slice(0, 16)}… Seuil : ${secrecy.minUnits} (${secrecy.unit}), ${secrecy.statedBy}. ${url}`,
];

/** What a viewer says before any choice: its page made again from its released rows, and read as a page. */
function viewerSayings(viewer: BundledViewer, { chapters }: BookContent): readonly string[] {
  const chapter = chapters.find(({ viewerIds }) => viewerIds.includes(viewer.id));
  const body = viewerBody(viewer, { chapter: { href: "", title: chapter?.title ?? "" }, place: "" });
  const { title, subtitle, champ, lecture, source, licence, sources, parameters } = viewer;
  return [
    title,
    subtitle,
    champ,
    lecture,
    source,
    licence,
    `site/${viewerFile(viewer.id)}`,
    `Visionneuse ${title} ${subtitle}`,
    ...sources.flatMap(sourceSayings),
    parametersSaying(parameters),
    ...markupUnits(readMarkup(body) ?? []).map(({ text }) => text),
  ];
}

/** What the last chapter says of each figure: which sources of its list, which notebook. Sources are numbered in the order in which they are met. */
function provenanceSayings({ figures, viewers }: BookContent): readonly string[] {
  const drawn = [
    ...[...figures.values()].map(({ figure, place }) => ({ sources: figure.sources, place })),
    ...[...viewers.values()].map(({ viewer, place }) => ({ sources: viewer.sources, place })),
  ];
  const keyOf = ({ id, sha256 }: BundledSource): string => `${id} ${sha256}`;
  const order = [...new Set(drawn.flatMap(({ sources }) => sources.map(keyOf)))];
  return drawn.map(({ sources, place }) => {
    const used = [...new Set(sources.map((source) => order.indexOf(keyOf(source)) + 1))].join(", ");
    return `${used.includes(",") ? "sources" : "source"} ${used} ; carnet ${place.notebook}, cellule ${place.cell} ; code`;
  });
}
