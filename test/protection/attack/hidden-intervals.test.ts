import { beforeAll, describe, expect, it } from "vitest";
import { numberColumn } from "../../../src/codes/table.ts";
import { attackPublished } from "../../../src/protection/attack/attack-published.ts";
import type { Guarantee } from "../../../src/protection/attack/guarantee.ts";
import { publishedIntervals } from "../../../src/protection/attack/hidden-intervals.ts";
import { linesOf, type Published } from "../../../src/protection/attack/published.ts";
import { attack } from "../../../src/protection/attacker.ts";
import type { Cell, Relation } from "../../../src/protection/relations.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { reference } from "../../reference/reference.ts";

interface Case {
  readonly name: string;
  readonly published: readonly (number | null)[];
  readonly relations: readonly (readonly [number, ...number[]])[];
  readonly hidden: readonly number[];
  /** Least and greatest of each hidden cell; null when nothing bounds it. */
  readonly real: readonly (readonly [number, number | null])[];
  readonly whole: readonly (readonly [number, number | null])[];
}

let solver: Solver;
let cases: readonly Case[];
beforeAll(async () => {
  solver = await highsSolver();
  cases = reference<{ readonly cases: readonly Case[] }>("hidden-intervals").cases;
});

const cell = (row: number): Cell => ({ column: "n", row });
const relationsOf = ({ relations }: Case): readonly Relation[] =>
  relations.map(([total, ...parts]) => ({ total: cell(total), parts: parts.map(cell) }));

function publishedOf(from: Case): Published {
  const missing = Uint8Array.from(from.published, (value) => (value === null ? 1 : 0));
  const n = numberColumn(
    from.published.map((value) => value ?? Number.NaN),
    { label: "Effectif", unit: "personnes", summable: true },
  );
  return { columns: { n: { ...n, missing } }, lines: linesOf(relationsOf(from)), whole: ["n"] };
}

const named = (name: string): Case => {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe("intervalles contre ceux de scipy", () => {
  it("34 tableaux d'une à trois entrées, croisés ou liés : les mêmes bouts, en réels et en entiers", () => {
    let compared = 0;
    for (const one of cases) {
      for (const whole of [false, true]) {
        const found = new Map(
          publishedIntervals(publishedOf(one), solver, { whole }).map((end) => [end.cell.row, end]),
        );
        one.hidden.forEach((row, i) => {
          const [least, greatest] = (whole ? one.whole : one.real)[i] ?? [Number.NaN, null];
          const ends = found.get(row);
          expect(ends?.least, `${one.name}, ${row}`).toBeCloseTo(least, 6);
          expect(ends?.greatest, `${one.name}, ${row}`).toBeCloseTo(greatest ?? Number.POSITIVE_INFINITY, 6);
          compared++;
        });
      }
    }
    expect(compared).toBe(1142);
  });
});

describe("un tableau à trois entrées, sûr en réels et pas en entiers", () => {
  const verdicts = (one: Case, promise: Guarantee, whole: boolean) => {
    const published = { ...publishedOf(one), whole: whole ? ["n"] : [] };
    const found = attackPublished(published, () => promise, solver, { explained: 3 });
    if (found.status !== "attacked") throw new Error("contradiction");
    return new Map(found.cells.map((attacked) => [attacked.cell.row, attacked]));
  };
  /** The cell that goes by twos, at the corner of the third layer. */
  const byTwos = 2 * 16;

  it("[0, 1] en réels, et 1 seulement en entiers : la cellule est retrouvée", () => {
    const one = named("3x3x3, une seule valeur entière");
    const at = one.hidden.indexOf(byTwos);
    expect([one.real[at], one.whole[at]]).toEqual([
      [0, 1],
      [1, 1],
    ]);
    const other: Guarantee = { kind: "other", least: 0, reach: 0 };
    expect(verdicts(one, other, false).get(byTwos)).toMatchObject({ verdict: "safe" });
    const attacked = verdicts(one, other, true).get(byTwos);
    expect(attacked).toMatchObject({ verdict: "single value", means: "whole" });
  });

  it("[0, 11] en réels, [1, 11] en entiers : la promesse [0, 11] tient en réels seulement, et la chaîne le dit", () => {
    const one = named("3x3x3, zéro exclu en entiers");
    const at = one.hidden.indexOf(byTwos);
    expect([one.real[at], one.whole[at]]).toEqual([
      [0, 11],
      [1, 11],
    ]);
    const count: Guarantee = { kind: "count", least: 0, reach: 11 };
    expect(verdicts(one, count, false).get(byTwos)).toMatchObject({ verdict: "safe" });
    const found = attackPublished(
      publishedOf(one),
      ({ row }) => (row === byTwos ? count : { kind: "free", least: 0, reach: 0 }),
      solver,
    );
    if (found.status !== "attacked") throw new Error("contradiction");
    const attacked = found.cells.find(({ cell: { row } }) => row === byTwos);
    expect(attacked).toMatchObject({ verdict: "bounded away from zero", means: "whole" });
    expect(attacked?.chain.length).toBeGreaterThan(5);
    // The gate's own attacker, which takes its witnesses from the simplex method, is at least as severe.
    const own = attack(publishedOf(one).columns, relationsOf(one), () => count);
    expect(own?.find((finding) => finding.cell.row === byTwos)?.verdict).not.toBe("safe");
  });
});
