import type { ShownBin, ShownColumn, ShownNumbers } from "./shown-column.ts";
import type { Shown } from "./shown-counts.ts";
import { french, shareWord, valueWord } from "./words.ts";

const WIDTH = 180;
const HEIGHT = 44;

/** A histogram as an inline drawing, with its text alternative; "" when there is none to show. */
export function histogramSvg(numbers: ShownNumbers, unit: string): string {
  const bins = numbers.histogram;
  if (!bins || bins.length === 0) return "";
  const highest = Math.max(...bins.map(({ share }) => share));
  const width = WIDTH / bins.length;
  const fixed = (value: number): string => String(Number(value.toFixed(2)));
  const bars = bins
    .map(({ share, from, to }, i) => {
      const height = share === 0 ? 0 : Math.max(1, (share / highest) * HEIGHT);
      const kind = from === null || to === null ? ' class="open"' : "";
      return `<rect${kind} x="${fixed(i * width + 0.5)}" y="${fixed(HEIGHT - height)}" width="${fixed(Math.max(0.6, width - 1))}" height="${fixed(height)}"/>`;
    })
    .join("");
  return `<svg class="histogram" role="img" aria-label="${french(histogramWords(bins, unit))}" viewBox="0 0 ${WIDTH} ${HEIGHT + 1}" width="${WIDTH}" height="${HEIGHT + 1}">${bars}<path d="M0 ${HEIGHT + 0.5}H${WIDTH}"/></svg>`;
}

function histogramWords(bins: readonly ShownBin[], unit: string): string {
  const top = bins.reduce((best, bin) => (bin.share > best.share ? bin : best));
  const suffix = unit ? `\u00a0${unit}` : "";
  const place = rangeWords(top, unit);
  return `Histogramme de ${bins.length} barre${bins.length > 1 ? "s" : ""}. La plus haute, ${place}${suffix}, tient ${shareWord(top.share)} des lignes qui ont une valeur.`;
}

function rangeWords({ from, to }: ShownBin, unit: string): string {
  if (from === null) return `sous ${valueWord(to, unit)}`;
  if (to === null) return `à partir de ${valueWord(from, unit)}`;
  return from === to ? `à ${valueWord(from, unit)}` : `de ${valueWord(from, unit)} à ${valueWord(to, unit)}`;
}

/** The parts of a column that hold a value, and that hold none for each reason: a bar beside its numbers. */
export function presenceSvg({ present, s, ns, nd }: ShownColumn): string {
  const parts: readonly (readonly [string, Shown])[] = [
    ["present", present],
    ["s", s],
    ["ns", ns],
    ["nd", nd],
  ];
  const known = parts.every((part): part is readonly [string, number] => typeof part[1] === "number");
  if (!known)
    return '<svg class="presence" role="img" aria-label="Parts masquées : un effectif est sous le seuil" viewBox="0 0 100 10" width="100" height="10"><rect class="hidden-part" x="0.5" y="0.5" width="99" height="9"/></svg>'.replace(
      " :",
      "\u00a0:",
    );
  const total = parts.reduce((sum, [, count]) => sum + Number(count), 0) || 1;
  let x = 0;
  const bars = parts
    .map(([name, count]) => {
      const width = (Number(count) / total) * 100;
      const bar =
        width > 0
          ? `<rect class="part-${name}" x="${x.toFixed(2)}" y="0" width="${Math.max(0.8, width).toFixed(2)}" height="10"/>`
          : "";
      x += width;
      return bar;
    })
    .join("");
  const words = french(`${shareWord(Number(present) / total)} des lignes ont une valeur`);
  return `<svg class="presence" role="img" aria-label="${words}" viewBox="0 0 100 10" width="100" height="10">${bars}</svg>`;
}
