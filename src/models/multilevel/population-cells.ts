import { QuartiersError } from "../../codes/errors.ts";
import type { DesignMatrix } from "../areas/design-matrix.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { CategoricalTerm, NumberTerm } from "../regression/model-term.ts";
import type { MixedLogit } from "./mixed-logit.ts";
import { populationColumns } from "./population-columns.ts";

/** Census cells (age x diploma x sex x area): the population a mixed model is carried to. */
export interface PopulationCells {
  /** Persons of each cell, 0 or more, not always whole. An empty cell has 0 persons, never a missing rate. */
  readonly persons: Float64Array;
  /** The variables of the model's fixed effects, by the same names, one value a cell. */
  readonly fixed: readonly (CategoricalTerm | NumberTerm)[];
  /** The model's groups, by the same names; levels that the sample never had are allowed. */
  readonly groups: readonly CategoricalVariable[];
}

/** A level that the population has and nobody of the sample. */
export interface UnseenLevel {
  readonly group: string;
  readonly level: string;
}

/** Cells ready for the model: `effectOf` gives, for each group, the place of each cell's level among the levels of the fit, then the new ones. */
export interface PreparedCells {
  readonly design: DesignMatrix;
  readonly persons: Float64Array;
  readonly effectOf: readonly Int32Array[];
  /** Names of the new levels of each group, placed after those of the fit. */
  readonly newLevels: readonly (readonly string[])[];
  /** Levels without anybody in the sample and with somebody in the population. */
  readonly unseen: readonly UnseenLevel[];
}

/** Matches the cells to the model by names. Refuses a group that the cells lack or miss, and persons that are no number. O(cells x (columns + groups)). */
export function preparedCells(fit: Pick<MixedLogit, "fixed" | "groups">, cells: PopulationCells): PreparedCells {
  const { persons } = cells;
  persons.forEach((count, cell) => {
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Cellule de population inutilisable",
        where: `cellule ${cell + 1}`,
        expected: "un nombre de personnes connu, positif ou nul",
        remedy: "écrire 0 pour une cellule vide",
      });
  });
  const unseen: UnseenLevel[] = [];
  const newLevels: string[][] = [];
  const effectOf = fit.groups.map((group) => {
    const own = cells.groups.find(({ name }) => name === group.name);
    if (own?.codes.length !== persons.length)
      throw new QuartiersError({
        what: `La population ne dit pas le groupe « ${group.name} » de chaque cellule`,
        value: own ? `${own.codes.length} niveaux` : "groupe absent",
        expected: `${persons.length} niveaux`,
      });
    const placeOf = new Map(group.levels.map((level, place) => [level, place]));
    const added: string[] = [];
    newLevels.push(added);
    const met = new Set<string>();
    return own.codes.map((code, cell) => {
      const level = own.levels[code];
      if (level === undefined)
        throw new QuartiersError({
          what: `Le groupe « ${group.name} » manque dans la population`,
          where: `cellule ${cell + 1}`,
          expected: "un niveau connu dans chaque cellule",
        });
      let place = placeOf.get(level);
      if (place === undefined) {
        place = group.levels.length + added.length;
        placeOf.set(level, place);
        added.push(level);
      }
      if (persons[cell] > 0 && !met.has(level)) {
        met.add(level);
        if (!((group.persons[place] ?? 0) > 0)) unseen.push({ group: group.name, level });
      }
      return place;
    });
  });
  return {
    design: populationColumns(fit.fixed, cells.fixed, persons.length),
    persons,
    effectOf,
    newLevels,
    unseen,
  };
}
