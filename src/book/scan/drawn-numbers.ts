import type { BundledFigure } from "../../notebook/bundle.ts";
import { cellTexts } from "../cell-text.ts";
import { bareText, NumberContexts } from "./number-contexts.ts";

/** What a drawing of a figure may print: words of its specification and of its rows, released numbers at any rounding, regular steps of an axis. */
export interface DrawnWords {
  /** True when a text of the marks or of a title was released. */
  readonly says: (text: string) => boolean;
  /** True when the labels of one axis or legend are released words, released numbers, or numbers at regular steps. */
  readonly saysLabels: (labels: readonly string[]) => boolean;
}

export function drawnWords(figure: BundledFigure, sayings: readonly string[]): DrawnWords {
  const texts: string[] = [];
  const numbers: number[] = [];
  /** Words of the specification itself: what may stand around a number. Names of rows are not among them. */
  const around: string[] = [];
  const collect = (value: unknown, data = false): void => {
    if (typeof value === "string") {
      texts.push(value, ...value.split("\n"));
      if (!data) around.push(value);
    } else if (typeof value === "number") numbers.push(value);
    else if (Array.isArray(value)) {
      for (const item of value) collect(item, data);
      // A title of several lines is a list of texts.
      if (value.length > 1 && value.every((item) => typeof item === "string")) texts.push(value.join(" "));
    } else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (key !== "geometry") collect(inner, data || key === "datasets" || key === "values");
  };
  collect(figure.spec);
  for (const column of Object.values(figure.columns)) texts.push(...cellTexts(column));
  const whole = new Set(texts.map(bareText));
  const contexts = new NumberContexts([...texts, ...sayings]);
  const sorted = Float64Array.from(numbers).sort();
  const isWord = (text: string): boolean => {
    const bare = bareText(text);
    return !/\d/.test(bare) || whole.has(bare) || contexts.strangers(text) === 0 || isCut(text, whole);
  };
  const affixes = bareText(around.join(" "));
  const isNumber = (text: string): boolean => {
    const read = readNumber(text);
    if (!read) return false;
    return (
      read.affixes.every((affix) => affixes.includes(bareText(affix))) &&
      [1, 100, 0.001].some((scale) => isNear(sorted, read.value / scale, read.step / 2 / scale))
    );
  };
  return {
    says: (text) => isWord(text) || isNumber(text),
    saysLabels: (labels) => {
      const told = labels.filter((text) => !isWord(text));
      const ticks = labels.flatMap((text) => readNumber(text)?.value ?? []);
      return told.every(isNumber) || (ticks.length > 2 && isRegular(ticks));
    },
  };
}

/** Vega ends a label that is too long by "…". */
const isCut = (text: string, whole: ReadonlySet<string>): boolean =>
  text.endsWith("…") && [...whole].some((word) => word.startsWith(bareText(text)));

/** A French or machine number with its unit: its value, and one step of its last decimal. */
function readNumber(
  text: string,
): { readonly value: number; readonly step: number; readonly affixes: readonly string[] } | null {
  const found = /^([^\d]*?)([-−+]?)(\d[\d\s\u00a0\u202f]*)(?:[.,](\d+))?\s*([^\d]*)$/u.exec(text.trim());
  if (!found) return null;
  const [, prefix = "", sign = "", whole = "", decimals = "", suffix = ""] = found;
  const value = Number(`${whole.replace(/\D/g, "")}.${decimals || "0"}`);
  return {
    value: sign === "-" || sign === "−" ? -value : value,
    step: 10 ** -decimals.length,
    affixes: [prefix, suffix],
  };
}

function isNear(sorted: Float64Array, value: number, margin: number): boolean {
  let [low, high] = [0, sorted.length];
  const least = value - margin * (1 + 1e-9) - 1e-9;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && (sorted[low] ?? 0) <= value + margin * (1 + 1e-9) + 1e-9;
}

/** Ticks: numbers at equal steps, or at equal ratios. */
function isRegular(values: readonly number[]): boolean {
  const ordered = [...values].sort((a, b) => a - b);
  const steps = ordered.slice(1).map((value, i) => value - (ordered[i] ?? 0));
  const ratios = ordered.slice(1).map((value, i) => value / (ordered[i] || 1));
  const even = (list: readonly number[]): boolean =>
    list.every((item) => Math.abs(item - (list[0] ?? 0)) <= 1e-6 * Math.max(1, Math.abs(item)));
  return even(steps) || even(ratios);
}
