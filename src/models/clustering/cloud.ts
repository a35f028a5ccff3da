import { QuartiersError } from "../../codes/errors.ts";

/** Rows to be grouped: points of some dimensions, each with a mass. */
export interface Cloud {
  /** Row-major: `dimensions` numbers a row, on one scale (coordinates on factor axes, or standardised measures). */
  readonly coordinates: Float64Array;
  readonly dimensions: number;
  /** Weight of each row: people represented, or 1. */
  readonly masses: Float64Array;
}

/**
 * Refuses a cloud that no method can group: no row, lengths that disagree, a coordinate missing or infinite, a mass that is not positive. Returns the number of rows. O(n d).
 * @example
 * ```ts
 * checkCloud({ coordinates: Float64Array.of(0, 1, 5, 2), dimensions: 2, masses: Float64Array.of(1, 3) }) // 2
 * ```
 */
export function checkCloud({ coordinates, dimensions, masses }: Cloud): number {
  const size = masses.length;
  if (!Number.isInteger(dimensions) || dimensions < 1 || size === 0 || coordinates.length !== size * dimensions)
    throw new QuartiersError({
      what: size === 0 ? "Rien à classer" : "Coordonnées et masses ne vont pas ensemble",
      value: `${coordinates.length} coordonnées, ${dimensions} axes, ${size} masses`,
      expected: "au moins une ligne, un nombre par axe et une masse par ligne",
    });
  const wrong = coordinates.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new QuartiersError({
      what: `Coordonnée manquante ou infinie à la ligne ${Math.floor(wrong / dimensions) + 1}, axe ${(wrong % dimensions) + 1}`,
      value: String(coordinates[wrong]),
      expected: "des nombres finis",
      remedy: "retirer ces lignes et dire combien, ou leur donner une valeur par une règle écrite",
    });
  const light = masses.findIndex((mass) => !(mass > 0 && mass < Number.POSITIVE_INFINITY));
  if (light >= 0)
    throw new QuartiersError({
      what: `Masse impossible à la ligne ${light + 1}, et ${masses.filter((mass) => !(mass > 0)).length} en tout qui ne sont pas positives`,
      value: String(masses[light]),
      expected: "des nombres finis et positifs",
      remedy: "une ligne sans masse n'a pas de classe\u00a0: la retirer du nuage et dire combien",
    });
  return size;
}
