import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlText, withDatabase } from "../../../src/engine/database.ts";
import { writeOsmPbf } from "../../../src/sources/sample/osm-write.ts";
import { gpkgGeometry, type ShapefileBytes, wkb, writeGeopackage, writeShapefile } from "../../support/formats.ts";
import { rows } from "./table.ts";

/** A square of about a kilometre, its last point the first. */
const square = (i: number): (readonly [number, number])[] => {
  const [west, south] = [2 + i / 10, 47 + i / 10];
  return [
    [west, south],
    [west, south + 0.01],
    [west + 0.01, south + 0.01],
    [west + 0.01, south],
    [west, south],
  ];
};

interface Feature {
  readonly type: string;
  readonly properties: Readonly<Record<string, string | number | null>>;
  readonly geometry: unknown;
}

export const features: readonly Feature[] = rows.map(([code_qp, insee_com, nom, montant, nombre], i) => ({
  type: "Feature",
  properties: { code_qp, insee_com, nom, montant, nombre },
  geometry: { type: "Polygon", coordinates: [square(i)] },
}));

export function shapefile(): ShapefileBytes {
  return writeShapefile(
    rows.map(([code, commune, name, amount, count], i) => ({
      rings: [square(i)],
      cells: [code, commune, name, amount === null ? null : String(amount), String(count)],
    })),
    [
      { name: "code_qp", type: "C", length: 8 },
      { name: "insee_com", type: "C", length: 5 },
      { name: "nom", type: "C", length: 40 },
      { name: "montant", type: "N", length: 10 },
      { name: "nombre", type: "N", length: 8 },
    ],
  );
}

const gpkgColumns = [
  ["code_qp", "TEXT"],
  ["insee_com", "TEXT"],
  ["nom", "TEXT"],
  ["montant", "REAL"],
  ["nombre", "INTEGER"],
] as const;

/** A scratch file that a library must write by its path, as bytes. */
async function bytesOf(write: (path: string) => unknown): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  try {
    await write(join(folder, "fichier"));
    return readFileSync(join(folder, "fichier"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const geopackageBytes = (): Promise<Buffer> =>
  bytesOf((path) =>
    writeGeopackage(path, [
      {
        name: "quartiers",
        srsId: 4326,
        columns: gpkgColumns,
        rows: rows.map((cells, i) => ({ geometry: gpkgGeometry(wkb.polygon([square(i)])), cells: [...cells] })),
      },
    ]),
  );

/** The table in Parquet, written by the engine; `select` may change a column, `where` drop rows. */
export const parquetBytes = (select = "*", where = ""): Promise<Buffer> =>
  bytesOf((path) =>
    withDatabase((database) => {
      const values = rows
        .map(
          (row) =>
            `(${row.map((cell) => (cell === null ? "NULL" : typeof cell === "string" ? sqlText(cell) : cell)).join(", ")})`,
        )
        .join(", ");
      return database.query(
        `COPY (SELECT ${select} FROM (VALUES ${values}) t(code_qp, insee_com, nom, montant, nombre) ${where}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION uncompressed)`,
      );
    }),
  );

export const xlsxRows: readonly (readonly (string | number | null)[])[] = [
  ["code_qp", "insee_com", "nom", "montant", "nombre"],
  ...rows.map((row) => [...row]),
];

/** The outlines as a TopoJSON topology, one arc each. */
export const topology = (): Readonly<Record<string, unknown>> => ({
  type: "Topology",
  arcs: rows.map((_, i) => square(i)),
  objects: {
    quartiers: {
      type: "GeometryCollection",
      geometries: features.map(({ properties }, i) => ({ type: "Polygon", arcs: [[i]], properties })),
    },
  },
});

/** A street for each neighbourhood, in an OpenStreetMap extract. */
export const osmBytes = (): Uint8Array =>
  writeOsmPbf(
    Array.from({ length: 30 }, (_, i) => ({ id: i + 1, lon: 2 + i / 100, lat: 47 })),
    rows.map(([code], i) => ({
      id: i + 1,
      nodes: [3 * i + 1, 3 * i + 2],
      tags: { highway: "residential", name: `Rue ${code}` },
    })),
  );
