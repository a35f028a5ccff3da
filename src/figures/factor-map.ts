import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { blockColour, clickParam, diamond, factorKey } from "./factor-map-key.ts";
import { ellipseLayers, ellipsesOf, joinedLayers, joinedPaths, outlinesOf, segmentsOf } from "./factor-map-lines.ts";
import { factorNames, radiusOf } from "./factor-map-names.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { gapLegend, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { type FactorAxis, factorAxisTitle, type PlaneFrame, planeFrame } from "./plane-frame.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { type SeriesStyle, seriesStyles } from "./series-style.ts";
import { finishSpec } from "./theme.ts";

export interface FactorMapOptions extends FigureText {
  /** Text column: the name of a category as it is drawn: "Cinéma", "Cinéma : non", "15-24 ans". */
  readonly name: string;
  /** Text column: the variable it belongs to. */
  readonly variable: string;
  /** Text column of the colours, six at most (blocks of variables); by default the variables. */
  readonly block?: string;
  /** Text column: "active" for a category that made the axes; anything else is supplementary, and is drawn as a diamond. */
  readonly role: string;
  /** Coordinates on the two axes. */
  readonly x: string;
  readonly y: string;
  /** Contribution or weight: area of the active points. */
  readonly size: string;
  readonly axes: readonly [x: FactorAxis, y: FactorAxis];
  /** Confidence ellipses: half axes in the unit of the coordinates, and angle of the first from axis x, anticlockwise ("degrés" by its unit, radians otherwise). `nd` where none is drawn. */
  readonly ellipse?: { readonly major: string; readonly minor: string; readonly angle: string; readonly level: number };
  /** Variables whose levels are ordered, as their rows are, and joined by a thin line: age, diploma. */
  readonly joined?: readonly string[];
  /** Categories left without a name on the drawing: the "non" of a yes/no practice. */
  readonly unnamed?: readonly string[];
  /** On the site, a click on a point or an entry of the key leaves its variable or its block in colour and fades the others. */
  readonly linked?: boolean;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * Factor map of a correspondence analysis: the categories on a plane of two axes at one scale, since distances are what is read. Active categories are dots whose area is their
 * contribution, supplementary ones are hollow diamonds; ordered levels are joined; names never cover each other, and one that finds no room stays in the tooltip and the
 * data. Axes cross at zero, and each says how much inertia it holds by which rate.
 *
 * @throws QuartiersError when two rows are one category of one variable, or with more than six blocks
 */
export function factorMap(data: Released, options: FactorMapOptions): Figure {
  const { name, variable, block = variable, role, x, y, size, axes, ellipse, joined = [], linked = false } = options;
  const { id, title, subtitle, alt, champ, lecture, unnamed = [], parameters = {} } = options;
  assertReleased(data, `La figure « ${id} »`);
  const [names, variables, blocks] = [name, variable, block].map((field) => texts(data, field).values);
  refuseDoubles(
    names.map((own, i) => `${variables[i]}, ${own}`),
    id,
  );
  const styles = seriesStyles([...new Set(blocks)], id);
  const styleOf = (row: number): SeriesStyle => styles.find((style) => style.name === blocks[row]) ?? styles[0];
  const [xs, ys, sizes] = [x, y, size].map((field) => numbers(data, field).values);
  const [gapsX, gapsY] = [gapsOf(data, x), gapsOf(data, y)];
  const gaps = gapsX.map((gap, i) => gap ?? gapsY[i]);
  const isActive = texts(data, role).values.map((own) => own === "active");
  const largest = Math.max(...sizes.filter((own, i) => isActive[i] && Number.isFinite(own)), 0);
  const fields = [...new Set([name, variable, block, role, x, y, size])];
  if (ellipse) fields.push(ellipse.major, ellipse.minor, ellipse.angle);
  refuseLayoutNames(fields, id);
  const drawn = drawnRows(data, fields).map((drawnRow, i) => ({
    ...drawnRow,
    texte: gaps[i] ?? wordsOf(data, { x, y, size }, i, isActive[i]),
  }));
  const rowsWhere = (keep: (i: number) => boolean): readonly number[] =>
    names.map((_, i) => i).filter((i) => gaps[i] === null && keep(i));
  const shown = rowsWhere(() => true);
  const ellipses = ellipse ? ellipsesOf(data, { x, y, ...ellipse }) : [];
  const frame = planeFrame([...shown.map((i) => [xs[i], ys[i]] as const), ...ellipses.flatMap((own) => own ?? [])]);
  const points = shown.map((i) => {
    const [px, py] = frame.toPage(xs[i], ys[i]);
    return {
      x: px,
      y: py,
      radius: isActive[i] ? radiusOf(sizes[i], largest) : 5,
      name: unnamed.includes(names[i]) ? "" : names[i],
      ink: styleOf(i).ink,
      active: isActive[i],
    };
  });
  const paths = joinedPaths(joined, {
    frame,
    variables,
    placeOf: (i) => (gaps[i] === null ? [xs[i], ys[i]] : null),
  });
  const { layers: nameLayers, left } = factorNames(points, frame, [
    ...segmentsOf(paths),
    ...outlinesOf(ellipses, frame),
  ]);
  const key = factorKey({
    block,
    styles,
    width: frame.width,
    size: numbers(data, size).label.toLowerCase(),
    supplementary: isActive.includes(false),
    joined: joined.length > 0,
    ellipse: ellipse?.level ?? null,
    linked,
  });
  const spec = finishSpec(
    {
      width: frame.width,
      height: frame.height,
      datasets: {
        drawn,
        active: rowsWhere((i) => isActive[i]).map((i) => drawn[i]),
        supplementary: rowsWhere((i) => !isActive[i]).map((i) => drawn[i]),
      },
      layer: [
        ...zeroLines(frame),
        ...ellipseLayers(ellipses, { frame, styleOf }),
        ...joinedLayers(paths, styleOf),
        ...dotLayers(data, { name, variable, block, x, y, size, axes, linked }, { frame, styles, largest }),
        ...nameLayers,
        ...key,
        ...notesUnder(gaps, left, frame),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: fields,
    spec,
    parameters: { ...parameters, ...(ellipse ? { niveauEllipses: ellipse.level } : {}) },
  });
}

/** "(0,42 ; −1,10) ; contribution : 7,1 %". */
function wordsOf(
  data: Released,
  { x, y, size }: { readonly x: string; readonly y: string; readonly size: string },
  i: number,
  active: boolean,
): string {
  const place = [x, y].map((field) => frenchNumber(numbers(data, field).values[i], { decimals: 2 })).join("\u202f; ");
  const { label, unit, values } = numbers(data, size);
  if (!active || !Number.isFinite(values[i])) return `(${place})`;
  const amount = frenchNumber(values[i], { decimals: 1, ...(unit ? { unit } : {}) });
  return `(${place})\u202f; ${label.toLowerCase()}\u00a0: ${amount}`;
}

/** The axes of the plane, where both are zero. */
function zeroLines({ width, height, toPage }: PlaneFrame): readonly Layer[] {
  const [x, y] = toPage(0, 0);
  return [
    linesAt(
      [
        { x, y: 0, x2: x, y2: height },
        { x: 0, y, x2: width, y2: y },
      ],
      { color: "#767676", strokeWidth: 1 },
    ),
  ];
}

type DotOptions = Required<
  Pick<FactorMapOptions, "name" | "variable" | "block" | "x" | "y" | "size" | "axes" | "linked">
>;

function dotLayers(
  data: Released,
  { name, variable, block, x, y, size, axes, linked }: DotOptions,
  {
    frame,
    styles,
    largest,
  }: { readonly frame: PlaneFrame; readonly styles: readonly SeriesStyle[]; readonly largest: number },
): readonly Layer[] {
  const axis = (of: "x" | "y", field: string, title: string): Layer => ({
    field,
    type: "quantitative",
    scale: frame.axes[of].scale,
    axis: { title, values: frame.axes[of].values, format: `,.${frame.decimals}f`, grid: true, gridColor: "#F0F0F0" },
  });
  // What is chosen on the site; on paper all is.
  const chosen = { test: { and: [{ param: "bloc" }, { param: "variable" }] }, value: 1 };
  const encoding = {
    x: axis("x", x, factorAxisTitle(axes[0])),
    y: axis("y", y, factorAxisTitle(axes[1])),
    tooltip: [
      { field: name, type: "nominal", title: column(data, name).label },
      { field: variable, type: "nominal", title: column(data, variable).label },
      { field: "texte", type: "nominal", title: "Coordonnées" },
    ],
    ...(linked ? { opacity: { condition: chosen, value: 0.12 } } : {}),
  };
  const area = { type: "linear", domain: [0, largest || 1], range: [16, 4 * radiusOf(1, 1) ** 2], clamp: true };
  const dot = { type: "point", filled: true, ...(linked ? {} : { opacity: 1 }) };
  return [
    {
      data: { name: "active" },
      ...(linked ? { name: "active", params: [clickParam("variable", variable)] } : {}),
      mark: { ...dot, stroke: "white", strokeWidth: 0.8 },
      encoding: {
        ...encoding,
        fill: blockColour(block, styles),
        size: { field: size, type: "quantitative", scale: area, legend: null },
      },
    },
    {
      data: { name: "supplementary" },
      ...(linked ? { name: "supplementary" } : {}),
      mark: { ...dot, ...diamond },
      encoding: { ...encoding, stroke: blockColour(block, styles) },
    },
  ];
}

/** What has no point, and what has no name. */
function notesUnder(gaps: readonly (string | null)[], left: number, { width, height }: PlaneFrame): readonly Layer[] {
  const absent = gapLegend(gaps).map((why) => `${gaps.filter((gap) => gap === why).length} ${why}`);
  const notes = [
    ...(absent.length > 0 ? [`sans point\u00a0: ${absent.join(", ")}`] : []),
    ...(left > 0 ? [`sans place pour leur nom\u00a0: ${left}`] : []),
  ];
  if (notes.length === 0) return [];
  return [
    wordsAt([{ x: width - 2, y: height - 8, label: notes.join("\u202f; ") }], {
      align: "right",
      size: 11,
      italic: true,
      colour: "#555555",
    }),
  ];
}
