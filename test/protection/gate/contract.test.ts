import { describe, expect, test } from "vitest";
import { numberColumn, restrict, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { publish } from "../../../src/protection/publish.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import { secrecyClause } from "../../../src/protection/release-findings.ts";
import { strictestRule } from "../../../src/protection/threshold.ts";
import { clauseName } from "../../../src/sources/terms.ts";
import { groupBy } from "../../../src/tables/aggregate.ts";
import { joinTables } from "../../../src/tables/join.ts";
import { seen, source } from "../support.ts";

const zones = (n: readonly number[], lineage = [source(11)]): Table =>
  table(
    {
      zone: textColumn(
        n.map((_, i) => `Z${i}`),
        { label: "Zone" },
      ),
      n: numberColumn(n, { label: "Effectif", unit: "personnes", summable: true }),
    },
    lineage,
  );
const total = { column: "n", total: 3, parts: [0, 1, 2] };

describe("the rule of a joined table", () => {
  test("takes the strictest of each clause", () => {
    const one = source(5, {
      secrecy: { unit: "personne", minUnits: 5, statedBy: "un", dominance: [{ n: 1, k: 85 }], interval: [0, 20] },
    });
    const other = source(11, {
      id: "autre",
      secrecy: { unit: "ménage", minUnits: 11, statedBy: "deux", pPercent: 10, rates: "interval", zeros: "sensitive" },
    });
    expect(strictestRule([one, other], "essai")).toEqual({
      unit: "ménage",
      minUnits: 11,
      statedBy: "deux",
      dominance: [{ n: 1, k: 85 }],
      pPercent: 10,
      interval: [0, 20],
      zeros: "sensitive",
      rates: "interval",
    });
  });
  test("a contract without a unit is refused", () => {
    const nameless = source(11, { secrecy: { unit: " ", minUnits: 11, statedBy: "?" } });
    expect(() => strictestRule([nameless], "essai")).toThrow(/ne dit pas ce que son seuil compte/);
  });
  test("the clause is the one that a data clause writes", () => {
    expect(secrecyClause).toBe(clauseName("secrecy"));
  });
  test("a wider interval of the contract hides more", () => {
    const wide = source(11, { secrecy: { unit: "personne", minUnits: 11, statedBy: "contrat", interval: [0, 60] } });
    const hidden = (lineage: readonly ReturnType<typeof source>[]): number =>
      seen(
        release(zones([4, 20, 90, 114], [...lineage]), { name: "essai", counts: "n", margins: [total] }),
        "n",
      ).filter((value) => value === null).length;
    expect(hidden([source(11)])).toBe(2);
    expect(hidden([wide])).toBe(2);
    const values = seen(
      release(zones([4, 20, 90, 114], [wide]), { name: "essai", counts: "n", margins: [total] }),
      "n",
    );
    // 4 + 20 leaves the small one under 24: the large part is hidden instead.
    expect(values).toEqual([null, 20, null, 114]);
  });
});

describe("what a guarded table remembers", () => {
  test("filters, groups and joins keep contracts, unit and universe, down to the statement", () => {
    const people = table(
      {
        zone: textColumn(["A", "A", "B", "B"], { label: "Zone" }),
        age: numberColumn([20, 40, 25, 60], { label: "Âge", unit: "ans" }),
        n: numberColumn([30, 12, 40, 15], { label: "Personnes", unit: "personnes", summable: true }),
      },
      [source(11)],
    );
    const names = table(
      { zone: textColumn(["A", "B"], { label: "Zone" }), nom: textColumn(["Un", "Deux"], { label: "Nom" }) },
      [source(5, { id: "noms", published: true })],
    );
    const young = restrict(people, [0, 2], "18-29 ans");
    const grouped = groupBy(young, "zone", { n: { kind: "sum", column: "n", missing: "dominant" } });
    const joined = joinTables(grouped, names, { on: "zone" }).table;
    const out = release(joined, {
      name: "jeunes",
      counts: "n",
      statement: {
        population: "habitants, 2024",
        unit: "personne",
        zone: { column: "zone", kind: "qpv2024" },
        by: [],
        numbers: [{ column: "n", kind: "count", measure: "habitants" }],
      },
    });
    expect(out.release.minUnits).toBe(11);
    expect(out.release.statement?.population).toBe("habitants, 2024");
    expect(out.release.statement?.within).toEqual(["18-29 ans"]);
    expect(out.lineage.map(({ id }) => id)).toEqual(["source-11", "noms"]);
  });
});

describe("publish", () => {
  test("accepts, accepts with changes, refuses", () => {
    const judge = (n: readonly number[], open: readonly string[] = []) =>
      publish({ kind: "table", table: zones(n), name: "essai", counts: "n", open, margins: [total] });
    expect(judge([20, 30, 40, 90]).verdict).toBe("accept");
    expect(judge([4, 30, 40, 74]).verdict).toBe("accept with changes");
    const refused = judge([4, 30, 40, 75]);
    expect([refused.verdict, refused.released]).toEqual(["refuse", null]);
    expect(refused.findings[0]?.remedy).not.toBe("");
  });
  test("a refusal is the same whatever the protected value", () => {
    const told = [1, 2, 7, 10].map((small) =>
      JSON.stringify(
        publish({
          kind: "table",
          table: zones([small, 30, 40, 70 + small]),
          name: "essai",
          counts: "n",
          open: ["zone"],
          margins: [total, { column: "n", total: 3, parts: [0, 1, 2] }],
        }).findings,
      ),
    );
    expect(new Set(told).size).toBe(1);
  });
});

describe("an override", () => {
  const override = {
    place: "essai",
    rule: "frequence",
    reason: "Effectifs déjà publiés par le fournisseur.",
    signedBy: "A. Exemple, directrice",
    on: "2026-01-05",
    until: "2026-12-31",
  };
  test("of the provider's own rule needs its agreement", () => {
    expect(() => release(zones([4, 20, 90, 114]), { name: "essai", counts: "n", overrides: [override] })).toThrow(
      Refusal,
    );
  });
  test("with it, lets the cells through and is recorded", () => {
    const out = release(zones([4, 20, 90, 114]), {
      name: "essai",
      counts: "n",
      overrides: [{ ...override, agreement: "courrier du 4 janvier 2026" }],
    });
    expect(seen(out, "n")).toEqual([4, 20, 90, 114]);
    expect(out.release.overrides).toHaveLength(1);
    expect(out.release.findings.map(({ code }) => code)).toContain("derogation");
  });
  test("for another table or an unknown rule is refused", () => {
    for (const wrong of [
      { ...override, place: "autre" },
      { ...override, rule: "inconnue" },
    ])
      expect(() => release(zones([4, 20, 90, 114]), { name: "essai", counts: "n", overrides: [wrong] })).toThrow(
        /dérogation/i,
      );
  });
});
