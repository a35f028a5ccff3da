import { expect, test } from "vitest";
import { attackedCells } from "../../../src/experiments/protection/attack-lesson.ts";
import { type HandPicked, handPickedCase, judgePattern } from "../../../src/experiments/protection/hand-picked-case.ts";
import { inventedTable } from "../../../src/experiments/protection/invented-table.ts";

test("patterns chosen by hand find, narrow or hide too much; the least one is proven", async () => {
  const { judged, minimum } = await handPickedCase();
  expect(minimum.proven).toBe(true);
  expect(judged.map(({ hidden, found, narrowed }) => [hidden, found, narrowed])).toEqual([
    [2, 2, 0],
    [4, 0, 1],
    [8, 0, 0],
    [6, 0, 0],
  ]);
});

test("the exercises have an answer: another pattern of six cells, and four cells for two small ones in one column", async () => {
  const twoLines = [0, 1].flatMap((line) => [0, 1, 2].map((column) => [line, column] as const));
  expect(await judgePattern("deux lignes", twoLines)).toMatchObject({ hidden: 6, found: 0, narrowed: 0 });
  const exercise = inventedTable({
    id: "essai",
    title: "Mon essai",
    rows: { label: "Quartier", values: ["A", "B", "C", "Ensemble"] },
    columns: { label: "Sexe", values: ["Femmes", "Hommes", "Ensemble"] },
    cells: [
      [null, null, 40],
      [null, null, 37],
      [31, 45, 76],
      [46, 107, 153],
    ],
  });
  const small = (await attackedCells(exercise)).filter(({ cell }) => cell.column === "c1");
  expect(small.map(({ verdict }) => verdict)).toEqual(["safe", "safe"]);
});

test("no pattern of fewer cells protects both small cells: all of them are tried", async () => {
  const small: HandPicked = [
    [0, 0],
    [1, 1],
  ];
  const others = Array.from({ length: 20 }, (_, cell) => [Math.floor(cell / 4), cell % 4] as const).filter(
    ([line, column]) => !small.some((own) => own[0] === line && own[1] === column),
  );
  let tried = 0;
  const extend = async (hidden: HandPicked, from: number): Promise<void> => {
    tried++;
    const { found, narrowed } = await judgePattern("essai", hidden);
    expect(found + narrowed, JSON.stringify(hidden)).toBeGreaterThan(0);
    if (hidden.length === 5) return;
    for (let at = from; at < others.length; at++) {
      const other = others[at];
      if (other) await extend([...hidden, other], at + 1);
    }
  };
  await extend(small, 0);
  expect(tried).toBe(1 + 18 + 153 + 816);
}, 120_000);
