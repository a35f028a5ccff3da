import type { BundledViewer } from "../../notebook/bundle.ts";
import { csvField } from "../csv.ts";
import { frenchSpaces } from "../typography.ts";
import { areaRows, classOf, hypothesisOf, measureOf, type ViewerState } from "./area-rows.ts";
import { escapeHtml } from "./html.ts";

/** Classes from light to dark, as on every map of the book, and the fill of an area without a value. */
export const classFills: readonly string[] = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];
const groundFill = "#EDEDEA";

/** What is looked at, in machine form: one line an area, in the order of the list; a missing number is its reason. */
export function viewCsv(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const { estimates, columns } = viewer;
  const names = [
    measure.value,
    measure.low,
    measure.high,
    measure.rank?.low,
    measure.rank?.high,
    measure.rank?.probability,
  ].filter((name) => name !== undefined);
  const rowOf = new Map<string, number>();
  for (let row = 0; row < estimates.numRows; row++)
    if (estimates.columns[columns.hypothesis]?.values[row] === state.hypothesis)
      rowOf.set(String(estimates.columns[columns.code]?.values[row]), row);
  const lines = areaRows(viewer, state).map(({ code, name, town }) => [
    code,
    name,
    town,
    state.hypothesis,
    ...names.map((column) => estimates.columns[column]?.values[rowOf.get(code) ?? -1] ?? "nd"),
  ]);
  const head = [columns.code, columns.name, columns.town, columns.hypothesis, ...names];
  return `${[head, ...lines].map((line) => line.map(csvField).join(",")).join("\n")}\n`;
}

const width = 680;
const gap = 18;
const margin = 12;

/** The map that is looked at, as a file of its own: panels on shelves, legend, sources, and the stamp of invented data. */
export function viewSvg(viewer: BundledViewer, state: ViewerState): string {
  const measure = measureOf(viewer, state.measure);
  const values = new Map(areaRows(viewer, { ...state, town: "" }).map(({ code, value }) => [code, value]));
  const panels = viewer.panels.filter(({ town }) => state.town === "" || town === state.town);
  const scale = Math.min(
    0.12,
    320 / Math.max(1, ...panels.flatMap(({ widthMetres, heightMetres }) => [widthMetres, heightMetres])),
  );
  const count = measure.classes.labels.length;
  const text = (x: number, y: number, said: string, size = 12, weight = 400): string =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}">${escapeHtml(frenchSpaces(said))}</text>`;
  const parts: string[] = [
    text(0, 18, viewer.title, 15, 700),
    text(0, 36, `${measure.label}. ${viewer.hypothesisTitle} : ${hypothesisOf(viewer, state.hypothesis).label}`),
  ];
  measure.classes.labels.forEach((label, i) => {
    const [x, y] = [(i % 3) * 220, 54 + Math.floor(i / 3) * 20];
    parts.push(
      `<rect x="${x}" y="${y - 10}" width="14" height="12" fill="${fillOf(i, count)}" stroke="#3A3A3A"/>`,
      text(x + 20, y, label),
    );
  });
  const rest = 54 + Math.ceil(count / 3) * 20;
  parts.push(
    `<rect y="${rest - 10}" width="14" height="12" fill="url(#legende)" stroke="#3A3A3A"/>`,
    text(20, rest, "sans valeur diffusée"),
  );
  let [x, y, shelf] = [0, rest + 26, 0];
  for (const { town, widthMetres, heightMetres, shapes, ground } of panels) {
    const wide = Math.max(widthMetres * scale, town.length * 6.2);
    if (x > 0 && x + wide > width) [x, y, shelf] = [0, y + shelf + gap + 14, 0];
    const drawn = shapes
      .map(({ code, path }) => {
        const fill = classOf(viewer, measure, values.get(code) ?? null);
        return `<path d="${path}" fill="${fill < 0 ? "url(#h)" : fillOf(fill, count)}" stroke="#3A3A3A" stroke-width="${Math.round(0.7 / scale)}"/>`;
      })
      .join("");
    parts.push(
      text(Math.round(x), Math.round(y), town, 11),
      `<svg x="${Math.round(x)}" y="${Math.round(y + 4)}" width="${Math.round(widthMetres * scale)}" height="${Math.round(heightMetres * scale)}" viewBox="0 0 ${widthMetres} ${heightMetres}">${ground === null ? "" : `<path d="${ground}" fill="${groundFill}"/>`}${drawn}</svg>`,
    );
    x += wide + gap;
    shelf = Math.max(shelf, heightMetres * scale);
  }
  const kilometre = Math.round(1000 * scale);
  const under = Math.round(y + shelf + 32);
  parts.push(
    `<path d="M0 ${under - 4}V${under}H${kilometre}V${under - 4}" fill="none" stroke="#1B1B1B" stroke-width="1.5"/>`,
    text(kilometre + 8, under, "1 km ; nord en haut", 11),
  );
  const foot = under + 26;
  const stamp = viewer.synthetic
    ? text(0, foot + 18, "SYNTHÉTIQUE : données inventées, territoire imaginaire", 11, 600)
    : "";
  const height = foot + 30;
  const hatches = (id: string, turn: string): string =>
    `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)${turn}"><rect width="6" height="6" fill="#fff"/><path d="M0 0V6" stroke="#6B6B6B" stroke-width="2"/></pattern>`;
  const frame = `width="${width + 2 * margin}" height="${height + margin}" viewBox="${-margin} 0 ${width + 2 * margin} ${height + margin}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${frame} font-family="'Source Sans 3', sans-serif" fill="#1B1B1B"><defs>${hatches("h", ` scale(${Number((1 / scale).toPrecision(3))})`)}${hatches("legende", "")}</defs><rect x="${-margin}" width="100%" height="100%" fill="#fff"/>${parts.join("")}${text(0, foot, `Source : ${viewer.source}. ${viewer.licence}.`, 10)}${stamp}</svg>\n`;
}

const fillOf = (index: number, count: number): string =>
  classFills[count < 2 ? 2 : Math.round((index * 4) / (count - 1))] ?? "#41b6c4";
