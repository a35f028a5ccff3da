import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { gainBars } from "./dendrogram-gains.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { spreadLabels } from "./label-places.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { boxesAt, type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { type SeriesStyle, seriesStyles } from "./series-style.ts";
import { roughWidth, wrapWords } from "./text-room.ts";
import { finishSpec } from "./theme.ts";
import { type LaidTree, layTree } from "./tree-layout.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface DendrogramOptions extends FigureText {
  /** Text column: one row a node, leaves (groups of people cut at the top of the tree) and merges. */
  readonly node: string;
  /** Text column: the node above, "" for the root. */
  readonly parent: string;
  /** Number column: inertia lost by the merge; 0 for a leaf. */
  readonly height: string;
  /** Number column: mass of the node (people, share), drawn as a bar under each leaf. */
  readonly mass: string;
  /** Text column: class of each leaf, six at most; what merges hold is not read. */
  readonly group: string;
  readonly heightTitle: string;
  readonly massTitle: string;
  /** Bars beside the tree: what inertia is gained by each class more, at most so many; 0 for none. */
  readonly mostGains?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 405;
const treeHeight = 290;
const barRoom = 62;
const above = { colour: "#767676", ink: "#555555" };

/**
 * Dendrogram of the top of a tree of classes (Ward 1963), cut by a line: branches under the cut have the colour of their class, which is named under its leaves; a bar under
 * each leaf is its mass. Beside, the gain of inertia of each class more, dark up to the number kept.
 *
 * @throws QuartiersError when the rows are not one tree, or the classes not those of one height of it, or with more than six classes
 */
export function dendrogram(data: Released, options: DendrogramOptions): Figure {
  const { node, parent, height, mass, group, heightTitle, massTitle, mostGains = 10, gapWords } = options;
  const { id, title, subtitle, alt, champ, lecture, parameters = {} } = options;
  assertReleased(data, `La figure « ${id} »`);
  const [names, parents, groups] = [node, parent, group].map((field) => texts(data, field).values);
  refuseDoubles(names, id);
  refuseLayoutNames([node, parent, height, mass, group], id);
  const [heights, masses] = [height, mass].map((field) => numbers(data, field).values);
  const gaps = gapsOf(data, mass, gapWords);
  const hidden = gapsOf(data, height, gapWords);
  const known = hidden.every((gap) => gap === null);
  const tree = layTree(
    names.map((name, i) => ({ name, parent: parents[i], height: known ? heights[i] : 0, group: groups[i] })),
    id,
  );
  const classes = [...new Set(tree.leaves.map((i) => groups[i]))];
  const styles = seriesStyles(classes, id);
  const step = width / tree.leaves.length;
  const domain = linearDomain([...(known ? heights : [])], { zero: true });
  const up = (value: number): number => (1 - domain.fraction(value)) * treeHeight;
  const isLeaf = (i: number): boolean => tree.children[i].length === 0;
  const heaviest = Math.max(...tree.leaves.map((i) => (gaps[i] === null ? masses[i] : 0)), 1e-9);
  const writer = { height: valueWriter(data, height, 3), mass: valueWriter(data, mass) };
  const floor = treeHeight + 8;
  const drawn = drawnRows(data, [node, parent, height, mass, group]).map((drawnRow, i) => {
    const own = isLeaf(i) && gaps[i] === null ? (masses[i] / heaviest) * barRoom : 0;
    const x = tree.across[i] * step;
    const said = `${massTitle}\u00a0: ${gaps[i] ?? writer.mass.write(masses[i])}`;
    return {
      ...drawnRow,
      ...tidyRow({ x: x - step * 0.36, x2: x + step * 0.36, y: floor, y2: floor + own }),
      ...tidyRow({ left: x, top: known ? up(isLeaf(i) ? 0 : heights[i]) : treeHeight }),
      texte: isLeaf(i) ? said : `${hidden[i] ?? writer.height.write(heights[i])}\u202f; ${said}`,
    };
  });
  const tooltip = [
    { field: node, type: "nominal", title: column(data, node).label },
    { field: "texte", type: "nominal", title: heightTitle },
  ];
  const leafGaps = tree.leaves.map((i) => gaps[i]);
  const absent = gapLegend(leafGaps, gapWords).map((why) => `${leafGaps.filter((own) => own === why).length} ${why}`);
  const merges = names.map((_, i) => i).filter((i) => !isLeaf(i));
  const spec = finishSpec(
    {
      width,
      height: treeHeight,
      datasets: {
        drawn,
        leaves: tree.leaves.map((i) => drawn[i]),
        merges: merges.map((i) => drawn[i]),
      },
      layer: [
        ...(known ? heightAxis(domain, up, heightTitle) : [hiddenTree(hidden)]),
        ...(known ? branchLayers(tree, { heights, up, step, styles }) : []),
        ...(known && tree.cut !== null ? cutLine(up(tree.cut), classes.length) : []),
        {
          data: { name: "leaves" },
          mark: { type: "rect", stroke: "#1B1B1B", strokeWidth: 0.4 },
          encoding: {
            ...{ x: pixel("x"), x2: { field: "x2" }, y: pixel("y"), y2: { field: "y2" } },
            fill: {
              field: group,
              type: "nominal",
              scale: { domain: classes, range: styles.map(({ colour }) => colour) },
              legend: null,
            },
            tooltip,
          },
        },
        {
          data: { name: "merges" },
          mark: { type: "point", filled: true, size: known ? 22 : 0, opacity: 1, color: "#333333" },
          encoding: { x: pixel("left"), y: pixel("top"), tooltip },
        },
        wordsAt(
          [{ x: -10, y: floor + barRoom / 2, label: [...wrapWords(massTitle, 60, 11.5), ...absent].join("\n") }],
          {
            align: "right",
            size: 11.5,
          },
        ),
        ...classNames(tree, { groups, styles, step, top: floor + barRoom + 8 }),
        ...(known && mostGains > 0
          ? gainBars(
              merges.map((i) => heights[i]),
              { left: width + 66, kept: classes.length, most: mostGains, write: writer.height.bare },
            )
          : []),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: [node, parent, height, mass, group],
    spec,
    parameters,
  });
}

function heightAxis(
  { ticks }: ReturnType<typeof linearDomain>,
  up: (value: number) => number,
  title: string,
): readonly Layer[] {
  const decimals = Math.max(0, ...ticks.map((tick) => String(tick).split(".")[1]?.length ?? 0));
  return [
    linesAt(
      ticks.map((tick) => ({ x: 0, y: up(tick), x2: width, y2: up(tick) })),
      { color: "#EDEDED" },
    ),
    wordsAt(
      ticks.map((tick) => ({ x: -8, y: up(tick), label: tick.toFixed(Math.min(4, decimals)).replace(".", ",") })),
      { align: "right" },
    ),
    wordsAt([{ x: -60, y: -16, label: title }]),
  ];
}

const hiddenTree = (hidden: readonly (string | null)[]): Layer =>
  wordsAt([{ x: width / 2, y: treeHeight / 2, label: `hauteurs\u00a0: ${hidden.find((gap) => gap !== null)}` }], {
    align: "center",
    italic: true,
    colour: "#555555",
  });

/** Upright and level strokes, in the colour of the class under the cut, grey above. */
function branchLayers(
  tree: LaidTree,
  {
    heights,
    up,
    step,
    styles,
  }: {
    readonly heights: Float64Array;
    readonly up: (value: number) => number;
    readonly step: number;
    readonly styles: readonly SeriesStyle[];
  },
): readonly Layer[] {
  const strokes = new Map<string, { x: number; y: number; x2: number; y2: number }[]>();
  const add = (group: string | null, stroke: { x: number; y: number; x2: number; y2: number }): void => {
    const colour = styles.find(({ name }) => name === group)?.colour ?? above.colour;
    strokes.set(colour, [...(strokes.get(colour) ?? []), stroke]);
  };
  for (const [i, children] of tree.children.entries()) {
    if (children.length === 0) continue;
    const y = up(heights[i]);
    for (const child of children) {
      const x = tree.across[child] * step;
      const foot = up(tree.children[child].length === 0 ? 0 : heights[child]);
      add(tree.group[child], { x, y, x2: x, y2: foot });
      add(tree.group[i], { x, y, x2: tree.across[i] * step, y2: y });
    }
  }
  return [...strokes].map(([color, lines]) => linesAt(lines, { color, strokeWidth: 1.6, strokeCap: "square" }));
}

const cutLine = (y: number, classes: number): readonly Layer[] => [
  linesAt([{ x: -4, y, x2: width, y2: y }], { color: "#1B1B1B", strokeDash: [6, 4], strokeWidth: 1.2 }),
  wordsAt([{ x: width + 4, y, label: `${classes}\u00a0classes` }], { size: 11.5 }),
];

/** A stroke under the leaves of each class and its name, moved aside where names would touch. */
function classNames(
  tree: LaidTree,
  {
    groups,
    styles,
    step,
    top,
  }: {
    readonly groups: readonly string[];
    readonly styles: readonly SeriesStyle[];
    readonly step: number;
    readonly top: number;
  },
): readonly Layer[] {
  const spans = styles.map(({ name }) => {
    const own = tree.leaves.flatMap((i, k) => (groups[i] === name ? [k] : []));
    return { x: Math.min(...own) * step + 2, x2: (Math.max(...own) + 1) * step - 2 };
  });
  const room = Math.max(70, Math.min(150, (width + 60) / styles.length - 10));
  const lines = styles.map(({ name }) => wrapWords(name, room, 12));
  const widths = lines.map((own) => Math.max(...own.map((line) => roughWidth(line, 12))) + 12);
  const middles = spreadLabels(
    spans.map(({ x, x2 }) => (x + x2) / 2),
    widths,
    { low: -50, high: width + 50 },
  );
  return styles.flatMap(({ colour, ink }, k) => [
    boxesAt([{ ...spans[k], y: top, y2: top + 4 }], { fill: colour }),
    wordsAt([{ x: middles[k], y: top + 14 + (lines[k].length * 14) / 2, label: lines[k].join("\n") }], {
      align: "center",
      weight: 600,
      colour: ink,
    }),
  ]);
}
