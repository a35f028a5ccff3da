import { QuartiersError } from "../../codes/errors.ts";
import type { Ring } from "./rings.ts";

/** A geometry in its own coordinates: polygons, or a point, or neither for a line or nothing. */
export interface WkbGeometry {
  readonly polygons: readonly (readonly Ring[])[];
  readonly point: readonly [number, number] | null;
}

const nothing: WkbGeometry = { polygons: [], point: null };

const refused = (what: string, where: string, value?: string, expected?: string): QuartiersError =>
  new QuartiersError({
    what,
    where,
    ...(value === undefined ? {} : { value }),
    expected: expected ?? "une géométrie entière, de points, de lignes ou de polygones",
    remedy: "reprendre le fichier du producteur, ou lui demander des polygones ou des points simples",
  });

/** Bytes of an envelope, by the three bits that say its kind. */
const envelopeBytes = [0, 32, 48, 48, 64];

/**
 * Reads the geometry of a GeoPackage cell: its header, then Well-Known Binary (OGC 12-128r19, 2.1.3; ISO 13249-3). Heights and measures are left out.
 * @throws QuartiersError when the bytes are another encoding (SpatiaLite), truncated, or a geometry that is neither point, line nor polygon
 */
export function readGeopackageGeometry(bytes: Uint8Array, where: string): WkbGeometry {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.subarray(0, 2).toString("latin1") !== "GP") {
    const isSpatialite = view[0] === 0 && view[view.length - 1] === 0xfe;
    throw refused(
      isSpatialite
        ? "La géométrie est écrite à la façon de SpatiaLite"
        : "La géométrie n'est pas celle d'un GeoPackage",
      where,
      undefined,
      "une géométrie GeoPackage, qui commence par « GP »",
    );
  }
  if (view.length < 8 || view[2] !== 0) throw refused("L'en-tête de la géométrie est abîmé", where);
  const flags = view[3];
  const envelope = envelopeBytes[(flags >> 1) & 7];
  if (envelope === undefined || (flags & 0x20) !== 0) throw refused("L'en-tête de la géométrie est abîmé", where);
  if ((flags & 0x10) !== 0) return nothing;
  const reader = new WkbReader(view, 8 + envelope, where);
  const geometry = reader.geometry();
  if (reader.at !== view.length) throw refused("La géométrie est suivie d'octets de trop", where);
  return geometry;
}

const kinds = ["", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"];

class WkbReader {
  readonly #bytes: Buffer;
  readonly #where: string;
  #isLittle = true;
  at: number;

  constructor(bytes: Buffer, at: number, where: string) {
    this.#bytes = bytes;
    this.#where = where;
    this.at = at;
  }

  geometry(): WkbGeometry {
    const { kind, size } = this.#head();
    if (kind === "Point") return { polygons: [], point: this.#point(size) };
    if (kind === "Polygon") return { polygons: [this.#rings(size)], point: null };
    if (kind === "LineString") {
      this.#skip(this.#count(8 * size) * 8 * size);
      return nothing;
    }
    const parts = Array.from({ length: this.#count(5) }, () => {
      const start = this.at;
      const part = this.#head();
      if (part.kind !== kind.slice(5))
        throw refused("La géométrie mélange des genres", this.#where, part.kind, kind.slice(5));
      this.at = start;
      return this.geometry();
    });
    if (kind === "MultiPoint") {
      if (parts.length > 1)
        throw refused("L'objet est fait de plusieurs points", this.#where, `${parts.length} points`, "un point");
      return parts[0] ?? nothing;
    }
    return { polygons: parts.flatMap(({ polygons }) => polygons), point: null };
  }

  /** Byte order, kind, and how many numbers a point has. */
  #head(): { kind: string; size: number } {
    this.#need(5);
    const order = this.#bytes[this.at];
    if (order > 1) throw this.#truncated();
    this.#isLittle = order === 1;
    const code = this.#isLittle ? this.#bytes.readUInt32LE(this.at + 1) : this.#bytes.readUInt32BE(this.at + 1);
    this.at += 5;
    const kind = kinds[code % 1000];
    const dimensions = Math.floor(code / 1000);
    if (!kind || dimensions > 3)
      throw refused(
        "La géométrie est d'un genre qui n'est pas lu ici",
        this.#where,
        `type ${code}`,
        "des points, des lignes ou des polygones",
      );
    return { kind, size: [2, 3, 3, 4][dimensions] as number };
  }

  #point(size: number): [number, number] | null {
    const [x, y] = [this.#number(0), this.#number(1)];
    this.#skip(8 * size);
    if (Number.isNaN(x) && Number.isNaN(y)) return null;
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw refused("Une coordonnée n'est pas un nombre", this.#where);
    return [x, y];
  }

  #rings(size: number): Ring[] {
    return Array.from({ length: this.#count(4) }, () => {
      const points = this.#count(8 * size);
      const ring = new Float64Array(2 * points);
      for (let i = 0; i < points; i++) {
        ring[2 * i] = this.#number(0);
        ring[2 * i + 1] = this.#number(1);
        this.#skip(8 * size);
      }
      if (!ring.every(Number.isFinite)) throw refused("Une coordonnée n'est pas un nombre", this.#where);
      if (points < 4 || ring[0] !== ring[2 * points - 2] || ring[1] !== ring[2 * points - 1])
        throw refused(
          "Un contour n'est pas fermé",
          this.#where,
          undefined,
          "au moins quatre points, le dernier égal au premier",
        );
      return ring;
    });
  }

  /** A number of things that each take at least that many bytes of what is left. */
  #count(bytesEach: number): number {
    this.#need(4);
    const count = this.#isLittle ? this.#bytes.readUInt32LE(this.at) : this.#bytes.readUInt32BE(this.at);
    this.at += 4;
    this.#need(count * bytesEach);
    return count;
  }

  #number(index: number): number {
    const at = this.at + 8 * index;
    this.#need(8 * index + 8);
    return this.#isLittle ? this.#bytes.readDoubleLE(at) : this.#bytes.readDoubleBE(at);
  }

  #skip(bytes: number): void {
    this.#need(bytes);
    this.at += bytes;
  }

  #need(bytes: number): void {
    if (this.at + bytes > this.#bytes.length) throw this.#truncated();
  }

  #truncated(): QuartiersError {
    return refused("La géométrie est tronquée ou abîmée", this.#where);
  }
}
