import { numbers, type Table, texts } from "../../codes/table.ts";
import { withWorkers } from "../../engine/workers.ts";
import type { BridgeSwitches } from "../../models/microsimulation/bridge-switches.ts";
import type {
  ChainErrors,
  ChainInput,
  TailVariant,
  ThresholdVariant,
} from "../../models/microsimulation/chain-input.ts";
import {
  type ChainEstimate,
  type ChainReplicates,
  chainEstimate,
  mergeReplicates,
} from "../../models/microsimulation/chain-replicates.ts";
import { eligibilityTable } from "../../models/microsimulation/eligibility-table.ts";
import { c2sCounts } from "../../models/microsimulation/eligible-persons.ts";
import type { Foyers } from "../../models/microsimulation/foyers.ts";
import { type RightThresholds, thresholdRule } from "../../models/microsimulation/right-thresholds.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../models/microsimulation/split-foyers.ts";
import type { ChainStudy } from "./chain-study.ts";
import { type ChainTask, runChainTask } from "./chain-task.ts";
import type { EligibleAreas } from "./eligible-areas.ts";
import type { AreaMarginSet } from "./margin-sets.ts";

/** What the chain supposes about the law and about incomes; the first of each list is that of the estimate, the others are drawn in the replicates. */
export interface ChainAssumptions {
  readonly lawDate: string;
  /** Day whose benefits and tax make the disposable incomes. */
  readonly incomeDate: string;
  readonly bridges: readonly {
    readonly chance: number;
    readonly switches: Partial<BridgeSwitches>;
    readonly sharing?: "by-adult" | "by-unit";
  }[];
  readonly tails: readonly TailVariant[];
  readonly errors: ChainErrors;
}

/** Tails and bridges in the words of the chapter: the published quantiles bound neither the poorest nor what a household receives. */
export const defaultTails: readonly TailVariant[] = [
  { method: "hyman", lowerTail: "linear-to-zero", upperTail: "pareto", chance: 0.5 },
  { method: "fritsch-carlson", lowerTail: "linear-to-zero", upperTail: "pareto", chance: 0.3 },
  { method: "hyman", lowerTail: "flat", upperTail: "pareto", chance: 0.2 },
];

export const defaultBridges: ChainAssumptions["bridges"] = [
  { chance: 0.4, switches: {} },
  { chance: 0.2, switches: { activityBonus: 0.7 } },
  { chance: 0.2, switches: { housingBenefit: 0.85 } },
  { chance: 0.2, switches: {}, sharing: "by-unit" },
];

/** Errors that are drawn, each with its size: those under which the intervals of invented regions hold the truth nine times in ten (test/bench/c2s-coverage.mjs). */
export const defaultErrors: ChainErrors = {
  seed: true,
  margins: 0.05,
  deciles: { common: 0.005, each: 0.005 },
  shifts: { shared: 0.05, own: 0.15 },
  thresholds: { shared: 0.02, own: 0.02 },
  realised: true,
};

export interface ChainAreasInput {
  readonly seed: SeedHouseholds;
  readonly sets: readonly AreaMarginSet[];
  readonly shifts: Float64Array;
  /** Rows of the study: their codes, inhabitants and published quantiles of the living standard. */
  readonly codes: readonly string[];
  readonly persons: Float64Array;
  readonly probabilities: readonly number[];
  /** Areas x ranks. */
  readonly deciles: Float64Array;
  readonly assumptions: ChainAssumptions;
}

export interface EligibleChain {
  readonly eligible: EligibleAreas;
  readonly chain: ChainStudy;
  readonly inputs: readonly ChainInput[];
  /** Replicates that failed, over all areas, by reason. */
  readonly failed: number;
}

/** Tables of thresholds: one a bridge, the first that of the estimate. */
export function thresholdVariants(
  seed: SeedHouseholds,
  { lawDate, incomeDate, bridges }: ChainAssumptions,
): readonly ThresholdVariant[] {
  return bridges.map(({ chance, switches, sharing = "by-adult" }) => {
    const foyers: Foyers = splitFoyers(seed, { sharing });
    const thresholds = thresholdRule({ lawDate, incomeDate, switches })(foyers);
    return { chance, table: eligibilityTable({ seed, foyers, thresholds: roundedThresholds(thresholds) }) };
  });
}

/** EUR a year and consumption unit: a thousandth of the thresholds, far under their error, and three times fewer values to place. */
const THRESHOLD_STEP = 25;

const roundedThresholds = ({ rsa, free, participation }: RightThresholds): RightThresholds => {
  const round = (column: Float64Array): Float64Array =>
    column.map((value) => THRESHOLD_STEP * Math.round(value / THRESHOLD_STEP));
  return { rsa: round(rsa), free: round(free), participation: round(participation) };
};

/** One input of the chain a set of margins. */
export function chainInputs(input: ChainAreasInput): readonly ChainInput[] {
  const variants = thresholdVariants(input.seed, input.assumptions);
  const ranks = input.probabilities.length;
  return input.sets.map(({ rows, areas, columns, targets, ridge, targetSd }) => ({
    columns,
    weights: input.seed.weight,
    areas: {
      names: areas,
      targets,
      ridge,
      targetSd,
      numbers: rows,
      probabilities: input.probabilities,
      deciles: Float64Array.from(rows.flatMap((row) => [...input.deciles.subarray(row * ranks, (row + 1) * ranks)])),
    },
    variants,
    tails: input.assumptions.tails,
    shifts: input.shifts,
    errors: input.assumptions.errors,
  }));
}

/** The estimate of every area, without any error drawn. */
export const estimates = (inputs: readonly ChainInput[]): readonly ChainEstimate[] =>
  inputs.map((input) => chainEstimate(input));

/** Replicates of one task: enough that threads share the work of one set, and few enough that the last one is not waited for. */
const REPLICATES_PER_TASK = 25;

/** Eligible persons of every area with the replicates of the whole chain, shared between the cores: the numbers do not depend on how many there are. */
export async function eligibleChain(
  input: ChainAreasInput,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Promise<EligibleChain> {
  const inputs = chainInputs(input);
  const found = estimates(inputs);
  const perTask = inputs.length > 8 ? draws : REPLICATES_PER_TASK;
  const tasks = inputs.flatMap((one) =>
    Array.from({ length: Math.ceil(draws / perTask) }, (_, k): ChainTask => {
      const from = k * perTask;
      return { input: one, replicates: draws, seed, from, to: Math.min(draws, from + perTask) };
    }),
  );
  const shares = await withWorkers((pool) =>
    pool.map<ChainReplicates>(
      { module: new URL("./chain-task.ts", import.meta.url).href, name: runChainTask.name },
      tasks,
    ),
  );
  const perInput = tasks.length / inputs.length;
  const merged = inputs.map((one, i) =>
    mergeReplicates(shares.slice(i * perInput, (i + 1) * perInput), one.areas.names.length),
  );
  return {
    eligible: eligibleAreas(input, found, merged, draws),
    chain: chainStudy(input, inputs, found),
    inputs,
    failed: merged.reduce((sum, { failures }) => sum + Object.values(failures).reduce((all, n) => all + n, 0), 0),
  };
}

/** Puts the answers of every set at the rows of the study. */
function eligibleAreas(
  { codes, persons, sets }: ChainAreasInput,
  found: readonly ChainEstimate[],
  merged: readonly ChainReplicates[],
  draws: number,
): EligibleAreas {
  const column = (): Float64Array => new Float64Array(codes.length).fill(Number.NaN);
  const all = (): Float64Array => new Float64Array(codes.length * draws).fill(Number.NaN);
  const value = { rsa: column(), free: column(), participation: column() };
  const replicates = { rsa: all(), free: all(), participation: all() };
  const failures: (string | null)[] = codes.map(() => "Le quartier n'a ni habitant ni marge publiée.");
  const places = {
    rsa: c2sCounts.indexOf("rsa"),
    free: c2sCounts.indexOf("free"),
    participation: c2sCounts.indexOf("all"),
  };
  sets.forEach(({ rows }, s) => {
    rows.forEach((row, a) => {
      const answer = found[s]?.[a];
      if (!answer?.ok) {
        failures[row] = answer?.message ?? "Aucune réponse.";
        return;
      }
      failures[row] = null;
      value.rsa[row] = answer.eligible.rsa;
      value.free[row] = answer.eligible.free;
      value.participation[row] = answer.eligible.all;
      const own = merged[s]?.eligible;
      if (!own) return;
      for (let draw = 0; draw < draws; draw++)
        for (const right of ["rsa", "free", "participation"] as const)
          replicates[right][draw * codes.length + row] = own[(a * draws + draw) * c2sCounts.length + places[right]];
    });
  });
  return { codes, persons, value, draws, replicates, failures };
}

function chainStudy(
  input: ChainAreasInput,
  inputs: readonly ChainInput[],
  found: readonly ChainEstimate[],
): ChainStudy {
  const weights: (Float64Array | null)[] = input.codes.map(() => null);
  const quantiles: ChainStudy["quantiles"][number][] = input.codes.map(() => null);
  input.sets.forEach(({ rows }, s) => {
    rows.forEach((row, a) => {
      const answer = found[s]?.[a];
      if (!answer?.ok) return;
      weights[row] = answer.weights;
      quantiles[row] = answer.quantile;
    });
  });
  const table = inputs[0]?.variants[0]?.table ?? thresholdVariants(input.seed, input.assumptions)[0]?.table;
  if (!table) throw new Error("aucune table de seuils");
  return { seed: input.seed, sets: input.sets, table, shifts: input.shifts, weights, quantiles };
}

/** Published quantiles of the neighbourhoods: the first decile, the median and the ninth decile. */
export function neighbourhoodDeciles(places: Table): {
  readonly probabilities: readonly number[];
  readonly deciles: Float64Array;
} {
  const columns = ["disp_d1", "disp_q2", "disp_d9"].map((name) => numbers(places, name).values);
  const codes = texts(places, "code_qp").values;
  return {
    probabilities: [0.1, 0.5, 0.9],
    deciles: Float64Array.from(codes.flatMap((_, row) => columns.map((column) => column[row]))),
  };
}
