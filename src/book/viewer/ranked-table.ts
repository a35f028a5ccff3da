import type { BundledViewer } from "../../notebook/bundle.ts";
import {
  type AreaRow,
  areaRows,
  type BundledMeasure,
  cellText,
  headUnit,
  hypothesisOf,
  intervalText,
  measureOf,
  rankWords,
  type ViewerState,
} from "./area-rows.ts";
import { escapeHtml, withUnit, words } from "./html.ts";

/** The list of areas as a table: name, value with its interval as text and as a bar, rank interval. The same HTML on the server and after each choice. */
export function rankedTable(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const rows = areaRows(viewer, state);
  const whole = areaRows(viewer, { ...state, town: "" });
  const extent = extentOf(whole);
  const body = rows
    .map((row) => {
      const chosen = row.code === state.area;
      return `<tr data-area="${escapeHtml(row.code)}"${chosen ? ' class="choisi"' : ""}><th scope="row"><button type="button" data-choose="${escapeHtml(row.code)}" aria-pressed="${chosen}">${words(row.name)}</button><span class="ville-de">${words(row.town)}</span></th><td>${valueCell(viewer, measure, row, extent)}</td>${measure.rank ? `<td>${words(rankWords(row.rankLow, row.rankHigh, whole.length))}</td>` : ""}</tr>`;
    })
    .join("\n");
  const caption = `${measure.label}, ${viewer.hypothesisTitle.toLowerCase()} : ${hypothesisOf(viewer, state.hypothesis).label}. ${orderWords(measure)} Intervalles ${viewer.interval}.`;
  return `<table class="classement"><caption>${words(caption)}</caption><thead><tr><th scope="col">Quartier</th><th scope="col">${words(withUnit("Valeur et intervalle", headUnit(viewer, measure)))}</th>${measure.rank ? '<th scope="col">Rang</th>' : ""}</tr></thead><tbody>${body}</tbody></table>`;
}

/** How many areas can be told apart, for the line above the list and for the status that a screen reader hears. */
export function rankingSentence(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const rows = areaRows(viewer, state);
  const all = viewer.areas.numRows;
  const counted = `${rows.length} quartier${rows.length > 1 ? "s" : ""}${state.town ? ` à ${state.town}` : ""}`;
  if (!measure.rank) return `${counted}, par ordre alphabétique : cette mesure n’a pas de rang calculé.`;
  const vague = rows.filter(({ rankLow, rankHigh }) => rankWords(rankLow, rankHigh, all).startsWith("on ne")).length;
  return vague === 0
    ? `${counted}. Lire l’intervalle du rang, pas la place dans la liste.`
    : `${counted}, dont ${vague} que l’on ne peut pas classer : l’intervalle de leur rang couvre plus de la moitié des ${all} quartiers.`;
}

const orderWords = (measure: BundledMeasure): string =>
  measure.rank === undefined
    ? "Ordre alphabétique."
    : measure.rank.probability === undefined
      ? "Ordre : milieu de l’intervalle du rang ; le rang 1 est la plus grande valeur."
      : "Ordre : probabilité d’être parmi les plus fortes valeurs ; le rang 1 est la plus grande valeur.";

interface Extent {
  readonly from: number;
  readonly to: number;
}

/** The scale of the bars: from 0, or under it, to the highest bound. */
function extentOf(rows: readonly AreaRow[]): Extent {
  const met = rows
    .flatMap(({ value, low, high }) => [value, low, high])
    .filter((v): v is number => v !== null && Number.isFinite(v));
  const [from, to] = [Math.min(0, ...met), Math.max(0, ...met)];
  return { from, to: to > from ? to : from + 1 };
}

function valueCell(viewer: BundledViewer, measure: BundledMeasure, row: AreaRow, extent: Extent): string {
  if (row.value === null) return `<span class="manque">${words(row.gap ?? "non disponible")}</span>`;
  return `<b>${cellText(viewer, measure, row.value)}</b> <span class="intervalle">(${escapeHtml(intervalText(viewer, measure, row))})</span>${bar(row, row.value, extent)}`;
}

/** A bar with whiskers, 200 wide: the eye's version of the text beside it. */
function bar({ low, high }: AreaRow, value: number, { from, to }: Extent): string {
  const x = (v: number): number => Math.round(((v - from) / (to - from)) * 1960 + 20) / 10;
  const zero = x(0);
  const whisker =
    low === null || high === null
      ? ""
      : `<path class="moustache" d="M${x(low)} 7H${x(high)}M${x(low)} 3.5V10.5M${x(high)} 3.5V10.5"/>`;
  return `<svg class="barre" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect x="${Math.min(zero, x(value))}" y="3" width="${Math.max(0.5, Math.round(Math.abs(x(value) - zero) * 10) / 10)}" height="8"/>${whisker}</svg>`;
}
