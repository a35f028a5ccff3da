import { asDistinct, type CostColumn } from "./distinct-costs.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

/** Opportunities of one place, nearest first: cost and number cumulated up to it; costs may repeat. Only opportunities at a finite cost. */
export interface CostOrder {
  readonly costs: Float64Array;
  /** Opportunities up to this place of the order. */
  readonly cumulated: Float64Array;
  readonly length: number;
}

/** More pairs than a place can have, and few enough for a code and a rank to share 53 bits. */
const rankSize = 2 ** 24;

/**
 * Opportunities in order of cost, place after place; each call of `visit` reads the order before the next one replaces it. `active`: destinations seen
 * from origins; else origins seen from destinations. Few distinct costs are counted, O(pairs); many are sorted, as single numbers that hold code and rank,
 * O(pairs × log of the longest row).
 */
export function eachCostOrder(
  matrix: TravelMatrix,
  cost: CostColumn,
  opportunities: Float64Array,
  active: boolean,
  visit: (place: number, order: CostOrder) => void,
): void {
  const { values, codes } = asDistinct(cost);
  const { starts, pairs, others } = active ? activeRows(matrix) : passiveRows(matrix);
  const size = starts.reduce((longest, start, i) => Math.max(longest, i > 0 ? start - starts[i - 1] : 0), 0);
  const counted = values.length <= 4 * size;
  const capacity = counted ? values.length : size;
  const costs = new Float64Array(capacity);
  const cumulated = new Float64Array(capacity);
  const gains = new Float64Array(capacity);
  const keys = new Float64Array(counted ? 0 : size);
  const finite = values.length - (values[values.length - 1] === Number.POSITIVE_INFINITY ? 1 : 0);
  for (let place = 0; place + 1 < starts.length; place++) {
    const start = starts[place];
    const end = starts[place + 1];
    let length = 0;
    let sum = 0;
    if (counted) {
      gains.fill(0);
      for (let i = start; i < end; i++)
        gains[codes[pairs ? pairs[i] : i]] += opportunities[others ? others[i] : i - start];
      for (let code = 0; code < finite; code++) {
        if (gains[code] === 0) continue;
        sum += gains[code];
        costs[length] = values[code];
        cumulated[length++] = sum;
      }
    } else {
      for (let i = start; i < end; i++) {
        const code = codes[pairs ? pairs[i] : i];
        const gain = opportunities[others ? others[i] : i - start];
        if (gain === 0 || code >= finite) continue;
        gains[length] = gain;
        keys[length] = code * rankSize + length;
        length++;
      }
      const sorted = keys.subarray(0, length).sort();
      for (let i = 0; i < length; i++) {
        const code = Math.floor(sorted[i] / rankSize);
        sum += gains[sorted[i] - code * rankSize];
        costs[i] = values[code];
        cumulated[i] = sum;
      }
    }
    visit(place, { costs, cumulated, length });
  }
}

interface Rows {
  readonly starts: Int32Array;
  /** Place of each entry among the pairs; null when it is its own. */
  readonly pairs: Int32Array | null;
  readonly others: Int32Array | null;
}

const activeRows = ({ starts, destinations }: TravelMatrix): Rows => ({ starts, pairs: null, others: destinations });

/** The same pairs by destination. */
function passiveRows({ starts, destinations, originIds, destinationIds }: TravelMatrix): Rows {
  const count = starts[starts.length - 1];
  const next = new Int32Array(destinationIds.length + 1);
  const pairs = new Int32Array(count);
  const others = new Int32Array(count);
  const each = (visit: (destination: number, pair: number, origin: number) => void): void => {
    for (let origin = 0; origin < originIds.length; origin++)
      for (let pair = starts[origin]; pair < starts[origin + 1]; pair++)
        visit(destinations ? destinations[pair] : pair - starts[origin], pair, origin);
  };
  each((destination) => next[destination + 1]++);
  for (let place = 0; place < destinationIds.length; place++) next[place + 1] += next[place];
  const begins = next.slice();
  each((destination, pair, origin) => {
    const at = next[destination]++;
    pairs[at] = pair;
    others[at] = origin;
  });
  return { starts: begins, pairs, others };
}
