import { QuartiersError } from "../../codes/errors.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import { drawCounts, replicateRandom } from "../uncertainty/resample.ts";
import { type Cloud, checkCloud } from "./cloud.ts";
import { consolidate } from "./consolidate.ts";
import { cutTree } from "./cut-tree.ts";
import { distinctRows } from "./distinct-rows.ts";
import { partitionAgreement } from "./partition-agreement.ts";
import { wardTree } from "./ward-tree.ts";

export interface ClassStabilityOptions {
  readonly seed: number;
  /** Samples drawn; 100 by default. */
  readonly draws?: number;
  /** Whether the classes were consolidated, so that those of each sample are too; true by default. */
  readonly consolidated?: boolean;
  /** Called after each sample, with how many are done. */
  readonly progress?: (done: number, draws: number) => void;
}

export interface ClassStability {
  readonly draws: number;
  /** Samples with fewer different rows than classes: left out, and said. */
  readonly failed: number;
  /** For each class, the mean Jaccard likeness to its nearest class of the sample (Hennig 2007): over 0.75 the class holds, under 0.5 it dissolves. */
  readonly jaccard: Float64Array;
  /** For each class, share of the samples in which it dissolves (likeness under 0.5). */
  readonly dissolved: Float64Array;
  /** Adjusted Rand index of each sample that counted, and their mean. */
  readonly adjustedRand: Float64Array;
  readonly meanAdjustedRand: number;
}

/**
 * Whether classes hold when other people answer: rows are drawn again with replacement, grouped again in as many classes by the same steps (tree, cut, consolidation), and compared on the rows drawn,
 * each counted once. Axes stay as they are: what their own estimation adds is not counted, nor is a sampling in clusters. Same seed, same result, sample by sample. O(draws) times the
 * classification.
 * @example
 * ```ts
 * const cloud = { coordinates: Float64Array.of(0, 1, 2, 20, 21, 22), dimensions: 1, masses: new Float64Array(6).fill(1) };
 * classStability(cloud, Int32Array.of(0, 0, 0, 1, 1, 1), { seed: 1, draws: 20 }).meanAdjustedRand > 0.9 // true
 * ```
 */
export function classStability(
  cloud: Cloud,
  classOf: Int32Array,
  { seed, draws = 100, consolidated = true, progress }: ClassStabilityOptions,
): ClassStability {
  const size = checkCloud(cloud);
  checkDraws(draws);
  if (classOf.length !== size || classOf.some((label) => label < 0))
    throw new QuartiersError({
      what: "Classes et lignes ne vont pas ensemble",
      value: `${classOf.length} classes`,
      expected: `une classe, numérotée depuis 0, pour chacune des ${size} lignes`,
    });
  const classes = classOf.reduce((most, label) => Math.max(most, label), 0) + 1;
  const points = distinctRows(cloud.coordinates, cloud.dimensions, cloud.masses);
  const counts = new Float64Array(size);
  const likeness = new Float64Array(classes);
  const dissolved = new Float64Array(classes);
  const indices: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    drawCounts(replicateRandom(seed, draw), counts);
    const again = classesOfSample(cloud, points, counts, classes, consolidated);
    if (again) {
      const table = new Float64Array(classes * classes);
      for (let row = 0; row < size; row++)
        if (counts[row] > 0) table[classOf[row] * classes + again[points.pointOf[row]]]++;
      const { adjustedRand, jaccard } = partitionAgreement(table, classes);
      indices.push(adjustedRand);
      jaccard.forEach((value, label) => {
        likeness[label] += value;
        if (value < 0.5) dissolved[label]++;
      });
    }
    progress?.(draw + 1, draws);
  }
  const counted = indices.length;
  return {
    draws,
    failed: draws - counted,
    jaccard: likeness.map((sum) => sum / counted),
    dissolved: dissolved.map((times) => times / counted),
    adjustedRand: Float64Array.from(indices),
    meanAdjustedRand: indices.reduce((sum, value) => sum + value, 0) / counted,
  };
}

/** Class of each point in a sample of the rows, -1 when none of its rows was drawn; null with fewer different rows than classes. */
function classesOfSample(
  { masses, dimensions }: Cloud,
  points: ReturnType<typeof distinctRows>,
  counts: Float64Array,
  classes: number,
  consolidated: boolean,
): Int32Array | null {
  const drawnMass = new Float64Array(points.masses.length);
  counts.forEach((times, row) => {
    drawnMass[points.pointOf[row]] += times * masses[row];
  });
  const drawn = Int32Array.from(drawnMass.keys()).filter((point) => drawnMass[point] > 0);
  if (drawn.length < classes) return null;
  const coordinates = new Float64Array(drawn.length * dimensions);
  drawn.forEach((point, at) => {
    coordinates.set(points.coordinates.subarray(point * dimensions, (point + 1) * dimensions), at * dimensions);
  });
  const tree = wardTree(
    coordinates,
    dimensions,
    Float64Array.from(drawn, (point) => drawnMass[point]),
  );
  const cut = cutTree(tree, classes);
  const again = consolidated ? consolidate(tree.cloud, cut).classOf : cut;
  const classOfPoint = new Int32Array(drawnMass.length).fill(-1);
  drawn.forEach((point, at) => {
    classOfPoint[point] = again[at];
  });
  return classOfPoint;
}
