import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { measuredData } from "./drawn-rows.ts";
import { isObject, type Json, type SpecParts, walk } from "./read-spec.ts";

/** Numbers as French texts write them: "1 234,5", "−0,23". */
const written = /[-−]?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?/g;

/** Keys whose text is read aloud, or shown beside the drawing. */
const texts: ReadonlySet<string> = new Set(["description", "subtitle"]);

/**
 * Texts for those who do not see the drawing: each number in them must be the rounding of a value that the drawing may show, a number already in a name
 * or a class ("18-29 ans"), or a year.
 */
export function judgeTexts(spec: Json, parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  const open = sayable(parts, context);
  const findings: GateFinding[] = [];
  walk(spec, (object, path) => {
    for (const [key, value] of Object.entries(object)) {
      if (!texts.has(key) || path.startsWith("config")) continue;
      const text = isObject(value) && "value" in value ? value.value : value;
      if (typeof text === "string" && !saysOnly(text, open))
        findings.push(drawingFinding("texte-indiscret", path === "" ? key : `${path}.${key}`, context));
    }
  });
  return findings;
}

/** Numbers and words that the drawing may show. */
export interface Sayable {
  readonly numbers: readonly number[];
  readonly words: ReadonlySet<string>;
  readonly names: readonly string[];
}

/** Values of the rows that may be shown; in a drawing of units, none. */
export function sayable(parts: SpecParts, context: DrawingContext): Sayable {
  const rows = context.rows === "units" ? [] : measuredData(parts, context).flatMap((data) => data.rows);
  const small = (row: Json): boolean =>
    context.counts.some((count) => typeof row[count] === "number" && row[count] > 0 && row[count] < context.minUnits);
  const values = rows.filter((row) => !small(row)).flatMap((row) => Object.values(row));
  const names = rows.flatMap((row) => Object.values(row)).filter((value): value is string => typeof value === "string");
  return {
    numbers: values.filter((value): value is number => typeof value === "number"),
    words: new Set(names.flatMap((name) => name.match(written) ?? [])),
    names: [...new Set(names)],
  };
}

/** The numbers of a French text. */
export const numbersIn = (text: string): readonly number[] => (text.match(written) ?? []).map(readNumber);

const readNumber = (word: string): number =>
  Number(
    word
      .replace(/[ \u00a0\u202f]/g, "")
      .replace("−", "-")
      .replace(",", "."),
  );

/** Whether each number of a text is public. */
export function saysOnly(text: string, { numbers, words }: Sayable): boolean {
  return (text.match(written) ?? []).every((word) => {
    if (words.has(word) || /^(19|20)\d\d$/.test(word)) return true;
    const said = readNumber(word);
    const [, fraction = ""] = word.split(/[.,]/);
    const half = 0.5 * 10 ** -fraction.length * (1 + 1e-9);
    return numbers.some((value) => Math.abs(value - said) <= half || Math.abs(Math.abs(value) - said) <= half);
  });
}
