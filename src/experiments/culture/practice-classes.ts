import { type Progress, silentProgress } from "../../engine/progress.ts";
import { catdes } from "../../models/clustering/catdes.ts";
import { type ChosenClasses, chooseClasses } from "../../models/clustering/choose-classes.ts";
import type { CategoryTrait, ClassDescription } from "../../models/clustering/class-description.ts";
import { type ClassStability, classStability } from "../../models/clustering/class-stability.ts";
import { type Consolidation, consolidate } from "../../models/clustering/consolidate.ts";
import { cutTree } from "../../models/clustering/cut-tree.ts";
import { type DendrogramShape, dendrogramShape } from "../../models/clustering/dendrogram-shape.ts";
import { type TypicalProfile, typicalProfiles } from "../../models/clustering/typical-profiles.ts";
import { type WardTree, wardTree } from "../../models/clustering/ward-tree.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import type { Mca } from "../../models/factors/mca-result.ts";
import type { PracticeMap } from "./practice-map.ts";

/** The least people whose answer a profile may show, and the most classes that a figure can tell apart by colour. */
const leastPeople = 11;
const bounds = { min: 3, max: 6 } as const;

/** Ways of practising: classes of people with like answers, described, never one person's. */
export interface PracticeClasses {
  readonly map: PracticeMap;
  /** Axes that the classes are made on. */
  readonly axes: number;
  readonly tree: WardTree;
  readonly chosen: ChosenClasses;
  readonly consolidation: Consolidation;
  readonly shape: DendrogramShape;
  /** Described by their practices, which made them. */
  readonly practices: ClassDescription;
  /** Described by age, sex, diploma, occupation and place, which did not make them. */
  readonly social: ClassDescription;
  readonly profiles: readonly TypicalProfile[];
  readonly stability: ClassStability;
  /** A name for each class, from the practices that it has most more than all. */
  readonly names: readonly string[];
}

export interface ClassOptions {
  readonly seed: number;
  /** Resamples for the stability of the classes. */
  readonly draws: number;
}

/** Ward's tree on the axes of the map, cut by FactoMineR 2.7's rule between three and six classes, consolidated, described. */
export function practiceClasses(
  map: PracticeMap,
  { seed, draws }: ClassOptions,
  progress: Progress = silentProgress,
): PracticeClasses {
  const dimensions = classAxes(map.analysis);
  const cloud = { coordinates: firstAxes(map.analysis, dimensions), dimensions, masses: map.analysis.rows.masses };
  progress.step("classes de pratiques, arbre");
  const tree = wardTree(cloud.coordinates, cloud.dimensions, cloud.masses);
  const chosen = chooseClasses(tree, bounds);
  const consolidation = consolidate(cloud, cutTree(tree, chosen.classes));
  const weights = map.survey.known === "none" ? {} : { weights: map.survey.design.weights };
  const practices = catdes(consolidation.classOf, map.active, [], { ...weights, missing: "drop" });
  const social = catdes(consolidation.classOf, positions(map), [], { ...weights, missing: "drop" });
  const stability = classStability(cloud, consolidation.classOf, {
    seed,
    draws,
    progress: (done, all) => progress.step(`stabilité des classes, ${done} tirages sur ${all}`),
  });
  return {
    map,
    axes: dimensions,
    tree,
    chosen,
    consolidation,
    shape: dendrogramShape(tree, { classes: chosen.classes, leaves: 24, minimum: leastPeople }),
    practices,
    social,
    profiles: typicalProfiles(practices, { minimum: leastPeople }),
    stability,
    names: classNames(practices),
  };
}

/** What is projected on the map, and what would load it without a word: sex and the kind of town. */
const positions = ({ supplementary, survey }: PracticeMap): readonly CategoricalVariable[] => [
  ...supplementary,
  survey.social.sex,
  ...(survey.homes ? [survey.homes.town] : []),
];

/** The first axes, until they hold this share of inertia by Benzécri's rate: beyond, axes are noise, and classes would be made of it. */
const enoughInertia = 0.99;

function classAxes({ axes }: Mca): number {
  let held = 0;
  for (let axis = 0; axis < axes.kept; axis++) {
    held += axes.benzecri[axis] / 100;
    if (held >= enoughInertia) return Math.max(2, axis + 1);
  }
  return axes.kept;
}

/** Coordinates of people on the first axes, row-major. */
const firstAxes = ({ rows, axes }: Mca, dimensions: number): Float64Array =>
  Float64Array.from(
    { length: rows.count * dimensions },
    (_, i) => rows.coordinates[Math.floor(i / dimensions) * axes.kept + (i % dimensions)],
  );

/** A practice names a class when the class has it by so much more than all, in share. */
const namingGap = 0.05;

/** A class under the whole on this share of the practices is one of few outings, whatever it has more. */
const fewShare = 2 / 3;

/** « 2. Jardinage et tricot »: the two practices that the class has most more than all; « Peu de pratiques » first, for a class that is under the whole on most. */
function classNames({ classes }: ClassDescription): readonly string[] {
  const gapOf = ({ weighted, levelInClass, levelOverall }: CategoryTrait): number =>
    (weighted?.levelInClass ?? levelInClass) - (weighted?.levelOverall ?? levelOverall);
  return classes.map(({ label, categories }) => {
    const yes = categories.filter(({ level }) => level === "oui");
    const more = yes.filter((trait) => trait.people >= leastPeople && gapOf(trait) >= namingGap);
    const few = yes.filter((trait) => gapOf(trait) < 0).length >= fewShare * yes.length;
    const told = more
      .slice(0, few ? 1 : 2)
      .map(({ variable }, k) => (few || k > 0 ? variable.toLowerCase() : variable));
    if (few) return `${label + 1}. ${["Peu de pratiques", ...told].join(", ")}`;
    return `${label + 1}. ${told.length > 0 ? told.join(" et ") : "Comme l’ensemble"}`;
  });
}
