import { normal, type Random } from "../../codes/random.ts";
import { profilModalities } from "../profil-qpv.ts";
import type { HouseholdRow } from "./households.ts";
import { inventedTenures, inventedTypes } from "./invented-households.ts";
import type { PriorityPopulation } from "./priority-households.ts";
import { stream } from "./stream.ts";
import { csv, rounded, withComma } from "./writing.ts";

type Variable = keyof typeof profilModalities;

/** Planted: the error of the estimates has this standard deviation times the square root of the count; fewer units than this are hidden. */
export const profileModel = { noise: 0.5, hiddenUnder: 11 } as const;

/** One count of the profile of a neighbourhood. */
export interface ProfileRow {
  readonly qpv: string;
  readonly variable: Variable;
  readonly modality: string;
  /** Households or persons who truly are so. */
  readonly count: number;
  /** The estimate that is written, with its error. */
  readonly estimate: number;
  readonly hidden: boolean;
}

/** The four profiles of each neighbourhood, counted in its true population. */
export function makeProfiles(
  populations: readonly PriorityPopulation[],
  sizes: readonly HouseholdRow[],
  seed: number,
): readonly ProfileRow[] {
  const random = stream(seed, "profils des quartiers");
  return populations.flatMap((population) => {
    const own = sizes.filter(({ qpv }) => qpv === population.qpv);
    const households = rounded(
      own.reduce((sum, row) => sum + row.households, 0),
      1,
    );
    const persons = rounded(
      own.reduce((sum, row) => sum + row.persons, 0),
      1,
    );
    const totals: Readonly<Record<Variable, number | null>> = {
      type: households,
      occupation: households,
      age: persons,
      emploi: null,
    };
    return (Object.keys(profilModalities) as Variable[]).flatMap((variable) => {
      const counts = countsOf(population, variable);
      const estimates = estimated(random, counts, totals[variable]);
      const hidden = hiddenOf(counts);
      return profilModalities[variable].map((modality, i) => ({
        qpv: population.qpv,
        variable,
        modality,
        count: counts[i],
        estimate: estimates[i],
        hidden: hidden[i],
      }));
    });
  });
}

function countsOf({ households }: PriorityPopulation, variable: Variable): readonly number[] {
  const counts = profilModalities[variable].map(() => 0);
  for (const { type, tenure, persons } of households) {
    if (variable === "type") counts[inventedTypes.indexOf(type)]++;
    else if (variable === "occupation") counts[inventedTenures.indexOf(tenure)]++;
    else
      for (const { age, employed } of persons) {
        if (variable === "age") counts[age < 15 ? 0 : age < 25 ? 1 : age < 40 ? 2 : age < 60 ? 3 : 4]++;
        else if (age >= 15 && age < 65) counts[employed ? 0 : 1]++;
      }
  }
  return counts;
}

/** Counts with their error, one decimal; brought to the total where there is one, the largest takes what rounding leaves. */
function estimated(random: Random, counts: readonly number[], total: number | null): readonly number[] {
  const drawn = counts.map((count) => Math.max(0, count + profileModel.noise * Math.sqrt(count) * normal(random)));
  const sum = drawn.reduce((a, b) => a + b, 0);
  const scaled = drawn.map((value) => rounded(total === null ? value : (value * total) / sum, 1));
  if (total === null) return scaled;
  const largest = scaled.indexOf(Math.max(...scaled));
  scaled[largest] = rounded(scaled[largest] + total - scaled.reduce((a, b) => a + b, 0), 1);
  return scaled;
}

/** Small counts are hidden; one that would be alone takes the smallest of the others with it, since totals are known. */
function hiddenOf(counts: readonly number[]): readonly boolean[] {
  const hidden = counts.map((count) => count > 0 && count < profileModel.hiddenUnder);
  if (hidden.filter(Boolean).length !== 1) return hidden;
  const left = counts.map((count, i) => (hidden[i] ? Number.POSITIVE_INFINITY : count));
  hidden[left.indexOf(Math.min(...left))] = true;
  return hidden;
}

/** `profil_qpv.csv`: census estimates with a decimal comma, `s` where few households are behind. */
export const writeProfiles = (rows: readonly ProfileRow[]): string =>
  csv(
    ["code_qp", "variable", "modalite", "effectif"],
    rows.map(({ qpv, variable, modality, estimate, hidden }) => [
      qpv,
      variable,
      modality,
      hidden ? "s" : withComma(estimate, 1),
    ]),
    { separator: ";" },
  );

/** `verite/profil-qpv.json`: the counts behind the estimates. */
export function profileTruths(rows: readonly ProfileRow[]): string {
  const truth = {
    synthetique: true,
    definition: {
      effectif: `compte vrai + ${profileModel.noise} × racine du compte × normale, ramené aux totaux de menages_qpv et à la population (sauf l'emploi), une décimale`,
      trous: `s sous ${profileModel.hiddenUnder} ; un trou seul en entraîne un second, le plus petit des autres`,
    },
    comptes: rows.map(({ qpv, variable, modality, count, hidden }) => [
      qpv,
      variable,
      modality,
      count,
      hidden ? "s" : "",
    ]),
  };
  return `${JSON.stringify(truth)}\n`;
}
