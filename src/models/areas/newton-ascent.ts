import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";

export interface Ascent {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  /** Minus the second derivatives of the first `free` parameters. */
  readonly information: Float64Array;
}

/**
 * Newton's method on the first `free` parameters, from the exact gradient and its central differences; steps are halved when they do not rise, and the
 * information is loaded on its diagonal where it is not positive definite.
 */
export function ascend(
  at: (parameters: Float64Array) => { readonly logLikelihood: number; readonly gradient: Float64Array },
  start: Float64Array,
  free: number,
): Ascent {
  let parameters = Float64Array.from(start);
  let current = at(parameters);
  for (let step = 0; step < 60; step++) {
    const information = informationAt(at, parameters, free);
    let factor = cholesky(information, free);
    for (let load = 1e-3; !factor; load *= 10) {
      if (load > 1e12) throw notConverged();
      const loaded = Float64Array.from(information);
      for (let k = 0; k < free; k++) loaded[k * free + k] += load * (1 + Math.abs(information[k * free + k]));
      factor = cholesky(loaded, free);
    }
    const gradient = current.gradient.slice(0, free);
    const move = choleskySolve(factor, gradient);
    const gain = move.reduce((sum, value, k) => sum + value * gradient[k], 0);
    if (gain < 1e-17 * (1 + Math.abs(current.logLikelihood)))
      return { parameters, logLikelihood: current.logLikelihood, information };
    let part = Math.min(1, 4 / Math.max(...move.map(Math.abs)));
    while (true) {
      const tried = parameters.map((value, k) => (k < free ? value + part * move[k] : value));
      const next = at(tried);
      if (next.logLikelihood >= current.logLikelihood - 1e-12 * Math.abs(current.logLikelihood) || part < 1e-8) {
        parameters = tried;
        current = next;
        break;
      }
      part /= 2;
    }
    if (gain < 1e-13)
      return { parameters, logLikelihood: current.logLikelihood, information: informationAt(at, parameters, free) };
  }
  throw notConverged();
}

/** Minus the second derivatives of the first `free` parameters, by central differences of the gradient. */
export function informationAt(
  at: (parameters: Float64Array) => { readonly gradient: Float64Array },
  parameters: Float64Array,
  free: number,
): Float64Array {
  const step = 1e-4;
  const information = new Float64Array(free * free);
  for (let j = 0; j < free; j++) {
    const moved = (by: number): Float64Array =>
      at(parameters.map((value, k) => (k === j ? value + by : value))).gradient;
    const [up, down] = [moved(step), moved(-step)];
    for (let k = 0; k < free; k++) {
      const second = (down[k] - up[k]) / (2 * step);
      information[j * free + k] += second / 2;
      information[k * free + j] += second / 2;
    }
  }
  return information;
}

export const notConverged = (): QuartiersError =>
  new QuartiersError({
    what: "Le modèle logistique ne converge pas",
    expected: "des profils où certains ont la prestation et d'autres non",
    remedy: "réunir des profils, ou retirer une variable",
  });
