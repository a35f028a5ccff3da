import { describe, expect, it } from "vitest";
import {
  NOT_AVAILABLE,
  numberColumn,
  PRESENT,
  SECRET,
  type Table,
  table,
  textColumn,
} from "../../../src/codes/table.ts";
import { appendToLedger } from "../../../src/protection/ledger/ledger.ts";
import { publicationOf } from "../../../src/protection/ledger/publication-of.ts";
import type { ZonePieces } from "../../../src/protection/ledger/stated-zones.ts";
import type { Statement } from "../../../src/protection/statement.ts";
import { source } from "../support.ts";
import { empty, ledgerOf, options } from "./support.ts";

const zones: ZonePieces = new Map([
  [
    "qpv2015",
    new Map([
      ["QP1", ["commun"]],
      ["QP2", ["deux"]],
    ]),
  ],
  ["qpv2024", new Map([["QN1", ["commun", "anneau"]]])],
  ["commune", new Map([["31555", ["commun", "anneau", "deux", "reste"]]])],
]);

type Row = readonly [zone: string, sex: string, value: number | null | undefined];

function counted(rows: readonly Row[], kind: "qpv2015" | "qpv2024" | "commune", published = false) {
  const reasons = rows.map(([, , value]) => (value === null ? SECRET : value === undefined ? NOT_AVAILABLE : PRESENT));
  const t: Table = table(
    {
      zone: textColumn(
        rows.map(([zone]) => zone),
        { label: "Zone" },
      ),
      sexe: textColumn(
        rows.map(([, sex]) => sex),
        { label: "Sexe" },
      ),
      n: numberColumn(
        rows.map(([, , value]) => value ?? Number.NaN),
        {
          label: "Bénéficiaires",
          unit: "personnes",
          missing: Uint8Array.from(reasons),
        },
      ),
    },
    [source(11, { published })],
  );
  const statement: Statement = {
    population: "bénéficiaires, 2024",
    unit: "personne",
    zone: { column: "zone", kind, whole: "Ensemble" },
    by: [{ column: "sexe", dimension: "sexe", total: "Total" }],
    numbers: [{ column: "n", kind: "count", measure: "bénéficiaires" }],
  };
  return { t, statement };
}

const read = (id: string, rows: readonly Row[], kind: "qpv2015" | "qpv2024" | "commune", published = false) => {
  const { t, statement } = counted(rows, kind, published);
  return publicationOf(t, statement, zones, { id, date: "2024-12-31" });
};

describe("the numbers of a released table", () => {
  const rows: readonly Row[] = [
    ["QP1", "F", 30],
    ["QP1", "H", null],
    ["QP1", "Total", 60],
    ["QP2", "Total", undefined],
    ["Ensemble", "Total", 150],
  ];
  const found = read("tableau", rows, "qpv2015");
  it("are one a visible cell and one a hidden cell, named for a reader, with the whole as total", () => {
    expect(
      found.numbers.map(({ id, universe, classes, value }) => [id, universe, classes?.["sexe"]?.[0], value]),
    ).toEqual([
      ["Bénéficiaires, QP1, F", "qpv2015 QP1", "F", 30],
      ["Bénéficiaires, QP1, H", "qpv2015 QP1", "H", null],
      ["Bénéficiaires, QP1", "qpv2015 QP1", undefined, 60],
      ["Bénéficiaires, ensemble", "qpv2015\u00a0: ensemble", undefined, 150],
    ]);
    expect(found).toMatchObject({
      origin: "release",
      secrecy: { unit: "personne", minUnits: 11 },
      totals: ["qpv2015\u00a0: ensemble"],
      dimensions: { sexe: ["F", "H"] },
    });
    expect(found.universes.find(({ name }) => name.endsWith("ensemble"))?.members).toEqual(["commun", "deux"]);
  });
  it("give the hidden cell back, and the message says by which", () => {
    expect(() => appendToLedger(empty, found, options)).toThrow(/Bénéficiaires, QP1\s.*Bénéficiaires, QP1, F/);
  });
  it("cross zones of two kinds: the ring of two perimeters, in each sex", () => {
    const first = read(
      "2015",
      [
        ["QP1", "F", 100],
        ["QP1", "H", 90],
      ],
      "qpv2015",
    );
    const ring = (women: number) =>
      read(
        "2024",
        [
          ["QN1", "F", women],
          ["QN1", "H", 140],
        ],
        "qpv2024",
      );
    expect(() => appendToLedger(ledgerOf(first), ring(104), options)).toThrow(/QP1, F.*\(2015\).*QN1, F.*\(2024\)/);
    expect(appendToLedger(ledgerOf(first), ring(130), options).notes).toEqual([]);
  });
  it("cross a table with classes and one without", () => {
    const first = read(
      "par sexe",
      [
        ["QP1", "F", 100],
        ["QP1", "H", null],
      ],
      "qpv2015",
    );
    expect(() =>
      appendToLedger(ledgerOf(first), read("ensemble", [["QP1", "Total", 150]], "qpv2015"), options),
    ).toThrow(/QP1, F.*par sexe.*QP1.*ensemble/);
  });
  it("are public when every source is", () => {
    const first = read("2015", [["QP1", "Total", 100]], "qpv2015");
    const known = read("Insee", [["QN1", "Total", 104]], "qpv2024", true);
    expect(known.origin).toBe("public");
    expect(appendToLedger(ledgerOf(first), known, options).notes.map(({ verdict }) => verdict)).toContain("recovered");
  });
  it("refuse a zone that the pieces do not know, and two rows over the same people", () => {
    expect(() => read("x", [["QP9", "F", 20]], "qpv2015")).toThrow(/sans unités de base.*QP9/);
    expect(() =>
      read(
        "x",
        [
          ["QP1", "F", 20],
          ["QP1", "F", 21],
        ],
        "qpv2015",
      ),
    ).toThrow(/même zone/);
  });
});
