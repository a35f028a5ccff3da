import { readFile } from "node:fs/promises";
import { QuartiersError } from "../codes/errors.ts";
import type { MatrixColumns } from "./travel-matrix-columns.ts";
import { itineraryTable } from "./travel-matrix-itineraries.ts";
import { countingFrom, isObject, type MatrixPlaces, type MatrixTable } from "./travel-matrix-table.ts";
import { type CostUnit, crowKm } from "./travel-matrix-unit.ts";

export type RouterProducer = "osrm" | "valhalla" | "ign";

/** Rows of numbers, null where there is no way. */
type Grid = readonly (readonly (number | null)[])[];

interface Answer {
  readonly seconds: Grid;
  /** null when distances were not asked for. */
  readonly lengths: Grid | null;
  readonly lengthUnit: CostUnit;
  /** Places as the router moved them to its streets; null when it does not say. */
  readonly snapped: readonly [Snapped | null, Snapped | null];
}

type Snapped = readonly (readonly [lon: number, lat: number] | null)[];

/** A place farther than this from the street that the router chose is another place. */
const FARTHEST_SNAP_KM = 20;

/**
 * Reads the answer of a router: OSRM `table` (seconds, metres), Valhalla `sources_to_targets` (seconds, kilometres or miles as it says), short or verbose, IGN
 * itineraries (one pair an answer, each with its units). null is a pair that cannot be travelled. O(pairs).
 * @throws QuartiersError on an answer that is an error of the service, rows of other lengths than the places, or places in another order
 */
export async function readRouterAnswer(
  path: string,
  file: string,
  producer: RouterProducer,
  places: { readonly origins: MatrixPlaces | null; readonly destinations: MatrixPlaces | null },
): Promise<MatrixTable> {
  const text = await readFile(path, "utf8");
  if (producer === "ign") return itineraryTable(text, file, places);
  const { origins, destinations } = places;
  if (!origins || !destinations)
    throw new QuartiersError({
      what: "La réponse d'un calculateur ne nomme pas ses lieux",
      where: file,
      expected: "origins et destinations, dans l'ordre où ils lui ont été donnés",
    });
  const document = parse(text, file);
  const answer = producer === "osrm" ? osrmAnswer(document, file) : valhallaAnswer(document, file);
  checkOrder(answer.snapped[0], origins, "origins", file);
  checkOrder(answer.snapped[1], destinations, "destinations", file);
  return gridTable(answer, origins.ids, destinations.ids, file);
}

/** A JSON object, or an error that says where the text is cut. */
function parse(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (cause) {
    throw new QuartiersError({
      what: "La réponse du calculateur n'est pas un JSON entier",
      where: file,
      expected: "la réponse telle que le service l'a écrite",
      remedy: "refaire la requête et enregistrer toute sa réponse",
      cause,
    });
  }
  throw wrongAnswer("autre chose qu'un objet", file, "un objet JSON");
}

const wrongAnswer = (value: string, file: string, expected: string): QuartiersError =>
  new QuartiersError({
    what: "Réponse de calculateur que l'on ne reconnaît pas",
    value,
    where: file,
    expected,
    remedy: "vérifier producer, et que le service n'a pas répondu par une erreur",
  });

function osrmAnswer(document: Readonly<Record<string, unknown>>, file: string): Answer {
  const code = document["code"];
  if (code !== undefined && code !== "Ok")
    throw new QuartiersError({
      what: "OSRM a répondu par une erreur",
      value: `${code}${typeof document["message"] === "string" ? `, ${document["message"]}` : ""}`,
      where: file,
      expected: "une réponse de code Ok",
    });
  if (document["durations"] === undefined)
    throw wrongAnswer(Object.keys(document).join(", "), file, "durations, d'une requête table d'OSRM");
  const snapped = (name: string): Snapped | null =>
    Array.isArray(document[name])
      ? document[name].map((place: unknown) => {
          const location = isObject(place) ? place["location"] : null;
          return Array.isArray(location) ? ([Number(location[0]), Number(location[1])] as const) : null;
        })
      : null;
  return {
    seconds: gridOf(document["durations"], "durations", file),
    lengths: document["distances"] === undefined ? null : gridOf(document["distances"], "distances", file),
    lengthUnit: "m",
    snapped: [snapped("sources"), snapped("destinations")],
  };
}

const KM_A_MILE = 1.609_344;

function valhallaAnswer(document: Readonly<Record<string, unknown>>, file: string): Answer {
  if (document["error"] !== undefined)
    throw new QuartiersError({
      what: "Valhalla a répondu par une erreur",
      value: `${document["error_code"] ?? ""} ${document["error"]}`.trim(),
      where: file,
      expected: "une réponse de sources_to_targets",
    });
  const given = document["sources_to_targets"];
  const miles = document["units"] === "miles";
  const toKm = (grid: Grid): Grid =>
    miles ? grid.map((row) => row.map((v) => (v === null ? null : v * KM_A_MILE))) : grid;
  const none = [null, null] as const;
  if (isObject(given))
    return {
      seconds: gridOf(given["durations"], "durations", file),
      lengths: given["distances"] === undefined ? null : toKm(gridOf(given["distances"], "distances", file)),
      lengthUnit: "km",
      snapped: none,
    };
  if (!Array.isArray(given))
    throw wrongAnswer(Object.keys(document).join(", "), file, "sources_to_targets, d'une requête de Valhalla");
  const pick = (name: string): Grid =>
    gridOf(
      given.map((row: unknown) => (Array.isArray(row) ? row.map((cell) => (isObject(cell) ? cell[name] : cell)) : row)),
      name,
      file,
    );
  return { seconds: pick("time"), lengths: toKm(pick("distance")), lengthUnit: "km", snapped: none };
}

function gridOf(value: unknown, name: string, file: string): Grid {
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.every((cell) => cell === null || typeof cell === "number");
  if (!Array.isArray(value) || !value.every(isRow))
    throw wrongAnswer(name, file, "une ligne par origine, des nombres ou null");
  return value as Grid;
}

/** The router's own places must be near ours, in the same order. */
function checkOrder(snapped: Snapped | null, places: MatrixPlaces, name: string, file: string): void {
  if (!snapped) return;
  const { ids, lon, lat } = places;
  if (snapped.length !== ids.length)
    throw new QuartiersError({
      what: `La réponse n'a pas le nombre de lieux de ${name}`,
      value: String(snapped.length),
      where: file,
      expected: `${ids.length} lieux`,
    });
  if (!lon || !lat) return;
  const far = snapped.findIndex((place, i) => {
    if (!place) return false;
    const own = { lon: Float64Array.of(place[0]), lat: Float64Array.of(place[1]) };
    return crowKm({ lon, lat }, i, own, 0) > FARTHEST_SNAP_KM;
  });
  if (far >= 0)
    throw new QuartiersError({
      what: `Un lieu de ${name} est à plus de ${FARTHEST_SNAP_KM} km de la rue que le calculateur lui a donnée`,
      value: `${ids[far]}, rang ${far + 1}`,
      where: file,
      expected: "les lieux dans l'ordre de la requête",
      remedy: "redonner les lieux dans l'ordre de la requête, longitude puis latitude",
    });
}

function gridTable(
  { seconds, lengths, lengthUnit }: Answer,
  originIds: readonly string[],
  destinationIds: readonly string[],
  file: string,
): MatrixTable {
  const width = destinationIds.length;
  const flat = (grid: Grid, name: string): Float64Array => {
    const bad = grid.find((row) => row.length !== width);
    if (grid.length !== originIds.length || bad)
      throw new QuartiersError({
        what: `${name} n'a pas une ligne par origine et une case par destination`,
        value: `${grid.length} × ${(bad ?? grid[0])?.length ?? 0}`,
        where: file,
        expected: `${originIds.length} × ${width}`,
      });
    const values = new Float64Array(originIds.length * width);
    for (const [i, row] of grid.entries()) for (let j = 0; j < width; j++) values[i * width + j] = row[j] ?? Number.NaN;
    return values;
  };
  const length = originIds.length * width;
  const columns: MatrixColumns = {
    from: "origins",
    to: "destinations",
    costs: {
      travelTimeMinutes: { column: "durations", unit: "s" },
      ...(lengths ? { distanceKm: { column: "distances", unit: lengthUnit } } : {}),
    },
    groups: {},
    emptyCosts: "unreachable",
    constants: {},
  };
  return {
    columns,
    from: { codes: Int32Array.from({ length }, (_, pair) => Math.floor(pair / width)), ids: originIds },
    to: { codes: Int32Array.from({ length }, (_, pair) => pair % width), ids: destinationIds },
    costs: {
      travelTimeMinutes: flat(seconds, "durations"),
      ...(lengths ? { distanceKm: flat(lengths, "distances") } : {}),
    },
    groups: {},
    rowNumbers: countingFrom(1, length),
  };
}
