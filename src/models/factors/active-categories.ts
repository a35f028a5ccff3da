import { categoryLabels } from "./category-labels.ts";
import { categoryMeasures } from "./category-measures.ts";
import type { CodedQuestions } from "./code-questions.ts";
import type { McaAxes, McaCategories, McaQuestions } from "./mca-result.ts";
import type { RowStatus } from "./row-status.ts";
import type { SolvedAxes } from "./solve-axes.ts";

/** What an analysis knows once its axes are solved and oriented. */
export interface SolvedAnalysis {
  readonly coded: CodedQuestions;
  readonly pairs: Float64Array;
  readonly shares: Float64Array;
  readonly reference: Float64Array;
  readonly solved: SolvedAxes;
  readonly axes: McaAxes;
  readonly rows: RowStatus;
  readonly people: number;
  readonly table: "indicator" | "burt";
}

/**
 * The categories of the active questions on the kept axes. An active category comes from its eigenvector, g = v sqrt(λ) sqrt(Q/F); a passive one from the mean of its people, taken in the table of pairs:
 * mean_s = Σ_l (f_kl - f_k f_l) score_ls / f_k. O(J² axes).
 */
export function activeCategories(analysis: SolvedAnalysis): McaCategories {
  const { coded, shares, reference, solved, axes } = analysis;
  const { kept, rowVariances } = axes;
  const count = shares.length;
  const questions = coded.names.length;
  const scores = new Float64Array(count * kept);
  const contributions = new Float64Array(count * kept);
  for (let k = 0; k < count; k++)
    for (let s = 0; s < kept; s++) {
      const component = solved.vectors[s * count + k];
      scores[k * kept + s] = component / Math.sqrt(questions * reference[k]);
      contributions[k * kept + s] = 100 * component * component;
    }
  const means = new Float64Array(count * kept);
  for (let k = 0; k < count; k++)
    for (let s = 0; s < kept; s++) {
      // Transition: the mean of the people of an active category is λ score Q F/f.
      means[k * kept + s] =
        coded.passive[k] === 0
          ? (rowVariances[s] * scores[k * kept + s] * questions * reference[k]) / shares[k]
          : meanFromPairs(analysis, scores, k, s);
    }
  const measures = categoryMeasures({
    means,
    shares,
    referenceShares: reference,
    variances: rowVariances.subarray(0, kept),
    people: analysis.people,
    burtDistances: analysis.table === "burt" ? burtDistances(analysis) : null,
  });
  return {
    questionNames: coded.names,
    question: coded.question,
    levels: coded.levels,
    labels: categoryLabels(coded.names, coded.question, coded.levels),
    people: countPeople(coded.answers, analysis.rows.status, count),
    shares,
    means,
    passive: coded.passive,
    referenceShares: reference,
    contributions,
    scores,
    ...measures,
  };
}

function meanFromPairs({ pairs, shares, axes }: SolvedAnalysis, scores: Float64Array, k: number, s: number): number {
  let sum = 0;
  for (let l = 0; l < shares.length; l++)
    sum += (pairs[k * shares.length + l] - shares[k] * shares[l]) * scores[l * axes.kept + s];
  return sum / shares[k];
}

/** Squared distances in the Burt table: Σ_l (f_kl - f_k f_l)² / (Q F_l F_k²) over the active l. */
function burtDistances({ pairs, shares, reference, coded }: SolvedAnalysis): Float64Array {
  const count = shares.length;
  return shares.map((share, k) => {
    let sum = 0;
    for (let l = 0; l < count; l++)
      if (coded.passive[l] === 0) sum += (pairs[k * count + l] - share * shares[l]) ** 2 / reference[l];
    return sum / (coded.names.length * reference[k] ** 2);
  });
}

function countPeople(answers: readonly Int32Array[], status: Uint8Array, categories: number): Float64Array {
  const people = new Float64Array(categories);
  for (const column of answers)
    for (let row = 0; row < column.length; row++) if (status[row] === 1 && column[row] >= 0) people[column[row]]++;
  return people;
}

/** Correlation ratios and contributions of the active questions: Σ_k f_k mean_k² / λ over all their categories, and the sum of the contributions. */
export function activeQuestions(coded: CodedQuestions, categories: McaCategories, axes: McaAxes): McaQuestions {
  const { kept, rowVariances } = axes;
  const eta2 = new Float64Array(coded.names.length * kept);
  const contributions = new Float64Array(eta2.length);
  categories.question.forEach((question, k) => {
    for (let s = 0; s < kept; s++) {
      eta2[question * kept + s] += (categories.shares[k] * categories.means[k * kept + s] ** 2) / rowVariances[s];
      contributions[question * kept + s] += categories.contributions[k * kept + s];
    }
  });
  return { names: coded.names, eta2, contributions };
}
