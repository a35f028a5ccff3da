import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";

/** A coded question, for the twelve people below: one answer is missing, and one level was chosen by one person. */
export const question = (name: string, levels: readonly string[], codes: readonly number[]): CategoricalVariable => ({
  name,
  levels,
  codes: Int32Array.from(codes),
});
export const yesNo: readonly string[] = ["non", "oui"];
export const cinema: CategoricalVariable = question("cinéma", yesNo, [0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0]);
export const museum: CategoricalVariable = question("musée", yesNo, [0, 0, 1, 1, 1, 0, 1, 0, -1, 0, 1, 0]);
export const music: CategoricalVariable = question(
  "musique",
  ["jazz", "opéra", "rap", "rock"],
  [0, 3, 2, 0, 1, 0, 3, 3, 3, 2, 2, 3],
);
export const sport: CategoricalVariable = question(
  "sport",
  ["jamais", "souvent"],
  [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0],
);
export const all: readonly CategoricalVariable[] = [cinema, museum, music, sport];
