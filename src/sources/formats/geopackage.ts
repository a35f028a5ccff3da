import { open } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { QuartiersError } from "../../codes/errors.ts";
import type { Shape } from "../../codes/shape.ts";
import { refusePage } from "../file-text.ts";
import { matcher } from "./archive-member.ts";
import { type Projection, placedDegrees, projectionOf } from "./projections.ts";
import type { RawFeatures, RawTable } from "./raw-table.ts";
import { noShape, ringInDegrees } from "./rings.ts";
import { readGeopackageGeometry, type WkbGeometry } from "./wkb.ts";
import { projectionOfWkt } from "./wkt.ts";

export interface GeopackageOptions {
  /** Layer to read when there are several; `*` stands for any run of characters. */
  readonly layer?: string;
  /** Only these columns, for a table of millions of rows; all by default. */
  readonly columns?: readonly string[];
  /** Reference system when the layer's is written as undefined. */
  readonly epsg?: number;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

interface Layer {
  readonly name: string;
  readonly geometryColumn: string | null;
  readonly srsId: number;
}

/**
 * Reads a layer of features of a GeoPackage (OGC 12-128r19): its columns as text, its outlines in WGS 84 degrees.
 * @throws QuartiersError when the file is no GeoPackage or is damaged, when the layer is not there, has no geometry or an unknown reference system
 */
export async function readGeopackage(path: string, options: GeopackageOptions = {}): Promise<RawFeatures> {
  return withGeopackage(path, options, (database, layer, file) => {
    const where = `${file}, couche ${layer.name}`;
    if (layer.geometryColumn === null)
      throw new QuartiersError({
        what: "Cette couche du GeoPackage n'a pas de géométrie",
        value: layer.name,
        where: file,
        expected: "une couche d'objets",
        remedy: "corriger la couche dans le contrat de la source",
      });
    const projection = projectionOfLayer(database, layer, options.epsg, where);
    const geometries: WkbGeometry[] = [];
    const table = readRows(database, layer, options.columns, file, (value, record) => {
      const place = `${where}, ligne ${record + 1}`;
      geometries.push(
        value instanceof Uint8Array ? readGeopackageGeometry(value, place) : { polygons: [], point: null },
      );
    });
    const shapes = geometries.map(({ polygons }, i) =>
      shapeInDegrees(polygons, projection, `${where}, ligne ${i + 1}`),
    );
    if (!geometries.some(({ point }) => point !== null)) return { ...table, shapes };
    const x = Float64Array.from(geometries, ({ point }) => point?.[0] ?? Number.NaN);
    const y = Float64Array.from(geometries, ({ point }) => point?.[1] ?? Number.NaN);
    return { ...table, shapes, points: placedDegrees(projection, x, y, (i) => `${where}, ligne ${i + 1}`) };
  });
}

/** Reads the columns of a layer or of a table without geometry; shapes are left out. */
export async function readGeopackageTable(path: string, options: GeopackageOptions = {}): Promise<RawTable> {
  return withGeopackage(path, options, (database, layer, file) =>
    readRows(database, layer, options.columns, file, () => undefined),
  );
}

function shapeInDegrees(polygons: WkbGeometry["polygons"], projection: Projection, where: string): Shape {
  if (polygons.length === 0) return noShape;
  return { polygons: polygons.map((rings) => rings.map((ring) => ringInDegrees(ring, projection, where))) };
}

async function withGeopackage<T>(
  path: string,
  options: GeopackageOptions,
  task: (database: DatabaseSync, layer: Layer, file: string) => T,
): Promise<T> {
  const file = options.file ?? basename(path);
  await checkFile(path, file);
  const { DatabaseSync } = await import("node:sqlite");
  let database: DatabaseSync | null = null;
  try {
    // Immutable: no lock, no journal, and nothing is written beside the file.
    database = new DatabaseSync(`${pathToFileURL(resolve(path)).href}?immutable=1`, { readOnly: true });
    database.exec("PRAGMA trusted_schema = OFF");
    return task(database, chooseLayer(database, options.layer, file), file);
  } catch (error) {
    if (error instanceof QuartiersError) throw error;
    throw new QuartiersError({
      what: "Le GeoPackage est abîmé",
      where: file,
      expected: "un GeoPackage entier (.gpkg)",
      remedy: "le télécharger de nouveau",
      cause: error,
    });
  } finally {
    database?.close();
  }
}

/** Application identifiers of GeoPackage 1.2 and later, 1.1 and 1.0. */
const applicationIds: readonly string[] = ["GPKG", "GP11", "GP10"];

async function checkFile(path: string, file: string): Promise<void> {
  const refuse = (what: string, value?: string, expected?: string): never => {
    throw new QuartiersError({
      what,
      where: file,
      expected: expected ?? "un GeoPackage (.gpkg)",
      ...(value === undefined ? {} : { value }),
      remedy: "vérifier que c'est bien le fichier du producteur, et le télécharger de nouveau",
    });
  };
  const handle = await open(path, "r").catch(() => refuse("Le GeoPackage ne peut pas être lu"));
  try {
    const { size } = await handle.stat();
    const start = Buffer.alloc(1024);
    const { bytesRead } = await handle
      .read(start, 0, start.length, 0)
      .catch(() => refuse("Le GeoPackage ne peut pas être lu"));
    const bytes = start.subarray(0, bytesRead);
    refusePage(bytes, file);
    if (bytes.length < 100 || bytes.subarray(0, 15).toString("latin1") !== "SQLite format 3")
      refuse("Le fichier n'est pas un GeoPackage", `premiers octets ${bytes.subarray(0, 8).toString("hex")}`);
    const id = bytes.subarray(68, 72).toString("latin1");
    if (!applicationIds.includes(id))
      refuse(
        "La base SQLite n'est pas un GeoPackage",
        `identifiant ${bytes.subarray(68, 72).toString("hex")}`,
        "GPKG (47504b47)",
      );
    const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
    const declared = pageSize * bytes.readUInt32BE(28);
    if (declared > size) refuse("Le GeoPackage est tronqué", `${size} octets`, `${declared} octets`);
  } finally {
    await handle.close();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function chooseLayer(database: DatabaseSync, wanted: string | undefined, file: string): Layer {
  // A view could compute without end: only tables are read.
  const layers = database
    .prepare(
      "SELECT c.table_name AS name, g.column_name AS geometry, coalesce(g.srs_id, c.srs_id, -1) AS srs FROM gpkg_contents c " +
        "JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table' LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name " +
        "WHERE c.data_type IN ('features', 'attributes') ORDER BY c.table_name",
    )
    .all()
    .map(({ name, geometry, srs }) => ({
      name: String(name),
      geometryColumn: geometry === null ? null : String(geometry),
      srsId: Number(srs),
    }));
  const answers = wanted === undefined ? () => true : matcher(wanted);
  const found = layers.find(({ name }) => name === wanted) ?? layers.filter(({ name }) => answers(name));
  if (!Array.isArray(found)) return found;
  if (found.length === 1) return found[0] as Layer;
  throw new QuartiersError({
    what: found.length === 0 ? "Le GeoPackage n'a pas cette couche" : `Le GeoPackage a ${found.length} couches`,
    ...(wanted === undefined ? {} : { value: wanted }),
    where: file,
    expected: `l'une des couches ${layers.map(({ name }) => name).join(", ") || "(aucune)"}`,
    remedy: "nommer la couche dans le contrat de la source",
  });
}

function projectionOfLayer(
  database: DatabaseSync,
  { srsId }: Layer,
  epsg: number | undefined,
  where: string,
): Projection {
  const row = database
    .prepare(
      "SELECT organization, organization_coordsys_id AS code, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
    )
    .get(srsId);
  if (row && srsId > 0) {
    const known = /^epsg$/i.test(String(row.organization)) ? projectionOf(Number(row.code)) : null;
    return known ?? projectionOfWkt(String(row.definition), where);
  }
  const asked = epsg === undefined ? null : projectionOf(epsg);
  if (asked) return asked;
  throw new QuartiersError({
    what: "Rien ne dit le système de coordonnées de la couche",
    value: `srs_id ${srsId}`,
    where,
    expected: "un système de gpkg_spatial_ref_sys, ou un code EPSG connu dans le contrat de la source",
    remedy: "le demander au producteur",
  });
}

/** Walks through the rows, one in memory at a time beside the columns that are kept. */
function readRows(
  database: DatabaseSync,
  { name, geometryColumn }: Layer,
  wanted: readonly string[] | undefined,
  file: string,
  eachGeometry: (value: SQLOutputValue, record: number) => void,
): RawTable {
  const all = database
    .prepare("SELECT name FROM pragma_table_info(?)")
    .all(name)
    .map((row) => String(row.name));
  const names = all.filter((column) => column !== geometryColumn && (wanted === undefined || wanted.includes(column)));
  const absent = (wanted ?? []).filter((column) => !names.includes(column));
  if (absent.length > 0)
    throw new QuartiersError({
      what: "La couche n'a pas ces colonnes",
      value: absent.join(", "),
      where: `${file}, couche ${name}`,
      expected: all.join(", "),
      remedy: "corriger les colonnes dans le contrat de la source",
    });
  const columns: (string | null)[][] = names.map(() => []);
  const geometry = geometryColumn === null ? "NULL" : quoted(geometryColumn);
  const statement = database.prepare(`SELECT ${[geometry, ...names.map(quoted)].join(", ")} FROM ${quoted(name)}`);
  // Integers over 2^53 keep their digits.
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  let count = 0;
  for (const row of statement.iterate() as unknown as Iterable<SQLOutputValue[]>) {
    eachGeometry(row[0] ?? null, count);
    for (let i = 0; i < names.length; i++)
      columns[i]?.push(
        cellText(row[i + 1] ?? null, () => `${file}, couche ${name}, ligne ${count + 1}, colonne ${names[i]}`),
      );
    count++;
  }
  return { names, columns, count, where: (record) => `couche ${name}, ligne ${record + 1}` };
}

function cellText(value: SQLOutputValue, where: () => string): string | null {
  if (value === null || value === "") return null;
  if (!(value instanceof Uint8Array)) return String(value);
  throw new QuartiersError({
    what: "Une cellule contient des octets",
    where: where(),
    expected: "un texte ou un nombre",
    remedy: "ôter cette colonne du contrat de la source",
  });
}
