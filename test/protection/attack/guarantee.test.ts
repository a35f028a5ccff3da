import { describe, expect, it } from "vitest";
import { numberColumn } from "../../../src/codes/table.ts";
import { attack, type Guarantee, type Verdict } from "../../../src/protection/attacker.ts";

const label = { label: "n", unit: "personnes", summable: true };

/** Verdicts on a list whose total is the last value; null is hidden. */
function verdicts(
  values: readonly (number | null)[],
  promises: readonly Partial<Guarantee>[],
): readonly (Verdict | "contradiction")[] {
  const missing = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  const n = {
    ...numberColumn(
      values.map((value) => value ?? Number.NaN),
      label,
    ),
    missing,
  };
  const parts = values.slice(0, -1).map((_, row) => ({ column: "n", row }));
  const relations = [{ total: { column: "n", row: values.length - 1 }, parts }];
  const found = attack({ n }, relations, ({ row }) => ({ kind: "other", least: 0, reach: 0, ...promises[row] }));
  return found === null ? ["contradiction"] : found.map(({ verdict }) => verdict);
}

describe("ce que le contrat promet d'une cellule masquée", () => {
  it("l'intervalle du contrat remplace celui du seuil", () => {
    const hidden = [null, null, null, 12];
    const asking = (low: number, reach: number): readonly string[] =>
      verdicts(hidden, [
        { kind: "count", low, reach },
        { kind: "count", low, reach },
        { kind: "count", low, reach },
      ]);
    expect(asking(0, 12)).toEqual(["safe", "safe", "safe"]);
    expect(asking(0, 13)).toEqual(["known small", "known small", "known small"]);
    // The reader who knows that zeros are published has [1, 10].
    const count: Guarantee = { kind: "count", least: 1, reach: 11 };
    expect(verdicts(hidden, [count, count, count])).toEqual(["known small", "known small", "known small"]);
    expect(
      verdicts(hidden, [
        { ...count, reach: 10 },
        { ...count, reach: 10 },
        { ...count, reach: 10 },
      ]),
    ).toEqual(["safe", "safe", "safe"]);
  });

  it("ce qu'un lecteur sait par ailleurs ferme l'intervalle", () => {
    // 100, 1 and 2 hidden under 103: with the small ones publicly at most 2 and 3, the big one is in [98, 103].
    const hidden = [null, null, null, 103];
    expect(verdicts(hidden, [{ low: 0, reach: 103 }, {}, {}])).toEqual(["safe", "safe", "safe"]);
    const outside = [{ outside: { greatest: 2 } }, { outside: { greatest: 3 } }];
    expect(verdicts(hidden, [{ low: 98, reach: 103 }, ...outside])[0]).toBe("safe");
    expect(verdicts(hidden, [{ low: 97, reach: 103 }, ...outside])[0]).toBe("too narrow");
    expect(verdicts(hidden, [{ low: 98, reach: 103.5 }, ...outside])[0]).toBe("too narrow");
  });

  it("ce que la publication n'apprend pas ne lui est pas reproché", () => {
    // Known from elsewhere to be at most 4: the promise to reach 11 cannot bear on more.
    const known: Partial<Guarantee> = { kind: "count", reach: 11, outside: { greatest: 4 } };
    expect(verdicts([null, null, 30], [known, {}])).toEqual(["safe", "safe"]);
    expect(verdicts([null, null, 30], [{ ...known, outside: { least: 4, greatest: 4 } }, {}])).toEqual([
      "safe",
      "single value",
    ]);
    expect(
      verdicts(
        [null, null, 30],
        [{ kind: "count", reach: 11, outside: { greatest: 4 } }, { outside: { greatest: 28 } }],
      )[0],
    ).toBe("bounded away from zero");
    expect(verdicts([null, null, 30], [known, { outside: { greatest: 20 } }])).toEqual(["contradiction"]);
  });

  it("un montant reste incertain de la part promise, de part et d'autre", () => {
    // 100.5 and 7.25 hidden under 107.75.
    const around = (value: number, percent: number): Partial<Guarantee> => ({
      low: value * (1 - percent / 100),
      reach: value * (1 + percent / 100),
    });
    expect(verdicts([null, null, 107.75], [around(7.25, 10), {}])[0]).toBe("safe");
    expect(verdicts([null, null, 107.75], [around(100.5, 5), {}])[0]).toBe("safe");
    expect(verdicts([null, null, 107.75], [around(100.5, 10), {}])[0]).toBe("too narrow");
    expect(verdicts([null, null, 0], [around(0, 10), {}])).toEqual(["single value", "single value"]);
  });
});
