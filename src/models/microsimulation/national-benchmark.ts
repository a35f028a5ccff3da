import { QuartiersError } from "../../codes/errors.ts";

export interface NationalBenchmarkInput {
  /** Eligible persons of every area of the NATIONAL model, by group (free, participation only). */
  readonly eligible: Readonly<Record<string, Float64Array>>;
  /** Published national eligible persons of the same groups. */
  readonly targets: Readonly<Record<string, number>>;
}

export interface NationalBenchmark {
  /** What each group is multiplied by; far from 1, the model and the publisher do not count the same persons. */
  readonly kappa: Readonly<Record<string, number>>;
  readonly eligible: Readonly<Record<string, Float64Array>>;
}

/**
 * Multiplies the eligible of each group by one number, the same in all areas, so that they add up to the national total published: kappa = target / sum. Sums equal the
 * targets to 1e-12 of them. The national model has to be whole: areas of one region do not add up to a nation. Refuses a group without
 * a target or the reverse, missing or negative values, sums and targets of 0. O(areas).
 * @example
 * ```ts
 * const { kappa, eligible } = nationalBenchmark({ eligible: { free: Float64Array.of(30, 50) }, targets: { free: 100 } });
 * [kappa.free, [...eligible.free]] // [ 1.25, [ 37.5, 62.5 ] ]
 * ```
 */
export function nationalBenchmark({ eligible, targets }: NationalBenchmarkInput): NationalBenchmark {
  const odd = Object.keys({ ...eligible, ...targets }).find(
    (group) => eligible[group] === undefined || targets[group] === undefined,
  );
  if (odd !== undefined)
    throw new QuartiersError({
      what: "Groupe sans effectif ou sans total national",
      value: odd,
      expected: "les mêmes groupes des deux côtés",
    });
  const kappa = Object.fromEntries(
    Object.entries(eligible).map(([group, areas]) => {
      let sum = 0;
      for (const count of areas) {
        if (!(count >= 0))
          throw new QuartiersError({
            what: "Effectif d'éligibles absent ou négatif dans le modèle national",
            value: String(count),
            where: group,
            expected: "un nombre positif ou nul dans chaque zone",
          });
        sum += count;
      }
      const target = targets[group];
      if (!(sum > 0 && target > 0 && target < Number.POSITIVE_INFINITY))
        throw new QuartiersError({
          what: "Calage national impossible",
          value: `modèle ${sum}, publié ${target}`,
          where: group,
          expected: "deux totaux supérieurs à 0",
        });
      return [group, target / sum];
    }),
  );
  const moved = Object.entries(eligible).map(([group, areas]) => [group, areas.map((count) => count * kappa[group])]);
  return { kappa, eligible: Object.fromEntries(moved) as Record<string, Float64Array> };
}
