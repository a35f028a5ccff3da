import type { Land, SampleCommune } from "./communes.ts";
import { distance, greatCircle, type Point, toDegrees } from "./geometry.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import type { RoadNode } from "./road-network.ts";
import type { SampleRoads } from "./roads.ts";
import {
  firstCalls,
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

/** Planted: the lines of the neighbourhoods carry nobody to work at five, nor home at nine in the evening. */
const localDepartures = [6.5, 7.75, 12.5, 17, 18.5].map((hour) => hour * HOUR);
const TOWNS_A_LINE = 3;

/** Every town that holds a neighbourhood, in lines towards the centre: by angle around it, the farthest first. */
function localLines(communes: readonly SampleCommune[], heart: SampleCommune): readonly (readonly SampleCommune[])[] {
  const angle = ({ centre: [x, y] }: SampleCommune): number => Math.atan2(y - heart.centre[1], x - heart.centre[0]);
  const away = ({ centre }: SampleCommune): number => distance(centre, heart.centre);
  const towns = communes
    .filter(({ type, isIsland }) => (type === "ville littorale" || type === "petite ville") && !isIsland)
    .sort((a, b) => angle(a) - angle(b));
  return Array.from({ length: Math.ceil(towns.length / TOWNS_A_LINE) }, (_, i) =>
    towns.slice(i * TOWNS_A_LINE, (i + 1) * TOWNS_A_LINE).sort((a, b) => away(b) - away(a)),
  );
}

/** Coaches and one train between the towns, and coaches that call at the neighbourhoods: few trips, most stops without a time. */
export function makeRegionalFeed({ communes }: Land, qpvs: readonly SampleQpv[], roads: SampleRoads): TransitFeed {
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
  const coach = (
    id: string,
    towns: readonly SampleCommune[],
    through: readonly number[],
    named: ReadonlyMap<number, string>,
    runs: readonly (readonly [service: string, hours: readonly number[], shift: number])[],
  ): void => {
    routes.push({ id, agency: "CAR", shortName: id, longName: `${towns[0].name} – ${heart.name}`, type: 3 });
    const towned = new Map(towns.map((commune) => [roads.centres.get(commune.code) as number, townStop(commune)]));
    for (const direction of [0, 1] as const) {
      const track = trackOf(roads.network, graph, direction === 0 ? through : [...through].reverse());
      const calls = stopsAlong(track, 3.2, new Set([...towned.keys(), ...named.keys()]));
      const ranks = named.size > 0 ? firstCalls(track, calls) : calls;
      const visits = ranks.map((rank, k): Visit => {
        const node = track.nodes[rank];
        const km = track.km[rank];
        const town = towned.get(node);
        const isEnd = k === 0 || k === ranks.length - 1;
        const time = Math.round((km / 48) * 60) * 60;
        if (town) return { stop: town, arrival: time, departure: time + (isEnd ? 0 : 60), km };
        const stop = `R-${id}-${direction}-${String(k).padStart(2, "0")}`;
        const { lon, lat } = nodes.get(node) as RoadNode;
        stops.set(stop, {
          id: stop,
          name: named.get(node) ?? `${nearestName([lon, lat], villages)} Croisement`,
          lon,
          lat,
          parent: "",
          kind: 0,
        });
        return isEnd ? { stop, arrival: time, departure: time, km } : { stop, arrival: null, departure: null, km };
      });
      const headsign = direction === 0 ? heart.name : towns[0].name;
      for (const [service, hours, shift] of runs)
        add(
          id,
          service,
          hours.map((time) => time + shift + (service === "FERIES" ? 0 : 600 * direction)),
          visits,
          direction,
          headsign,
        );
    }
  };
  for (const [i, towns] of coaches.entries())
    coach(
      `C${i + 1}`,
      towns,
      towns.map(({ code }) => roads.centres.get(code) as number),
      new Map(),
      [
        ["OUVRABLE", departures, 420 * i],
        ["FERIES", [9.5 * HOUR, 17.5 * HOUR], 0],
      ],
    );
  for (const [i, towns] of localLines(communes, heart).entries()) {
    const homesOf = (commune: SampleCommune): SampleQpv[] => qpvs.filter(({ communes: hosts }) => hosts[0] === commune);
    const node = ({ code }: SampleQpv): number => roads.neighbourhoods.get(code) as number;
    const through = towns.flatMap((town) => [...homesOf(town).map(node), roads.centres.get(town.code) as number]);
    const named = new Map(towns.flatMap(homesOf).map((qpv) => [node(qpv), qpv.name]));
    coach(
      `C${i + coaches.length + 1}`,
      [...towns, heart],
      [...new Set(through), roads.centres.get(heart.code) as number],
      named,
      [["OUVRABLE", localDepartures, 240 * i]],
    );
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
