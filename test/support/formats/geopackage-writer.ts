import { rmSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

export interface GpkgLayer {
  readonly name: string;
  /** Absent for a table without geometry. */
  readonly srsId?: number;
  /** Name and SQL type of each column, besides `fid` and `geom`. */
  readonly columns: readonly (readonly [string, string])[];
  readonly rows: readonly { readonly geometry?: Uint8Array | null; readonly cells: readonly SQLInputValue[] }[];
}

/** A GeoPackage by SQLite itself, with the tables that the standard requires. */
export function writeGeopackage(
  path: string,
  layers: readonly GpkgLayer[],
  { applicationId = 0x47504b47, definition }: { applicationId?: number; definition?: string } = {},
): string {
  rmSync(path, { force: true });
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA application_id = ${applicationId};
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('undefined', -1, 'NONE', -1, 'undefined'), ('WGS 84', 4326, 'EPSG', 4326, ''),
      ('Lambert-93', 2154, 'EPSG', 2154, ''), ('LAEA', 3035, 'epsg', 3035, ''), ('NTF', 27572, 'EPSG', 27572, 'PROJCS["NTF (Paris)"]');`);
  if (definition !== undefined)
    database.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES ('own', 100000, 'NONE', 100000, ?)").run(definition);
  for (const { name, srsId, columns, rows } of layers) {
    const own = columns.map(([column, type]) => `"${column}" ${type}`);
    const geometry = srsId === undefined ? [] : ["geom BLOB"];
    database.exec(`CREATE TABLE "${name}" (${["fid INTEGER PRIMARY KEY", ...geometry, ...own].join(", ")})`);
    const type = srsId === undefined ? "attributes" : "features";
    database.prepare("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?)").run(name, type, name, srsId ?? null);
    if (srsId !== undefined)
      database.prepare("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)").run(name, srsId);
    const insert = database.prepare(
      `INSERT INTO "${name}" VALUES (NULL, ${[...geometry, ...own].map(() => "?").join(", ")})`,
    );
    for (const row of rows) insert.run(...(srsId === undefined ? [] : [row.geometry ?? null]), ...row.cells);
  }
  database.close();
  return path;
}

type Points = readonly (readonly number[])[];

/** The header of a GeoPackage geometry, then its Well-Known Binary. */
export function gpkgGeometry(
  wkb: Uint8Array,
  { envelope = false, empty = false }: { envelope?: boolean; empty?: boolean } = {},
): Buffer {
  const head = Buffer.alloc(8);
  head.write("GP", 0, "latin1");
  head[3] = 1 | (envelope ? 2 : 0) | (empty ? 16 : 0);
  return Buffer.concat([head, Buffer.alloc(envelope ? 32 : 0), wkb]);
}

/** Well-Known Binary of a polygon (3), a point (1) or several (6), little or big end first; points of 3 numbers have a height. */
export const wkb = {
  point: (point: readonly number[]): Buffer => Buffer.concat([wkbHead(1, point.length), doubles(point, true)]),
  polygon: (rings: readonly Points[], isLittle = true): Buffer =>
    Buffer.concat([
      wkbHead(3, rings[0]?.[0]?.length ?? 2, isLittle),
      uint32(rings.length, isLittle),
      ...rings.flatMap((ring) => [uint32(ring.length, isLittle), ...ring.map((point) => doubles(point, isLittle))]),
    ]),
  several: (kind: number, parts: readonly Uint8Array[]): Buffer =>
    Buffer.concat([wkbHead(kind, 2), uint32(parts.length, true), ...parts]),
};

function wkbHead(kind: number, size: number, isLittle = true): Buffer {
  return Buffer.concat([Buffer.of(isLittle ? 1 : 0), uint32(kind + 1000 * (size - 2), isLittle)]);
}

function uint32(value: number, isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  if (isLittle) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

function doubles(values: readonly number[], isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, i) => {
    if (isLittle) bytes.writeDoubleLE(value, 8 * i);
    else bytes.writeDoubleBE(value, 8 * i);
  });
  return bytes;
}
