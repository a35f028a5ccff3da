import { QuartiersError } from "../codes/errors.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { type AlignedPanel, acrossPanel, panelFrames } from "./aligned-panels.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { rankedLayout, rankedNames } from "./ranked-names.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

/** One of the three panels: its column and words. */
export interface SidePanel {
  readonly value: string;
  /** Bounds of the interval; both or neither. */
  readonly low?: string;
  readonly high?: string;
  readonly heading?: string;
  readonly axisTitle: string;
  readonly reference?: { readonly value: number; readonly label: string };
  readonly decimals?: number;
}

export interface SupplyPracticeWishOptions extends FigureText {
  /** Text column: one line a neighbourhood, or a kind of outing. */
  readonly row: string;
  /** Places or seats per 1 000 residents, drawn as bars from zero. */
  readonly supply: SidePanel;
  /** Share who did it. */
  readonly practice: SidePanel;
  /** Share who want it and do not do it. */
  readonly wish: SidePanel;
  /** Which panel ranks the lines, the largest first; "table" keeps the order of the rows. */
  readonly order?: "table" | "supply" | "practice" | "wish";
  readonly highlight?: readonly string[];
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const panelNames = ["supply", "practice", "wish"] as const;
const headings = { supply: "Offre", practice: "Pratique", wish: "Attente non satisfaite" } as const;
const colours = { supply: "#8A8A8A", practice: palette.blue, wish: palette.vermilion } as const;
const width = 136;
const between = 32;
const nameRoom = 170;

/**
 * What is offered, what is done and what is wished, side by side on the same lines: three panels with scales of their own (practice and wish have the same), each
 * share with its interval. No score mixes them: a place may be well served, practise little and wish for nothing, and the reader sees it.
 *
 * @throws QuartiersError when two rows have one name, when a bound is given without the other, or when a share is below zero
 */
export function supplyPracticeWish(data: Released, options: SupplyPracticeWishOptions): Figure {
  const { row, order = "table", highlight = [], gapWords, parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = texts(data, row).values;
  refuseDoubles(names, id);
  checkPanels(data, options);
  const layout = rankedLayout(names.length, nameRoom);
  const { step, height } = layout;
  const values = order === "table" ? null : numbers(data, options[order].value).values;
  const rank = (i: number): number =>
    values === null || Number.isNaN(values[i]) ? Number.NEGATIVE_INFINITY : values[i];
  const places = names.map((_, i) => i).toSorted((a, b) => (rank(a) === rank(b) ? a - b : rank(b) - rank(a)));
  const middles = names.map((_, i) => (places.indexOf(i) + 0.5) * step);
  const gaps = panelNames.map((name) => gapsOf(data, options[name].value, gapWords));
  const panels = panelsOf(data, options).map((panel, k) => ({
    ...panel,
    axisTitle: layout.allNamed
      ? panel.axisTitle
      : [panel.axisTitle, ...countedGaps(gaps[k], gapWords)].join("\u202f; "),
  }));
  const columns = panelNames.map((name) =>
    [options[name].value, options[name].low, options[name].high].flatMap((own) => own ?? []),
  );
  const writers = panelNames.map((name) => valueWriter(data, options[name].value, options[name].decimals));
  const said = (i: number): string =>
    panels
      .map(({ heading }, k) => {
        const [value, low, high] = columns[k].map((field) => numbers(data, field).values[i]);
        const interval = low === undefined ? "" : ` [${writers[k].bare(low)}\u202f; ${writers[k].bare(high ?? 0)}]`;
        return `${heading.toLowerCase()}\u00a0: ${gaps[k][i] ?? `${writers[k].write(value ?? 0)}${interval}`}`;
      })
      .join("\u202f; ");
  const fields = [row, ...columns.flat()];
  refuseLayoutNames(fields, id);
  const drawn = drawnRows(data, fields).map((drawnRow, i) => ({ ...drawnRow, y: middles[i], texte: said(i) }));
  const tooltip = [
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: "Valeurs" },
  ];
  const datasets: Record<string, unknown> = { drawn };
  const marks = panels.flatMap((panel, k): readonly Layer[] => {
    const name = panelNames[k];
    const [value, low, high] = columns[k];
    const at = (field: string | undefined, i: number): number => {
      const own = field === undefined ? Number.NaN : numbers(data, field).values[i];
      return acrossPanel(panel, Number.isFinite(own) ? own : panel.domain.low);
    };
    // Pixels stand in fields of layout; the values stay in "drawn".
    datasets[name] = places
      .filter((i) => gaps[k][i] === null)
      .map((i) => ({
        ...tidyRow({ x: at(value, i), y: middles[i], left: at(low, i), right: at(high, i) }),
        group: names[i],
        texte: said(i),
      }));
    return panelMarks(name, { zero: acrossPanel(panel, 0), step, interval: low !== undefined });
  });
  const spec = finishSpec(
    {
      width: 3 * width + 2 * between,
      height,
      datasets,
      layer: [
        ...panelFrames(panels, height),
        linesAt(
          panels.flatMap(({ left }) => middles.map((y) => ({ x: left, y, x2: left + width, y2: y }))),
          { color: "#F0F0F0" },
        ),
        ...marks,
        ...panels.map(({ left }, k) =>
          wordsAt(
            (layout.allNamed ? gaps[k] : []).flatMap((why, i) =>
              why === null ? [] : [{ x: left + 4, y: middles[i], label: why }],
            ),
            { size: 11, italic: true, colour: "#555555" },
          ),
        ),
        ...rankedNames(names, { order: places, layout, highlight, isRanked: () => order !== "table" }),
        // Nothing is seen of these; they carry the tooltips of the site.
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, size: 120, opacity: 0 },
          encoding: { x: { value: -6 }, y: pixel("y"), tooltip },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...{ id, title, subtitle, alt, champ, lecture }, data, columns: fields, spec, parameters });
}

/** "1 non diffusé": where lines are too close for words on each. */
const countedGaps = (gaps: readonly (string | null)[], words: GapWords | undefined): readonly string[] =>
  gapLegend(gaps, words).map((why) => `${gaps.filter((gap) => gap === why).length} ${why}`);

/** Bars from zero for supply, dots with their intervals for shares. */
function panelMarks(
  name: (typeof panelNames)[number],
  { zero, step, interval }: { readonly zero: number; readonly step: number; readonly interval: boolean },
): readonly Layer[] {
  const tooltip = [
    { field: "group", type: "nominal", title: "Ligne" },
    { field: "texte", type: "nominal", title: "Valeurs" },
  ];
  const place = { x: pixel("x"), y: pixel("y"), tooltip };
  const [data, color] = [{ name }, colours[name]];
  if (name === "supply")
    return [
      {
        data,
        mark: { type: "rule", color, strokeWidth: Math.max(3, Math.min(11, step - 4)), strokeCap: "butt" },
        encoding: { ...place, x2: { value: zero } },
      },
    ];
  return [
    ...(interval
      ? [
          {
            data,
            mark: { type: "rule", color, strokeWidth: step > 12 ? 2 : 1.3 },
            encoding: { x: pixel("left"), x2: { field: "right" }, y: pixel("y"), tooltip },
          },
        ]
      : []),
    {
      data,
      mark: {
        type: "point",
        filled: true,
        opacity: 1,
        size: step > 20 ? 56 : step > 12 ? 40 : 18,
        color,
        shape: name === "wish" ? "diamond" : "circle",
      },
      encoding: place,
    },
  ];
}

/** Practice and wish are shares of the same people: one scale lets them be compared. */
function panelsOf(data: Released, options: SupplyPracticeWishOptions): readonly AlignedPanel[] {
  const valuesOf = (name: (typeof panelNames)[number]): readonly number[] => {
    const { value, low, high, reference } = options[name];
    const columns = [value, low, high].flatMap((own) => (own ? [...numbers(data, own).values] : []));
    return reference ? [...columns, reference.value] : columns;
  };
  const supply = linearDomain(valuesOf("supply"), { zero: true, count: 4 });
  const shares = linearDomain([...valuesOf("practice"), ...valuesOf("wish")], { zero: true, count: 4 });
  return panelNames.map((name, k) => {
    const { heading = headings[name], axisTitle, reference, value } = options[name];
    const domain = name === "supply" ? supply : shares;
    const decimals = domain.ticks.every(Number.isInteger) ? 0 : 1;
    const writer = valueWriter(data, value, numbers(data, value).unit === "part" ? 0 : decimals);
    return {
      left: k * (width + between),
      width,
      domain,
      tick: writer.bare,
      heading,
      axisTitle,
      ...(reference ? { reference } : {}),
    };
  });
}

function checkPanels(data: Released, options: SupplyPracticeWishOptions): void {
  for (const name of panelNames) {
    const { value, low, high } = options[name];
    if ((low === undefined) !== (high === undefined))
      throw new QuartiersError({
        what: `La figure « ${options.id} » reçoit une borne d'intervalle sans l'autre`,
        value: headings[name],
        expected: "les deux bornes, ou aucune",
      });
    if (numbers(data, value).values.some((own) => own < 0))
      throw new QuartiersError({
        what: `La figure « ${options.id} » reçoit une valeur au-dessous de zéro`,
        value: column(data, value).label,
        expected: "une offre par habitant ou une part, jamais négatives",
      });
  }
}
