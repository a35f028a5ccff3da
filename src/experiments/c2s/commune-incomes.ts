import type { SourceRef } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import type { QuantileKnots } from "../../models/areas/monotone-quantile.ts";
import { filosofiCommunesContract } from "../../sources/filosofi-communes.ts";
import { distributionQuantiles, filosofiDistributionContract } from "../../sources/filosofi-distribution.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import type { Territory } from "../../sources/territory.ts";

/** What the tax files say of a commune: its households, their persons, and the published quantiles of the living standard. */
export interface CommuneIncomes {
  readonly households: number;
  readonly persons: number;
  /** At least two quantiles; a commune with fewer has no answer. */
  readonly knots: QuantileKnots;
}

export interface LoadedCommuneIncomes {
  readonly byCode: ReadonlyMap<string, CommuneIncomes>;
  readonly year: string;
  readonly lineage: readonly SourceRef[];
}

const comparatorColumns: readonly (readonly [string, number])[] = [
  ["D1", 0.1],
  ["MED", 0.5],
  ["D9", 0.9],
];

/** Incomes of communes, from the full distribution where its file is there, else from the comparator's three quantiles; null where neither is. */
export async function communeIncomes(territory: Territory): Promise<LoadedCommuneIncomes | null> {
  if (isAvailable(territory, filosofiDistributionContract))
    return read(await loadTable(territory, filosofiDistributionContract), ["NBMEN", "NBPERS"], distributionQuantiles);
  if (isAvailable(territory, filosofiCommunesContract))
    return read(
      await loadTable(territory, filosofiCommunesContract),
      ["NBMENFISC", "NBPERSMENFISC"],
      comparatorColumns,
    );
  return null;
}

function read(
  rows: Table,
  [households, persons]: readonly [string, string],
  quantiles: readonly (readonly [string, number])[],
): LoadedCommuneIncomes {
  const codes = texts(rows, "code_commune").values;
  const columns = quantiles.map(([name, probability]) => ({ probability, values: numbers(rows, name).values }));
  const byCode = new Map<string, CommuneIncomes>();
  codes.forEach((code, row) => {
    const known = columns.filter(({ values }) => Number.isFinite(values[row]));
    const found = {
      households: numbers(rows, households).values[row],
      persons: numbers(rows, persons).values[row],
      knots: {
        probabilities: known.map(({ probability }) => probability),
        values: known.map(({ values }) => values[row]),
      },
    };
    if (known.length >= 2 && Number.isFinite(found.households + found.persons)) byCode.set(code, found);
  });
  return { byCode, year: rows.lineage[0]?.vintage ?? "", lineage: rows.lineage };
}
