import { selectColumns, type Table, texts } from "../../codes/table.ts";
import { RESIDENTS, residentsColumn, zoneKindOf } from "../../experiments/stated-counts.ts";
import type { StatedNumber, Statement } from "../../protection/statement.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { qpvIndicateursContract } from "../../sources/qpv-indicateurs.ts";
import type { Territory } from "../../sources/territory.ts";

/** A table that its producer has published, as the ledger holds it: what every reader knows before opening the book. */
export interface PublicTable {
  readonly id: string;
  readonly table: Table;
  readonly statement: Statement;
  /** Vintage: the date of a publication that is not ours. */
  readonly date: string;
}

const seekers = (column: string, sex?: string): StatedNumber => ({
  column,
  kind: "count",
  measure: "demandeurs-abcde",
  ...(sex === undefined ? {} : { classes: { sexe: sex } }),
});

/** The published tables of a territory whose counts the book's may be subtracted from: INSEE's population and job seekers of each neighbourhood. */
export async function publicTables(territory: Territory): Promise<readonly PublicTable[]> {
  if (!isAvailable(territory, qpvIndicateursContract)) return [];
  const numbers = [
    residentsColumn("pop_mun"),
    seekers("abcde"),
    seekers("abcde_f", "femmes"),
    seekers("abcde_h", "hommes"),
  ];
  const loaded = await loadTable(territory, qpvIndicateursContract, {
    columns: ["code_qp", ...numbers.map(({ column }) => column)],
  });
  const table = selectColumns(loaded, ["code_qp", ...numbers.map(({ column }) => column)]);
  return [
    {
      id: qpvIndicateursContract.id,
      table,
      date: qpvIndicateursContract.vintage,
      statement: {
        population: RESIDENTS,
        unit: "personne",
        zone: { column: "code_qp", kind: zoneKindOf(texts(table, "code_qp").values) },
        by: [],
        numbers,
      },
    },
  ];
}
