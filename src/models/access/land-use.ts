import { QuartiersError } from "../../codes/errors.ts";
import { dictionary } from "./id-column.ts";
import { type Columns, mapColumns } from "./travel-matrix.ts";

/** People or opportunities by place. */
export interface LandUse {
  readonly ids: readonly string[];
  /** Counts, positive or zero: population, jobs, schools. */
  readonly columns: Columns;
}

/** The same columns in the order of the ids of a matrix. */
export interface AlignedLandUse {
  readonly columns: Columns;
  /** Places of the land use that the matrix does not have: their people and opportunities take no part. */
  readonly unmatchedIds: readonly string[];
}

export interface AlignLandUseOptions {
  /** A place of the matrix without land use: an error, or a place where nobody and nothing is. */
  readonly absentIds?: "refuse" | "zero";
  /** A value of NaN: an error, or zero. Missing is not zero: the author says so. */
  readonly missingValues?: "refuse" | "zero";
}

/**
 * Puts the columns of a land use in the order of `ids` (`matrix.originIds` for people, `matrix.destinationIds` for opportunities). Refuses places
 * without land use, missing or negative values, and places given twice. O(places).
 * @example
 * ```ts
 * alignLandUse(["b", "a"], { ids: ["a", "b", "c"], columns: { jobs: Float64Array.of(1, 2, 3) } })
 * // { columns: { jobs: Float64Array(2) [ 2, 1 ] }, unmatchedIds: [ "c" ] }
 * ```
 */
export function alignLandUse(
  ids: readonly string[],
  landUse: LandUse,
  options: AlignLandUseOptions = {},
): AlignedLandUse {
  const { absentIds = "refuse", missingValues = "refuse" } = options;
  const places = dictionary(landUse.ids, "l'occupation du sol");
  const rows = Int32Array.from(ids, (id) => places.get(id) ?? -1);
  const absent = ids.filter((_, i) => rows[i] < 0);
  if (absent.length > 0 && absentIds === "refuse")
    throw new QuartiersError({
      what: `Lieux de la matrice absents de l'occupation du sol (${absent.length})`,
      value: absent.slice(0, 3).join(", "),
      expected: "une ligne d'occupation du sol par lieu de la matrice",
      remedy: 'compléter la table, ou absentIds: "zero" si ces lieux sont vides',
    });
  const wanted = new Set(ids);
  const columns = mapColumns(landUse.columns, (column, name) => {
    if (column.length !== landUse.ids.length)
      throw new QuartiersError({
        what: `Colonne ${name} d'une autre longueur que ses lieux`,
        value: String(column.length),
        expected: `${landUse.ids.length} valeurs`,
      });
    const bad: number[] = [];
    for (let row = 0; row < column.length; row++)
      if (
        column[row] < 0 ||
        column[row] === Number.POSITIVE_INFINITY ||
        (missingValues === "refuse" && Number.isNaN(column[row]) && wanted.has(landUse.ids[row] ?? ""))
      )
        bad.push(row);
    if (bad.length > 0)
      throw new QuartiersError({
        what: `Valeurs impossibles ou manquantes dans ${name} (${bad.length})`,
        value: bad
          .slice(0, 3)
          .map((row) => `${landUse.ids[row]}, ligne ${row + 1}\u00a0: ${column[row]}`)
          .join(" ; "),
        expected: "un nombre positif ou nul",
        remedy: 'corriger ces lignes, ou missingValues: "zero" si un vide veut dire zéro',
      });
    return Float64Array.from(rows, (row) => (row < 0 || Number.isNaN(column[row]) ? 0 : column[row]));
  });
  return { columns, unmatchedIds: landUse.ids.filter((id) => !wanted.has(id)) };
}
