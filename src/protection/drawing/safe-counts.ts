import { type Column, type Table, table, textColumn } from "../../codes/table.ts";
import { release } from "../release.ts";
import type { Released } from "../released.ts";
import { cleanView } from "./clean-spec.ts";
import { type CountsDraft, countsDraft } from "./counts-draft.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { measuredData, releasedRows } from "./drawn-rows.ts";
import { mergeClasses } from "./merge-classes.ts";
import { spokenText } from "./plain-drawing.ts";
import { type DrawnRow, fieldOf, isObject, type Json, propertiesOf, type SpecParts, writtenRows } from "./read-spec.ts";
import type { RewrittenDrawing } from "./safe-people.ts";
import { simpleFilter } from "./simple-filters.ts";

/**
 * Draws counts anew from the rows of the author's drawing, once they have passed the gate with all the totals that its views make together. The views
 * keep their kind; small cells, those that would give them back, and the rates and classes beside them are hidden.
 * Null when nothing says how many units are behind the rows, or when a view computes what cannot be computed here.
 */
export function safeCounts(
  spec: Json,
  parts: SpecParts,
  from: Table,
  context: DrawingContext,
): RewrittenDrawing | null {
  const [count, ...others] = context.counts;
  if (count === undefined || others.length > 0 || computes(parts, count)) return null;
  const rows = measuredData(parts, context).flatMap((data) => data.rows);
  const draft = countsDraft(rows, count, context, from);
  if (draft === null) return null;
  const first = release(draft.table, draft.options);
  const data = release(classed(draft, first, parts, context), draft.options);
  const released = releasedRows(data);
  const keeps = (field: string): boolean =>
    field in data.columns && context.columns[field] !== "identifier" && context.columns[field] !== "extreme";
  const drawn = drawnFieldsOf(parts);
  const filters = parts.views.flatMap(({ transforms }) => transforms.map(({ filter }) => simpleFilter(filter)));
  const view = cleanView(spec, {
    keeps,
    titleOf: (field) => data.columns[field]?.label ?? field,
    rowsOf: (source) => {
      const named = isObject(spec.datasets) && typeof source.name === "string" ? spec.datasets[source.name] : undefined;
      const kept = (writtenRows(source.values ?? named) ?? []).flatMap((written) => {
        const row = propertiesOf(written);
        const safe = released[draft.placeOf(row) ?? -1];
        const left = filters.some((filter) => filter && filter.field !== count && !filter.test(row[filter.field]));
        if (safe === undefined || left) return [];
        const shown = Object.entries(safe).filter(([field]) => field in row && keeps(field) && drawn.has(field));
        return [outlined(written, Object.fromEntries(shown))];
      });
      return kept.length > 0 ? kept : null;
    },
  });
  if (view === null) return null;
  const places = new Set(rows.map((row) => draft.placeOf(row) ?? -1));
  const shown = released.filter((_, place) => places.has(place));
  const classes = draft.dimensions.map(({ column }) => column);
  const names = classes.length === 1 ? classes.filter((name) => drawn.has(name)) : [];
  const value = [...drawn].find((field) => ["count", "rate", "measure"].includes(context.columns[field] ?? ""));
  const said =
    value === undefined
      ? spokenText(data, shown, [], [...drawn].find(keeps) ?? count)
      : spokenText(data, shown, names, value);
  return { data, spec: { $schema: "https://vega.github.io/schema/vega-lite/v6.json", description: said, ...view } };
}

/** The released row, with the outline of its perimeter when it has one. */
const outlined = ({ type, geometry }: Json, row: DrawnRow): DrawnRow =>
  type === "Feature" ? { type, geometry, properties: row } : row;

/** Whether the views ask for more than a filter, or for an operation on rows that are not one a mark. */
function computes({ views, data }: SpecParts, count: string): boolean {
  return views.some(({ transforms, encoding, data: at }) => {
    if (transforms.some((transform) => simpleFilter(transform.filter) === null)) return true;
    const channels = Object.values(encoding);
    const computed = channels.filter(
      ({ aggregate, bin, timeUnit }) => aggregate !== undefined || bin === true || timeUnit !== undefined,
    );
    if (computed.length === 0) return false;
    if (computed.some(({ aggregate }) => aggregate !== "sum" && aggregate !== "mean")) return true;
    const by = channels.flatMap((channel) => (channel.aggregate === undefined ? (fieldOf(channel) ?? []) : []));
    const rows = data[at]?.rows?.filter((row) => count in row) ?? [];
    return new Set(rows.map((row) => JSON.stringify(by.map((field) => row[field])))).size < rows.length;
  });
}

/** The same table with the classes of hidden rows hidden too, and each class left with two zones at least. */
function classed(
  { table: draft, options }: CountsDraft,
  { columns: gated }: Released,
  parts: SpecParts,
  context: DrawingContext,
): Table {
  const count = gated[String(options.counts)];
  const columns = Object.entries(draft.columns).map(([name, column]): [string, Column] => {
    if (column.type !== "text" || options.open?.includes(name)) return [name, column];
    const missing = Uint8Array.from(column.values, (_, row) => count?.missing?.[row] ?? 0);
    const visible = column.values.map((label, row) => (missing[row] === 0 ? label : ""));
    const merged =
      context.columns[name] === "class" ? mergeClasses(visible, orderOf(parts, name, column.values)) : visible;
    return [name, textColumn(merged, { label: column.label, missing })];
  });
  return table(Object.fromEntries(columns), draft.lineage);
}

/** Classes in the author's order, else in that of their first rows. */
function orderOf({ views }: SpecParts, field: string, labels: readonly string[]): readonly string[] {
  const domain = views.flatMap(({ encoding }) =>
    Object.values(encoding).flatMap(
      (definition) =>
        (fieldOf(definition) === field
          ? (definition.scale as { readonly domain?: readonly unknown[] } | undefined)?.domain
          : []) ?? [],
    ),
  );
  return [...new Set([...domain.filter((label): label is string => typeof label === "string"), ...labels])].filter(
    (label) => label !== "",
  );
}

const drawnFieldsOf = ({ views }: SpecParts): ReadonlySet<string> =>
  new Set(
    views.flatMap(({ encoding }) =>
      Object.entries(encoding).flatMap(([channel, definition]) =>
        /^(tooltip|detail|key|href|order)/.test(channel) ? [] : (fieldOf(definition) ?? []),
      ),
    ),
  );
