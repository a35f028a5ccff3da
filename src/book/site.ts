import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { cellTexts, columnHeading } from "./cell-text.ts";
import type { Chapter } from "./chapters.ts";
import { captionNotes, escapeXml } from "./figure-svg.ts";
import { filterTree } from "./filter.ts";
import { listFiles } from "./keys.ts";
import { writeHtml } from "./pandoc.ts";
import { type BookContent, capital, figureWord } from "./print.ts";
import type { RegisteredFigure } from "./registry.ts";
import { frenchSpaces } from "./typography.ts";
import { viewerBody, viewerFile, viewerHead } from "./viewer/viewer-page.ts";
import { writeViewerAssets, writeViewerFiles } from "./viewer/viewer-site.ts";

const require = createRequire(import.meta.url);
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'";
const french = (text: string): string => escapeXml(frenchSpaces(text));

interface Page {
  readonly file: string;
  readonly title: string;
}

/** Writes the site: a page a chapter, the catalogue of figures, the accessibility statement. All it needs is in the folder. */
export async function writeSite(
  book: BookContent,
  {
    folder,
    figures,
    cache,
    renderer,
  }: { readonly folder: string; readonly figures: string; readonly cache: string; readonly renderer: string },
): Promise<void> {
  mkdirSync(join(folder, "assets/fonts"), { recursive: true });
  await writeAssets(folder, cache, renderer);
  copyFigures(book, figures, folder);
  const pages: Page[] = [
    { file: "index.html", title: "Accueil" },
    ...book.chapters.flatMap(({ slug, title, viewerIds }) => [
      { file: `${slug}.html`, title },
      ...viewerIds.map((id) => ({ file: viewerFile(id), title: viewerTitle(id, book) })),
    ]),
    { file: "figures.html", title: "Catalogue des figures" },
    { file: "accessibilite.html", title: "Accessibilité" },
  ];
  const put = (file: string, title: string, body: string, head = ""): void =>
    writeFileSync(join(folder, file), pageHtml(book, pages, { file, title }, body, head));
  put("index.html", book.settings.title, indexBody(book));
  for (const [index, chapter] of book.chapters.entries())
    put(`${chapter.slug}.html`, chapter.title, `${await chapterBody(chapter, book)}${nextLinks(book, index)}`);
  if (book.viewers.size > 0) await writeViewerAssets(join(folder, "assets"));
  for (const { slug, title, viewerIds } of book.chapters)
    for (const id of viewerIds) {
      const registered = book.viewers.get(id);
      if (!registered) continue;
      const { viewer, place } = registered;
      writeViewerFiles(join(folder, "visionneuses", id), registered, book);
      const body = viewerBody(viewer, {
        chapter: { href: `${slug}.html#visionneuse-${id}`, title },
        place: `Carnet ${place.notebook}, cellule ${place.cell}`,
      });
      put(viewerFile(id), viewerTitle(id, book), body, viewerHead);
    }
  put("figures.html", "Catalogue des figures", catalogueBody(book));
  put("accessibilite.html", "Accessibilité", accessibilityBody(book));
}

async function writeAssets(folder: string, cache: string, renderer: string): Promise<void> {
  const assets = join(folder, "assets");
  const font = (family: string, weight: number, style: "normal" | "italic", name: string): void =>
    copyFileSync(
      require.resolve(`@fontsource/${family}/files/${family}-latin-${weight}-${style}.woff2`),
      join(assets, "fonts", `${name}.woff2`),
    );
  for (const weight of [400, 600, 700]) font("source-sans-3", weight, "normal", `source-sans-3-${weight}`);
  for (const weight of [400, 600]) font("source-serif-4", weight, "normal", `source-serif-4-${weight}`);
  font("source-serif-4", 400, "italic", "source-serif-4-400i");
  copyFileSync(join(import.meta.dirname, "site.css"), join(assets, "site.css"));
  copyFileSync(join(import.meta.dirname, "page.client.js"), join(assets, "page.js"));
  const bundle = join(cache, `charts-${renderer}.js`);
  try {
    copyFileSync(bundle, join(assets, "charts.js"));
  } catch {
    await build({
      entryPoints: [join(import.meta.dirname, "hydrate.client.js")],
      bundle: true,
      minify: true,
      format: "iife",
      target: "es2022",
      outfile: join(assets, "charts.js"),
      legalComments: "none",
      logLevel: "error",
      absWorkingDir: import.meta.dirname,
    });
    copyFileSync(join(assets, "charts.js"), bundle);
  }
}

/** The site carries its own copy of the figure files, and the specification as a script, because a page opened from a folder may not fetch. */
function copyFigures(book: BookContent, figures: string, folder: string): void {
  for (const { figure } of book.figures.values()) {
    const target = join(folder, "figures", figure.id);
    mkdirSync(target, { recursive: true });
    for (const file of listFiles(join(figures, figure.id)))
      copyFileSync(join(figures, figure.id, file), join(target, file));
    if (figure.spec)
      writeFileSync(
        join(target, `${figure.id}.spec.js`),
        `quartiersSpecs[${JSON.stringify(figure.id)}] = ${JSON.stringify(figure.spec).replaceAll("\u2028", "\\u2028")};\n`,
      );
  }
}

const viewerTitle = (id: string, { viewers }: BookContent): string =>
  `Visionneuse : ${viewers.get(id)?.viewer.title ?? id}`;

function pageHtml(book: BookContent, pages: readonly Page[], page: Page, body: string, head: string): string {
  const { settings, territory, synthetic } = book;
  const links = pages
    .map(
      ({ file, title }) =>
        `<li><a href="${file}"${file === page.file ? ' aria-current="page"' : ""}>${french(title)}</a></li>`,
    )
    .join("\n");
  const heading = page.file === "index.html" ? settings.title : `${page.title} – ${settings.title}`;
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${french(heading)}</title>
<meta name="description" content="${french(settings.subtitle)}">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/site.css">
<script defer src="assets/page.js"></script>${head ? `\n${head}` : ""}
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="band"><div class="inner"><a class="name" href="index.html">${french(settings.title)}</a><span>${french(territory)}</span></div>${synthetic ? `<p class="stamp">${french("SYNTHÉTIQUE : données inventées, territoire imaginaire. Aucun chiffre ne décrit un quartier réel.")}</p>` : ""}</header>
<div class="layout">
<nav class="contents" aria-label="Sommaire"><h2>Sommaire</h2><ol>
${links}
</ol></nav>
<main id="contenu" tabindex="-1">
${body}
</main>
</div>
<footer><div class="inner">${french(`${settings.title}. ${settings.authors.join(", ")}, ${settings.edition}.`)} <a href="accessibilite.html">Accessibilité</a></div></footer>
</body>
</html>
`;
}

async function chapterBody(chapter: Chapter, book: BookContent): Promise<string> {
  const tree = filterTree(chapter.tree, {
    format: "html",
    prefix: chapter.slug,
    code: (source, cell) =>
      `<details class="code"><summary>Voir le code <span>(cellule ${cell})</span></summary><pre tabindex="0"><code lang="en">${escapeXml(source)}</code></pre></details>`,
    figure: (id) => figureHtml(book.figures.get(id), book),
    viewer: (id) => viewerLinkHtml(id, book),
    reference: (kind, id) => ({
      words: `${kind === "tab" ? "tableau" : "figure"}\u00a0${book.numberOf.get(id)}`,
      target: `${pageOf(id, book) === chapter.slug ? "" : `${pageOf(id, book)}.html`}#figure-${id}`,
    }),
  });
  return accessibleTables(await writeHtml(tree, chapter.file));
}

const pageOf = (id: string, { chapters }: BookContent): string =>
  chapters.find(({ figureIds }) => figureIds.includes(id))?.slug ?? "index";

/** pandoc's tables: heads get a scope, wide ones scroll by themselves and with the keyboard. */
const accessibleTables = (html: string): string =>
  html
    .replace(/<table(?! class)(.*?)>/g, '<div class="scroll" tabindex="0" role="group" aria-label="Tableau"><table$1>')
    .replace(/(<\/table>)(?!<\/div><!--registre-->)/g, "$1</div>")
    .replace(/<th(?= |>)(?![^>]*scope)/g, '<th scope="col"')
    .replaceAll("</div><!--registre--></div>", "</div>")
    .replaceAll("<!--registre-->", "")
    .replace(/<section id="footnotes"(.*?)>/g, '<section id="footnotes" aria-label="Notes"$1>')
    .replace(/ role="doc-endnotes"/g, "");

function figureHtml(registered: RegisteredFigure | undefined, book: BookContent): string {
  if (!registered) return "";
  const { figure, place } = registered;
  const { id } = figure;
  const number = `${capital(figureWord(figure))}\u00a0${book.numberOf.get(id)}`;
  const caption = `<figcaption id="legende-${id}"><span class="number">${number}</span> <span class="finding">${french(figure.title)}</span> <span class="measure">${french(figure.subtitle)}</span></figcaption>`;
  const notes = captionNotes(figure).map((note) => {
    const at = note.indexOf("\u00a0:");
    return `<li><b>${escapeXml(note.slice(0, at + 2))}</b>${escapeXml(note.slice(at + 2))}</li>`;
  });
  if (figure.synthetic)
    notes.push(`<li class="synthetic">${french("SYNTHÉTIQUE : données inventées, territoire imaginaire.")}</li>`);
  const table = dataTableHtml(registered, number);
  const file = (extension: string, name: string): string =>
    `<a href="figures/${id}/${id}.${extension}" download>${name}<span hidden> ${number}</span></a>`;
  const files = [
    file("csv", "Données (CSV)"),
    `<a href="figures/${id}/dictionnaire.csv" download>Dictionnaire</a>`,
    file("svg", "Image (SVG)"),
    file("png", "Image (PNG)"),
    file("pdf", "PDF"),
    ...(figure.spec ? [file("vl.json", "Vega-Lite")] : []),
    `<a href="figures/${id}/meta.json" download>Provenance</a>`,
  ].join(" ");
  const drawing = book.drawings.get(id)?.svg ?? "";
  const shown = figure.spec
    ? `<div class="frame" tabindex="0" role="group" aria-labelledby="legende-${id}"><div role="img" aria-label="${french(figure.alt)}" data-chart="${id}" data-state="drawn">${drawing.replace("<svg", '<svg aria-hidden="true" focusable="false"')}</div></div>`
    : table;
  const details = figure.spec ? `<details><summary>Voir les données en tableau</summary>${table}</details>` : "";
  return `<div class="figure" id="figure-${id}"><figure aria-labelledby="legende-${id}">${caption}${shown}<ul class="notes">${notes.join("")}</ul>${details}<p class="files" aria-label="Téléchargements" role="group">${files}</p><p class="files">${french(`Carnet ${place.notebook}, cellule ${place.cell}.`)}</p></figure></div>`;
}

/** What stands in the chapter for a viewer: what it shows, and the way there. */
function viewerLinkHtml(id: string, { viewers }: BookContent): string {
  const viewer = viewers.get(id)?.viewer;
  if (!viewer) return "";
  return `<div class="figure" id="visionneuse-${id}"><p><span class="number">Visionneuse</span> <a class="finding" href="${viewerFile(id)}">${french(viewer.title)}</a> <span class="measure">${french(viewer.subtitle)}</span></p><p class="files">${french(`Une page de ce site, qui s’ouvre sans connexion : carte, classement avec intervalles, explication de chaque quartier${viewer.calculator ? ", calculateur de droits" : ""}.`)}</p></div>`;
}

function dataTableHtml({ figure }: RegisteredFigure, number: string): string {
  const columns = Object.values(figure.columns);
  const cells = columns.map(cellTexts);
  const right = (i: number): string => (columns[i]?.type === "number" ? ' class="n"' : "");
  const head = columns
    .map((column, i) => `<th scope="col"${right(i)}>${escapeXml(columnHeading(column))}</th>`)
    .join("");
  const rows = Array.from(
    { length: figure.numRows },
    (_, row) =>
      `<tr>${cells.map((texts, i) => (i === 0 && columns[0]?.type === "text" ? `<th scope="row">${escapeXml(texts[row] ?? "")}</th>` : `<td${right(i)}>${escapeXml(texts[row] ?? "")}</td>`)).join("")}</tr>`,
  ).join("\n");
  return `<div class="scroll" tabindex="0" role="group" aria-label="${number}, données"><table class="data"><caption>${french(`${figure.subtitle}`)}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div><!--registre-->`;
}

function indexBody({ settings, territory, chapters, figures, synthetic }: BookContent): string {
  const items = chapters
    .map(
      ({ slug, title, figureIds }) =>
        `<li><a href="${slug}.html">${french(title)}</a>${figureIds.length > 0 ? ` <span>(${figureIds.length} ${figureIds.length > 1 ? "figures et tableaux" : "figure ou tableau"})</span>` : ""}</li>`,
    )
    .join("\n");
  return `<h1>${french(settings.title)}</h1>
<p class="cover-subtitle">${french(settings.subtitle)}</p>
<p>${french(`Territoire : ${territory}.`)} ${synthetic ? french("Cette édition est faite de données inventées, pour essayer les méthodes avant d’avoir les vraies.") : ""}</p>
<h2>Chapitres</h2>
<ol>${items}</ol>
<h2>Réutiliser</h2>
<p>${french(`Les ${figures.size} figures et tableaux se téléchargent un à un, avec leurs données, au`)} <a href="figures.html">catalogue des figures</a>. <a href="../livre-blanc.pdf">${french("Lire le livre en PDF accessible")}</a>.</p>`;
}

function nextLinks({ chapters }: BookContent, index: number): string {
  const [before, after] = [chapters[index - 1], chapters[index + 1]];
  if (!before && !after) return "";
  return `<nav class="next" aria-label="Chapitres voisins">${before ? `<a href="${before.slug}.html">← ${french(before.title)}</a>` : "<span></span>"}${after ? `<a href="${after.slug}.html">${french(after.title)} →</a>` : ""}</nav>`;
}

function catalogueBody(book: BookContent): string {
  const ordered = [...book.figures.values()].filter(({ figure }) => book.numberOf.has(figure.id));
  const items = ordered
    .map(
      ({ figure }) =>
        `<li><a href="${pageOf(figure.id, book)}.html#figure-${figure.id}"><img src="figures/${figure.id}/${figure.id}.svg" alt="" loading="lazy"><span class="number">${capital(figureWord(figure))}\u00a0${book.numberOf.get(figure.id)}</span> ${french(figure.title)}</a><br><a href="figures/${figure.id}/${figure.id}.csv" download>Données (CSV)<span hidden> ${figure.id}</span></a></li>`,
    )
    .join("\n");
  return `<h1>Catalogue des figures</h1><p>${french("Chaque figure porte un identifiant stable, ses données telles que dessinées, leur dictionnaire et leur provenance.")}</p><ul class="catalogue">${items}</ul>`;
}

function accessibilityBody({ settings }: BookContent): string {
  return `<h1>Accessibilité</h1>
<p>${french(`Le site « ${settings.title} » vise le niveau AA des règles WCAG 2.2 et le référentiel général d’amélioration de l’accessibilité (RGAA 4). Il n’a pas fait l’objet d’un audit humain complet : sa conformité n’est donc pas déclarée.`)}</p>
<h2>${french("Ce qui est fait")}</h2>
<ul><li>${french("Chaque graphique porte un texte alternatif et ses données en tableau, juste à côté.")}</li><li>${french("Les pages se lisent sans JavaScript, au clavier, à 320 pixels de large, en thème clair ou sombre.")}</li><li>${french("Aucune couleur n’est seule à porter une information ; la palette est lisible par les personnes daltoniennes.")}</li><li>${french("Le livre en PDF est balisé selon la norme PDF/UA-1.")}</li></ul>
<h2>${french("Ce qui est vérifié par la machine")}</h2>
<p>${french("Les règles automatiques d’axe-core (WCAG 2.0, 2.1 et 2.2, niveaux A et AA ; RGAA 4) sont passées sur chaque page, en clair et en sombre. Elles ne couvrent qu’une partie des critères.")}</p>
<h2>${french("Limites connues")}</h2>
<ul><li>${french("Les graphiques gardent un fond blanc en thème sombre et défilent horizontalement sur un écran étroit.")}</li><li>${french("Les formules sont écrites en MathML, avec leur lecture en français ; leur rendu dépend du navigateur.")}</li></ul>`;
}
