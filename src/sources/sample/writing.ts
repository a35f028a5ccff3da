import type { Point, Ring } from "./geometry.ts";

/** A CSV field as the publishers write it: quoted only when it holds the separator, a quote or a line end. */
const field = (value: string | number, separator: string): string => {
  const text = String(value);
  return text.includes(separator) || text.includes('"') || text.includes("\n")
    ? `"${text.replaceAll('"', '""')}"`
    : text;
};

export interface CsvStyle {
  readonly separator: "," | ";";
  readonly lineEnd?: "\n" | "\r\n";
}

/** A CSV text: header, then rows, each line ended. */
export function csv(
  header: readonly string[],
  rows: Iterable<readonly (string | number)[]>,
  { separator, lineEnd = "\n" }: CsvStyle,
): string {
  const lines = [header.join(separator)];
  for (const row of rows) lines.push(row.map((value) => field(value, separator)).join(separator));
  return lines.join(lineEnd) + lineEnd;
}

/** A CSV text in R's manner: texts quoted, numbers bare, an absent value is a bare NA. */
export function quotedCsv(header: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const quote = (value: string | number | null): string =>
    value === null ? "NA" : typeof value === "number" ? String(value) : `"${value.replaceAll('"', '""')}"`;
  const lines = [header.map(quote).join(",")];
  for (const row of rows) lines.push(row.map(quote).join(","));
  return `${lines.join("\n")}\n`;
}

/** A number rounded to some decimals, without trailing zeros, decimal point. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** The same with a decimal comma. */
export const withComma = (value: number, decimals: number): string =>
  String(rounded(value, decimals)).replace(".", ",");

const position = ([lon, lat]: Point): string => `[ ${lon.toFixed(4)}, ${lat.toFixed(4)} ]`;
const closed = (ring: Ring): string => `[ ${[...ring, ring[0]].map(position).join(", ")} ]`;

export interface WrittenFeature {
  readonly properties: Readonly<Record<string, string>>;
  /** Polygons without holes. */
  readonly rings: readonly Ring[];
  readonly as: "Polygon" | "MultiPolygon";
}

/** A GeoJSON text laid out as ogr2ogr does (one feature a line, spaces, four decimals), with `"synthetique": true` beside its name. */
export function geojson(name: string, features: readonly WrittenFeature[]): string {
  const lines = features.map(({ properties, rings, as }) => {
    const props = Object.entries(properties).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    const coordinates =
      as === "Polygon" ? `[ ${closed(rings[0])} ]` : `[ ${rings.map((ring) => `[ ${closed(ring)} ]`).join(", ")} ]`;
    return `{ "type": "Feature", "properties": { ${props.join(", ")} }, "geometry": { "type": "${as}", "coordinates": ${coordinates} } }`;
  });
  const crs = '"crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } }';
  return `{\n"type": "FeatureCollection",\n"name": "${name}",\n"synthetique": true,\n${crs},\n"features": [\n${lines.join(",\n")}\n]\n}\n`;
}

/** A JSON list, one element a line. */
export const jsonLines = (rows: readonly unknown[]): string =>
  `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;

/** Upper case without accents or punctuation, Saint shortened: postal spelling. */
export const postalName = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[-'’]/g, " ")
    .replace(/\bSAINT(E?)\b/g, "ST$1");
