import { QuartiersError } from "../../codes/errors.ts";
import { populatedPlaces } from "./populated-places.ts";

/** Accessibility poverty: share of people under the line, mean gap and mean squared gap, each from 0 to 1. */
export interface FgtPoverty {
  readonly incidence: number;
  readonly gap: number;
  readonly severity: number;
}

/**
 * Foster, Greer and Thorbecke's poverty measures (1984) with exponents 0, 1 and 2: Σ p_i ((z - A_i) / z)^a over the people strictly under the line z. null when nobody
 * lives there. O(n).
 * @example
 * ```ts
 * fgtPoverty(Float64Array.of(10, 20, 70), Float64Array.of(5, 3, 2), 50).gap.toFixed(2) // "0.58"
 * ```
 */
export function fgtPoverty(access: Float64Array, population: Float64Array, line: number): FgtPoverty | null {
  if (!(line > 0 && line < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Seuil de pauvreté impossible",
      value: String(line),
      expected: "un nombre fini, positif",
    });
  const places = populatedPlaces(access, population);
  if (!places) return null;
  let [incidence, gap, severity] = [0, 0, 0];
  for (let i = 0; i < places.access.length; i++) {
    if (!(places.access[i] < line)) continue;
    const shortfall = (line - places.access[i]) / line;
    incidence += places.shares[i];
    gap += places.shares[i] * shortfall;
    severity += places.shares[i] * shortfall ** 2;
  }
  return { incidence, gap, severity };
}
