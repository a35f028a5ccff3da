import { QuartiersError } from "../../codes/errors.ts";

/** How evenly recommendations (or assignments) fall on the offers. null when nothing is recommended. */
export interface Congestion {
  /** 1 - H(s) / ln n, H the entropy of the shares s of n offers: 0 when they are even, 1 when all fall on one. 0 with a single offer. */
  readonly congestion: number | null;
  /** Share of the offers recommended at least once. */
  readonly coverage: number | null;
  /** Gini of the shares: 0 when even, (n - 1) / n when all fall on one. */
  readonly gini: number | null;
}

/**
 * Congestion of recommendations: `recommended` counts those that fall on each offer, zeros included (an offer left out of it would hide its emptiness).
 * Refuses no offer, negative or missing counts. O(n log n).
 * @example
 * ```ts
 * const { congestion: c, coverage, gini } = congestion(Float64Array.of(0, 0, 4, 4));
 * [c, coverage, gini] // [ 0.5, 0.5, 0.5 ]
 * ```
 */
export function congestion(recommended: Float64Array): Congestion {
  const offers = recommended.length;
  const wrong = recommended.findIndex((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY));
  if (offers === 0 || wrong >= 0) {
    throw new QuartiersError({
      what: offers === 0 ? "Aucune offre" : `Nombre de recommandations impossible pour l'offre n° ${wrong + 1}`,
      value: String(offers === 0 ? 0 : recommended[wrong]),
      expected: "un nombre fini, positif ou nul, pour chaque offre",
    });
  }
  const sorted = recommended.slice().sort();
  let total = 0;
  let weighted = 0;
  let reached = 0;
  for (let k = 0; k < offers; k++) {
    total += sorted[k];
    weighted += (2 * (k + 1) - offers - 1) * sorted[k];
    if (sorted[k] > 0) reached++;
  }
  if (total === 0) return { congestion: null, coverage: null, gini: null };
  let entropy = 0;
  for (const count of sorted) if (count > 0) entropy -= (count / total) * Math.log(count / total);
  return {
    congestion: offers === 1 ? 0 : Math.min(1, Math.max(0, 1 - entropy / Math.log(offers))),
    coverage: reached / offers,
    gini: Math.max(0, weighted / (offers * total)),
  };
}

/** Seekers that a plan sends to each offer: the input of `congestion`. O(arcs). */
export function flowByOffer(flow: Float64Array, offerOfArc: Int32Array, offers: number): Float64Array {
  const counts = new Float64Array(offers);
  for (let k = 0; k < flow.length; k++) counts[offerOfArc[k]] += flow[k];
  return counts;
}
