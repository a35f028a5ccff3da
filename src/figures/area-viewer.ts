import { numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { checkAreas, checkContributions, checkEstimates } from "./area-viewer-checks.ts";
import { type TownPanel, townPanels } from "./area-viewer-map.ts";
import { roundedQuantileClasses } from "./classes.ts";
import { type FigureText, figure } from "./figure.ts";
import type { PlacedShape } from "./neighbourhood-map.ts";
import { isSynthetic } from "./rows.ts";

/** One position of the slider: a date of the law, or a choice of the model. */
export interface ViewerHypothesis {
  /** As in the table: "2024", "sans-rang". */
  readonly id: string;
  readonly label: string;
}

/** What a reader can look at: a column of the estimates, its interval, and the interval of its rank. */
export interface ViewerMeasure {
  readonly id: string;
  /** French, as a noun phrase: "Part des personnes qui ont droit à la C2S". */
  readonly label: string;
  /** Columns of `estimates`. A column of unit "part" is printed in %. */
  readonly value: string;
  readonly low: string;
  readonly high: string;
  /**
   * Columns of the rank interval (1 is the highest value) and, when there is one, of the probability to be among the highest, by which the list is ordered.
   * Without ranks the list is in the order of the alphabet: values alone never rank areas.
   */
  readonly rank?: { readonly low: string; readonly high: string; readonly probability?: string };
  /** 1 when absent. */
  readonly decimals?: number;
  /** No class of the map narrower than this, in the unit that is printed (points of % for a column of unit "part"), as in `neighbourhoodMap`. */
  readonly leastWidth?: number;
  /** Why values may be missing, as a French sentence for the page. */
  readonly absence?: string;
}

/** Contributions that add up to the gap between an area and a reference. */
export interface ViewerExplanation {
  /** Long: one row an area and a factor (and a hypothesis, when `hypothesis` is named). */
  readonly data: Released;
  readonly code: string;
  readonly factor: string;
  /** Column of contributions, in the unit of `base` and `level`. */
  readonly contribution: string;
  /** Columns of the reference's level and of the area's, repeated on each row of the area: base + contributions = level. */
  readonly base: string;
  readonly level: string;
  /** Column of hypotheses, for contributions that change with the slider. */
  readonly hypothesis?: string;
  /** What is explained, as a noun phrase: "Part des personnes qui ont droit à la C2S". */
  readonly label: string;
  /** What areas are compared with: "ensemble des 105 quartiers". */
  readonly reference: string;
  readonly decimals?: number;
}

export interface AreaViewerOptions extends Omit<FigureText, "alt"> {
  /** One row an area. */
  readonly areas: Released;
  /** Long: one row a hypothesis and an area. */
  readonly estimates: Released;
  /** Names of columns: `hypothesis` and `code` in the estimates, `code`, `name` and `town` in the areas. */
  readonly hypothesis: string;
  readonly code: string;
  readonly name: string;
  readonly town: string;
  readonly measures: readonly ViewerMeasure[];
  /** In the order of the slider. */
  readonly hypotheses: readonly ViewerHypothesis[];
  /** What the slider changes: "Date de la loi". */
  readonly hypothesisTitle: string;
  /** Position at opening; the first when absent. */
  readonly opening?: string;
  /** "à 90 %": the level of all intervals. */
  readonly interval: string;
  readonly perimeters: readonly PlacedShape[];
  /** Outlines of communes, drawn behind the areas of the town of the same `group`. */
  readonly communes?: readonly PlacedShape[];
  readonly explanation?: ViewerExplanation;
  /** Offers the household calculator of the C2S. */
  readonly calculator?: boolean;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * Classes of a measure: those of the values at the opening position, as `neighbourhoodMap` makes them of the same values, and kept at every other position so that maps
 * can be compared.
 */
export interface MeasureClasses {
  readonly bounds: readonly number[];
  readonly labels: readonly string[];
}

/** A page of the site where areas are looked at one by one. A value, as a figure is: the book makes the page. */
export interface AreaViewer extends FigureText {
  readonly kind: "viewer";
  readonly source: string;
  readonly licence: string;
  readonly vintage: string;
  readonly synthetic: boolean;
  readonly areas: Released;
  readonly estimates: Released;
  readonly columns: {
    readonly hypothesis: string;
    readonly code: string;
    readonly name: string;
    readonly town: string;
  };
  readonly measures: readonly (ViewerMeasure & { readonly classes: MeasureClasses })[];
  readonly hypotheses: readonly ViewerHypothesis[];
  readonly hypothesisTitle: string;
  readonly opening: string;
  readonly interval: string;
  readonly panels: readonly TownPanel[];
  readonly explanation: ViewerExplanation | null;
  readonly calculator: boolean;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/**
 * Makes the viewer of areas: map, ranked list with intervals, explanation of each area, calculator of the C2S. Takes released tables and refuses anything else; refuses a
 * hypothesis or an area without its row, an interval that does not hold its value, and contributions that do not add up. Areas without a perimeter are listed, not drawn.
 */
export function areaViewer(options: AreaViewerOptions): AreaViewer {
  const { id, areas, estimates, measures, hypotheses, perimeters, communes = [], explanation = null } = options;
  const { hypothesis, code, name, town } = options;
  for (const table of [areas, estimates, ...(explanation ? [explanation.data] : [])])
    assertReleased(table, `La visionneuse « ${id} »`);
  const alt = `Carte des ${areas.numRows} quartiers, ville par ville et à la même échelle, puis la liste des mêmes quartiers avec leur valeur, leur intervalle et leur rang.`;
  const { title, subtitle, champ, lecture } = options;
  const { source, licence, vintage } = figure({ id, title, subtitle, champ, lecture, alt, data: estimates });
  checkAreas(options);
  checkEstimates(options);
  if (explanation) checkContributions(options, explanation);
  return Object.freeze({
    kind: "viewer",
    id,
    title,
    subtitle,
    champ,
    lecture,
    alt,
    source,
    licence,
    vintage,
    synthetic: [areas, estimates, ...(explanation ? [explanation.data] : [])].some(isSynthetic),
    areas,
    estimates,
    columns: { hypothesis, code, name, town },
    measures: measures.map((measure) => ({ ...measure, classes: classesOf(options, measure) })),
    hypotheses,
    hypothesisTitle: options.hypothesisTitle,
    opening: options.opening ?? hypotheses[0]?.id ?? "",
    interval: options.interval,
    panels: townPanels(perimeters, communes),
    explanation,
    calculator: options.calculator ?? false,
    parameters: options.parameters ?? {},
  });
}

function classesOf(
  { estimates, hypothesis, hypotheses, opening = hypotheses[0]?.id }: AreaViewerOptions,
  { value, leastWidth = 0 }: ViewerMeasure,
): MeasureClasses {
  const column = numbers(estimates, value);
  const share = column.unit === "part";
  const positions = texts(estimates, hypothesis).values;
  const values = Array.from(column.values, (v) => (share ? v * 100 : v));
  const opened = values.filter((v, row) => positions[row] === opening && Number.isFinite(v));
  // A measure without a value at the opening has the classes of all positions.
  const { bounds, labels } = roundedQuantileClasses(opened.length > 0 ? opened : values, {
    unit: share ? "%" : column.unit,
    leastWidth,
  });
  return { bounds, labels };
}
