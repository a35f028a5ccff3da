import { QuartiersError } from "../../codes/errors.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import { replicateRandom } from "../uncertainty/resample.ts";
import { type ClassRule, classRule, explainRule, type PlaceMeasure } from "./class-rule.ts";
import { silhouette } from "./silhouette.ts";
import { cutTree, type Rows, standardised, wardClustering } from "./ward-clustering.ts";

export interface AccessClassesOptions {
  readonly seed: number;
  /** Number of classes; absent, the one of best mean silhouette from 2 to `mostClasses`. */
  readonly classes?: number;
  /** 6 by default. */
  readonly mostClasses?: number;
  /** Resamples behind `stability`; 100 by default. */
  readonly draws?: number;
}

/** A class of places that resemble one another by their access. */
export interface AccessClass {
  readonly size: number;
  /** Mean of each measure, in its unit. */
  readonly means: readonly number[];
  readonly silhouette: number;
  /** Mean Jaccard likeness to the nearest class when places are drawn again (Hennig 2007): over 0.75 the class holds, under 0.5 it dissolves. */
  readonly stability: number;
  readonly rule: ClassRule;
  /** The rule in words. */
  readonly explanation: string;
}

export interface AccessClasses {
  /** Class of each place, from 0, in the order of the first place of each. */
  readonly classOf: Int32Array;
  readonly classes: readonly AccessClass[];
  readonly silhouette: Float64Array;
  readonly meanSilhouette: number;
  /** Mean silhouette from 2 classes on: how the number was chosen. */
  readonly silhouetteByNumber: readonly number[];
  /** False under 0.25: places stand on a continuum, and a page should not name types. */
  readonly structured: boolean;
}

/**
 * Typology made from the data: Ward's clustering of standardised measures, the number of classes by silhouette, and for each class a printed rule of at most three bounds that says who is
 * in it. Nothing is drawn but the resamples behind `stability`. Limits: Ward always finds classes, also in a cloud without any (`structured` and `stability` say it); each measure weighs the same, so
 * that two measures of the same thing count double; a class describes, it does not explain. Infinity is refused: bound it by a declared number of minutes. Fewer than 6 places:
 * refused. O(n² x draws).
 * @example
 * ```ts
 * const minutes = { label: "durée médiane", unit: "min", values: Float64Array.of(12, 14, 13, 41, 44, 40) };
 * const { classOf, classes } = accessClasses([minutes], { seed: 1, mostClasses: 3, draws: 20 });
 * [[...classOf], classes[1].explanation] // [ [ 0, 0, 0, 1, 1, 1 ], 'durée médiane d’au moins 27 min : 3 sur 3, et 0 autre' ]
 * ```
 */
export function accessClasses(
  measures: readonly PlaceMeasure[],
  { seed, classes, mostClasses = 6, draws = 100 }: AccessClassesOptions,
): AccessClasses {
  checkDraws(draws);
  const size = measures[0]?.values.length ?? 0;
  if (size < 6 || measures.some(({ values }) => values.length !== size))
    throw new QuartiersError({
      what: "Trop peu de lieux pour une typologie, ou mesures de longueurs différentes",
      value: measures.map(({ values }) => values.length).join(", ") || "aucune mesure",
      expected: "au moins 6 lieux, autant de valeurs par mesure",
      remedy: "avec si peu de lieux, les décrire un par un",
    });
  const rows = standardised(measures.map(({ values }) => values));
  const tree = wardClustering(rows);
  const most = Math.min(mostClasses, size - 1);
  const numbers = Array.from({ length: most - 1 }, (_, k) => k + 2);
  const silhouetteByNumber = numbers.map((number) => silhouette(rows, cutTree(tree, number)).mean);
  const best = numbers[silhouetteByNumber.indexOf(Math.max(...silhouetteByNumber))] ?? 2;
  const number = classes ?? best;
  const classOf = cutTree(tree, number);
  const { values, mean } = silhouette(rows, classOf);
  const stability = stabilities(rows, classOf, number, seed, draws);
  const described = Array.from({ length: number }, (_, label): AccessClass => {
    const members = [...classOf.keys()].filter((row) => classOf[row] === label);
    const average = (of: Float64Array): number => members.reduce((sum, row) => sum + of[row], 0) / members.length;
    const rule = classRule(measures, (row) => classOf[row] === label);
    return {
      size: members.length,
      means: measures.map((measure) => average(measure.values)),
      silhouette: average(values),
      stability: stability[label],
      ...{ rule, explanation: explainRule(measures, rule) },
    };
  });
  return {
    ...{ classOf, classes: described, silhouette: values, meanSilhouette: mean, silhouetteByNumber },
    structured: mean >= 0.25,
  };
}

/** For each class, the mean over resamples of the likeness (places of both over places of either) of the new class nearest to it; 0 when none of its places was drawn. */
function stabilities(
  { values, width }: Rows,
  classOf: Int32Array,
  classes: number,
  seed: number,
  draws: number,
): Float64Array {
  const size = classOf.length;
  const sums = new Float64Array(classes);
  for (let draw = 0; draw < draws; draw++) {
    const random = replicateRandom(seed, draw);
    const drawn = [...new Set(Array.from({ length: size }, () => Math.floor(random() * size)))].sort((a, b) => a - b);
    if (drawn.length <= classes) continue;
    const sample = Float64Array.from(drawn.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]));
    const again = cutTree(wardClustering({ values: sample, width }), classes);
    for (let label = 0; label < classes; label++) {
      let likeness = 0;
      for (let other = 0; other < classes; other++) {
        let [both, either] = [0, 0];
        drawn.forEach((row, k) => {
          const [own, found] = [classOf[row] === label, again[k] === other];
          if (own && found) both++;
          if (own || found) either++;
        });
        if (either > 0) likeness = Math.max(likeness, both / either);
      }
      sums[label] += likeness;
    }
  }
  return sums.map((sum) => sum / draws);
}
