import fc from "fast-check";
import type { Reach } from "../../../src/models/streets/reach.ts";
import { type Timetable, timetable } from "../../../src/models/transit/timetable.ts";
import { NEVER } from "../../../src/models/transit/transfers.ts";
import { type Rules, runsOf } from "../../support/transit-brute-force.ts";
import { feedOf } from "../../support/transit-feeds.ts";

/** Random pairs of walks as rows. */
export function reachOf(rows: number, pairs: readonly (readonly [from: number, to: number, seconds: number])[]): Reach {
  const best = new Map<string, readonly [number, number, number]>();
  for (const pair of pairs) best.set(`${pair[0]} ${pair[1]}`, pair);
  const sorted = [...best.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const starts = new Int32Array(rows + 1);
  for (const [from] of sorted) starts[from + 1]++;
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  return {
    starts,
    targets: Int32Array.from(sorted, ([, to]) => to),
    seconds: Float64Array.from(sorted, ([, , seconds]) => seconds),
  };
}

export interface RandomNetwork {
  readonly day: Timetable;
  readonly transfers: Reach;
  readonly walks: readonly (readonly [number, number, number])[];
}

const STOPS = 7;
const clock = (minutes: number): string =>
  `${String(8 + Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;

/**
 * Small networks on whole minutes, so that runs meet, take no time and leave at one second; calls without boarding or alighting; changes that take time or are
 * forbidden; walks of transfers.txt and of streets.
 */
export const randomNetwork: fc.Arbitrary<RandomNetwork> = fc
  .record({
    runs: fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 40 }),
        calls: fc.array(
          fc.record({
            stop: fc.integer({ min: 0, max: STOPS - 1 }),
            ride: fc.integer({ min: 0, max: 6 }),
            dwell: fc.constantFrom(0, 0, 0, 1, 2),
            pickup: fc.constantFrom("", "0", "1", "2"),
            drop: fc.constantFrom("", "0", "0", "1"),
          }),
          { minLength: 2, maxLength: 6 },
        ),
      }),
      { minLength: 1, maxLength: 9 },
    ),
    transfers: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: STOPS - 1 }),
        fc.integer({ min: 0, max: STOPS - 1 }),
        fc.constantFrom(0, 60, 119, 180, NEVER),
      ),
      { maxLength: 5 },
    ),
    walks: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: STOPS - 1 }),
        fc.integer({ min: 0, max: STOPS - 1 }),
        fc.constantFrom(0, 0.4, 59.5, 240, 601),
      ),
      { maxLength: 8 },
    ),
    changeSeconds: fc.constantFrom(0, 0, 30, 60),
  })
  .map(({ runs, transfers, walks, changeSeconds }) => {
    const names = "ABCDEFG";
    const known = new Set<string>();
    const rows = transfers.filter(([from, to]) => !known.has(`${from}${to}`) && known.add(`${from}${to}`));
    const feed = feedOf({
      stops: ["stop_id,stop_name,stop_lat,stop_lon", ...[...names].map((name, i) => `${name},${name},47.${i}1,-1.5`)],
      trips: ["route_id,service_id,trip_id", ...runs.map((_, i) => `R,S,T${i}`)],
      stop_times: [
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type",
        ...runs.flatMap(({ start, calls }, i) => {
          let time = start;
          return calls.map(({ stop, ride, dwell, pickup, drop }, k) => {
            const arrival = k === 0 ? time : time + ride;
            time = arrival + dwell;
            return `T${i},${clock(arrival)},${clock(time)},${names[stop]},${k},${pickup},${drop}`;
          });
        }),
      ],
      transfers: [
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time",
        ...rows.map(([from, to, seconds]) =>
          seconds === NEVER ? `${names[from]},${names[to]},3,` : `${names[from]},${names[to]},2,${seconds}`,
        ),
      ],
    });
    const said = new Map(rows.map(([from, to, seconds]) => [`${from} ${to}`, seconds]));
    const own = walks.filter(([from, to], i) => walks.findLastIndex((w) => w[0] === from && w[1] === to) === i);
    return {
      day: timetable(feed, "2022-03-01", { changeSeconds }),
      transfers: reachOf(STOPS, own),
      walks: [
        ...rows.filter(([from, to, seconds]) => from !== to && seconds < NEVER),
        ...own.filter(([from, to]) => from !== to && !said.has(`${from} ${to}`)),
      ],
    };
  });

/** The rules of a random network, for the brute-force search. */
export function rulesOf({ day, walks }: RandomNetwork): Rules {
  return {
    stops: day.stops.ids.length,
    runs: runsOf(day),
    change: (stop) => {
      const seconds = day.footpaths.changeSeconds[stop];
      return seconds >= NEVER ? Number.POSITIVE_INFINITY : seconds;
    },
    walks,
  };
}

/** Walks from some places to the stops. */
export const randomPlaces = (places: number): fc.Arbitrary<readonly (readonly [number, number, number])[]> =>
  fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: places - 1 }),
      fc.integer({ min: 0, max: STOPS - 1 }),
      fc.constantFrom(0, 0.2, 30, 61.7, 300),
    ),
    { minLength: 1, maxLength: 8 },
  );

export const stopsOfRandom: number = STOPS;
