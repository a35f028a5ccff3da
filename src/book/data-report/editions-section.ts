import type { Difference } from "./differences.ts";
import type { EditionReport } from "./editions.ts";
import { htmlTable } from "./html.ts";
import { countedWord, countWord, french, valueWord, verbatim } from "./words.ts";

/** What changed from one edition to the other, or why they do not compare. */
export function editionBody({ label, before, after, refusal, difference }: EditionReport): string {
  const title = `<h3>${french(`Avec ${label}`)}</h3>`;
  if (refusal) return `${title}<p>${french(refusal)}</p>`;
  if (!difference) return "";
  return `${title}<p>${french(differenceWords(difference, before, after))}</p>${differenceTable(difference)}${largestTable(difference)}`;
}

function differenceWords(difference: Difference, before: string, after: string): string {
  const { rowsBefore, rowsAfter, rows, columnsAdded, columnsRemoved, addedKeys, removedKeys } = difference;
  const list = (names: readonly string[]): string => (names.length === 0 ? "aucune" : names.join(", "));
  const like = (keys: readonly string[]): string => (keys.length === 0 ? "" : ` (${keys.join(", ")}…)`);
  const followed = rows
    ? ` ${countedWord(rows.common, "ligne")} en commun ; ajoutées : ${countWord(rows.added)}${like(addedKeys)} ; ôtées : ${countWord(rows.removed)}${like(removedKeys)}.`
    : " Sans clé, les lignes ne se suivent pas d'une édition à l'autre.";
  return `De ${before} à ${after} : ${countWord(rowsBefore)} puis ${countedWord(rowsAfter, "ligne")}.${followed} Colonnes ajoutées : ${list(columnsAdded)} ; ôtées : ${list(columnsRemoved)}.`;
}

function differenceTable({ columns }: Difference): string {
  return htmlTable(
    "Changements, colonne par colonne, sur les lignes communes ; absences sur tout le fichier, avant puis après",
    [
      { heading: "Colonne" },
      { heading: "Comparées", isNumber: true },
      { heading: "Changées", isNumber: true },
      { heading: "Changement relatif médian", isNumber: true },
      { heading: "s", isNumber: true },
      { heading: "ns", isNumber: true },
      { heading: "nd", isNumber: true },
    ],
    columns.map(({ name, compared, changed, medianChange, missing }) => [
      `<code>${verbatim(name)}</code>`,
      french(countWord(compared)),
      french(countWord(changed)),
      french(
        medianChange === null
          ? "–"
          : `${medianChange > 0 ? "+" : ""}${valueWord(Number((medianChange * 100).toFixed(1)), "%")} %`,
      ),
      ...missing.map((reason) => french(`${countWord(reason.before)} → ${countWord(reason.after)}`)),
    ]),
  );
}

function largestTable({ columns }: Difference): string {
  const rows = columns.flatMap(({ name, largest }) =>
    largest.map(({ key, before, after }) => [
      `<code>${verbatim(name)}</code>`,
      verbatim(key),
      french(valueWord(before, "-")),
      french(valueWord(after, "-")),
    ]),
  );
  if (rows.length === 0) return "";
  return `<details><summary>${french("Les plus grands changements")}</summary>${htmlTable(
    "Les cinq plus grands changements de chaque colonne",
    [
      { heading: "Colonne" },
      { heading: "Clé" },
      { heading: "Avant", isNumber: true },
      { heading: "Après", isNumber: true },
    ],
    rows,
  )}</details>`;
}
