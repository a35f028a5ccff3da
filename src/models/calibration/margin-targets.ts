import { QuartiersError } from "../../codes/errors.ts";
import { marginName, type SeedColumns } from "./seed-columns.ts";

/** Totals by variable, then by category; a quantity has one number. */
export type NamedTargets = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/**
 * Puts published totals in the order of the margins of the seed. A variable or a category without total, or a total for a category that the
 * seed does not know, is refused: an absent margin is not a zero.
 * @example
 * ```ts
 * const margins = [{ variable: "taille", category: "1", of: "households" }, { variable: "taille", category: "2+", of: "households" }];
 * marginTargets({ margins }, { taille: { "2+": 30, "1": 20 } }) // Float64Array(2) [ 20, 30 ]
 * ```
 */
export function marginTargets({ margins }: Pick<SeedColumns, "margins">, totals: NamedTargets): Float64Array {
  const known = new Set<string>();
  const targets = Float64Array.from(margins, (margin) => {
    known.add(margin.category === null ? margin.variable : `${margin.variable} = ${margin.category}`);
    const given = totals[margin.variable];
    const value = margin.category === null ? given : typeof given === "object" ? given[margin.category] : undefined;
    if (typeof value !== "number" || Number.isNaN(value))
      throw new QuartiersError({
        what: "Marge absente",
        value: marginName(margin),
        expected: "un total pour chaque modalité de chaque variable",
        remedy:
          "donner le total, regrouper la modalité, ou ne pas caler sur cette variable\u00a0: absent n'est pas zéro",
      });
    return value;
  });
  for (const [variable, given] of Object.entries(totals)) {
    const names =
      typeof given === "object" ? Object.keys(given).map((category) => `${variable} = ${category}`) : [variable];
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined)
      throw new QuartiersError({
        what: "Total d'une modalité que l'échantillon ne connaît pas",
        value: unknown,
        expected: "les variables et modalités de l'échantillon de départ",
        remedy: "recoder la variable de la même façon des deux côtés",
      });
  }
  return targets;
}

/** Refuses totals that no weighting can mean: absent, infinite, or negative for a count. */
export function checkTargets({ margins }: Pick<SeedColumns, "margins">, targets: Float64Array, where?: string): void {
  const place = where === undefined ? {} : { where };
  if (targets.length !== margins.length)
    throw new QuartiersError({
      what: "Nombre de marges différent de celui de l'échantillon",
      value: String(targets.length),
      expected: `${margins.length} totaux`,
      ...place,
    });
  margins.forEach((margin, k) => {
    if (!Number.isFinite(targets[k]))
      throw new QuartiersError({
        what: "Marge absente ou infinie",
        value: `${marginName(margin)}\u00a0: ${targets[k]}`,
        expected: "un total fini\u00a0: une valeur secrète ou absente n'est pas zéro",
        ...place,
      });
    if (targets[k] < 0 && margin.of !== "quantity")
      throw new QuartiersError({
        what: "Marge négative",
        value: `${marginName(margin)}\u00a0: ${targets[k]}`,
        expected: "un nombre de ménages ou de personnes positif ou nul",
        ...place,
      });
  });
}
