import { numberColumn, type Table, table, textColumn } from "../../../src/codes/table.ts";
import type { DrawingContext, DrawnKind } from "../../../src/protection/drawing/drawing-context.ts";
import { sampleLineage } from "../../support/lineage.ts";

/** A linear congruential generator: the same people at every run. */
export function drawNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

export interface Person {
  readonly nom: string;
  readonly sexe: string;
  readonly groupe: string;
  readonly age: number;
  readonly revenu: number;
  readonly lon: number;
  readonly lat: number;
  readonly quartier: string;
}

/** Invented people, with names that nothing else in a drawing can look like. */
export function people(count: number, seed = 7): readonly Person[] {
  const draw = drawNumbers(seed);
  return Array.from({ length: count }, (_, i) => ({
    nom: `Personne-${String(i).padStart(3, "0")}-${Math.floor(draw() * 1e6)}`,
    sexe: draw() < 0.5 ? "F" : "H",
    groupe: draw() < 0.05 ? "rare" : draw() < 0.5 ? "a" : "b",
    age: Math.floor(18 + 70 * draw()),
    revenu: Math.round(8_000 + 40_000 * draw() ** 2 + (i === 3 ? 90_000 : 0)),
    lon: Number((2.3 + 0.1 * draw()).toFixed(5)),
    lat: Number((48.8 + 0.06 * draw()).toFixed(5)),
    quartier: `Q${1 + Math.floor(4 * draw())}`,
  }));
}

const kinds: Readonly<Record<keyof Person, DrawnKind>> = {
  nom: "identifier",
  sexe: "category",
  groupe: "category",
  age: "measure",
  revenu: "measure",
  lon: "position",
  lat: "position",
  quartier: "zone",
};

/** The context of a drawing of those people. */
export const ofPeople = (more: Partial<DrawingContext> = {}): DrawingContext => ({
  name: "essai",
  minUnits: 11,
  unit: "personne",
  rows: "units",
  counts: [],
  columns: kinds,
  ...more,
});

/** Their table, with its source and its threshold. */
export function peopleTable(list: readonly Person[]): Table {
  const column = (name: keyof Person) => {
    const values = list.map((person) => person[name]);
    return typeof values[0] === "number"
      ? numberColumn(values as number[], { label: name, unit: "" })
      : textColumn(values as string[], { label: name });
  };
  const names = Object.keys(kinds) as (keyof Person)[];
  return table(
    Object.fromEntries(names.map((name) => [name, column(name)])),
    sampleLineage({ unit: "personne", minUnits: 11 }),
  );
}
