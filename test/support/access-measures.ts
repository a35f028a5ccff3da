import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { balancedFloatingCatchment } from "../../src/models/access/balanced-floating-catchment.ts";
import { balancingCost } from "../../src/models/access/balancing-cost.ts";
import { catchmentRatio } from "../../src/models/access/catchment-ratio.ts";
import { concentrationIndex } from "../../src/models/access/concentration-index.ts";
import { costToClosest } from "../../src/models/access/cost-to-closest.ts";
import { cumulativeCutoff } from "../../src/models/access/cumulative-cutoff.ts";
import { cumulativeInterval } from "../../src/models/access/cumulative-interval.ts";
import {
  binaryDecay,
  customDecay,
  type Decay,
  decayWeights,
  exponentialDecay,
  gaussianDecay,
  linearDecay,
  logisticDecay,
  powerDecay,
  pysalGravityDecay,
  steppedDecay,
} from "../../src/models/access/decay.ts";
import { distinctCosts } from "../../src/models/access/distinct-costs.ts";
import { doublyConstrained } from "../../src/models/access/doubly-constrained.ts";
import { fgtPoverty } from "../../src/models/access/fgt-poverty.ts";
import { twoStepFloatingCatchment } from "../../src/models/access/floating-catchment.ts";
import { giniIndex } from "../../src/models/access/gini-index.ts";
import { gravity } from "../../src/models/access/gravity.ts";
import { alignLandUse, type LandUse } from "../../src/models/access/land-use.ts";
import { sumByOrigin } from "../../src/models/access/pair-sums.ts";
import { palmaRatio } from "../../src/models/access/palma-ratio.ts";
import { raamScheme } from "../../src/models/access/raam-scheme.ts";
import { singlyConstrained } from "../../src/models/access/singly-constrained.ts";
import { spatialAvailability } from "../../src/models/access/spatial-availability.ts";
import { theilByGroup, theilT } from "../../src/models/access/theil-t.ts";
import { threeStepFloatingCatchment } from "../../src/models/access/three-step-floating-catchment.ts";
import { totalConstrained } from "../../src/models/access/total-constrained.ts";
import { type TravelMatrix, type TravelRows, travelMatrix } from "../../src/models/access/travel-matrix.ts";

/** A territory on which both packages were run. */
export interface Territory {
  readonly rows: TravelRows;
  readonly landUse: LandUse;
  readonly decile: readonly string[];
}

/** The invented matrix of access.R and access.py: asymmetric, with ties, places without supply, without people, and an origin that reaches nothing. */
export function inventedTerritory(): Territory {
  const size = 40;
  const name = (k: number): string => `p${String(k).padStart(2, "0")}`;
  const [from, to, time]: [string[], string[], number[]] = [[], [], []];
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      if (i === 39 || (i !== j && (i + 2 * j) % 9 === 0)) continue;
      from.push(name(i));
      to.push(name(j));
      time.push(((i * 37 + j * 101 + i * j * 7) % 121) / 2);
    }
  const column = (value: (k: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, k) => value(k));
  const population = column((k) => (k % 11 === 0 ? 0 : ((k * 53) % 211) + 1));
  return {
    rows: { from_id: from, to_id: to, costs: { timeMinutes: Float64Array.from(time) } },
    landUse: {
      ids: Array.from({ length: size }, (_, k) => name(k)),
      columns: {
        population,
        jobs: column((k) => (k % 7 === 0 ? 0 : (k * 29) % 97)),
        schools: column((k) => (k % 5 === 0 ? (k % 3) + 1 : 0)),
        income: column((k) => (population[k] === 0 ? 0 : ((k * 17) % 23) * 100 + 500)),
      },
    },
    decile: Array.from({ length: size }, (_, k) => String((k % 4) + 1)),
  };
}

/** Belo Horizonte, from the two files that R accessibility distributes. */
export function beloHorizonte(folder: string): Territory {
  const text = gunzipSync(readFileSync(join(folder, "travel_matrix.csv.gz"))).toString("latin1");
  const [from, to, time]: [string[], string[], number[]] = [[], [], []];
  for (let at = text.indexOf("\n") + 1; at < text.length; ) {
    const first = text.indexOf(",", at);
    const second = text.indexOf(",", first + 1);
    const newline = text.indexOf("\n", second);
    const end = newline < 0 ? text.length : newline;
    from.push(text.slice(at, first));
    to.push(text.slice(first + 1, second));
    time.push(Number(text.slice(second + 1, end)));
    at = end + 1;
  }
  const lines = readFileSync(join(folder, "land_use_data.csv"), "utf8").trim().split(/\r?\n/).slice(1);
  const cells = lines.map((line) => line.split(","));
  const column = (k: number): Float64Array => Float64Array.from(cells, (row) => Number(row[k]));
  return {
    rows: { from_id: from, to_id: to, costs: { timeMinutes: Float64Array.from(time) } },
    landUse: {
      ids: cells.map(([id]) => id ?? ""),
      columns: { population: column(1), jobs: column(2), schools: column(3), income: column(4) },
    },
    decile: cells.map((row) => row[5] ?? ""),
  };
}

export interface Prepared {
  readonly matrix: TravelMatrix;
  readonly population: Float64Array;
  readonly jobs: Float64Array;
  readonly schools: Float64Array;
  readonly income: Float64Array;
}

export function prepare({ rows, landUse }: Territory, storage: "sparse" | "dense" = "sparse"): Prepared {
  const { ids } = landUse;
  const matrix = travelMatrix(rows, { direction: "outward", originIds: ids, destinationIds: ids, storage });
  const { columns } = alignLandUse(ids, landUse);
  const { population, jobs, schools, income } = columns as Record<
    "population" | "jobs" | "schools" | "income",
    Float64Array
  >;
  return { matrix, population, jobs, schools, income };
}

/** Our values, under the names of access.R. */
export function measuresOfR({ matrix, population, jobs, schools }: Prepared): Record<string, Float64Array> {
  const time = matrix.costs["timeMinutes"] as Float64Array;
  const cost = distinctCosts(time);
  const fare = time.map((minutes) => ((Math.round(minutes * 10) * 7) % 500) / 10);
  const weightsOf = (decay: Decay): Float64Array => decayWeights(cost, decay);
  const within = (cutoffs: readonly number[], opportunities: Float64Array, active = true): Float64Array[] =>
    cumulativeCutoff(matrix, { limits: { time: { cost, cutoffs } }, opportunities: { it: opportunities }, active }).map(
      ({ access }) => access.it,
    );
  const potential = (decay: Decay, opportunities = jobs, active = true): Float64Array =>
    gravity(matrix, { weights: weightsOf(decay), opportunities: { it: opportunities }, active }).it.access;
  const both = cumulativeCutoff(matrix, {
    limits: { time: { cost, cutoffs: [20, 40] }, fare: { cost: fare, cutoffs: [10, 25] } },
    opportunities: { jobs },
  });
  const input = (decay: Decay, opportunities = jobs) => ({
    weights: weightsOf(decay),
    demand: population,
    opportunities: { it: opportunities },
  });
  const [fifteen, fortyFive] = within([15, 45.5], jobs) as [Float64Array, Float64Array];
  const [one, two] = costToClosest(matrix, { cost, opportunities: schools, counts: [1, 2] }) as [
    Float64Array,
    Float64Array,
  ];
  const tenth = exponentialDecay(0.1);
  // An isolated place cannot meet its margin.
  const tied = tiedTo(matrix, 20);
  const present = tiedTo(matrix, 0);
  const only = (values: Float64Array, kept: Float64Array): Float64Array =>
    values.map((value, place) => value * kept[place]);
  const people = only(population, tied.origins);
  const posts = only(jobs, tied.destinations);
  const scale = sum(people) / sum(posts);
  const balanced = doublyConstrained(matrix, {
    weights: weightsOf(tenth),
    demand: people,
    opportunities: posts.map((count) => count * scale),
    tolerance: 1e-12,
  });
  const everywhere = new Float64Array(matrix.destinationIds.length).fill(1);
  return {
    "cumulative 30": within([30], jobs)[0] as Float64Array,
    "cumulative 15": fifteen,
    "cumulative 45.5": fortyFive,
    "cumulative schools 30": within([30], schools)[0] as Float64Array,
    "cumulative passive 30": within([30], population, false)[0] as Float64Array,
    "cumulative 40 and 10": find(both, 40, 10),
    "cumulative 20 and 25": find(both, 20, 25),
    "interval median 40-60": cumulativeInterval(matrix, {
      cost,
      interval: [40, 60],
      opportunities: { jobs },
      truncate: true,
    }).jobs,
    "interval mean 40-60": cumulativeInterval(matrix, {
      cost,
      interval: [40, 60],
      opportunities: { jobs },
      summary: "mean",
      truncate: true,
    }).jobs,
    "interval passive 20-45 by 5": cumulativeInterval(matrix, {
      cost,
      interval: [20, 45],
      increment: 5,
      opportunities: { population },
      active: false,
      truncate: true,
    }).population,
    ...Object.fromEntries(
      [0.2, 0.5, 0.6].map((rate) => [`gravity exponential ${rate}`, potential(exponentialDecay(rate))]),
    ),
    "gravity power 1.5": potential(powerDecay(1.5)),
    "gravity linear 45": potential(linearDecay(45)),
    "gravity logistic 30 5": potential(logisticDecay(30, 5)),
    "gravity stepped": potential(steppedDecay([10, 20, 30], [0.67, 0.33, 0])),
    "gravity binary 45": potential(binaryDecay(45)),
    "gravity custom": potential(customDecay("1 / (1 + c)", (minutes) => 1 / (1 + minutes))),
    "gravity passive": potential(exponentialDecay(0.2), population, false),
    "closest school 1": one,
    "closest school 2": two,
    "closest 200 jobs": costToClosest(matrix, { cost, opportunities: jobs, counts: [200] })[0] as Float64Array,
    "closest passive 100": costToClosest(matrix, {
      cost,
      opportunities: population,
      counts: [100],
      active: false,
    })[0] as Float64Array,
    balancing: balancingCost(matrix, { cost, opportunities: jobs, demand: population }),
    "balancing people 5": balancingCost(matrix, { cost, opportunities: population, demand: jobs, increment: 5 }),
    "2sfca 50": twoStepFloatingCatchment(matrix, input(binaryDecay(50))).it.access,
    "2sfca 45": twoStepFloatingCatchment(matrix, input(binaryDecay(45), schools)).it.access,
    "e2sfca stepped": twoStepFloatingCatchment(matrix, input(steppedDecay([10, 20, 60], [0.68, 0.22, 0]))).it.access,
    "e2sfca exponential": twoStepFloatingCatchment(matrix, input(exponentialDecay(0.05))).it.access,
    "bfca exponential": balancedFloatingCatchment(matrix, input(exponentialDecay(0.05))).it.access,
    "bfca schools": balancedFloatingCatchment(matrix, input(tenth, schools)).it.access,
    "spatial availability": spatialAvailability(matrix, input(tenth)).it.access,
    "spatial availability 0.5": spatialAvailability(matrix, { ...input(tenth, schools), alpha: 0.5 }).it.access,
    "total constrained": totalConstrained(matrix, {
      weights: weightsOf(tenth),
      opportunities: { it: only(jobs, present.destinations) },
    }).it.access,
    "total constrained passive": totalConstrained(matrix, {
      weights: weightsOf(tenth),
      opportunities: { it: only(population, present.origins) },
      active: false,
    }).it.access,
    "singly constrained": singlyConstrained(matrix, input(tenth)).it.access,
    "singly constrained passive": singlyConstrained(matrix, { ...input(tenth), active: false }).it.access,
    "doubly constrained mean cost": sumByOrigin(
      matrix,
      balanced.flows.map((flow, pair) => (flow > 0 ? flow * time[pair] : 0)),
      everywhere,
    ).map((minutes, origin) => (people[origin] > 0 ? minutes / people[origin] : 0)),
  };
}

/** Our values, under the names of access.py. */
export function measuresOfPysal({ matrix, population, jobs, schools }: Prepared): Record<string, Float64Array> {
  const time = matrix.costs["timeMinutes"] as Float64Array;
  const cost = distinctCosts(time);
  const potential = (decay: Decay): Float64Array =>
    gravity(matrix, { weights: decayWeights(cost, decay), opportunities: { jobs } }).jobs.access;
  const input = (decay: Decay) => ({ weights: decayWeights(cost, decay), demand: population, opportunities: { jobs } });
  const step = (steps: readonly number[], weights: readonly number[]): Decay =>
    steppedDecay(steps, weights, { bound: "upTo" });
  // The same places on both sides: people around a place are those at the destinations.
  const home = new Map(matrix.originIds.map((id, place) => [id, place]));
  const peopleThere = Float64Array.from(matrix.destinationIds, (id) => population[home.get(id) ?? -1] ?? 0);
  const ratio = (decay: Decay, supply: Float64Array): Float64Array => {
    const weights = decayWeights(cost, decay);
    const neighbours = { matrix, weights, demand: peopleThere };
    return catchmentRatio(matrix, { weights, opportunities: { supply }, neighbours }).supply.access;
  };
  const onlyPopulated = (values: Float64Array): Float64Array =>
    values.map((value, place) => (population[place] > 0 ? value : 0));
  return {
    "catchment 30": potential(binaryDecay(30)),
    gravity: potential(pysalGravityDecay(60, -1, 1)),
    gaussian: potential(gaussianDecay(20)),
    step: potential(step([10, 20, 30], [1, 0.68, 0.22])),
    "2sfca 45": twoStepFloatingCatchment(matrix, input(binaryDecay(45))).jobs.access,
    e2sfca: twoStepFloatingCatchment(matrix, input(step([10, 20, 60], [1, 0.68, 0.22]))).jobs.access,
    "3sfca": threeStepFloatingCatchment(matrix, {
      ...input(step([10, 20, 30, 60], [0.962, 0.704, 0.377, 0.042])),
      choices: "listed",
    }).jobs.access,
    "fca ratio 30": ratio(binaryDecay(30), jobs),
    "fca ratio weighted": ratio(
      customDecay("gaussian to 60", (minutes) => (minutes <= 60 ? gaussianDecay(20).weight(minutes) : 0)),
      schools,
    ),
    "raam jobs": onlyPopulated(raamScheme(matrix, { cost: time, demand: population, opportunities: jobs }).access),
    "raam schools": onlyPopulated(
      raamScheme(matrix, { cost: time, demand: population, opportunities: schools }).access,
    ),
  };
}

/** Our values of inequality, under the names of access.R: each a number, or one a group. */
export function inequalityOfR(
  { population, income }: Prepared,
  decile: readonly string[],
  access: Float64Array,
): Record<string, readonly number[]> {
  const bounds = [Math.min(...access), Math.max(...access)] as const;
  const people = { population, income };
  const reaching = population.map((count, place) => (access[place] > 0 ? count : 0));
  const line = access.reduce((total, value, place) => total + value * population[place], 0) / sum(population);
  const split = theilByGroup(access, reaching, decile);
  const groups = Object.entries(split?.groups ?? {}).sort(([a], [b]) => Number(a) - Number(b));
  const fgt = fgtPoverty(access, population, line);
  return Object.fromEntries(
    Object.entries({
      palma: palmaRatio(access, people),
      gini: giniIndex(access, population),
      concentration: concentrationIndex(access, { ...people, ties: "rows" }),
      corrected: concentrationIndex(access, { ...people, ties: "rows", type: "corrected", bounds }),
      theil: theilT(access, reaching),
      between: split?.between,
      within: split?.within,
      group_within: groups.map(([, { within }]) => within),
      group_between: groups.map(([, { between }]) => between),
      fgt0: fgt?.incidence,
      fgt1: fgt?.gap,
      fgt2: fgt?.severity,
    }).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]) as readonly number[]]),
  );
}

function find(
  found: readonly {
    readonly cutoffs: Readonly<Record<string, number>>;
    readonly access: { readonly jobs: Float64Array };
  }[],
  time: number,
  fare: number,
): Float64Array {
  return (
    found.find(({ cutoffs }) => cutoffs["time"] === time && cutoffs["fare"] === fare)?.access.jobs ??
    new Float64Array(0)
  );
}

/** 1 for the places tied to more than so many others. */
function tiedTo(
  { costs, starts, destinations, originIds, destinationIds }: TravelMatrix,
  least: number,
): {
  origins: Float64Array;
  destinations: Float64Array;
} {
  const time = costs["timeMinutes"] as Float64Array;
  const leaving = new Float64Array(originIds.length);
  const arriving = new Float64Array(destinationIds.length);
  for (let origin = 0; origin < originIds.length; origin++)
    for (let pair = starts[origin]; pair < starts[origin + 1]; pair++) {
      if (!(time[pair] < Number.POSITIVE_INFINITY)) continue;
      leaving[origin]++;
      arriving[destinations ? destinations[pair] : pair - starts[origin]]++;
    }
  const many = (count: number): number => (count > least ? 1 : 0);
  return { origins: leaving.map(many), destinations: arriving.map(many) };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** The expected values of R and Python: null or "Infinity" where JSON has no number. */
export interface AccessReference {
  readonly versions: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, readonly (number | "Infinity" | null)[]>>;
  readonly inequality: Readonly<Record<string, readonly (number | null)[]>>;
  readonly pysal: {
    readonly versions: Readonly<Record<string, string>>;
    readonly measures: Readonly<Record<string, readonly (number | null)[]>>;
  };
}

/**
 * The largest relative difference over the rows. A pair of zeros, or of infinities, is equal; `skipNull` leaves out the rows that the reference does not
 * have.
 */
export function largestDifference(
  actual: ArrayLike<number>,
  expected: readonly (number | "Infinity" | null)[],
  skipNull = false,
): { readonly difference: number; readonly rows: number; readonly skipped: number } {
  if (actual.length !== expected.length) return { difference: Number.POSITIVE_INFINITY, rows: 0, skipped: 0 };
  let [difference, skipped] = [0, 0];
  for (let row = 0; row < expected.length; row++) {
    const given = expected[row] ?? null;
    const wanted = given === "Infinity" ? Number.POSITIVE_INFINITY : given;
    if (wanted === null && skipNull) {
      skipped++;
      continue;
    }
    const value = actual[row] ?? Number.NaN;
    if (value === wanted) continue;
    const error = wanted === null ? Number.POSITIVE_INFINITY : Math.abs(value - wanted) / Math.abs(wanted);
    difference = Math.max(difference, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return { difference, rows: expected.length - skipped, skipped };
}
