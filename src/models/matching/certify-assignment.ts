import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";
import type { Assignment } from "./assignment.ts";
import { type CostMatrix, checkCosts, columnName, rowName } from "./cost-matrix.ts";

/** A proof, recomputed from the costs alone, that no assignment costs less. All numbers are in the unit of the costs. */
export interface AssignmentCertificate {
  /** Pairs made: as many as the smaller side allows. */
  readonly pairs: number;
  /** Sum of the costs of the pairs, added up again. */
  readonly total: number;
  /** Sum of the dual prices: whatever the assignment, it costs at least this. */
  readonly lowerBound: number;
  /** total - lowerBound. */
  readonly gap: number;
  /** By how much the worst pair breaks u + v <= c; 0 when none does. */
  readonly worstInfeasibility: number;
  /** By how much the worst chosen pair misses u + v = c. */
  readonly worstSlack: number;
  /** By how much the worst price of a larger side is above 0, or of a line left out differs from 0. */
  readonly worstPrice: number;
  /** Rounding allowed in each of the above: 1e-9 of the largest cost (and of the total for the gap). */
  readonly tolerance: number;
  readonly optimal: boolean;
}

/**
 * Checks an assignment and its prices against the costs (weak duality: when u_i + v_j <= c_ij everywhere, with prices of the larger side at most 0, the
 * sum of the prices is a lower bound on every assignment). Knows nothing of how they were found. Refuses what is not an assignment.
 * O(rows x columns).
 * @example
 * ```ts
 * const costs = { rows: 2, columns: 2, values: Float64Array.of(1, 2, 4, 9) };
 * const [columnOfRow, rowOfColumn] = [Int32Array.of(1, 0), Int32Array.of(1, 0)];
 * const [rowDuals, columnDuals] = [Float64Array.of(0, 3), Float64Array.of(1, 2)];
 * const { total, lowerBound, optimal } = certifyAssignment(costs, { columnOfRow, rowOfColumn, total: 6, rowDuals, columnDuals });
 * [total, lowerBound, optimal] // [ 6, 6, true ]
 * ```
 */
export function certifyAssignment(costs: CostMatrix, result: Assignment): AssignmentCertificate {
  const { rows, columns, values } = costs;
  const { largest } = checkCosts(costs);
  const { rowDuals, columnDuals, columnOfRow } = result;
  const pairs = checkPairs(costs, result);
  let total = 0;
  let worstInfeasibility = 0;
  let worstSlack = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    const own = columnOfRow[i];
    const price = rowDuals[i];
    for (let j = 0; j < columns; j++, at++) {
      const excess = price + columnDuals[j] - values[at];
      if (!(excess <= worstInfeasibility)) worstInfeasibility = excess;
    }
    if (own < 0) continue;
    const cost = values[i * columns + own];
    total += cost;
    const slack = Math.abs(cost - price - columnDuals[own]);
    if (!(slack <= worstSlack)) worstSlack = slack;
  }
  const worstPrice = Math.max(
    rows < columns ? priceFault(columnDuals, result.rowOfColumn) : 0,
    rows > columns ? priceFault(rowDuals, columnOfRow) : 0,
  );
  const lowerBound = sum(rowDuals) + sum(columnDuals);
  const tolerance = 1e-9 * Math.max(largest, Number.MIN_VALUE);
  const gap = total - lowerBound;
  const optimal =
    Math.abs(gap) <= 1e-9 * Math.max(total, largest) &&
    worstInfeasibility <= tolerance &&
    worstSlack <= tolerance &&
    worstPrice <= tolerance;
  return { pairs, total, lowerBound, gap, worstInfeasibility, worstSlack, worstPrice, tolerance, optimal };
}

/** The certificate in words, for a page: what was checked and what it proves. `unit` is that of the costs (km, min). */
export function explainAssignment(certificate: AssignmentCertificate, unit: string): string {
  const { pairs, total, lowerBound, gap, optimal } = certificate;
  const say = (value: number): string => frenchNumber(value, { decimals: 3, unit });
  const colon = `${HARD_SPACE}:`;
  if (!optimal) {
    return (
      `L'optimalité n'est pas prouvée${colon} l'affectation de ${frenchNumber(pairs)} paires coûte ${say(total)}, la borne donnée par les prix est ` +
      `${say(lowerBound)}, et les écarts dépassent la tolérance (prix trop hauts de ${say(certificate.worstInfeasibility)} au pire, ` +
      `paires choisies non serrées de ${say(certificate.worstSlack)} au pire, prix de signe interdit de ${say(certificate.worstPrice)} au pire).`
    );
  }
  return (
    `Affectation optimale, preuve à l'appui${colon} les ${frenchNumber(pairs)} paires coûtent ${say(total)} au total. À chaque ligne et à chaque colonne est ` +
    `attaché un prix${colon} la somme des deux prix ne dépasse le coût d'aucune paire possible, et elle l'égale pour chaque paire retenue. Toute autre ` +
    `affectation coûte donc au moins ${say(lowerBound)}${colon} l'écart est de ${say(Math.max(0, gap))}.`
  );
}

/** Number of pairs, once sure that they are an assignment of the whole smaller side, on allowed pairs. */
function checkPairs(costs: CostMatrix, { columnOfRow, rowOfColumn, rowDuals, columnDuals }: Assignment): number {
  const { rows, columns, values } = costs;
  const refuse = (value: string, expected: string): QuartiersError =>
    new QuartiersError({ what: "Ce n'est pas une affectation", value, expected });
  if (columnOfRow.length !== rows || rowOfColumn.length !== columns)
    throw refuse(`${columnOfRow.length} × ${rowOfColumn.length}`, `${rows} lignes × ${columns} colonnes`);
  if (rowDuals.length !== rows || columnDuals.length !== columns)
    throw refuse(`${rowDuals.length} et ${columnDuals.length} prix`, `${rows} et ${columns} prix`);
  const holder = new Int32Array(columns).fill(-1);
  let pairs = 0;
  for (let i = 0; i < rows; i++) {
    const j = columnOfRow[i];
    if (j === -1) continue;
    const name = `${rowName(costs, i)}, ${j >= 0 && j < columns ? columnName(costs, j) : `colonne ${j}`}`;
    if (!(j >= 0 && j < columns)) throw refuse(name, `une colonne de 0 à ${columns - 1}`);
    if (holder[j] >= 0) throw refuse(name, "une colonne n'est prise qu'une fois");
    if (values[i * columns + j] === Number.POSITIVE_INFINITY) throw refuse(name, "une paire permise");
    holder[j] = i;
    pairs++;
  }
  if (holder.some((row, j) => row !== rowOfColumn[j]))
    throw refuse("lignes et colonnes en désaccord", "deux sens d'un même appariement");
  if (pairs !== Math.min(rows, columns)) throw refuse(`${pairs} paires`, `${Math.min(rows, columns)} paires`);
  return pairs;
}

/** The larger side's prices are at most 0, and 0 where nobody is assigned: by how much the worst one is not. */
function priceFault(prices: Float64Array, partner: Int32Array): number {
  let worst = 0;
  for (let k = 0; k < prices.length; k++) {
    const fault = partner[k] < 0 ? Math.abs(prices[k]) : prices[k];
    if (!(fault <= worst)) worst = fault;
  }
  return worst;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
