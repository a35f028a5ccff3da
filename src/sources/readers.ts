import { readFile } from "node:fs/promises";
import { QuartiersError } from "../codes/errors.ts";
import { type Contract, fileNameOf } from "./contract.ts";
import { checkText, refusePage } from "./file-text.ts";
import type { RawFeatures, RawTable } from "./formats/raw-table.ts";
import { columnsOf, featuresOf, parseJson, recordsOf } from "./json-records.ts";

/** Reads a file of a format whose cells fit in memory. Each reader is loaded when its format is met. */
export async function readRaw(
  path: string,
  contract: Contract,
  file: string,
): Promise<RawTable & Partial<RawFeatures>> {
  switch (contract.format) {
    case "json":
      return readJson(path, contract, file);
    case "sas": {
      const { readFapRome } = await import("./fap-rome.ts");
      return readFapRome(path, file);
    }
    case "geojson":
      return readGeoJson(path, contract, file);
    case "xlsx": {
      const { readXlsx } = await import("./formats/xlsx.ts");
      const { xlsx } = contract;
      if (!xlsx)
        throw new QuartiersError({
          what: "Le contrat d'un classeur doit dire sa feuille et la ligne de son en-tête",
          value: contract.id,
        });
      // A publisher's workbook is calculated by its publisher; a partner's is what its last reader left.
      return readXlsx(path, { ...xlsx, file, formulas: contract.access === "public" ? "cached" : "refuse" });
    }
    case "shapefile": {
      const { readShapefile } = await import("./formats/shapefile.ts");
      return readShapefile(path, {
        file,
        ...(contract.member === undefined ? {} : { layer: contract.member }),
        ...(contract.epsg === undefined ? {} : { epsg: contract.epsg }),
      });
    }
    case "geopackage": {
      const { readGeopackage } = await import("./formats/geopackage.ts");
      return readGeopackage(path, { file });
    }
    case "osm-pbf": {
      const { readRoadTable } = await import("./formats/roads.ts");
      return readRoadTable(path, { file });
    }
    default:
      throw new QuartiersError({
        what: "Aucun lecteur ne connaît ce format",
        value: contract.format,
        where: file,
        expected: "csv, xlsx, parquet, json, geojson, topojson, shapefile, geopackage ou osm-pbf",
      });
  }
}

/** A whole document: one line may hold all of it, so that it is checked at once rather than line by line. */
async function readText(path: string, file: string): Promise<string> {
  const bytes = await readFile(path);
  refusePage(bytes, file);
  checkText(bytes, "utf-8", file, () => 0);
  return bytes.toString("utf8");
}

async function readJson(path: string, contract: Contract, file: string): Promise<RawTable> {
  const document = parseJson(await readText(path, file), file);
  return ofRecords(recordsOf(document, contract, file), contract, file, "enregistrement");
}

async function readGeoJson(path: string, contract: Contract, file: string): Promise<RawFeatures> {
  const { records, shapes } = featuresOf(parseJson(await readText(path, file), file), file);
  return { ...ofRecords(records, contract, file, "objet"), shapes };
}

/** Records as columns, under the names of the file that the contract knows. */
function ofRecords(
  records: readonly Readonly<Record<string, unknown>>[],
  { columns }: Contract,
  file: string,
  word: string,
): RawTable {
  const taken = columnsOf(records, columns, file);
  const names = [...new Set(columns.map(fileNameOf))];
  const nameOf = new Map(columns.map((column) => [fileNameOf(column), column.name]));
  return {
    names,
    columns: names.map((name) => taken.columns[nameOf.get(name) ?? ""] ?? []),
    count: taken.count,
    where: (record) => `${word} ${record + 1}`,
  };
}
