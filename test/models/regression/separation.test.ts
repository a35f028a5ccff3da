import { describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { cholesky, choleskyLogDeterminant } from "../../../src/models/linear-algebra/cholesky.ts";
import { familyWithLink } from "../../../src/models/regression/family.ts";
import { glm } from "../../../src/models/regression/glm.ts";
import type { LinkName } from "../../../src/models/regression/link.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";

/** Small samples near separation: a rare answer, a count of few values and a number explain a practice strongly. */
function hardCase(seed: number) {
  const random = seededRandom(seed);
  const rows = 12 + Math.floor(random() * 40);
  const column = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  const columns = [
    { name: "rare", values: column(() => Number(random() < 0.2)) },
    { name: "enfants", values: column(() => Math.floor(random() * 4)) },
    { name: "minutes", values: column(() => normal(random)) },
  ];
  const strength = random() * 3;
  const outcome = Float64Array.from({ length: rows }, (_, row) => {
    const eta = columns.reduce((sum, { values }) => sum + values[row], -1.5);
    return Number(random() < 1 / (1 + Math.exp(-strength * eta)));
  });
  return { columns, outcome };
}

const links: readonly LinkName[] = ["logit", "probit", "cloglog"];

describe("fits near separation", () => {
  test("separation is the same whatever the link, and a fit is at the top of its likelihood", () => {
    let [separated, fitted] = [0, 0];
    for (let seed = 1; seed <= 120; seed++) {
      const { columns, outcome } = hardCase(seed);
      const verdicts = links.map((link) => {
        try {
          const matrix = modelMatrix(columns);
          const fit = glm(matrix, { family: "binomial", link, outcome });
          const { deviance } = familyWithLink("binomial", link);
          const at = (coefficients: Float64Array): number => {
            let sum = 0;
            for (let row = 0; row < matrix.rows; row++) {
              let eta = 0;
              coefficients.forEach((value, k) => {
                eta += value * matrix.values[k * matrix.rows + row];
              });
              sum += deviance(outcome[row], eta);
            }
            return sum;
          };
          fit.coefficients.forEach((_, k) => {
            const step = 0.01 * Math.min(fit.standardErrors[k], 1);
            for (const side of [-step, step])
              expect(at(fit.coefficients.map((value, j) => (j === k ? value + side : value)))).toBeGreaterThan(
                fit.deviance - 1e-12,
              );
          });
          fitted++;
          return "ajusté";
        } catch (error) {
          if (!(error instanceof QuartiersError)) throw error;
          separated += /séparent/.test(error.message) ? 1 : 0;
          return error.parts.what;
        }
      });
      expect(new Set(verdicts).size, `cas ${seed} : ${verdicts.join(" | ")}`).toBe(1);
    }
    expect([separated > 60, fitted > 60]).toEqual([true, true]);
  });

  test("Firth's penalty has a finite maximum in each, the top of the penalised likelihood", () => {
    let fitted = 0;
    for (let seed = 1; seed <= 120; seed++) {
      const { columns, outcome } = hardCase(seed);
      const constant = (column: Float64Array): boolean => column.every((value) => value === column[0]);
      if ([outcome, ...columns.map(({ values }) => values)].some(constant)) continue;
      const matrix = modelMatrix(columns);
      const { rows, columns: size, values } = matrix;
      const fit = glm(matrix, { family: "binomial", outcome, penalty: "firth" });
      const penalised = (coefficients: Float64Array): number => {
        let likelihood = 0;
        const information = new Float64Array(size * size);
        for (let row = 0; row < rows; row++) {
          let eta = 0;
          for (let k = 0; k < size; k++) eta += coefficients[k] * values[k * rows + row];
          const mean = 1 / (1 + Math.exp(-eta));
          likelihood += outcome[row] === 1 ? Math.log(mean) : Math.log1p(-mean);
          for (let a = 0; a < size; a++)
            for (let b = 0; b < size; b++)
              information[a * size + b] += mean * (1 - mean) * values[a * rows + row] * values[b * rows + row];
        }
        return likelihood + choleskyLogDeterminant(cholesky(information, size) ?? information, size) / 2;
      };
      const top = penalised(fit.coefficients);
      fit.coefficients.forEach((_, k) => {
        for (const side of [-0.01, 0.01])
          expect(penalised(fit.coefficients.map((value, j) => (j === k ? value + side : value)))).toBeLessThan(top);
      });
      fitted++;
    }
    expect(fitted).toBeGreaterThan(90);
  });
});
