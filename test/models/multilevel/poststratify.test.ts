import { describe, expect, test } from "vitest";
import { mixedLogit } from "../../../src/models/multilevel/mixed-logit.ts";
import { type Poststratified, poststratify } from "../../../src/models/multilevel/poststratify.ts";
import { expectNear } from "../../reference/reference.ts";
import { type InventedRegion, inventedRegion } from "./invented-region.ts";
import { coded, crossedCells, expected, numbers } from "./reference-sets.ts";

const { poststratified } = expected;
const census = {
  persons: numbers(poststratified.persons),
  fixed: [{ name: "minutes", values: numbers(poststratified.minutes) }],
  groups: [
    coded("area", poststratified.area),
    coded("diploma", poststratified.diploma),
    coded("age", poststratified.age),
  ],
};
const { groups, ...sample } = crossedCells();
const fit = mixedLogit({ ...sample, groups: [groups.area, groups.diploma, groups.age] });
const by = [coded("area", poststratified.area)];
const options = { by, unseen: "drawn", seed: 7, draws: 400 } as const;

describe("rates of a population", () => {
  test("at the modes they are R's predict of every cell, summed", () => {
    const { by: rates, overall } = poststratify(fit, census, { ...options, draws: 20 });
    poststratified.rates.forEach((value, area) => {
      expectNear(rates[0]?.ratesAtModes[area] ?? Number.NaN, value, 1e-5, `quartier ${area}`);
    });
    expectNear(overall.ratesAtModes[0], poststratified.overall, 1e-5);
  });

  test("the whole is the mean of its areas by persons, draw by draw; the seed decides", () => {
    const result = poststratify(fit, census, options);
    const [areas] = result.by;
    const all = census.persons.reduce((sum, count) => sum + count, 0);
    for (let draw = 0; draw < 400; draw += 57) {
      let sum = 0;
      for (let area = 0; area < 30; area++)
        sum += (areas?.persons[area] ?? 0) * (areas?.draws.values[draw * 30 + area] ?? 0);
      expectNear(result.overall.draws.values[draw], sum / all, 1e-12);
    }
    expect(poststratify(fit, census, options).by[0]?.low).toEqual(areas?.low);
    expect(poststratify(fit, census, { ...options, seed: 8 }).by[0]?.low).not.toEqual(areas?.low);
  });

  test("empty cells weigh nothing, an area without anybody has no rate, a cell without a level counts in none", () => {
    const persons = census.persons.map((count, cell) => (poststratified.area[cell] === 3 ? 0 : count));
    const codes = by[0]?.codes.map((area) => (area === 5 ? -1 : area)) ?? new Int32Array(0);
    const [areas] = poststratify(fit, { ...census, persons }, { ...options, by: [{ ...by[0], codes } as never] }).by;
    expect(areas?.persons[3]).toBe(0);
    expect([areas?.rates[3], areas?.ratesAtModes[3], areas?.low[3]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(areas?.persons[5]).toBe(0);
    expect(areas?.rates[4]).toBeGreaterThan(0);
  });

  test("an area never surveyed: the two rules give two means, and are told", () => {
    const area = { ...coded("area", poststratified.area) };
    const renamed = { ...area, levels: area.levels.map((level) => (level === "10" ? "nouveau" : level)) };
    const cells = { ...census, groups: [renamed, ...census.groups.slice(1)] };
    const at = (unseen: "zero" | "drawn") =>
      poststratify(fit, cells, { ...options, by: [renamed], draws: 2000, unseen });
    const [zero, drawn] = [at("zero"), at("drawn")];
    for (const { unseen } of [zero, drawn]) expect(unseen).toEqual([{ group: "area", level: "nouveau" }]);
    const width = ({ by: [rates] }: Poststratified): number => (rates?.high[9] ?? 0) - (rates?.low[9] ?? 0);
    expect(width(drawn)).toBeGreaterThan(1.3 * width(zero));
    // Drawing the effect pulls the mean towards one half.
    const rate = ({ by: [rates] }: Poststratified): number => rates?.rates[9] ?? Number.NaN;
    const middle = zero.by[0]?.ratesAtModes[9] ?? Number.NaN;
    expect(Math.abs(rate(drawn) - 0.5)).toBeLessThan(Math.abs(rate(zero) - 0.5));
    expectNear(rate(zero), middle, 0.01);
    expect(drawn.by[0]?.ratesAtModes[9]).toBe(middle);
  });

  test("each population that is not the sample's has its message", () => {
    const persons = census.persons.with(4, Number.NaN);
    expect(() => poststratify(fit, { ...census, persons }, options)).toThrow("inutilisable. Lieu\u00a0: cellule 5");
    expect(() => poststratify(fit, { ...census, fixed: [] }, options)).toThrow("ne dit rien de « minutes »");
    const minutes = { name: "minutes", values: numbers(poststratified.minutes).with(2, Number.NaN) };
    expect(() => poststratify(fit, { ...census, fixed: [minutes] }, options)).toThrow("« minutes » manque dans la pop");
    expect(() => poststratify(fit, { ...census, groups: census.groups.slice(0, 2) }, options)).toThrow(
      "groupe « age »",
    );
    const [area, ...others] = census.groups;
    const missing = { ...area, codes: area?.codes.with(1, -1) } as never;
    expect(() => poststratify(fit, { ...census, groups: [missing, ...others] }, options)).toThrow("« area » manque");
    const short = [coded("age", [0, 1])];
    expect(() => poststratify(fit, census, { ...options, by: short })).toThrow("n'a pas un niveau par cellule");
    expect(() => poststratify(fit, census, { ...options, draws: 0 })).toThrow("Nombre de tirages");
  });

  test("a level of a fixed variable that nobody of the sample had is refused by name", () => {
    const region = inventedRegion({ seed: 3, areas: 10 });
    const own = mixedLogit(region.sample);
    const [sex, minutes] = region.population.fixed;
    const odd = { ...sex, levels: ["sexe 1", "autre"] } as never;
    expect(() =>
      poststratify(own, { ...region.population, fixed: [odd, minutes as never] }, { ...options, by: [region.area] }),
    ).toThrow("Personne dans l'échantillon n'a cette réponse à « sexe »\u00a0: «\u202fautre\u202f»");
  });
});

describe("invented regions whose truth is known", () => {
  const runs = Array.from({ length: 25 }, (_, index) => {
    const region = inventedRegion({ seed: 100 + index, perArea: 12 });
    const result = poststratify(mixedLogit(region.sample), region.population, {
      by: [region.area],
      unseen: "drawn",
      seed: index,
      draws: 300,
    });
    return { region, result };
  });
  const tally = (keep: (region: InventedRegion, area: number) => boolean) => {
    let [count, covered, squares, direct] = [0, 0, 0, 0];
    for (const { region, result } of runs)
      region.truth.forEach((truth, area) => {
        const [rates] = result.by;
        if (!rates || !keep(region, area)) return;
        count++;
        covered += Number(rates.low[area] <= truth && truth <= rates.high[area]);
        squares += (rates.rates[area] - truth) ** 2;
        direct += (region.direct[area] - truth) ** 2;
      });
    return { coverage: covered / count, error: Math.sqrt(squares / count), direct: Math.sqrt(direct / count) };
  };

  test("surveyed areas: much nearer the truth than the direct rate, and 90 % intervals hold it about nine times in ten", () => {
    const { coverage, error, direct } = tally(({ surveyed }, area) => surveyed[area] === 1);
    expect(error).toBeLessThan(0.75 * direct);
    expect(coverage).toBeGreaterThan(0.85);
    expect(coverage).toBeLessThan(0.95);
  });

  test("areas never surveyed, and the whole", () => {
    const { coverage } = tally(({ surveyed }, area) => surveyed[area] === 0);
    expect(coverage).toBeGreaterThan(0.82);
    const held = runs.filter(
      ({ region, result }) => result.overall.low[0] <= region.overall && region.overall <= result.overall.high[0],
    );
    expect(held.length).toBeGreaterThanOrEqual(20);
  });
});
