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
  let kept = new Int32Array(64);
  let cost = new Float64Array(64);
  let taken = new Float64Array(64);
  return (offers, posts, destination, costs, row) => {
    let length = 0;
    let sum = 0;
    for (let i = 0; i < offers.length; i++) {
      const offer = offers[i];
      const count = posts[offer];
      const own = costs[row + destination[offer]];
      if (count === 0 || (sum >= k && own >= cost[length - 1])) continue;
      if (length === kept.length) {
        kept = Int32Array.from({ length: 2 * length }, (_, at) => kept[at] ?? 0);
        cost = Float64Array.from({ length: 2 * length }, (_, at) => cost[at] ?? 0);
        taken = new Float64Array(2 * length);
      }
      let at = length++;
      for (; at > 0 && own < cost[at - 1]; at--) {
        cost[at] = cost[at - 1];
        kept[at] = kept[at - 1];
      }
      cost[at] = own;
      kept[at] = offer;
      sum += count;
      while (sum - posts[kept[length - 1]] >= k) sum -= posts[kept[--length]];
    }
    let left = k;
    for (let at = 0; at < length; at++) {
      taken[at] = Math.min(left, posts[kept[at]]);
      left -= taken[at];
    }
    return { offers: kept, taken, length };
  };
}
