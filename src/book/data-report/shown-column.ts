import { type ColumnContract, type Contract, fileNameOf, isNumeric } from "../../sources/contract.ts";
import { countOf, type Distribution, histogramOf, quantileOf } from "./distribution.ts";
import { HIDDEN, type Shown, shownParts } from "./shown-counts.ts";
import type { ColumnSummary, TableSummary } from "./summary.ts";

/** A column as its page and its JSON may show it: everything here went through the threshold of the source. */
export interface ShownColumn {
  readonly name: string;
  /** Name in the publisher's file. */
  readonly fileName: string;
  readonly label: string;
  readonly type: string;
  readonly unit: string;
  readonly summable: boolean;
  readonly present: Shown;
  readonly s: Shown;
  readonly ns: Shown;
  readonly nd: Shown;
  /** Zeros that the contract reads as secret; they are counted in `s`. */
  readonly suspiciousZeros: Shown;
  /** Zeros among the values; null for a text. */
  readonly zeros: Shown | null;
  /** Part (0 to 1) of the rows without a value; null where it would give a hidden count back. */
  readonly absentShare: number | null;
  /** Different values; null when not counted (streamed numbers). */
  readonly distinct: Shown | null;
  readonly numbers: ShownNumbers | null;
  readonly texts: ShownTexts | null;
}

export interface ShownNumbers {
  /** Smallest and largest value, or percentiles 5 and 95 for a source that is not a publication; null where too few rows stand behind. */
  readonly low: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly high: number | null;
  readonly ends: "extrêmes" | "centiles 5 et 95";
  /** Part (0 to 1) of the present rows in each bar; null when no histogram may be shown. */
  readonly histogram: readonly ShownBin[] | null;
}

export interface ShownBin {
  readonly from: number | null;
  readonly to: number | null;
  readonly share: number;
}

export interface ShownTexts {
  readonly frequent: readonly { readonly text: string; readonly rows: Shown }[];
  /** Rows of all the other texts. */
  readonly others: Shown;
  readonly forms: readonly { readonly text: string; readonly rows: Shown }[];
  readonly lengths: readonly [number, number] | null;
}

/**
 * The threshold in rows under which a count of this source is hidden: none for a file that is itself a publication, else that of its rule, and three at
 * least, under which « < 2 » would say one.
 */
export const rowThreshold = ({ published, secrecy }: Contract): number =>
  published ? 1 : Math.max(3, secrecy.minUnits);

/** A column as it may be shown under the rule of its source. O(distinct values). */
export function shownColumn(
  column: ColumnContract,
  summary: ColumnSummary,
  { rows }: TableSummary,
  threshold: number,
): ShownColumn {
  const { present, s, ns, nd, suspiciousZeros, numbers, texts } = summary;
  const isTooSmall = rows < threshold;
  const [shownPresent = HIDDEN, shownS = HIDDEN, shownNs = HIDDEN, shownNd = HIDDEN] = isTooSmall
    ? []
    : shownParts([present, s, ns, nd], threshold);
  const isPresentHidden = typeof shownPresent === "string";
  const isExact = [shownPresent, shownS, shownNs, shownNd].every((count) => typeof count === "number");
  const zeros = numbers ? countOf(numbers, 0) : null;
  const [shownZeros] = zeros === null ? [null] : shownParts([zeros, present - zeros], threshold, isPresentHidden);
  const distinct = numbers ? numbers.values.length : (texts?.distinct ?? null);
  return {
    name: column.name,
    fileName: fileNameOf(column),
    label: column.label,
    type: column.type,
    unit: column.unit ?? "",
    summable: column.summable === true,
    present: shownPresent,
    s: shownS,
    ns: shownNs,
    nd: shownNd,
    suspiciousZeros: threshold <= 1 || suspiciousZeros === 0 ? suspiciousZeros : HIDDEN,
    zeros: shownZeros ?? null,
    absentShare: isExact && rows > 0 ? round(1 - present / rows, 6) : null,
    distinct: distinct !== null && isPresentHidden ? HIDDEN : distinct,
    numbers: numbers ? shownNumbers(numbers, threshold) : null,
    texts: texts && !isTooSmall ? shownTexts(column, summary, threshold, isPresentHidden) : null,
  };
}

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** A value that one row could own is rounded to two significant digits. */
const blurred = (value: number): number => Number(value.toPrecision(2));

function shownNumbers(distribution: Distribution, threshold: number): ShownNumbers {
  const { total, values } = distribution;
  if (threshold <= 1) {
    const at = (p: number): number | null => (total === 0 ? null : quantileOf(distribution, p));
    return {
      low: values[0] ?? null,
      q1: at(0.25),
      median: at(0.5),
      q3: at(0.75),
      high: values[values.length - 1] ?? null,
      ends: "extrêmes",
      histogram: total === 0 ? null : histogramOf(distribution).map(({ count, ...bin }) => share(bin, count, total)),
    };
  }
  /** A quantile stands on the rows beyond it: at least the threshold of them. */
  const at = (p: number): number | null => {
    if (total * Math.min(p, 1 - p) < threshold) return null;
    const value = quantileOf(distribution, p);
    return countOf(distribution, value) >= threshold ? value : blurred(value);
  };
  return {
    low: at(0.05),
    q1: at(0.25),
    median: at(0.5),
    q3: at(0.75),
    high: at(0.95),
    ends: "centiles 5 et 95",
    histogram: mergedHistogram(distribution, threshold),
  };
}

const share = (bin: { from: number | null; to: number | null }, count: number, total: number): ShownBin => ({
  from: bin.from,
  to: bin.to,
  share: round(count / total, 6),
});

/**
 * Bars of at least the threshold of rows, open on both sides, shares to the hundredth so that they do not count the rows back. Null when only one bar
 * would be left.
 */
function mergedHistogram(distribution: Distribution, threshold: number): readonly ShownBin[] | null {
  const merged: { from: number | null; to: number | null; count: number }[] = [];
  for (const bin of histogramOf(distribution)) {
    const last = merged[merged.length - 1];
    if (last && last.count < threshold) {
      last.count += bin.count;
      last.to = bin.to;
    } else merged.push({ ...bin });
  }
  const tail = merged[merged.length - 1];
  const before = merged[merged.length - 2];
  if (tail && before && tail.count < threshold) {
    before.count += tail.count;
    before.to = tail.to;
    merged.pop();
  }
  const [first, last] = [merged[0], merged[merged.length - 1]];
  if (!first || !last || merged.length < 2) return null;
  first.from = null;
  last.to = null;
  return merged.map(({ from, to, count }) => ({ from, to, share: round(count / distribution.total, 2) }));
}

/** Codes and lists whose texts the contract names are known to all; other texts are shown when enough rows share them. */
function shownTexts(
  column: ColumnContract,
  { texts, present }: ColumnSummary,
  threshold: number,
  isPresentHidden: boolean,
): ShownTexts | null {
  if (!texts) return null;
  const isPublicList = column.values !== undefined;
  const listed = texts.frequent.filter(({ rows }) => threshold <= 1 || rows >= threshold || isPublicList);
  const rest = present - listed.reduce((sum, { rows }) => sum + rows, 0);
  const parts = shownParts([...listed.map(({ rows }) => rows), rest], threshold, isPresentHidden);
  const isCode = column.type !== "text" && !isNumeric(column);
  const formParts = shownParts([...texts.forms.map(({ rows }) => rows), texts.otherForms], threshold, isPresentHidden);
  return {
    frequent: listed.map(({ text }, i) => ({ text, rows: parts[i] ?? HIDDEN })),
    others: parts[listed.length] ?? 0,
    forms:
      isCode || (threshold <= 1 && texts.otherForms === 0)
        ? texts.forms.map(({ text }, i) => ({ text, rows: formParts[i] ?? HIDDEN }))
        : [],
    lengths: texts.lengths,
  };
}
