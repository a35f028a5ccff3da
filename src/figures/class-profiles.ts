import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { dotsAt, type KeyEntry, keyAbove, type Layer, lineNames, linesAt, wordsAt } from "./pixel-marks.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { seriesStyles } from "./series-style.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec } from "./theme.ts";
import { valueWriter } from "./value-axis.ts";

export interface ClassProfilesOptions extends FigureText {
  /** Text column of the classes, one panel each, in the order of the table; six at most. */
  readonly group: string;
  /** Text column of the practices, one line each. */
  readonly row: string;
  /** Share of the class who does it, 0 to 1 (unit "part"). */
  readonly inClass: string;
  /** Share of all, the same for each class. */
  readonly overall: string;
  /** v-test of the difference: what orders the lines, and tells which differences are named. */
  readonly vTest: string;
  /** A v-test beyond this, in size, is drawn filled; 1.96 by default. */
  readonly distinct?: number;
  /** The class whose v-tests order the lines, the highest first; the first by default. "table" keeps the order of the rows. */
  readonly orderBy?: string;
  readonly overallName?: string;
  readonly axisTitle: string;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const nameRoom = 138;
const page = 640;
const between = 16;
const step = 20;

/**
 * Profiles of classes: a panel a class, a line a practice, from the share of all (an upright stroke, the same in all panels) to the share of the class (a dot). Filled
 * where the v-test says that the class differs, hollow elsewhere; lines are in the order of the v-tests of one class, the same in all panels so that they are read across.
 *
 * @throws QuartiersError when two rows are one practice of one class, when a share is not from 0 to 1, when a practice has two shares of all, or with more than six
 * classes
 */
export function classProfiles(data: Released, options: ClassProfilesOptions): Figure {
  const { group, row, inClass, overall, vTest, distinct = 1.96, overallName = "ensemble", axisTitle } = options;
  const { id, title, subtitle, alt, champ, lecture, gapWords, parameters = {} } = options;
  assertReleased(data, `La figure « ${id} »`);
  const [groups, rows] = [group, row].map((field) => texts(data, field).values);
  refuseDoubles(
    rows.map((own, i) => `${groups[i]}, ${own}`),
    id,
  );
  checkShares(data, options);
  const styles = seriesStyles([...new Set(groups)], id);
  const [shares, alls, tests] = [inClass, overall, vTest].map((field) => numbers(data, field).values);
  const gaps = gapsOf(data, inClass, gapWords);
  const lines = orderedLines(data, options);
  const panel = (page - nameRoom - between * (styles.length - 1)) / styles.length;
  const plot = Math.min(170, panel);
  const leftOf = (name: string): number => styles.findIndex((style) => style.name === name) * (plot + between);
  const broken = lines.map((line) => wrapWords(line, nameRoom - 8, 12));
  const tall = broken.map(({ length }) => Math.max(step, length * 14 + 4));
  const tops = tall.map((_, k) => tall.slice(0, k).reduce((sum, own) => sum + own, 0));
  const height = tall.reduce((sum, own) => sum + own, 0);
  const middle = (line: string): number => tops[lines.indexOf(line)] + tall[lines.indexOf(line)] / 2;
  const writer = valueWriter(data, inClass, 0);
  const isDistinct = (i: number): boolean => Math.abs(tests[i]) >= distinct;
  const fields = [group, row, inClass, overall, vTest];
  refuseLayoutNames(fields, id);
  const drawn = drawnRows(data, fields).map((drawnRow, i) => {
    const left = leftOf(groups[i]);
    const [own, all] = [shares[i], alls[i]].map((share) => left + (Number.isFinite(share) ? share : 0) * plot);
    return {
      ...drawnRow,
      ...tidyRow({ x: own, x2: all, y: middle(rows[i]) }),
      texte:
        gaps[i] ??
        `${writer.write(shares[i])}, ${overallName} ${writer.write(alls[i])}\u202f; v-test ${frenchNumber(tests[i], { decimals: 1, signed: true })}`,
    };
  });
  const shown = drawn.map((_, i) => i).filter((i) => gaps[i] === null);
  const width = styles.length * plot + (styles.length - 1) * between;
  const colour = {
    field: group,
    type: "nominal",
    scale: { domain: styles.map(({ name }) => name), range: styles.map((style) => style.colour) },
    legend: null,
  };
  const tooltip = [
    { field: group, type: "nominal", title: column(data, group).label },
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const place = { x: pixel("x"), y: pixel("y") };
  const dot = { type: "point", filled: true, opacity: 1, size: 62, strokeWidth: 1.5 };
  const headings = styles.map(({ name }) => wrapWords(name, plot + 4, 12));
  const headRoom = Math.max(...headings.map(({ length }) => length)) * 14;
  const spec = finishSpec(
    {
      width,
      height,
      datasets: {
        drawn,
        shown: shown.map((i) => drawn[i]),
        apart: shown.filter(isDistinct).map((i) => drawn[i]),
        near: shown.filter((i) => !isDistinct(i)).map((i) => drawn[i]),
      },
      layer: [
        ...styles.flatMap(({ name }) => shareGrid(leftOf(name), plot, height)),
        linesAt(
          lines.map((line) => ({ x: 0, y: middle(line), x2: width, y2: middle(line) })),
          { color: "#EFEFEF" },
        ),
        {
          data: { name: "shown" },
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { ...place, x2: { field: "x2" }, color: colour, tooltip },
        },
        {
          data: { name: "shown" },
          mark: { type: "tick", orient: "vertical", thickness: 2, height: 11, color: "#555555" },
          encoding: { x: pixel("x2"), y: pixel("y") },
        },
        { data: { name: "near" }, mark: { ...dot, fill: "white" }, encoding: { ...place, stroke: colour, tooltip } },
        { data: { name: "apart" }, mark: dot, encoding: { ...place, fill: colour, stroke: colour, tooltip } },
        wordsAt(
          drawn.flatMap((_, i) => {
            const why = gaps[i];
            return why === null ? [] : [{ x: leftOf(groups[i]) + 3, y: middle(rows[i]), label: why }];
          }),
          { size: 11, italic: true, colour: "#555555" },
        ),
        ...lineNames(lines.map((line, k) => ({ y: middle(line), lines: broken[k] }))),
        ...styles.map(({ name, ink }, k) =>
          wordsAt([{ x: leftOf(name), y: -6 - (headings[k].length * 14) / 2, label: headings[k].join("\n") }], {
            weight: 600,
            colour: ink,
          }),
        ),
        wordsAt([{ x: width / 2, y: height + 32, label: axisTitle }], { align: "center" }),
        ...keyAbove(keyOf(overallName), { left: -nameRoom, width: page, bottom: -headRoom - 22 }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: fields,
    spec,
    parameters: { ...parameters, seuilVTest: distinct },
  });
}

/** 0, 50 and 100 % of a panel. */
const shareGrid = (left: number, plot: number, height: number): readonly Layer[] => [
  linesAt(
    [0, 0.5, 1].map((share) => ({ x: left + share * plot, y: 0, x2: left + share * plot, y2: height })),
    { color: "#D9D9D9" },
  ),
  ...([0, 0.5, 1] as const).map((share) =>
    wordsAt([{ x: left + share * plot, y: height + 12, label: share === 1 ? "100\u202f%" : String(share * 100) }], {
      align: share === 0 ? "left" : share === 1 ? "right" : "center",
      size: 11,
    }),
  ),
];

function keyOf(overallName: string): readonly KeyEntry[] {
  const grey = "#555555";
  return [
    {
      label: `part de la classe`,
      sign: (x, y) => [dotsAt([{ x, y }], { fill: grey, stroke: grey, size: 62 })],
    },
    {
      label: "sans écart assuré",
      sign: (x, y) => [dotsAt([{ x, y }], { fill: "white", stroke: grey, strokeWidth: 1.5, size: 62 })],
    },
    {
      label: overallName,
      sign: (x, y) => [linesAt([{ x, y: y - 6, x2: x, y2: y + 6 }], { color: grey, strokeWidth: 2 })],
    },
  ];
}

function orderedLines(data: Released, { group, row, vTest, orderBy, id }: ClassProfilesOptions): readonly string[] {
  const [groups, rows] = [group, row].map((field) => texts(data, field).values);
  const lines = [...new Set(rows)];
  if (orderBy === "table") return lines;
  const leader = orderBy ?? groups[0];
  if (!groups.includes(leader))
    throw new QuartiersError({
      what: `La figure « ${id} » range ses lignes d'après une classe inconnue`,
      value: leader,
      expected: [...new Set(groups)].join(", "),
    });
  const tests = numbers(data, vTest).values;
  const testOf = new Map(rows.flatMap((line, i) => (groups[i] === leader ? [[line, tests[i]] as const] : [])));
  const rank = (line: string): number => {
    const own = testOf.get(line) ?? Number.NaN;
    return Number.isNaN(own) ? Number.NEGATIVE_INFINITY : own;
  };
  return lines.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
}

function checkShares(data: Released, { row, inClass, overall, id }: ClassProfilesOptions): void {
  for (const field of [inClass, overall])
    if (numbers(data, field).values.some((share) => share < 0 || share > 1))
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit des parts hors de 0 à 1`,
        value: column(data, field).label,
        expected: "des parts entre 0 et 1",
        remedy: "diviser par 100 s'il s'agit de pourcentages",
      });
  const seen = new Map<string, number>();
  const alls = numbers(data, overall).values;
  for (const [i, line] of texts(data, row).values.entries()) {
    const before = seen.get(line);
    if (before !== undefined && Math.abs(before - alls[i]) > 1e-9)
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit deux parts de l'ensemble pour une pratique`,
        value: line,
        expected: "la même sur les lignes de toutes les classes",
      });
    if (Number.isFinite(alls[i])) seen.set(line, alls[i]);
  }
}
