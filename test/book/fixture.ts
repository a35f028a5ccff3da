import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "../../src/engine/hash.ts";
import type { BundledFigure, BundledSource } from "../../src/notebook/bundle.ts";

const config = {
  font: "'Source Sans 3'",
  background: "white",
  axis: { labelFlush: false, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
  mark: { color: "#0072B2" },
};

export const source: BundledSource = {
  id: "essai",
  title: "Fichier d'essai",
  publisher: "Atelier des tests",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: "https://exemple.invalid/essai",
  file: "essai.csv",
  sha256: "ab".repeat(32),
  synthetic: true,
  secrecy: { unit: "ménage", minUnits: 11, statedBy: "le contrat d'essai" },
};

const towns = ["Port-Hublot", "Saint-Orme", "La Roche-Fable", "Val-de-Craie", "Monts-le-Clair"];

/** A valid chart; a test changes one thing of it. */
export function chart(over: Partial<BundledFigure> = {}): BundledFigure {
  const rows = towns.map((town, i) => ({ town, km: i === 3 ? null : 3.2 + 2.4 * i }));
  return {
    kind: "chart",
    id: "distance-par-ville",
    title: "La distance médiane à l'emploi varie du simple au quadruple d'une ville à l'autre",
    subtitle: "Distance médiane des demandeurs d'emploi à une offre de leur métier, en kilomètres",
    alt: "Nuage de points, un par ville : la distance va de 3,2 km à Port-Hublot à 12,8 km à Monts-le-Clair ; une valeur est secrète.",
    champ: "demandeurs d'emploi de cinq villes imaginaires, 2024",
    lecture: "à Saint-Orme, la moitié des demandeurs d'emploi sont à plus de 5,6 km",
    source: "Atelier des tests, Fichier d'essai (2024)",
    licence: "Licence Ouverte 2.0",
    vintage: "2024",
    synthetic: true,
    orientation: "portrait",
    columns: {
      town: { type: "text", label: "Ville", unit: "", values: towns },
      km: { type: "number", label: "Distance médiane", unit: "km", values: rows.map(({ km }) => km ?? "s") },
    },
    numRows: rows.length,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config,
      width: 430,
      height: { step: 28 },
      datasets: { drawn: rows },
      data: { name: "drawn" },
      mark: { type: "point", filled: true, size: 90 },
      encoding: {
        y: { field: "town", type: "nominal", sort: null, title: null },
        x: { field: "km", type: "quantitative", title: "Kilomètres" },
      },
    },
    sources: [source],
    release: { unit: "ménage", minUnits: 11, primary: 1, complementary: 0 },
    parameters: { niveau: "même métier" },
    ...over,
  };
}

/** A valid table of the same data. */
export const dataTable = (): BundledFigure => ({
  ...chart(),
  kind: "table",
  id: "tableau-des-villes",
  title: "Cinq villes et leur distance",
  spec: null,
  alt: "Tableau de cinq villes : leur nom et leur distance médiane, dont une secrète.",
});

/** The cell that shows bundles as `show()` does; it seals with Node alone, so that the seal is checked against an independent computation. */
export const showCell = (
  bundles: readonly { readonly mime: string; readonly content: unknown }[],
): string => `import { createHmac } from "node:crypto";
const shown: [string, string, string][] = ${JSON.stringify(bundles.map(({ mime, content }) => [mime, JSON.stringify(content), canonicalJson(content)]))};
const sealOf = (text: string): string => createHmac("sha256", process.env.QUARTIERS_SEAL ?? "").update(text).digest("hex");
({ [Symbol.for("Jupyter.display")]: async () => Object.fromEntries(shown.map(([mime, text, canonical]) => [mime, { content: JSON.parse(text), seal: sealOf(canonical) }])) })`;

export interface FixtureCell {
  readonly type: "markdown" | "code";
  readonly source: string;
}

const parametersCell: FixtureCell = {
  type: "code",
  source: 'const territoire: string = "exemple";\nconst donnees: string = "";\nconst graine: number = 1;',
};

export function notebookJson(cells: readonly FixtureCell[]): string {
  return JSON.stringify({
    cells: [...cells.slice(0, 1), parametersCell, ...cells.slice(1)].map(({ type, source }, index) => ({
      cell_type: type,
      id: `c${index}`,
      metadata: source.includes("const graine") ? { tags: ["parameters"] } : {},
      source,
      ...(type === "code" ? { execution_count: null, outputs: [] } : {}),
    })),
    metadata: {
      kernelspec: { name: "quartiers", display_name: "TypeScript (Quartiers)", language: "typescript" },
      language_info: { name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

const figureMime = "application/vnd.quartiers.figure+json";
const numbersMime = "application/vnd.quartiers.numbers+json";

export const cells: readonly FixtureCell[] = [
  {
    type: "markdown",
    source:
      "# La distance à l'emploi\n\n*Abstract. How far? Not far; really.*\n\nÀ quelle distance sont les emplois ? La @fig:distance-par-ville le montre : {{essai.mediane}} en médiane, soit {{essai.mediane|%.0}} environ ; le @tab:tableau-des-villes donne 12 500 valeurs « sûres »[^n].\n\n[^n]: Une note, pour voir !\n\n## La formule\n\nOn calcule $$\\hat{y}_i = \\frac{\\sum_{j} w_{ij} x_j}{\\sum_{j} w_{ij}}$$ où $x_j$ est l'offre de la ville $j$.",
  },
  {
    type: "code",
    source: showCell([
      {
        mime: numbersMime,
        content: {
          numbers: [{ key: "essai.mediane", label: "Distance médiane", value: 6.84, unit: "km", decimals: 1 }],
          sources: [source],
          release: {},
        },
      },
    ]),
  },
  { type: "code", source: showCell([{ mime: figureMime, content: chart() }]) },
  { type: "markdown", source: "## Le détail\n\nPhrase de liaison." },
  { type: "code", source: showCell([{ mime: figureMime, content: dataTable() }]) },
];

const authorsChapter =
  "# Préface\n\nUn livre d'essai ; rien de plus. Voir la @fig:distance-par-ville.\n\n| Mot | Sens |\n|---|---:|\n| un | 1 |\n\n: Un tableau d'auteur\n";

/** A small project in a temporary folder: one author's chapter, one notebook. */
export function fixtureProject(
  notebookCells: readonly FixtureCell[] = cells,
  { preface = authorsChapter }: { readonly preface?: string } = {},
): string {
  const root = mkdtempSync(join(tmpdir(), "quartiers-livre-"));
  mkdirSync(join(root, "notebooks/livre"), { recursive: true });
  mkdirSync(join(root, "data"));
  writeFileSync(
    join(root, "notebooks/livre/livre.json"),
    JSON.stringify({
      title: "Livre d'essai",
      subtitle: "Pour éprouver la chaîne",
      authors: ["Atelier"],
      edition: "2026",
      territories: { essai: { label: "Territoire d'essai", data: "data" } },
      chapters: ["livre/preface.md", "01-essai.ipynb"],
    }),
  );
  writeFileSync(join(root, "notebooks/livre/preface.md"), preface);
  writeFileSync(join(root, "notebooks/01-essai.ipynb"), notebookJson(notebookCells));
  return root;
}
