import { describe, expect, test } from "vitest";
import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { mca } from "../../../src/models/factors/mca.ts";
import type { McaOptions } from "../../../src/models/factors/mca-options.ts";
import { projectRows } from "../../../src/models/factors/project-rows.ts";
import { supplementaryCategories } from "../../../src/models/factors/supplementary-categories.ts";
import { supplementaryNumbers } from "../../../src/models/factors/supplementary-numbers.ts";
import { all, cinema, museum, music, question, sport, yesNo } from "./twelve-people.ts";

const labelsOf = (options: McaOptions, variables: readonly CategoricalVariable[] = all): readonly string[] =>
  mca(variables, options).categories.labels;

describe("missing answers", () => {
  test("are a level of their own by default, counted in the report", () => {
    const { categories, report } = mca(all);
    expect(categories.labels).toContain("sans réponse");
    expect(report.missingRule).toBe("own-level");
    expect(report.missing).toEqual([{ question: "musée", rows: 1 }]);
    expect(report.passive).toEqual([]);
  });

  test("are a passive level, or drop the row, when asked", () => {
    const passive = mca(all, { missing: "passive" });
    expect(passive.report.passive).toEqual([{ question: "musée", level: "sans réponse", why: "missing" }]);
    expect(passive.categories.passive[4]).toBe(1);
    expect(passive.categories.contributions[4 * passive.axes.kept]).toBe(0);
    const dropped = mca(all, { missing: "drop-rows" });
    expect(dropped.report).toMatchObject({ activeRows: 11, droppedRows: 1, missing: [{ question: "musée", rows: 1 }] });
    expect(dropped.rows.coordinates[8 * dropped.axes.kept]).toBeNaN();
    expect(dropped.report.emptyLevels).toEqual([]);
    const kept = all.map((one) => ({ ...one, codes: one.codes.filter((_, row) => row !== 8) }));
    expect([...dropped.axes.eigenvalues]).toEqual([...mca(kept).axes.eigenvalues]);
  });

  test("dropped rows are dropped among new rows too; a missing answer never seen counts for the centre", () => {
    const newRows = all.map((one) => ({ ...one, codes: Int32Array.of(one.name === "sport" ? -1 : 0, 0) }));
    const dropped = projectRows(mca(all, { missing: "drop-rows" }), newRows);
    expect(dropped.droppedRows).toBe(1);
    expect(dropped.coordinates[0]).toBeNaN();
    expect(dropped.unseen).toEqual([]);
    const own = projectRows(mca(all), newRows);
    expect(own.unseen).toEqual([{ question: "sport", rows: 1 }]);
    expect(own.coordinates[0]).not.toBeNaN();
  });

  test("a question without any answer is set aside; with drop-rows, it is refused by its name", () => {
    const silent = question("opéra", yesNo, new Array<number>(12).fill(-1));
    const { report, questions, axes } = mca([...all, silent]);
    expect(report.questionsAside).toEqual([{ question: "opéra", why: "no-answer" }]);
    expect(questions.names).toEqual(["cinéma", "musée", "musique", "sport"]);
    expect([...axes.eigenvalues]).toEqual([...mca(all).axes.eigenvalues]);
    expect(() => mca([...all, silent], { missing: "drop-rows" })).toThrow(/« opéra » n'a aucune réponse/);
  });

  test("of supplementary questions: a level of their own, or set aside", () => {
    const age = question("âge", ["jeune", "âgé"], [0, 0, 1, 1, -1, 0, 1, 0, 0, 1, -1, 1]);
    const own = mca(all, { supplementary: [age] }).supplementary;
    expect(own?.labels).toEqual(["jeune", "âgé", "âge\u00a0: sans réponse"]);
    expect(own?.missing[0]).toBe(2);
    const aside = mca(all, { supplementary: [age], supplementaryMissing: "set-aside" }).supplementary;
    expect(aside?.labels).toEqual(["jeune", "âgé"]);
    expect(aside?.missing[0]).toBe(2);
    // Among those who answered, the ratio is that of their own variance.
    const { rows, axes } = mca(all);
    const groups = [0, 1].map((level) =>
      [...age.codes.keys()].filter((row) => age.codes[row] === level).map((row) => rows.coordinates[row * axes.kept]),
    );
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const everyone = groups.flat();
    const between = groups.reduce((sum, group) => sum + group.length * (mean(group) - mean(everyone)) ** 2, 0);
    const total = everyone.reduce((sum, value) => sum + (value - mean(everyone)) ** 2, 0);
    expect(aside?.eta2[0]).toBeCloseTo(between / total, 12);
  });

  test("a number without a value is set aside for its own correlation", () => {
    const values = Float64Array.from({ length: 12 }, (_, row) => (row < 2 ? Number.NaN : row));
    const analysis = mca(all, { axes: 2, numbers: [{ name: "âge", values }] });
    expect(analysis.numbers?.missing[0]).toBe(2);
    const flat = supplementaryNumbers(analysis, [{ name: "rien", values: new Float64Array(12) }]);
    expect([...flat.correlations]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("rare levels", () => {
  test("become passive under a share", () => {
    const { report, categories } = mca(all, { rare: { below: 0.1, rule: "passive" } });
    expect(report.passive).toEqual([
      { question: "musée", level: "sans réponse", why: "rare" },
      { question: "musique", level: "opéra", why: "rare" },
    ]);
    expect([...categories.passive].filter((one) => one === 1).length).toBe(2);
  });

  test("are joined into a level, there or made, and the same for new rows", () => {
    // All the music becomes rock: the question separates nobody any more.
    expect(labelsOf({ rare: { below: 0.3, rule: "merge", into: "rock" } }, [music, sport])).toEqual([
      "jamais",
      "souvent",
    ]);
    const analysis = mca(all, { rare: { below: 0.3, rule: "merge", into: "autre" } });
    expect(analysis.report.merged).toEqual([
      { question: "musique", level: "jazz", into: "autre" },
      { question: "musique", level: "opéra", into: "autre" },
      { question: "musique", level: "rap", into: "autre" },
    ]);
    expect(analysis.categories.levels).toContain("autre");
    // The missing level of the museum is as rare, and no answer: it stays.
    expect(analysis.categories.levels).toContain("sans réponse");
    const { coordinates } = projectRows(
      analysis,
      all.map((one) => ({ ...one, codes: one.codes.subarray(4, 5) })),
    );
    expect([...coordinates]).toEqual([
      ...analysis.rows.coordinates.subarray(4 * analysis.axes.kept, 5 * analysis.axes.kept),
    ]);
  });

  test("weights count in the share", () => {
    const weights = Float64Array.from({ length: 12 }, (_, row) => (row === 4 ? 10 : 1));
    const { report } = mca(all, { weights, rare: { below: 0.1, rule: "passive" } });
    expect(report.passive.map(({ level }) => level)).toEqual(["sans réponse"]);
  });

  test("an unknown rule is refused", () => {
    expect(() => mca(all, { rare: { below: 5, rule: "passive" } })).toThrow(/Règle des modalités rares/);
    expect(() => mca(all, { rare: { below: 0.1 } as never })).toThrow(/Règle des modalités rares/);
  });
});

describe("what nobody chose, and what everybody did", () => {
  test("an empty level is dropped before the analysis and named; so is one emptied by the choice of rows", () => {
    const wide = { ...music, levels: [...music.levels, "yodel"] };
    const { report, axes } = mca([cinema, museum, wide, sport]);
    expect(report.emptyLevels).toEqual([{ question: "musique", level: "yodel" }]);
    expect([...axes.eigenvalues]).toEqual([...mca(all).axes.eigenvalues]);
    const without = mca(all, { supplementaryRows: Int32Array.of(4) });
    expect(without.report.emptyLevels).toEqual([{ question: "musique", level: "opéra" }]);
    // The row who alone chose it is projected, its answer counting for the centre of the question.
    expect(without.rows.coordinates[4 * without.axes.kept]).not.toBeNaN();
    const empty = supplementaryCategories(without, [music]);
    expect(empty.emptyLevels).toEqual([{ question: "musique", level: "opéra" }]);
  });

  test("a practice everybody has is set aside: it separates nobody and does not count in Q", () => {
    const everyone = question("télévision", yesNo, new Array<number>(12).fill(1));
    const { report, axes } = mca([...all, everyone]);
    expect(report.questionsAside).toEqual([{ question: "télévision", why: "constant" }]);
    expect(axes.totalInertia).toBeCloseTo(mca(all).axes.totalInertia, 12);
    expect(() => mca([everyone])).toThrow(/Aucune question ne sépare.*télévision \(constante\)/);
    const supplementary = mca(all, { supplementary: [everyone] }).supplementary;
    expect(supplementary?.means[0]).toBeCloseTo(0, 12);
    expect(supplementary?.tests[0]).toBeNaN();
  });

  test("a question whose categories are all passive is set aside", () => {
    const passive = yesNo.map((level) => ({ question: "cinéma", level }));
    expect(mca(all, { passive }).report.questionsAside).toEqual([{ question: "cinéma", why: "no-active-category" }]);
  });
});

describe("sizes", () => {
  test("one row is refused, two are enough", () => {
    const first = (count: number) => all.map((one) => ({ ...one, codes: one.codes.subarray(2, 2 + count) }));
    expect(() => mca(first(1))).toThrow(/Trop peu de lignes.*1 ligne active/);
    const two = mca(first(2));
    expect(two.axes.eigenvalues.length).toBe(1);
    expect(two.axes.eigenvalues[0]).toBeCloseTo(1, 12);
  });

  test("more categories than rows: at most n - 1 axes, and the inertia is still J/Q - 1", () => {
    const many = Array.from({ length: 6 }, (_, q) =>
      question(
        `q${q}`,
        ["a", "b", "c", "d", "e"],
        [0, 1, 2, 3, 4].map((k) => (k * (q + 1) + q) % 5),
      ),
    );
    const { axes, categories, questions } = mca(many, { axes: 99 });
    expect(categories.levels.length).toBeGreaterThan(5);
    expect(axes.eigenvalues.length).toBeLessThanOrEqual(4);
    expect(axes.totalInertia).toBeCloseTo(categories.levels.length / questions.names.length - 1, 12);
    expect(axes.eigenvalues.reduce((a, b) => a + b)).toBeCloseTo(axes.totalInertia, 12);
  });

  test("zero weights everywhere leave nobody", () => {
    expect(() => mca(all, { weights: new Float64Array(12) })).toThrow(/Trop peu de lignes.*0 ligne active/);
  });

  test("one question: axes of variance 1, and corrected rates that are not defined", () => {
    const { axes } = mca([music]);
    expect(axes.eigenvalues.length).toBe(3);
    for (const value of axes.eigenvalues) expect(value).toBeCloseTo(1, 12);
    expect(axes.benzecri[0]).toBeNaN();
    expect(axes.greenacre[0]).toBeNaN();
  });
});

test("labels carry their question where two questions have a level of one name", () => {
  expect(labelsOf({}, [cinema, { ...museum, codes: cinema.codes }, sport])).toEqual([
    "cinéma\u00a0: non",
    "cinéma\u00a0: oui",
    "musée\u00a0: non",
    "musée\u00a0: oui",
    "jamais",
    "souvent",
  ]);
  const theatre = question("théâtre", ["jamais", "parfois"], cinema.codes as unknown as number[]);
  expect(mca([music, sport], { supplementary: [theatre] }).supplementary?.labels).toEqual([
    "théâtre\u00a0: jamais",
    "parfois",
  ]);
});
