/** A specification, or a part of it, as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A row of a dataset of the specification; the row of a perimeter is its properties. */
export type DrawnRow = Json;

/** Rows of one dataset, where they stand, or null when they cannot be read as rows. */
export interface DrawnData {
  readonly place: string;
  readonly rows: readonly DrawnRow[] | null;
}

/** One view that draws marks, with what it inherits from the views around it. */
export interface UnitView {
  readonly place: string;
  readonly mark: Json & { readonly type: string };
  /** Channel definitions, with those of the layers and facets around. */
  readonly encoding: Readonly<Record<string, Json>>;
  /** Index in `data` of what it draws, or -1. */
  readonly data: number;
  /** Transforms of the view and of those around it. */
  readonly transforms: readonly Json[];
}

/** A specification read: all that it carries, and all that it draws. */
export interface SpecParts {
  readonly data: readonly DrawnData[];
  readonly views: readonly UnitView[];
  /** Datasets that no view draws. */
  readonly unused: readonly string[];
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys under which a view holds other views. */
const inner = ["layer", "concat", "hconcat", "vconcat"] as const;

/**
 * Reads a Vega-Lite specification: its views with what they inherit, and every row that it carries, drawn or not.
 * Anything that is not rows (a text of CSV, TopoJSON) is kept with `rows: null`, for the gate to refuse.
 */
export function readSpec(spec: Json): SpecParts {
  const data: DrawnData[] = [];
  const named = new Map<string, number>();
  const used = new Set<number>();
  const views: UnitView[] = [];

  if (isObject(spec.datasets)) {
    for (const [name, values] of Object.entries(spec.datasets)) {
      named.set(name, data.length);
      data.push({ place: `jeu ${name}`, rows: rowsOf(values) });
    }
  }
  const dataOf = (source: unknown, place: string, around: number): number => {
    if (source === undefined) return around;
    if (!isObject(source)) return -1;
    if ("values" in source) {
      data.push({ place: `${place}data.values`, rows: rowsOf(source.values) });
      if (typeof source.name === "string") named.set(source.name, data.length - 1);
      return data.length - 1;
    }
    return typeof source.name === "string" ? (named.get(source.name) ?? -1) : -1;
  };
  const visit = (view: Json, place: string, around: Omit<UnitView, "place" | "mark">): void => {
    const own = dataOf(view.data, place, around.data);
    const transforms = [...around.transforms, ...listOf(view.transform)];
    const facet = isObject(view.facet) ? ("field" in view.facet ? { facet: view.facet } : view.facet) : {};
    const encoding = { ...around.encoding, ...channelsOf(facet), ...channelsOf(view.encoding) };
    const here = { data: own, transforms, encoding };
    if (view.mark !== undefined) {
      const mark = isObject(view.mark) ? view.mark : { type: view.mark };
      used.add(own);
      views.push({ ...here, place, mark: { ...mark, type: String(mark.type) } });
    }
    for (const key of inner)
      listOf(view[key]).forEach((child, i) => {
        visit(child, `${place}${key}[${i}].`, here);
      });
    if (isObject(view.spec)) visit(view.spec, `${place}spec.`, here);
    for (const transform of listOf(view.transform)) {
      if (isObject(transform.from)) used.add(dataOf(transform.from.data, `${place}transform.from.`, -1));
    }
  };
  visit(spec, "", { data: -1, transforms: [], encoding: {} });
  const unused = data.filter((_, i) => !used.has(i)).map(({ place }) => place);
  return { data, views, unused };
}

/** The objects of a list; nothing when it is not one. */
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function channelsOf(encoding: unknown): Record<string, Json> {
  if (!isObject(encoding)) return {};
  return Object.fromEntries(
    Object.entries(encoding).flatMap(([channel, definition]) =>
      Array.isArray(definition)
        ? listOf(definition).map((one, i): [string, Json] => [i === 0 ? channel : `${channel}#${i}`, one])
        : isObject(definition)
          ? [[channel, definition] as [string, Json]]
          : [],
    ),
  );
}

/** The channel of a definition, without its number in a list. */
export const channelName = (channel: string): string => channel.replace(/#\d+$/, "");

function rowsOf(values: unknown): readonly DrawnRow[] | null {
  return writtenRows(values)?.map(propertiesOf) ?? null;
}

/** Rows as the file writes them, perimeters with their outline; null when they are not rows. */
export function writtenRows(values: unknown): readonly Json[] | null {
  const list = isObject(values) && Array.isArray(values.features) ? values.features : values;
  if (isObject(list) && list.type === "Feature") return [list];
  if (!Array.isArray(list)) return null;
  return list.map((row) => (isObject(row) ? row : { data: row }));
}

/** A perimeter is judged by its properties and by its own members, but for its outline. */
export function propertiesOf(row: Json): DrawnRow {
  if (row.type !== "Feature") return row;
  const { type: _type, geometry: _geometry, properties, ...others } = row;
  return { ...others, ...(isObject(properties) ? properties : {}) };
}

/** The column that a definition names, without the path to a perimeter's properties. */
export function fieldOf(definition: Json | undefined): string | null {
  if (definition === undefined) return null;
  const { field } = definition;
  if (typeof field === "string") return field.replace(/^properties\./, "").replaceAll("\\", "");
  return isObject(field) && typeof field.field === "string" ? field.field : null;
}

/** Calls `look` on every object of the specification but the rows of its datasets, with its path. */
export function walk(value: unknown, look: (object: Json, path: string) => void, path = ""): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      walk(item, look, `${path}[${i}]`);
    });
    return;
  }
  if (!isObject(value)) return;
  look(value, path);
  for (const [key, child] of Object.entries(value)) {
    if (key === "datasets" || (key === "values" && path.endsWith("data"))) continue;
    walk(child, look, path === "" ? key : `${path}.${key}`);
  }
}
