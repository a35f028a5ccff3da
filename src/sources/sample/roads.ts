import type { Random } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { addCountryLanes } from "./country-lanes.ts";
import { centroid, contains, distance, type Point } from "./geometry.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { RoadBuilder, type RoadNetwork } from "./road-network.ts";
import { stream } from "./stream.ts";
import { addStreetGrid } from "./street-grid.ts";

/** The roads of the invented land, and the nodes that truths and stops refer to. */
export interface SampleRoads {
  readonly network: RoadNetwork;
  /** Node at the middle of each commune's streets, by commune code. */
  readonly centres: ReadonlyMap<string, number>;
  /** Node of the streets that is nearest to the middle of each neighbourhood, by code. */
  readonly neighbourhoods: ReadonlyMap<string, number>;
  /** Ends of the one-way street that a test goes along and against. */
  readonly oneWay: readonly [number, number];
  /** A node of the piece that no road reaches. */
  readonly cutOff: number;
  /** The harbours of the ferry, on the mainland and on the island. */
  readonly harbours: readonly [number, number];
}

interface Grid {
  readonly commune: SampleCommune;
  readonly crossings: readonly number[];
  readonly middle: number;
}

/** Half of a grid, in streets, and its spacing: towns have more streets than villages. */
function gridSize(population: number, commune: SampleCommune): { half: number; spacingKm: number } {
  if (commune.isCentre) return { half: 20, spacingKm: 0.15 };
  if (commune.type === "autre") return { half: 1, spacingKm: 0.09 };
  return { half: Math.min(13, Math.max(4, Math.round(1.05 * Math.sqrt(population / 400)))), spacingKm: 0.13 };
}

/** Points that two communes share: their border. */
function border(one: SampleCommune, other: SampleCommune): Point[] {
  const key = ([x, y]: Point): string => `${x.toFixed(9)} ${y.toFixed(9)}`;
  const shared = new Set(other.ring.map(key));
  return one.ring.filter((p) => shared.has(key(p)));
}

/** A line of nodes from one node to another, bent, with a node every 600 m or so. */
function windingLine(
  roads: RoadBuilder,
  from: number,
  through: readonly Point[],
  to: number,
  random: Random,
): number[] {
  const stops = [roads.places[from], ...through, roads.places[to]];
  const line = [from];
  for (let i = 0; i + 1 < stops.length; i++) {
    const [a, b] = [stops[i], stops[i + 1]];
    const parts = Math.max(1, Math.round(distance(a, b) / 0.6));
    for (let k = 1; k <= parts; k++) {
      if (k === parts && i + 2 === stops.length) break;
      const t = k / parts;
      const off = k === parts ? 0 : (random() - 0.5) * 0.14 * Math.sin(Math.PI * t);
      line.push(
        roads.node([a[0] + t * (b[0] - a[0]) - off * (b[1] - a[1]), a[1] + t * (b[1] - a[1]) + off * (b[0] - a[0])]),
      );
    }
  }
  return [...line, to];
}

/** Roads between neighbouring communes, through the middle of their border: primary between towns, then secondary, then tertiary. */
function linkCommunes(roads: RoadBuilder, grids: readonly Grid[], random: Random): void {
  const toward = ({ crossings }: Grid, place: Point): number =>
    crossings.reduce((a, b) => (distance(roads.places[b], place) < distance(roads.places[a], place) ? b : a));
  let bridges = 0;
  for (const [i, one] of grids.entries()) {
    for (const other of grids.slice(i + 1)) {
      const common = border(one.commune, other.commune);
      if (common.length < 6) continue;
      const middle = common[Math.floor(common.length / 2)];
      const line = windingLine(roads, toward(one, middle), [middle], toward(other, middle), random);
      const towns = [one, other].filter(({ commune }) => commune.type !== "autre").length;
      const fast = [one, other].some(({ commune }) => commune.isCentre) && towns === 2;
      const tags = fast
        ? { highway: "trunk", maxspeed: "110", ref: `N ${100 + i}` }
        : towns === 2
          ? { highway: "primary", maxspeed: "80", ref: `D ${i + 1}` }
          : towns === 1
            ? { highway: "secondary", maxspeed: "80" }
            : { highway: "tertiary", ...(random() < 0.3 ? { maxspeed: "70" } : {}) };
      const half = Math.floor(line.length / 2);
      if (bridges < 6 && random() < 0.08 && line.length > 6) {
        bridges++;
        roads.way(line.slice(0, half), tags);
        roads.way(line.slice(half - 1, half + 1), { ...tags, bridge: "yes", layer: "1" });
        roads.way(line.slice(half), tags);
        const [bx, by] = roads.places[line[half]];
        const [ax, ay] = roads.places[line[half - 1]];
        const [mx, my] = [(ax + bx) / 2, (ay + by) / 2];
        const river = [-2, -1, 1, 2].map((k) => roads.node([mx - k * (by - ay), my + k * (bx - ax)], true));
        roads.way(river, { waterway: "river", name: `Rivière sous le pont ${bridges}` });
      } else roads.way(line, tags);
      if (fast) {
        for (const [shift, tags] of [
          [0.02, { highway: "cycleway", foot: "no" }],
          [-0.02, { highway: "path", surface: "gravel" }],
        ] as const) {
          const side = line.map((rank) =>
            roads.node([roads.places[rank][0] + shift, roads.places[rank][1] - shift], true),
          );
          roads.way([line[0], ...side, line[line.length - 1]], tags);
        }
      } else if (towns === 0 && random() < 0.35)
        roads.way(windingLine(roads, one.middle, [], other.middle, random), { highway: "path" });
    }
  }
}

/** Streets inside a neighbourhood where the town has few, and footpaths across its blocks everywhere. */
function serveNeighbourhood(roads: RoadBuilder, { ring, communes }: SampleQpv, random: Random): number {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const inside = (): number[] =>
    roads
      .within([Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)])
      .filter((rank) => contains(ring, roads.places[rank]));
  const middle = centroid(ring);
  if (inside().length < 8) {
    const half = Math.ceil(
      (Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) * 0.8) / 0.11,
    );
    const grid = addStreetGrid(roads, {
      middle,
      angle: random() * 1.5,
      spacingKm: 0.11,
      half,
      inside: ring,
      oneWays: false,
      random,
    });
    const own = new Set(grid.values());
    const ends = [...own].sort((a, b) => roads.places[a][0] - roads.places[b][0]);
    for (const end of new Set([ends[0], ends[ends.length >> 1], ends[ends.length - 1]])) {
      const near = roads.nearest(roads.places[end], (rank) => !own.has(rank));
      roads.way(windingLine(roads, end, [], near, random), { highway: "residential", maxspeed: "50" });
    }
  }
  const nodes = inside();
  for (const rank of nodes) {
    if (random() > 0.25) continue;
    const other = roads.nearest(roads.places[rank], (to) => {
      const away = distance(roads.places[rank], roads.places[to]);
      return to !== rank && away > 0.14 && away < 0.3;
    });
    if (other >= 0) roads.way([rank, other], { highway: random() < 0.08 ? "steps" : "footway" });
  }
  const home = communes[0];
  return roads.nearest(contains(ring, middle) || nodes.length === 0 ? middle : roads.places[nodes[0]], (rank) =>
    contains(home.ring, roads.places[rank]),
  );
}

/** A roundabout hung on a crossing, with a street that leaves it on the far side: to come back, one goes round. Gives the two ends. */
function addRoundabout(roads: RoadBuilder, at: number): readonly [number, number] {
  const [x, y] = roads.places[at];
  const ring = Array.from({ length: 8 }, (_, k) => {
    const angle = Math.PI + (k * Math.PI) / 4;
    return k === 0 ? at : roads.node([x + 0.03 + 0.03 * Math.cos(angle), y + 0.03 * Math.sin(angle)], true);
  });
  roads.way([...ring, at], { highway: "tertiary", junction: "roundabout", maxspeed: "30" });
  const end = roads.node([x + 0.12, y + 0.01], true);
  roads.way([ring[2], end], { highway: "residential", maxspeed: "30" });
  return [at, ring[2]];
}

/**
 * The whole network.
 * @param served homes and workplaces, in local kilometres, that a lane must come near to
 */
export function makeRoads(
  { communes }: Land,
  qpvs: readonly SampleQpv[],
  populations: ReadonlyMap<string, number>,
  served: readonly Point[],
  seed: number,
): SampleRoads {
  const random = stream(seed, "routes");
  const roads = new RoadBuilder();
  const grids = communes.map((commune): Grid => {
    const crossings = addStreetGrid(roads, {
      middle: commune.centre,
      angle: random() * 1.5,
      ...gridSize(populations.get(commune.code) ?? 0, commune),
      inside: commune.ring,
      oneWays: commune.isCentre || commune.type === "ville littorale",
      random,
    });
    return { commune, crossings: [...crossings.values()], middle: crossings.get("0,0") as number };
  });
  linkCommunes(roads, grids, random);
  const homes = qpvs.map((qpv) => [qpv.code, serveNeighbourhood(roads, qpv, random)] as const);
  for (const [rank, grid] of grids.entries())
    if (rank % 3 === 0) roads.nodeTags.set(grid.middle, { highway: "traffic_signals" });

  const island = grids.find(({ commune }) => commune.isIsland) as Grid;
  const onMainland = (rank: number): boolean => !contains(island.commune.ring, roads.places[rank]);
  const harbour = grids
    .filter(({ commune }) => commune.type === "ville littorale" && !commune.isIsland)
    .flatMap(({ crossings }) => crossings)
    .filter(onMainland)
    .reduce((a, b) => {
      const away = (rank: number): number => distance(roads.places[rank], island.commune.centre);
      return away(b) < away(a) ? b : a;
    });
  const quay = island.crossings.reduce((a, b) =>
    distance(roads.places[b], roads.places[harbour]) < distance(roads.places[a], roads.places[harbour]) ? b : a,
  );
  roads.way([harbour, quay], {
    route: "ferry",
    duration: "01:10",
    name: "Traversée d'Oruène",
    foot: "yes",
    motor_vehicle: "yes",
  });
  const roundabout = addRoundabout(
    roads,
    (grids.find(({ commune }) => commune.type === "petite ville") as Grid).crossings[0],
  );
  roads.keepLargestPiece();

  const far = communes.find(({ type }) => type === "autre") as SampleCommune;
  const lost = [0, 1, 2, 3].map((k) =>
    roads.node([far.centre[0] + 0.6 + 0.08 * k, far.centre[1] + 0.55 + 0.03 * (k % 2)], true),
  );
  roads.way(lost, { highway: "residential", name: "Rue du Fort isolé" });
  const fenced = [lost[3], roads.node([far.centre[0] + 1, far.centre[1] + 0.9], true)];
  roads.way(fenced, { highway: "service", access: "private" });
  addCountryLanes(roads, served, island.commune.ring, stream(seed, "chemins de campagne"));

  const { network, idOf } = roads.finish();
  return {
    network,
    centres: new Map(grids.map(({ commune, middle }) => [commune.code, idOf(middle)])),
    neighbourhoods: new Map(homes.map(([code, rank]) => [code, idOf(rank)])),
    oneWay: [idOf(roundabout[0]), idOf(roundabout[1])],
    cutOff: idOf(lost[0]),
    harbours: [idOf(harbour), idOf(quay)],
  };
}
