import { frenchNumber } from "../codes/french.ts";

/** What is known of an area, from its probability to be among the highest. */
export const knowledge: readonly [string, string, string] = [
  "90\u202f% ou plus",
  "de 10 à 90\u202f%",
  "10\u202f% ou moins",
];

export const knowledgeOf = (chance: number): string =>
  chance >= 0.9 ? knowledge[0] : chance <= 0.1 ? knowledge[2] : knowledge[1];

/** As it is printed: what stands beyond the percent is the noise of the draws, and gives no order. */
export const chanceRank = (chance: number): number => {
  if (!Number.isFinite(chance)) return -1;
  if (chance > 0.99) return 100;
  return chance < 0.01 ? 0 : Math.round(chance * 100);
};

export const amongFirst = (highest: number): string =>
  highest === 1 ? "au premier rang" : `parmi les ${highest} premiers`;

/** A probability seen in draws is neither 0 nor 1. */
export const chanceWords = (chance: number): string => {
  if (chance > 0.99) return ">\u00a099\u202f%";
  if (chance < 0.01) return "<\u00a01\u202f%";
  return frenchNumber(chance * 100, { unit: "%" });
};
