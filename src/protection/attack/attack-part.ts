import type { Solver } from "../solver/program.ts";
import type { CellAttack, Means } from "./cell-attack.ts";
import type { Guarantee, Verdict } from "./guarantee.ts";
import type { Part } from "./part.ts";
import type { Insider } from "./published.ts";
import { recoveredByRank } from "./reader.ts";
import { type Use, Verdicts } from "./verdicts.ts";

/** A cell's verdict, and the same attack on fewer lines, to find which ones it needs. */
export interface Attacked extends Omit<CellAttack, "chain"> {
  readonly unknown: number;
  readonly again: (lines: Part["lines"]) => Verdict;
}

/** Attacks the hidden cells of one connected part: by the reader, then by each contributor on what the reader did not find. */
export function attackPart(
  part: Part,
  promises: readonly Guarantee[],
  insiders: readonly Insider[],
  solver: Solver,
): readonly Attacked[] {
  const reader = byReader(part, promises, solver);
  return insiders.reduce<readonly Attacked[]>(
    (found, insider) => byInsider(part, promises, found, insider, solver),
    reader,
  );
}

function byReader(part: Part, promises: readonly Guarantee[], solver: Solver): readonly Attacked[] {
  const rank = recoveredByRank(part);
  const uses: Record<Exclude<Means, "rank" | "insider">, Use> = {
    linear: { whole: false, outside: false },
    whole: { whole: true, outside: false },
    outside: { whole: true, outside: true },
  };
  const made = new Map<Means, Verdicts>();
  const verdictsBy = (means: keyof typeof uses): Verdicts => {
    const verdicts = made.get(means) ?? new Verdicts(part, promises, uses[means], solver);
    made.set(means, verdicts);
    return verdicts;
  };
  const attacked = (unknown: number, verdict: Verdict, means: keyof typeof uses | null): Attacked => ({
    cell: part.unknowns[unknown]?.cell ?? { column: "", row: -1 },
    unknown,
    verdict,
    means,
    insider: null,
    again: (lines) => new Verdicts({ ...part, lines }, promises, uses[means ?? "outside"], solver).of(unknown),
  });
  return part.unknowns.flatMap(({ hidden }, unknown): Attacked[] => {
    const promise = promises[unknown];
    if (!hidden || !promise) return [];
    if (isPublic(promise)) return [attacked(unknown, "safe", null)];
    if (rank[unknown]) {
      const again = (lines: Part["lines"]): Verdict =>
        recoveredByRank({ ...part, lines })[unknown] ? "recovered" : "safe";
      return [{ ...attacked(unknown, "recovered", null), means: "rank", again }];
    }
    // The reader who uses everything decides; the others tell how little was needed.
    const verdict = verdictsBy("outside").of(unknown);
    if (verdict === "safe") return [attacked(unknown, verdict, null)];
    for (const means of ["linear", "whole"] as const) {
      const weaker = verdictsBy(means).of(unknown);
      if (weaker !== "safe" && weaker !== "not proven") return [attacked(unknown, weaker, means)];
    }
    return [attacked(unknown, verdict, "outside")];
  });
}

/** Nothing to protect: absent, or known from elsewhere. */
function isPublic({ kind, outside }: Guarantee): boolean {
  return kind === "free" || (outside?.least !== undefined && outside.least === outside.greatest);
}

/** One contributor must not find another's number, nor an amount too closely. He may know more of a count than a reader does: he is in it. */
function byInsider(
  part: Part,
  promises: readonly Guarantee[],
  found: readonly Attacked[],
  { cell: own, own: number, alone }: Insider,
  solver: Solver,
): readonly Attacked[] {
  const at = part.unknowns.findIndex(({ cell }) => cell.column === own.column && cell.row === own.row);
  if (at < 0) return found;
  const insider = { unknown: at, own: number, alone };
  const asked = promises.map(
    (promise): Guarantee =>
      promise.kind === "count" || promise.kind === "inherited"
        ? { kind: "other", least: promise.least, reach: 0 }
        : promise,
  );
  const verdictOf = (lines: Part["lines"]): ((unknown: number) => Verdict) => {
    const less = { ...part, lines };
    const rank = recoveredByRank(less, insider);
    const verdicts = new Verdicts(less, asked, { whole: true, outside: true, insider }, solver);
    return (unknown) => (rank[unknown] ? "recovered" : verdicts.of(unknown));
  };
  const sees = verdictOf(part.lines);
  return found.map((known): Attacked => {
    const promise = promises[known.unknown];
    if (known.means !== null || known.unknown === at || !promise || isPublic(promise)) return known;
    const verdict = sees(known.unknown);
    if (verdict === "safe") return known;
    return { ...known, verdict, means: "insider", insider: own, again: (lines) => verdictOf(lines)(known.unknown) };
  });
}
