import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { isLayout, releasedRows } from "./drawn-rows.ts";
import { numbersIn } from "./judge-texts.ts";
import {
  channelName,
  type DrawnRow,
  fieldOf,
  isObject,
  type Json,
  type SpecParts,
  type UnitView,
} from "./read-spec.ts";

const positions: ReadonlySet<string> = new Set(["x", "y", "x2", "y2", "theta", "radius"]);
const shades: ReadonlySet<string> = new Set(["color", "fill", "stroke", "size", "opacity"]);

/** Ends of axes and legends that are the value of the extreme zone, and classes of a single zone. */
export function judgeEnds(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  // Ranks go from 1 to the number of released rows, which the table shows.
  const open = new Set([...openNumbers(context), ...(context.released ? [1, context.released.numRows] : [])]);
  return parts.views.flatMap((view) => {
    const rows = parts.data[view.data]?.rows ?? [];
    return Object.entries(view.encoding).flatMap(([channel, definition]) => {
      const field = fieldOf(definition);
      if (field === null || isLayoutPlace(channel, field, definition, context)) return [];
      const place = `${view.place}encoding.${channel}`;
      const findings: GateFinding[] = [];
      if (endsTell(channel, definition, view, context, open)) findings.push(drawingFinding("bornes", place, context));
      if (!context.released && isClass(channel, definition, field, view, context) && hasLoneZone(rows, field))
        findings.push(drawingFinding("classe-d-une-zone", place, context));
      return findings;
    });
  });
}

/** Places on the page are pixels. */
const isLayoutPlace = (channel: string, field: string, { scale, axis }: Json, context: DrawingContext): boolean =>
  positions.has(channelName(channel)) && (scale === null || (axis === null && isLayout(field, context)));

function endsTell(
  channel: string,
  { scale, type, bin, aggregate }: Json,
  { data }: UnitView,
  context: DrawingContext,
  open: ReadonlySet<number>,
): boolean {
  const { domain, domainMin, domainMax, zero, nice, type: scaleType } = isObject(scale) ? scale : ({} as Json);
  const given = [...(Array.isArray(domain) ? domain : []), domainMin, domainMax].filter((end) => end !== undefined);
  const numbers = given.filter((end): end is number => typeof end === "number");
  if (numbers.length > 0) {
    const span = Math.max(...numbers) - Math.min(...numbers) || Math.abs(numbers[0] ?? 1);
    return numbers.some((end) => !isRound(end, span) && !open.has(end));
  }
  if (given.some((end) => typeof end === "string"))
    return classEnds(given as readonly string[]).some((end) => !isRound(end, end) && !open.has(end));
  if (context.released || data < 0 || type !== "quantitative") return false;
  const derived = (bin !== undefined && bin !== null && bin !== false) || aggregate !== undefined;
  if (derived && context.rows === "units") return false;
  if (shades.has(channelName(channel))) return !["quantile", "quantize", "threshold"].includes(String(scaleType));
  return zero === false && nice === false;
}

/**
 * Whether a number is round beside a span: a multiple of a fortieth of its power of ten.
 * @example
 * ```ts
 * [20, 12.5, 17.3].map((end) => isRound(end, 20)) // [true, true, false]
 * ```
 */
export function isRound(value: number, span: number): boolean {
  if (value === 0) return true;
  const step = 10 ** Math.floor(Math.log10(Math.abs(span) || 1)) / 40;
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-6;
}

/** The closed ends of the first and the last class: 3 and 9 of "3 à 5", "5 à 9"; none of "moins de 5", "5 et plus". */
function classEnds(labels: readonly string[]): readonly number[] {
  const closed = labels.map((label) => {
    const numbers = numbersIn(String(label));
    return numbers.length === 2 ? numbers : [];
  });
  const first = closed[0]?.[0];
  const last = closed.filter((_, i) => /\d/.test(labels[i] ?? "")).at(-1)?.[1];
  return [first, last].filter((end): end is number => end !== undefined);
}

/** A class is declared, or is the shade of a map that no number has. */
function isClass(
  channel: string,
  definition: Json,
  field: string,
  { mark }: UnitView,
  { columns }: DrawingContext,
): boolean {
  if (!shades.has(channelName(channel))) return false;
  if (columns[field] === "class") return true;
  return mark.type === "geoshape" && (definition.type === "nominal" || definition.type === "ordinal");
}

function hasLoneZone(rows: readonly DrawnRow[], field: string): boolean {
  const zones = new Map<unknown, number>();
  for (const row of rows) {
    const value = row[field];
    if (value !== null && value !== undefined) zones.set(value, (zones.get(value) ?? 0) + 1);
  }
  return [...zones.values()].includes(1);
}

/** Numbers that are public: those of the released rows. */
export function openNumbers({ released }: DrawingContext): ReadonlySet<number> {
  if (!released) return new Set();
  return new Set(
    releasedRows(released).flatMap((row) =>
      Object.values(row).filter((value): value is number => typeof value === "number"),
    ),
  );
}
