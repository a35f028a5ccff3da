import { type AdditiveSystem, signIn } from "./additive-system.ts";
import { freeRounds, patience, place, rounds } from "./move-attempts.ts";

/** Changes of cells that leave every line true: whoever sees only the visible cells cannot tell the table from the changed one. */
export interface Move {
  readonly cells: Int32Array;
  /** Change of each cell, for one unit of change of the first. */
  readonly steps: Float64Array;
}

/** What a move must allow: the first cell `up` more, and `down` less. */
export interface MoveNeed {
  readonly cell: number;
  readonly up: number;
  readonly down: number;
  /** Only cells already hidden. */
  readonly free?: boolean;
  /** A cell that the move must not use, or -1. */
  readonly without?: number;
}

/** First choices kept in each line of the cell to protect. */
const choices = 12;
interface Attempt {
  readonly trial: number;
  readonly longest: number;
  /** Loss to beat. */
  readonly below: number;
}

/**
 * Looks for the move of least loss around a cell: in each of its lines another cell takes up the change, and so on until every line is balanced.
 * In a table of two dimensions a move is a rectangle, in one of k dimensions a box of 2^k cells; hierarchies and links prolong it.
 * Several first choices are tried; each is completed by the cells that balance the most lines, then cost the least. No proof of least loss.
 */
export class MoveSearch {
  readonly #system: AdditiveSystem;
  readonly #hidden: Uint8Array;
  /** Hidden cells of each line. */
  readonly #hiddenIn: number[][];
  readonly #change: Float64Array;
  readonly #balance: Float64Array;
  readonly #greatest: number;
  #used: number[] = [];
  #waiting: number[] = [];
  /** Values that the search starts from: those of the table, or of a table already moved. */
  #values: Float64Array;

  constructor(system: AdditiveSystem) {
    const count = system.values.length;
    this.#system = system;
    this.#hidden = new Uint8Array(count);
    this.#hiddenIn = Array.from({ length: system.lines.starts.length - 1 }, () => []);
    this.#change = new Float64Array(count);
    this.#balance = new Float64Array(system.lines.starts.length - 1);
    this.#values = system.values;
    this.#greatest = system.values.reduce((most, value) => Math.max(most, value), 1);
  }

  get hidden(): Uint8Array {
    return this.#hidden;
  }

  setHidden(cell: number, hidden: boolean): void {
    if ((this.#hidden[cell] === 1) === hidden) return;
    this.#hidden[cell] = hidden ? 1 : 0;
    const { starts, cells } = this.#system.touching;
    for (let at = starts[cell]; at < starts[cell + 1]; at++) {
      const list = this.#hiddenIn[cells[at]];
      if (hidden) list?.push(cell);
      else list?.splice(list.indexOf(cell), 1);
    }
  }

  /** The move of least loss that was found, or null. `values` are those of a table that already moved. */
  find(need: MoveNeed, values: Float64Array = this.#system.values): Move | null {
    this.#values = values;
    const { starts, cells } = this.#system.touching;
    const own = cells.subarray(starts[need.cell], starts[need.cell + 1]);
    const firsts = Array.from(own, (line) => this.#firstChoices(line, need));
    let best: { readonly move: Move; readonly loss: number } | null = null;
    for (const { attempts, longest } of need.free ? freeRounds : rounds) {
      const most = firsts.reduce((product, list) => product * Math.max(1, list.length), 1);
      let sinceBest = 0;
      for (let trial = 0; trial < Math.min(most, attempts) && sinceBest < patience; trial++) {
        const loss = this.#attempt(need, firsts, { trial, longest, below: best?.loss ?? Number.POSITIVE_INFINITY });
        if (loss !== null) {
          best = { move: this.#read(need.cell), loss };
          sinceBest = 0;
        } else if (best !== null) sinceBest++;
        this.#clear();
        if (best !== null && best.loss === 0) break;
      }
      if (best !== null) return best.move;
    }
    return null;
  }

  /** The loss of one attempt, or null when it failed or was no better. */
  #attempt(need: MoveNeed, firsts: readonly (readonly number[])[], { trial, longest, below }: Attempt): number | null {
    this.#add(need.cell, 1);
    let loss = 0;
    const { starts, cells } = this.#system.touching;
    for (let k = 0; k < firsts.length; k++) {
      const line = cells[starts[need.cell] + k];
      if (this.#balance[line] === 0) continue;
      const pick = firsts[k]?.[place(trial, k, firsts[k]?.length ?? 0)];
      if (pick === undefined) return null;
      const step = -this.#balance[line] * signIn(this.#system, line, pick);
      if (!this.#bears(pick, step, need)) return null;
      loss += this.#loss(pick);
      this.#add(pick, step);
    }
    for (let at = 0; at < this.#waiting.length; at++) {
      const line = this.#waiting[at] ?? 0;
      if (this.#balance[line] === 0) continue;
      if (this.#used.length >= longest || loss >= below) return null;
      const chosen = this.#balancing(line, need);
      if (chosen < 0) return null;
      loss += this.#loss(chosen);
      this.#add(chosen, -this.#balance[line] * signIn(this.#system, line, chosen));
    }
    return loss < below ? loss : null;
  }

  #loss(cell: number): number {
    if (this.#hidden[cell] === 1 || this.#change[cell] !== 0) return 0;
    return this.#system.costs[cell] + this.#tie(cell);
  }

  /** Far less than a cell's cost: of two cells of one cost, the smaller value is hidden, so a part before its total. */
  #tie(cell: number): number {
    return (1e-6 * this.#system.values[cell]) / this.#greatest;
  }

  /** Whether a cell can take a change, given those it already takes. */
  #bears(cell: number, step: number, { cell: own, up, down, free, without }: MoveNeed): boolean {
    if (cell === own || cell === without || this.#system.open[cell] === 1) return false;
    const { alone, least, leastAboveZeros, greatest } = this.#system;
    if (this.#hidden[cell] === 0 && free) return false;
    if (alone[cell] >= 0 && alone[cell] !== alone[own]) return false;
    // Taking back a change would go round in circles.
    if (this.#change[cell] * step < 0) return false;
    const change = this.#change[cell] + step;
    const value = this.#values[cell];
    return change < 0
      ? value + change * up >= leastAboveZeros[cell] - 1e-9 && value - change * down <= greatest[cell]
      : value - change * down >= least[cell] - 1e-9 && value + change * up <= greatest[cell];
  }

  /** The cells of a line that a move may use. */
  #members(line: number, { free }: MoveNeed): ArrayLike<number> & Iterable<number> {
    const { starts, cells } = this.#system.lines;
    return free ? (this.#hiddenIn[line] ?? []) : cells.subarray(starts[line], starts[line + 1]);
  }

  /** The cells of a line that may take up the change of the cell to protect, cheapest first. */
  #firstChoices(line: number, need: MoveNeed): readonly number[] {
    const sign = signIn(this.#system, line, need.cell);
    const found: number[] = [];
    const losses: number[] = [];
    for (const cell of this.#members(line, need)) {
      if (!this.#bears(cell, -sign * signIn(this.#system, line, cell), need)) continue;
      const loss = this.#openedLoss(cell, line);
      if (found.length === choices && loss >= (losses[choices - 1] ?? 0)) continue;
      let place = losses.length;
      while (place > 0 && (losses[place - 1] ?? 0) > loss) place--;
      found.splice(place, 0, cell);
      losses.splice(place, 0, loss);
      if (found.length > choices) {
        found.pop();
        losses.pop();
      }
    }
    return found;
  }

  /** The loss of a cell, doubled for each other line that has nothing hidden yet. */
  #openedLoss(cell: number, line: number): number {
    if (this.#hidden[cell] === 1) return 0;
    const { starts, cells } = this.#system.touching;
    let loss = this.#system.costs[cell] + this.#tie(cell);
    for (let at = starts[cell]; at < starts[cell + 1]; at++) {
      if (cells[at] !== line && this.#hiddenIn[cells[at]]?.length === 0) loss *= 2;
    }
    return loss;
  }

  /** The cell that balances a line: the one that leaves the fewest other lines unbalanced, then the cheapest, then the first. */
  #balancing(line: number, need: MoveNeed): number {
    const { lines, touching } = this.#system;
    const total = lines.cells[lines.starts[line]];
    let best = -1;
    let bestLeft = Number.POSITIVE_INFINITY;
    let bestLoss = Number.POSITIVE_INFINITY;
    const balance = this.#balance[line];
    for (const cell of this.#members(line, need)) {
      const step = cell === total ? -balance : balance;
      let left = 0;
      for (let k = touching.starts[cell]; k < touching.starts[cell + 1]; k++) {
        const other = touching.cells[k];
        if (other === line) continue;
        const before = this.#balance[other];
        const after = before + step * (lines.cells[lines.starts[other]] === cell ? 1 : -1);
        if (after === 0) left--;
        else if (before === 0) left++;
      }
      if (left > bestLeft) continue;
      const loss = this.#loss(cell);
      if (left === bestLeft && loss >= bestLoss) continue;
      if (!this.#bears(cell, step, need)) continue;
      best = cell;
      bestLeft = left;
      bestLoss = loss;
    }
    return best;
  }

  #add(cell: number, step: number): void {
    if (this.#change[cell] === 0) this.#used.push(cell);
    this.#change[cell] += step;
    const { starts, cells } = this.#system.touching;
    for (let at = starts[cell]; at < starts[cell + 1]; at++) {
      const line = cells[at];
      this.#balance[line] += step * signIn(this.#system, line, cell);
      this.#waiting.push(line);
    }
  }

  /** The move as it stands, the protected cell first. */
  #read(first: number): Move {
    const cells = [first, ...new Set(this.#used.filter((cell) => cell !== first && this.#change[cell] !== 0))];
    return { cells: Int32Array.from(cells), steps: Float64Array.from(cells, (cell) => this.#change[cell]) };
  }

  #clear(): void {
    const { starts, cells } = this.#system.touching;
    for (const cell of this.#used) {
      this.#change[cell] = 0;
      for (let at = starts[cell]; at < starts[cell + 1]; at++) this.#balance[cells[at]] = 0;
    }
    this.#used = [];
    this.#waiting = [];
  }
}
