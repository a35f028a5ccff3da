/**
 * Brings the k smallest values to the front, in no order, with what goes along with each (Hoare's quickselect 1961, on the middle of three). Among equal
 * values, the smallest of `along`. O(length) expected.
 * @example
 * ```ts
 * const values = Float64Array.of(5, 1, 4, 2);
 * keepSmallest(values, Int32Array.of(0, 1, 2, 3), 4, 2);
 * values.slice(0, 2).sort() // Float64Array(2) [ 1, 2 ]
 * ```
 */
export function keepSmallest(values: Float64Array, along: Int32Array, length: number, k: number): void {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    order(values, along, low, middle);
    order(values, along, low, high);
    order(values, along, middle, high);
    const pivot = values[middle];
    const pivotAlong = along[middle];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot || (values[i] === pivot && along[i] < pivotAlong)) i++;
      while (values[j] > pivot || (values[j] === pivot && along[j] > pivotAlong)) j--;
      if (i <= j) swap(values, along, i++, j--);
    }
    if (k - 1 <= j) high = j;
    else if (k - 1 >= i) low = i;
    else return;
  }
}

/** Sorts the first values, equal ones by what goes along: by insertion under 24, else by halves around a pivot. O(length log length) expected. */
export function sortSmallest(values: Float64Array, along: Int32Array, length: number): void {
  sortBetween(values, along, 0, length - 1);
}

function sortBetween(values: Float64Array, along: Int32Array, first: number, last: number): void {
  let [low, high] = [first, last];
  while (high - low >= 24) {
    const middle = (low + high) >>> 1;
    order(values, along, low, middle);
    order(values, along, low, high);
    order(values, along, middle, high);
    const pivot = values[middle];
    const pivotAlong = along[middle];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot || (values[i] === pivot && along[i] < pivotAlong)) i++;
      while (values[j] > pivot || (values[j] === pivot && along[j] > pivotAlong)) j--;
      if (i <= j) swap(values, along, i++, j--);
    }
    // The shorter side by a call, the longer one by the loop: the depth stays under log2 of the length.
    if (j - low < high - i) {
      sortBetween(values, along, low, j);
      low = i;
    } else {
      sortBetween(values, along, i, high);
      high = j;
    }
  }
  for (let i = low + 1; i <= high; i++) {
    const value = values[i];
    const follower = along[i];
    let slot = i;
    while (slot > low && (values[slot - 1] > value || (values[slot - 1] === value && along[slot - 1] > follower))) {
      values[slot] = values[slot - 1];
      along[slot] = along[slot - 1];
      slot--;
    }
    values[slot] = value;
    along[slot] = follower;
  }
}

function order(values: Float64Array, along: Int32Array, a: number, b: number): void {
  if (values[b] < values[a] || (values[b] === values[a] && along[b] < along[a])) swap(values, along, a, b);
}

function swap(values: Float64Array, along: Int32Array, a: number, b: number): void {
  const value = values[a];
  const follower = along[a];
  values[a] = values[b];
  along[a] = along[b];
  values[b] = value;
  along[b] = follower;
}
