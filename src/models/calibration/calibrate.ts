import { QuartiersError } from "../../codes/errors.ts";
import { ConflictingMarginsError, conflictsOf, infeasible } from "./calibration-errors.ts";
import type { CalibrationDistance, RatioBounds } from "./distance.ts";
import { type DualSolution, dualNewton } from "./dual-newton.ts";
import { linearDistance } from "./linear-distance.ts";
import { logitDistance } from "./logit-distance.ts";
import { type MarginDependencies, marginDependencies } from "./margin-dependencies.ts";
import { checkTargets } from "./margin-targets.ts";
import { rakingDistance } from "./raking-distance.ts";
import { reachableMargins } from "./reachable-margins.ts";
import { marginName, type SeedColumns } from "./seed-columns.ts";
import { truncatedDistance } from "./truncated-distance.ts";
import { type StartSums, startSums, type WeightReport, weightReport } from "./weight-report.ts";

export interface CalibrationOptions {
  /** "raking" (default): positive weights. "linear": GREG, truncated when bounds are given. "logit": bounds needed. */
  readonly method?: "raking" | "linear" | "logit";
  /** Bounds of the ratio of the weight after to the weight before. */
  readonly bounds?: RatioBounds;
  /**
   * Softness of the margins (one number, or one a margin): a gap costs gap^2 / (2 ridge), beside the distance of the weights. 0 (default) is exact. A margin known to
   * a relative error e asks for (e x target)^2 (`ridgeOfErrors`).
   */
  readonly ridge?: number | Float64Array;
  /** A margin of 0 with households in it: "refuse" (default) or "exclude", their weight is then 0 and the report counts them. Linear weights can meet it as it is. */
  readonly zeroMargins?: "refuse" | "exclude";
  /** Multiplies the start weights so that they add up to the households of the targets, before any bound is applied. Default false. */
  readonly scaleStart?: boolean;
  /** Largest gap left on a margin, relative to its target. Default 1e-10. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

export interface CalibrationInput extends CalibrationOptions {
  /** Weight of each household before; positive. */
  readonly weights: Float64Array;
  /** One total a margin, in the order of the columns (`marginTargets`). */
  readonly targets: Float64Array;
  /** Name of the area, for messages. */
  readonly where?: string;
}

/** A weighting by profile: what every household of a profile is multiplied by. */
export interface ProfileCalibration {
  /** Ratio to the start weights, whole (scale included); 0 for an excluded profile. */
  readonly ratios: Float64Array;
  /** Multiplier of each margin (lambda). With a ridge, the gap of a margin is - ridge x multiplier. */
  readonly multipliers: Float64Array;
  readonly iterations: number;
  /** What the start weights were multiplied by first; 1 unless `scaleStart`. Ratios of the report are relative to the scaled weights. */
  readonly scale: number;
  readonly report: WeightReport;
}

export interface Calibration extends ProfileCalibration {
  /** Weight of each household after. */
  readonly weights: Float64Array;
}

/**
 * Calibrates the weights of seed households on margins of households, persons and quantities together: the weights nearest to the start weights that
 * meet every margin (Deville and Särndal 1992), by Newton on the dual. Margins that follow from others are checked, not solved twice.
 *
 * Errors: absent or negative margins, a margin with no household in the seed, a margin of 0 (see `zeroMargins`), margins that contradict each other
 * (`ConflictingMarginsError`), margins that no admitted weights meet (`InfeasibleCalibrationError`, with its proof). What is returned has converged.
 * O(households + iterations x (cells + margins^3)).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 1, 1), profileSize: Int32Array.of(1, 2),
 *   margins: [{ variable: "taille", category: "1", of: "households" }, { variable: "taille", category: "2+", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * const { weights, report } = calibrate(columns, { weights: Float64Array.of(10, 10, 10), targets: Float64Array.of(30, 30) });
 * [[...weights].map(Math.round), report.effectiveAfter.toFixed(2)] // [ [ 30, 15, 15 ], "2.67" ]
 * ```
 */
export function calibrate(columns: SeedColumns, input: CalibrationInput): Calibration {
  checkWeights(columns, input.weights);
  const found = calibrateProfiles(columns, startSums(columns, input.weights), input);
  const weights = input.weights.map((weight, i) => weight * found.ratios[columns.profileOf[i]]);
  return { ...found, weights };
}

/** Dependencies of the exact margins, to be found once for many areas; null when profiles are excluded and they must be found again. */
export function hardDependencies(columns: SeedColumns, ridge: Float64Array): MarginDependencies {
  return marginDependencies(columns, new Float64Array(columns.profiles).fill(1), hardMargins(ridge));
}

/** `calibrate` on the sums of the start weights by profile; what many areas share. */
export function calibrateProfiles(
  columns: SeedColumns,
  given: StartSums,
  input: Omit<CalibrationInput, "weights">,
  shared?: MarginDependencies,
): ProfileCalibration {
  const { targets, where, zeroMargins = "refuse", scaleStart = false, tolerance = 1e-10, maxIterations = 200 } = input;
  checkTargets(columns, targets, where);
  const distance = distanceOf(input);
  const ridge = ridgeColumn(columns, input.ridge);
  const kept = withoutZeroMargins(columns, given, targets, ridge, distance, zeroMargins, where);
  const scale = scaleStart ? startScale(columns, kept.weights, targets) : 1;
  const start: StartSums = {
    weights: kept.weights.map((weight) => scale * weight),
    squares: kept.squares.map((square) => scale * scale * square),
  };
  const hard = hardMargins(ridge);
  const dependencies = kept === given && shared ? shared : marginDependencies(columns, start.weights, hard);
  checkEmpty(columns, dependencies, targets, where);
  const conflicts = conflictsOf(columns, targets, dependencies.ties, Math.max(tolerance, 1e-12));
  if (conflicts.length > 0) throw new ConflictingMarginsError(conflicts, where);
  const soft = Int32Array.from(ridge.keys()).filter((margin) => ridge[margin] > 0);
  const free = Int32Array.from([...dependencies.free, ...soft]).sort();
  const watched = Int32Array.from([...free, ...dependencies.ties.map(({ margin }) => margin)]);
  const agreed = agreedTargets(targets, dependencies);
  const problem = { columns, start: start.weights, targets: agreed, free, watched, ridge, distance, tolerance };
  const first = distance.name === "raking" ? rakingStart(columns, start.weights, targets, free) : undefined;
  let solution = dualNewton({ ...problem, maxIterations: Math.min(25, maxIterations), ...(first ? { first } : {}) });
  if (!solution.converged) {
    checkReachable(columns, start.weights, targets, hard, distance, where);
    const { iterations, multipliers } = solution;
    solution = dualNewton({ ...problem, maxIterations: maxIterations - iterations, first: multipliers });
    solution = { ...solution, iterations: solution.iterations + iterations };
  }
  if (!solution.converged) throw notConverged(solution, where);
  const ratios = solution.ratios.map((ratio, p) => (start.weights[p] > 0 ? ratio : 0));
  const report = weightReport(columns, start, ratios, targets, [distance.low, distance.high]);
  return {
    ratios: scale === 1 ? ratios : ratios.map((ratio) => scale * ratio),
    multipliers: solution.multipliers,
    iterations: solution.iterations,
    scale,
    report,
  };
}

/** Tied targets without their rounding: exactly what the free ones imply. */
function agreedTargets(targets: Float64Array, { ties }: MarginDependencies): Float64Array {
  const agreed = targets.slice();
  for (const { margin, coefficients } of ties) {
    if (targets[margin] === 0) continue;
    agreed[margin] = 0;
    for (let k = 0; k < targets.length; k++) if (coefficients[k] !== 0) agreed[margin] += coefficients[k] * targets[k];
  }
  return agreed;
}

function distanceOf({ method = "raking", bounds }: CalibrationOptions): CalibrationDistance {
  if (method === "logit") {
    if (bounds) return logitDistance(bounds);
    throw new QuartiersError({
      what: "Le calage logit demande des bornes",
      expected: "bounds: [basse, haute], par exemple [0.2, 5]",
    });
  }
  if (method === "linear") return bounds ? truncatedDistance(bounds) : linearDistance;
  if (bounds)
    throw new QuartiersError({
      what: "Le calage par raking n'a pas de bornes",
      value: bounds.join(" ; "),
      remedy: "choisir logit, ou linear (tronqué)",
    });
  return rakingDistance;
}

/** Softness as a column. */
export function ridgeColumn({ margins }: SeedColumns, ridge: number | Float64Array = 0): Float64Array {
  const column = typeof ridge === "number" ? new Float64Array(margins.length).fill(ridge) : ridge;
  const odd = column.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (odd >= 0 || column.length !== margins.length)
    throw new QuartiersError({
      what: "Souplesse des marges impossible",
      value: odd >= 0 ? String(column[odd]) : `${column.length} valeurs`,
      expected: `un nombre fini, positif ou nul, ou ${margins.length} nombres`,
    });
  return column;
}

const hardMargins = (ridge: Float64Array): Int32Array =>
  Int32Array.from(ridge.keys()).filter((margin) => ridge[margin] === 0);

/** Refuses start weights that are not positive. */
export function checkWeights({ households }: SeedColumns, weights: Float64Array): void {
  const odd = weights.findIndex((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0 || weights.length !== households)
    throw new QuartiersError({
      what: "Poids de départ impossibles",
      value: odd >= 0 ? String(weights[odd]) : `${weights.length} poids`,
      expected: `${households} nombres finis et supérieurs à 0`,
      ...(odd >= 0 ? { where: `ménage ${odd + 1}` } : {}),
    });
}

/** The start weights without the profiles that hold something of a margin of 0; the same object when there are none. */
function withoutZeroMargins(
  columns: SeedColumns,
  start: StartSums,
  targets: Float64Array,
  ridge: Float64Array,
  distance: CalibrationDistance,
  rule: "refuse" | "exclude",
  where: string | undefined,
): StartSums {
  const { margins, rowStart, column, value, profiles } = columns;
  if (distance.name === "linear" && rule === "refuse") return start;
  const isZero = Uint8Array.from(margins, ({ of }, k) =>
    of !== "quantity" && targets[k] === 0 && ridge[k] === 0 ? 1 : 0,
  );
  if (!isZero.includes(1)) return start;
  const out = new Uint8Array(profiles);
  let culprit = -1;
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++)
      if (isZero[column[k]] === 1 && value[k] !== 0 && start.weights[p] > 0) {
        out[p] = 1;
        culprit = column[k];
      }
  if (culprit < 0) return start;
  if (rule === "refuse")
    throw new QuartiersError({
      what: "Marge nulle dont l'échantillon a des ménages",
      value: marginName(margins[culprit]),
      expected: "un total supérieur à 0\u00a0: aucun poids positif ne donne zéro",
      remedy: 'vérifier que zéro n\'est pas une valeur absente, puis exclure ces ménages (zeroMargins: "exclude")',
      ...(where === undefined ? {} : { where }),
    });
  const without = (sums: Float64Array): Float64Array => sums.map((sum, p) => (out[p] === 1 ? 0 : sum));
  return { weights: without(start.weights), squares: without(start.squares) };
}

function checkEmpty(
  { margins }: SeedColumns,
  { empty }: MarginDependencies,
  targets: Float64Array,
  where: string | undefined,
): void {
  const names = [...empty]
    .filter((margin) => targets[margin] !== 0)
    .map((margin) => `${marginName(margins[margin])} (${targets[margin]})`);
  if (names.length > 0)
    throw new QuartiersError({
      what: "Marge sans aucun ménage dans l'échantillon",
      value: names.join(", "),
      expected: "au moins un ménage de l'échantillon dans chaque modalité à atteindre",
      remedy: "regrouper la modalité avec une voisine, ou élargir l'échantillon de départ",
      ...(where === undefined ? {} : { where }),
    });
}

/** Households of the targets (those of the first household variable; else all totals) over those of the start weights. */
function startScale(columns: SeedColumns, start: Float64Array, targets: Float64Array): number {
  const { margins, rowStart, column, value, profiles } = columns;
  const variable = margins.find(({ of }) => of === "households")?.variable;
  const counts = Uint8Array.from(margins, (margin) =>
    variable === undefined ? (margin.of === "persons" ? 1 : 0) : margin.variable === variable ? 1 : 0,
  );
  let [asked, held] = [0, 0];
  for (let k = 0; k < targets.length; k++) if (counts[k] === 1) asked += targets[k];
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) if (counts[column[k]] === 1) held += start[p] * value[k];
  return asked > 0 && held > 0 ? asked / held : 1;
}

/** Multipliers that already give the categories of the first household variable their totals: Newton then starts at the right scale. */
function rakingStart(columns: SeedColumns, start: Float64Array, targets: Float64Array, free: Int32Array): Float64Array {
  const { margins, rowStart, column, value, profiles } = columns;
  const first = new Float64Array(margins.length);
  const variable = margins.find(({ of }) => of === "households")?.variable;
  if (variable === undefined) return first;
  const held = new Float64Array(margins.length);
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) held[column[k]] += start[p] * value[k];
  for (const margin of free)
    if (margins[margin].variable === variable && held[margin] > 0 && targets[margin] > 0)
      first[margin] = Math.log(targets[margin] / held[margin]);
  return first;
}

function checkReachable(
  columns: SeedColumns,
  start: Float64Array,
  targets: Float64Array,
  margins: Int32Array,
  { low, high }: CalibrationDistance,
  where: string | undefined,
): void {
  if (low === Number.NEGATIVE_INFINITY) return;
  const found = reachableMargins(columns, { start, targets, margins, low, high });
  const scale = targets.reduce((sum, target) => sum + Math.abs(target), 0);
  if (!found || found.gap <= 1e-9 * scale) return;
  const bounds = high === Number.POSITIVE_INFINITY ? "positif ou nul" : `entre ${low} et ${high}`.replaceAll(".", ",");
  throw infeasible(columns, targets, found, bounds, where);
}

const notConverged = ({ gap, iterations }: DualSolution, where: string | undefined): QuartiersError =>
  new QuartiersError({
    what: "Le calage ne converge pas",
    value: `écart relatif de ${gap.toPrecision(3)} après ${iterations} itérations`,
    expected: "des marges intérieures à ce que l'échantillon peut donner",
    remedy: "élargir les bornes, regrouper les petites modalités, ou caler souplement (ridge)",
    ...(where === undefined ? {} : { where }),
  });
