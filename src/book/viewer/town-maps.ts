import type { BundledViewer } from "../../notebook/bundle.ts";
import {
  type AreaRow,
  areaRows,
  classOf,
  classStyle,
  intervalText,
  measureOf,
  type ViewerState,
  valueText,
} from "./area-rows.ts";
import { escapeHtml, words } from "./html.ts";

/** Pixels for the widest panel, on a narrow page and on a wide one. */
const room = { narrow: 256, wide: 380 };
/** A single small town is not blown up beyond this. */
const mostPixelsPerMetre = 0.25;

/** Pixels a metre at both widths: the same for every town of the map. */
export function mapScales({ panels }: BundledViewer): { readonly narrow: number; readonly wide: number } {
  const largest = Math.max(1, ...panels.flatMap(({ widthMetres, heightMetres }) => [widthMetres, heightMetres]));
  const scale = (pixels: number): number => Number(Math.min(mostPixelsPerMetre, pixels / largest).toPrecision(4));
  return { narrow: scale(room.narrow), wide: scale(room.wide) };
}

/** What a shape says to those who point at it or hear it. */
export function areaSentence(viewer: BundledViewer, state: ViewerState, row: AreaRow): string {
  const measure = measureOf(viewer, state.measure);
  return `${row.name} (${row.town})\u00a0: ${row.value === null ? row.gap : `${valueText(viewer, measure, row.value)}, de ${intervalText(viewer, measure, row)}`}`;
}

/** The panels of the towns. Shapes are buttons reached with the arrows, one stop of the Tab key for the whole map. */
export function townMaps(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const rows = new Map(areaRows(viewer, { ...state, town: "" }).map((row) => [row.code, row]));
  const panels = viewer.panels.filter(({ town }) => state.town === "" || town === state.town);
  const shown = new Set(panels.flatMap(({ shapes }) => shapes.map(({ code }) => code)));
  const stop = shown.has(state.area) ? state.area : panels[0]?.shapes[0]?.code;
  const drawn = panels.map(({ town, widthMetres, heightMetres, shapes, ground }, index) => {
    const clip = ground === null ? "" : `<path class="sol" d="${ground}"/>`;
    const paths = shapes
      .map(({ code, path }) => {
        const row = rows.get(code);
        const said = row ? areaSentence(viewer, state, row) : code;
        const fill = classOf(viewer, measure, row?.value ?? null);
        return `<path d="${path}" class="quartier ${classStyle(fill, measure.classes.labels.length)}${code === state.area ? " choisi" : ""}" role="button" tabindex="${code === stop ? 0 : -1}" data-choose="${escapeHtml(code)}" aria-pressed="${code === state.area}" aria-label="${escapeHtml(said)}"><title>${escapeHtml(said)}</title></path>`;
      })
      .join("");
    return `<div class="ville" style="--l:${widthMetres}"><svg viewBox="0 0 ${widthMetres} ${heightMetres}" role="group" aria-labelledby="ville-${index}">${clip}${paths}</svg><span class="nom" id="ville-${index}">${words(town)}</span></div>`;
  });
  return `${hatchDefinition()}${drawn.join("")}${scaleBar}`;
}

/** A kilometre, at the scale of the panels. */
const scaleBar = `<span class="ville"><span class="echelle" style="--l:1000">${words("1 km")}</span> <span class="nom">Nord en haut</span></span>`;

/** Hatches for areas without a value, shared by all panels. */
const hatchDefinition = (): string =>
  '<svg class="motifs" aria-hidden="true" focusable="false" width="0" height="0"><defs><pattern id="hachures" width="90" height="90" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="90" height="90" class="fond"/><path d="M0 0V90" class="trait"/></pattern></defs></svg>';

/** The classes, with how many areas are in each: what the colours say, in words. */
export function mapLegend(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const rows = areaRows(viewer, state);
  const count = (fill: number): number => rows.filter(({ value }) => classOf(viewer, measure, value) === fill).length;
  const item = (style: string, label: string, number: number): string =>
    `<li><span class="pastille ${style}" aria-hidden="true"></span>${words(label)} <span class="effectif">(${number})</span></li>`;
  const gaps = [...new Set(rows.map(({ gap }) => gap).filter((gap) => gap !== null))];
  return `<ul class="legende" aria-label="Classes et nombre de quartiers">${rows.some(({ value }) => value !== null) ? measure.classes.labels.map((label, fill) => item(classStyle(fill, measure.classes.labels.length), label, count(fill))).join("") : ""}${gaps.map((gap) => item("sans-valeur", gap, rows.filter((row) => row.gap === gap).length)).join("")}</ul>`;
}
