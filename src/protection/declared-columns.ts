import { numbers, type Table, table as tableOf } from "../codes/table.ts";
import { type Draft, hide } from "./draft.ts";
import { Refusal } from "./refusal.ts";
import type { Cell } from "./relations.ts";
import type { ReleaseOptions } from "./release-options.ts";
import type { Statement } from "./statement.ts";

/** Refuses a table whose number of rows is not that of its columns: rows beyond it would pass unjudged. */
export function checkRows({ columns, numRows, lineage }: Table, name: string): void {
  if (tableOf(columns, lineage).numRows === numRows) return;
  throw new Refusal({
    what: `La table « ${name} » n'a pas le nombre de lignes de ses colonnes`,
    expected: "une table faite par table()",
  });
}

/** Refuses a number that nothing protects and that is not declared public: on a row of few units it would speak of them. */
export function checkProtected(table: Table, { protects, counts = [], open = [], name }: ReleaseOptions): void {
  if (protects === undefined) return;
  const known = new Set([...protects, ...open, ...(typeof counts === "string" ? [counts] : counts)]);
  const left = Object.keys(table.columns).filter((key) => table.columns[key]?.type === "number" && !known.has(key));
  if (left.length === 0) return;
  throw new Refusal({
    what: `La table « ${name} » a des nombres qui ne sont ni protégés ni déclarés publics`,
    value: left.join(", "),
    expected: "chaque colonne de nombres dans protects, counts ou open",
    remedy: "retirer protects, qui vaut alors toutes les colonnes de nombres, ou le compléter",
  });
}

/** Refuses a statement that leaves out a published count: the ledger of publications would not see it. */
export function checkStated({ countNames, columns }: Draft, { numbers: stated }: Statement, name: string): void {
  const named = new Set(stated.flatMap(({ column, baseColumn = column }) => [column, baseColumn]));
  const silent = countNames.filter((count) => columns[count] !== undefined && !named.has(count));
  if (silent.length === 0) return;
  throw new Refusal({
    what: `L'énoncé de la table « ${name} » n'énonce pas toutes ses colonnes d'effectifs`,
    value: silent.join(", "),
    expected: "chaque colonne de counts dans statement.numbers",
    remedy: "l'énoncer, ou ne pas la publier",
  });
}

/** Hides the cells that a suppressor proposes. @throws Refusal when one of them is not in the table */
export function hideProposed(draft: Draft, cells: readonly Cell[], name: string): void {
  for (const cell of cells) {
    numbers(draft.table, cell.column);
    if (!(Number.isInteger(cell.row) && cell.row >= 0 && cell.row < draft.table.numRows)) {
      throw new Refusal({
        what: `La table « ${name} » reçoit à masquer une cellule qu'elle n'a pas`,
        value: cell.column,
        expected: `un numéro de ligne, de 0 à ${draft.table.numRows - 1}`,
      });
    }
    hide(draft, cell, draft.complementary);
  }
}
