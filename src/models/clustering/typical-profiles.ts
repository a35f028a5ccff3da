import { QuartiersError } from "../../codes/errors.ts";
import type { CategoryTrait, ClassDescription } from "./class-description.ts";

/** The answer by which a class differs most from all, for one question. */
export interface TypicalAnswer {
  readonly variable: string;
  readonly level: string;
  /** People of the class who gave it: at least `minimum`. */
  readonly people: number;
  /** Share of the class who gave it, and of all; weighted when the description is. */
  readonly shareInClass: number;
  readonly shareOverall: number;
  readonly vTest: number;
}

export interface TypicalProfile {
  readonly label: number;
  readonly people: number;
  /** One answer a question, the most characteristic first. */
  readonly answers: readonly TypicalAnswer[];
  /** Questions of which the most characteristic answer is that of too few people of the class to be told. */
  readonly withheld: readonly string[];
}

/**
 * For each class, a profile recombined of its most characteristic answer to each question. It reads tables of counts only, never a row: the profile is that of no one, though someone may happen to
 * answer so. An answer given by fewer than `minimum` people of the class (11 by default) is withheld, and its question named. Real people closest to a class
 * (parangons) are not offered: they would be one person's answers. Equal v-tests: the answer of more people, then the first one. O(answers).
 * @example
 * ```ts
 * const trait = (level, people, vTest) => ({ variable: "cinéma", level, people, vTest, levelInClass: people / 40, levelOverall: 0.5, weighted: null });
 * const described = { label: 0, people: 40, categories: [trait("oui", 30, 4.1), trait("non", 10, -4.1)] };
 * const [{ answers }] = typicalProfiles({ classes: [described] });
 * [answers[0].level, answers[0].shareInClass] // [ 'oui', 0.75 ]
 * ```
 */
export function typicalProfiles(
  { classes }: Pick<ClassDescription, "classes">,
  { minimum = 11 }: { readonly minimum?: number } = {},
): readonly TypicalProfile[] {
  if (!Number.isInteger(minimum) || minimum < 1)
    throw new QuartiersError({
      what: "Effectif minimal impossible",
      value: String(minimum),
      expected: "un entier d'au moins 1",
    });
  return classes.map(({ label, people, categories }) => {
    const best = new Map<string, CategoryTrait>();
    for (const trait of categories) {
      const known = best.get(trait.variable);
      if (!known || trait.vTest > known.vTest || (trait.vTest === known.vTest && trait.people > known.people))
        best.set(trait.variable, trait);
    }
    const told = [...best.values()].filter((trait) => trait.people >= minimum);
    return {
      label,
      people,
      answers: told
        .sort((a, b) => b.vTest - a.vTest)
        .map(({ variable, level, people: givers, vTest, levelInClass, levelOverall, weighted }) => ({
          ...{ variable, level, people: givers, vTest },
          shareInClass: weighted?.levelInClass ?? levelInClass,
          shareOverall: weighted?.levelOverall ?? levelOverall,
        })),
      withheld: [...best.values()].filter((trait) => trait.people < minimum).map(({ variable }) => variable),
    };
  });
}
