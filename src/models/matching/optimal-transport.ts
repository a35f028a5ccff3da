import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";
import { type CostMatrix, checkCosts } from "./cost-matrix.ts";
import { checkEpsilon, checkMargins, type Margins, refuseLinesOutOfReach, sharesOf } from "./margins.ts";
import { repairMargins } from "./repair-margins.ts";
import { type ScalingKernel, scalingKernel } from "./scaling-kernel.ts";
import { absorb, type SinkhornState, sinkhorn } from "./sinkhorn.ts";

/** How smooth, how exact, how long. */
export interface EntropicOptions {
  /** Strength of the entropy, in the unit of the costs: the plan spreads over pairs whose costs differ by about as much. */
  readonly epsilon: number;
  /** Distance to the margins at which the iterations stop, as a share of the mass (1e-12). */
  readonly tolerance?: number;
  /** Sweeps of the dense table allowed over all values of epsilon (10 000). */
  readonly iterations?: number;
  /** Dense pass: WebAssembly vectors, their plain twin, or the best there is. The same numbers to the last bit. */
  readonly engine?: "simd" | "plain" | "best";
}

/** A smooth plan and how near it is to the cheapest one. */
export interface EntropicPlan {
  /** Amount of each pair, row-major. Its sums are the margins. */
  readonly plan: Float64Array;
  /** Cost of the plan, in the unit of the costs times that of the margins. The exact optimum lies between `lowerBound` and `total`. */
  readonly total: number;
  readonly lowerBound: number;
  /** Potentials: the plan is exp((f_i + g_j - c_ij) / epsilon), once divided by the mass. */
  readonly rowPotentials: Float64Array;
  readonly columnPotentials: Float64Array;
  /** What is left between the sums of the plan and its margins, as a share of the mass. */
  readonly marginError: number;
  /** Share of the mass moved at the end so that the margins hold: about the tolerance when `converged`. */
  readonly moved: number;
  readonly converged: boolean;
  readonly iterations: number;
  readonly epsilon: number;
}

/**
 * Entropic optimal transport (Cuturi 2013) by Sinkhorn's iterations. Potentials are kept in the log domain (Schmitzer 2019): the dense kernel is only the plan of the
 * potentials reached so far, so that no epsilon underflows; epsilon comes down from the largest cost by quarters, each value starting from the last, and Newton steps
 * on the dual end what plain iterations would take too long to (see `sinkhorn`).
 *
 * The plan respects its margins to 1e-12 of the mass: after the iterations the rest is moved as Altschuler, Weed and Rigollet (2017) do, and `moved` says how
 * much. As epsilon tends to 0 the cost tends to the exact optimum, which always lies between `lowerBound` and `total`. With forbidden pairs (Infinity)
 * nothing can be moved onto them: when the iterations do not reach the tolerance, which is also what happens when no plan exists, an error is thrown.
 *
 * Refuses an empty side, negative or missing costs, margins that are not positive or whose sums differ (see `balanceMargins`), a line out of
 * reach. O(rows x columns) an iteration, 16 bytes a pair.
 * @example
 * ```ts
 * const costs = { rows: 2, columns: 2, values: Float64Array.of(0, 1, 1, 0) };
 * const margins = { rows: Float64Array.of(1, 1), columns: Float64Array.of(1, 1) };
 * Array.from(entropicTransport(costs, margins, { epsilon: 1 }).plan, (amount) => amount.toFixed(6)) // [ "0.731059", "0.268941", "0.268941", "0.731059" ]
 * ```
 */
export function entropicTransport(costs: CostMatrix, margins: Margins, options: EntropicOptions): EntropicPlan {
  const { epsilon, tolerance = 1e-12, iterations: allowed = 10_000, engine = "best" } = options;
  const { largest, forbidden } = checkCosts(costs);
  const mass = checkMargins(costs, margins);
  checkEpsilon(epsilon, largest);
  if (forbidden) refuseLinesOutOfReach(costs);
  const { rows, columns, values } = costs;
  const kernel = scalingKernel(rows, columns, engine);
  const share = sharesOf(margins.columns);
  kernel.rowMargins.set(sharesOf(margins.rows));
  const rowPotentials = new Float64Array(rows);
  const potentials = new Float64Array(columns);
  const state: SinkhornState = {
    kernel,
    costs: values,
    columnShares: share,
    rowPotentials,
    columnPotentials: potentials,
  };
  let iterations = 0;
  let error = Number.POSITIVE_INFINITY;
  for (let strength = Math.max(epsilon, largest); ; strength = Math.max(epsilon, strength / 4)) {
    const last = strength === epsilon;
    const enough = last ? tolerance : Math.max(tolerance, 1e-3);
    const most = last ? allowed : Math.min(allowed, iterations + Math.ceil(allowed / 10));
    ({ iterations, error } = sinkhorn(state, strength, enough, iterations, most));
    if (last) break;
  }
  const converged = error <= tolerance;
  if (forbidden && !converged) throw noPlan(iterations, error);
  const plan = planOf(kernel, mass);
  absorb(kernel.rowScale, rowPotentials, epsilon);
  absorb(kernel.columnScale, potentials, epsilon);
  const repaired = repairMargins(plan, margins.rows, scaledTo(share, mass), !forbidden);
  return {
    plan,
    total: costOf(plan, values),
    lowerBound: mass * lowerBound(costs, sharesOf(margins.rows), share, rowPotentials),
    ...{ rowPotentials, columnPotentials: potentials, converged, iterations, epsilon },
    marginError: repaired.error / mass,
    moved: repaired.moved / mass,
  };
}

function planOf({ rows, columns, stride, matrix, rowScale, columnScale }: ScalingKernel, mass: number): Float64Array {
  const plan = new Float64Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    const scale = rowScale[i] * mass;
    for (let j = 0, k = i * stride; j < columns; j++, k++, at++) plan[at] = scale * matrix[k] * columnScale[j];
  }
  return plan;
}

function costOf(plan: Float64Array, costs: Float64Array): number {
  let total = 0;
  for (let k = 0; k < plan.length; k++) if (plan[k] > 0) total += plan[k] * costs[k];
  return total;
}

/**
 * Weak duality: prices that no pair refuses bound every plan from below. For each column the highest price that the potentials of the rows allow, then for
 * each row the highest that these allow. Costs are never negative, so 0 is a bound too.
 */
function lowerBound(
  { rows, columns, values }: CostMatrix,
  rowShares: Float64Array,
  columnShares: Float64Array,
  rowPotentials: Float64Array,
): number {
  const prices = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) prices[j] = Math.min(prices[j], values[at] - rowPotentials[i]);
  let bound = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let price = Number.POSITIVE_INFINITY;
    for (let j = 0; j < columns; j++, at++) price = Math.min(price, values[at] - prices[j]);
    bound += rowShares[i] * price;
  }
  for (let j = 0; j < columns; j++) bound += columnShares[j] * prices[j];
  return Math.max(0, bound);
}

const noPlan = (iterations: number, error: number): QuartiersError =>
  new QuartiersError({
    what: "Aucun plan de transport n'est atteint sur les paires permises",
    value: `${iterations} itérations, écart aux marges ${Number.isFinite(error) ? error.toExponential(1) : "infini"}`,
    expected: "pour tout groupe, au moins autant de postes à portée que de demandeurs",
    remedy:
      "chercher le groupe en cause avec transport(problème, \u00ab\u202fnone\u202f»), augmenter epsilon, ou admettre des non-affectés",
  });

const scaledTo = (shares: Float64Array, mass: number): Float64Array => shares.map((part) => part * mass);

/** The plan in words, for a page. `unit` is that of the costs (km, min). */
export function explainEntropic(
  { total, lowerBound: bound, epsilon, marginError, moved, converged }: EntropicPlan,
  unit: string,
): string {
  const say = (value: number): string => frenchNumber(value, { decimals: 3, unit });
  const colon = `${HARD_SPACE}:`;
  const end = converged
    ? ""
    : ` Les itérations n'ont pas atteint la précision demandée${colon} ${frenchNumber(100 * moved, { decimals: 3, unit: "%" })} des effectifs ont été déplacés pour respecter les marges.`;
  return (
    `Plan lissé par l'entropie (epsilon${colon} ${say(epsilon)}), marges respectées à ${marginError.toExponential(0)} près${colon} il coûte ${say(total)}, ` +
    `et aucun plan ne coûte moins de ${say(bound)}.${end}`
  );
}
