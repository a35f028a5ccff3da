import { type Cell, cellKey, type Relation } from "./relations.ts";

/** What the suppressor knows of a cell; it may read true values, the attacker may not. */
export interface CellState {
  readonly value: number;
  readonly hidden: boolean;
  /** Whether the cell may be hidden: a visible number above zero, in a column that is not public in itself. */
  readonly candidate: boolean;
  /** Least value a reader knows possible while hidden. */
  readonly least: number;
  /** Threshold that the possible values must reach, or 0. */
  readonly reach: number;
}

interface Scored {
  readonly cell: Cell;
  readonly cost: number;
  readonly part: number;
}

/**
 * Hides further cells after the primary ones. A heuristic, in the order of the declared relations:
 * a relation with a hidden cell needs a second one, and its hidden parts must add up to enough for each to reach its threshold.
 * Each time, the cell of least loss is hidden: its count, doubled for every other relation that it would open
 * (cells that close a rectangle of hidden cells come first), then a part before a total, then the order of rows and columns.
 * Nothing is claimed of the result: the attacker judges it, and `widen` hides more where it found something.
 */
export class Suppressor {
  readonly #relations: readonly Relation[];
  readonly #of: ReadonlyMap<string, readonly number[]>;
  readonly #state: (cell: Cell) => CellState;
  readonly #hide: (cell: Cell) => void;

  constructor(relations: readonly Relation[], state: (cell: Cell) => CellState, hide: (cell: Cell) => void) {
    const of = new Map<string, number[]>();
    relations.forEach(({ total, parts }, index) => {
      for (const cell of [total, ...parts]) {
        const key = cellKey(cell);
        const list = of.get(key);
        if (list) list.push(index);
        else of.set(key, [index]);
      }
    });
    this.#relations = relations;
    this.#of = of;
    this.#state = state;
    this.#hide = hide;
  }

  /** Hides until each relation taken alone is wide enough, or has nothing left to hide. */
  settle(): void {
    const queue = this.#relations.map((_, index) => index);
    const waiting = new Set(queue);
    for (let at = 0; at < queue.length; at++) {
      const index = queue[at] ?? 0;
      waiting.delete(index);
      while (this.#tooNarrow(index)) {
        const chosen = this.#cheapest([index]);
        if (!chosen) break;
        this.#hide(chosen);
        for (const other of this.#of.get(cellKey(chosen)) ?? []) {
          if (other === index || waiting.has(other)) continue;
          waiting.add(other);
          queue.push(other);
        }
      }
    }
  }

  /**
   * Hides one more cell near each cell that the attacker found: in its own relations, else in those tied to it by hidden cells.
   * False when nothing is left to hide near any of them.
   */
  widen(found: readonly Cell[]): boolean {
    const touched = new Set<number>();
    let hidden = false;
    for (const cell of found) {
      const own = this.#of.get(cellKey(cell)) ?? [];
      if (own.some((index) => touched.has(index))) {
        continue;
      }
      const chosen = this.#cheapest(own) ?? this.#cheapest(this.component(cell));
      if (!chosen) continue;
      this.#hide(chosen);
      hidden = true;
      for (const index of this.#of.get(cellKey(chosen)) ?? []) touched.add(index);
    }
    return hidden;
  }

  /** The relations tied to a cell through hidden cells. */
  component(cell: Cell): readonly number[] {
    const seen = new Set<number>(this.#of.get(cellKey(cell)) ?? []);
    for (const index of seen) {
      for (const member of this.#cells(index)) {
        if (!this.#state(member).hidden) continue;
        for (const next of this.#of.get(cellKey(member)) ?? []) seen.add(next);
      }
    }
    return [...seen].sort((a, b) => a - b);
  }

  #cells(index: number): readonly Cell[] {
    const relation = this.#relations[index];
    return relation ? [relation.total, ...relation.parts] : [];
  }

  #tooNarrow(index: number): boolean {
    const relation = this.#relations[index];
    if (!relation) return false;
    const states = this.#cells(index).map((cell) => this.#state(cell));
    const hidden = states.filter((state) => state.hidden);
    if (hidden.length === 0) return false;
    if (hidden.length === 1) return true;
    const [total, ...parts] = states;
    if (!total || total.hidden) return false;
    let room = total.value;
    let least = 0;
    for (const part of parts) {
      if (part.hidden) least += part.least;
      else room -= part.value;
    }
    return parts.some((part) => part.hidden && room - (least - part.least) < Math.max(part.reach, part.least + 1));
  }

  #cheapest(relations: readonly number[]): Cell | null {
    let best: Scored | null = null;
    const seen = new Set<string>();
    for (const index of relations) {
      this.#cells(index).forEach((cell, position) => {
        const key = cellKey(cell);
        if (seen.has(key)) return;
        seen.add(key);
        const { candidate, value } = this.#state(cell);
        if (!candidate) return;
        const scored = { cell, cost: value * 2 ** this.#opened(key, relations), part: position === 0 ? 1 : 0 };
        if (best === null || scored.cost < best.cost || (scored.cost === best.cost && scored.part < best.part)) {
          best = scored;
        }
      });
    }
    return (best as Scored | null)?.cell ?? null;
  }

  /** Relations that hiding this cell would leave with a single hidden cell. */
  #opened(key: string, relations: readonly number[]): number {
    const others = (this.#of.get(key) ?? []).filter((index) => !relations.includes(index));
    return others.filter((index) => !this.#cells(index).some((cell) => this.#state(cell).hidden)).length;
  }
}
