import { QuartiersError } from "../../codes/errors.ts";
import type { StreetMode } from "./street-graph.ts";

/** Who uses a kind of road by default. « tagged »: only where a tag of the mode itself says so (foot=yes, bicycle=designated, motor_vehicle=destination…). */
export interface RoadClass {
  readonly walk: "yes" | "tagged" | "no";
  readonly bike: "ride" | "push" | "tagged" | "no";
  readonly car: "yes" | "tagged" | "no";
  /** Free-flow speed of a car where no limit is written, km/h. */
  readonly carKmh: number;
}

const open = (carKmh: number): RoadClass => ({ walk: "yes", bike: "ride", car: "yes", carKmh });
const express = (carKmh: number): RoadClass => ({ walk: "tagged", bike: "tagged", car: "yes", carKmh });
const soft = (walk: RoadClass["walk"], bike: RoadClass["bike"]): RoadClass => ({ walk, bike, car: "no", carKmh: 0 });

/**
 * The table of the profiles: who uses each value of « highway », and how fast a car goes there in free flow without a written limit. A value that is not in the
 * table is used by nobody. Car speeds: those of the open router OSRM (profiles/car.lua, « speeds »), which are observed averages between crossings, under the
 * legal limits. Trunk roads are closed to walkers and cyclists unless said otherwise, as in OSRM's profiles and in the French highway code for express roads;
 * a cycle track is the cyclists' (R 110-2) unless foot=yes or designated.
 */
export const roadClasses: ReadonlyMap<string, RoadClass> = new Map<string, RoadClass>(
  Object.entries({
    motorway: { walk: "no", bike: "no", car: "yes", carKmh: 90 },
    motorway_link: { walk: "no", bike: "no", car: "yes", carKmh: 45 },
    trunk: express(85),
    trunk_link: express(40),
    primary: open(65),
    primary_link: open(30),
    secondary: open(55),
    secondary_link: open(25),
    tertiary: open(40),
    tertiary_link: open(20),
    unclassified: open(25),
    residential: open(25),
    living_street: open(10),
    service: open(15),
    road: open(25),
    track: { walk: "yes", bike: "ride", car: "tagged", carKmh: 15 },
    busway: soft("no", "tagged"),
    cycleway: soft("tagged", "ride"),
    path: soft("yes", "ride"),
    bridleway: soft("yes", "push"),
    footway: soft("yes", "push"),
    pedestrian: soft("yes", "push"),
    steps: soft("yes", "push"),
  }),
);

/** What tags of access mean. A value in neither list says nothing, and the next tag is asked; « destination » and « customers » let pass: a trip begins or ends there. */
export const passValues: ReadonlySet<string> = new Set(
  "yes permissive designated official destination customers residents public allowed".split(" "),
);
export const closedValues: ReadonlySet<string> = new Set(
  "no private agricultural forestry agricultural;forestry delivery emergency psv bus military permit restricted dismount use_sidepath".split(
    " ",
  ),
);

/** What stands across the way of each mode unless its tags of access say otherwise; other barriers (gates, kerbs, toll booths, cattle grids…) let pass. */
export const closedBarriers: Readonly<Record<StreetMode, ReadonlySet<string>>> = {
  walk: new Set("wall fence retaining_wall city_wall hedge yes".split(" ")),
  bike: new Set("wall fence retaining_wall city_wall hedge yes".split(" ")),
  car: new Set(
    "bollard block cycle_barrier motorcycle_barrier kissing_gate stile turnstile full-height_turnstile chain jersey_barrier planter log rope debris barrier_board wall fence retaining_wall city_wall hedge ditch guard_rail wicket_gate horse_stile hampshire_gate bus_trap sump_buster spikes yes".split(
      " ",
    ),
  ),
};

/** How one moves: speeds in km/h. Which ways are open follows from the mode and from `roadClasses`. */
export interface StreetProfile {
  readonly mode: StreetMode;
  /** On foot, and beside a bicycle that is pushed. */
  readonly walkKmh: number;
  /** On the saddle. */
  readonly rideKmh: number;
  /** On stairs with a bicycle in hand. */
  readonly stairsKmh: number;
  /** Every car speed, written or by class, is multiplied by it: under 1 for traffic. */
  readonly carFactor: number;
  /** A ferry whose duration is not written, about 11 knots. Waiting is never counted. */
  readonly ferryKmh: number;
}

export interface ProfileOptions {
  readonly walkKmh?: number;
  readonly rideKmh?: number;
  readonly stairsKmh?: number;
  readonly carFactor?: number;
  readonly ferryKmh?: number;
}

/**
 * A profile of travel. By default 3.6 km/h on foot and 12 km/h by bicycle (the values of r5r; 20 km/h for an electric one), a pushed bicycle at the
 * walker's speed and at 2 km/h on stairs, cars at the written limit or else at the speed of `roadClasses`, without signals, crossings or traffic.
 *
 * Walkers: every class open to them, both ways (one-way streets are for vehicles). Cyclists: ride where they may, in the direction of vehicles, both ways
 * where « oneway:bicycle=no » or a contraflow lane says so; elsewhere push the bicycle wherever a walker may go (pavements, stairs, against a one-way). Cars: one-way
 * streets, roundabouts and motorways in their direction, turn restrictions and barriers held. Access: the most particular tag decides (motorcar, motor_vehicle, vehicle, access;
 * bicycle, vehicle, access; foot, access). Private ways are left out; what is written by hours (« :conditional ») is not read.
 * @throws QuartiersError when a speed is not a number above 0
 * @example
 * ```ts
 * streetProfile("bike", { rideKmh: 20 }).stairsKmh // 2
 * ```
 */
export function streetProfile(mode: StreetMode, options: ProfileOptions = {}): StreetProfile {
  const { walkKmh = 3.6, rideKmh = 12, stairsKmh = 2, carFactor = 1, ferryKmh = 20 } = options;
  const profile = { walkKmh, rideKmh, stairsKmh, carFactor, ferryKmh };
  for (const [name, value] of Object.entries(profile))
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Vitesse impossible dans un profil de déplacement",
        value: `${name} = ${value}`,
        expected: "un nombre fini au-dessus de 0 (km/h, ou un facteur pour « carFactor »)",
      });
  return { mode, ...profile };
}
