import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { ModelMatrix } from "../regression/model-term.ts";

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
  const kept = groups.map((group) => keptGroup(group, fixed, used, all));
  return { successes, trials: persons, groups: kept };
}

/** The levels of the rows kept. Refuses a factor that is missing in a row used, that has one level, or a level a person. */
export function keptGroup(
  group: CategoricalVariable,
  { sourceRows, keptRows }: Pick<ModelMatrix, "sourceRows" | "keptRows">,
  used: readonly number[],
  persons: number,
): CategoricalVariable {
  const { name, levels } = group;
  if (group.codes.length !== sourceRows)
    throw new QuartiersError({
      what: `Le groupe « ${name} » n'a pas un niveau par ligne`,
      value: String(group.codes.length),
      expected: `${sourceRows} niveaux`,
    });
  const codes = Int32Array.from(keptRows, (row) => group.codes[row]);
  const met = new Set<number>();
  for (const row of used) {
    const code = codes[row];
    if (!(code >= 0 && code < levels.length))
      throw new QuartiersError({
        what: `Le groupe « ${name} » manque`,
        where: `ligne ${keptRows[row] + 1}`,
        expected: `un des ${levels.length} niveaux du groupe`,
        remedy: "retirer la ligne, ou donner un niveau propre aux réponses manquantes",
      });
    met.add(code);
  }
  if (met.size < 2)
    throw new QuartiersError({
      what: `Le groupe « ${name} » n'a qu'un niveau observé\u00a0: aucune variance ne peut être estimée`,
      value: [...met].map((code) => levels[code]).join(", "),
      expected: "au moins deux niveaux avec des personnes",
      remedy: "retirer ce groupe du modèle",
    });
  if (met.size >= persons)
    throw new QuartiersError({
      what: `Le groupe « ${name} » a autant de niveaux que de personnes\u00a0: son effet ne se distingue pas du hasard`,
      value: String(met.size),
      expected: `moins de ${Math.ceil(persons)} niveaux`,
      remedy: "grouper les niveaux",
    });
  return { name, levels, codes };
}
