import { QuartiersError } from "../../codes/errors.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import { groupPersonsOf, placementGroupOf } from "../../models/microsimulation/placement.ts";
import { placementShifts } from "../../models/microsimulation/placement-shifts.ts";
import { referenceSeed } from "../../models/microsimulation/reference-seed.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { menagesQpvContract } from "../../sources/menages-qpv.ts";
import { profilQpvContract } from "../../sources/profil-qpv.ts";
import { rpIndcviContract } from "../../sources/rp-indcvi.ts";
import type { Territory } from "../../sources/territory.ts";
import { loadNeighbourhoods } from "../../tables/neighbourhoods.ts";
import { censusSeed } from "./census-seed.ts";
import { householdPersons } from "./chain-study.ts";
import { communeHousing } from "./commune-housing.ts";
import { answered } from "./eligible-areas.ts";
import {
  type ChainAreasInput,
  type ChainAssumptions,
  defaultBridges,
  defaultErrors,
  defaultTails,
  type EligibleChain,
  eligibleChain,
  neighbourhoodDeciles,
} from "./eligible-chain.ts";
import { groupIncomes } from "./group-incomes.ts";
import type { AreaMargins } from "./margin-sets.ts";
import { areaMargins } from "./real-margins.ts";
import type { C2sStudy } from "./study.ts";

/** The study with all that was made on the way to it. */
export interface LoadedStudy {
  readonly study: C2sStudy;
  readonly chain: EligibleChain;
  readonly input: ChainAreasInput;
  readonly margins: AreaMargins;
  /** True when the households are those of a census; false: declared reference households. */
  readonly hasCensus: boolean;
  /** True when the partner's profile gives the composition of the neighbourhoods. */
  readonly hasProfile: boolean;
  /** Households of the composition, for the release; null where everything is published. */
  readonly notes: readonly string[];
}

export interface StudyOptions {
  readonly date: string;
  readonly seed: number;
  readonly draws: number;
}

/** Loads what is there, calibrates, places, and replays the chain: the eligible of every neighbourhood with their replicates. */
export async function loadStudy(territory: Territory, { date, seed, draws }: StudyOptions): Promise<LoadedStudy> {
  const places = await loadNeighbourhoods(territory);
  const codes = texts(places.table, "code_qp").values;
  const hosts = texts(places.table, "code_commune").values;
  const census = isAvailable(territory, rpIndcviContract) ? await censusSeed(territory, { seed }) : null;
  const households: SeedHouseholds = census?.seed ?? referenceSeed({ start: "priority" });
  const partner =
    isAvailable(territory, menagesQpvContract) && isAvailable(territory, profilQpvContract)
      ? {
          households: await loadTable(territory, menagesQpvContract),
          profiles: await loadTable(territory, profilQpvContract),
        }
      : null;
  const housing = partner ? null : await communeHousing(territory);
  const margins = areaMargins({
    places: places.table,
    seed: households,
    ...(partner ?? {}),
    ...(housing ? { communes: housing.byCode } : {}),
  });
  const incomes = await groupIncomes(territory, hosts);
  const groupPersons = groupPersonsOf(
    { persons: Uint8Array.from(householdPersons(households)), groups: placementGroupOf(households) },
    households.weight,
  );
  const { shifts } = placementShifts({ groupPersons, rates: incomes.rates, overall: incomes.overall });
  const assumptions: ChainAssumptions = {
    lawDate: date,
    incomeDate: date,
    bridges: defaultBridges,
    tails: defaultTails,
    errors: defaultErrors,
  };
  const persons = numbers(places.table, "pop_mun").values;
  const input: ChainAreasInput = {
    seed: households,
    sets: margins.sets,
    shifts,
    codes,
    persons,
    ...neighbourhoodDeciles(places.table),
    assumptions,
  };
  const chain = await eligibleChain(input, { draws, seed });
  if (answered(chain.eligible).length === 0)
    throw new QuartiersError({
      what: "Aucun quartier ne peut être estimé",
      value: chain.eligible.failures[0] ?? "",
      expected: "des déciles et une population dans un quartier au moins",
    });
  const study: C2sStudy = {
    territory,
    places,
    codes,
    names: texts(places.table, "nom_qp").values,
    towns: texts(places.table, "nom_commune").values,
    persons,
    households: partner ? householdCounts(partner.households, codes) : null,
    lawDate: date,
    eligible: chain.eligible,
    lineage: mergeLineages(
      places.table.lineage,
      census ? [census.lineage] : [],
      partner?.households.lineage ?? [],
      partner?.profiles.lineage ?? [],
      housing?.lineage ?? [],
      incomes.lineage,
    ),
    parameters: { date_de_la_loi: date, graine: seed, tirages: draws },
  };
  return {
    study,
    chain,
    input,
    margins,
    hasCensus: census !== null,
    hasProfile: partner !== null,
    notes: [...margins.notes, ...incomes.notes],
  };
}

/** Households of each neighbourhood in the partner's file; NaN where a size is hidden, since the sum would be false. */
function householdCounts(sizes: Table, codes: readonly string[]): Float64Array {
  const counts = new Map<string, number>();
  const { values } = numbers(sizes, "menages");
  texts(sizes, "code_qp").values.forEach((code, row) => {
    counts.set(code, (counts.get(code) ?? 0) + values[row]);
  });
  return Float64Array.from(codes, (code) => counts.get(code) ?? Number.NaN);
}
