import { durationSeconds } from "./ferry-duration.ts";
import { maxSpeedKmh } from "./max-speed.ts";
import { closedValues, passValues, type RoadClass, roadClasses, type StreetProfile } from "./profiles.ts";
import type { StreetTag } from "./road-lines.ts";
import type { StreetMode } from "./street-graph.ts";

/** Why a way is not in the graph of a mode. */
export type LeftOut = "class" | "access" | "motorroad" | "reversible";

/** How a mode uses a way: a speed in each direction, 0 where it does not go. */
export interface WayUse {
  readonly forwardKmh: number;
  readonly backwardKmh: number;
  /** Duration of the whole way when it is a ferry that says it; NaN otherwise. */
  readonly crossingSeconds: number;
  /** A way that one rides through without stopping: no point is attached to ferries and motorways. */
  readonly noStop: boolean;
  readonly leftOut: LeftOut | null;
}

/** The value of a tag of the way, "" when absent. */
export type TagReader = (tag: StreetTag) => string;

/** Tags of access of each mode, the most particular first. */
export const accessTags: Readonly<Record<StreetMode, readonly StreetTag[]>> = {
  walk: ["foot", "access"],
  bike: ["bicycle", "vehicle", "access"],
  car: ["motorcar", "motor_vehicle", "vehicle", "access"],
};

const none = (leftOut: LeftOut): WayUse => ({
  forwardKmh: 0,
  backwardKmh: 0,
  crossingSeconds: Number.NaN,
  noStop: false,
  leftOut,
});

/** What tags of access say: the first whose value is known decides; null when none does. */
export function accessOf(mode: StreetMode, tag: (name: StreetTag) => string): { open: boolean; by: StreetTag } | null {
  for (const by of accessTags[mode]) {
    const value = tag(by);
    if (value === "") continue;
    if (passValues.has(value)) return { open: true, by };
    if (closedValues.has(value)) return { open: false, by };
  }
  return null;
}

/** Directions that a value of « oneway » leaves open: [forward, backward]; null when it says nothing. */
function directions(value: string): readonly [boolean, boolean] | null {
  if (value === "yes" || value === "true" || value === "1") return [true, false];
  if (value === "-1" || value === "reverse") return [false, true];
  if (value === "reversible") return [false, false];
  return value === "no" || value === "false" || value === "0" || value === "alternating" ? [true, true] : null;
}

function vehicleDirections(tag: TagReader): readonly [boolean, boolean] {
  const junction = tag("junction");
  const implied = junction === "roundabout" || junction === "circular" || tag("highway") === "motorway";
  return directions(tag("oneway")) ?? [true, !implied];
}

const contraflowTags = ["cycleway", "cycleway:left", "cycleway:right", "cycleway:both"] as const;

function bikeDirections(tag: TagReader): readonly [boolean, boolean] {
  if (contraflowTags.some((name) => tag(name).startsWith("opposite"))) return [true, true];
  return directions(tag("oneway:bicycle")) ?? vehicleDirections(tag);
}

/** How a profile uses a way, by the rules that `streetProfile` tells. */
export function wayUse(profile: StreetProfile, tag: TagReader): WayUse {
  const { mode } = profile;
  if (tag("route") === "ferry" && !roadClasses.has(tag("highway"))) return ferryUse(profile, tag);
  const kind = roadClasses.get(tag("highway"));
  if (!kind) return none("class");
  if (mode === "car") return carUse(profile, kind, tag);
  const walk = walkRefusal(kind, tag);
  if (mode === "walk") return walk ? none(walk) : bothWays(profile.walkKmh);
  return bikeUse(profile, kind, tag, walk);
}

function bothWays(kmh: number): WayUse {
  return { forwardKmh: kmh, backwardKmh: kmh, crossingSeconds: Number.NaN, noStop: false, leftOut: null };
}

function ferryUse(profile: StreetProfile, tag: TagReader): WayUse {
  if (accessOf(profile.mode, tag)?.open === false && (profile.mode !== "bike" || accessOf("walk", tag)?.open === false))
    return none("access");
  const [forward, backward] = vehicleDirections(tag);
  const { ferryKmh } = profile;
  return {
    forwardKmh: forward ? ferryKmh : 0,
    backwardKmh: backward ? ferryKmh : 0,
    crossingSeconds: durationSeconds(tag("duration")),
    noStop: true,
    leftOut: null,
  };
}

/** Why one may not walk there, null when one may. */
function walkRefusal(kind: RoadClass, tag: TagReader): LeftOut | null {
  return refusal("walk", kind.walk, tag);
}

function refusal(mode: StreetMode, use: "yes" | "tagged" | "no", tag: TagReader): LeftOut | null {
  if (use === "no") return "class";
  const access = accessOf(mode, tag);
  const invited = access?.open === true && access.by !== "access";
  if (access?.open === false) return "access";
  if (mode !== "car" && tag("motorroad") === "yes" && !invited) return "motorroad";
  return use === "tagged" && !invited ? "class" : null;
}

function bikeUse(profile: StreetProfile, kind: RoadClass, tag: TagReader, walk: LeftOut | null): WayUse {
  const use = kind.bike === "ride" ? "yes" : kind.bike === "push" ? "tagged" : kind.bike;
  const stairs = tag("highway") === "steps";
  const ride = stairs ? "class" : refusal("bike", use, tag);
  if (ride && walk) return none(ride === "class" ? walk : ride);
  const push = walk ? 0 : stairs ? profile.stairsKmh : profile.walkKmh;
  const [forward, backward] = ride ? [false, false] : bikeDirections(tag);
  const speed = (open: boolean): number => (open ? profile.rideKmh : push);
  const [forwardKmh, backwardKmh] = [speed(forward), speed(backward)];
  if (forwardKmh === 0 && backwardKmh === 0) return none("reversible");
  return { ...bothWays(0), forwardKmh, backwardKmh };
}

function carUse(profile: StreetProfile, kind: RoadClass, tag: TagReader): WayUse {
  const closed = tag("service") === "emergency_access" ? "access" : refusal("car", kind.car, tag);
  if (closed) return none(closed);
  const [forward, backward] = vehicleDirections(tag);
  if (!forward && !backward) return none("reversible");
  const written = maxSpeedKmh(tag("maxspeed"));
  const speed = (name: StreetTag): number => {
    const own = maxSpeedKmh(tag(name));
    const limit = Number.isNaN(own) ? written : own;
    return (Number.isNaN(limit) ? kind.carKmh : limit) * profile.carFactor;
  };
  const motorway = tag("highway").startsWith("motorway") || tag("motorroad") === "yes";
  return {
    forwardKmh: forward ? speed("maxspeed:forward") : 0,
    backwardKmh: backward ? speed("maxspeed:backward") : 0,
    crossingSeconds: Number.NaN,
    noStop: motorway,
    leftOut: null,
  };
}
