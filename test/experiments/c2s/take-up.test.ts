import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { PRESENT, SECRET } from "../../../src/codes/table.ts";
import type { Beneficiaries } from "../../../src/experiments/c2s/beneficiaries.ts";
import type { EligibleAreas } from "../../../src/experiments/c2s/eligible-areas.ts";
import { nonTakerDraws, type TakeUp, takeUpOf } from "../../../src/experiments/c2s/take-up.ts";

const areas = 12;
const draws = 200;
const [impossible, hidden, unanswered] = [3, 5, 7];
/** Twelve areas of 2 000 inhabitants with 1 000 eligible persons and a few more, known to 5 %; one without an answer. */
const eligible = (): EligibleAreas => {
  const random = seededRandom(11);
  const all = Float64Array.from({ length: areas }, (_, area) => (area === unanswered ? Number.NaN : 1_000 + 10 * area));
  const spread = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: areas * draws }, (_, place) => values[place % areas] * (1 + 0.05 * normal(random)));
  const part = (share: number): Float64Array => all.map((value, area) => value * (share + 0.01 * (area % 4)));
  const value = { rsa: part(0.4), free: part(0.7), participation: all };
  return {
    codes: Array.from({ length: areas }, (_, area) => `QP${area}`),
    persons: new Float64Array(areas).fill(2_000),
    value,
    draws,
    replicates: { rsa: spread(value.rsa), free: spread(value.free), participation: spread(all) },
    failures: Array.from({ length: areas }, (_, area) => (area === unanswered ? "Aucune réponse." : null)),
  };
};
/** Six eligible persons in ten have it; more than are eligible in one area; a count that is hidden in another. */
const counted = (insured: Float64Array | null): Beneficiaries => {
  const all = Float64Array.from({ length: areas }, (_, area) =>
    area === impossible ? 1_500 : area === hidden ? Number.NaN : 560 + 10 * ((area * 5) % 12),
  );
  return {
    scheme: insured ? "general" : "all",
    year: 2021,
    all,
    free: all.map((count) => 0.8 * count),
    participation: all.map((count) => 0.2 * count),
    insured,
    missing: Uint8Array.from(all, (count) => (Number.isNaN(count) ? SECRET : PRESENT)),
    lineage: [],
  };
};
const options = { seed: 4, draws: 500 };
const modelled = (counts: Beneficiaries, chosen = options): TakeUp => {
  const found = takeUpOf(eligible(), counts, chosen);
  if (!found) throw new Error("too few areas");
  return found;
};

describe("non-take-up of areas", () => {
  const found = modelled(counted(null), options);

  test("where beneficiaries exceed the eligible the rate is under zero, says so, and nothing is clipped", () => {
    const direct = found.direct[impossible];
    expect(direct?.status).toBe("impossible-rate");
    expect(direct?.value).toBeCloseTo(1 - 1_500 / 1_030, 12);
    expect(found.replicated[impossible]?.low).toBeLessThan(direct?.value ?? 0);
    expect(found.replicated[impossible]?.high).toBeLessThan(0);
    const place = found.areas.indexOf(impossible);
    const smoothed = found.smoothed[place];
    expect(smoothed?.value).toBeLessThan(0);
    expect(smoothed?.low).toBeLessThan(smoothed?.value ?? 0);
    // Of an area of the model whose rate is below 0, draws of persons without the benefit are below 0 too.
    const persons = nonTakerDraws(found, impossible, 2_000) ?? new Float64Array(0);
    expect(persons.filter((count) => count < 0).length).toBeGreaterThan(400);
  });

  test("a hidden count and an area without an answer are missing, and do not enter the model", () => {
    for (const area of [hidden, unanswered]) {
      expect(found.direct[area]?.status).toBe("missing");
      expect(found.direct[area]?.value).toBeNaN();
      expect(found.replicated[area]?.low).toBeNaN();
      expect([...found.areas]).not.toContain(area);
      expect(nonTakerDraws(found, area, 2_000)).toBeNull();
    }
    expect(found.areas.length).toBe(areas - 2);
    expect(found.smoothed.length).toBe(areas - 2);
    expect(found.rates.areas).toBe(areas - 2);
  });

  test("elsewhere the rate is 1 - B/E, and each interval holds its value", () => {
    for (const [place, area] of found.areas.entries()) {
      const [direct, replicated, smoothed] = [found.direct[area], found.replicated[area], found.smoothed[place]];
      expect(direct?.value).toBeCloseTo(1 - found.beneficiaries.all[area] / (1_000 + 10 * area), 12);
      for (const interval of [replicated, smoothed]) {
        expect(interval?.low).toBeLessThanOrEqual(interval?.value ?? Number.NaN);
        expect(interval?.high).toBeGreaterThanOrEqual(interval?.value ?? Number.NaN);
      }
      if (area !== impossible) expect(direct?.status).toBe("ok");
    }
  });

  test("persons without the benefit, by draw, are B nt / (1 - nt) of the drawn rates", () => {
    const area = found.areas[0] ?? 0;
    const persons = nonTakerDraws(found, area, 2_000);
    persons?.forEach((count, draw) => {
      const rate = found.rates.values[draw * found.rates.areas];
      expect((count + found.beneficiaries.all[area]) * (1 - rate)).toBeCloseTo(found.beneficiaries.all[area], 6);
    });
  });

  test("the same seed gives the same rates", () => {
    expect(modelled(counted(null), options).rates.values).toEqual(found.rates.values);
    expect(modelled(counted(null), { ...options, seed: 5 }).rates.values).not.toEqual(found.rates.values);
  });
});

test("counts of one scheme are held against the eligible persons of that scheme: its share of the inhabitants", () => {
  const insured = new Float64Array(areas).fill(1_600);
  const found = modelled(counted(insured), options);
  expect(found.eligible[0]).toBeCloseTo(0.8 * 1_000, 9);
  expect(found.direct[0]?.value).toBeCloseTo(1 - found.beneficiaries.all[0] / 800, 12);
  // Persons without the benefit are of every scheme: those of the scheme over its share of the inhabitants.
  const [area = 0] = found.areas;
  nonTakerDraws(found, area, 2_000)?.forEach((count, draw) => {
    const rate = found.rates.values[draw * found.rates.areas];
    expect(0.8 * count).toBeCloseTo((found.beneficiaries.all[area] * rate) / (1 - rate), 6);
  });
  // The share is of another file and year: its error widens the interval.
  const sure = modelled({ ...counted(null), all: counted(null).all.map((count) => count / 0.8) }, options);
  const width = (one: typeof found): number => (one.replicated[0]?.high ?? 0) - (one.replicated[0]?.low ?? 0);
  expect(width(found)).toBeGreaterThan(width(sure));
});

test("with fewer than five areas counted there is no model, rather than an error", () => {
  const shown = (areasShown: number): Beneficiaries => {
    const all = counted(null);
    return { ...all, all: all.all.map((count, area) => (area < areasShown ? count : Number.NaN)) };
  };
  expect(takeUpOf(eligible(), shown(0), options)).toBeNull();
  expect(takeUpOf(eligible(), shown(4), options)).toBeNull();
  expect(takeUpOf(eligible(), shown(5), options)?.areas.length).toBe(5);
});
