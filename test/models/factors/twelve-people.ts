import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";

/** Twelve people and four questions, one answer of which is missing, and one level chosen by one person. */
export const question = (name: string, levels: readonly string[], codes: readonly number[]): CategoricalVariable => ({
  name,
  levels,
  codes: Int32Array.from(codes),
});
export const yesNo = ["non", "oui"];
export const cinema = question("cinéma", yesNo, [0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 0]);
export const museum = question("musée", yesNo, [0, 0, 1, 1, 1, 0, 1, 0, -1, 0, 1, 0]);
export const music = question("musique", ["jazz", "opéra", "rap", "rock"], [0, 3, 2, 0, 1, 0, 3, 3, 3, 2, 2, 3]);
export const sport = question("sport", ["jamais", "souvent"], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0]);
export const all = [cinema, museum, music, sport];
