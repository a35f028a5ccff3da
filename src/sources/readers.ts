import { QuartiersError } from "../codes/errors.ts";
import { type Contract, fileNameOf } from "./contract.ts";
import type { RawFeatures, RawTable } from "./formats/raw-table.ts";
import { columnsOf, recordsOf } from "./json-records.ts";

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
    case "geojson": {
      const { readGeojson } = await import("./formats/geojson.ts");
      return withOptional(await readGeojson(path, { file, ...epsgOf(contract) }), contract);
    }
    case "topojson": {
      const { readTopojson } = await import("./formats/topojson.ts");
      return withOptional(await readTopojson(path, { file, ...epsgOf(contract) }), contract);
    }
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
        ...epsgOf(contract),
      });
    }
    case "geopackage": {
      const { readGeopackage } = await import("./formats/geopackage.ts");
      return readGeopackage(path, { file, ...epsgOf(contract) });
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

const epsgOf = ({ epsg }: Contract): { readonly epsg?: number } => (epsg === undefined ? {} : { epsg });

/** A property that no object has is a column without values, where the contract does not require it. */
function withOptional(raw: RawFeatures, { columns }: Contract): RawFeatures {
  const absent = columns.filter((column) => !column.required && !raw.names.includes(fileNameOf(column)));
  const empty = new Array<null>(raw.count).fill(null);
  return {
    ...raw,
    names: [...raw.names, ...absent.map(fileNameOf)],
    columns: [...raw.columns, ...absent.map(() => empty)],
  };
}

async function readJson(path: string, contract: Contract, file: string): Promise<RawTable> {
  const { readJsonFile } = await import("./formats/geojson.ts");
  const document = await readJsonFile(path, file);
  return ofRecords(recordsOf(document, contract, file), contract, file, "enregistrement");
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
