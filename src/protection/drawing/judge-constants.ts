import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { isRound } from "./judge-ends.ts";
import { numbersIn, type Sayable, sayable, saysOnly } from "./judge-texts.ts";
import { type Json, type SpecParts, walk } from "./read-spec.ts";

/** Lists of a channel that the author writes by hand: the order of classes, their domain, the ticks. */
const lists: ReadonlySet<string> = new Set(["sort", "domain", "values"]);

/**
 * Values that the author wrote by hand in the channels: classes that no row bears would be names of something else, and numbers that are neither round nor
 * drawn would be values of something else. A class without a row ("28 et plus") is told by the numbers in its name, which must be round.
 */
export function judgeConstants(spec: Json, parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  const open = sayable(parts, context);
  // How many rows there are is public: the last rank of a list.
  const numbers = new Set([...open.numbers, ...parts.data.map(({ rows }) => rows?.length ?? 0)]);
  const borne = new Set(parts.data.flatMap(({ rows }) => (rows ?? []).flatMap((row) => Object.values(row))));
  const findings: GateFinding[] = [];
  walk(spec, (object, path) => {
    if (path.startsWith("config") || (!path.includes("encoding") && !path.includes("facet"))) return;
    for (const [key, value] of Object.entries(object)) {
      const given = lists.has(key) && Array.isArray(value) ? value : key === "datum" ? [value] : [];
      const strange = given.some((each: unknown) => {
        if (typeof each === "number") return !(key === "domain" || numbers.has(each) || isRound(each, spanOf(given)));
        return typeof each === "string" && !borne.has(each) && !isOpenClass(each, open, context);
      });
      if (strange) findings.push(drawingFinding("donnees-cachees", `${path}.${key}`, context));
    }
  });
  return findings;
}

const spanOf = (values: readonly unknown[]): number =>
  values.reduce((span: number, value) => Math.max(span, typeof value === "number" ? Math.abs(value) : 0), 0);

/** A class that no row bears: named by round or public numbers, or, over released rows, by a word of the drawing's own legend. */
function isOpenClass(label: string, open: Sayable, { released }: DrawingContext): boolean {
  const numbers = numbersIn(label);
  if (numbers.length === 0) return released !== undefined;
  return saysOnly(label, open) || numbers.every((number) => isRound(number, number));
}
