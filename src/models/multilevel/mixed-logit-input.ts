import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { ModelMatrix } from "../regression/model-term.ts";
import { keptGroup } from "./kept-group.ts";

export interface MixedLogitInput {
  /** One value a row of the table: 0 or 1 for a person, or the number of persons of a cell who say yes. */
  readonly successes: Float64Array;
  /** Persons of each cell; 1 a row when left out. A cell of 0 persons counts for nothing. */
  readonly trials?: Float64Array;
  /** Fixed effects (`modelMatrix`), of the same table: rows that it drops are dropped everywhere. */
  readonly fixed: ModelMatrix;
  /** Factors whose levels each have a normal effect (random intercepts, crossed or nested); a level may have nobody. */
  readonly groups: readonly CategoricalVariable[];
}

/** The columns of a model over the rows kept by its matrix. */
export interface MixedLogitColumns {
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  readonly groups: readonly CategoricalVariable[];
}

/** Refuses, with the row, what no mixed model can read. O(rows x factors). */
export function mixedLogitColumns(input: MixedLogitInput, wholeCounts: boolean): MixedLogitColumns {
  const { fixed, trials } = input;
  const whole = trials ?? new Float64Array(input.successes.length).fill(1);
  if (whole.length !== input.successes.length || fixed.sourceRows !== input.successes.length)
    throw new QuartiersError({
      what: "Chaque ligne doit avoir une réponse, un effectif et des variables explicatives",
      value: `${input.successes.length}, ${whole.length} et ${fixed.sourceRows}`,
      expected: "trois nombres de lignes égaux",
    });
  const successes = Float64Array.from(fixed.keptRows, (row) => input.successes[row]);
  const persons = Float64Array.from(fixed.keptRows, (row) => whole[row]);
  let [yes, all] = [0, 0];
  const used: number[] = [];
  persons.forEach((n, row) => {
    const y = successes[row];
    if (!(Number.isFinite(n) && y >= 0 && n >= y))
      throw new QuartiersError({
        what: "Réponse ou effectif manquant, ou impossible",
        where: `ligne ${fixed.keptRows[row] + 1}`,
        expected: trials
          ? "des oui entre 0 et l'effectif de la cellule"
          : "0 (non) ou 1 (oui)\u00a0; avec des cellules, donner aussi les effectifs",
        remedy: "retirer la ligne, et dire combien de personnes n'ont pas répondu",
      });
    if (wholeCounts && !(Number.isInteger(n) && Number.isInteger(y)))
      throw new QuartiersError({
        what: "Des effectifs qui ne sont pas des nombres entiers",
        where: `ligne ${fixed.keptRows[row] + 1}`,
        expected: "des personnes comptées",
        remedy: 'pour des effectifs pondérés (effectiveCounts), le dire avec l\'option counts: "weighted"',
      });
    yes += y;
    all += n;
    if (n > 0) used.push(row);
  });
  if (!(yes > 0 && yes < all))
    throw new QuartiersError({
      what: "Personne ou tout le monde répond oui\u00a0: aucun modèle ne peut être estimé",
      expected: "des oui et des non",
    });
  const { groups } = input;
  if (groups.length === 0)
    throw new QuartiersError({
      what: "Un modèle mixte sans groupe",
      expected: "au moins un facteur dont les niveaux ont chacun un effet",
      remedy: "sans groupe, employer une régression logistique",
    });
  const kept = groups.map((group) => keptGroup(group, fixed, used, all, "personnes"));
  return { successes, trials: persons, groups: kept };
}
