import { QuartiersError } from "../../codes/errors.ts";
import type { Family } from "./family.ts";
import type { ModelMatrix } from "./model-term.ts";

/** Columns of a fit, each with one value a row of the table the matrix was made from. */
export interface OutcomeColumns {
  /** 0 or 1, a number of successes (with `trials`), a count, or a number. */
  readonly outcome: Float64Array;
  /** Trials of each row, for a number of successes. */
  readonly trials?: Float64Array;
  /** Prior weights, 0 or more: a row of weight 0 gets a fitted value and says nothing. */
  readonly weights?: Float64Array;
  /** Known part of the linear predictor. */
  readonly offset?: Float64Array;
}

/** The columns of a fit on the rows of a matrix. */
export interface PreparedOutcome {
  /** Share of successes, count or number. */
  readonly outcome: Float64Array;
  readonly priorWeights: Float64Array;
  readonly trials: Float64Array | null;
  /** Prior weight times trials. */
  readonly weights: Float64Array;
  readonly offset: Float64Array | null;
  /** Rows whose weight is not 0. */
  readonly observations: number;
}

/** Takes the rows of the matrix out of each column, and refuses what the family cannot read, and an outcome that never changes. O(rows). */
export function preparedOutcome(matrix: ModelMatrix, family: Family, columns: OutcomeColumns): PreparedOutcome {
  const { keptRows, sourceRows, rows } = matrix;
  const take = (name: string, column: Float64Array, accepts: (value: number) => boolean, expected: string) => {
    if (column.length !== sourceRows)
      throw new QuartiersError({
        what: `La colonne ${name} n'a pas une valeur par ligne de la table`,
        value: String(column.length),
        expected: `${sourceRows} lignes, celles données à modelMatrix`,
      });
    return Float64Array.from(keptRows, (row) => {
      const value = column[row];
      if (!(Number.isFinite(value) && accepts(value)))
        throw new QuartiersError({
          what: `Valeur impossible dans la colonne ${name}`,
          value: String(value),
          where: `ligne ${row + 1}`,
          expected,
          remedy: Number.isNaN(value)
            ? "donner la colonne à modelMatrix par complete, avec une règle pour les valeurs manquantes"
            : "vérifier la colonne",
        });
      return value;
    });
  };
  const atLeastZero = (value: number): boolean => value >= 0;
  const trials = columns.trials ? take("des essais", columns.trials, atLeastZero, "un nombre d'essais") : null;
  if (trials && family.kind !== "proportion")
    throw new QuartiersError({
      what: "Des essais sont donnés à une famille qui n'en a pas",
      value: family.name,
      expected: "binomial ou quasibinomial",
    });
  const raw = take("de la réponse", columns.outcome, ...acceptedOutcome(family, trials !== null));
  const outcome = raw.map((value, row) => {
    if (!trials) return value;
    if (value > trials[row])
      throw new QuartiersError({
        what: "Plus de succès que d'essais",
        where: `ligne ${keptRows[row] + 1}`,
        expected: "un nombre de succès au plus égal aux essais",
      });
    return trials[row] > 0 ? value / trials[row] : 0;
  });
  const priorWeights = columns.weights
    ? take("des poids", columns.weights, atLeastZero, "un poids fini, positif ou nul")
    : new Float64Array(rows).fill(1);
  const weights = trials ? priorWeights.map((weight, row) => weight * trials[row]) : priorWeights;
  const offset = columns.offset ? take("du décalage", columns.offset, () => true, "un nombre fini") : null;
  const observations = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (observations < matrix.columns)
    throw new QuartiersError({
      what: "Moins de lignes que de coefficients",
      value: String(observations),
      expected: `au moins ${matrix.columns} lignes de poids non nul`,
      remedy: "retirer des variables, ou réunir des modalités",
    });
  refuseConstantOutcome(family, outcome, weights);
  return { outcome, priorWeights, trials, weights, offset, observations };
}

function acceptedOutcome(family: Family, withTrials: boolean): [(value: number) => boolean, string] {
  if (family.kind === "number") return [() => true, "un nombre fini"];
  if (withTrials) return [(value) => value >= 0, "un nombre de succès, positif ou nul"];
  if (family.name === "quasibinomial") return [(value) => value >= 0 && value <= 1, "une part de 0 à 1"];
  if (family.kind === "proportion")
    return [(value) => value === 0 || value === 1, "0 ou 1 (ou des succès avec trials)"];
  if (family.name === "quasipoisson") return [(value) => value >= 0, "un nombre positif ou nul"];
  return [(value) => value >= 0 && Number.isInteger(value), "un nombre entier, positif ou nul"];
}

function refuseConstantOutcome({ kind }: Family, outcome: Float64Array, weights: Float64Array): void {
  if (kind === "number") return;
  const all = (value: number): boolean => outcome.every((y, row) => weights[row] === 0 || y === value);
  const [nobody, everybody] = [all(0), kind === "proportion" && all(1)];
  if (nobody || everybody)
    throw new QuartiersError({
      what: nobody
        ? "Personne n'a la pratique parmi les lignes du modèle"
        : "Tout le monde a la pratique parmi les lignes du modèle",
      expected: "une pratique que certains ont et d'autres non\u00a0: sans différence, rien ne s'explique",
      remedy: "élargir le domaine, ou donner le taux et son intervalle sans modèle",
    });
}
