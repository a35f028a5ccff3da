import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import type { Mca } from "./mca-result.ts";
import { missingAsLevel, type SupplementaryOptions } from "./missing-level.ts";

export interface EllipseOptions extends SupplementaryOptions {
  /** The two axes of the plane, from 0: the first two by default. */
  readonly axes?: readonly [number, number];
  /** "confidence" (default): where the mean point of the category may be. "population": where its people are. */
  readonly kind?: "confidence" | "population";
  /** Share that the ellipse holds if the coordinates are normal: 0.95. */
  readonly level?: number;
  /** "categories" (default): on the map of categories, as their coordinates are. "rows": on the map of people, around the mean point. */
  readonly space?: "categories" | "rows";
}

/** An ellipse around a category, as numbers to draw. */
export interface CategoryEllipse {
  readonly question: string;
  readonly level: string;
  /** Active rows in the category, and Kish's effective number of them. */
  readonly people: number;
  readonly effectivePeople: number;
  readonly centre: readonly [number, number];
  /** Half axes, the longer first, in the unit of the coordinates. NaN for the confidence of fewer than two people. */
  readonly major: number;
  readonly minor: number;
  /** Angle of the longer half axis from the first axis of the plane, anticlockwise, radians, in ]-π/2, π/2]. */
  readonly angle: number;
}

/**
 * Ellipses of the categories of questions on a plane of the analysis, in the order of `supplementaryCategories`. C is the weighted covariance of the coordinates of the category's people (divisor: sum of
 * the weights) and n their effective number, (Σw)²/Σw²; the half axes are the square roots of the eigenvalues of κ² C for "population" (concentration ellipse of Le Roux and Rouanet: their κ = 2 is the level
 * 0.8647) and of κ² C/(n - 1) for "confidence", with κ² = -2 ln(1 - level), the quantile of chi² with 2 degrees of freedom. With equal weights, these are the ellipses of FactoMineR's
 * `coord.ellipse` (`bary = TRUE` for confidence; its population ellipse divides by n - 1). Active people only. O(n) a question.
 * @example
 * ```ts
 * // What categoryEllipses reads of an analysis: here four people of one category on a plane of variances 1.
 * const masses = new Float64Array(4).fill(0.25);
 * const analysis = {
 *   rows: { status: Uint8Array.of(1, 1, 1, 1), masses, referenceMasses: masses, coordinates: Float64Array.of(-2, 0, 2, 0, 0, -1, 0, 1) },
 *   axes: { kept: 2, rowVariances: Float64Array.of(1, 1) }, table: "indicator", report: { supplementaryMissing: "own-level" },
 * };
 * const everyone = { name: "tous", levels: ["tous"], codes: Int32Array.of(0, 0, 0, 0) };
 * const [{ major, minor, angle }] = categoryEllipses(analysis, [everyone], { kind: "population", level: 0.8646647167633873 });
 * [major.toFixed(6), minor.toFixed(6), angle] // [ "2.828427", "1.414214", 0 ]
 * ```
 */
export function categoryEllipses(
  analysis: Mca,
  variables: readonly CategoricalVariable[],
  options: EllipseOptions = {},
): CategoryEllipse[] {
  const { level = 0.95, axes = [0, 1], missing = analysis.report.supplementaryMissing } = options;
  const wrongAxis = axes.find((axis) => !Number.isInteger(axis) || axis < 0 || axis >= analysis.axes.kept);
  if (!(level > 0 && level < 1) || wrongAxis !== undefined)
    throw new QuartiersError({
      what: wrongAxis === undefined ? "Niveau d'ellipse impossible" : "Cet axe n'est pas parmi ceux qui sont gardés",
      value: String(wrongAxis ?? level),
      expected: wrongAxis === undefined ? "un nombre entre 0 et 1" : `un rang de 0 à ${analysis.axes.kept - 1}`,
    });
  return variables.flatMap((variable) =>
    questionEllipses(analysis, missingAsLevel(variable, missing, options.missingName ?? "sans réponse"), {
      ...options,
      axes,
      level,
    }),
  );
}

/** Sums over the people of one category. */
interface Moments {
  people: number;
  mass: number;
  squaredMass: number;
  referenceMass: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

type Plane = EllipseOptions & { readonly axes: readonly [number, number]; readonly level: number };

function questionEllipses(
  analysis: Mca,
  { name, levels, codes }: CategoricalVariable,
  plane: Plane,
): CategoryEllipse[] {
  const { rows, axes: solved, table } = analysis;
  const [first, second] = plane.axes;
  const moments = levels.map(
    (): Moments => ({ people: 0, mass: 0, squaredMass: 0, referenceMass: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 }),
  );
  for (let row = 0; row < codes.length; row++) {
    const sums = moments[codes[row]];
    if (!sums) continue;
    sums.referenceMass += rows.referenceMasses[row];
    if (rows.status[row] !== 1) continue;
    const mass = rows.masses[row];
    const x = rows.coordinates[row * solved.kept + first];
    const y = rows.coordinates[row * solved.kept + second];
    sums.people++;
    sums.mass += mass;
    sums.squaredMass += mass * mass;
    sums.x += mass * x;
    sums.y += mass * y;
    sums.xx += mass * x * x;
    sums.xy += mass * x * y;
    sums.yy += mass * y * y;
  }
  return moments.flatMap((sums, at): CategoryEllipse[] => {
    if (sums.people === 0) return [];
    const toMap = (axis: number): number => {
      if (plane.space === "rows") return 1;
      return sums.mass / sums.referenceMass / (table === "burt" ? 1 : Math.sqrt(solved.rowVariances[axis]));
    };
    return [{ question: name, level: levels[at] ?? "", ...ellipse(sums, plane, toMap(first), toMap(second)) }];
  });
}

function ellipse(
  sums: Moments,
  { kind = "confidence", level }: Plane,
  scaleX: number,
  scaleY: number,
): Omit<CategoryEllipse, "question" | "level"> {
  const [x, y] = [sums.x / sums.mass, sums.y / sums.mass];
  const effectivePeople = sums.mass ** 2 / sums.squaredMass;
  const squaredRadius = (-2 * Math.log1p(-level)) / (kind === "population" ? 1 : effectivePeople - 1);
  const xx = (sums.xx / sums.mass - x * x) * scaleX ** 2;
  const yy = (sums.yy / sums.mass - y * y) * scaleY ** 2;
  const xy = (sums.xy / sums.mass - x * y) * scaleX * scaleY;
  const [middle, spread] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  const alone = kind === "confidence" && sums.people < 2;
  const half = (variance: number): number => (alone ? Number.NaN : Math.sqrt(Math.max(0, variance) * squaredRadius));
  return {
    people: sums.people,
    effectivePeople,
    centre: [x * scaleX, y * scaleY],
    major: half(middle + spread),
    minor: half(middle - spread),
    angle: Math.atan2(2 * xy, xx - yy) / 2,
  };
}
