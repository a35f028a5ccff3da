import { gzipSync } from "node:zlib";
import type { Contract } from "../../../src/sources/contract.ts";
import { gtfsContract, gtfsFeeds } from "../../../src/sources/gtfs.ts";
import { osmRoutesContracts } from "../../../src/sources/osm-routes.ts";
import { prj, writeSevenZip, writeXlsx, writeZip } from "../../support/formats.ts";
import type { Files } from "./case.ts";
import { type CsvStyle, contractOf, csvBytes, csvContract, csvStyles, csvText, rows } from "./table.ts";
import { features, geopackageBytes, osmBytes, parquetBytes, shapefile, topology, xlsxRows } from "./writers.ts";

const stops = ["stop_id,stop_name,stop_lat,stop_lon", ...rows.map((_, i) => `S${i},Arrêt ${i},47.${i}1,2.${i}1`)].join(
  "\n",
);

/** A sound file of a format: how it is read, its bytes, what stands beside it, and where a changed byte must be seen. */
export interface SoundFile {
  readonly format: string;
  readonly contract: Contract;
  readonly file: string;
  readonly bytes: Buffer;
  readonly beside: Files;
  /** Text whose bytes a flip changes; null when any byte is under a checksum. */
  readonly coded: string | null;
  /** True where cells are text that a byte of no text, or of another encoding, breaks. */
  readonly isText: boolean;
}

/** Every format, sound. */
export async function soundFiles(): Promise<readonly SoundFile[]> {
  const csv = csvStyles["CSV ;"] as CsvStyle;
  const table = csvBytes(csvText(csv), csv);
  const text = { beside: {}, coded: "QP000002", isText: true };
  const packed = { beside: {}, coded: null, isText: false };
  const { shp, shx, dbf } = shapefile();
  const csvIn = (file: string): Contract => ({ ...csvContract(csv, file), member: "table.csv" });
  const geo = { type: "FeatureCollection", features };
  const beside = { "essai/couche.shx": shx, "essai/couche.prj": prj.wgs84, "essai/couche.cpg": "UTF-8" };
  const file = (name: string): string => `essai/${name}`;
  return [
    ...Object.entries(csvStyles).map(([format, style]) => ({
      ...text,
      format,
      contract: csvContract(style),
      file: file("table.csv"),
      bytes: csvBytes(csvText(style), style),
    })),
    {
      ...packed,
      format: "CSV en ZIP",
      contract: csvIn("essai/table.zip"),
      file: file("table.zip"),
      bytes: writeZip([
        { name: "lisez-moi.txt", content: "à lire" },
        { name: "donnees/table.csv", content: table },
      ]),
    },
    {
      ...packed,
      format: "CSV en 7z",
      contract: csvIn("essai/table.7z"),
      file: file("table.7z"),
      bytes: writeSevenZip([{ name: "table.csv", content: table }]),
    },
    {
      ...packed,
      format: "CSV en gzip",
      contract: csvContract(csv, "essai/table.csv.gz"),
      file: file("table.csv.gz"),
      bytes: gzipSync(table),
    },
    {
      ...packed,
      format: "XLSX",
      contract: contractOf("xlsx", "essai/table.xlsx", { xlsx: { sheet: "T", headerRow: 1 } }),
      file: file("table.xlsx"),
      bytes: writeXlsx({ T: { rows: xlsxRows } }),
    },
    {
      ...text,
      isText: false,
      format: "Parquet",
      contract: contractOf("parquet", "essai/table.parquet"),
      file: file("table.parquet"),
      bytes: await parquetBytes(),
    },
    {
      ...text,
      format: "JSON",
      contract: contractOf("json", "essai/table.json"),
      file: file("table.json"),
      bytes: Buffer.from(
        JSON.stringify(
          features.map(({ properties }) => properties),
          null,
          1,
        ),
      ),
    },
    {
      ...text,
      format: "GeoJSON",
      contract: contractOf("geojson", "essai/contours.geojson"),
      file: file("contours.geojson"),
      bytes: Buffer.from(JSON.stringify(geo, null, 1)),
    },
    {
      ...text,
      isText: false,
      coded: null,
      format: "Shapefile .shp",
      contract: contractOf("shapefile", "essai/couche.shp"),
      file: file("couche.shp"),
      bytes: shp,
      beside: { ...beside, "essai/couche.dbf": dbf },
    },
    {
      ...text,
      isText: false,
      format: "Shapefile .dbf",
      contract: contractOf("shapefile", "essai/couche.shp"),
      file: file("couche.dbf"),
      bytes: dbf,
      beside: { ...beside, "essai/couche.shp": shp },
    },
    {
      ...packed,
      format: "Shapefile en ZIP",
      contract: contractOf("shapefile", "essai/couche.zip"),
      file: file("couche.zip"),
      bytes: writeZip([
        { name: "couche.shp", content: shp },
        { name: "couche.shx", content: shx },
        { name: "couche.dbf", content: dbf },
        { name: "couche.prj", content: prj.wgs84 },
        { name: "couche.cpg", content: "UTF-8" },
      ]),
    },
    {
      ...text,
      isText: false,
      format: "GeoPackage",
      contract: contractOf("geopackage", "essai/couche.gpkg"),
      file: file("couche.gpkg"),
      bytes: await geopackageBytes(),
    },
    {
      ...text,
      format: "TopoJSON",
      contract: contractOf("topojson", "essai/contours.json"),
      file: file("contours.json"),
      bytes: Buffer.from(JSON.stringify(topology(), null, 1)),
    },
    {
      ...packed,
      format: "OSM PBF",
      contract: { ...(osmRoutesContracts[0] as Contract), files: ["essai/routes.osm.pbf"] },
      file: file("routes.osm.pbf"),
      bytes: Buffer.from(osmBytes()),
    },
    {
      ...packed,
      format: "GTFS",
      contract: { ...gtfsContract(gtfsFeeds[0] as (typeof gtfsFeeds)[0], "stops"), files: ["essai/jeu.zip"] },
      file: file("jeu.zip"),
      bytes: writeZip([
        { name: "stops.txt", content: `${stops}\n` },
        { name: "agency.txt", content: "agency_name\nX\n" },
      ]),
    },
  ];
}
