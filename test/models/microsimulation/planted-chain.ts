import { type SeedColumns, seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { ceilingThresholds } from "../../../src/models/microsimulation/ceiling-thresholds.ts";
import type { ChainInput, TailVariant } from "../../../src/models/microsimulation/chain-input.ts";
import { eligibilityTable } from "../../../src/models/microsimulation/eligibility-table.ts";
import { groupPersonsOf } from "../../../src/models/microsimulation/placement.ts";
import { placementShifts } from "../../../src/models/microsimulation/placement-shifts.ts";
import { rightThresholds } from "../../../src/models/microsimulation/right-thresholds.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { censusColumns } from "./invented-chain.ts";
import { lawDate, type PlantedWorld, plantedErrors, ranks } from "./planted-worlds.ts";

/** The steps of the chain that can be left out. */
export const chainSteps = ["calibration", "placement", "bridge", "tail", "scheme"] as const;
export type ChainStep = (typeof chainSteps)[number];

export interface PlantedChainOptions {
  readonly without?: ChainStep;
  readonly tail?: Omit<TailVariant, "chance">;
  readonly lawDate?: string;
}

/** The chain on what is published of a planted world. It is told the errors of the sources as a producer would state them, never the truth. */
export function plantedChain(world: PlantedWorld, options: PlantedChainOptions = {}): ChainInput {
  const { seed, areas } = world;
  const { without } = options;
  const date = options.lawDate ?? lawDate;
  const tableOf = (youngAlone: "may-claim" | "depends") => {
    const foyers = splitFoyers(seed, { youngAlone });
    const thresholds =
      without === "bridge" ? ceilingThresholds(foyers, date) : rightThresholds(foyers, { lawDate: date });
    return eligibilityTable({ seed, foyers, thresholds });
  };
  const table = tableOf("may-claim");
  const full = censusColumns(seed);
  const columns = without === "calibration" ? householdsAlone(seed.households) : full;
  const targets = areas.flatMap((area) =>
    without === "calibration"
      ? [area.targets.subarray(0, 5).reduce((sum, count) => sum + count, 0)]
      : [...area.targets],
  );
  const { shifts } = placementShifts({
    groupPersons: groupPersonsOf(table, seed.weight),
    rates: world.rates,
    overall: world.povertyRate,
  });
  return {
    columns,
    weights: seed.weight,
    areas: {
      names: areas.map((_, a) => `zone ${a + 1}`),
      targets: Float64Array.from(targets),
      probabilities: ranks,
      deciles: Float64Array.from(areas.flatMap(({ deciles }) => [...deciles])),
    },
    variants: [
      { table, chance: 0.75 },
      { table: tableOf("depends"), chance: 0.25 },
    ],
    tails: tailsOf(options),
    ...(without === "placement" ? {} : { shifts }),
    errors: {
      seed: true,
      margins: plantedErrors.margins,
      deciles: { common: plantedErrors.decilesCommon, each: plantedErrors.decilesEach },
      shifts: { shared: 0.05, own: plantedErrors.shiftsOwn },
      // The bridge is wrong by foyer as well: a producer who knows it states a larger error of the area.
      thresholds: { shared: plantedErrors.thresholdsShared, own: Math.hypot(plantedErrors.thresholdsOwn, 0.015) },
      realised: true,
    },
  };
}

function tailsOf({ without, tail }: PlantedChainOptions): readonly TailVariant[] {
  if (without === "tail") return [{ lowerTail: "flat", upperTail: "flat", chance: 1 }];
  if (tail) return [{ ...tail, chance: 1 }];
  return [{ chance: 0.6 }, { method: "fritsch-carlson", chance: 0.2 }, { lowerTail: "flat", chance: 0.2 }];
}

/** No margin but the number of households: every area is the region in small. */
const householdsAlone = (households: number): SeedColumns =>
  seedColumns({
    households,
    variables: [{ of: "households", name: "all", categories: ["all"], codes: new Uint8Array(households) }],
  });
