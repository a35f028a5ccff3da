import { QuartiersError } from "../codes/errors.ts";
import type { MatrixColumns } from "./travel-matrix-columns.ts";
import {
  type CodedColumn,
  countingFrom,
  isObject,
  type MatrixPlaces,
  type MatrixTable,
} from "./travel-matrix-table.ts";
import { type CostUnit, costUnits } from "./travel-matrix-unit.ts";

const timeUnits: Readonly<Record<string, CostUnit>> = { second: "s", minute: "min", hour: "h" };
const lengthUnits: Readonly<Record<string, CostUnit>> = { meter: "m", kilometer: "km" };

/**
 * Answers of the itinerary service of the Géoplateforme (IGN), one pair each: a list, or one answer a line. Each states its own `timeUnit` and `distanceUnit`, and
 * names its ends by `from_id` and `to_id`, put beside by who asked, or by `start` and `end` ("lon,lat"), found among the places. All are given in minutes
 * and kilometres. O(answers).
 */
export function itineraryTable(
  text: string,
  file: string,
  places: { readonly origins: MatrixPlaces | null; readonly destinations: MatrixPlaces | null },
): MatrixTable {
  const answers = answersOf(text, file);
  const from = namer(places.origins, "from_id", "start", file);
  const to = namer(places.destinations, "to_id", "end", file);
  const minutes = new Float64Array(answers.length);
  const km = new Float64Array(answers.length);
  for (const [row, answer] of answers.entries()) {
    from.add(answer, row);
    to.add(answer, row);
    minutes[row] = quantity(answer, { value: "duration", unit: "timeUnit" }, timeUnits, file, row);
    km[row] = quantity(answer, { value: "distance", unit: "distanceUnit" }, lengthUnits, file, row);
  }
  const columns: MatrixColumns = {
    from: "start",
    to: "end",
    costs: {
      travelTimeMinutes: { column: "duration", unit: "min" },
      distanceKm: { column: "distance", unit: "km" },
    },
    groups: {},
    emptyCosts: "refuse",
    constants: {},
  };
  return {
    columns,
    from: from.column(),
    to: to.column(),
    costs: { travelTimeMinutes: minutes, distanceKm: km },
    groups: {},
    rowNumbers: countingFrom(1, answers.length),
  };
}

function answersOf(text: string, file: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const trimmed = text.trim();
    const list: unknown = trimmed.startsWith("[")
      ? JSON.parse(trimmed)
      : trimmed.split("\n").map((line): unknown => JSON.parse(line));
    if (Array.isArray(list) && list.length > 0 && list.every(isObject)) return list;
  } catch (cause) {
    throw new QuartiersError({
      what: "Les réponses ne sont pas un JSON entier",
      where: file,
      expected: "une liste de réponses du service d'itinéraire, ou une réponse par ligne",
      cause,
    });
  }
  throw new QuartiersError({
    what: "Aucune réponse du service d'itinéraire",
    where: file,
    expected: "une liste de réponses, ou une réponse par ligne",
  });
}

function quantity(
  answer: Readonly<Record<string, unknown>>,
  { value, unit }: { readonly value: string; readonly unit: string },
  units: Readonly<Record<string, CostUnit>>,
  file: string,
  row: number,
): number {
  const stated = answer[unit];
  const known = typeof stated === "string" ? units[stated] : undefined;
  const amount = answer[value];
  if (known === undefined || typeof amount !== "number")
    throw new QuartiersError({
      what: known === undefined ? `Réponse sans unité reconnue (${unit})` : `Réponse sans ${value}`,
      value: String(known === undefined ? stated : (answer["error"] ?? amount)),
      where: `${file}, réponse ${row + 1}`,
      expected: known === undefined ? Object.keys(units).join(" ou ") : "un nombre",
      remedy: "demander le couple à nouveau, avec timeUnit et distanceUnit",
    });
  return costUnits[known].convert(amount);
}

/** Finds the id of an end of each answer. */
function namer(places: MatrixPlaces | null, id: string, end: string, file: string) {
  const ids: string[] = [];
  const codes: number[] = [];
  const codeOf = new Map<string, number>();
  const byPlace = new Map<string, string>();
  if (places?.lon && places.lat)
    for (const [i, name] of places.ids.entries()) byPlace.set(placeKey(places.lon[i], places.lat[i]), name);
  return {
    add: (answer: Readonly<Record<string, unknown>>, row: number): void => {
      const [lon = "", lat = ""] = String(answer[end] ?? "").split(",");
      const name = typeof answer[id] === "string" ? answer[id] : byPlace.get(placeKey(Number(lon), Number(lat)));
      if (name === undefined)
        throw new QuartiersError({
          what: `Réponse dont on ne connaît pas le lieu ${end}`,
          value: String(answer[end]),
          where: `${file}, réponse ${row + 1}`,
          expected: `${id} dans la réponse, ou des coordonnées données parmi les lieux`,
        });
      const code = codeOf.get(name) ?? ids.push(name) - 1;
      codeOf.set(name, code);
      codes.push(code);
    },
    column: (): CodedColumn => ({ codes: Int32Array.from(codes), ids }),
  };
}

/** A hundred-thousandth of a degree is a metre. */
const placeKey = (lon: number, lat: number): string => `${lon.toFixed(5)} ${lat.toFixed(5)}`;
