import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reference } from "../../reference/reference.ts";
import {
  type AccessReference,
  beloHorizonte,
  inequalityOfR,
  inventedTerritory,
  largestDifference,
  measuresOfPysal,
  measuresOfR,
  prepare,
} from "../../support/access-measures.ts";
import { type Digest, digestDifference } from "../../support/digest.ts";
import { realData } from "../../support/real-data.ts";

const expected = reference<AccessReference>("access");
const territory = inventedTerritory();

describe.each(["sparse", "dense"] as const)("an invented matrix, %s: every row as R and PySAL give it", (storage) => {
  const prepared = prepare(territory, storage);
  const ours = measuresOfR(prepared);
  const names = Object.keys(ours);

  test("every measure that R computed is compared", () => {
    expect(names.length).toBeGreaterThan(35);
    expect(Object.keys(expected.measures)).toEqual(names);
  });
  test.each(names)("R accessibility: %s", (name) => {
    const difference = largestDifference(ours[name] ?? [], expected.measures[name] ?? []);
    expect(difference).toEqual({ difference: expect.closeTo(0, 10), rows: 40, skipped: 0 });
  });
  test.each(Object.entries(inequalityOfR(prepared, territory.decile, ours["cumulative 45.5"] ?? new Float64Array(0))))(
    "R accessibility: inequality, %s",
    (name, values) => {
      expect(largestDifference(values, expected.inequality[name] ?? []).difference).toBeLessThan(1e-9);
    },
  );
  const pysal = measuresOfPysal(prepared);
  test("every measure that PySAL computed is compared", () =>
    expect(Object.keys(pysal).sort()).toEqual(Object.keys(expected.pysal.measures).sort()));
  test.each(Object.entries(pysal))("PySAL access: %s", (name, values) => {
    const { difference, rows } = largestDifference(values, expected.pysal.measures[name] ?? [], true);
    expect(difference).toBeLessThan(1e-10);
    expect(rows).toBe(name.startsWith("raam") ? 35 : 40);
  });
});

test("a difference in one row is seen", () => {
  const row = [1, 2, 0];
  expect(largestDifference([1, 2.0001, 0], row).difference).toBeGreaterThan(1e-9);
  expect(largestDifference([1, 2, 1e-12], row).difference).toBe(Number.POSITIVE_INFINITY);
  expect(largestDifference([1, Number.NaN, 0], row).difference).toBe(Number.POSITIVE_INFINITY);
});

describe.skipIf(!realData)(
  "Belo Horizonte, 748 437 pairs: sums of what R and PySAL gave (test/bench/access-reference.mjs compares every row)",
  () => {
    const digests =
      reference<Readonly<Record<"r" | "pysal" | "inequality", Readonly<Record<string, Digest>>>>>(
        "access-belo-horizonte",
      );
    test("all measures", { timeout: 60_000 }, () => {
      const real = beloHorizonte(join(realData ?? "", "belo_horizonte"));
      expect(real.rows.costs["timeMinutes"]?.length).toBe(748_437);
      const prepared = prepare(real);
      const ours = measuresOfR(prepared);
      const inequality = inequalityOfR(prepared, real.decile, ours["cumulative 45.5"] ?? new Float64Array(0));
      for (const [values, digest] of [
        [ours, digests.r],
        [measuresOfPysal(prepared), digests.pysal],
        [inequality, digests.inequality],
      ] as const)
        for (const [name, expectedDigest] of Object.entries(digest))
          expect(digestDifference(values[name] ?? [], expectedDigest), name).toBeLessThan(1e-9);
    });
  },
);
