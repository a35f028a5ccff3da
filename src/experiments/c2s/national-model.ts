import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import { monotoneQuantile, type QuantileOptions } from "../../models/areas/monotone-quantile.ts";
import type { ThresholdOptions } from "../../models/microsimulation/disposable-income.ts";
import { eligibilityTable } from "../../models/microsimulation/eligibility-table.ts";
import { type C2sCount, eligiblePersons } from "../../models/microsimulation/eligible-persons.ts";
import { nationalBenchmark } from "../../models/microsimulation/national-benchmark.ts";
import { groupPersonsOf } from "../../models/microsimulation/placement.ts";
import { placementShifts } from "../../models/microsimulation/placement-shifts.ts";
import { referenceSeed } from "../../models/microsimulation/reference-seed.ts";
import { rightThresholds } from "../../models/microsimulation/right-thresholds.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../models/microsimulation/split-foyers.ts";
import { filosofiCommunesContract } from "../../sources/filosofi-communes.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { populationDepartementsContract } from "../../sources/population-departements.ts";
import type { Territory } from "../../sources/territory.ts";
import { communeClasses } from "./commune-classes.ts";
import { communeSpreads } from "./commune-spread.ts";
import { dreesEligible2021 } from "./drees-eligible.ts";
import { groupIncomes } from "./group-incomes.ts";
import { nationalComposition } from "./national-composition.ts";

/** Growth of the median living standard from 2016 to 2019: 20 520 to 22 040 EUR (INSEE, ERFS, metropolitan France). */
export const incomeGrowth2016To2019: number = 22_040 / 20_520;

/** Persons who live in a household, of all: 64.9 of 66.4 million (INSEE, census of 2016). */
const inHouseholds = 0.978;

export interface NationalModelOptions {
  /** Law: by default that of 2020-06-01 with all imputed, since a stock of 2021 was mostly granted under the ceilings of April 2020. */
  readonly law?: Partial<ThresholdOptions>;
  /** Interpolation and tails of the quantiles. */
  readonly quantiles?: QuantileOptions;
  /** False: no placement, every group has the distribution of its commune. Default true. */
  readonly placed?: boolean;
  readonly seed?: SeedHouseholds;
  /** What the incomes of the file are multiplied by. Default `incomeGrowth2016To2019`. */
  readonly growth?: number;
  /** Multiplies D1 of the communes whose spread is imputed: small communes may be less mixed. Default 1. */
  readonly imputedD1?: number;
}

export interface NationalModel {
  /** Persons, all France but Mayotte, in foyers that have each right. */
  readonly eligible: Readonly<Record<C2sCount, number>>;
  /** The same by département, in the order of `departements`, before `grossUp`. */
  readonly byDepartement: Readonly<Record<C2sCount, Float64Array>>;
  readonly departements: readonly string[];
  /** Persons of the model, by département. */
  readonly persons: Float64Array;
  readonly modelledPersons: number;
  /** Persons of the nation over those of the model: hidden communes, départements without a file. */
  readonly grossUp: number;
  readonly communes: Readonly<Record<"shown" | "imputed" | "hidden", number>>;
  readonly shownPersons: number;
  /** Classes of communes computed one by one. */
  readonly classes: number;
  /** What national totals of the model are multiplied by to be DREES's. */
  readonly kappa: Readonly<Record<"free" | "participationOnly", number>>;
  readonly lineage: readonly SourceRef[];
}

const counts: readonly C2sCount[] = ["rsa", "free", "participationOnly", "all"];

/**
 * Eligible persons of France by the same chain as in the neighbourhoods, from the incomes of all communes, to be held against DREES's. Communes of nearly the same
 * median, D1, D9 and household size are computed once. Null where the incomes of communes are not there. O(classes x thresholds x groups).
 */
export async function nationalModel(
  territory: Territory,
  {
    law = {},
    quantiles = {},
    placed = true,
    seed = referenceSeed(),
    growth = incomeGrowth2016To2019,
    imputedD1 = 1,
  }: NationalModelOptions = {},
): Promise<NationalModel | null> {
  if (!isAvailable(territory, filosofiCommunesContract)) return null;
  const columns = ["code_commune", "NBMENFISC", "NBPERSMENFISC", "MED", "D1", "D9"];
  const rows = await loadTable(territory, filosofiCommunesContract, { columns });
  const [spreads, groups, nation] = [
    communeSpreads(rows),
    await groupIncomes(territory, []),
    await nationalPersons(territory),
  ];
  const { communes, hidden } = spreads;
  const composition = nationalComposition(seed);
  const foyers = splitFoyers(seed);
  const table = eligibilityTable({
    seed,
    foyers,
    thresholds: rightThresholds(foyers, { lawDate: "2020-06-01", ...law }),
  });
  const french = composition(2.2);
  const { shifts } = placementShifts({
    groupPersons: groupPersonsOf(table, french),
    rates: groups.rates,
    overall: groups.overall,
  });
  const weightsOf = new Map<number, Float64Array>();
  const departements = [...new Set(communes.map(({ departement }) => departement))].sort();
  const place = new Map(departements.map((code, i) => [code, i]));
  const column = (): Float64Array => new Float64Array(departements.length);
  const byDepartement = { rsa: column(), free: column(), participationOnly: column(), all: column() };
  const persons = column();
  for (const commune of communes) persons[place.get(commune.departement) ?? 0] += commune.persons;
  const classes = communeClasses(communes, imputedD1);
  for (const { members, meanSize, median, d1, d9 } of classes) {
    const weights = weightsOf.get(meanSize) ?? composition(meanSize);
    weightsOf.set(meanSize, weights);
    const values = [d1, median, d9].map((value) => value * growth);
    const quantile = monotoneQuantile({ probabilities: [0.1, 0.5, 0.9], values }, quantiles);
    const { eligible } = eligiblePersons(table, { weights, quantile, ...(placed ? { shifts } : {}) });
    for (const commune of members) {
      const at = place.get(commune.departement) ?? 0;
      for (const count of counts) byDepartement[count][at] += commune.persons * eligible[count];
    }
  }
  const modelledPersons = persons.reduce((sum, count) => sum + count, 0);
  const grossUp = nation === null ? 1 : nation.persons / modelledPersons;
  const total = (count: C2sCount): number => grossUp * byDepartement[count].reduce((sum, value) => sum + value, 0);
  const eligible = {
    rsa: total("rsa"),
    free: total("free"),
    participationOnly: total("participationOnly"),
    all: total("all"),
  };
  const { kappa } = nationalBenchmark({
    eligible: {
      free: byDepartement.free.map((value) => grossUp * value),
      participationOnly: byDepartement.participationOnly.map((value) => grossUp * value),
    },
    targets: dreesEligible2021(),
  });
  const shown = communes.filter(({ spread }) => spread === "shown");
  return {
    eligible,
    byDepartement,
    departements,
    persons,
    modelledPersons,
    grossUp,
    communes: { shown: shown.length, imputed: communes.length - shown.length, hidden },
    shownPersons: shown.reduce((sum, commune) => sum + commune.persons, 0),
    classes: classes.length,
    kappa: { free: kappa.free ?? Number.NaN, participationOnly: kappa.participationOnly ?? Number.NaN },
    lineage: mergeLineages(rows.lineage, groups.lineage, ...(nation ? [nation.lineage] : [])),
  };
}

/** Persons in households of France but Mayotte in 2019, or null without the file. */
async function nationalPersons(
  territory: Territory,
): Promise<{ readonly persons: number; readonly lineage: readonly SourceRef[] } | null> {
  if (!isAvailable(territory, populationDepartementsContract)) return null;
  const rows: Table = await loadTable(territory, populationDepartementsContract);
  const [kinds, codes] = [texts(rows, "type_territoire").values, texts(rows, "code_departement").values];
  const [years, all] = [numbers(rows, "annee").values, numbers(rows, "popTOT").values];
  let persons = 0;
  for (let row = 0; row < rows.numRows; row++)
    if (kinds[row] === "Département" && codes[row] !== "976" && years[row] === 2019) persons += all[row];
  return { persons: persons * inHouseholds, lineage: rows.lineage };
}
