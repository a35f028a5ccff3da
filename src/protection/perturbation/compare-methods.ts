import { frenchNumber } from "../../codes/french.ts";
import { Refusal } from "../refusal.ts";
import { type AdditiveLine, perturbationReport } from "./accuracy.ts";

/** One way of protecting the same table. */
export interface ProtectedCounts {
  /** What it is called on the page: « Masquage », « Bruit par clés », « Arrondi contrôlé, base 5 »... */
  readonly method: string;
  /** What is published of each cell; NaN where it is hidden. */
  readonly published: ArrayLike<number>;
  /** What a reader can say of each cell, when that can be computed (the attacker of hidden cells, `noisedIntervals()`, `roundedIntervals()`); its width is then averaged. */
  readonly intervals?: readonly { readonly least: number; readonly greatest: number }[];
  /** What an attacker learns, in a French sentence; see `attackerSentence`. */
  readonly attacker: string;
}

/** Error over the cells of one size. */
export interface SizeError {
  /** "1 à 10", "11 à 49"... */
  readonly size: string;
  readonly cells: number;
  /** Mean of |published - true| / true, over published cells; NaN under `minCells` of them. */
  readonly meanRelative: number;
}

/** One row of the table that helps an author to choose. */
export interface MethodCost {
  readonly method: string;
  /** From 0 to 1. */
  readonly hiddenShare: number;
  /** Share of published cells whose value moved, from 0 to 1. */
  readonly changedShare: number;
  readonly meanAbsolute: number;
  readonly bySize: readonly SizeError[];
  /** Share of published lines whose parts do not add up, from 0 to 1; NaN when no line is wholly published. */
  readonly brokenShare: number;
  readonly meanGap: number;
  /** Mean number of counts that stay possible for a true count from 1 to `minUnits` - 1; NaN when no interval is given, infinite when unbounded. */
  readonly meanPossible: number;
  /** Share of those small counts that the attacker knows exactly, from 0 to 1; NaN when no interval is given. */
  readonly exactShare: number;
  readonly attacker: string;
}

export interface CompareOptions {
  readonly lines?: readonly AdditiveLine[];
  /** Threshold under which a count is small. */
  readonly minUnits: number;
  /** Upper ends of sizes, in growing order; the last class is open. Default: minUnits - 1, 49, 199. */
  readonly sizes?: readonly number[];
  /** Fewest cells in a class for its mean to be written: a mean over one cell is that cell's noise. Default 5. */
  readonly minCells?: number;
}

const sizesOf = (minUnits: number): readonly number[] =>
  [minUnits - 1, 49, 199].filter((end, i) => i === 0 || end >= minUnits);

/**
 * What each method costs in accuracy on one table of counts, and what it leaves to an attacker. Hidden cells have no error: their cost is `hiddenShare`,
 * which must be read beside the errors. Means over fewer than `minCells` cells are NaN.
 * @param truth true counts
 * @example
 * ```ts
 * compareMethods([4, 20, 24], [{ method: "Arrondi", published: [5, 20, 25], attacker: "" }], { minUnits: 11 })[0].meanAbsolute // NaN
 * ```
 */
export function compareMethods(
  truth: ArrayLike<number>,
  methods: readonly ProtectedCounts[],
  { lines = [], minUnits, sizes = sizesOf(minUnits), minCells = 5 }: CompareOptions,
): readonly MethodCost[] {
  return methods.map(({ method, published, intervals, attacker }) => {
    if (intervals && intervals.length !== truth.length) {
      throw new Refusal({
        what: `La méthode « ${method} » n'a pas un intervalle par cellule`,
        expected: "autant d'intervalles que de cellules",
      });
    }
    const report = perturbationReport(truth, published, lines);
    const known = Array.from(truth).filter((value) => !Number.isNaN(value)).length;
    const enough = (cells: number, value: number): number => (cells >= minCells ? value : Number.NaN);
    const small = Array.from(truth).flatMap((value, cell) => {
      const interval = intervals?.[cell];
      return interval && value > 0 && value < minUnits ? [interval.greatest - interval.least + 1] : [];
    });
    return {
      method,
      hiddenShare: known === 0 ? Number.NaN : 1 - report.cells / known,
      changedShare: enough(report.cells, report.changedShare),
      meanAbsolute: enough(report.cells, report.meanAbsolute),
      bySize: errorsBySize(truth, published, sizes, enough),
      brokenShare: report.additivity.brokenShare,
      meanGap: report.additivity.meanGap,
      meanPossible: enough(small.length, small.reduce((sum, width) => sum + width, 0) / small.length),
      exactShare: enough(small.length, small.filter((width) => width <= 1).length / small.length),
      attacker,
    };
  });
}

function errorsBySize(
  truth: ArrayLike<number>,
  published: ArrayLike<number>,
  sizes: readonly number[],
  enough: (cells: number, value: number) => number,
): readonly SizeError[] {
  return [...sizes, Number.POSITIVE_INFINITY].map((end, i) => {
    const start = (sizes[i - 1] ?? 0) + 1;
    const errors = Array.from(truth).flatMap((value, cell) =>
      value >= start && value <= end && !Number.isNaN(published[cell])
        ? [Math.abs(published[cell] - value) / value]
        : [],
    );
    return {
      size:
        end === Number.POSITIVE_INFINITY
          ? `${frenchNumber(start)} et plus`
          : `${frenchNumber(start)} à ${frenchNumber(end)}`,
      cells: errors.length,
      meanRelative: enough(errors.length, errors.reduce((sum, error) => sum + error, 0) / errors.length),
    };
  });
}

/** What an attacker learns from each method, as the page says it. */
export const attackerSentence = {
  suppression:
    "Un lecteur connaît un intervalle pour chaque cellule masquée ; le contrat fixe sa largeur, l’attaque la vérifie.",
  cellKeys: (greatest: number): string =>
    `Un lecteur sait chaque effectif à ${frenchNumber(greatest)} près, et n’apprend rien de plus en répétant ; les totaux bruités peuvent resserrer l’intervalle ; qui connaît un effectif connaît son bruit.`,
  nearest: (base: number): string =>
    `Un lecteur sait chaque effectif à ${frenchNumber(Math.floor(base / 2))} près ; les totaux arrondis à part peuvent le resserrer jusqu’à la valeur exacte.`,
  random: (base: number): string =>
    `Un lecteur sait chaque effectif à ${frenchNumber(base - 1)} près ; les totaux arrondis à part peuvent le resserrer.`,
  controlled: (base: number): string =>
    `Un lecteur sait chaque effectif à ${frenchNumber(base - 1)} près ; les totaux publiés s’ajoutent et ne le resserrent guère.`,
  /** A person who stands in several cells pays for each. */
  laplace: (milliEpsilon: number, cellsPerUnit = 1): string => {
    const times = (cells: number): string => frenchNumber(Math.exp((milliEpsilon * cells) / 1000), { decimals: 2 });
    const several =
      cellsPerUnit === 1
        ? ", par personne et par publication"
        : ` s’il ne voit qu’une case, et par ${times(cellsPerUnit)} s’il voit les ${frenchNumber(cellsPerUnit)} où une personne compte`;
    return `Un lecteur, quoi qu’il sache d’ailleurs, ne multiplie ses chances de deviner juste que par ${times(1)} au plus${several}.`;
  },
} as const;
