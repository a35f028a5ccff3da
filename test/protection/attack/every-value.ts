/** Trials allowed to one system. */
const most = 300_000;

/**
 * Every value that each hidden cell (null) takes in whole numbers that satisfy the sums, by trying them all; null when there would be too many. Written
 * without a solver, so that the solver's answers can be checked too.
 */
export function everyValue(
  shown: readonly (number | null)[],
  sums: readonly (readonly number[])[],
): ReadonlyMap<number, ReadonlySet<number>> | null {
  const hidden = shown.flatMap((value, cell) => (value === null ? [cell] : []));
  const caps = hidden.map((cell) =>
    Math.min(
      ...sums.flatMap(([total = -1, ...parts]) => {
        const whole = shown[total];
        if (parts.includes(cell) && typeof whole === "number") return [whole];
        const all = parts.map((part) => shown[part]);
        return cell === total && all.every((part) => typeof part === "number")
          ? [all.reduce<number>((a, b) => a + (b ?? 0), 0)]
          : [];
      }),
    ),
  );
  if (caps.reduce((product, cap) => product * (cap + 1), 1) > most) return null;
  const values = shown.map((value) => value ?? 0);
  const found = new Map(hidden.map((cell) => [cell, new Set<number>()]));
  const holds = (): boolean =>
    sums.every(([total = 0, ...parts]) => values[total] === parts.reduce((sum, part) => sum + (values[part] ?? 0), 0));
  const visit = (at: number): void => {
    const cell = hidden[at];
    if (cell === undefined) {
      if (holds()) for (const own of hidden) found.get(own)?.add(values[own] ?? 0);
      return;
    }
    for (let value = 0; value <= (caps[at] ?? 0); value++) {
      values[cell] = value;
      visit(at + 1);
    }
  };
  visit(0);
  return found;
}
