import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import { monotoneQuantile } from "../../models/areas/monotone-quantile.ts";
import {
  distributionQuantiles,
  filosofiDistributionContract,
  filosofiMenagesContracts,
} from "../../sources/filosofi-distribution.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import type { Territory } from "../../sources/territory.ts";
import { type PooledRate, pooledRate } from "./pooled-rate.ts";

/** The poverty line of 2019, EUR a year and consumption unit: 1 102 a month, 60 % of the median (INSEE). */
export const povertyLine2019 = 13_224;

/** Sheets of each household type, in the order of `householdTypes`; men and women who live alone are two. */
const sheets: readonly (readonly string[])[] = [
  ["filosofi-typmenr-1", "filosofi-typmenr-2"],
  ["filosofi-typmenr-3"],
  ["filosofi-typmenr-4"],
  ["filosofi-typmenr-5"],
  ["filosofi-typmenr-6"],
];

export interface TypeRates {
  readonly rates: readonly PooledRate[];
  readonly overall: number;
  readonly lineage: readonly SourceRef[];
}

/**
 * Poverty rates by household type from the quantiles that communes publish by type: the share of persons under the line, interpolated, persons-weighted over the communes
 * that hold a neighbourhood. Null where the distributions by type are not there, or hidden in every such commune for a type.
 */
export async function typePovertyRates(territory: Territory, hosts: readonly string[]): Promise<TypeRates | null> {
  const contracts = new Map(filosofiMenagesContracts.map((contract) => [contract.id, contract]));
  const wanted = [...sheets.flat().flatMap((id) => contracts.get(id) ?? []), filosofiDistributionContract];
  if (!wanted.every((contract) => isAvailable(territory, contract))) return null;
  const tables: Table[] = [];
  for (const contract of wanted) tables.push(await loadTable(territory, contract));
  const here = new Set(hosts);
  const places = tables.map((table) => poorOf(table, here));
  const pooled = [
    ...sheets.map((ids) => ids.map((id) => wanted.findIndex((one) => one.id === id))),
    [tables.length - 1],
  ].map((list): PooledRate | null => {
    const rows = list.flatMap((place) => places[place] ?? []);
    if (rows.length === 0) return null;
    const persons = Float64Array.from(rows, (one) => one.persons);
    return { ...pooledRate([...rows.keys()], (row) => rows[row]?.rate ?? Number.NaN, persons), pool: "host" };
  });
  const rates = pooled.filter((rate) => rate !== null);
  if (rates.length < pooled.length) return null;
  const lineage = mergeLineages(...tables.map((table) => table.lineage));
  return { rates: rates.slice(0, -1), overall: rates.at(-1)?.rate ?? Number.NaN, lineage };
}

/** Share of persons under the line in each commune that shows two quantiles or more. */
function poorOf(
  rows: Table,
  here: ReadonlySet<string>,
): readonly { readonly persons: number; readonly rate: number }[] {
  const columns = distributionQuantiles.map(([name, probability]) => ({
    probability,
    values: numbers(rows, name).values,
  }));
  const persons = numbers(rows, "NBPERS").values;
  return texts(rows, "code_commune").values.flatMap((code, row) => {
    const known = columns.filter(({ values }) => Number.isFinite(values[row]));
    if (!here.has(code) || known.length < 2 || !(persons[row] > 0)) return [];
    const { shareBelow } = monotoneQuantile({
      probabilities: known.map(({ probability }) => probability),
      values: known.map(({ values }) => values[row]),
    });
    return [{ persons: persons[row], rate: shareBelow(povertyLine2019) }];
  });
}
