import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { numbers, type Table, texts } from "../../src/codes/table.ts";
import { drees2021, dreesEligible2021 } from "../../src/experiments/c2s/drees-eligible.ts";
import { nationalRate } from "../../src/experiments/c2s/expected-figure.ts";
import { type C2sNonTakeUp, c2sNonTakeUp } from "../../src/experiments/c2s-non-take-up.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { publishedCeilings } from "../../src/models/benefits/c2s-parameters.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { tablesOf, writtenIn } from "./c2s/shown.ts";

/** Persons by right, as the planted truth writes them. */
interface ByRight {
  readonly rsa: number;
  readonly gratuite_hors_rsa: number;
  readonly participation: number;
}
interface Planted {
  readonly code_qp: string;
  readonly code_commune: string;
  readonly personnes: number;
  readonly eligibles: ByRight;
  readonly eligibles_du_regime_general: ByRight;
  readonly couverts_du_regime_general: ByRight;
}
const sample = join(import.meta.dirname, "../../data-samples");
const truth = JSON.parse(readFileSync(join(sample, "verite/recours-c2s.json"), "utf8")) as {
  readonly quartiers: readonly Planted[];
  readonly hors_quartiers: readonly Planted[];
};
const all = ({ rsa, gratuite_hors_rsa, participation }: ByRight): number => rsa + gratuite_hors_rsa + participation;
const planted = new Map(truth.quartiers.map((one) => [one.code_qp, one]));
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const column = (data: Table, name: string): number[] => Array.from(numbers(data, name).values);
const words = (data: Table, name: string): readonly string[] => texts(data, name).values;

/** Mean error, root of the mean square, and share of the intervals that hold the truth. */
function recovered(data: Table, [value, low, high]: readonly [string, string, string], of: (one: Planted) => number) {
  const [found, below, above] = [value, low, high].map((name) => column(data, name));
  const errors = words(data, "code_qp").map((code, row) => {
    const one = planted.get(code);
    if (!one) throw new Error(`${code} is not planted`);
    return {
      gap: (found?.[row] ?? Number.NaN) - of(one),
      held: (below?.[row] ?? 0) <= of(one) && of(one) <= (above?.[row] ?? 0),
    };
  });
  return {
    areas: errors.length,
    bias: sum(errors.map(({ gap }) => gap)) / errors.length,
    error: Math.sqrt(sum(errors.map(({ gap }) => gap * gap)) / errors.length),
    coverage: errors.filter(({ held }) => held).length / errors.length,
  };
}

describe("on the invented territory", () => {
  let result: C2sNonTakeUp;
  const figureOf = (name: keyof C2sNonTakeUp): Figure => result[name] as Figure;
  const key = (name: string): number => {
    const { data } = result.numbers;
    return column(data, "value")[words(data, "key").indexOf(`c2s.${name}`)] ?? Number.NaN;
  };
  beforeAll(async () => {
    result = await c2sNonTakeUp(openTerritory(), { draws: 40 });
  }, 120_000);

  describe("the planted truth is found again", () => {
    test("share of eligible persons: bias under a point, error under two, intervals that hold it", () => {
      const found = recovered(
        result.map.data,
        ["part", "part_basse", "part_haute"],
        ({ eligibles, personnes }) => (100 * all(eligibles)) / personnes,
      );
      // Measured: bias -0.3, error 1.5, 77 intervals of 78.
      expect(found.areas).toBe(78);
      expect(Math.abs(found.bias), `bias ${found.bias}`).toBeLessThan(1);
      expect(found.error).toBeLessThan(2);
      expect(found.coverage).toBeGreaterThan(0.85);
    });

    test("the free right and the RSA are found too high by about three points, which the chapter says", () => {
      const errors = {
        free: column(result.map.data, "part_gratuite").map((share, row) => {
          const one = planted.get(words(result.map.data, "code_qp")[row] ?? "");
          if (!one) throw new Error("not planted");
          return share - (100 * (one.eligibles.rsa + one.eligibles.gratuite_hors_rsa)) / one.personnes;
        }),
        rsa: column(result.map.data, "part_rsa").map((share, row) => {
          const one = planted.get(words(result.map.data, "code_qp")[row] ?? "");
          if (!one) throw new Error("not planted");
          return share - (100 * one.eligibles.rsa) / one.personnes;
        }),
      };
      const printed = column(figureOf("truth").data, "biais");
      for (const [place, own] of [errors.rsa, errors.free].entries()) {
        const bias = sum(own) / own.length;
        expect(bias).toBeGreaterThan(1.5);
        expect(bias).toBeLessThan(4);
        expect(Math.abs((printed[place] ?? Number.NaN) - bias)).toBeLessThan(0.11);
      }
    });

    test("non-take-up of the general scheme, smoothed: bias under a point, error under two and a half", () => {
      const rate = ({ couverts_du_regime_general, eligibles_du_regime_general }: Planted): number =>
        100 * (1 - all(couverts_du_regime_general) / all(eligibles_du_regime_general));
      const found = recovered(figureOf("observed").data, ["non_recours", "bas", "haut"], rate);
      // Measured: bias -0.2, error 1.7 (1.8 without smoothing), all intervals.
      expect(found.areas).toBe(78);
      expect(Math.abs(found.bias)).toBeLessThan(1);
      expect(found.error).toBeLessThan(2.5);
      expect(found.coverage).toBeGreaterThan(0.85);
      const direct = recovered(figureOf("observed").data, ["direct", "bas", "haut"], rate);
      expect(direct.error).toBeLessThan(2.5);
    });

    test("outside the neighbourhoods, in the communes that have some: a point for the eligible, two for non-take-up", () => {
      const shapes = JSON.parse(readFileSync(join(sample, "qpv-perimetres/qp.geojson"), "utf8")) as {
        readonly features: readonly { readonly properties: { readonly code_commune: string } }[];
      };
      const hosts = new Set(shapes.features.map(({ properties }) => properties.code_commune));
      const outside = truth.hors_quartiers.filter(({ code_commune }) => hosts.has(code_commune));
      expect(outside.length).toBe(32);
      const share =
        (100 * sum(outside.map(({ eligibles }) => all(eligibles)))) / sum(outside.map((one) => one.personnes));
      const rate =
        100 *
        (1 -
          sum(outside.map((one) => all(one.couverts_du_regime_general))) /
            sum(outside.map((one) => all(one.eligibles_du_regime_general))));
      // Planted 12.7 % and 53.8 %; measured 12.6 % and 53.3 %.
      const { data } = figureOf("outsideTable");
      const at = (name: string): number => column(data, name).at(-1) ?? Number.NaN;
      expect(words(data, "lieu").at(-1)).toBe("Hors des quartiers");
      expect(Math.abs(at("part") - share), `${at("part")} for ${share}`).toBeLessThan(1);
      expect(Math.abs(at("non_recours") - rate), `${at("non_recours")} for ${rate}`).toBeLessThan(2);
      for (const [low, truthValue, high] of [
        [at("part_basse"), share, at("part_haute")],
        [at("bas"), rate, at("haut")],
      ] as const) {
        expect(low).toBeLessThanOrEqual(truthValue);
        expect(high).toBeGreaterThanOrEqual(truthValue);
      }
    });

    test("the table of the truth prints what is measured here", () => {
      const { data } = figureOf("truth");
      const found = recovered(
        result.map.data,
        ["part", "part_basse", "part_haute"],
        ({ eligibles, personnes }) => (100 * all(eligibles)) / personnes,
      );
      const row = words(data, "grandeur").indexOf("Part qui a droit à la C2S");
      expect(Math.abs((column(data, "biais")[row] ?? Number.NaN) - found.bias)).toBeLessThan(0.11);
      expect(Math.abs((column(data, "erreur")[row] ?? Number.NaN) - found.error)).toBeLessThan(0.11);
      expect(Math.abs((column(data, "couverture")[row] ?? Number.NaN) - 100 * found.coverage)).toBeLessThan(4);
    });
  });

  describe("numbers agree with each other", () => {
    test("national rates are those of the Drees, and their two parts make the whole to a point", () => {
      const { free, participationOnly } = dreesEligible2021();
      const holders = drees2021.free + drees2021.participationOnly;
      expect(nationalRate("free").value).toBe(0.31);
      expect(nationalRate("participation").value).toBe(0.67);
      expect(nationalRate("all").value).toBe(0.44);
      expect(Math.abs(1 - holders / (free + participationOnly) - nationalRate("all").value)).toBeLessThan(0.01);
      expect([key("taux_national"), key("taux_gratuite"), key("taux_participation")]).toEqual([44, 31, 67]);
      expect(new Set(column(figureOf("byRight").data, "national"))).toEqual(new Set([31, 67, 44]));
    });

    test("free and paying rights add up to all of them", () => {
      const { data } = figureOf("byRight");
      const [counts, rates] = [column(data, "beneficiaires"), column(data, "non_recours")];
      expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(counts[2]);
      const eligible = counts.map((count, row) => count / (1 - (rates[row] ?? 0) / 100));
      expect(Math.abs(((eligible[0] ?? 0) + (eligible[1] ?? 0)) / (eligible[2] ?? 1) - 1)).toBeLessThan(0.005);
    });

    test("the key numbers are those of the tables", () => {
      const persons = sum(words(result.map.data, "code_qp").map((code) => planted.get(code)?.personnes ?? Number.NaN));
      const expected = (persons / 100) * (key("part_gratuite") * 0.31 + (key("part") - key("part_gratuite")) * 0.67);
      expect(Math.abs(key("non_recours") / expected - 1)).toBeLessThan(0.005);
      expect(Math.abs(key("eligibles") / ((persons / 100) * key("part")) - 1)).toBeLessThan(0.005);
      const [reference] = column(result.sensitivity.data, "part");
      expect(Math.abs((reference ?? 0) - key("part"))).toBeLessThan(0.06);
      const towns = sum(column(result.expected.data, "attendu"));
      expect(Math.abs(towns / key("non_recours") - 1)).toBeLessThan(0.01);
      expect([key("quartiers"), key("estimes"), key("tirages"), key("echecs"), key("caches")]).toEqual([
        78, 78, 40, 0, 0,
      ]);
    });

    test("every interval holds its value", () => {
      for (const [name, value, low, high] of [
        ["map", "part", "part_basse", "part_haute"],
        ["observed", "non_recours", "bas", "haut"],
        ["byRight", "non_recours", "bas", "haut"],
        ["outsideTable", "part", "part_basse", "part_haute"],
        ["outsideTable", "non_recours", "bas", "haut"],
        ["expected", "attendu", "bas", "haut"],
        ["outreach", "ouverts", "bas", "haut"],
      ] as const) {
        const { data } = figureOf(name);
        expect(data.numRows).toBeGreaterThan(2);
        column(data, value).forEach((shown, row) => {
          if (Number.isNaN(shown)) {
            expect([column(data, low)[row], column(data, high)[row]]).toEqual([Number.NaN, Number.NaN]);
            return;
          }
          expect(column(data, low)[row], `${name}, ${row}`).toBeLessThanOrEqual(shown);
          expect(column(data, high)[row], `${name}, ${row}`).toBeGreaterThanOrEqual(shown);
        });
      }
    });

    test("the printed contributions add up exactly to the printed gap, in every neighbourhood", () => {
      const { explanation } = result.viewer;
      if (!explanation) throw new Error("no explanation");
      for (const data of [explanation.data, result.contributions.data]) {
        const codes = words(data, "code_qp");
        const tenths = (name: string): number[] => column(data, name).map((value) => Math.round(10 * value));
        const [parts, from, to, gap] = ["part", "depart", "arrivee", "ecart"].map(tenths);
        const sums = new Map<string, number>();
        codes.forEach((code, row) => {
          sums.set(code, (sums.get(code) ?? 0) + (parts?.[row] ?? Number.NaN));
        });
        codes.forEach((code, row) => {
          expect(sums.get(code), code).toBe(gap?.[row]);
          expect(sums.get(code), code).toBe((to?.[row] ?? 0) - (from?.[row] ?? 0));
        });
        expect(new Set(words(data, "facteur")).size).toBe(6);
      }
      expect(new Set(words(explanation.data, "code_qp")).size).toBe(78);
      expect(new Set(words(result.contributions.data, "code_qp")).size).toBe(10);
    });

    test("the viewer has a line for every hypothesis and neighbourhood, and its first hypothesis is the chapter's map", () => {
      const { estimates, hypotheses, areas } = result.viewer;
      // The share of the scheme moves no eligible person: a row of the table only.
      expect(hypotheses.map(({ label }) => label)).toEqual(
        words(result.sensitivity.data, "variante").filter((label) => !label.startsWith("Part du régime général")),
      );
      expect(areas.numRows).toBe(78);
      const lines = new Set(
        words(estimates, "hypothese").map((one, row) => `${one} ${words(estimates, "code_qp")[row]}`),
      );
      expect(hypotheses.length).toBeGreaterThanOrEqual(11);
      expect(lines.size).toBe(78 * hypotheses.length);
      expect(estimates.numRows).toBe(78 * hypotheses.length);
      const first = words(estimates, "hypothese").flatMap((one, row) => (one === hypotheses[0]?.id ? [row] : []));
      expect(first.map((row) => column(estimates, "part")[row])).toEqual(column(result.map.data, "part"));
      expect(first.map((row) => column(estimates, "non_recours")[row])).toEqual(
        column(figureOf("observed").data, "non_recours"),
      );
    });

    test("ranks are whole numbers from 1 to the number of neighbourhoods, low before high, and as many as expected are among the highest", () => {
      const check = (
        low: readonly number[],
        high: readonly number[],
        probability: readonly number[],
        n: number,
      ): void => {
        low.forEach((rank, row) => {
          expect(Number.isInteger(rank) && Number.isInteger(high[row])).toBe(true);
          expect(rank).toBeGreaterThanOrEqual(1);
          expect(high[row]).toBeGreaterThanOrEqual(rank);
          expect(high[row]).toBeLessThanOrEqual(n);
          expect(probability[row]).toBeGreaterThanOrEqual(0);
          expect(probability[row]).toBeLessThanOrEqual(1);
        });
      };
      const { data } = figureOf("ranks");
      check(column(data, "rang_bas"), column(data, "rang_haut"), column(data, "probabilite"), 78);
      expect(sum(column(data, "probabilite"))).toBeCloseTo(8, 0);
      for (const measure of ["part", "non_recours"])
        check(
          column(result.viewer.estimates, `${measure}_rang_bas`),
          column(result.viewer.estimates, `${measure}_rang_haut`),
          column(result.viewer.estimates, `${measure}_probabilite`),
          78,
        );
    });

    test("the outreach stays within its budget and contacts nobody twice", () => {
      const { data } = result.outreach;
      expect(sum(column(data, "cout"))).toBeLessThanOrEqual(60_000 + 5 * data.numRows);
      words(data, "code_qp").forEach((code, row) => {
        expect(column(data, "contacts")[row]).toBeLessThanOrEqual(0.2 * (planted.get(code)?.personnes ?? 0) + 10);
      });
      const curve = result.outreachCurve.data;
      const opened = (way: string): number[] =>
        words(curve, "partage").flatMap((one, row) =>
          one === way ? [column(curve, "ouverts")[row] ?? Number.NaN] : [],
        );
      const best = opened("Plan qui ouvre le plus de droits");
      for (const way of ["Parts égales", "Selon la population"])
        opened(way).forEach((rights, place) => {
          expect(rights).toBeLessThanOrEqual((best[place] ?? 0) + 1);
        });
      expect(best).toEqual([...best].sort((a, b) => a - b));
    });
  });

  describe("the law", () => {
    test("the published ceilings are printed exactly", () => {
      const { data } = result.ceilingTable;
      const months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet"];
      const day = (date: string): string => `1er ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
      const rights = { free: "gratuite", participation: "avec participation" };
      const row = (date: string, right: "free" | "participation"): number =>
        words(data, "date").findIndex((shown, i) => shown === day(date) && words(data, "droit")[i] === rights[right]);
      const cells = publishedCeilings.filter(
        ({ area, persons }) => area === "metropole" && typeof persons === "number",
      );
      expect(cells.length).toBeGreaterThan(30);
      for (const cell of cells) {
        const printed = column(data, `personnes_${cell.persons}`)[row(cell.from, cell.right)];
        expect(printed, `${cell.from}, ${cell.persons}, ${cell.right}`).toBe(cell.eurYear);
      }
    });

    test("the participation by age is that of the arrêté", () => {
      const { data } = result.participation;
      expect(words(data, "age")).toEqual([
        "moins de 30 ans",
        "30 à 49 ans",
        "50 à 59 ans",
        "60 à 69 ans",
        "70 ans et plus",
      ]);
      expect(column(data, "general")).toEqual([8, 14, 21, 25, 30]);
      expect(column(data, "alsace")[0]).toBe(2.8);
      expect(column(data, "alsace").at(-1)).toBe(10.5);
    });

    test("the law is not stamped synthetic, the estimates are", () => {
      for (const name of ["ceilings", "ceilingTable", "participation", "example", "thresholds"] as const)
        expect(result[name].synthetic, name).toBe(false);
      for (const name of [
        ...["weights", "map", "ranked", "outside", "outsideTable", "observed", "byRight", "ranks", "diagnostics"],
        ...["expected", "contributions", "sensitivity", "truth", "outreach", "outreachCurve"],
      ] as const)
        expect(figureOf(name as keyof C2sNonTakeUp).synthetic, name).toBe(true);
      expect(result.viewer.synthetic).toBe(true);
    });
  });

  test("no table holds a count of beneficiaries or of eligible persons of one neighbourhood, and no note names one", () => {
    const tables = tablesOf(result);
    expect(tables.length).toBeGreaterThan(20);
    const names = new Set(words(result.map.data, "nom_qp"));
    for (const { path, data } of tables) {
      if (!("code_qp" in data.columns)) continue;
      for (const [name, found] of Object.entries(data.columns)) {
        expect(name, path).not.toMatch(/benef|eligibles?$|regime|couverts/);
        if (found.type !== "number") continue;
        expect(["%", "part", "ménages", "pour 100 habitants", "€", ""], `${path} ${name}`).toContain(found.unit);
        if (found.unit === "ménages")
          for (const households of found.values) expect(households, path).toBeGreaterThanOrEqual(11);
      }
    }
    const counts = tables.flatMap(({ data }) =>
      Object.keys(data.columns).flatMap((name) => (/benef/.test(name) ? [column(data, name)] : [])),
    );
    expect(counts.length).toBe(1);
    for (const count of counts.flat()) expect(count).toBeGreaterThan(1000);
    const { markdowns, strings } = writtenIn(result);
    for (const markdown of markdowns) for (const name of names) expect(markdown).not.toContain(name);
    for (const one of strings) expect(one).not.toMatch(/\bNaN\b|\bundefined\b|Infinity/);
  });
});
