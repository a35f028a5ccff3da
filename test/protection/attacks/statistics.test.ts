import { describe, expect, test } from "vitest";
import { numberColumn, table, textColumn } from "../../../src/codes/table.ts";
import { glm } from "../../../src/models/regression/glm.ts";
import { groupedSurvival } from "../../../src/protection/model-outputs/grouped-survival.ts";
import type { ModelOutput } from "../../../src/protection/model-outputs/model-output.ts";
import { publish } from "../../../src/protection/publish.ts";
import { release } from "../../../src/protection/release.ts";
import { type PublishedSummary, summaryFindings } from "../../../src/protection/rules/summaries.ts";
import { seen, source } from "../support.ts";

const t = 11;
const codesOf = (summary: PublishedSummary): readonly string[] => summaryFindings(summary, t).map(({ code }) => code);

test("attaque 18 : moyenne, effectif, minimum et maximum ensemble ; quantiles ; écart-type", () => {
  const incomes = [9_100, 14_300, 61_000];
  const n = incomes.length;
  const mean = incomes.reduce((sum, income) => sum + income, 0) / n;
  const [least, greatest] = [Math.min(...incomes), Math.max(...incomes)];
  expect(n * mean - least - greatest).toBeCloseTo(14_300, 6);
  // Two people, their mean and their spread: both values.
  const pair = [12_000, 20_000];
  const half = 16_000;
  const spread = Math.sqrt(pair.reduce((sum, one) => sum + (one - half) ** 2, 0) / 2);
  expect([half - spread, half + spread]).toEqual(pair);
  // Deciles of 40 people: four between two cuts, and the last cut leaves four above.
  expect(Math.floor(0.1 * 40)).toBeLessThan(t);

  expect(codesOf({ n, mean: true, minHolders: 1, maxHolders: 1 })).toContain("mean-with-extremes");
  expect(codesOf({ n: 2, mean: true, standardDeviation: true })).toContain("spread");
  expect(codesOf({ n: 40, quantiles: [0.1, 0.5, 0.9] })).toEqual(["quantile"]);
  expect(codesOf({ n: 400, mean: true, standardDeviation: true, quantiles: [0.1, 0.5, 0.9] })).toEqual([]);
  // On the page, a row of three people loses every statistic.
  const rows = table(
    {
      zone: textColumn(["Nord", "Sud"], { label: "Zone" }),
      n: numberColumn([n, 400], { label: "Ménages", unit: "ménages", summable: true }),
      moyenne: numberColumn([mean, 15_200], { label: "Moyenne", unit: "EUR" }),
      minimum: numberColumn([least, 8_000], { label: "Minimum", unit: "EUR" }),
    },
    [source(t)],
  );
  const out = release(rows, { name: "attaque 18", counts: "n", open: ["zone"] });
  for (const name of ["n", "moyenne", "minimum"]) expect(seen(out, name)[0]).toBeNull();
});

describe("models", () => {
  const refused = (output: ModelOutput): readonly string[] => {
    const shown = table({ valeur: numberColumn([0.4, 1.2], { label: "Sortie du modèle", unit: "" }) }, [source(t)]);
    const { verdict, findings, released } = publish({ kind: "model", name: "attaque 19", output, table: shown });
    expect(verdict === "refuse").toBe(released === null);
    return findings.filter(({ severity }) => severity === "refuse").map(({ code }) => code);
  };

  test("attaque 19 : régression saturée, indicatrice d'une personne, résidus, feuilles, voisins, marches de survie", () => {
    // A saturated logit on sex and age: four coefficients, four cells.
    const cells = [
      { woman: 0, young: 0, people: 40, having: 22 },
      { woman: 1, young: 0, people: 31, having: 12 },
      { woman: 0, young: 1, people: 9, having: 3 },
      { woman: 1, young: 1, people: 25, having: 14 },
    ];
    const matrix = {
      names: ["(constante)", "femme", "jeune", "femme:jeune"],
      rows: 4,
      columns: 4,
      values: Float64Array.from([
        ...cells.map(() => 1),
        ...cells.map(({ woman }) => woman),
        ...cells.map(({ young }) => young),
        ...cells.map(({ woman, young }) => woman * young),
      ]),
      variables: [],
      products: [],
      factors: [[], [], [], []],
      sourceRows: 4,
      keptRows: Int32Array.of(0, 1, 2, 3),
      droppedRows: 0,
      missingBy: {},
      emptyLevels: [],
    };
    const [constant = 0, , young = 0] = glm(matrix, {
      family: "binomial",
      outcome: Float64Array.from(cells, ({ having }) => having),
      trials: Float64Array.from(cells, ({ people }) => people),
    }).coefficients;
    // Young men are 9, as a published table of people tells: the coefficients give how many of them have it.
    expect(9 / (1 + Math.exp(-(constant + young)))).toBeCloseTo(3, 6);
    const regression = { kind: "regression", observations: 105, parameters: 4, patterns: 4, levels: [] } as const;
    expect(refused(regression)).toEqual(["modele-sature"]);

    // The coefficient of a class of one person, added to the constant, is that person's income.
    const incomes = [14_000, 15_000, 16_000, 61_000];
    const reference = (14_000 + 15_000 + 16_000) / 3;
    const dummy = 61_000 - reference;
    expect(reference + dummy).toBe(incomes[3]);
    const rare = { ...regression, patterns: 60, levels: [{ name: "médecin", units: 1 }] };
    expect(refused(rare)).toEqual(["modalite-rare"]);
    // The same mean with and without her.
    expect(4 * 26_500 - 3 * 15_000).toBe(61_000);
    expect(refused({ ...regression, patterns: 60, nested: [104] })).toEqual(["ajustements-emboites"]);

    // Fitted values are in the table of coefficients: a residual more, and the value is there.
    expect(reference + (14_000 - reference)).toBe(14_000);
    for (const what of ["residuals", "leverages", "influence", "medoids", "parangons", "nearest neighbours"] as const)
      expect(refused({ kind: "units", what }), what).toEqual(["unites-montrees"]);
    expect(refused({ kind: "leaves", leaves: [{ name: "moins de 25 ans, Nord", units: 2 }] })).toEqual([
      "feuille-rare",
    ]);
    expect(refused({ kind: "object", individuals: true })).toEqual(["modele-livre"]);

    // A curve of survival and its first count give who left at each step.
    const followed = [40, 39, 27];
    const left = [1, 12, 11];
    const surviving = left.map((_, i) =>
      left.slice(0, i + 1).reduce((share, out, k) => share * (1 - out / (followed[k] ?? 1)), 1),
    );
    expect(Math.round(40 * (1 - (surviving[0] ?? 0)))).toBe(1);
    const curve = { kind: "survival", times: [1, 2, 3], atRisk: followed, events: left } as const;
    expect(refused(curve)).toEqual(["marche-rare"]);
    const { times, surviving: drawn } = groupedSurvival(curve, t);
    let before = 40;
    for (const share of drawn) {
      expect(before - Math.round(40 * share)).toBeGreaterThanOrEqual(t);
      before = Math.round(40 * share);
    }
    expect(times).not.toContain(1);
    // And what tells of nobody passes.
    expect(refused({ ...regression, patterns: 60, levels: [{ name: "femmes", units: 56 }] })).toEqual([]);
  });
});
