import { QuartiersError } from "../../codes/errors.ts";
import type { BundledFigure } from "../../notebook/bundle.ts";
import type { Override } from "../../protection/override.ts";

/**
 * Holds each override that the gate was given against those declared beside the book, signed and in force: one that nobody declared stops the build, so that
 * all of them are printed.
 * @throws QuartiersError naming the figure and the rule
 */
export function checkDeclared(figures: readonly BundledFigure[], declared: readonly Override[]): void {
  const known = new Set(declared.map(textOf));
  for (const { id, release } of figures) {
    const { overrides = [] } = release as { readonly overrides?: readonly Override[] };
    for (const override of overrides) {
      if (known.has(textOf(override))) continue;
      throw new QuartiersError({
        what: "Une figure emploie une dérogation qui n'est pas déclarée, ou pas dans les mêmes termes",
        value: `${id}, ${override.rule}`,
        expected: "la même dérogation dans livre/derogations.yaml, signée et en vigueur",
        remedy: "la déclarer, ou la retirer de l'expérience",
      });
    }
  }
}

const textOf = ({ place, rule, reason, signedBy, on, until, agreement = "" }: Override): string =>
  JSON.stringify([place, rule, reason, signedBy, on, until, agreement]);
