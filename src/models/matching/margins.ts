import { QuartiersError } from "../../codes/errors.ts";
import { type CostMatrix, columnName, rowName } from "./cost-matrix.ts";

/** What leaves each row and what arrives in each column: seekers and posts, in any positive amounts whose sums are equal. */
export interface Margins {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** The same amounts as shares of their sum. */
export function sharesOf(amounts: Float64Array): Float64Array {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return amounts.map((amount) => amount / sum);
}

/** Refuses margins that are not positive or whose sums differ; returns the mass. */
export function checkMargins(costs: CostMatrix, { rows, columns }: Margins): number {
  const side = (amounts: Float64Array, size: number, name: (i: number) => string): number => {
    if (amounts.length !== size) {
      throw new QuartiersError({
        what: "Marges de mauvaise longueur",
        value: String(amounts.length),
        expected: `${size} effectifs`,
      });
    }
    let sum = 0;
    for (let i = 0; i < size; i++) {
      if (!(amounts[i] > 0 && amounts[i] < Number.POSITIVE_INFINITY)) {
        throw new QuartiersError({
          what: "Effectif impossible",
          value: String(amounts[i]),
          where: name(i),
          expected: "un nombre fini et strictement positif (un effectif masqué n'est pas un nombre)",
          remedy: "retirer les lignes nulles ou masquées avant l'appariement, et dire combien",
        });
      }
      sum += amounts[i];
    }
    return sum;
  };
  const leaving = side(rows, costs.rows, (i) => rowName(costs, i));
  const arriving = side(columns, costs.columns, (j) => columnName(costs, j));
  if (Math.abs(leaving - arriving) <= 1e-9 * leaving) return leaving;
  throw new QuartiersError({
    what: "Autant de demandeurs que de postes sont nécessaires au transport optimal",
    value: `${leaving} et ${arriving}`,
    expected: "deux sommes égales",
    remedy: "balanceMargins ajoute les non-affectés (à un coût déclaré) ou les postes vacants",
  });
}

/** Refuses an epsilon that is not positive, or too small for double precision. */
export function checkEpsilon(epsilon: number, largest: number): void {
  if (epsilon > 0 && epsilon < Number.POSITIVE_INFINITY && epsilon >= 1e-6 * largest) return;
  throw new QuartiersError({
    what: "Force de l'entropie (epsilon) impossible",
    value: String(epsilon),
    expected: "un nombre strictement positif, d'au moins un millionième du plus grand coût, dans l'unité des coûts",
    remedy: "pour l'optimum exact, utiliser transport ou assignment",
  });
}

/** Refuses a row or a column with no allowed pair. O(rows x columns). */
export function refuseLinesOutOfReach(costs: CostMatrix): void {
  const { rows, columns, values } = costs;
  const reached = new Uint8Array(columns);
  for (let i = 0; i < rows; i++) {
    let reaches = false;
    for (let j = 0; j < columns; j++) {
      if (values[i * columns + j] === Number.POSITIVE_INFINITY) continue;
      reaches = true;
      reached[j] = 1;
    }
    if (!reaches) throw outOfReach(rowName(costs, i));
  }
  const column = reached.indexOf(0);
  if (column >= 0) throw outOfReach(columnName(costs, column));
}

const outOfReach = (name: string): QuartiersError =>
  new QuartiersError({
    what: "Ligne hors de portée de toutes les autres",
    value: name,
    expected: "au moins une paire permise",
    remedy: "la retirer et la compter à part, ou élargir le rayon",
  });
