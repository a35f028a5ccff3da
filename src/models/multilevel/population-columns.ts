import { QuartiersError } from "../../codes/errors.ts";
import type { DesignMatrix } from "../areas/design-matrix.ts";
import type { CategoricalTerm, ModelMatrix, NumberTerm } from "../regression/model-term.ts";

/**
 * The columns of a model for other rows, a census for instance: each variable of the model is looked up by its name and each answer by the name of its
 * level. Refuses a variable that the rows lack, a missing value, and a level that nobody of the sample had: the model says nothing of it. Row after row.
 * O(rows x columns).
 */
export function populationColumns(
  { names, columns, variables, factors }: ModelMatrix,
  terms: readonly (CategoricalTerm | NumberTerm)[],
  rows: number,
): DesignMatrix {
  const values = new Float64Array(rows * columns);
  const single = new Map<number, Float64Array>();
  for (const variable of variables) {
    const term = terms.find(({ name }) => name === variable.name);
    if (!term)
      throw new QuartiersError({
        what: `La population ne dit rien de « ${variable.name} », que le modèle emploie`,
        expected: variables.map(({ name }) => name).join(", "),
      });
    const given = "values" in term ? term.values.length : term.codes.length;
    if (given !== rows || "values" in term !== (variable.kind === "number"))
      throw new QuartiersError({
        what: `« ${variable.name} » n'est pas décrite dans la population comme dans l'échantillon`,
        value: `${given} valeurs`,
        expected: `${rows} ${variable.kind === "number" ? "nombres" : "réponses"}`,
      });
    if ("values" in term) {
      const missing = term.values.findIndex((value) => !Number.isFinite(value));
      if (missing >= 0) throw missingIn(term.name, missing);
      single.set(variable.columns[0] ?? 0, term.values);
      continue;
    }
    const places = term.levels.map((level) => variable.levels.indexOf(level));
    const codes = term.codes.map((code, row) => {
      if (!(code >= 0 && code < places.length)) throw missingIn(term.name, row);
      const place = places[code] ?? -1;
      if (place < 0)
        throw new QuartiersError({
          what: `Personne dans l'échantillon n'a cette réponse à « ${term.name} »`,
          value: term.levels[code] ?? "",
          where: `cellule ${row + 1} de la population`,
          expected: variable.levels.join(", "),
          remedy: "réunir la modalité avec une autre, ou faire de la variable un groupe à effet aléatoire",
        });
      return place;
    });
    const shown = variable.levels.filter((level) => level !== variable.reference);
    shown.forEach((level, index) => {
      const place = variable.levels.indexOf(level);
      single.set(
        variable.columns[index] ?? 0,
        Float64Array.from(codes, (code) => Number(code === place)),
      );
    });
  }
  for (let column = 0; column < columns; column++) {
    const parts = (factors[column] ?? []).map((factor) => single.get(factor));
    for (let row = 0; row < rows; row++) {
      let product = 1;
      for (const part of parts) product *= part?.[row] ?? Number.NaN;
      values[row * columns + column] = product;
    }
  }
  return { names, rows, columns, values };
}

const missingIn = (name: string, row: number): QuartiersError =>
  new QuartiersError({
    what: `« ${name} » manque dans la population`,
    where: `cellule ${row + 1}`,
    expected: "une valeur connue dans chaque cellule",
  });
