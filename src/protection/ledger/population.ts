import { Refusal } from "../refusal.ts";
import { type Atoms, atomsOf } from "./atoms.ts";
import type { Publication, PublishedNumber } from "./publication.ts";

/** Where people of one population may stand: a piece of territory, and a class within one crossing of dimensions. */
export interface Cell {
  readonly place: number;
  /** Index of the crossing: dimensions that some number crosses; 0 where there is none. */
  readonly crossing: number;
  readonly group: number;
}

/** Atoms of one population: those of its zones, and those of the classes of each crossing. */
export interface PopulationAtoms {
  readonly places: Atoms;
  /** Groups of classes in each crossing, at least one. */
  readonly groups: readonly number[];
  cellsOf(number: PublishedNumber): readonly Cell[];
}

/** Classes that a crossing may have before it is refused. */
const most = 20_000;

/**
 * Cuts a population into atoms. Dimensions that no number crosses (sex in one table, age in another) stay apart: any two margins with the
 * same total can be crossed, so nothing is lost by not crossing them. In a dimension of which no publication shows all classes, the others are one more class.
 * Complexity: memberships of the zones, plus the product of the classes of each crossing times the sets of classes used.
 */
export function populationAtoms(population: string, publications: readonly Publication[]): PopulationAtoms {
  const numbers = publications.flatMap((one) => one.numbers.filter((number) => number.population === population));
  const used = new Set(numbers.map(({ universe }) => universe));
  const zones = new Map(publications.flatMap(({ universes }) => universes.map((zone) => [zone.name, zone] as const)));
  const places = atomsOf([...zones.values()].filter(({ name }) => used.has(name)));
  const crossings = crossingsOf(numbers);
  const classes = crossings.map((dimensions) =>
    classAtoms(dimensions, domains(numbers, publications), numbers, population),
  );
  return {
    places,
    groups: classes.map(({ units }) => units.length),
    cellsOf: ({ universe, classes: asked = {} }) => {
      const [dimension] = Object.keys(asked);
      const crossing = dimension === undefined ? 0 : crossings.findIndex((names) => names.includes(dimension));
      const groups = classes[crossing]?.of.get(classKey(asked)) ?? [];
      return (places.of.get(universe) ?? []).flatMap((place) => groups.map((group) => ({ place, crossing, group })));
    },
  };
}

/** Dimensions joined as soon as one number crosses them. */
function crossingsOf(numbers: readonly PublishedNumber[]): readonly (readonly string[])[] {
  let crossings: readonly (readonly string[])[] = [];
  for (const { classes } of numbers) {
    const names = Object.keys(classes ?? {});
    if (names.length === 0) continue;
    const met = crossings.filter((one) => one.some((name) => names.includes(name)));
    crossings = [...crossings.filter((one) => !met.includes(one)), [...new Set([...met.flat(), ...names])]];
  }
  return crossings.length === 0 ? [[]] : crossings;
}

/** Every class of each dimension. */
function domains(
  numbers: readonly PublishedNumber[],
  publications: readonly Publication[],
): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, Set<string>>();
  for (const { classes = {} } of numbers) {
    for (const [name, labels] of Object.entries(classes)) {
      seen.set(name, new Set([...(seen.get(name) ?? []), ...labels]));
    }
  }
  return new Map(
    [...seen].map(([name, labels]) => {
      const whole = publications.flatMap(({ dimensions }) => dimensions?.[name] ?? []);
      return [name, [...new Set([...labels, ...(whole.length > 0 ? whole : ["(autres)"])])]];
    }),
  );
}

function classAtoms(
  dimensions: readonly string[],
  domain: ReadonlyMap<string, readonly string[]>,
  numbers: readonly PublishedNumber[],
  population: string,
): Atoms {
  const size = dimensions.reduce((product, name) => product * (domain.get(name)?.length ?? 1), 1);
  if (size > most) {
    throw new Refusal({
      what: "Trop de classes croisées pour que les publications soient attaquées ensemble",
      where: `population «\u202f${population}\u202f», dimensions ${dimensions.join(", ")}`,
      expected: `au plus ${most} croisements`,
      remedy: "publier moins de dimensions dans un même tableau",
    });
  }
  let combinations: readonly Readonly<Record<string, string>>[] = [{}];
  for (const name of dimensions) {
    combinations = combinations.flatMap((one) => (domain.get(name) ?? []).map((label) => ({ ...one, [name]: label })));
  }
  const sets = new Map([[classKey({}), {} as NonNullable<PublishedNumber["classes"]>]]);
  for (const { classes = {} } of numbers) {
    if (Object.keys(classes).every((name) => dimensions.includes(name))) sets.set(classKey(classes), classes);
  }
  const inside = (one: Readonly<Record<string, string>>, asked: Readonly<Record<string, readonly string[]>>): boolean =>
    Object.entries(asked).every(([name, labels]) => labels.includes(one[name] ?? ""));
  return atomsOf(
    [...sets].map(([name, asked]) => ({
      name,
      members: combinations.flatMap((one, index) => (inside(one, asked) ? [String(index)] : [])),
    })),
  );
}

const classKey = (classes: Readonly<Record<string, readonly string[]>>): string =>
  JSON.stringify(
    Object.entries(classes)
      .map(([name, labels]) => [name, [...new Set(labels)].sort()])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
