import type { BundledViewer } from "../../notebook/bundle.ts";
import { areaPanel, contributionTable } from "./area-panel.ts";
import { areaRows, measureOf, townsOf, type ViewerState } from "./area-rows.ts";
import { escapeHtml, words } from "./html.ts";
import { rankedTable, rankingSentence } from "./ranked-table.ts";
import { mapLegend, mapScales, townMaps } from "./town-maps.ts";

/** The file of a viewer's page in the site. */
export const viewerFile = (id: string): string => `visionneuse-${id}.html`;

/** What is shown before any choice, and without JavaScript. */
export function openingState(viewer: BundledViewer): ViewerState {
  const measure = viewer.measures[0]?.id ?? "";
  const hypothesis = viewer.opening;
  const first = areaRows(viewer, { measure, hypothesis, town: "" })[0];
  return { measure, hypothesis, town: "", area: first?.code ?? "" };
}

/** What stands in <head>: the page's own style and script, from the site's folder. */
export const viewerHead =
  '<link rel="stylesheet" href="assets/visionneuse.css">\n<script defer src="assets/visionneuse.js"></script>';

/** The body of the page: all that can be read without JavaScript, and the data that the script brings to life. */
export function viewerBody(
  viewer: BundledViewer,
  { chapter, place }: { readonly chapter: { readonly href: string; readonly title: string }; readonly place: string },
): string {
  const state = openingState(viewer);
  const measure = measureOf(viewer, state.measure);
  const scales = mapScales(viewer);
  const undrawn = viewer.areas.numRows - viewer.panels.flatMap(({ shapes }) => shapes).length;
  const absences = viewer.measures.flatMap(({ label, absence }) => (absence ? [`${label} : ${absence}`] : []));
  const opening = Math.max(
    0,
    viewer.hypotheses.findIndex(({ id }) => id === state.hypothesis),
  );
  return `<h1>${words(viewer.title)}</h1>
<p class="cover-subtitle">${words(viewer.subtitle)}</p>
<p>${words("Cette page accompagne le chapitre")} <a href="${chapter.href}">${words(chapter.title)}</a>. ${words("Elle ne montre que des valeurs diffusées, quartier par quartier ; elle ne désigne personne et ne sert pas au contrôle.")}</p>
<noscript><p>${words("Sans JavaScript, la page montre la première mesure à la position d’ouverture du curseur ; toutes les valeurs sont dans les fichiers à télécharger, en bas de la page. Le calculateur demande JavaScript.")}</p></noscript>
<div class="visionneuse" data-viewer="${viewer.id}">
<form class="reglages" hidden aria-label="Réglages"><label>Mesure <select name="measure">${viewer.measures.map(({ id, label }) => `<option value="${escapeHtml(id)}">${words(label)}</option>`).join("")}</select></label>
<label>Commune <select name="town"><option value="">Toutes</option>${townsOf(viewer)
    .map((town) => `<option value="${escapeHtml(town)}">${words(town)}</option>`)
    .join("")}</select></label>
<div class="curseur"${viewer.hypotheses.length < 2 ? " hidden" : ""}><label for="position">${words(viewer.hypothesisTitle)}</label> <input type="range" id="position" name="position" min="0" max="${viewer.hypotheses.length - 1}" step="1" value="${opening}" aria-valuetext="${words(viewer.hypotheses[opening]?.label ?? "")}"> <output for="position" data-position>${words(viewer.hypotheses[opening]?.label ?? "")}</output></div></form>
<p class="etat" role="status" data-status>${words(rankingSentence(viewer, state))}</p>
<div class="deux"><section aria-labelledby="titre-carte" class="carte"><h2 id="titre-carte">La carte</h2>
<p class="petit">${words(`${viewer.alt} La même information est dans le classement, plus bas.${undrawn > 0 ? ` ${undrawn} quartier${undrawn > 1 ? "s" : ""} sans périmètre connu ${undrawn > 1 ? "sont" : "est"} seulement dans le classement.` : ""}`)} <span data-keys hidden>${words("Au clavier : Tab pour entrer dans la carte, flèches pour passer d’un quartier à l’autre, Entrée pour l’expliquer.")}</span></p>
<p class="mesure" data-measure>${words(measure.label)}</p>
<div data-legend>${mapLegend(viewer, state)}</div>
<div class="villes" data-map style="--etroit:${scales.narrow}px;--large:${scales.wide}px">${townMaps(viewer, state)}</div></section>
<section aria-labelledby="titre-liste" class="liste"><h2 id="titre-liste">Le classement</h2>
<div data-list>${rankedTable(viewer, state)}</div></section>
<section aria-labelledby="titre-panneau" class="panneau"><h2 id="titre-panneau">L’explication d’un quartier</h2>
<div data-panel>${areaPanel(viewer, state)}</div></section></div>
<div data-contributions>${contributionTable(viewer, state.hypothesis)}</div>
${viewer.calculator ? calculatorSection : ""}
<section aria-labelledby="titre-fichiers"><h2 id="titre-fichiers">${words("Télécharger")}</h2>
<p class="files" data-view-files hidden><button type="button" data-download="csv">Cette vue (CSV)</button> <button type="button" data-download="svg">Cette carte (SVG)</button></p>
<p class="files">${filesOf(viewer)}</p></section>
<ul class="notes"><li><b>${words("Lecture :")}</b> ${words(viewer.lecture)}</li><li><b>${words("Champ :")}</b> ${words(`${viewer.champ}.`)}</li>${absences.map((absence) => `<li><b>${words("Valeurs absentes :")}</b> ${words(absence)}</li>`).join("")}<li><b>${words("Source :")}</b> ${words(`${viewer.source}. ${viewer.licence}.`)}</li><li>${words(`${place}.`)}</li>${viewer.synthetic ? `<li class="synthetic">${words("SYNTHÉTIQUE : données inventées, territoire imaginaire.")}</li>` : ""}</ul>
<script type="application/json" data-content>${JSON.stringify(viewer).replaceAll("<", "\\u003c")}</script>
</div>`;
}

const calculatorSection = `<section aria-labelledby="titre-calcul" class="calcul"><h2 id="titre-calcul">${words("Le calculateur : un foyer a-t-il droit à la C2S ?")}</h2>
<div data-calculator><p>${words("Le calculateur applique les mêmes règles que le modèle, avec le même programme, dans cette page.")}</p></div></section>`;

/** Files of the whole viewer, which do not need JavaScript. */
const filesOf = ({ id, explanation }: BundledViewer): string =>
  [
    ["estimations.csv", "Toutes les estimations (CSV)"],
    ["quartiers.csv", "Quartiers (CSV)"],
    ...(explanation ? [["explications.csv", "Explications (CSV)"]] : []),
    ["dictionnaire.csv", "Dictionnaire"],
    ["meta.json", "Provenance"],
  ]
    .map(([file, name]) => `<a href="visionneuses/${id}/${file}" download>${words(name ?? "")}</a>`)
    .join(" ");
