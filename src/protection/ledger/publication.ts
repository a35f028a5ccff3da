import type { SecrecyRule } from "../../codes/lineage.ts";

/** A zone: the set of base units (parcels, IRIS, pieces of overlap) of which it is made. */
export interface Universe {
  readonly name: string;
  readonly members: readonly string[];
}

/** One number that a reader can read: what it counts, over which universe, and how far it was rounded. */
export interface PublishedNumber {
  /** Name of the number in its publication, in words that a reader finds on the page. */
  readonly id: string;
  /** `rate` and `mean`: the numerator is `measure`, the denominator is `base`. */
  readonly kind: "count" | "sum" | "mean" | "rate";
  /** Who is counted, and when: numbers of two populations are never compared. */
  readonly population: string;
  readonly measure: string;
  readonly universe: string;
  /** Classes of people counted, by dimension: `{ sexe: ["F"] }`. Everybody where a dimension is not named. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
  /** Null for a hidden cell: nothing is published, and nothing may be found. */
  readonly value: number | null;
  /** Half-width of the rounding: the true value lies within value ± rounding. Exact by default. */
  readonly rounding?: number;
  /** The count of the same units; required for a sum, a mean or a rate. */
  readonly base?: string;
  /** Count published beside a sum, a mean or a rate. */
  readonly n?: number;
  /** 100 for a percentage; 1 by default. */
  readonly per?: number;
  /** Bounds that a reader knows from elsewhere. */
  readonly least?: number;
  readonly greatest?: number;
  /** A hidden cell that counts enough units, hidden to protect others. Known while the newcomer is judged; never written in the ledger. */
  readonly secondary?: boolean;
}

/** What enters the ledger at once. The date is given: the ledger has no clock. */
export interface Publication {
  readonly id: string;
  readonly date: string;
  /** "public": totals known from elsewhere, which are recorded and cannot be refused. */
  readonly origin: "release" | "public";
  /** The strictest rule of its sources. */
  readonly secrecy: Pick<SecrecyRule, "unit" | "minUnits" | "interval" | "amountPercent">;
  readonly universes: readonly Universe[];
  /** Classes that make up a whole, for dimensions of which the publication shows every class. */
  readonly dimensions?: Readonly<Record<string, readonly string[]>>;
  readonly numbers: readonly PublishedNumber[];
  /** Universes that total the table; required as soon as a cell is hidden, since readers know them. */
  readonly totals: readonly string[];
  /** Published in spite of what it exposes: who signs, and why. Printed in the book. */
  readonly override?: { readonly signedBy: string; readonly reason: string };
}
