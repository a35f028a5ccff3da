import type { Land, SampleCommune } from "./communes.ts";
import { distance, greatCircle, type Point, toDegrees } from "./geometry.ts";
import type { RoadNode } from "./road-network.ts";
import type { SampleRoads } from "./roads.ts";
import {
  nearestName,
  roadGraph,
  type Service,
  stopsAlong,
  type TransitFeed,
  type TransitStop,
  type TransitTrip,
  trackOf,
  type Visit,
} from "./transit.ts";

const HOUR = 3600;

const services: readonly Service[] = [
  {
    id: "OUVRABLE",
    days: [1, 1, 1, 1, 1, 1, 0],
    start: "20220103",
    end: "20221231",
    exceptions: [
      ["20220418", 2],
      ["20220526", 2],
    ],
  },
  // No day of the week: this one lives by its dates alone.
  {
    id: "FERIES",
    days: [0, 0, 0, 0, 0, 0, 0],
    start: "20220103",
    end: "20221231",
    exceptions: [
      ["20220418", 1],
      ["20220526", 1],
    ],
  },
];

const departures = [6.25, 7.5, 12.25, 16.5, 18, 19.75].map((hour) => hour * HOUR);

/** Coaches and one train between the towns: few trips, most stops without a time. */
export function makeRegionalFeed({ communes }: Land, roads: SampleRoads): TransitFeed {
  const graph = roadGraph(roads.network);
  const nodes = new Map(roads.network.nodes.map((node) => [node.id, node]));
  const heart = communes.find(({ isCentre }) => isCentre) as SampleCommune;
  const away = (commune: SampleCommune): number => distance(commune.centre, heart.centre);
  const coast = communes
    .filter(({ type, isIsland }) => type === "ville littorale" && !isIsland)
    .sort((a, b) => away(b) - away(a));
  const small = communes.filter(({ type }) => type === "petite ville").sort((a, b) => away(b) - away(a));
  const villages = communes.map(({ name, centre }) => ({ name, at: centre }));
  const stops = new Map<string, TransitStop>();
  const townStop = (commune: SampleCommune): string => {
    const id = commune === heart ? "R-GARE-CAR" : `R-${commune.code}`;
    const { lon, lat } = nodes.get(roads.centres.get(commune.code) as number) as RoadNode;
    stops.set(id, {
      id,
      name: commune === heart ? "Gare routière" : `${commune.name} Mairie`,
      lon,
      lat,
      parent: commune === heart ? "R-POLE" : "",
      kind: 0,
    });
    return id;
  };
  const trips: TransitTrip[] = [];
  const routes: { id: string; agency: string; shortName: string; longName: string; type: 2 | 3 }[] = [];
  const add = (
    route: string,
    service: string,
    runs: readonly number[],
    visits: readonly Visit[],
    direction: 0 | 1,
    headsign: string,
  ): void => {
    for (const [k, start] of runs.entries()) {
      const at = (time: number | null): number | null => (time === null ? null : start + time);
      trips.push({
        id: `${route}-${direction}-${service}-${k + 1}`,
        route,
        service,
        direction,
        headsign,
        visits: visits.map((visit) => ({ ...visit, arrival: at(visit.arrival), departure: at(visit.departure) })),
      });
    }
  };
  // Coaches: a far town, the metropolis, a far town. Only the towns have a time; the stops between belong to one line, so that nobody changes there.
  const coaches = [
    [coast[0], small[2], heart],
    [coast[2], small[0], heart],
    [small[1], small[4], heart],
  ] as const;
  for (const [i, towns] of coaches.entries()) {
    const id = `C${i + 1}`;
    routes.push({ id, agency: "CAR", shortName: id, longName: `${towns[0].name} – ${heart.name}`, type: 3 });
    const towned = new Map(towns.map((commune) => [roads.centres.get(commune.code) as number, townStop(commune)]));
    for (const direction of [0, 1] as const) {
      const through = [...towned.keys()];
      const track = trackOf(roads.network, graph, direction === 0 ? through : through.reverse());
      const ranks = stopsAlong(track, 3.2, new Set(towned.keys()));
      const visits = ranks.map((rank, k): Visit => {
        const node = track.nodes[rank];
        const km = track.km[rank];
        const town = towned.get(node);
        if (town) {
          const time = Math.round((km / 48) * 60) * 60;
          return { stop: town, arrival: time, departure: time + (k > 0 && k < ranks.length - 1 ? 60 : 0), km };
        }
        const stop = `R-${id}-${direction}-${String(k).padStart(2, "0")}`;
        const { lon, lat } = nodes.get(node) as RoadNode;
        stops.set(stop, {
          id: stop,
          name: `${nearestName([lon, lat], villages)} Croisement`,
          lon,
          lat,
          parent: "",
          kind: 0,
        });
        return { stop, arrival: null, departure: null, km };
      });
      const headsign = direction === 0 ? heart.name : towns[0].name;
      add(
        id,
        "OUVRABLE",
        departures.map((time) => time + 420 * i + 600 * direction),
        visits,
        direction,
        headsign,
      );
      add(id, "FERIES", [9.5 * HOUR, 17.5 * HOUR], visits, direction, headsign);
    }
  }
  // The train: straight lines between stations that stand 300 m from the town halls, every time given.
  const stations = [coast[1], heart, coast[3]];
  routes.push({ id: "T1", agency: "RAIL", shortName: "T1", longName: `${coast[1].name} – ${coast[3].name}`, type: 2 });
  const halts = stations.map((commune) => {
    const id = commune === heart ? "R-GARE-TRAIN" : `R-T-${commune.code}`;
    const [lon, lat] = toDegrees([commune.centre[0] + 0.2, commune.centre[1] + 0.22]);
    stops.set(id, {
      id,
      name: commune === heart ? "Gare ferroviaire" : `${commune.name} Gare`,
      lon,
      lat,
      parent: commune === heart ? "R-POLE" : "",
      kind: 0,
    });
    return { id, at: [lon, lat] as Point };
  });
  for (const direction of [0, 1] as const) {
    const order = direction === 0 ? halts : [...halts].reverse();
    let km = 0;
    const visits = order.map(({ id, at }, i): Visit => {
      if (i > 0) km += greatCircle(order[i - 1].at, at);
      const time = Math.round((km / 75) * 60) * 60 + (i > 1 ? 180 : 0);
      return { stop: id, arrival: time, departure: time + (i === 1 ? 180 : 0), km };
    });
    add(
      "T1",
      "OUVRABLE",
      [6 * HOUR, 7.75 * HOUR, 12 * HOUR, 17.25 * HOUR, 23.5 * HOUR].map((time) => time + 900 * direction),
      visits,
      direction,
      direction === 0 ? coast[3].name : coast[1].name,
    );
  }
  const pole = nodes.get(roads.centres.get(heart.code) as number) as RoadNode;
  return {
    agencies: [
      { id: "CAR", name: "Cars d'Armorelle (fictif)" },
      { id: "RAIL", name: "Rail d'Armorelle (fictif)" },
    ],
    stops: [
      { id: "R-POLE", name: `Pôle d'échanges de ${heart.name}`, lon: pole.lon, lat: pole.lat, parent: "", kind: 1 },
      ...stops.values(),
    ],
    routes,
    trips,
    services,
    transfers: [
      { from: "R-GARE-CAR", to: "R-GARE-TRAIN", seconds: 360 },
      { from: "R-GARE-TRAIN", to: "R-GARE-CAR", seconds: 360 },
    ],
  };
}
