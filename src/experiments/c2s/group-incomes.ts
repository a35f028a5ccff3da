import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import type { PlacementFactor } from "../../models/microsimulation/placement.ts";
import type { PovertyRates } from "../../models/microsimulation/placement-shifts.ts";
import { filosofiCommunesContract } from "../../sources/filosofi-communes.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import type { Territory } from "../../sources/territory.ts";
import { isMunicipalArrondissement } from "./commune-spread.ts";
import { type PooledRate, pooledRate } from "./pooled-rate.ts";
import { typePovertyRates } from "./type-incomes.ts";

export interface GroupIncomes {
  /** What `placementShifts` takes; a factor without any published rate is not there. */
  readonly rates: PovertyRates;
  readonly overall: number;
  readonly details: Readonly<Partial<Record<PlacementFactor, readonly PooledRate[]>>>;
  readonly notes: readonly string[];
  readonly lineage: readonly SourceRef[];
}

/** A pool of fewer communes is too thin: the wider one is taken. */
const FEWEST = 5;

/**
 * Poverty rates by household type, in the order of `householdTypes`: France, 2019 (INSEE, ERFS, statistiques 3566846: by type under and over 65, weighted by the shares of
 * persons of 2018 in statistiques 5371225). Students are out of the survey's field.
 */
const nationalTypeRates: readonly number[] = [0.184, 0.068, 0.128, 0.328, 0.21];

/** Owners, tenants. */
const tenureRates: readonly string[] = ["TP60TOL1", "TP60TOL2"];

/** Age classes of the reference person from the six of Filosofi, and the weight of each; equal inside the thirties to fifties, 6 and 4 of 10 from 60 to 74 and beyond. */
const ageClasses: readonly (readonly (readonly [string, number])[])[] = [
  [["TP60AGE1", 1]],
  [
    ["TP60AGE2", 1 / 3],
    ["TP60AGE3", 1 / 3],
    ["TP60AGE4", 1 / 3],
  ],
  [
    ["TP60AGE5", 0.6],
    ["TP60AGE6", 0.4],
  ],
];

/**
 * Poverty rates by group for the placement of incomes: by tenure and age of the reference person from the communes that hold the neighbourhoods (persons-weighted; where
 * hidden, their départements, then all communes), by type from the distributions by household type where they are, else the national rates. Only the DIFFERENCES between
 * groups serve: the level of each area is that of its own deciles.
 */
export async function groupIncomes(territory: Territory, hosts: readonly string[]): Promise<GroupIncomes> {
  const details: Partial<Record<PlacementFactor, readonly PooledRate[]>> = {};
  const notes: string[] = [];
  const lineages: (readonly SourceRef[])[] = [];
  let overall = 0.146;
  const byType = await typePovertyRates(territory, hosts);
  if (byType) {
    details.type = byType.rates;
    overall = byType.overall;
    lineages.push(byType.lineage);
  } else {
    details.type = nationalTypeRates.map((rate) => ({ rate, se: 0.01, spread: 0.05, communes: 0, pool: "national" }));
    notes.push(
      "Taux de pauvreté par type de ménage\u00a0: ceux de la France en 2019 (Insee, ERFS), faute de distribution communale par type.",
    );
  }
  if (isAvailable(territory, filosofiCommunesContract)) {
    const rows = await loadTable(territory, filosofiCommunesContract, {
      columns: ["code_commune", "NBPERSMENFISC", "TP60", ...tenureRates, ...ageClasses.flat().map(([name]) => name)],
    });
    const pool = pools(rows, hosts);
    details.tenure = tenureRates.map((name) => pool(name));
    details.age = ageClasses.map((parts) => combined(parts.map(([name, weight]) => [pool(name), weight])));
    overall = pool("TP60").rate;
    lineages.push(rows.lineage);
    notes.push(
      "Taux de pauvreté par statut d'occupation et âge\u00a0: Filosofi 2016, communes qui portent un quartier. Une commune plus riche cache ses taux\u00a0: le niveau est trop haut, les écarts entre groupes servent seuls.",
    );
  } else
    notes.push("Aucun taux de pauvreté par statut d'occupation ou âge\u00a0: ces facteurs ne placent pas les ménages.");
  const rates = Object.fromEntries(
    Object.entries(details).map(([factor, list]) => [factor, list.map(({ rate }) => rate)]),
  );
  return { rates: rates as PovertyRates, overall, details, notes, lineage: mergeLineages(...lineages) };
}

/** The pool of a rate: the narrowest that has enough communes. */
function pools(rows: Table, hosts: readonly string[]): (name: string) => PooledRate {
  const codes = texts(rows, "code_commune").values;
  const persons = numbers(rows, "NBPERSMENFISC").values;
  const here = new Set(hosts);
  const around = new Set(hosts.map((code) => code.slice(0, 2)));
  const whole = codes.map((code) => !isMunicipalArrondissement(code));
  const members = {
    host: codes.flatMap((code, row) => (here.has(code) ? [row] : [])),
    departement: codes.flatMap((code, row) => (around.has(code.slice(0, 2)) && whole[row] ? [row] : [])),
    all: codes.flatMap((_, row) => (whole[row] ? [row] : [])),
  };
  return (name) => {
    const { values } = numbers(rows, name);
    const known = (list: readonly number[]): number[] =>
      list.filter((row) => Number.isFinite(values[row]) && persons[row] > 0);
    const pool = (["host", "departement"] as const).find((one) => known(members[one]).length >= FEWEST) ?? "all";
    return { ...pooledRate(known(members[pool]), (row) => values[row] / 100, persons), pool };
  };
}

/** A class made of several: errors are taken as independent. */
function combined(parts: readonly (readonly [PooledRate, number])[]): PooledRate {
  const sum = (ofRate: (rate: PooledRate) => number): number =>
    parts.reduce((total, [rate, weight]) => total + weight * ofRate(rate), 0);
  const widest = (["all", "departement"] as const).find((pool) => parts.some(([rate]) => rate.pool === pool)) ?? "host";
  return {
    rate: sum(({ rate }) => rate),
    se: Math.sqrt(parts.reduce((total, [{ se }, weight]) => total + (weight * se) ** 2, 0)),
    spread: sum(({ spread }) => spread),
    communes: Math.min(...parts.map(([{ communes }]) => communes)),
    pool: widest,
  };
}
