import { basename } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import { sha256File } from "../engine/hash.ts";
import { noSecrecy } from "./contract.ts";
import { refuseBadCosts, refuseDuplicatePairs, refuseUnknownIds } from "./travel-matrix-checks.ts";
import {
  columnsOf,
  declaredColumns,
  type MatrixColumns,
  type MatrixProducer,
  R5R_MAX_MINUTES,
} from "./travel-matrix-columns.ts";
import { readCsvMatrix } from "./travel-matrix-csv.ts";
import { readParquetMatrix } from "./travel-matrix-parquet.ts";
import { readRouterAnswer } from "./travel-matrix-routers.ts";
import type { CodedColumn, MatrixPlaces, MatrixTable } from "./travel-matrix-table.ts";
import { checkTimeUnit, costUnits, crowKm, type UnitCheck } from "./travel-matrix-unit.ts";

/** Who made a matrix and under which conditions: what its readers are told. */
export interface MatrixOrigin {
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  /** True for an invented matrix. */
  readonly synthetic?: boolean;
}

export interface ReadTravelMatrixOptions {
  /** Who wrote the file, which says its columns, its unit and what an absence means; "long" for any other table, whose `columns` are then said. */
  readonly producer: MatrixProducer;
  readonly origin: MatrixOrigin;
  readonly columns?: Pick<MatrixColumns, "from" | "to" | "costs"> & Partial<MatrixColumns>;
  /** Places of each side. OSRM and Valhalla answer in their order; elsewhere an id that is not in the list is refused. With degrees, the unit of the times is checked by speeds. */
  readonly origins?: MatrixPlaces;
  readonly destinations?: MatrixPlaces;
  /** Longest time that the producer can have written, minutes; a day unless said, as in r5r. */
  readonly maxMinutes?: number;
  /** "pareto": a pair may come several times with other costs (a faster route, a cheaper one). */
  readonly alternatives?: "refuse" | "pareto";
}

/** A matrix as `travelMatrix` takes it, with what it comes from. */
export interface TravelMatrixFile {
  readonly rows: {
    readonly from_id: CodedColumn;
    readonly to_id: CodedColumn;
    /** In minutes, kilometres and euros, as their names end. Infinity where the trip cannot be made. */
    readonly costs: Readonly<Record<string, Float64Array>>;
    readonly rowNumbers: Int32Array;
  };
  /** Columns that tell apart several matrices of the table, one text a row, for `travelMatrices`; without those that say the same everywhere. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Columns that say the same everywhere: mode, departure, percentile. */
  readonly constants: Readonly<Record<string, string>>;
  /** How the unit of each time was held against its values. */
  readonly unitChecks: Readonly<Record<string, UnitCheck>>;
  readonly lineage: readonly SourceRef[];
}

/**
 * Reads a travel matrix made elsewhere: our own schema or a long table (CSV, gzip or not, and Parquet), r5r, OSRM, Valhalla, IGN. Times come out in minutes and
 * lengths in kilometres whatever the producer's unit, which is checked: seconds taken for minutes are refused. A pair that is absent, null or empty where the
 * producer means it so cannot be travelled.
 * O(pairs); 750 000 pairs of CSV in a fraction of a second.
 * @throws QuartiersError naming the rows: negative or missing costs, pairs given twice, ids that the lists of places do not have
 */
export async function readTravelMatrix(path: string, options: ReadTravelMatrixOptions): Promise<TravelMatrixFile> {
  const file = basename(path);
  const [raw, sha256] = await Promise.all([rawTable(path, file, options), sha256File(path)]);
  return checkedMatrix(raw, file, options, [
    {
      id: `matrice-${options.producer}`,
      ...options.origin,
      file,
      sha256,
      synthetic: options.origin.synthetic ?? false,
      published: true,
      secrecy: noSecrecy,
    },
  ]);
}

/** Converts the costs of a table, then holds it to what is promised of a matrix. */
export function checkedMatrix(
  table: MatrixTable,
  file: string,
  options: Pick<ReadTravelMatrixOptions, "producer" | "origins" | "destinations" | "maxMinutes" | "alternatives">,
  lineage: readonly SourceRef[],
): TravelMatrixFile {
  const { origins, destinations, alternatives = "refuse" } = options;
  refuseUnknownIds(table, "from", origins?.ids ?? null, file);
  refuseUnknownIds(table, "to", destinations?.ids ?? null, file);
  refuseBadCosts(table, file);
  refuseDuplicatePairs(table, file, alternatives === "pareto");
  const costs = Object.fromEntries(
    filledCosts(table).map(([name, values]) => {
      const unit = table.columns.costs[name]?.unit ?? "min";
      const { convert } = costUnits[unit];
      const converted = unit === "min" || unit === "km" || unit === "EUR" ? values : values.map(convert);
      return [name, withInfinity(converted)];
    }),
  );
  const length = lengthOf(table, costs, options);
  const unitChecks = Object.fromEntries(
    Object.entries(table.columns.costs).flatMap(([name, { column, unit }]) => {
      if (!(name in costs) || (unit !== "s" && unit !== "min" && unit !== "h")) return [];
      const maxMinutes = options.maxMinutes ?? R5R_MAX_MINUTES;
      const minutes = costs[name] ?? new Float64Array(0);
      return [[name, checkTimeUnit({ minutes, declared: unit, km: length, maxMinutes, column, file })]];
    }),
  );
  const several = Object.entries(table.groups).filter(([, { ids }]) => ids.length > 1);
  const single = Object.entries(table.groups).filter(([, { ids }]) => ids.length === 1);
  return {
    rows: { from_id: table.from, to_id: table.to, costs, rowNumbers: table.rowNumbers },
    groups: Object.fromEntries(
      several.map(([name, { codes, ids }]) => [name, Array.from(codes, (code) => ids[code] ?? "")]),
    ),
    constants: {
      ...table.columns.constants,
      ...Object.fromEntries(single.map(([name, { ids }]) => [name, ids[0] ?? ""])),
    },
    unitChecks,
    lineage,
  };
}

async function rawTable(path: string, file: string, options: ReadTravelMatrixOptions): Promise<MatrixTable> {
  const { producer, columns: declared, origins = null, destinations = null } = options;
  if (producer === "long" && !declared)
    throw new QuartiersError({
      what: "Une table d'un autre producteur, dont on ne dit pas les colonnes",
      where: file,
      expected: "columns\u00a0: from, to, et chaque coût avec sa colonne et son unité",
    });
  const isTable = /\.(csv|tsv|txt)(\.gz)?$/i.test(path);
  const isParquet = /\.parquet$/i.test(path);
  if (!isTable && !isParquet) {
    if (producer === "osrm" || producer === "valhalla" || producer === "ign")
      return readRouterAnswer(path, file, producer, { origins, destinations });
    throw new QuartiersError({
      what: "Format de matrice que l'on ne lit pas",
      value: file,
      expected: "un fichier .csv, .csv.gz ou .parquet",
    });
  }
  const columnsFor = (header: readonly string[]): MatrixColumns => {
    if (declared) return declaredColumns(declared, header, file);
    if (producer === "quartiers" || producer === "r5r") return columnsOf(producer, header, file);
    throw new QuartiersError({
      what: `Une table de ${producer}, dont on ne dit pas les colonnes`,
      where: file,
      expected: "columns\u00a0: from, to, et chaque coût avec sa colonne et son unité",
      remedy: `la table a ${header.slice(0, 12).join(", ")}`,
    });
  };
  return isTable ? readCsvMatrix(path, file, columnsFor) : readParquetMatrix(path, file, columnsFor);
}

/** The costs of a table without the columns that are empty everywhere: a distance that nobody measured. */
function filledCosts({ costs }: MatrixTable): [string, Float64Array][] {
  const filled = Object.entries(costs).filter(([, values]) => values.some((value) => !Number.isNaN(value)));
  return filled.length > 0 ? filled : Object.entries(costs).slice(0, 1);
}

/** Empty costs that mean "out of reach", written as such. */
function withInfinity(values: Float64Array): Float64Array {
  if (!values.some(Number.isNaN)) return values;
  return values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
}

/** The length of a pair: as the crow flies between the places given, else the matrix's own distance. */
function lengthOf(
  { from, to }: MatrixTable,
  costs: Readonly<Record<string, Float64Array>>,
  { origins, destinations }: Pick<ReadTravelMatrixOptions, "origins" | "destinations">,
): ((row: number) => number) | null {
  if (origins?.lon && origins.lat && destinations?.lon && destinations.lat) {
    const [a, b] = [
      { lon: origins.lon, lat: origins.lat },
      { lon: destinations.lon, lat: destinations.lat },
    ];
    const [rows, columns] = [rowsOf(from.ids, origins.ids), rowsOf(to.ids, destinations.ids)];
    return (row) => crowKm(a, rows[from.codes[row]], b, columns[to.codes[row]]);
  }
  const km = Object.entries(costs).find(([name]) => name.endsWith("Km"))?.[1];
  return km ? (row) => km[row] : null;
}

function rowsOf(ids: readonly string[], places: readonly string[]): Int32Array {
  if (ids === places) return Int32Array.from(ids, (_, i) => i);
  const row = new Map(places.map((id, i) => [id, i]));
  return Int32Array.from(ids, (id) => row.get(id) ?? -1);
}
