import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { chooseClasses } from "../../../src/models/clustering/choose-classes.ts";
import { consolidate } from "../../../src/models/clustering/consolidate.ts";
import { cutTree } from "../../../src/models/clustering/cut-tree.ts";
import { wardTree } from "../../../src/models/clustering/ward-tree.ts";
import { mca } from "../../../src/models/factors/mca.ts";
import { realData } from "../../support/real-data.ts";
import { cases as factorCases, sharedColumns, sharedVariable } from "../factors/factor-cases.ts";
import { cases, expectAll } from "./class-cases.ts";

describe.skipIf(!realData)("HCPC of the classic sets", () => {
  const folder = realData ?? "";

  test.each([
    ["tea", "reference/statistics/tea.csv", factorCases.tea.variables.slice(0, 18), cases.tea],
    ["poison", "reference/statistics/poison.csv", factorCases.poison.variables, cases.poison],
  ] as const)(
    "%s: the tree, the cut and the consolidation on the axes of our own analysis",
    (_, file, named, expected) => {
      const columns = sharedColumns(folder, file);
      const { rows } = mca(
        named.map((variable) => sharedVariable(columns, variable)),
        { axes: expected.ncp },
      );
      const tree = wardTree(rows.coordinates, expected.ncp);
      expectAll([...tree.losses].reverse(), expected.tree.gains, 1e-9, 1e-6);
      expect(tree.ties).toBe(0);
      const chosen = chooseClasses(tree);
      expectAll(
        chosen.candidates.map(({ withinRatio }) => withinRatio),
        expected.tree.quotients,
        1e-9,
      );
      expect(chosen.byRule).toEqual({
        "factominer-2.7": expected.tree.rule27,
        "factominer-2.14": expected.tree.rule214,
      });
      const { between, betweenBefore } = consolidate(tree.cloud, cutTree(tree, chosen.classes));
      expect(betweenBefore / expected.consolidated.before).toBeCloseTo(1, 9);
      expect(between).toBeGreaterThanOrEqual(expected.consolidated.after * (1 - 1e-9));
    },
  );

  const columns = realData ? sharedColumns(folder, "insee_enquetes_loisirs/hobbies.csv") : new Map<string, string[]>();
  const questions = () =>
    factorCases.hobbies.variables.slice(0, 18).map((variable) => sharedVariable(columns, variable));

  test("hobbies on coordinates without ties: 8 403 rows, the tree is HCPC's", () => {
    const answers = questions().map(({ levels, codes }) => Float64Array.from(codes, (code) => Number(levels[code])));
    const people = answers[0]?.length ?? 0;
    const coordinates = Float64Array.from({ length: 6 * people }, (_, at) => {
      const [row, s] = [Math.floor(at / 6), (at % 6) + 1];
      return Math.sin(answers.reduce((sum, answer, q) => sum + (answer[row] ?? 0) * Math.cos((q + 1) * s), 0));
    });
    const tree = wardTree(coordinates, 6);
    const { curved, consolidated } = cases.hobbies;
    const gains = [...tree.losses].reverse();
    const places = [...Array.from({ length: 40 }, (_, k) => k), ...Array.from({ length: 100 }, (_, k) => 50 * k + 49)];
    expectAll(
      places.map((place) => gains[place] ?? 0),
      curved.gains,
      1e-9,
    );
    expect(gains.length).toBe(curved.count);
    expect(tree.ties).toBe(0);
    expect(tree.totalInertia / curved.total).toBeCloseTo(1, 10);
    const chosen = chooseClasses(tree);
    expect(chosen.byRule).toEqual({ "factominer-2.7": curved.rule27, "factominer-2.14": curved.rule214 });
    const { between } = consolidate(tree.cloud, cutTree(tree, chosen.classes));
    expect(between).toBeGreaterThanOrEqual(consolidated.after * (1 - 1e-9));
  });

  test("hobbies on its own axes: closed questions make ties, which rounding does not decide; consolidated, three classes are HCPC's", () => {
    const { rows, axes } = mca(questions(), { axes: 6 });
    const tree = wardTree(rows.coordinates, 6);
    expect(tree.distinct).toBeLessThan(6200);
    expect(tree.ties).toBeGreaterThan(0);
    expect(tree.ties).toBeLessThan(100);
    const inertia = axes.rowVariances.slice(0, 6).reduce((sum, value) => sum + value, 0);
    expect(tree.totalInertia / inertia).toBeCloseTo(1, 10);
    expect(tree.losses.reduce((sum, loss) => sum + loss, 0) / inertia).toBeCloseTo(1, 10);
    const random = seededRandom(1);
    const shaken = wardTree(
      rows.coordinates.map((x) => x + 1e-13 * (random() - 0.5)),
      6,
    );
    expectAll([...shaken.losses].slice(-4000), [...tree.losses].slice(-4000), 1e-9);
    const { three } = cases.hobbies;
    const { between, classOf } = consolidate(tree.cloud, cutTree(tree, 3));
    expect(between / three.after).toBeCloseTo(1, 9);
    const sizes = [0, 1, 2].map((label) => classOf.filter((one) => one === label).length);
    expect(sizes.sort((one, other) => one - other)).toEqual([...three.sizes].sort((one, other) => one - other));
  });
});
