import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { gapsOf } from "./gaps.ts";
import { type Box, placeLabels } from "./label-places.ts";
import { drawnRows, isSynthetic } from "./rows.ts";
import { roughWidth } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain } from "./value-axis.ts";

export interface NormalPlotOptions extends FigureText {
  /** Text column naming each point; the points outside the band are named on the drawing, the others in their tooltip. */
  readonly name: string;
  /** Standardised values: residuals, effects of areas. */
  readonly observed: string;
  /** What they would be if they were normal (`normalScores`), and the bounds of that. */
  readonly expected: string;
  readonly low: string;
  readonly high: string;
  /** Text column of the panels ("Résidus", "Effets des territoires"), two at most. */
  readonly facet?: string;
  readonly expectedTitle?: string;
  readonly observedTitle: string;
  /** Points named at most, the farthest from the line first. */
  readonly mostNames?: number;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const side = 250;

/**
 * Quantile-quantile plot against the normal law, with its band: points on the diagonal are as they would be; those out of the band are named and drawn as orange
 * squares. The band is pointwise: about a tenth of the points of a truly normal sample leave one of 90 %. A diagnostic of a model: a point is an area.
 *
 * @throws QuartiersError with more than two panels
 */
export function normalPlot(data: Released, options: NormalPlotOptions): Figure {
  const {
    name,
    observed,
    expected,
    low,
    high,
    facet,
    observedTitle,
    mostNames = 5,
    parameters = {},
    ...rest
  } = options;
  const { expectedTitle = "Valeur attendue sous la loi normale", ...text } = rest;
  assertReleased(data, `La figure « ${text.id} »`);
  const blocks = facet ? [...new Set(texts(data, facet).values)] : [""];
  if (blocks.length > 2)
    throw new QuartiersError({
      what: `La figure « ${text.id} » a trop de panneaux pour être lue`,
      value: `${blocks.length} panneaux`,
      expected: "deux panneaux au plus",
    });
  const fields = [name, ...(facet ? [facet] : []), observed, expected, low, high];
  const values = Object.fromEntries(
    [observed, expected, low, high].map((field) => [field, numbers(data, field).values]),
  );
  const at = (field: string, i: number): number => values[field]?.[i] ?? Number.NaN;
  const gaps = gapsOf(data, observed);
  const isOut = (i: number): boolean => at(observed, i) < at(low, i) || at(observed, i) > at(high, i);
  const drawn = drawnRows(data, fields).map((row, i) => ({
    ...row,
    classe: isOut(i) ? "hors de la bande" : "dans la bande",
    texte:
      gaps[i] ??
      `${frenchNumber(at(observed, i), { decimals: 2 })}, attendu ${frenchNumber(at(expected, i), { decimals: 2 })}`,
  }));
  const scale = linearDomain([...Object.values(values).flatMap((own) => [...own])], { count: 6 });
  const panels = blocks.map((block) => {
    const rows = drawn.map((_, i) => i).filter((i) => !facet || texts(data, facet).values[i] === block);
    const shown = rows.filter((i) => gaps[i] === null);
    const place = (i: number): { x: number; y: number } => ({
      x: scale.fraction(at(expected, i)) * side,
      y: (1 - scale.fraction(at(observed, i))) * side,
    });
    const far = (i: number): number => Math.abs(at(observed, i) - at(expected, i));
    const named = shown
      .filter(isOut)
      .sort((a, b) => far(b) - far(a))
      .slice(0, mostNames);
    return {
      rows: rows.map((i) => drawn[i]),
      missing: rows.length - shown.length,
      why: [...new Set(rows.flatMap((i) => gaps[i] ?? []))].join(", "),
      band: [...shown].sort((a, b) => at(expected, a) - at(expected, b)).map((i) => drawn[i]),
      names: named.map((i) => ({ ...place(i), name: texts(data, name).values[i] ?? "" })),
      taken: shown.map(place),
      block,
    };
  });
  const layers = (panel: (typeof panels)[number], dataset: string): readonly Record<string, unknown>[] => {
    const x = {
      field: expected,
      type: "quantitative",
      scale: scale.scale,
      axis: { title: expectedTitle, values: scale.ticks, format: ",~f" },
    };
    const y = (field: string): Record<string, unknown> => ({
      field,
      type: "quantitative",
      scale: scale.scale,
      axis: { title: observedTitle, values: scale.ticks, format: ",~f" },
    });
    const classes = ["dans la bande", "hors de la bande"];
    const tooltip = [
      { field: name, type: "nominal", title: column(data, name).label },
      { field: "texte", type: "nominal", title: observedTitle },
    ];
    return [
      {
        data: { name: `${dataset}Band` },
        mark: { type: "area", color: "#DCE6EE", opacity: 1, invalid: "filter" },
        encoding: { x, y: y(low), y2: { field: high } },
      },
      {
        data: { values: [{ x: 0, y: side, x2: side, y2: 0 }] },
        mark: { type: "rule", color: "#555555", strokeWidth: 1.2 },
        encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
      },
      {
        data: { name: dataset },
        mark: { type: "point", filled: true, size: 34, opacity: 1, stroke: "white", strokeWidth: 0.5 },
        encoding: {
          x,
          y: y(observed),
          color: {
            field: "classe",
            type: "nominal",
            scale: { domain: classes, range: [palette.blue, palette.vermilion] },
            legend: null,
          },
          shape: {
            field: "classe",
            type: "nominal",
            scale: { domain: classes, range: ["circle", "square"] },
            legend: null,
          },
          tooltip,
        },
      },
      ...nameLayers(panel.names, panel.taken),
      ...captions(panel),
    ];
  };
  const datasets: Record<string, unknown> = { drawn };
  for (const [k, panel] of panels.entries()) {
    datasets[`panel${k}`] = panel.rows;
    datasets[`panel${k}Band`] = panel.band;
  }
  const bodies = panels.map((panel, k) => ({ width: side, height: side, layer: layers(panel, `panel${k}`) }));
  const spec = finishSpec(
    { datasets, ...(bodies.length === 1 ? bodies[0] : { hconcat: bodies, spacing: 34 }) },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: fields, spec, parameters });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Names beside their points, off the other points and the diagonal. */
function nameLayers(
  names: readonly (Place & { readonly name: string })[],
  points: readonly Place[],
): readonly Record<string, unknown>[] {
  const around = ({ x, y }: Place, half: number): Box => ({
    left: x - half,
    right: x + half,
    top: y - half,
    bottom: y + half,
  });
  const diagonal = Array.from({ length: 32 }, (_, k) => around({ x: (k * side) / 31, y: side - (k * side) / 31 }, 4));
  const places = placeLabels(
    names.map(({ x, y, name }) => ({ x, y, width: roughWidth(name, 11), height: 13 })),
    { left: 0, right: side, top: 16, bottom: side },
    { avoid: [...points.map((point) => around(point, 3)), ...diagonal] },
  );
  return names.map(({ name }, i) => ({
    data: { values: [tidyRow({ x: places[i].left, y: places[i].middle, label: name })] },
    mark: { type: "text", align: "left", baseline: "middle", fontSize: 11, color: "#7A3300" },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  }));
}

/** The panel's name above it, and how many points it lacks. */
function captions({
  block,
  missing,
  why,
}: {
  readonly block: string;
  readonly missing: number;
  readonly why: string;
}): readonly Record<string, unknown>[] {
  const words = (y: number, x: number, label: string, weight: number): Record<string, unknown> => ({
    data: { values: [{ x, y, label }] },
    mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, fontWeight: weight },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  });
  return [
    ...(block === "" ? [] : [words(-12, 0, block, 600)]),
    ...(missing === 0 ? [] : [words(8, 5, `${frenchNumber(missing)} sans point\u00a0: ${why}`, 400)]),
  ];
}
