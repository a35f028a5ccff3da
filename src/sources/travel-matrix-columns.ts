import { QuartiersError } from "../codes/errors.ts";
import { type CostUnit, checkCostName, costUnits } from "./travel-matrix-unit.ts";

/** Programs whose matrices are read, "quartiers" ours, "long" any other long table, whose columns are then said. */
export type MatrixProducer = "quartiers" | "r5r" | "osrm" | "valhalla" | "ign" | "long";

/** Which columns of a long table are what, and in which unit. */
export interface MatrixColumns {
  readonly from: string;
  readonly to: string;
  /** Our costs by name, which ends by the unit they are held in (Minutes, Km, Euros): the producer's column and its unit. */
  readonly costs: Readonly<Record<string, { readonly column: string; readonly unit: CostUnit }>>;
  /** Columns that tell apart several matrices of one table: mode, departure, percentile. */
  readonly groups: Readonly<Record<string, string>>;
  /** What an empty cell of a cost means. */
  readonly emptyCosts: "refuse" | "unreachable";
  /** Percentile that the producer writes in the name of its only column. */
  readonly constants: Readonly<Record<string, string>>;
}

/** Columns of our own schema, in the order in which they are written. */
export const OWN_COLUMNS = ["from_id", "to_id", "mode", "travel_time", "distance", "departure", "percentile"] as const;

/** Longest time that r5r lets one ask for (max_trip_duration), minutes. */
export const R5R_MAX_MINUTES = 1440;

/** Reads the columns of a producer in the header of its table. Refuses a table that lacks some, and says which it has. */
export function columnsOf(producer: "quartiers" | "r5r", header: readonly string[], file: string): MatrixColumns {
  return producer === "r5r" ? columnsOfR5r(header, file) : ownColumns(header, file);
}

function ownColumns(header: readonly string[], file: string): MatrixColumns {
  const has = (name: string): boolean => header.includes(name);
  requireColumns(header, ["from_id", "to_id", "travel_time"], file);
  return {
    from: "from_id",
    to: "to_id",
    costs: {
      travelTimeMinutes: { column: "travel_time", unit: "min" },
      ...(has("distance") ? { distanceKm: { column: "distance", unit: "km" } } : {}),
    },
    groups: Object.fromEntries(["mode", "departure", "percentile"].filter(has).map((name) => [name, name])),
    emptyCosts: "unreachable",
    constants: {},
  };
}

const percentileColumn = /^travel_time_p(\d{1,2})$/;

/** `from_id, to_id, travel_time_p50, …`: one column a percentile; before its version 0.8, `fromId, toId, travel_time`. */
function columnsOfR5r(header: readonly string[], file: string): MatrixColumns {
  const old = header.includes("fromId");
  const [from, to] = old ? ["fromId", "toId"] : ["from_id", "to_id"];
  const times = header.filter((name) => percentileColumn.test(name) || name === "travel_time");
  requireColumns(header, [from, to, ...(times.length === 0 ? ["travel_time_p50"] : [])], file);
  const [only] = times;
  const percentile = (name: string): string => percentileColumn.exec(name)?.[1] ?? "";
  const single = times.length === 1 && only !== undefined;
  return {
    from,
    to,
    costs: single
      ? { travelTimeMinutes: { column: only, unit: "min" } }
      : Object.fromEntries(
          times.map((name) => [`travelTimeP${percentile(name)}Minutes`, { column: name, unit: "min" as const }]),
        ),
    groups: {},
    emptyCosts: "unreachable",
    constants: single && percentile(only) !== "" ? { percentile: percentile(only) } : {},
  };
}

/** Checks what an author says of a long table: names that tell their unit, columns that are there. */
export function declaredColumns(
  declared: Pick<MatrixColumns, "from" | "to" | "costs"> & Partial<MatrixColumns>,
  header: readonly string[],
  file: string,
): MatrixColumns {
  const { from, to, costs, groups = {}, emptyCosts = "refuse", constants = {} } = declared;
  for (const [name, { unit }] of Object.entries(costs)) {
    if (!Object.hasOwn(costUnits, unit))
      throw new QuartiersError({
        what: `Unité inconnue pour ${name}`,
        value: String(unit),
        expected: Object.keys(costUnits).join(", "),
        where: file,
      });
    checkCostName(name, unit);
  }
  requireColumns(
    header,
    [from, to, ...Object.values(costs).map(({ column }) => column), ...Object.values(groups)],
    file,
  );
  return { from, to, costs, groups, emptyCosts, constants };
}

function requireColumns(header: readonly string[], wanted: readonly string[], file: string): void {
  const absent = wanted.filter((name) => !header.includes(name));
  if (absent.length > 0)
    throw new QuartiersError({
      what: "Colonnes absentes de la matrice",
      value: absent.join(", "),
      where: file,
      expected: wanted.join(", "),
      remedy: `la table a ${header.slice(0, 12).join(", ")}\u00a0: dire ses colonnes et leurs unités par producer: "long" et columns`,
    });
}
