import { describe, expect, test } from "vitest";
import { numberColumn, numbers, table, textColumn, texts } from "../../../src/codes/table.ts";
import { attack, attackedCells } from "../../../src/experiments/protection/attack-lesson.ts";
import { inventedTable } from "../../../src/experiments/protection/invented-table.ts";
import { release } from "../../../src/protection/release.ts";
import { sampleLineage } from "../../support/lineage.ts";

const twoByTwo = (cells: readonly (readonly (number | null)[])[]) =>
  inventedTable({
    id: "essai",
    title: "Un essai",
    rows: { label: "Quartier", values: ["A", "B", "Ensemble"] },
    columns: { label: "Sexe", values: ["F", "H", "Ensemble"] },
    cells,
  });
const ends = async (cells: readonly (readonly (number | null)[])[]) =>
  (await attackedCells(twoByTwo(cells))).map(({ name, least, greatest }) => [name, least, greatest]);

describe("attack(table), for students", () => {
  test("one hidden cell is recovered, with its arithmetic", async () => {
    const [found] = await attackedCells(
      twoByTwo([
        [null, 20, 24],
        [15, 30, 45],
        [19, 50, 69],
      ]),
    );
    expect(found).toMatchObject({ name: "A, F", least: 4, greatest: 4, verdict: "found" });
    expect(found?.arithmetic).toBe("19 (Ensemble, F) − 15 (B, F) = 4");
  });

  test("two cells of a line are recovered, four in a rectangle are bounded", async () => {
    expect(
      await ends([
        [null, null, 24],
        [15, 30, 45],
        [19, 50, 69],
      ]),
    ).toEqual([
      ["A, F", 4, 4],
      ["A, H", 20, 20],
    ]);
    expect(
      await ends([
        [null, null, 24],
        [null, null, 45],
        [19, 50, 69],
      ]),
    ).toEqual([
      ["A, F", 0, 19],
      ["B, F", 0, 19],
      ["A, H", 5, 24],
      ["B, H", 26, 45],
    ]);
  });

  test("a chain of subtractions comes in the order in which it is done", async () => {
    const found = await attackedCells(
      twoByTwo([
        [null, null, 24],
        [15, 30, null],
        [19, null, 69],
      ]),
    );
    expect(found.map(({ verdict }) => verdict)).toEqual(Array(found.length).fill("found"));
    const order = found.map(({ name }) => name);
    // The men of A need the women of A or the total of the men, found first.
    expect(order.indexOf("A, H")).toBeGreaterThan(Math.min(order.indexOf("A, F"), order.indexOf("Ensemble, H")));
  });

  test("the figure shows values on an invented table, and carries the stamp", async () => {
    const figure = await attack(
      twoByTwo([
        [null, 20, 24],
        [15, 30, 45],
        [19, 50, 69],
      ]),
    );
    expect(figure.synthetic).toBe(true);
    expect(figure.title).toBe("La case masquée se retrouve");
    expect(texts(figure.data, "valeurs").values).toEqual(["4\u00a0: retrouvée"]);
    expect(texts(figure.data, "calcul").values).toEqual(["19 (Ensemble, F) − 15 (B, F) = 4"]);
  });

  test("on guarded data, it counts verdicts and says neither values nor places", async () => {
    const guarded = table(
      {
        zone: textColumn(["Nord", "Sud", "Ensemble"], { label: "Zone" }),
        f: numberColumn([4, 815, 819], { label: "F", unit: "personnes", summable: true }),
        h: numberColumn([620, 930, 1550], { label: "H", unit: "personnes", summable: true }),
        t: numberColumn([624, 1745, 2369], { label: "Ensemble", unit: "personnes", summable: true }),
      },
      sampleLineage({ synthetic: false }),
    );
    await expect(attack(guarded)).rejects.toThrow(/release/);
    const out = release(guarded, {
      name: "essai",
      counts: ["f", "h"],
      open: ["zone"],
      columnSums: [{ total: "t", parts: ["f", "h"] }],
      margins: ["f", "h", "t"].map((column) => ({ column, total: 2, parts: [0, 1] })),
    });
    const figure = await attack(out);
    const said = JSON.stringify([figure.title, figure.lecture, figure.alt, figure.champ, figure.data.columns]);
    expect(said).not.toMatch(/Nord|Sud|815|620|819/);
    const values = numbers(figure.data, "value").values;
    expect(values[0]).toBe(0);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(2);
  });

  test("a table without totals, without holes, or that contradicts itself is refused", async () => {
    const bare = inventedTable({
      id: "essai",
      title: "Un essai",
      rows: { label: "Quartier", values: ["A", "B"] },
      columns: { label: "Sexe", values: ["F", "H"] },
      cells: [
        [null, 20],
        [15, 30],
      ],
    });
    await expect(attack(bare)).rejects.toThrow(/pas de total/);
    await expect(
      attack(
        twoByTwo([
          [4, 20, 24],
          [15, 30, 45],
          [19, 50, 69],
        ]),
      ),
    ).rejects.toThrow(/pas de case masquée/);
    await expect(
      attack(
        twoByTwo([
          [null, 20, 24],
          [15, 30, 45],
          [30, 50, 69],
        ]),
      ),
    ).rejects.toThrow(/contredisent/);
  });
});
