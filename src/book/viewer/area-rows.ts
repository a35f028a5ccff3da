import { frenchNumber } from "../../codes/french.ts";
import type { BundledColumn, BundledTable, BundledViewer } from "../../notebook/bundle.ts";

export type BundledMeasure = BundledViewer["measures"][number];

/** What a reader chose. */
export interface ViewerState {
  readonly measure: string;
  readonly hypothesis: string;
  /** "" for all. */
  readonly town: string;
  readonly area: string;
}

/** One area in the list. Numbers are null where they are missing. */
export interface AreaRow {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Why there is no value, in French; null when there is one. */
  readonly gap: string | null;
  readonly rankLow: number | null;
  readonly rankHigh: number | null;
  readonly probability: number | null;
}

const gapWords: Readonly<Record<string, string>> = {
  s: "non diffusé",
  ns: "non significatif",
  nd: "non disponible",
  Infinity: "hors d’atteinte",
};

const columnOf = ({ columns }: BundledTable, name: string): BundledColumn | undefined => columns[name];
const textAt = (table: BundledTable, name: string, row: number): string =>
  String(columnOf(table, name)?.values[row] ?? "");
const numberAt = (table: BundledTable, name: string | undefined, row: number): number | null => {
  const value = name === undefined ? undefined : columnOf(table, name)?.values[row];
  return typeof value === "number" ? value : null;
};

export const measureOf = ({ measures }: BundledViewer, id: string): BundledMeasure =>
  measures.find((one) => one.id === id) ?? (measures[0] as BundledMeasure);

export const hypothesisOf = ({ hypotheses }: BundledViewer, id: string): { id: string; label: string } =>
  hypotheses.find((one) => one.id === id) ?? (hypotheses[0] as { id: string; label: string });

/** The unit of a measure: "part" is printed in %. */
export const unitOf = ({ estimates }: BundledViewer, { value }: BundledMeasure): string =>
  columnOf(estimates, value)?.unit ?? "";

/** A unit of words ("pour 100 habitants"), said once in the head of a table; "" for % and for no unit. */
export const headUnit = (viewer: BundledViewer, measure: BundledMeasure): string => {
  const unit = unitOf(viewer, measure);
  return unit === "part" || unit === "%" ? "" : unit;
};

/** A value of a measure as a sentence says it, with its unit. */
export function valueText(viewer: BundledViewer, measure: BundledMeasure, value: number): string {
  const unit = headUnit(viewer, measure);
  return unit === "" ? cellText(viewer, measure, value) : `${cellText(viewer, measure, value)}\u00a0${unit}`;
}

/** The same in a table whose head says a unit of words: a % stays beside its number. */
export function cellText(viewer: BundledViewer, measure: BundledMeasure, value: number): string {
  const unit = unitOf(viewer, measure);
  const decimals = measure.decimals ?? 1;
  if (unit === "part") return frenchNumber(value * 100, { decimals, unit: "%" });
  return frenchNumber(value, unit === "%" ? { decimals, unit } : { decimals });
}

/** "12,0 à 15,2\u202f%"; a unit of words is not said again, the value before it has it. */
export function intervalText(viewer: BundledViewer, measure: BundledMeasure, { low, high }: AreaRow): string {
  if (low === null || high === null) return "intervalle non disponible";
  const share = unitOf(viewer, measure) === "part";
  const first = frenchNumber(share ? low * 100 : low, { decimals: measure.decimals ?? 1 });
  return `${first} à ${cellText(viewer, measure, high)}`;
}

/**
 * The rows of the list, in the only order that may be printed: by probability to be among the highest, then by the middle of the rank interval; by town and
 * name where nothing says the ranks. Areas without a rank come last. O(areas log areas).
 */
export function areaRows(
  viewer: BundledViewer,
  { measure: id, hypothesis, town }: Pick<ViewerState, "measure" | "hypothesis" | "town">,
): readonly AreaRow[] {
  const measure = measureOf(viewer, id);
  const { areas, estimates, columns } = viewer;
  const rowOf = new Map<string, number>();
  for (let row = 0; row < estimates.numRows; row++)
    if (textAt(estimates, columns.hypothesis, row) === hypothesis) rowOf.set(textAt(estimates, columns.code, row), row);
  const rows = Array.from({ length: areas.numRows }, (_, area): AreaRow => {
    const code = textAt(areas, columns.code, area);
    const row = rowOf.get(code) ?? -1;
    const value = numberAt(estimates, measure.value, row);
    const reason = String(columnOf(estimates, measure.value)?.values[row] ?? "nd");
    return {
      code,
      name: textAt(areas, columns.name, area),
      town: textAt(areas, columns.town, area),
      value,
      low: numberAt(estimates, measure.low, row),
      high: numberAt(estimates, measure.high, row),
      gap: value === null ? (gapWords[reason] ?? "non disponible") : null,
      rankLow: numberAt(estimates, measure.rank?.low, row),
      rankHigh: numberAt(estimates, measure.rank?.high, row),
      probability: numberAt(estimates, measure.rank?.probability, row),
    };
  });
  const byName = (a: AreaRow, b: AreaRow): number =>
    alphabetical(a.town, b.town) || alphabetical(a.name, b.name) || (a.code < b.code ? -1 : 1);
  const middle = ({ rankLow, rankHigh }: AreaRow): number =>
    rankLow === null || rankHigh === null ? Infinity : rankLow + rankHigh;
  const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
  return rows
    .filter((row) => town === "" || row.town === town)
    .sort(
      (a, b) => order(-(a.probability ?? -1), -(b.probability ?? -1)) || order(middle(a), middle(b)) || byName(a, b),
    );
}

/**
 * What the interval of a rank allows to say. Over half of the areas wide, it allows nothing.
 * @example
 * ```ts
 * [rankWords(3, 3, 40), rankWords(2, 9, 40), rankWords(4, 33, 40)] // [ "rang 3", "rang 2 à 9", "on ne peut pas classer (rang 4 à 33)" ]
 * ```
 */
export function rankWords(low: number | null, high: number | null, areas: number): string {
  if (low === null || high === null) return "sans rang";
  if (low === high) return `rang\u00a0${low}`;
  const said = `rang\u00a0${low}\u00a0à\u00a0${high}`;
  return high - low + 1 > areas / 2 ? `on ne peut pas classer (${said})` : said;
}

/** The class of a value: its place in `labels`, or -1 where there is no value. */
export function classOf(viewer: BundledViewer, measure: BundledMeasure, value: number | null): number {
  if (value === null) return -1;
  const shown = unitOf(viewer, measure) === "part" ? Number((value * 100).toPrecision(12)) : value;
  return measure.classes.bounds.filter((bound) => shown >= bound).length;
}

/**
 * The style of a class: five steps, light to dark, spread over the classes there are.
 * @example
 * ```ts
 * [0, 1, 2].map((index) => classStyle(index, 3)) // [ "classe-0", "classe-2", "classe-4" ]
 * ```
 */
export const classStyle = (index: number, count: number): string =>
  index < 0 ? "sans-valeur" : `classe-${count < 2 ? 2 : Math.round((index * 4) / (count - 1))}`;

/** Order of the alphabet without accents or capitals: made by hand, so that the build and every browser agree. */
function alphabetical(a: string, b: string): number {
  const bare = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const [first, second] = [bare(a), bare(b)];
  return first === second ? (a < b ? -1 : a > b ? 1 : 0) : first < second ? -1 : 1;
}

/** Towns, each once, in the order of the alphabet. */
export const townsOf = ({ areas, columns }: BundledViewer): readonly string[] =>
  [...new Set(columnOf(areas, columns.town)?.values.map(String))].sort(alphabetical);
