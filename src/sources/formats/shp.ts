import { QuartiersError } from "../../codes/errors.ts";
import type { Ring } from "./rings.ts";

/** Geometries of a shapefile, in its own coordinates, one a record. */
export interface ShpGeometries {
  readonly kind: "polygons" | "points" | "lines";
  readonly count: number;
  /** Rings of each record as the file orders them; empty for a null shape, a point, a line. */
  readonly rings: readonly (readonly Ring[])[];
  /** For points: NaN for a null shape. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where each record begins, in bytes: what the .shx file repeats. */
  readonly offsets: readonly number[];
}

const kinds: Readonly<Record<number, ShpGeometries["kind"]>> = {
  1: "points",
  11: "points",
  21: "points",
  5: "polygons",
  15: "polygons",
  25: "polygons",
  3: "lines",
  13: "lines",
  23: "lines",
};

const damaged = (what: string, where: string, parts: { value?: string; expected?: string } = {}): QuartiersError =>
  new QuartiersError({
    what,
    where,
    expected: "un fichier .shp entier, du même envoi que les autres",
    ...parts,
    remedy: "reprendre les fichiers du producteur, tous ensemble",
  });

/**
 * Reads a .shp file (ESRI 1998, Shapefile Technical Description): points, polygons, null shapes; heights and measures are left out.
 * @throws QuartiersError when the file is truncated, damaged or of another geometry
 */
export function readShp(bytes: Buffer, file: string): ShpGeometries {
  const kind = readHeader(bytes, file);
  const rings: Ring[][] = [];
  const x: number[] = [];
  const y: number[] = [];
  const offsets: number[] = [];
  for (let at = 100; at < bytes.length; ) {
    const where = `${file}, objet ${rings.length + 1}`;
    const [number, length] = at + 8 <= bytes.length ? [bytes.readInt32BE(at), 2 * bytes.readInt32BE(at + 4)] : [-1, -1];
    if (number !== rings.length + 1 || length < 4 || at + 8 + length > bytes.length)
      throw damaged("Un objet du fichier .shp est tronqué ou abîmé", where, { value: `octet ${at}` });
    const content = bytes.subarray(at + 8, at + 8 + length);
    const type = content.readInt32LE(0);
    if (type !== 0 && kinds[type] !== kind)
      throw damaged("Un objet du fichier .shp n'est pas de la géométrie annoncée", where, { value: `type ${type}` });
    const isPoint = type !== 0 && kind === "points";
    if (isPoint && content.length < 20) throw damaged("Un point du fichier .shp est tronqué", where);
    x.push(isPoint ? finite(content.readDoubleLE(4), where) : Number.NaN);
    y.push(isPoint ? finite(content.readDoubleLE(12), where) : Number.NaN);
    rings.push(type !== 0 && kind === "polygons" ? readRings(content, where) : []);
    offsets.push(at);
    at += 8 + length;
  }
  return { kind, count: rings.length, rings, x: Float64Array.from(x), y: Float64Array.from(y), offsets };
}

function readHeader(bytes: Buffer, file: string): ShpGeometries["kind"] {
  if (bytes.length < 100) throw damaged("Le fichier .shp est tronqué", file);
  if (bytes.readInt32BE(0) !== 9994 || bytes.readInt32LE(28) !== 1000)
    throw damaged("Le fichier n'est pas un fichier .shp", file, {
      value: `premiers octets ${bytes.subarray(0, 4).toString("hex")}`,
      expected: "0000270a",
    });
  const length = 2 * bytes.readInt32BE(24);
  if (length !== bytes.length)
    throw damaged(
      length > bytes.length ? "Le fichier .shp est tronqué" : "Le fichier .shp est plus long qu'il n'annonce",
      file,
      {
        value: `${bytes.length} octets`,
        expected: `${length} octets`,
      },
    );
  const kind = kinds[bytes.readInt32LE(32)];
  if (kind) return kind;
  throw damaged("La géométrie du fichier .shp n'est pas connue ici", file, {
    value: `type ${bytes.readInt32LE(32)}`,
    expected: "des points (1), des lignes (3) ou des polygones (5)",
  });
}

function readRings(content: Buffer, where: string): Ring[] {
  if (content.length < 44) throw damaged("Un polygone du fichier .shp est tronqué", where);
  const [parts, points] = [content.readInt32LE(36), content.readInt32LE(40)];
  const start = 44 + 4 * parts;
  if (parts < 0 || points < 0 || start + 16 * points > content.length)
    throw damaged("Un polygone du fichier .shp est tronqué", where, { value: `${parts} contours, ${points} points` });
  return Array.from({ length: parts }, (_, part) => {
    const first = content.readInt32LE(44 + 4 * part);
    const end = part + 1 < parts ? content.readInt32LE(48 + 4 * part) : points;
    if (first < 0 || end > points || end - first < 4 || (part === 0 && first !== 0))
      throw damaged("Un contour du fichier .shp est abîmé", where, { expected: "au moins quatre points" });
    const ring = new Float64Array(2 * (end - first));
    for (let i = 0; i < ring.length; i++) ring[i] = finite(content.readDoubleLE(start + 16 * first + 8 * i), where);
    if (ring[0] !== ring[ring.length - 2] || ring[1] !== ring[ring.length - 1])
      throw damaged("Un contour du fichier .shp n'est pas fermé", where, {
        expected: "le dernier point égal au premier",
      });
    return ring;
  });
}

function finite(value: number, where: string): number {
  // Under -1e38 is the format's « no data ».
  if (Number.isFinite(value) && value > -1e38) return value;
  throw damaged("Une coordonnée du fichier .shp n'est pas un nombre", where, { value: String(value) });
}

/** Refuses an index (.shx) that does not tell the same records. */
export function checkShx(bytes: Buffer, { offsets }: ShpGeometries, file: string): void {
  const count = (bytes.length - 100) / 8;
  if (count !== offsets.length)
    throw damaged("L'index .shx n'a pas autant d'objets que le fichier .shp", file, {
      value: `${Math.floor(count)}`,
      expected: `${offsets.length}`,
    });
  const wrong = offsets.findIndex((offset, i) => 2 * bytes.readInt32BE(100 + 8 * i) !== offset);
  if (wrong >= 0) throw damaged("L'index .shx ne suit pas le fichier .shp", `${file}, objet ${wrong + 1}`);
}
