import { QuartiersError } from "../../codes/errors.ts";
import type { Calibration } from "../calibration/calibrate.ts";
import { crossProducts, marginDependencies } from "../calibration/margin-dependencies.ts";
import type { SeedColumns } from "../calibration/seed-columns.ts";
import { startSums } from "../calibration/weight-report.ts";
import { cholesky } from "../linear-algebra/cholesky.ts";
import type { SurveyDesign } from "./design.ts";

/**
 * The design with the weights of a calibration that started from its own (`calibrate`, any distance), one household of the columns a respondent. Its variances are
 * those of residuals on the margins, sum of w (u - x'B) with B under the weights before (Deville and Särndal 1992; R survey calibrate): a margin itself has none left.
 * Errors: columns of another sample, weights that do not come from this design, a design calibrated twice. O(n + cells x margins + margins^3).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 0, 1), profileSize: Int32Array.of(2, 1),
 *   margins: [{ variable: "sexe", category: "f", of: "households" }, { variable: "sexe", category: "h", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * const design = { weights: Float64Array.of(10, 10, 10), calibration: null };
 * const after = calibratedDesign(design, columns, { weights: Float64Array.of(15, 15, 20), ratios: Float64Array.of(1.5, 2) });
 * [[...after.weights], [...after.calibration.free]] // [ [ 15, 15, 20 ], [ 0, 1 ] ]
 * ```
 */
export function calibratedDesign(
  design: SurveyDesign,
  columns: SeedColumns,
  { weights, ratios }: Pick<Calibration, "weights" | "ratios">,
): SurveyDesign {
  checkSource(design, columns, weights, ratios);
  const start = startSums(columns, design.weights).weights;
  const margins = Int32Array.from(columns.margins.keys());
  const { free } = marginDependencies(columns, start, margins);
  const size = columns.margins.length;
  const whole = crossProducts(columns, start, size);
  const products = new Float64Array(free.length ** 2);
  free.forEach((a, row) => {
    free.forEach((b, column) => {
      products[row * free.length + column] = whole[a * size + b];
    });
  });
  const factor = cholesky(products, free.length);
  if (!factor)
    throw new QuartiersError({
      what: "Marges de calage presque liées entre elles\u00a0: la variance du calage ne se calcule pas",
      expected: "des marges indépendantes",
      remedy: "regrouper des modalités rares ou retirer une marge",
    });
  return {
    ...design,
    weights,
    zeroWeights: weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0),
    calibration: { columns, startWeights: design.weights, free, factor },
  };
}

function checkSource(design: SurveyDesign, columns: SeedColumns, weights: Float64Array, ratios: Float64Array): void {
  const n = design.weights.length;
  if (design.calibration)
    throw new QuartiersError({
      what: "Plan déjà calé",
      remedy: "caler une seule fois le plan d'origine, sur toutes les marges ensemble",
    });
  if (columns.households !== n || weights.length !== n)
    throw new QuartiersError({
      what: "Calage d'un autre échantillon",
      value: `${columns.households} lignes de marges, ${weights.length} poids`,
      expected: `${n} lignes, comme le plan`,
    });
  const odd = weights.findIndex((weight, i) => {
    const expected = design.weights[i] * ratios[columns.profileOf[i]];
    return !(Math.abs(weight - expected) <= 1e-9 * Math.abs(expected));
  });
  if (odd >= 0)
    throw new QuartiersError({
      what: `Poids calé qui ne vient pas du poids du plan à la ligne ${odd + 1}`,
      value: String(weights[odd]),
      expected: String(design.weights[odd] * ratios[columns.profileOf[odd]]),
      remedy: "caler avec weights: design.weights",
    });
}
