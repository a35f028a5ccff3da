import { ceilTo, floorTo, roundStep } from "./bins.ts";
import { quantile } from "./group-quantiles.ts";
import { channelName, type DrawnRow, fieldOf, isObject, type Json, listOf } from "./read-spec.ts";

const views: readonly string[] = ["layer", "concat", "hconcat", "vconcat"];
const marks: ReadonlySet<string> = new Set(
  "arc area bar circle geoshape line point rect rule square text tick trail".split(" "),
);
const dropped: ReadonlySet<string> = new Set(["tooltip", "href", "url", "key", "detail", "description", "order"]);
const shades: ReadonlySet<string> = new Set(["color", "fill", "stroke", "size", "opacity"]);

/** What may be kept of a mark, a scale, an axis or a legend: settings of the drawing. */
const settings: ReadonlySet<string> = new Set(
  "filled opacity color fill stroke strokeWidth size shape orient interpolate point align baseline dx dy clip width height step zero type scheme reverse padding paddingInner paddingOuter grid ticks domainOpacity labelAngle direction columns spacing scale".split(
    " ",
  ),
);

/** What the cleaned view draws: the rows of each dataset once released, null where a view loses its data, and the titles of columns. */
export interface CleanRows {
  /** Released rows of what the author's view drew. */
  readonly rowsOf: (data: Json) => readonly DrawnRow[] | null;
  /** Title of a column: its label. */
  readonly titleOf: (field: string) => string;
  /** Whether a field may still be drawn. */
  readonly keeps: (field: string) => boolean;
}

/**
 * A view with nothing of the author's but its kind of marks, its channels and its settings: no transform, metadata, tooltip, address, name, text, sort by
 * list, or domain. Ends of quantitative scales are round numbers. Null when nothing is left to draw.
 */
export function cleanView(view: Json, clean: CleanRows, around: readonly DrawnRow[] = []): Json | null {
  const own = isObject(view.data) ? clean.rowsOf(view.data) : around;
  if (own === null) return null;
  const kept: Record<string, unknown> = {};
  if (isObject(view.data)) kept.data = { values: own };
  for (const key of ["width", "height"]) if (isSetting(view[key])) kept[key] = view[key];
  if (isObject(view.projection)) kept.projection = settingsOf(view.projection);
  const inside = isObject(view.spec) ? cleanView(view.spec, clean, own) : undefined;
  if (inside === null) return null;
  if (inside !== undefined) kept.spec = inside;
  if (isObject(view.facet)) {
    kept.facet =
      "field" in view.facet ? cleanChannel("facet", view.facet, own, clean) : cleanEncoding(view.facet, own, clean);
  }
  for (const key of views) {
    if (!(key in view)) continue;
    const children = listOf(view[key]).flatMap((child) => cleanView(child, clean, own) ?? []);
    if (children.length === 0) return null;
    kept[key] = children;
  }
  if (view.encoding !== undefined) kept.encoding = cleanEncoding(view.encoding, own, clean);
  if (view.mark !== undefined) {
    const mark = isObject(view.mark) ? view.mark : { type: view.mark };
    const hasField = Object.values((kept.encoding ?? {}) as Json).some((channel) => fieldOf(channel as Json) !== null);
    if (!marks.has(String(mark.type)) || !hasField) return null;
    kept.mark = { type: mark.type, ...settingsOf(mark) };
  }
  return kept;
}

function cleanEncoding(encoding: unknown, rows: readonly DrawnRow[], clean: CleanRows): Json {
  if (!isObject(encoding)) return {};
  return Object.fromEntries(
    Object.entries(encoding).flatMap(([channel, definition]) => {
      if (dropped.has(channelName(channel)) || !isObject(definition)) return [];
      const made = cleanChannel(channel, definition, rows, clean);
      return made === null ? [] : [[channel, made]];
    }),
  );
}

function cleanChannel(channel: string, definition: Json, rows: readonly DrawnRow[], clean: CleanRows): Json | null {
  const field = fieldOf(definition);
  if (field === null || !clean.keeps(field)) return null;
  const written = typeof definition.field === "string" ? definition.field : field;
  const kept: Record<string, unknown> = { field: written };
  if (typeof definition.type === "string") kept.type = definition.type;
  if (/2$/.test(channel)) return kept;
  kept.title = clean.titleOf(field);
  for (const key of ["stack", "sort", "axis", "legend"]) if (definition[key] === null) kept[key] = null;
  if (definition.sort === "ascending" || definition.sort === "descending") kept.sort = definition.sort;
  const scale = isObject(definition.scale) ? definition.scale : {};
  const ends =
    definition.type === "quantitative"
      ? roundEnds(
          channel,
          rows.map((row) => row[field]),
          scale,
        )
      : null;
  const settled = { ...settingsOf(scale), ...(ends ?? {}) };
  if (definition.scale === null) kept.scale = null;
  else if (Object.keys(settled).length > 0) kept.scale = settled;
  return kept;
}

/** A domain of round numbers where the author asked for one, or where the default would run from the least to the greatest value. */
function roundEnds(channel: string, values: readonly unknown[], scale: Json): Json | null {
  const known = values
    .filter((value): value is number => typeof value === "number" && Number.isFinite(value))
    .sort((a, b) => a - b);
  const [least] = known;
  const greatest = known.at(-1);
  if (least === undefined || greatest === undefined) return null;
  const asked = ["domain", "domainMin", "domainMax"].some((key) => key in scale) || scale.nice === false;
  if (!asked && !shades.has(channelName(channel))) return null;
  const step = roundStep((greatest - least) / 10 || Math.abs(greatest) / 10);
  if (shades.has(channelName(channel))) {
    const low = floorTo(quantile(known, 0.05) ?? least, step);
    const high = ceilTo(quantile(known, 0.95) ?? greatest, step);
    return { domain: [low, high === low ? low + step : high], clamp: true };
  }
  return {
    domain: [scale.zero === false ? floorTo(least, step) : Math.min(0, floorTo(least, step)), ceilTo(greatest, step)],
    nice: false,
  };
}

function settingsOf(object: Json): Json {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => key !== "type" && settings.has(key) && isSetting(value)),
  );
}

/** A number of pixels, a switch, or a plain word such as a colour: nothing that carries a row. */
const isSetting = (value: unknown): boolean =>
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= 4000 && Number.isInteger(value * 4)) ||
  (typeof value === "string" && /^#?[a-z]{1,20}$|^#[0-9a-f]{6}$/i.test(value)) ||
  (isObject(value) && Object.keys(value).length === 1 && typeof value.step === "number" && isSetting(value.step));
