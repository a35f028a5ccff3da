import { type CrossedCounts, checkCrossed } from "./crossed-counts.ts";
import { uniformBelow, type Words } from "./keyed-words.ts";
import { checkBase } from "./rounding.ts";

/** An arc of the table seen as a flow: a cell from its row to its column, or a margin. */
interface Arc {
  readonly from: number;
  readonly to: number;
  /** What stands above the multiple of the base below; moves from 0 to the base. */
  rest: number;
}

/**
 * Unbiased controlled rounding of a crossed table: every cell and margin becomes one of the two multiples of the base around it (a multiple stays),
 * all sums hold exactly, and the expected value of each is its true count. Along a cycle of cells not yet rounded, cells are moved in turn up and down
 * until one of them meets a multiple, one way or the other with the odds that keep the expectation; there is a cycle as long as a cell is left, because
 * rests at a row or a column add up to a multiple. Whole numbers only. Further from the counts than `roundCrossed()`, but sums of many published cells
 * do not drift. Cost: at most one cycle of rows + columns cells for each cell.
 * @param words made from a secret key and the name of the table, so that each build rounds it alike: `keyedWords()`
 * Source: Cox (1987), A constructive procedure for unbiased controlled rounding.
 * @throws Refusal when the sums of the table do not hold.
 */
export function roundCrossedUnbiased(
  counts: CrossedCounts,
  base: number,
  words: Words,
): {
  readonly cells: Float64Array;
  readonly rowTotals: Float64Array;
  readonly columnTotals: Float64Array;
  readonly total: number;
} {
  checkBase(base);
  checkCrossed(counts);
  const { rows, columns } = counts;
  const inner = rows * columns;
  const top = rows + columns;
  const bottom = top + 1;
  const truth = [
    ...Array.from(counts.cells),
    ...Array.from(counts.rowTotals),
    ...Array.from(counts.columnTotals),
    counts.total,
  ];
  const arcs: Arc[] = truth.map((value, i) => {
    const rest = value % base;
    if (i < inner) return { from: Math.floor(i / columns), to: rows + (i % columns), rest };
    if (i < inner + rows) return { from: top, to: i - inner, rest };
    return i < truth.length - 1 ? { from: i - inner, to: bottom, rest } : { from: bottom, to: top, rest };
  });
  const touching: number[][] = Array.from({ length: bottom + 1 }, () => []);
  arcs.forEach(({ from, to }, index) => {
    touching[from]?.push(index);
    touching[to]?.push(index);
  });
  const open = (index: number): boolean => (arcs[index]?.rest ?? 0) % base !== 0;
  for (let first = 0; first < arcs.length; first++) {
    while (open(first)) {
      const cycle = cycleFrom(arcs, touching, first, open);
      const rests = cycle.map(({ index, sign }) =>
        sign === 1 ? (arcs[index]?.rest ?? 0) : base - (arcs[index]?.rest ?? 0),
      );
      const down = Math.min(...rests);
      const up = base - Math.max(...rests);
      const move = uniformBelow(words, up + down) < down ? up : -down;
      for (const { index, sign } of cycle) (arcs[index] as Arc).rest += sign * move;
    }
  }
  const shown = Float64Array.from(truth, (value, i) => value - (value % base) + (arcs[i]?.rest ?? 0));
  return {
    cells: shown.slice(0, inner),
    rowTotals: shown.slice(inner, inner + rows),
    columnTotals: shown.slice(inner + rows, -1),
    total: shown[shown.length - 1],
  };
}

/** Walks along open arcs, never back by the one just taken, until a node is met again; the loop is returned with the way each arc is taken. */
function cycleFrom(
  arcs: readonly Arc[],
  touching: number[][],
  first: number,
  open: (index: number) => boolean,
): readonly { readonly index: number; readonly sign: 1 | -1 }[] {
  const path: { readonly index: number; readonly sign: 1 | -1 }[] = [];
  const position = new Map<number, number>();
  let node = arcs[first]?.from ?? 0;
  let arrived = -1;
  while (!position.has(node)) {
    position.set(node, path.length);
    const here = (touching[node] ?? []).filter(open);
    touching[node] = here;
    const index = path.length === 0 ? first : (here.find((candidate) => candidate !== arrived) ?? first);
    const { from, to } = arcs[index] as Arc;
    path.push({ index, sign: from === node ? 1 : -1 });
    node = from === node ? to : from;
    arrived = index;
  }
  return path.slice(position.get(node));
}
