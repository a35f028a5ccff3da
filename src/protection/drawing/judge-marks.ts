import type { GateFinding } from "../gate-finding.ts";
import { binOf } from "./bins.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import type { DrawingCode } from "./drawing-rules.ts";
import { type DrawnRow, fieldOf, isObject, type SpecParts, type UnitView } from "./read-spec.ts";

/** Marks that Vega-Lite makes of several, from the rows behind them. */
const composite: ReadonlySet<string> = new Set(["boxplot", "errorbar", "errorband"]);

const extremeOperations: ReadonlySet<unknown> = new Set(["min", "max", "argmin", "argmax", "values"]);

/** What each view shows by its marks: one unit, an extreme, a bin or a group of too few units. */
export function judgeMarks(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  return parts.views.flatMap((view) => {
    const place = `${view.place}mark`;
    const rows = (parts.data[view.data]?.rows ?? []) as readonly DrawnRow[];
    const codes = new Set<DrawingCode>();
    const operations = operationsOf(view);
    if (composite.has(view.mark.type) || operations.some((operation) => extremeOperations.has(operation)))
      codes.add("extremes");
    if (!context.released && fieldsOf(view).some((field) => context.columns[field] === "extreme"))
      codes.add("extremes");
    if (context.rows === "units" && !context.released && rows.length > 0 && drawsUnits(view, context)) {
      for (const code of unitCodes(view, rows, operations, context)) codes.add(code);
    }
    return [...codes].map((code) => drawingFinding(code, place, context));
  });
}

/** A view of units that draws some of their columns, and not only a line of reference. */
const drawsUnits = (view: UnitView, { columns }: DrawingContext): boolean =>
  fieldsOf(view).some((field) => field in columns) || operationsOf(view).length > 0;

function unitCodes(
  view: UnitView,
  rows: readonly DrawnRow[],
  operations: readonly unknown[],
  context: DrawingContext,
): readonly DrawingCode[] {
  if (composite.has(view.mark.type)) return [];
  const channels = Object.values(view.encoding);
  const binned = channels.some(({ bin }) => bin !== undefined && bin !== null && bin !== false);
  const grouping = channels.filter(({ aggregate }) => aggregate === undefined);
  if (operations.length > 0 || binned) {
    const groups = new Map<string, number>();
    for (const row of rows) {
      const key = JSON.stringify(grouping.map((channel) => groupOf(row, channel, rows)));
      groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    const small = [...groups.values()].some((n) => n < context.minUnits);
    return small ? [binned ? "histogramme-fin" : "petite-cellule"] : [];
  }
  const kinds = fieldsOf(view).map((field) => context.columns[field]);
  const moved = kinds.includes("moved-position") || JSON.stringify(view.transforms).includes("random(");
  if (moved) return ["points-brouilles"];
  const placed = kinds.includes("position") || "longitude" in view.encoding || view.mark.type === "geoshape";
  return [placed ? "points-de-personnes" : "marque-par-unite"];
}

function groupOf(row: DrawnRow, channel: UnitView["encoding"][string], rows: readonly DrawnRow[]): unknown {
  const field = fieldOf(channel);
  if (field === null) return null;
  if (channel.bin === undefined || channel.bin === false || channel.bin === null) return row[field];
  return binOf(
    row[field],
    rows.map((each) => each[field]),
    isObject(channel.bin) ? channel.bin : {},
  );
}

const fieldsOf = ({ encoding }: UnitView): readonly string[] =>
  Object.values(encoding).flatMap((definition) => fieldOf(definition) ?? []);

/** Every operation that the view asks for, in its channels and transforms. */
function operationsOf({ encoding, transforms }: UnitView): readonly unknown[] {
  const inChannels = Object.values(encoding).flatMap(({ aggregate }) =>
    aggregate === undefined || aggregate === null ? [] : [isObject(aggregate) ? Object.keys(aggregate)[0] : aggregate],
  );
  const inTransforms = transforms.flatMap((transform) =>
    [transform.aggregate, transform.joinaggregate, transform.window].flatMap((list) =>
      Array.isArray(list) ? list.map((one) => (isObject(one) ? one.op : one)) : [],
    ),
  );
  return [...inChannels, ...inTransforms];
}
