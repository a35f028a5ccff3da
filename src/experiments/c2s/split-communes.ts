import type { SourceRef } from "../../codes/lineage.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { texts } from "../../codes/table.ts";
import { seedColumns } from "../../models/calibration/seed-columns.ts";
import type { ChainInput } from "../../models/microsimulation/chain-input.ts";
import {
  areaDraws as chainDraws,
  chainEstimate,
  chainReplicates,
} from "../../models/microsimulation/chain-replicates.ts";
import { referenceSeed } from "../../models/microsimulation/reference-seed.ts";
import { inseeBeneficiaries } from "./beneficiaries.ts";
import { communeIncomes } from "./commune-incomes.ts";
import { areaDraws } from "./eligible-areas.ts";
import { type ChainAreasInput, thresholdVariants } from "./eligible-chain.ts";
import { householdOfPerson } from "./margin-sets.ts";
import { incomeGrowth2016To2019 } from "./national-model.ts";
import type { C2sStudy } from "./study.ts";

/** One side of a commune: in its neighbourhoods, or outside them. */
export interface CommuneSide {
  readonly persons: number;
  readonly eligible: number;
  /** The same by replicate. */
  readonly draws: Float64Array;
  /** Persons covered and persons of the general scheme; NaN where a count is hidden or absent. */
  readonly takers: number;
  readonly insured: number;
}

/** A commune that holds neighbourhoods. */
export interface SplitCommune {
  readonly code: string;
  /** Size of the commune, as a label. */
  readonly size: string;
  readonly inside: CommuneSide;
  readonly outside: CommuneSide;
}

export interface SplitCommunes {
  readonly communes: readonly SplitCommune[];
  readonly incomeYear: string;
  readonly lineage: readonly SourceRef[];
}

/** Draws of communes have numbers of their own, after those of neighbourhoods. */
const FIRST_NUMBER = 100_000;
/** A gap of 5 % on the number of households multiplies weights by e: tax households and census households are not the same. */
const HOUSEHOLD_SOFTNESS = 0.05;

/**
 * The eligible of the communes that hold neighbourhoods, by the same chain with the communes' own quantiles, persons and households; what is outside is the commune less its
 * neighbourhoods, replicate by replicate. A neighbourhood on two communes is counted in the first. Null where no file gives the incomes of communes.
 */
export async function splitCommunes(
  study: C2sStudy,
  input: ChainAreasInput,
  options: { readonly seed: number; readonly draws: number; readonly year: number; readonly hasCensus: boolean },
): Promise<SplitCommunes | null> {
  const { seed, draws, year, hasCensus } = options;
  const incomes = await communeIncomes(study.territory);
  if (!incomes) return null;
  const sizes = texts(study.places.table, "taille").values;
  const rowsOf = new Map<string, number[]>();
  texts(study.places.table, "code_commune").values.forEach((host, row) => {
    rowsOf.set(host, [...(rowsOf.get(host) ?? []), row]);
  });
  const hosts = [...rowsOf].filter(
    ([code, rows]) => incomes.byCode.has(code) && rows.every((row) => study.eligible.failures[row] === null),
  );
  const codes = hosts.map(([code]) => code);
  const whole = await inseeBeneficiaries(study.territory, { level: "COM", codes, year });
  const parts = await inseeBeneficiaries(study.territory, { level: "QP", codes: study.codes, year });
  const base = communeInput(hasCensus ? input : { ...input, seed: referenceSeed({ start: "national" }) });
  // The comparator of 2016 is brought to the year of the neighbourhoods' incomes.
  const growth = incomes.year === "2016" ? incomeGrowth2016To2019 : 1;
  const communes = hosts.flatMap(([code, rows], place): SplitCommune[] => {
    const known = incomes.byCode.get(code);
    if (!known) return [];
    const { persons, households, knots } = known;
    const areas = {
      names: [code],
      targets: Float64Array.of(persons, households),
      ridge: Float64Array.of(0, HOUSEHOLD_SOFTNESS * households),
      targetSd: Float64Array.of(0, 0.01 * households),
      numbers: [FIRST_NUMBER + place],
      probabilities: knots.probabilities,
      deciles: Float64Array.from(knots.values, (eur) => growth * eur),
    };
    const estimate = chainEstimate({ ...base, areas });
    const [all] = estimate;
    if (!all?.ok) return [];
    const allDraws = chainDraws(chainReplicates({ ...base, areas }, { replicates: draws, seed }, estimate), 0, "all");
    const sum = (column: ArrayLike<number> | null | undefined): number =>
      column ? rows.reduce((total, row) => total + column[row], 0) : Number.NaN;
    const inside: CommuneSide = {
      persons: sum(study.persons),
      eligible: sum(study.eligible.value.participation),
      draws: areaDraws(study.eligible, "participation", rows),
      takers: sum(parts?.all),
      insured: sum(parts?.insured),
    };
    const outside: CommuneSide = {
      persons: persons - inside.persons,
      eligible: all.eligible.all - inside.eligible,
      draws: allDraws.map((count, draw) => count - inside.draws[draw]),
      takers: (whole?.all[place] ?? Number.NaN) - inside.takers,
      insured: (whole?.insured?.[place] ?? Number.NaN) - inside.insured,
    };
    return [{ code, size: sizes[rows[0] ?? 0] ?? "", inside, outside }];
  });
  return {
    communes,
    incomeYear: growth === 1 ? incomes.year : `${incomes.year}, portés à 2019`,
    lineage: mergeLineages(study.lineage, incomes.lineage, whole?.lineage ?? []),
  };
}

/** What the communes share: the seed with two margins, persons and households, and the assumptions of the neighbourhoods. */
function communeInput({ seed, shifts, assumptions }: ChainAreasInput): Omit<ChainInput, "areas"> {
  return {
    columns: seedColumns({
      households: seed.households,
      householdOfPerson: householdOfPerson(seed),
      variables: [
        { of: "persons", name: "habitants", categories: ["ensemble"], codes: new Uint8Array(seed.age.length) },
        { of: "households", name: "ménages", categories: ["ensemble"], codes: new Uint8Array(seed.households) },
      ],
    }),
    weights: seed.weight,
    variants: thresholdVariants(seed, assumptions),
    tails: assumptions.tails,
    shifts,
    errors: assumptions.errors,
  };
}
