import { QuartiersError } from "../../codes/errors.ts";
import type { Ascent } from "../areas/newton-ascent.ts";
import { informationAt } from "../areas/newton-ascent.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";

type Ascended = (parameters: Float64Array) => { readonly logLikelihood: number; readonly gradient: Float64Array };

/**
 * Maximum of a smooth function from its exact gradient: Newton's step with the information of the start kept and corrected by each move (BFGS), so that one
 * evaluation a step is enough; where it has converged the information is computed again by differences of the gradient, and Newton's step with it must gain
 * nothing. O(steps + 4 parameters) evaluations.
 */
export function quasiNewtonAscent(at: Ascended, start: Float64Array): Ascent {
  const size = start.length;
  let parameters = Float64Array.from(start);
  let current = at(parameters);
  let information = positive(informationAt(at, parameters, size), size);
  let fresh = true;
  for (let step = 0; step < 500; step++) {
    const { move, gain } = stepFrom(information, current.gradient);
    // On a ridge (effects that the data do not tell apart) steps go on without end for nothing: a ten-millionth of log-likelihood is then enough.
    const enough = step < 60 ? 1e-12 : 1e-7;
    if (fresh && gain < enough) return { parameters, logLikelihood: current.logLikelihood, information };
    let part = Math.min(1, 4 / Math.max(...move.map(Math.abs)));
    let tried = parameters;
    let next = current;
    for (; ; part /= 2) {
      tried = parameters.map((value, k) => value + part * move[k]);
      next = at(tried);
      // A part of the gain that the slope announces (Armijo), but for rounding: a deviation must not jump between its two signs.
      const least = current.logLikelihood + 1e-4 * part * gain - 1e-12 * Math.abs(current.logLikelihood);
      if (next.logLikelihood >= least || part < 1e-8) break;
    }
    correct(
      information,
      tried.map((value, k) => value - parameters[k]),
      current.gradient.map((value, k) => value - next.gradient[k]),
    );
    parameters = tried;
    current = next;
    fresh = gain < Math.max(1e-9, enough) || part < 1e-8;
    if (fresh) information = positive(informationAt(at, parameters, size), size);
  }
  throw mixedNotConverged();
}

/** Newton's step and what it gains by the slope. */
function stepFrom(
  information: Float64Array,
  gradient: Float64Array,
): { readonly move: Float64Array; readonly gain: number } {
  const factor = cholesky(information, gradient.length);
  if (!factor) throw mixedNotConverged();
  const move = choleskySolve(factor, gradient);
  return { move, gain: move.reduce((sum, value, k) => sum + value * gradient[k], 0) };
}

/** The information made positive definite where the likelihood is not concave, by its own pivots with their sign lost (modified Cholesky). */
function positive(information: Float64Array, size: number): Float64Array {
  if (cholesky(information, size)) return information;
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) {
      let left = information[row * size + column];
      for (let k = 0; k < column; k++) left -= factor[row * size + k] * factor[column * size + k];
      const least = 1e-2 * (1 + Math.abs(information[row * size + row]));
      factor[row * size + column] =
        column < row ? left / factor[column * size + column] : Math.sqrt(Math.max(Math.abs(left), least));
    }
  const made = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      for (let k = 0; k <= Math.min(row, column); k++)
        made[row * size + column] += factor[row * size + k] * factor[column * size + k];
  return made;
}

/** Broyden, Fletcher, Goldfarb and Shanno's correction of the information, in place, left out where the curvature met is not positive. */
function correct(information: Float64Array, move: Float64Array, fall: Float64Array): void {
  const size = move.length;
  const product = new Float64Array(size);
  for (let j = 0; j < size; j++) for (let k = 0; k < size; k++) product[j] += information[j * size + k] * move[k];
  let [met, held] = [0, 0];
  for (let k = 0; k < size; k++) {
    met += fall[k] * move[k];
    held += product[k] * move[k];
  }
  if (!(met > 1e-12 * Math.abs(held)) || !(held > 0)) return;
  for (let j = 0; j < size; j++)
    for (let k = 0; k < size; k++)
      information[j * size + k] += (fall[j] * fall[k]) / met - (product[j] * product[k]) / held;
}

/** The error of a mixed model that has no maximum within reach. */
export const mixedNotConverged = (): QuartiersError =>
  new QuartiersError({
    what: "Le modèle mixte ne converge pas",
    expected: "assez de lignes pour chaque variable et chaque groupe, et des réponses différentes dans chaque profil",
    remedy: "réunir des modalités ou des niveaux, retirer une variable ou un groupe",
  });
