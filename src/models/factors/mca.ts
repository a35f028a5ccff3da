import { QuartiersError } from "../../codes/errors.ts";
import { activeCategories, activeQuestions } from "./active-categories.ts";
import { adjustedRates } from "./adjusted-rates.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { type CodedQuestions, codeQuestions } from "./code-questions.ts";
import type { McaOptions } from "./mca-options.ts";
import type { Mca, McaAxes, McaReport, McaRows } from "./mca-result.ts";
import { orientAxes } from "./orient-axes.ts";
import { pairShares } from "./pair-shares.ts";
import { placeRows, type RowPlacing } from "./row-cloud.ts";
import { type RowStatus, rowStatus } from "./row-status.ts";
import { type SolvedAxes, solveAxes, standardisedTable } from "./solve-axes.ts";
import { supplementaryCategories } from "./supplementary-categories.ts";
import { supplementaryNumbers } from "./supplementary-numbers.ts";

/**
 * Multiple correspondence analysis (analyse des correspondances multiples) of questions with closed answers, one row per person: the axes along which answers part people most, by the eigenvectors of the
 * J x J table S of `standardisedTable`. Specific when categories are passive, class-specific with `classRows` (Le Roux and Rouanet 2010). Defaults that matter: missing answers are a level of their own, 5
 * axes, the category of largest contribution is positive on each axis; `report` says what was counted, set aside or joined. Refuses fewer than two active rows, weights that are negative, names that do not exist. O(n Q²) for the pairs, O(J³) for the axes. Equal to FactoMineR's MCA to 1e-9, with five
 * differences that are meant: a question that everybody answers alike is set aside; the n of a v-test is a number of people, not the sum of the weights; v-tests of a Burt table are not shortened with its coordinates; a supplementary row of a specific
 * analysis stands where the same active row would; corrected rates are not rounded.
 * @example
 * ```ts
 * const yesNo = (name, codes) => ({ name, levels: ["non", "oui"], codes: Int32Array.from(codes) });
 * const { axes } = mca([yesNo("cinéma", [0, 0, 1, 1, 1]), yesNo("musée", [0, 0, 0, 1, 1]), yesNo("sport", [0, 1, 0, 1, 1])]);
 * [axes.totalInertia.toFixed(6), axes.eigenvalues[0].toFixed(6)] // [ "1.000000", "0.676606" ]
 * ```
 */
export function mca(variables: readonly CategoricalVariable[], options: McaOptions = {}): Mca {
  const rows = rowStatus(variables, options);
  const coded = codeQuestions(variables, rows, options);
  const categories = coded.levels.length;
  const pairs = pairShares(coded.answers, rows.masses, categories);
  const shares = Float64Array.from({ length: categories }, (_, k) => pairs[k * categories + k]);
  const reference = options.classRows ? categoryShares(coded, rows.referenceMasses) : shares;
  const solved = solveAxes(standardisedTable(pairs, reference, coded.passive, coded.names.length), coded.question);
  const axes = mcaAxes(solved, coded, options);
  const report = mcaReport(coded, rows, options);
  const active = activeCategories({
    coded,
    pairs,
    shares,
    reference,
    solved,
    axes,
    rows,
    people: report.testedPeople,
    table: options.table ?? "indicator",
  });
  const analysis: Mca = {
    table: options.table ?? "indicator",
    axes,
    categories: active,
    questions: activeQuestions(coded, active, axes),
    rows: mcaRows(coded, rows, axes, { ...active, kept: axes.kept, questions: coded.names.length }),
    supplementary: null,
    numbers: null,
    coding: coded.coding,
    report,
  };
  const { supplementary, numbers, missingName = "sans réponse" } = options;
  return {
    ...analysis,
    supplementary: supplementary ? supplementaryCategories(analysis, supplementary, { missingName }) : null,
    numbers: numbers ? supplementaryNumbers(analysis, numbers) : null,
  };
}

function categoryShares({ answers, levels }: CodedQuestions, masses: Float64Array): Float64Array {
  const shares = new Float64Array(levels.length);
  for (const column of answers)
    for (let row = 0; row < masses.length; row++) if (column[row] >= 0) shares[column[row]] += masses[row];
  return shares;
}

function mcaAxes(solved: SolvedAxes, coded: CodedQuestions, { axes = 5, table, positive }: McaOptions): McaAxes {
  if (!Number.isInteger(axes) || axes < 1)
    throw new QuartiersError({
      what: "Nombre d'axes impossible",
      value: String(axes),
      expected: "un entier d'au moins 1",
    });
  const { eigenvalues: rowVariances } = solved;
  const kept = Math.min(axes, rowVariances.length);
  const eigenvalues = table === "burt" ? rowVariances.map((value) => value * value) : rowVariances;
  const totalInertia = table === "burt" ? eigenvalues.reduce((sum, value) => sum + value, 0) : solved.inertia;
  return {
    kept,
    eigenvalues,
    rowVariances,
    totalInertia,
    percentages: eigenvalues.map((value) => (100 * value) / totalInertia),
    ...adjustedRates(rowVariances, coded.names.length, solved.betweenInertia),
    positiveCategory: orientAxes(solved.vectors, kept, coded, positive),
  };
}

function mcaRows(coded: CodedQuestions, rows: RowStatus, axes: McaAxes, placing: RowPlacing): McaRows {
  const placed = placeRows(coded.answers, rows.status, placing);
  const { kept } = axes;
  const contributions = new Float64Array(placed.coordinates.length);
  for (let row = 0; row < rows.status.length; row++) {
    if (rows.status[row] === 2) continue; // a mass of 0
    for (let s = 0; s < kept; s++) {
      const at = row * kept + s;
      contributions[at] = (100 * rows.masses[row] * placed.coordinates[at] ** 2) / axes.rowVariances[s];
    }
  }
  return {
    count: rows.status.length,
    status: rows.status,
    masses: rows.masses,
    referenceMasses: rows.referenceMasses,
    answers: coded.answers,
    ...placed,
    contributions,
  };
}

function mcaReport(coded: CodedQuestions, rows: RowStatus, options: McaOptions): McaReport {
  const counts = [0, 0, 0];
  for (const kind of rows.status) counts[kind] = (counts[kind] ?? 0) + 1;
  const [droppedRows = 0, activeRows = 0, supplementaryRows = 0] = counts;
  const effectivePeople = 1 / rows.masses.reduce((sum, mass) => sum + mass * mass, 0);
  return {
    activeRows,
    supplementaryRows,
    droppedRows,
    sumOfWeights: rows.sumOfWeights,
    effectivePeople,
    testedPeople: options.testedPeople === "effective" ? effectivePeople : activeRows,
    missingRule: options.missing ?? "own-level",
    supplementaryMissing: options.supplementaryMissing ?? "own-level",
    signRule: options.positive?.some(Boolean) ? "named-category" : "largest-contribution",
    ...coded.report,
  };
}
