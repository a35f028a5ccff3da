import { QuartiersError } from "../../codes/errors.ts";

/** Costs of every row to every column: kilometres, minutes, or any cost of one declared unit. Infinity: the pair is forbidden (out of reach, no match). */
export interface CostMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major: the cost of row i and column j is `values[i * columns + j]`. Never negative, never NaN. */
  readonly values: Float64Array;
  /** Names of the rows (seekers or cells of seekers), used in messages and to break ties; without them, the row numbers are. */
  readonly rowIds?: readonly string[];
  /** Names of the columns (offers). */
  readonly columnIds?: readonly string[];
}

/** What a row or a column is called in a message. */
export const rowName = ({ rowIds }: CostMatrix, row: number): string => rowIds?.[row] ?? `demandeur n° ${row + 1}`;
export const columnName = ({ columnIds }: CostMatrix, column: number): string =>
  columnIds?.[column] ?? `offre n° ${column + 1}`;

/**
 * Refuses an empty side, a wrong length, a negative or missing cost, repeated ids. Returns the largest finite cost and whether a pair is forbidden.
 * O(rows x columns).
 */
export function checkCosts(costs: CostMatrix): { readonly largest: number; readonly forbidden: boolean } {
  const { rows, columns, values, rowIds, columnIds } = costs;
  checkSide(rows, "demandeur d'emploi", rowIds);
  checkSide(columns, "offre", columnIds);
  if (values.length !== rows * columns) {
    throw new QuartiersError({
      what: "Matrice de coûts de mauvaise taille",
      value: `${values.length} coûts`,
      expected: `${rows} lignes × ${columns} colonnes, soit ${rows * columns} coûts`,
    });
  }
  // The loop is bare because it reads millions of costs: what is wrong is looked for afterwards.
  let largest = 0;
  let good = true;
  for (let at = 0; at < values.length; at++) {
    const cost = values[at];
    if (!(cost >= 0)) good = false;
    if (cost > largest) largest = cost;
  }
  if (!good) {
    const at = values.findIndex((cost) => !(cost >= 0));
    const row = Math.floor(at / columns);
    throw badCost(values[at], `${rowName(costs, row)}, ${columnName(costs, at - row * columns)}`);
  }
  if (largest < Number.POSITIVE_INFINITY) return { largest, forbidden: false };
  largest = 0;
  for (const cost of values) if (cost > largest && cost < Number.POSITIVE_INFINITY) largest = cost;
  return { largest, forbidden: true };
}

/** The error for a cost that is negative or missing. */
export function badCost(cost: number, where: string): QuartiersError {
  return new QuartiersError({
    what: Number.isNaN(cost) ? "Coût manquant" : "Coût négatif",
    value: String(cost),
    where,
    expected: "un nombre positif ou nul, ou Infinity pour une paire interdite",
    remedy: "déclarer comment lire les paires absentes (hors de portée, ou non calculées) avant l'appariement",
  });
}

/** Refuses a side with nothing in it, a wrong number of ids or the same id twice. */
export function checkSide(size: number, what: string, ids: readonly string[] | undefined): void {
  if (!Number.isInteger(size) || size < 1) {
    throw new QuartiersError({
      what: `Aucun côté ne peut être vide\u00a0: ${what}`,
      value: String(size),
      expected: "au moins un de chaque côté",
      remedy: "vérifier le filtre (territoire, métier, date) qui précède l'appariement",
    });
  }
  if (!ids) return;
  if (ids.length !== size) {
    throw new QuartiersError({
      what: `Identifiants de mauvaise longueur\u00a0: ${what}`,
      value: String(ids.length),
      expected: `${size} identifiants`,
    });
  }
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new QuartiersError({ what: `Identifiant répété\u00a0: ${what}`, value: id });
    seen.add(id);
  }
}

/** Numbers sorted by id (order of code units), or null when they already are: what « ties are broken by id » means. */
export function orderById(ids: readonly string[] | undefined): Int32Array | null {
  if (!ids?.some((id, i) => i > 0 && id < (ids[i - 1] ?? ""))) return null;
  return Int32Array.from(ids.keys()).sort((a, b) => ((ids[a] ?? "") < (ids[b] ?? "") ? -1 : 1));
}

/** The first names of a group, and how many more: messages stay readable. */
export function someNames(names: readonly string[], most = 8): string {
  const left = names.length - most;
  return left > 0 ? `${names.slice(0, most).join(", ")} et ${left} de plus` : names.join(", ");
}
