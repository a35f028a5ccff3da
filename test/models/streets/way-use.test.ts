import { describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { durationSeconds } from "../../../src/models/streets/ferry-duration.ts";
import { maxSpeedKmh } from "../../../src/models/streets/max-speed.ts";
import { type ProfileOptions, streetProfile } from "../../../src/models/streets/profiles.ts";
import type { StreetTag } from "../../../src/models/streets/road-lines.ts";
import type { StreetMode } from "../../../src/models/streets/street-graph.ts";
import { wayUse } from "../../../src/models/streets/way-use.ts";

type Tags = Partial<Record<StreetTag, string>>;

/** Speeds along a way and against it, or why it is left out. */
function use(mode: StreetMode, tags: Tags, options: ProfileOptions = {}): readonly [number, number] | string {
  const { forwardKmh, backwardKmh, leftOut } = wayUse(streetProfile(mode, options), (tag) => tags[tag] ?? "");
  return leftOut ?? [forwardKmh, backwardKmh];
}

type Speeds = readonly [number, number] | string;

test.each<[Tags, Speeds, Speeds, Speeds]>([
  // tags, on foot, by bicycle, by car
  [{ highway: "residential" }, [3.6, 3.6], [12, 12], [25, 25]],
  [{ highway: "residential", oneway: "yes" }, [3.6, 3.6], [12, 3.6], [25, 0]],
  [{ highway: "residential", oneway: "-1" }, [3.6, 3.6], [3.6, 12], [0, 25]],
  [{ highway: "residential", oneway: "yes", "oneway:bicycle": "no" }, [3.6, 3.6], [12, 12], [25, 0]],
  [{ highway: "residential", oneway: "yes", cycleway: "opposite_lane" }, [3.6, 3.6], [12, 12], [25, 0]],
  [{ highway: "residential", oneway: "yes", "cycleway:left": "opposite" }, [3.6, 3.6], [12, 12], [25, 0]],
  [{ highway: "residential", oneway: "no", "oneway:bicycle": "yes" }, [3.6, 3.6], [12, 3.6], [25, 25]],
  [{ highway: "residential", oneway: "reversible" }, [3.6, 3.6], [3.6, 3.6], "reversible"],
  [{ highway: "tertiary", junction: "roundabout" }, [3.6, 3.6], [12, 3.6], [40, 0]],
  [{ highway: "tertiary", junction: "roundabout", oneway: "no" }, [3.6, 3.6], [12, 12], [40, 40]],
  [{ highway: "residential", junction: "circular" }, [3.6, 3.6], [12, 3.6], [25, 0]],
  [{ highway: "motorway" }, "class", "class", [90, 0]],
  [{ highway: "motorway", maxspeed: "130", oneway: "yes" }, "class", "class", [130, 0]],
  [{ highway: "trunk" }, "class", "class", [85, 85]],
  [{ highway: "trunk", foot: "yes", bicycle: "designated" }, [3.6, 3.6], [12, 12], [85, 85]],
  [{ highway: "trunk", access: "yes" }, "class", "class", [85, 85]],
  [{ highway: "primary", motorroad: "yes" }, "motorroad", "motorroad", [65, 65]],
  [{ highway: "primary", motorroad: "yes", foot: "yes" }, [3.6, 3.6], [3.6, 3.6], [65, 65]],
  [{ highway: "secondary", "maxspeed:backward": "30", maxspeed: "50" }, [3.6, 3.6], [12, 12], [50, 30]],
  [{ highway: "secondary", maxspeed: "signals" }, [3.6, 3.6], [12, 12], [55, 55]],
  [{ highway: "service", access: "private" }, "access", "access", "access"],
  [{ highway: "service", access: "private", foot: "yes" }, [3.6, 3.6], [3.6, 3.6], "access"],
  [{ highway: "service", access: "destination" }, [3.6, 3.6], [12, 12], [15, 15]],
  [{ highway: "service", access: "customers" }, [3.6, 3.6], [12, 12], [15, 15]],
  [{ highway: "service", access: "no", motor_vehicle: "destination" }, "access", "access", [15, 15]],
  [{ highway: "service", motor_vehicle: "yes", motorcar: "no" }, [3.6, 3.6], [12, 12], "access"],
  [{ highway: "service", vehicle: "no" }, [3.6, 3.6], [3.6, 3.6], "access"],
  [{ highway: "service", vehicle: "no", bicycle: "yes" }, [3.6, 3.6], [12, 12], "access"],
  [{ highway: "service", service: "emergency_access" }, [3.6, 3.6], [12, 12], "access"],
  [{ highway: "residential", access: "unknown" }, [3.6, 3.6], [12, 12], [25, 25]],
  [{ highway: "residential", bicycle: "use_sidepath" }, [3.6, 3.6], [3.6, 3.6], [25, 25]],
  [{ highway: "track" }, [3.6, 3.6], [12, 12], "class"],
  [{ highway: "track", motor_vehicle: "yes" }, [3.6, 3.6], [12, 12], [15, 15]],
  [{ highway: "track", access: "yes" }, [3.6, 3.6], [12, 12], "class"],
  [{ highway: "footway" }, [3.6, 3.6], [3.6, 3.6], "class"],
  [{ highway: "footway", bicycle: "yes" }, [3.6, 3.6], [12, 12], "class"],
  [{ highway: "pedestrian", bicycle: "dismount" }, [3.6, 3.6], [3.6, 3.6], "class"],
  [{ highway: "steps" }, [3.6, 3.6], [2, 2], "class"],
  [{ highway: "steps", bicycle: "yes" }, [3.6, 3.6], [2, 2], "class"],
  [{ highway: "cycleway" }, "class", [12, 12], "class"],
  [{ highway: "cycleway", oneway: "yes" }, "class", [12, 0], "class"],
  [{ highway: "cycleway", foot: "designated" }, [3.6, 3.6], [12, 12], "class"],
  [{ highway: "path", foot: "no" }, "access", [12, 12], "class"],
  [{ highway: "path", foot: "no", bicycle: "no" }, "access", "access", "class"],
  [{ highway: "busway" }, "class", "class", "class"],
  [{ highway: "constructor" }, "class", "class", "class"],
  [{ highway: "proposed" }, "class", "class", "class"],
  [{ route: "ferry" }, [20, 20], [20, 20], [20, 20]],
  [{ route: "ferry", motor_vehicle: "no" }, [20, 20], [20, 20], "access"],
  [{ route: "ferry", foot: "no", bicycle: "no" }, "access", "access", [20, 20]],
])("%j", (tags, walk, bike, car) => {
  expect([use("walk", tags), use("bike", tags), use("car", tags)]).toEqual([walk, bike, car]);
});

describe("parameters", () => {
  test("an electric bicycle, a slow walker, cars in traffic", () => {
    expect(use("bike", { highway: "residential", oneway: "yes" }, { rideKmh: 20, walkKmh: 3 })).toEqual([20, 3]);
    expect(use("walk", { highway: "path" }, { walkKmh: 4.3 })).toEqual([4.3, 4.3]);
    expect(use("car", { highway: "primary", maxspeed: "80" }, { carFactor: 0.75 })).toEqual([60, 60]);
    expect(use("car", { highway: "primary" }, { carFactor: 0.5 })).toEqual([32.5, 32.5]);
  });

  test.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY])("a speed of %s is refused in words", (walkKmh) => {
    expect(() => streetProfile("walk", { walkKmh })).toThrow(QuartiersError);
    expect(() => streetProfile("walk", { walkKmh })).toThrow(/Vitesse impossible.*walkKmh/s);
  });
});

test.each([
  ["50", 50],
  ["50 km/h", 50],
  ["30 mph", 48.28032],
  ["10 knots", 18.52],
  ["FR:urban", 50],
  ["FR:rural", 80],
  ["DE:motorway", 130],
  ["FR:zone30", 30],
  ["BE-VLG:rural", 80],
  ["FR:30", 30],
  ["DE:zone:20", 20],
  ["walk", 6],
  ["none", 130],
  ["50;30", 30],
  ["50;signals", 50],
  ["7.5", 7.5],
])("maxspeed=%s is %d km/h", (text, kmh) => {
  expect(maxSpeedKmh(text)).toBeCloseTo(kmh, 9);
});

test.each(["", "0", "-50", "signals", "variable", "fast", "50 m/s", "FR:", ";", "FR:moon", "__proto__", "constructor"])(
  "maxspeed=%s says no speed",
  (text) => {
    expect(maxSpeedKmh(text)).toBeNaN();
  },
);

test.each([
  ["01:10", 4200],
  ["00:25", 1500],
  ["0:05:30", 330],
  ["90", 5400],
  ["PT25M", 1500],
  ["PT1H30M", 5400],
  ["P1DT2H", 93_600],
  ["PT45S", 45],
])("duration=%s is %d s", (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test.each(["", "P", "PT", "00:00", "1h", "abc", "1:2:3:4"])("duration=%s says nothing", (text) => {
  expect(durationSeconds(text)).toBeNaN();
});
