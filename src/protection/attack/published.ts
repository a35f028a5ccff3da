import type { SecrecyRule } from "../../codes/lineage.ts";
import { type Column, reasonAt } from "../../codes/table.ts";
import { type RateRelation, wholeOf } from "../rates.ts";
import type { Cell, Relation } from "../relations.ts";

/** low <= sum of coefficient·cell <= high, as every reader of the publication knows it. */
export interface PublishedLine {
  readonly terms: readonly { readonly cell: Cell; readonly coefficient: number }[];
  readonly low: number;
  readonly high: number;
  /** Published numbers that the coefficients come from: a rate. */
  readonly from: readonly Cell[];
}

/** Somebody who knows his own share of a cell, which is all of it when he is alone there. */
export interface Insider {
  readonly cell: Cell;
  readonly own: number;
  readonly alone: boolean;
}

/** All that a reader has: the attack knows nothing else. */
export interface Published {
  /** As they are published: a hidden cell is missing. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly lines: readonly PublishedLine[];
  /** Columns that count in whole numbers. */
  readonly whole: readonly string[];
  /** Half-width of the rounding of the visible cells, by column; 0 by default. */
  readonly rounding?: Readonly<Record<string, number>>;
  /** What may be known from elsewhere of any one cell of a column; no number is negative by default. */
  readonly outside?: NonNullable<SecrecyRule["outsideKnowledge"]>;
  /** Contributors who read too. */
  readonly insiders?: readonly Insider[];
}

/** Additive relations as lines: total - parts = 0. */
export function linesOf(relations: readonly Relation[]): readonly PublishedLine[] {
  return relations.map(({ total, parts }) => ({
    terms: [{ cell: total, coefficient: 1 }, ...parts.map((cell) => ({ cell, coefficient: -1 }))],
    low: 0,
    high: 0,
    from: [],
  }));
}

/**
 * What the visible rates say of the counts that they divide: (rate - h)·base <= whole·part <= (rate + h)·base, h half of the last decimal, and part <= base.
 * A row whose rate is hidden says nothing.
 */
export function linesOfRate(columns: Published["columns"], relation: RateRelation): readonly PublishedLine[] {
  const rate = columns[relation.rate];
  const { part } = relation;
  if (rate?.type !== "number" || part === undefined) return [];
  const whole = wholeOf(rate.unit);
  const half = 0.5 / 10 ** relation.decimals;
  const lines: PublishedLine[] = [];
  rate.values.forEach((value, row) => {
    if (reasonAt(rate, row) !== null) return;
    const top = { column: part, row };
    const base = { column: relation.base, row };
    const from = [{ column: relation.rate, row }];
    const line = (share: number, scale: number, low: number, high: number): void => {
      const terms = [
        { cell: top, coefficient: scale },
        { cell: base, coefficient: -share },
      ];
      lines.push({ terms, low, high, from });
    };
    line(value + half, whole, Number.NEGATIVE_INFINITY, 0);
    line(value - half, whole, 0, Number.POSITIVE_INFINITY);
    line(1, 1, Number.NEGATIVE_INFINITY, 0);
  });
  return lines;
}
