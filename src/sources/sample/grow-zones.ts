import type { Land } from "./communes.ts";
import { filosofiTruths, makeFilosofi, writeFilosofi } from "./filosofi.ts";
import type { HouseholdRow } from "./households.ts";
import type { SampleIndicators } from "./indicators.ts";
import { irisOfSquares, irisPopulations, writeIrisCensus, writeIrisContours } from "./iris-files.ts";
import { squareTruths, writeSquares } from "./square-file.ts";
import { makeSquares, type SampleSquare } from "./squares.ts";
import { makeIris, type SampleIris } from "./zones.ts";

/** The small areas: IRIS and squares of 200 m, with who lives in them. */
export interface SampleZones {
  readonly iris: readonly SampleIris[];
  readonly squares: readonly SampleSquare[];
  readonly homes: ReadonlyMap<SampleSquare, SampleIris>;
  /** Inhabitants by IRIS code. */
  readonly irisPersons: ReadonlyMap<string, number>;
}

export function makeZones(
  land: Land,
  indicators: readonly SampleIndicators[],
  households: readonly HouseholdRow[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): SampleZones {
  const iris = makeIris(land.communes, populations, seed);
  const squares = makeSquares(land, indicators, households, populations, seed);
  const homes = irisOfSquares(iris, squares);
  return { iris, squares, homes, irisPersons: irisPopulations(iris, homes, populations) };
}

/** IRIS, squares and incomes: their files and their truths. */
export function growZones(
  { communes }: Land,
  indicators: readonly SampleIndicators[],
  { iris, squares, irisPersons }: SampleZones,
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string | Uint8Array][] {
  const incomes = makeFilosofi(communes, indicators, populations, seed);
  return [
    ["iris-contours/contours-iris.geojson", writeIrisContours(iris, irisPersons)],
    ["rp-iris/base-ic-evol-struct-pop-2019.CSV", writeIrisCensus(iris, irisPersons, seed)],
    ["filosofi-carreaux/Filosofi2019_carreaux_200m_csv.zip", writeSquares(squares, seed)],
    ["filosofi-communes/FILO2019_DISP_COM.xlsx", writeFilosofi(incomes)],
    ["verite/carreaux.json", squareTruths(squares)],
    ["verite/revenus.json", filosofiTruths(incomes)],
  ];
}
