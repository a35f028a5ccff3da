import { QuartiersError } from "../../codes/errors.ts";
import { checkIndependent, type DesignMatrix } from "../areas/design-matrix.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

export interface MixedLogitInput {
  /** One value a row: 0 or 1 for a person, or the number of persons of a cell who say yes. */
  readonly successes: Float64Array;
  /** Persons of each cell; 1 a row when left out. A cell of 0 persons counts for nothing. */
  readonly trials?: Float64Array;
  /** Fixed effects, the constant included (`designMatrix`). */
  readonly design: DesignMatrix;
  /** Factors whose levels each have a normal effect (random intercepts, crossed or nested); a level may have nobody. */
  readonly groups: readonly CategoricalVariable[];
}

/** Refuses, with the row, what no mixed model can read. Returns the persons of each row. O(rows x (columns^2 + factors)). */
export function checkMixedLogit(
  { successes, trials, design, groups }: MixedLogitInput,
  wholeCounts: boolean,
): Float64Array {
  const persons = trials ?? new Float64Array(successes.length).fill(1);
  if (persons.length !== successes.length || design.rows !== successes.length)
    throw new QuartiersError({
      what: "Chaque ligne doit avoir une réponse, un effectif et des variables explicatives",
      value: `${successes.length}, ${persons.length} et ${design.rows}`,
      expected: "trois nombres de lignes égaux",
    });
  let [yes, all] = [0, 0];
  const used: number[] = [];
  persons.forEach((n, row) => {
    const y = successes[row];
    if (!(Number.isFinite(n) && y >= 0 && n >= y))
      throw new QuartiersError({
        what: "Réponse ou effectif manquant, ou impossible",
        where: `ligne ${row + 1}`,
        expected: trials
          ? "des oui entre 0 et l'effectif de la cellule"
          : "0 (non) ou 1 (oui)\u00a0; avec des cellules, donner aussi les effectifs",
        remedy: "retirer la ligne, et dire combien de personnes n'ont pas répondu",
      });
    if (wholeCounts && !(Number.isInteger(n) && Number.isInteger(y)))
      throw new QuartiersError({
        what: "Des effectifs qui ne sont pas des nombres entiers",
        where: `ligne ${row + 1}`,
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
  if (groups.length === 0)
    throw new QuartiersError({
      what: "Un modèle mixte sans groupe",
      expected: "au moins un facteur dont les niveaux ont chacun un effet",
      remedy: "sans groupe, employer une régression logistique",
    });
  for (const group of groups) checkGroup(group, used, successes.length, all);
  checkIndependent(design, used);
  return persons;
}

/** Refuses a grouping factor that is missing somewhere, has one level, or a level a person. */
export function checkGroup(
  { name, levels, codes }: CategoricalVariable,
  used: readonly number[],
  rows: number,
  persons: number,
): void {
  if (codes.length !== rows)
    throw new QuartiersError({
      what: `Le groupe « ${name} » n'a pas un niveau par ligne`,
      value: String(codes.length),
      expected: `${rows} niveaux`,
    });
  const met = new Set<number>();
  for (const row of used) {
    const code = codes[row];
    if (!(code >= 0 && code < levels.length))
      throw new QuartiersError({
        what: `Le groupe « ${name} » manque`,
        where: `ligne ${row + 1}`,
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
}
