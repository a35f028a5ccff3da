import type { Solver } from "../solver/program.ts";
import type { AdditiveSystem } from "./additive-system.ts";
import { leastDeviation } from "./least-deviation.ts";
import { type Move, type MoveNeed, MoveSearch } from "./move-search.ts";
import type { Primary } from "./primaries.ts";
import type { Deviation, Witness } from "./witness.ts";

/** Gives each primary its moves, and hides the cells of the moves. */
export class Moves {
  readonly #system: AdditiveSystem;
  readonly #primaries: readonly Primary[];
  readonly #search: MoveSearch;
  readonly #solver: Solver;
  readonly #witnesses = new Map<number, Witness>();

  constructor(system: AdditiveSystem, primaries: readonly Primary[], solver: Solver) {
    this.#system = system;
    this.#primaries = primaries;
    this.#search = new MoveSearch(system);
    this.#solver = solver;
    for (const { cell } of primaries) this.#search.setHidden(cell, true);
  }

  /** Cells to hide before any move is looked for. */
  hideFirst(cells: Iterable<number>): void {
    for (const cell of cells) this.#search.setHidden(cell, true);
  }

  hidden(): Int32Array {
    const cells: number[] = [];
    this.#search.hidden.forEach((hidden, cell) => {
      if (hidden === 1) cells.push(cell);
    });
    return Int32Array.from(cells);
  }

  witnesses(): readonly Witness[] {
    return this.#primaries.flatMap(({ cell }) => this.#witnesses.get(cell) ?? []);
  }

  /** What the complementary cells cost. */
  cost(): number {
    let cost = 0;
    for (const cell of this.#complementary()) cost += this.#system.costs[cell];
    return cost;
  }

  /** The greatest needs first: what they hide serves the others. */
  protectAll(): void {
    const order = [...this.#primaries].sort(
      (a, b) => Math.max(b.up, b.down) - Math.max(a.up, a.down) || a.cell - b.cell,
    );
    for (const primary of order) {
      const witness = this.#throughHidden(primary) ?? this.#together(primary) ?? this.#apart(primary);
      if (witness === null) continue;
      this.#witnesses.set(primary.cell, witness);
      for (const { cells } of [witness.above, witness.below])
        for (const cell of cells) this.#search.setHidden(cell, true);
    }
  }

  /** Shows again, dearest first, each complementary cell without which every move that used it finds another way. At most `tries` searches. */
  reduce(tries: number): void {
    const primaryOf = new Map(this.#primaries.map((primary) => [primary.cell, primary]));
    const users = new Map<number, Set<number>>();
    const use = ({ cell, above, below }: Witness, add: boolean): void => {
      for (const used of [...above.cells, ...below.cells]) {
        const set = users.get(used) ?? new Set<number>();
        users.set(used, set);
        if (add) set.add(cell);
        else set.delete(cell);
      }
    };
    for (const witness of this.#witnesses.values()) use(witness, true);
    const { costs } = this.#system;
    const order = this.#complementary().sort(
      (a, b) => costs[b] - costs[a] || (users.get(a)?.size ?? 0) - (users.get(b)?.size ?? 0) || a - b,
    );
    let left = tries;
    for (const cell of order) {
      const others: Witness[] = [];
      const concerned = [...(users.get(cell) ?? [])];
      for (const user of concerned) {
        const primary = primaryOf.get(user);
        if (!primary || left-- <= 0) break;
        const other = this.#throughHidden(primary, cell);
        if (other === null) break;
        others.push(other);
      }
      if (left <= 0) return;
      if (others.length < concerned.length) continue;
      for (const witness of others) {
        const before = this.#witnesses.get(witness.cell);
        if (before) use(before, false);
        use(witness, true);
        this.#witnesses.set(witness.cell, witness);
      }
      this.#search.setHidden(cell, false);
    }
  }

  #complementary(): number[] {
    const primary = new Set(this.#primaries.map(({ cell }) => cell));
    return [...this.hidden()].filter((cell) => !primary.has(cell));
  }

  /** Moves through cells already hidden, other than `without` when it is given. */
  #throughHidden(primary: Primary, without = -1): Witness | null {
    const { cell, up, down } = primary;
    const only = { free: true, without };
    const move = this.#search.find({ ...primary, ...only });
    if (move) return { cell, above: scaled(move, up), below: scaled(move, -down) };
    const above = this.#bySteps(cell, up, 1, only);
    const below = above && this.#bySteps(cell, down, -1, only);
    return above && below && { cell, above, below };
  }

  /** One move for both directions. */
  #together(primary: Primary): Witness | null {
    const { cell, up, down } = primary;
    const move = this.#search.find(primary);
    return move && { cell, above: scaled(move, up), below: scaled(move, -down) };
  }

  /** Each direction by several smaller moves, else by the solver. */
  #apart({ cell, up, down }: Primary): Witness | null {
    const above =
      this.#bySteps(cell, up, 1) ?? leastDeviation(this.#system, this.#search.hidden, cell, up, this.#solver);
    if (above === null) return null;
    for (const used of above.cells) this.#search.setHidden(used, true);
    const below =
      this.#bySteps(cell, down, -1) ?? leastDeviation(this.#system, this.#search.hidden, cell, -down, this.#solver);
    return below && { cell, above, below };
  }

  #bySteps(
    cell: number,
    need: number,
    direction: 1 | -1,
    only: Pick<MoveNeed, "free" | "without"> = {},
  ): Deviation | null {
    const { values, whole } = this.#system;
    const changes = new Map<number, number>();
    const chosen: number[] = [];
    let left = need;
    let step = need;
    while (left > 0 && step > 0) {
      const move = this.#search.find({ cell, up: direction > 0 ? step : 0, down: direction > 0 ? 0 : step, ...only });
      if (move === null) {
        step = whole ? Math.floor(step / 2) : step > need / 64 ? step / 2 : 0;
        continue;
      }
      move.cells.forEach((used, k) => {
        const change = direction * step * move.steps[k];
        changes.set(used, (changes.get(used) ?? 0) + change);
        values[used] += change;
        if (this.#search.hidden[used] === 1) return;
        this.#search.setHidden(used, true);
        chosen.push(used);
      });
      left -= step;
      step = Math.min(step, left);
    }
    // The table itself was moved to search from there: it is put back.
    for (const [used, change] of changes) values[used] -= change;
    if (left > 0) {
      for (const used of chosen) this.#search.setHidden(used, false);
      return null;
    }
    return { cells: Int32Array.from(changes.keys()), changes: Float64Array.from(changes.values()) };
  }
}

const scaled = ({ cells, steps }: Move, amount: number): Deviation => ({
  cells,
  changes: steps.map((step) => step * amount),
});
