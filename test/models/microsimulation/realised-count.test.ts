import { expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { monotoneQuantile } from "../../../src/models/areas/monotone-quantile.ts";
import { eligibilityTable } from "../../../src/models/microsimulation/eligibility-table.ts";
import { eligiblePersons, foyerProbabilities } from "../../../src/models/microsimulation/eligible-persons.ts";
import { realisedCovariance } from "../../../src/models/microsimulation/realised-count.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { censusColumns } from "./invented-chain.ts";
import { inventSeed, plainThresholds } from "./invented-seed.ts";

const seed = inventSeed(300, 21);
const foyers = splitFoyers(seed);
const table = eligibilityTable({ seed, foyers, thresholds: plainThresholds(foyers) });
const quantile = monotoneQuantile({
  probabilities: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  values: [7210, 8890, 10120, 11370, 12760, 14390, 16530, 19340, 24010],
});
const ones = new Float64Array(300).fill(1);
const shiftRandom = seededRandom(2);
const shifts = Float64Array.from({ length: 30 }, () => 0.5 * normal(shiftRandom));
const area = { weights: ones, quantile, shifts };

test("households drawn one by one vary as is said, the foyers of one household together", () => {
  const covariance = realisedCovariance(table, area);
  const probabilities = foyerProbabilities(table, area);
  const random = seededRandom(4);
  const draws = 4000;
  const counts = Array.from({ length: draws }, () => {
    const count = [0, 0, 0];
    // The household itself is drawn: 300 of the 300 kinds, then one score for all its foyers.
    for (let i = 0; i < 300; i++) {
      const h = Math.floor(random() * 300);
      const u = random();
      for (let f = table.foyerStart[h]; f < table.foyerStart[h + 1]; f++) {
        const [rsa, free, any] = probabilities.subarray(3 * f, 3 * f + 3);
        if (u < rsa) count[0] += table.foyerPersons[f];
        if (u < free) count[1] += table.foyerPersons[f];
        if (u >= free && u < any) count[2] += table.foyerPersons[f];
      }
    }
    return count;
  });
  const mean = [0, 1, 2].map((k) => counts.reduce((sum, count) => sum + count[k] / draws, 0));
  const { eligible } = eligiblePersons(table, area);
  expect(mean[1] / eligible.free).toBeCloseTo(1, 2);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const found = counts.reduce((sum, count) => sum + ((count[i] - mean[i]) * (count[j] - mean[j])) / draws, 0);
      const scale = Math.sqrt(covariance[4 * i] * covariance[4 * j]);
      expect(Math.abs(found - covariance[3 * i + j]) / scale).toBeLessThan(0.08);
    }
});

test("margins and deciles known of the area leave less to vary", () => {
  const free = realisedCovariance(table, area)[4];
  const withMargins = realisedCovariance(table, area, { columns: censusColumns(seed) })[4];
  const ranks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  const both = realisedCovariance(table, area, { columns: censusColumns(seed), ranks })[4];
  expect(withMargins).toBeLessThan(0.9 * free);
  expect(both).toBeLessThan(0.6 * withMargins);
  expect(both).toBeGreaterThan(0);
});

test("what the deciles fix does not vary: one threshold, at a decile, counts the persons of the decile", () => {
  const one = { ...table, thresholds: Float64Array.of(quantile.quantile(0.3)), foyerPersons: foyers.persons };
  const places = { rsa: table.rsa.map(() => 0), free: table.free.map(() => 0), participation: table.free.map(() => 0) };
  const covariance = realisedCovariance({ ...one, ...places }, area, { ranks: [0.3] });
  const open = realisedCovariance({ ...one, ...places }, area);
  expect(covariance[4]).toBeLessThan(1e-6 * open[4]);
});
