import { type Column, numberColumn, textColumn } from "../../codes/table.ts";
import { type AreaDecompositions, areaDecomposition } from "../../models/areas/area-decomposition.ts";
import { areaWeights, calibrateAreas } from "../../models/calibration/calibrate-areas.ts";
import { eligiblePersons } from "../../models/microsimulation/eligible-persons.ts";
import type { ChainStudy } from "./chain-study.ts";
import type { AreaMarginSet } from "./margin-sets.ts";
import { type PooledTerritory, pooledTargets, pooledTerritory } from "./pooled-territory.ts";
import type { C2sStudy } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

/** What makes a neighbourhood differ from all of them. */
interface Factor {
  readonly id: "revenu" | "menages" | "age" | "logement" | "regime" | "recours";
  readonly label: string;
}

const eligibleFactors: readonly Factor[] = [
  { id: "revenu", label: "Revenus" },
  { id: "menages", label: "Taille et type des ménages" },
  { id: "age", label: "Âge et emploi" },
  { id: "logement", label: "Occupation du logement" },
];
const takeUpFactors: readonly Factor[] = [
  { id: "regime", label: "Part du régime général" },
  { id: "recours", label: "Moindre recours" },
];

/** Which factor a margin belongs to; the number of inhabitants is always the neighbourhood's own. */
const factorOf: Readonly<Record<string, Factor["id"]>> = {
  taille: "menages",
  type: "menages",
  ménages: "menages",
  age: "age",
  âge: "age",
  jeunesse: "age",
  emploi: "age",
  occupation: "logement",
  propriétaires: "logement",
};

export interface Contributions {
  readonly decomposition: AreaDecompositions;
  readonly factors: readonly string[];
  /** Neighbourhoods of the decomposition, rows of the study. */
  readonly rows: readonly number[];
  /** What is decomposed: the eligible, or those without take-up, for a hundred inhabitants. */
  readonly measure: "eligible" | "non-takers";
}

/**
 * Why each neighbourhood differs from all of them together: exact Shapley parts of income, households, age and employment, tenure, and, where beneficiaries are known, of the
 * scheme and of take-up. A factor left out takes the value of the territory: its margins, for the same number of inhabitants, its distribution of incomes, its scheme share, its
 * take-up. Parts are published to a tenth of a point and add up as printed. Sixteen calibrations an area at most.
 */
export function contributions(study: C2sStudy, chain: ChainStudy, takeUp: TakeUp | null): Contributions {
  const pooled = pooledTerritory(chain);
  const shares = eligibleShares(study, chain, pooled);
  const known = study.codes.flatMap((_, row) =>
    shares.every((own) => Number.isFinite(own[row])) && (!takeUp || takeUp.areas.includes(row)) ? [row] : [],
  );
  const factors = takeUp ? [...eligibleFactors, ...takeUpFactors] : eligibleFactors;
  const rates = takeUp ? ratesOf(study, takeUp, known) : null;
  const valueWith = (mask: number): Float64Array => {
    const share = shares[mask & 15] ?? new Float64Array(0);
    return Float64Array.from(known, (row, i) => {
      const eligible = 100 * share[row];
      if (!rates) return eligible;
      const scheme = mask & 16 ? rates.scheme[i] : rates.allScheme;
      const takes = mask & 32 ? rates.takeUp[i] : rates.allTakeUp;
      return eligible * scheme * (1 - takes);
    });
  };
  const labels = factors.map(({ label }) => label);
  const codes = known.map((row) => study.codes[row] ?? "");
  return {
    decomposition: areaDecomposition({ codes, factors: labels, valueWith, step: 0.1 }),
    factors: labels,
    rows: known,
    measure: takeUp ? "non-takers" : "eligible",
  };
}

/** Share of eligible persons of each neighbourhood with each set of the four factors its own (bit 1: its own), rows of the study. */
function eligibleShares(study: C2sStudy, chain: ChainStudy, pooled: PooledTerritory): readonly Float64Array[] {
  const shares = Array.from({ length: 16 }, () => new Float64Array(study.codes.length).fill(Number.NaN));
  for (let margins = 0; margins < 8; margins++) {
    for (const set of chain.sets) {
      const own = new Set(eligibleFactors.slice(1).flatMap(({ id }, bit) => ((margins >> bit) & 1 ? [id] : [])));
      const found = calibrateAreas(set.columns, {
        areas: set.areas,
        weights: chain.seed.weight,
        targets: mixedTargets(set, study, pooled, own),
        ridge: set.ridge,
      });
      found.forEach((area, a) => {
        const row = set.rows[a] ?? -1;
        const quantile = chain.quantiles[row];
        if (!area.ok || !quantile) return;
        const weights = areaWeights(set.columns, chain.seed.weight, area.ratios);
        [pooled.quantile, quantile].forEach((incomes, bit) => {
          const { eligible, persons } = eligiblePersons(chain.table, {
            weights,
            quantile: incomes,
            shifts: chain.shifts,
          });
          const share = shares[2 * margins + bit];
          if (share) share[row] = eligible.all / persons;
        });
      });
    }
  }
  return shares;
}

/** Targets of a set where some factors are the areas' own and the others those of the territory, for the areas' own number of inhabitants. */
function mixedTargets(
  { columns, rows, targets }: AreaMarginSet,
  study: C2sStudy,
  pooled: PooledTerritory,
  own: ReadonlySet<Factor["id"]>,
): Float64Array {
  const width = columns.margins.length;
  const mixed = targets.slice();
  rows.forEach((row, a) => {
    const all = pooledTargets(columns, pooled, study.persons[row]);
    columns.margins.forEach(({ variable }, k) => {
      const factor = factorOf[variable];
      if (factor && !own.has(factor)) mixed[a * width + k] = all[k];
    });
  });
  return mixed;
}

/** Share of the scheme and take-up of each neighbourhood, smoothed, and of all together. */
function ratesOf(study: C2sStudy, takeUp: TakeUp, rows: readonly number[]) {
  const { beneficiaries, areas, smoothed } = takeUp;
  const scheme = (row: number): number => (beneficiaries.insured ? beneficiaries.insured[row] / study.persons[row] : 1);
  const taken = (row: number): number => 1 - (smoothed[areas.indexOf(row)]?.value ?? Number.NaN);
  const sum = (of: (row: number) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const eligible = (row: number): number => takeUp.eligible[row];
  return {
    scheme: Float64Array.from(rows, scheme),
    takeUp: Float64Array.from(rows, taken),
    allScheme: sum((row) => scheme(row) * study.persons[row]) / sum((row) => study.persons[row]),
    allTakeUp: sum((row) => taken(row) * eligible(row)) / sum(eligible),
  };
}

/** The published parts as a long table: one row a neighbourhood and a factor, with both ends. */
export function contributionColumns({ decomposition, factors, rows }: Contributions): {
  /** Neighbourhood of each line, row of the study. */
  readonly rows: readonly number[];
  readonly columns: Readonly<Record<"facteur" | "part" | "depart" | "arrivee" | "ecart", Column>>;
} {
  const lines = decomposition.areas.flatMap(({ published }, i) =>
    published
      ? factors.map((factor, k) => ({
          row: rows[i] ?? 0,
          factor,
          part: published.values[k],
          from: published.from,
          to: published.to,
        }))
      : [],
  );
  const column = (pick: (line: (typeof lines)[number]) => number, label: string) =>
    numberColumn(lines.map(pick), { label, unit: "pour 100 habitants" });
  return {
    rows: lines.map(({ row }) => row),
    columns: {
      facteur: textColumn(
        lines.map(({ factor }) => factor),
        { label: "Facteur" },
      ),
      part: column(({ part }) => part, "Contribution"),
      depart: column(({ from }) => from, "Ensemble des quartiers"),
      arrivee: column(({ to }) => to, "Quartier"),
      ecart: column(({ from, to }) => Math.round(10 * (to - from)) / 10, "Écart à l’ensemble"),
    },
  };
}
