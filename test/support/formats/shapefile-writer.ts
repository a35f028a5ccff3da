/** A feature of a shapefile: rings of a polygon, a point, or nothing. */
export interface ShpFeature {
  readonly rings?: readonly (readonly (readonly [number, number])[])[];
  readonly point?: readonly [number, number];
  readonly cells: readonly (string | null)[];
}

export interface ShpField {
  readonly name: string;
  readonly type: "C" | "N" | "D" | "L" | "F";
  readonly length: number;
}

export interface ShapefileBytes {
  readonly shp: Buffer;
  readonly shx: Buffer;
  readonly dbf: Buffer;
}

/** A shapefile by hand (ESRI 1998), its texts encoded as asked. `type` 15 and 11 add heights. */
export function writeShapefile(
  features: readonly ShpFeature[],
  fields: readonly ShpField[],
  { type = 5, encoding = "utf8" }: { type?: 1 | 5 | 11 | 15; encoding?: "utf8" | "latin1" } = {},
): ShapefileBytes {
  const records = features.map((feature) => content(feature, type));
  const shp = Buffer.concat([
    header(type, 100 + records.reduce((sum, record) => sum + 8 + record.length, 0)),
    ...records.flatMap((record, i) => [recordHead(i + 1, record.length), record]),
  ]);
  let at = 100;
  const index = records.map((record) => {
    const head = recordHead(at / 2, record.length);
    at += 8 + record.length;
    return head;
  });
  const shx = Buffer.concat([header(type, 100 + 8 * records.length), ...index]);
  return {
    shp,
    shx,
    dbf: writeDbf(
      fields,
      features.map(({ cells }) => cells),
      encoding,
    ),
  };
}

function header(type: number, length: number): Buffer {
  const bytes = Buffer.alloc(100);
  bytes.writeInt32BE(9994, 0);
  bytes.writeInt32BE(length / 2, 24);
  bytes.writeInt32LE(1000, 28);
  bytes.writeInt32LE(type, 32);
  return bytes;
}

function recordHead(number: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(number, 0);
  bytes.writeInt32BE(length / 2, 4);
  return bytes;
}

const doubles = (values: readonly number[]): Buffer => Buffer.from(Float64Array.from(values).buffer);
const integers = (values: readonly number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);

function content({ rings, point }: ShpFeature, type: number): Buffer {
  const hasHeight = type > 10;
  if (point) return Buffer.concat([integers([type]), doubles([...point, ...(hasHeight ? [12, 0] : [])])]);
  if (!rings) return integers([0]);
  const points = rings.flat();
  const starts = rings.map((_, i) => rings.slice(0, i).reduce((sum, ring) => sum + ring.length, 0));
  const heights = hasHeight ? doubles([0, 9, ...points.map(() => 3)]) : Buffer.alloc(0);
  return Buffer.concat([
    integers([type]),
    doubles([0, 0, 0, 0]),
    integers([rings.length, points.length, ...starts]),
    doubles(points.flat()),
    heights,
  ]);
}

/** A dBASE III table. */
export function writeDbf(
  fields: readonly ShpField[],
  rows: readonly (readonly (string | null)[])[],
  encoding: "utf8" | "latin1" = "utf8",
): Buffer {
  const recordLength = 1 + fields.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(32 + 32 * fields.length + 1);
  head.writeUInt8(3, 0);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(recordLength, 10);
  fields.forEach(({ name, type, length }, i) => {
    head.write(name, 32 + 32 * i, "latin1");
    head.write(type, 43 + 32 * i, "latin1");
    head.writeUInt8(length, 48 + 32 * i);
  });
  head.writeUInt8(0x0d, head.length - 1);
  const records = rows.map((row) => {
    const record = Buffer.alloc(recordLength, 0x20);
    let at = 1;
    fields.forEach(({ type, length }, i) => {
      const text = Buffer.from(row[i] ?? "", encoding).subarray(0, length);
      text.copy(record, type === "N" || type === "F" ? at + length - text.length : at);
      at += length;
    });
    return record;
  });
  return Buffer.concat([head, ...records, Buffer.from([0x1a])]);
}

/** As ESRI writes Lambert-93 and WGS 84 in a .prj file. */
export const prj = {
  lambert93:
    'PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]',
  wgs84:
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
  utm40s:
    'PROJCS["RGR_1992_UTM_40S",GEOGCS["GCS_RGR_1992",DATUM["D_RGR_1992",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",57.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
  lambert2:
    'PROJCS["NTF_Lambert_II_etendu",GEOGCS["GCS_NTF",DATUM["D_NTF",SPHEROID["Clarke_1880_IGN",6378249.2,293.4660212936265]],PRIMEM["Paris",2.337229166666667],UNIT["Grad",0.01570796326794897]],PROJECTION["Lambert_Conformal_Conic"],UNIT["Meter",1.0]]',
} as const;
