import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reach } from "../../../src/models/streets/reach.ts";
import {
  arrivalsByRides,
  earliestArrivals,
  latestDepartures,
  UNREACHED,
} from "../../../src/models/transit/earliest-arrivals.ts";
import { explainJourney } from "../../../src/models/transit/explain-journey.ts";
import { type Network, reverseNetwork } from "../../../src/models/transit/network.ts";
import { withWalks } from "../../../src/models/transit/transfers.ts";
import { transitMatrix } from "../../../src/models/transit/transit-matrix.ts";
import "../../support/seed.ts";
import { bruteArrivals } from "../../support/transit-brute-force.ts";
import { type RandomNetwork, randomNetwork, randomPlaces, reachOf, rulesOf, stopsOfRandom } from "./random-networks.ts";

const START = 8 * 3600;
const walked = ({ day, transfers }: RandomNetwork): Network => ({
  connections: day.connections,
  runCount: day.runCount,
  footpaths: withWalks(day.footpaths, transfers),
});
const known = (times: Int32Array): number[] =>
  Array.from(times, (time) => (time === UNREACHED ? Number.POSITIVE_INFINITY : time));
const rowOf = ({ starts, targets, seconds }: Reach, row: number): [number, number][] =>
  Array.from({ length: starts[row + 1] - starts[row] }, (_, i) => [
    targets[starts[row] + i],
    Math.ceil(seconds[starts[row] + i]),
  ]);
const dense = (walks: readonly (readonly [number, number])[]): Float64Array => {
  const access = new Float64Array(stopsOfRandom).fill(Number.POSITIVE_INFINITY);
  for (const [stop, seconds] of walks) access[stop] = seconds;
  return access;
};
const departures = fc.integer({ min: START - 100, max: START + 50 * 60 });

describe("every search equals a plain one that relaxes all runs until nothing changes", () => {
  test("earliest arrivals at every stop, and with at most n runs", () => {
    fc.assert(
      fc.property(randomNetwork, randomPlaces(1), departures, (random, places, departure) => {
        const network = walked(random);
        const access = rowOf(reachOf(1, places), 0);
        const rules = rulesOf(random);
        const found = earliestArrivals(network, dense(access), departure);
        expect(known(found.byRun)).toEqual(bruteArrivals(rules, access, departure));
        const rounds = arrivalsByRides(network, dense(access), departure, 3);
        for (const rides of [0, 1, 2, 3])
          expect(known(rounds[rides]?.byRun as Int32Array)).toEqual(bruteArrivals(rules, access, departure, rides));
      }),
      { numRuns: 1500 },
    );
  });

  test("latest departures: one second later is too late, at that time it is not", () => {
    fc.assert(
      fc.property(randomNetwork, randomPlaces(1), departures, (random, places, arriveBy) => {
        const network = walked(random);
        const egress = rowOf(reachOf(1, places), 0);
        const rules = rulesOf(random);
        const found = latestDepartures(reverseNetwork(network), dense(egress), arriveBy);
        const arrives = (stop: number, departure: number): boolean => {
          const arrivals = bruteArrivals(rules, [[stop, 0]], departure);
          return egress.some(([last, seconds]) => (arrivals[last] as number) + seconds <= arriveBy);
        };
        found.byRun.forEach((latest, stop) => {
          if (latest === Number.NEGATIVE_INFINITY) expect(arrives(stop, 0)).toBe(false);
          else expect([arrives(stop, latest), arrives(stop, latest + 1)]).toEqual([true, false]);
        });
      }),
      { numRuns: 400 },
    );
  });

  test("a window, out and back: each departure, sorted, then the percentile; walking is always an alternative", () => {
    const question = fc.record({
      random: randomNetwork,
      homes: randomPlaces(2),
      works: randomPlaces(3),
      from: departures,
      every: fc.constantFrom(1, 60, 150, 421),
      count: fc.integer({ min: 1, max: 9 }),
      walk: fc.constantFrom(Number.POSITIVE_INFINITY, 700, 1500),
      direction: fc.constantFrom<("outward" | "return")[]>("outward", "return"),
      maxMinutes: fc.constantFrom(120, 25, 12),
    });
    fc.assert(
      fc.property(question, ({ random, homes, works, from, every, count, walk, direction, maxMinutes }) => {
        const [access, egress] = [reachOf(2, homes), reachOf(3, works)];
        const percentiles = [10, 50, 100];
        const found = transitMatrix({
          network: random.day,
          access,
          egress,
          transfers: random.transfers,
          walk: new Float64Array(6).fill(walk),
          window: { from, to: from + every * count, everySeconds: every },
          direction,
          percentiles,
          maxMinutes,
        });
        const rules = rulesOf(random);
        for (let home = 0; home < 2; home++)
          for (let work = 0; work < 3; work++) {
            const ends = [rowOf(access, home), rowOf(egress, work)] as const;
            const [start, end] = direction === "outward" ? ends : [ends[1], ends[0]];
            const times = Array.from({ length: count }, (_, k) => {
              const departure = from + k * every;
              const arrivals = bruteArrivals(rules, start, departure);
              const ridden = end.map(([stop, seconds]) => (arrivals[stop] as number) + seconds - departure);
              const best = Math.min(walk, ...ridden);
              return best <= 60 * maxMinutes ? best / 60 : Number.POSITIVE_INFINITY;
            }).sort((a, b) => a - b);
            expect(found.map((minutes) => minutes[home * 3 + work])).toEqual(
              percentiles.map((p) => times[Math.ceil((p * count) / 100) - 1]),
            );
          }
      }),
      { numRuns: 1500 },
    );
  });

  test("the way back is the way out where homes and workplaces change places", () => {
    fc.assert(
      fc.property(randomNetwork, randomPlaces(2), randomPlaces(2), departures, (random, homes, works, from) => {
        const ask = (direction: "outward" | "return", rows: typeof homes, columns: typeof homes): Float64Array[] =>
          transitMatrix({
            network: random.day,
            access: reachOf(2, rows),
            egress: reachOf(2, columns),
            transfers: random.transfers,
            walk: null,
            window: { from, to: from + 600, everySeconds: 60 },
            direction,
            percentiles: [50],
          });
        const [out, back] = [ask("outward", works, homes)[0], ask("return", homes, works)[0]];
        expect([back[0], back[1], back[2], back[3]]).toEqual([out[0], out[2], out[1], out[3]]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("laws", () => {
  test("leaving later never brings earlier; turning time over twice changes nothing", () => {
    fc.assert(
      fc.property(randomNetwork, randomPlaces(1), departures, (random, places, departure) => {
        const network = walked(random);
        const access = dense(rowOf(reachOf(1, places), 0));
        const at = (time: number): number[] => known(earliestArrivals(network, access, time).byRun);
        const [early, late] = [at(departure), at(departure + 97)];
        for (let stop = 0; stop < stopsOfRandom; stop++)
          expect(early[stop] as number).toBeLessThanOrEqual(late[stop] as number);
        const twice = reverseNetwork(reverseNetwork(network));
        expect(known(earliestArrivals(twice, access, departure).byRun)).toEqual(early);
      }),
      { numRuns: 500 },
    );
  });

  test("an explained journey has no gap, boards what can be boarded, and arrives when it was said", () => {
    fc.assert(
      fc.property(randomNetwork, randomPlaces(1), departures, (random, places, departure) => {
        const network = { ...random.day, ...walked(random) };
        const access = dense(rowOf(reachOf(1, places), 0));
        const rounds = arrivalsByRides(network, access, departure, 3);
        for (const found of [earliestArrivals(network, access, departure), rounds]) {
          const { byRun } = Array.isArray(found) ? (rounds[3] as (typeof rounds)[0]) : (found as (typeof rounds)[0]);
          network.stops.ids.forEach((id, stop) => {
            const legs = explainJourney(network, found, id, departure);
            expect(legs === null).toBe(byRun[stop] === UNREACHED);
            if (legs === null) return;
            let [time, place]: [number, string | null] = [departure, null];
            for (const leg of legs) {
              expect(leg.departure).toBe(time);
              if (place !== null) expect(leg.from).toBe(place);
              if (leg.kind === "ride") {
                const run = network.runs.trips.indexOf(leg.trip);
                const rides = Array.from(network.connections.run.keys()).filter(
                  (i) => network.connections.run[i] === run,
                );
                const boards = rides.some(
                  (i) =>
                    network.stops.ids[network.connections.from[i]] === leg.from &&
                    network.connections.departure[i] === leg.departure &&
                    (network.connections.flags[i] & 1) === 0,
                );
                const leaves = rides.some(
                  (i) =>
                    network.stops.ids[network.connections.to[i]] === leg.to &&
                    network.connections.arrival[i] === leg.arrival &&
                    (network.connections.flags[i] & 2) === 0,
                );
                expect([boards, leaves]).toEqual([true, true]);
              }
              [time, place] = [leg.arrival, leg.to];
            }
            expect([time, place]).toEqual([byRun[stop], id]);
            if (Array.isArray(found)) expect(legs.filter(({ kind }) => kind === "ride").length).toBeLessThanOrEqual(3);
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
