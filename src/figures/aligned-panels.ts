import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { wrapWords } from "./text-room.ts";
import type { AxisDomain } from "./value-axis.ts";

/** A panel of several that share their lines: where it stands, its scale, and its words. */
export interface AlignedPanel {
  readonly left: number;
  readonly width: number;
  readonly domain: AxisDomain;
  /** A tick's number, as it is written under the panel. */
  readonly tick: (value: number) => string;
  readonly heading: string;
  readonly axisTitle: string;
  /** A line to compare with: its place, and its name above the panel. */
  readonly reference?: { readonly value: number; readonly label: string };
}

/** Pixels across for a value of a panel. */
export const acrossPanel = ({ left, width, domain }: AlignedPanel, value: number): number =>
  left + domain.fraction(value) * width;

const headingLine = 14;

/** Grid, ticks, heading, title and reference of panels that stand side by side over the same lines. */
export function panelFrames(panels: readonly AlignedPanel[], height: number): readonly Layer[] {
  const headings = panels.map(({ heading, width }) => wrapWords(heading, width + 14, 12));
  const titles = panels.map(({ axisTitle, width }) => wrapWords(axisTitle, width + 16, 11.5));
  const hasReference = panels.some(({ reference }) => reference);
  return panels.flatMap((panel, k) => {
    const { left, width, domain, tick, reference } = panel;
    const shown = thinned(domain.ticks, width);
    return [
      linesAt(
        domain.ticks.map((value) => {
          const x = acrossPanel(panel, value);
          return { x, y: 0, x2: x, y2: height };
        }),
        { color: "#E4E4E4" },
      ),
      wordsAt(
        domain.measured
          ? shown.map((value) => ({ x: acrossPanel(panel, value), y: height + 12, label: tick(value) }))
          : [],
        { align: "center", size: 11 },
      ),
      wordsAt(
        [
          {
            x: left,
            y: -8 - (hasReference ? 18 : 0) - (headings[k].length * headingLine) / 2,
            label: headings[k].join("\n"),
          },
        ],
        {
          weight: 600,
        },
      ),
      wordsAt([{ x: left + width / 2, y: height + 20 + (titles[k].length * 14) / 2, label: titles[k].join("\n") }], {
        align: "center",
        size: 11.5,
      }),
      ...(reference ? referenceOf(panel, reference, height) : []),
    ];
  });
}

/** Pixels above the lines that the headings take. */
export const panelHeadRoom = (panels: readonly AlignedPanel[]): number =>
  Math.max(...panels.map(({ heading, width }) => wrapWords(heading, width + 14, 12).length)) * headingLine +
  (panels.some(({ reference }) => reference) ? 18 : 0) +
  12;

function referenceOf(
  panel: AlignedPanel,
  { value, label }: { readonly value: number; readonly label: string },
  height: number,
): readonly Layer[] {
  const x = acrossPanel(panel, value);
  return [
    linesAt([{ x, y: -3, x2: x, y2: height }], { color: "#9C4400", strokeDash: [4, 3], strokeWidth: 1.2 }),
    wordsAt([{ x, y: -11, label }], { align: "center", size: 11, colour: "#9C4400" }),
  ];
}

/** Ticks far enough apart for their numbers, the first and as many others as fit. */
function thinned(ticks: readonly number[], width: number): readonly number[] {
  const most = Math.max(2, Math.floor(width / 34) + 1);
  const every = Math.max(1, Math.ceil((ticks.length - 1) / (most - 1)));
  return ticks.filter((_, i) => i % every === 0);
}
