import type { Land } from "./communes.ts";
import { centroid, distance, type Point } from "./geometry.ts";
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
} from "./transit.ts";

const HOUR = 3600;
const METRES_PER_SECOND = 5;
const DWELL = 20;

const services: readonly Service[] = [
  {
    id: "SEM",
    days: [1, 1, 1, 1, 1, 0, 0],
    start: "20220103",
    end: "20220703",
    exceptions: [
      ["20220418", 2],
      ["20220506", 2],
    ],
  },
  { id: "SAM", days: [0, 0, 0, 0, 0, 1, 0], start: "20220103", end: "20220703", exceptions: [["20220506", 1]] },
  { id: "DIM", days: [0, 0, 0, 0, 0, 0, 1], start: "20220103", end: "20220703", exceptions: [["20220418", 1]] },
];

/** Departures of a day: from, until and headway in seconds. The last ones leave after midnight, on the same day of service. */
const timetable: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  SEM: [
    [5.5 * HOUR, 7 * HOUR, 900],
    [7 * HOUR, 9 * HOUR, 480],
    [9 * HOUR, 16 * HOUR, 720],
    [16 * HOUR, 19 * HOUR, 480],
    [19 * HOUR, 24.75 * HOUR, 1500],
  ],
  SAM: [[6.5 * HOUR, 24.75 * HOUR, 1200]],
  DIM: [[8 * HOUR, 22 * HOUR, 2400]],
};

/** Planted: two lines run from a quarter to four, for those who begin then. */
const early: readonly [number, number, number] = [3.75 * HOUR, 5.5 * HOUR, 1800];
const earlyLines: ReadonlySet<string> = new Set(["1", "2"]);

/** Lines told by their headways: one run a period, in frequencies.txt. */
const headwayLines: ReadonlySet<string> = new Set(["5", "6", "7", "8"]);

/**
 * The urban buses of the metropolis: five lines through the centre, three more that call at every neighbourhood of the town and of its suburbs,
 * and one of the night.
 */
export function makeUrbanFeed({ communes }: Land, qpvs: readonly SampleQpv[], roads: SampleRoads): TransitFeed {
  const graph = roadGraph(roads.network);
  const nodes = new Map(roads.network.nodes.map((node) => [node.id, node]));
  const heart = communes.find(({ isCentre }) => isCentre);
  if (!heart) throw new RangeError("no metropolis");
  const centre = roads.centres.get(heart.code) as number;
  const suburbs = communes.filter(({ type, isCentre }) => type === "métropole" && !isCentre);
  const own = qpvs.filter(({ type }) => type === "métropole");
  const angleOf = ({ ring }: SampleQpv): number => {
    const [x, y] = centroid(ring);
    return Math.atan2(y - heart.centre[1], x - heart.centre[0]);
  };
  const inTown = own.filter(({ communes: [host] }) => host === heart).sort((a, b) => angleOf(a) - angleOf(b));
  const suburb = (i: number): number => roads.centres.get(suburbs[i].code) as number;
  const home = (qpv: SampleQpv): number => roads.neighbourhoods.get(qpv.code) as number;
  const half = inTown.length >> 1;
  /** From one suburb to another by their neighbourhoods: those of the first, the centre, those of the second. */
  const around = (i: number, j: number): readonly number[] => {
    const homes = (k: number): number[] => own.filter(({ communes: hosts }) => hosts[0] === suburbs[k]).map(home);
    return [...new Set([...homes(i), suburb(i), centre, suburb(j), ...homes(j)])];
  };
  const plans: readonly (readonly [string, string, readonly number[]])[] = [
    ["1", `${suburbs[0].name} – ${suburbs[1].name}`, [suburb(0), centre, suburb(1)]],
    ["2", `${suburbs[2].name} – ${suburbs[3].name}`, [suburb(2), centre, suburb(3)]],
    ["3", `${inTown[0].name} – ${inTown[half].name}`, [home(inTown[0]), centre, home(inTown[half])]],
    ["4", `${inTown[2].name} – ${inTown[half + 2].name}`, [home(inTown[2]), centre, home(inTown[half + 2])]],
    ["5", `${inTown[4].name} – ${inTown[half + 4].name}`, [home(inTown[4]), centre, home(inTown[half + 4])]],
    ["N", `${heart.name} – ${suburbs[0].name}, nuit`, [centre, suburb(0)]],
    ["6", `${inTown[1].name} – ${inTown[inTown.length - 1].name}`, inTown.filter((_, i) => i !== 0).map(home)],
    ["7", `${suburbs[0].name} – ${suburbs[2].name}, par les quartiers`, around(0, 2)],
    ["8", `${suburbs[1].name} – ${suburbs[3].name}, par les quartiers`, around(1, 3)],
  ];
  const named = [
    ...own.map(({ name, ring }) => ({ name, at: centroid(ring) })),
    ...[heart, ...suburbs].map(({ name, centre: at }) => ({ name: `${name} Centre`, at })),
  ];
  const stops = new Map<number, TransitStop>();
  const uses = new Map<string, number>();
  const stopAt = (id: number): TransitStop => {
    const known = stops.get(id);
    if (known) return known;
    const { lon, lat } = nodes.get(id) as RoadNode;
    const label = id === centre ? "Gare centrale" : nearestName([lon, lat], named);
    const rank = (uses.get(label) ?? 0) + 1;
    uses.set(label, rank);
    const stop: TransitStop = {
      id: `U${String(stops.size + 1).padStart(3, "0")}`,
      name: rank === 1 ? label : `${label} ${rank}`,
      lon,
      lat,
      parent: id === centre ? "GARE" : "",
      kind: 0,
    };
    stops.set(id, stop);
    return stop;
  };
  const trips: TransitTrip[] = [];
  for (const [line, label, through] of plans) {
    for (const direction of [0, 1] as const) {
      const track = trackOf(roads.network, graph, direction === 0 ? through : [...through].reverse());
      const called = headwayLines.has(line) && line !== "5" ? through : [centre];
      const ranks = firstCalls(track, stopsAlong(track, 0.45, new Set(called)));
      const seconds = ranks.map(
        (rank, i) => Math.round((1000 * track.km[rank]) / METRES_PER_SECOND / 10) * 10 + DWELL * Math.max(0, i - 1),
      );
      const headsign = label.replace(/, .*$/, "").split(" – ")[direction === 0 ? 1 : 0];
      const run = (service: string, start: number, number: string): TransitTrip => ({
        id: `${line}-${direction}-${service}-${number}`,
        route: line,
        service,
        direction,
        headsign,
        visits: ranks.map((rank, i) => ({
          stop: stopAt(track.nodes[rank]).id,
          arrival: start + seconds[i],
          departure: start + seconds[i] + (i === 0 || i === ranks.length - 1 ? 0 : DWELL),
          km: track.km[rank],
        })),
      });
      for (const [service, periods] of Object.entries(timetable)) {
        const shift = 60 * (3 * Number(line.replace("N", "0")) + 5 * direction);
        if (line === "N") {
          if (service !== "DIM")
            for (let k = 0; k < 5; k++) trips.push(run(service, (23.5 + k) * HOUR + shift, String(k + 1)));
        } else if (headwayLines.has(line)) {
          trips.push({
            ...run(service, 0, "rythme"),
            repeats: periods.map(([from, until, headway]) => ({ from: from + shift, until: until + shift, headway })),
          });
        } else {
          let number = 0;
          const runs = service === "SEM" && earlyLines.has(line) ? [...periods, early] : periods;
          for (const [from, until, headway] of runs)
            for (let start = from; start < until; start += headway)
              trips.push(run(service, start + shift, String(++number)));
        }
      }
    }
  }
  const gare = nodes.get(centre) as RoadNode;
  const station: TransitStop = { id: "GARE", name: "Gare centrale", lon: gare.lon, lat: gare.lat, parent: "", kind: 1 };
  return {
    agencies: [{ id: "BRL", name: `Bus de ${heart.name} (fictif)` }],
    stops: [station, ...stops.values()],
    routes: plans.map(([id, longName]) => ({ id, agency: "BRL", shortName: id, longName, type: 3 })),
    trips,
    services,
    transfers: nearbyTransfers([...stops.values()]),
  };
}

/** Walks of 30 to 150 m between two stops of different places, at 1 m/s and two minutes at least, both ways. */
function nearbyTransfers(stops: readonly TransitStop[]): { from: string; to: string; seconds: number }[] {
  const place = ({ lon, lat }: TransitStop): Point => [lon * 77.3, lat * 111.2];
  return stops.flatMap((one) =>
    stops.flatMap((other) => {
      const metres = 1000 * distance(place(one), place(other));
      return one !== other && metres < 150
        ? [{ from: one.id, to: other.id, seconds: Math.max(120, 10 * Math.ceil(metres / 10)) }]
        : [];
    }),
  );
}
