import { Refusal } from "../refusal.ts";
import { exactFraction } from "./exact.ts";
import type { RuleFinding } from "./finding.ts";
import { checkThreshold } from "./frequency.ts";

/** The statistics of one group that are published together. */
export interface PublishedSummary {
  /** Units behind them. */
  readonly n: number;
  readonly mean?: boolean;
  readonly standardDeviation?: boolean;
  /** How many units share the least value, and the greatest, when they are published: 1 when one person holds it. */
  readonly minHolders?: number;
  readonly maxHolders?: number;
  /** Orders of the quantiles published, between 0 and 1 excluded: [0.5] for the median. */
  readonly quantiles?: readonly number[];
  /** True when all units hold the same value: a spread of 0, or equal ends. */
  readonly constant?: boolean;
}

/**
 * Attack 18: what a group's statistics say of one unit when they are read together.
 * - a mean, a spread or a quantile on fewer than t units;
 * - a minimum or maximum that fewer than t units share: it is somebody's value;
 * - a mean (or spread) with those ends: what is left by subtraction counts fewer than t units;
 * - quantiles that leave fewer than t units under the first, between two, or over the last: whole units of n·(q2 - q1), rounded down, exactly;
 * - a spread of 0, or a constant group: everybody's value is told.
 * A group of 0 units has nothing to find.
 * @example
 * ```ts
 * summaryFindings({ n: 12, mean: true, minHolders: 1, maxHolders: 1 }, 11).map(({ code }) => code) // ["extreme", "mean-with-extremes"]
 * ```
 */
export function summaryFindings(
  summary: PublishedSummary,
  minUnits: number,
  rows: readonly number[] = [],
): readonly RuleFinding[] {
  checkThreshold(minUnits);
  const { n, mean = false, standardDeviation = false, quantiles = [], minHolders, maxHolders } = summary;
  const holders = [minHolders, maxHolders].filter((count): count is number => count !== undefined);
  if (!(Number.isSafeInteger(n) && n >= 0) || holders.some((count) => !(count >= 1 && count <= n))) {
    throw new Refusal({
      what: "L'effectif d'une statistique n'est pas utilisable",
      expected: "un nombre entier d'unités, et une part d'entre elles à chaque extrême",
    });
  }
  if (n === 0) return [];
  const findings: RuleFinding[] = [];
  const add = (code: RuleFinding["code"], rule: string, sentence: string, remedy: string): void => {
    findings.push({ code, rows, rule: `${rule}, t = ${minUnits}`, sentence, remedy });
  };
  const small = n < minUnits;
  if (small && mean) {
    add(
      "frequency",
      "moyenne",
      `La moyenne porte sur moins de ${minUnits} unités.`,
      "regrouper, ou masquer la moyenne",
    );
  }
  if (holders.some((count) => count < minUnits)) {
    add(
      "extreme",
      "minimum et maximum",
      `Un extrême est la valeur de moins de ${minUnits} unités.`,
      "publier les 5e et 95e centiles si les effectifs le permettent",
    );
  }
  const rest = summary.constant ? n : n - holders.reduce((sum, count) => sum + count, 0);
  if ((mean || standardDeviation) && holders.length > 0 && rest > 0 && rest < minUnits) {
    add(
      "mean-with-extremes",
      "moyenne, effectif et extrêmes ensemble",
      `En retirant les extrêmes du total, il reste moins de ${minUnits} unités.`,
      "ne pas publier les extrêmes avec la moyenne",
    );
  }
  if (quantiles.length > 0 && smallestGap(n, quantiles) < BigInt(minUnits)) {
    add(
      "quantile",
      "quantiles",
      `Un quantile, ou deux quantiles voisins, isolent moins de ${minUnits} unités.`,
      "publier moins de quantiles, ou regrouper",
    );
  }
  if (standardDeviation && (small || summary.constant)) {
    add(
      "spread",
      "écart-type",
      `L'écart-type porte sur moins de ${minUnits} unités, ou dit que toutes ont la même valeur.`,
      "regrouper, ou masquer l'écart-type",
    );
  } else if (summary.constant && (mean || holders.length > 0 || quantiles.length > 0)) {
    add(
      "whole-class",
      "groupe constant",
      "Les statistiques publiées disent la valeur de chaque unité du groupe.",
      "regrouper la cellule avec une autre",
    );
  }
  return findings;
}

/** Whole units in the thinnest slice that quantiles of those orders cut in n units. */
function smallestGap(n: number, orders: readonly number[]): bigint {
  const cuts = [...new Set(orders)].sort((a, b) => a - b);
  if (cuts.some((order) => !(order > 0 && order < 1))) {
    throw new Refusal({
      what: "Un ordre de quantile n'est pas compris entre 0 et 1",
      expected: "0.5 pour la médiane ; minHolders et maxHolders pour les extrêmes",
    });
  }
  const zero = { numerator: 0n, denominator: 1n };
  const marks = [zero, ...cuts.map(exactFraction), { numerator: 1n, denominator: 1n }];
  return marks.slice(1).reduce((least, { numerator, denominator }, i) => {
    const before = marks[i] ?? zero;
    const width = numerator * before.denominator - before.numerator * denominator;
    const units = (BigInt(n) * width) / (denominator * before.denominator);
    return units < least ? units : least;
  }, BigInt(n));
}
