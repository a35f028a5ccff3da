import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { CategoryTrait, VariableLink } from "./class-description.ts";
import { logMidP } from "./hypergeometric.ts";
import { logChiSquareTail, normalQuantileOfLogTail } from "./log-tails.ts";

/**
 * The answers to one question in each class, and its link with the classes. `missingLevel`: the name under which missing answers count, or null to leave them out.
 * @example
 * ```ts
 * const cinema = { name: "cinéma", levels: ["non", "oui"], codes: Int32Array.of(0, 0, 1, 1) };
 * const { traits, link } = describeCategories(Int32Array.of(0, 0, 1, 1), 2, cinema, null, null);
 * [traits[1].map(({ level, levelInClass }) => [level, levelInClass]), link.chiSquare, link.cramerV] // [ [ [ 'non', 0 ], [ 'oui', 1 ] ], 4, 1 ]
 * ```
 */
export function describeCategories(
  classOf: Int32Array,
  classes: number,
  { name, levels: named, codes }: CategoricalVariable,
  weights: Float64Array | null,
  missingLevel: string | null,
): { readonly traits: CategoryTrait[][]; readonly link: VariableLink } {
  const levels = missingLevel === null ? named : [...named, missingLevel];
  const width = levels.length;
  const counts = new Float64Array(classes * width);
  const weighed = new Float64Array(classes * width);
  classOf.forEach((label, row) => {
    const code = codes[row] < 0 ? named.length : codes[row];
    if (code >= width) return;
    counts[label * width + code]++;
    if (weights) weighed[label * width + code] += weights[row];
  });
  const table = margins(counts, classes, width);
  const weightedTable = margins(weighed, classes, width);
  const traits = Array.from({ length: classes }, (_, label) =>
    levels.flatMap((level, code): CategoryTrait[] => {
      const [inClass, inLevel] = [table.rows[label], table.columns[code]];
      if (inLevel === 0 || inClass === 0) return [];
      const both = counts[label * width + code];
      const logP = logMidP(both, inClass, inLevel, table.all);
      const sign = both / inClass > inLevel / table.all ? 1 : -1;
      const share = (of: Float64Array, { rows, columns, all }: Margins) => ({
        classInLevel: of[label * width + code] / columns[code],
        levelInClass: of[label * width + code] / rows[label],
        levelOverall: columns[code] / all,
      });
      return [
        {
          variable: name,
          level,
          people: both,
          levelPeople: inLevel,
          ...share(counts, table),
          weighted: weights ? share(weighed, weightedTable) : null,
          p: Math.exp(logP),
          logP,
          vTest: logP === 0 ? 0 : sign * normalQuantileOfLogTail(logP - Math.LN2),
        },
      ];
    }),
  );
  return { traits, link: chiSquareLink(name, counts, table) };
}

interface Margins {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  readonly all: number;
}

function margins(table: Float64Array, classes: number, width: number): Margins {
  const [rows, columns] = [new Float64Array(classes), new Float64Array(width)];
  let all = 0;
  table.forEach((value, at) => {
    rows[Math.floor(at / width)] += value;
    columns[at % width] += value;
    all += value;
  });
  return { rows, columns, all };
}

/** Pearson's chi-square of the table, over the rows and columns that hold someone. */
function chiSquareLink(variable: string, counts: Float64Array, { rows, columns, all }: Margins): VariableLink {
  const width = columns.length;
  const held = (of: Float64Array): number => of.filter((value) => value > 0).length;
  const [classes, levels] = [held(rows), held(columns)];
  let chiSquare = 0;
  counts.forEach((count, at) => {
    const expected = (rows[Math.floor(at / width)] * columns[at % width]) / all;
    if (expected > 0) chiSquare += (count - expected) ** 2 / expected;
  });
  const degrees = Math.max(0, (classes - 1) * (levels - 1));
  const logP = logChiSquareTail(chiSquare, degrees);
  const most = Math.min(classes, levels) - 1;
  return {
    variable,
    chiSquare,
    degrees,
    p: Math.exp(logP),
    logP,
    cramerV: most > 0 ? Math.sqrt(chiSquare / (all * most)) : 0,
  };
}
