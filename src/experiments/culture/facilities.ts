import type { SourceRef } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import { bpeIrisContract } from "../../sources/bpe-iris.ts";
import { cultureTypequ2018, cultureTypequ2023, type TypequTable } from "../../sources/bpe-typequ.ts";
import { bpeXyContract } from "../../sources/bpe-xy.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import type { Territory } from "../../sources/territory.ts";
import type { TravelPoints } from "../travel/travel-times.ts";

/** Cultural facilities of a territory, by kind. Rows of a file that lists units, or of a commune with their number. */
export interface Facilities {
  /** The dated table of codes in use: two years are never one series. */
  readonly typequ: TypequTable;
  /** Codes that the file holds, in the order of the table: a kind that it does not list is not known to be absent. */
  readonly kinds: readonly string[];
  /** Kind of each row. */
  readonly kind: readonly string[];
  readonly commune: readonly string[];
  /** Facilities of the row: 1, but where the file counts them by commune. */
  readonly units: Float64Array;
  /** Screens of a cinema; NaN where they are not told. */
  readonly rooms: Float64Array;
  /** Where each row is; null where the file tells no more than the commune. */
  readonly points: TravelPoints | null;
  /** Rows left out, for they have no coordinates. */
  readonly unplaced: number;
  readonly lineage: readonly SourceRef[];
}

/** Facilities with their coordinates where the territory has such a file, by commune otherwise. */
export async function loadFacilities(territory: Territory): Promise<Facilities> {
  return isAvailable(territory, bpeXyContract)
    ? placedFacilities(await loadTable(territory, bpeXyContract))
    : facilitiesByCommune(await loadTable(territory, bpeIrisContract));
}

function placedFacilities(file: Table): Facilities {
  const typequ = cultureTypequ2023;
  const codes = texts(file, "TYPEQU").values;
  const [lon, lat] = [numbers(file, "LONGITUDE").values, numbers(file, "LATITUDE").values];
  const rooms = numbers(file, "NBSALLES").values;
  const communes = texts(file, "DEPCOM").values;
  const cultural = rowsOf(codes, typequ);
  const rows = cultural.filter((row) => Number.isFinite(lon[row]) && Number.isFinite(lat[row]));
  const kind = rows.map((row) => codes[row] ?? "");
  return {
    typequ,
    kinds: kindsIn(kind, typequ),
    kind,
    commune: rows.map((row) => communes[row] ?? ""),
    units: new Float64Array(rows.length).fill(1),
    rooms: Float64Array.from(rows, (row) => rooms[row]),
    points: {
      ids: rows.map((row) => `équipement ${row + 1}`),
      lon: Float64Array.from(rows, (row) => lon[row]),
      lat: Float64Array.from(rows, (row) => lat[row]),
    },
    unplaced: cultural.length - rows.length,
    lineage: file.lineage,
  };
}

function facilitiesByCommune(file: Table): Facilities {
  const typequ = cultureTypequ2018;
  const codes = texts(file, "TYPEQU").values;
  const communes = texts(file, "DEPCOM").values;
  const counts = numbers(file, "NB_EQUIP").values;
  const rows = rowsOf(codes, typequ);
  const kind = rows.map((row) => codes[row] ?? "");
  return {
    typequ,
    kinds: kindsIn(kind, typequ),
    kind,
    commune: rows.map((row) => communes[row] ?? ""),
    units: Float64Array.from(rows, (row) => counts[row]),
    rooms: new Float64Array(rows.length).fill(Number.NaN),
    points: null,
    unplaced: 0,
    lineage: file.lineage,
  };
}

const rowsOf = (codes: readonly string[], { labels }: TypequTable): number[] =>
  [...codes.keys()].filter((row) => labels.has(codes[row] ?? ""));

const kindsIn = (kind: readonly string[], { labels }: TypequTable): string[] => {
  const present = new Set(kind);
  return [...labels.keys()].filter((code) => present.has(code));
};

/** Label of a kind, in the words of the dated table. */
export const kindLabel = ({ typequ }: Facilities, kind: string): string => typequ.labels.get(kind) ?? kind;

/** Rows of a kind. */
export const rowsOfKind = ({ kind }: Facilities, wanted: string): Int32Array =>
  Int32Array.from([...kind.keys()].filter((row) => kind[row] === wanted));
