import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numbers, texts } from "../../codes/table.ts";
import { filosofiCommunesContract } from "../../sources/filosofi-communes.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { rpCommunes2018Contract } from "../../sources/rp-communes-2018.ts";
import type { Territory } from "../../sources/territory.ts";

/** What is known of the commune that holds a neighbourhood. NaN where it is not. */
export interface CommuneHousing {
  /** Persons a household. */
  readonly meanSize: number;
  /** Share (0 to 1) of households that own their dwelling. */
  readonly ownerShare: number;
}

export interface LoadedCommuneHousing {
  readonly byCode: ReadonlyMap<string, CommuneHousing>;
  readonly lineage: readonly SourceRef[];
}

/** Mean household size (tax households, else census) and share of owners (census, communes of 2 000 inhabitants and more) by commune. */
export async function communeHousing(territory: Territory): Promise<LoadedCommuneHousing> {
  const byCode = new Map<string, CommuneHousing>();
  const lineages: (readonly SourceRef[])[] = [];
  if (isAvailable(territory, rpCommunes2018Contract)) {
    const rows = await loadTable(territory, rpCommunes2018Contract, {
      columns: ["code_commune", "pop_tot", "log_rp", "log_proprio"],
    });
    const [persons, homes, owned] = ["pop_tot", "log_rp", "log_proprio"].map((name) => numbers(rows, name).values);
    texts(rows, "code_commune").values.forEach((code, row) => {
      const dwellings = homes?.[row] ?? Number.NaN;
      byCode.set(code, {
        meanSize: (persons?.[row] ?? Number.NaN) / dwellings,
        ownerShare: (owned?.[row] ?? Number.NaN) / dwellings,
      });
    });
    lineages.push(rows.lineage);
  }
  if (isAvailable(territory, filosofiCommunesContract)) {
    const rows = await loadTable(territory, filosofiCommunesContract, {
      columns: ["code_commune", "NBMENFISC", "NBPERSMENFISC"],
    });
    const [households, persons] = [numbers(rows, "NBMENFISC").values, numbers(rows, "NBPERSMENFISC").values];
    texts(rows, "code_commune").values.forEach((code, row) => {
      const meanSize = persons[row] / households[row];
      if (Number.isFinite(meanSize))
        byCode.set(code, { meanSize, ownerShare: byCode.get(code)?.ownerShare ?? Number.NaN });
    });
    lineages.push(rows.lineage);
  }
  return { byCode, lineage: mergeLineages(...lineages) };
}
