import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { Shape } from "../../codes/shape.ts";
import { extractMember, isArchive, listMembers } from "./archive.ts";
import { chooseMember } from "./archive-member.ts";
import { type Dbf, encodingOf, readDbf } from "./dbf.ts";
import { type Projection, placedDegrees, projectionOf } from "./projections.ts";
import type { RawFeatures } from "./raw-table.ts";
import { noShape, polygonsOf, type Ring, ringInDegrees } from "./rings.ts";
import { checkShx, readShp, type ShpGeometries } from "./shp.ts";
import { projectionOfWkt } from "./wkt.ts";

export interface ShapefileOptions {
  /** In an archive: the .shp member to read, by its path or base name; `*` stands for any run of characters. */
  readonly layer?: string;
  /** Reference system when no .prj says it. */
  readonly epsg?: number;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

const suffixes = ["shp", "dbf", "shx", "prj", "cpg"] as const;
type Suffix = (typeof suffixes)[number];
type Parts = Readonly<Partial<Record<Suffix, string>>>;

/**
 * Reads a shapefile: the .shp beside its .dbf (and .shx, .prj, .cpg), or an archive that holds them. Outlines in WGS 84 degrees, holes with their outline;
 * texts in the encoding of the .cpg, Latin-1 without one.
 * @throws QuartiersError when a part is absent, truncated or damaged, the parts do not have as many objects, or the reference system is unknown
 */
export async function readShapefile(path: string, options: ShapefileOptions = {}): Promise<RawFeatures> {
  const file = options.file ?? basename(path);
  if (!existsSync(path)) throw absent("shp", file);
  if (!/\.shp$/i.test(path) && (await isArchive(path))) return readArchive(path, file, options);
  const stem = basename(path).replace(/\.[^.]*$/, "");
  const names = readdirSync(dirname(path));
  const found = suffixes.flatMap((suffix) => {
    const name = names.find((candidate) => candidate.toLowerCase() === `${stem}.${suffix}`.toLowerCase());
    return name === undefined ? [] : [[suffix, join(dirname(path), name)]];
  });
  return readParts(Object.fromEntries(found), file, options.epsg);
}

/** Extracts the parts of one layer to a folder of its own, reads them, and removes it. */
async function readArchive(
  path: string,
  file: string,
  { layer = "*.shp", epsg }: ShapefileOptions,
): Promise<RawFeatures> {
  const members = await listMembers(path, { file });
  const shp = chooseMember(members, /\.shp$/i.test(layer) ? layer : `${layer}.shp`, file).path;
  const stem = shp.slice(0, -4);
  const folder = mkdtempSync(join(tmpdir(), "quartiers-shp-"));
  try {
    const parts: Partial<Record<Suffix, string>> = {};
    for (const suffix of suffixes) {
      const member = members.find((one) => one.path.toLowerCase() === `${stem}.${suffix}`.toLowerCase());
      if (!member) continue;
      parts[suffix] = join(folder, `couche.${suffix}`);
      await extractMember(path, member.path, parts[suffix], { file });
    }
    return readParts(parts, `${file}, membre ${shp}`, epsg);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const absent = (suffix: Suffix, file: string): QuartiersError =>
  new QuartiersError({
    what: `Le fichier .${suffix} manque`,
    where: file,
    expected: "un shapefile entier\u00a0: .shp, .dbf, .shx, .prj (et .cpg)",
    remedy: "déposer ensemble tous les fichiers du producteur, ou son archive telle quelle",
  });

function readParts(parts: Parts, file: string, epsg: number | undefined): RawFeatures {
  if (parts.shp === undefined) throw absent("shp", file);
  if (parts.dbf === undefined) throw absent("dbf", file);
  const named = (suffix: Suffix): string => file.replace(/\.shp$/i, `.${suffix}`);
  const geometries = readShp(readPart(parts.shp, file), file);
  if (parts.shx !== undefined) checkShx(readPart(parts.shx, named("shx")), geometries, named("shx"));
  const cpg = parts.cpg === undefined ? null : readPart(parts.cpg, named("cpg")).toString("utf8");
  const dbf = readDbf(readPart(parts.dbf, named("dbf")), encodingOf(cpg, named("cpg")), named("dbf"));
  if (dbf.count !== geometries.count)
    throw new QuartiersError({
      what: "Le shapefile n'a pas autant de lignes que d'objets",
      value: `${dbf.count} lignes dans le .dbf, ${geometries.count} objets dans le .shp`,
      where: file,
      expected: "le même nombre",
      remedy: "reprendre les fichiers du producteur, tous ensemble\u00a0: ceux-ci ne sont pas de la même édition",
    });
  return featuresOf(geometries, dbf, projectionOfParts(parts, epsg, file, named("prj")), file);
}

function readPart(path: string, file: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new QuartiersError({
      what: "Le fichier ne peut pas être lu",
      where: file,
      remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
      cause,
    });
  }
}

function projectionOfParts(parts: Parts, epsg: number | undefined, file: string, prjName: string): Projection {
  if (parts.prj !== undefined) return projectionOfWkt(readPart(parts.prj, prjName).toString("latin1"), prjName);
  const projection = epsg === undefined ? null : projectionOf(epsg);
  if (projection) return projection;
  throw new QuartiersError({
    what: "Rien ne dit le système de coordonnées du shapefile",
    where: file,
    expected: "un fichier .prj à côté du .shp, ou un code EPSG connu dans le contrat de la source",
    remedy: "demander le .prj au producteur",
  });
}

function featuresOf(geometries: ShpGeometries, dbf: Dbf, projection: Projection, file: string): RawFeatures {
  const kept = Array.from({ length: dbf.count }, (_, record) => record).filter((record) => !dbf.isDeleted(record));
  const where = (record: number): string => `objet ${(kept[record] ?? record) + 1}`;
  const shapes = kept.map((record) =>
    shapeOf(geometries.rings[record] ?? [], projection, `${file}, objet ${record + 1}`),
  );
  const table = {
    names: dbf.names,
    columns: dbf.columns.map((column) => kept.map((record) => column[record] ?? null)),
    count: kept.length,
    where,
    shapes,
  };
  if (geometries.kind !== "points") return table;
  const [x, y] = [geometries.x, geometries.y].map((values) => Float64Array.from(kept, (record) => values[record])) as [
    Float64Array,
    Float64Array,
  ];
  return { ...table, points: placedDegrees(projection, x, y, (record) => `${file}, ${where(record)}`) };
}

/** Rings of a record as a shape in degrees. */
function shapeOf(rings: readonly Ring[], projection: Projection, where: string): Shape {
  if (rings.length === 0) return noShape;
  return {
    polygons: polygonsOf(rings).map((polygon) => polygon.map((ring) => ringInDegrees(ring, projection, where))),
  };
}
