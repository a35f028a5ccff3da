/** The nearest posts of a home: places, and how many posts are taken at each (the last one in part). */
export interface NearestPosts {
  /** Offers, nearest first. */
  readonly offers: Int32Array;
  readonly taken: Float64Array;
  readonly length: number;
}

/**
 * Keeps the k posts of smallest cost among some offers, equal costs in the order of the offers, Infinity last but kept: when fewer than k posts can be reached,
 * those that cannot complete them; when fewer than k exist, all of them. `costOf` is a row of the matrix of travel. The answer is a buffer that the next call
 * replaces. O(offers x k) at worst, O(offers) when costs are in no order.
 */
export function nearestPosts(
  k: number,
): (
  offers: Int32Array,
  posts: Float64Array,
  destination: Int32Array,
  costs: Float64Array,
  row: number,
) => NearestPosts {
  const kept: number[] = [];
  const cost: number[] = [];
  const buffer = { offers: new Int32Array(64), taken: new Float64Array(64), length: 0 };
  return (offers, posts, destination, costs, row) => {
    kept.length = 0;
    cost.length = 0;
    let sum = 0;
    for (const offer of offers) {
      if (posts[offer] === 0) continue;
      const own = costs[row + destination[offer]];
      const last = kept.length - 1;
      if (sum >= k && own >= (cost[last] ?? 0)) continue;
      let at = kept.length;
      while (at > 0 && own < (cost[at - 1] ?? 0)) at--;
      kept.splice(at, 0, offer);
      cost.splice(at, 0, own);
      sum += posts[offer];
      for (let end = kept.length - 1; sum - posts[kept[end] ?? 0] >= k; end = kept.length - 1) {
        sum -= posts[kept[end] ?? 0];
        kept.pop();
        cost.pop();
      }
    }
    if (buffer.offers.length < kept.length) {
      buffer.offers = new Int32Array(2 * kept.length);
      buffer.taken = new Float64Array(2 * kept.length);
    }
    let left = k;
    for (let at = 0; at < kept.length; at++) {
      const offer = kept[at] ?? 0;
      buffer.offers[at] = offer;
      buffer.taken[at] = Math.min(left, posts[offer]);
      left -= buffer.taken[at];
    }
    buffer.length = kept.length;
    return buffer;
  };
}
