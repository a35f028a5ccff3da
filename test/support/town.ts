import type { RoadLines, StreetTag } from "../../src/models/streets/road-lines.ts";
import type { StreetGraph } from "../../src/models/streets/street-graph.ts";
import { dijkstra } from "./dijkstra.ts";

type Tags = Readonly<Partial<Record<StreetTag | "barrier", string>>>;

/** A little town at the equator, where a thousandth of a degree is 111.195 m both ways. */
export interface Town {
  /** Places by letter, in hundreds of metres east and north. */
  readonly places: Readonly<Record<string, readonly [east: number, north: number]>>;
  /** Lines through places: ["ab", { highway: "residential" }]; its rank is its identifier. */
  readonly ways: readonly (readonly [letters: string, tags: Tags])[];
  readonly barriers?: Readonly<Record<string, Tags>>;
  /** From way, through a letter or ways, to way. */
  readonly turns?: readonly {
    kind: string;
    from: number;
    via: string | readonly number[];
    to: number;
    except?: string;
  }[];
}

/** Degrees of a hundred metres on the sphere of the laboratory. */
export const HUNDRED_METRES: number = (100 / 6_371_008.8) * (180 / Math.PI);

const wayTags: readonly StreetTag[] = [
  ...([
    "highway",
    "route",
    "junction",
    "service",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "bicycle",
  ] as const),
  ...([
    "foot",
    "motorroad",
    "oneway",
    "oneway:bicycle",
    "cycleway",
    "maxspeed",
    "maxspeed:backward",
    "duration",
  ] as const),
];

/** The lines of a town, as a reader of OpenStreetMap would give them. */
export function townLines({ places, ways, barriers = {}, turns = [] }: Town): RoadLines {
  const letters = Object.keys(places);
  const numberOf = (letter: string): number => letters.indexOf(letter);
  const offsets = [0];
  for (const [line] of ways) offsets.push((offsets.at(-1) as number) + line.length);
  const viaWays = turns.map(({ via }) => (typeof via === "string" ? [] : via));
  const barrierTags = ["barrier", "access", "foot", "bicycle", "motor_vehicle"] as const;
  return {
    lon: Float64Array.from(letters, (letter) => places[letter][0] * HUNDRED_METRES),
    lat: Float64Array.from(letters, (letter) => places[letter][1] * HUNDRED_METRES),
    wayId: Float64Array.from(ways.keys()),
    wayOffsets: Uint32Array.from(offsets),
    wayNodes: Uint32Array.from(ways.flatMap(([line]) => [...line].map(numberOf))),
    tags: Object.fromEntries(wayTags.map((tag) => [tag, ways.map(([, tags]) => tags[tag] ?? "")])),
    barriers: {
      nodes: Uint32Array.from(Object.keys(barriers), numberOf),
      tags: Object.fromEntries(barrierTags.map((tag) => [tag, Object.values(barriers).map((tags) => tags[tag] ?? "")])),
    },
    restrictions: {
      relationId: Float64Array.from(turns.keys()),
      kind: turns.map(({ kind }) => kind),
      fromWay: Float64Array.from(turns, ({ from }) => from),
      toWay: Float64Array.from(turns, ({ to }) => to),
      viaNode: Int32Array.from(turns, ({ via }) => (typeof via === "string" ? numberOf(via) : -1)),
      viaOffsets: Uint32Array.from([0, ...turns.keys()], (_, i) => viaWays.slice(0, i).flat().length),
      viaWays: Float64Array.from(viaWays.flat()),
      except: turns.map(({ except = "" }) => except),
    },
  };
}

/** Cost from a node of the lines to another, copies of a crossing counted as the crossing; Infinity where no path leads. */
export function costBetween(
  graph: StreetGraph & { readonly roadNodes: Int32Array },
  from: number,
  to: number,
  cost: "seconds" | "metres" = "seconds",
): number {
  const costs = dijkstra({ ...graph, cost: graph[cost] }, graph.roadNodes.indexOf(from));
  return graph.roadNodes.reduce(
    (best, node, i) => (node === to ? Math.min(best, costs[i]) : best),
    Number.POSITIVE_INFINITY,
  );
}

/** The same, by letters of a town. */
export function townCost(
  town: Town,
  graph: StreetGraph & { readonly roadNodes: Int32Array },
  trip: string,
  cost: "seconds" | "metres" = "metres",
): number {
  const letters = Object.keys(town.places);
  const [from, to] = [...trip].map((letter) => letters.indexOf(letter)) as [number, number];
  return graph.roadNodes.includes(from) ? costBetween(graph, from, to, cost) : Number.POSITIVE_INFINITY;
}
