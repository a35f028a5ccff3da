import type { Demand } from "./lower-bound.ts";

/**
 * Cells that meet every demand, chosen one after another: the one that brings the most per unit of loss to the demands left, then the smaller of `ties`.
 * Starts the scalable method from what the lines ask together. Demands that no cell can meet are left as they are.
 * Complexity: n log n in the entries of the demands.
 * Source: Dobson (1982) for the greedy choice in covering programs.
 * @example
 * ```ts
 * const demands = [[0, 1], [1, 2]].map((cells) => ({ cells: Int32Array.from(cells), weights: Float64Array.of(1, 1), need: 1 }));
 * greedyCover(Float64Array.of(1, 1, 1), demands, [0, 0, 0]) // [1]
 * ```
 */
export function greedyCover(
  costs: Float64Array,
  demands: readonly Demand[],
  ties: ArrayLike<number>,
): readonly number[] {
  const left = Float64Array.from(demands, ({ need }) => need);
  const entries = new Map<number, { readonly demand: number; readonly weight: number }[]>();
  demands.forEach(({ cells, weights }, demand) => {
    cells.forEach((cell, k) => {
      if (weights[k] <= 0) return;
      const list = entries.get(cell);
      if (list) list.push({ demand, weight: weights[k] });
      else entries.set(cell, [{ demand, weight: weights[k] }]);
    });
  });
  const gain = (cell: number): number => {
    let sum = 0;
    for (const { demand, weight } of entries.get(cell) ?? [])
      sum += Math.min(weight, left[demand]) / (demands[demand]?.need ?? 1);
    return sum / costs[cell];
  };
  // Gains only fall: a cell read again with its gain unchanged is still the best. Cells are kept in classes of gain, best class last.
  const heap = new GainHeap([...entries.keys()], gain, ties);
  const chosen: number[] = [];
  for (let cell = heap.best(); cell !== null; cell = heap.best()) {
    chosen.push(cell);
    for (const { demand, weight } of entries.get(cell) ?? []) left[demand] = Math.max(0, left[demand] - weight);
  }
  return chosen;
}

/** A heap whose gains may have fallen since they were written: the top is read again until it stands. */
class GainHeap {
  readonly #cells: number[];
  readonly #gains = new Map<number, number>();
  readonly #gain: (cell: number) => number;
  readonly #ties: ArrayLike<number>;

  constructor(cells: readonly number[], gain: (cell: number) => number, ties: ArrayLike<number>) {
    this.#cells = [...cells];
    this.#gain = gain;
    this.#ties = ties;
    for (const cell of cells) this.#gains.set(cell, gain(cell));
    for (let at = Math.floor(cells.length / 2); at >= 0; at--) this.#sink(at);
  }

  /** The cell of greatest gain, taken out; null when no cell gains anything. */
  best(): number | null {
    for (;;) {
      const top = this.#cells[0];
      if (top === undefined) return null;
      const now = this.#gain(top);
      const stands = now >= (this.#gains.get(top) ?? 0) - 1e-12;
      this.#gains.set(top, now);
      if (!stands && now > 1e-9) {
        this.#sink(0);
        continue;
      }
      const last = this.#cells.pop();
      if (last !== undefined && this.#cells.length > 0) {
        this.#cells[0] = last;
        this.#sink(0);
      }
      if (now > 1e-9) return top;
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#gains.get(a) ?? 0, this.#gains.get(b) ?? 0];
    if (Math.abs(one - other) > 1e-12) return one > other;
    return (this.#ties[a] ?? 0) === (this.#ties[b] ?? 0) ? a < b : (this.#ties[a] ?? 0) < (this.#ties[b] ?? 0);
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let first = at;
      for (const child of [left, right]) {
        if (child < this.#cells.length && this.#before(this.#cells[child] ?? 0, this.#cells[first] ?? 0)) first = child;
      }
      if (first === at) return;
      [this.#cells[at], this.#cells[first]] = [this.#cells[first] ?? 0, this.#cells[at] ?? 0];
      at = first;
    }
  }
}
