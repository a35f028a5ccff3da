import { describe, expect, test } from "vitest";
import { calibrate } from "../../../src/models/calibration/calibrate.ts";
import type { CalibrationOptions } from "../../../src/models/calibration/calibration-options.ts";
import { proportionalFitting } from "../../../src/models/calibration/proportional-fitting.ts";
import { type SeedColumns, type SeedVariable, seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { expectRelative, reference } from "../../reference/reference.ts";

type Weights = Readonly<Record<"raking" | "linear" | "truncated" | "logit", readonly number[]>>;
interface Rows {
  readonly weight: number[];
  readonly size: number[];
  readonly tenure: number[];
  readonly family: number[];
  readonly rooms: number[];
}
interface Persons {
  readonly household: number[];
  readonly age: number[];
}
interface Case {
  readonly name: string;
  readonly rows: Rows;
  readonly persons: Persons;
  readonly withPersons: boolean;
  readonly withRooms: boolean;
  readonly bounds: [number, number];
  readonly totals: number[];
  readonly expected: { readonly survey: Weights; readonly sampling: Weights };
}
const expectedByR = reference<{
  readonly cases: readonly Case[];
  readonly loglin: {
    readonly start: number[];
    readonly rows: number[];
    readonly columns: number[];
    readonly fit: number[];
  };
}>("calibration");

const size = ({ size }: Rows): SeedVariable => ({
  of: "households",
  name: "taille",
  categories: ["1", "2", "3", "4"],
  codes: size.map((n) => n - 1),
});
const age = ({ age }: Persons): SeedVariable => ({
  of: "persons",
  name: "âge",
  categories: ["0-17", "18-64", "65+"],
  codes: age,
});

function columnsOf({ rows, persons, withPersons, withRooms }: Case): SeedColumns {
  return seedColumns({
    households: rows.weight.length,
    householdOfPerson: persons.household.map((household) => household - 1),
    variables: [
      size(rows),
      { of: "households", name: "logement", categories: ["locataire", "propriétaire", "HLM"], codes: rows.tenure },
      { of: "households", name: "famille", categories: ["autre", "monoparentale"], codes: rows.family },
      ...(withPersons ? [age(persons)] : []),
      ...(withRooms ? [{ of: "quantity" as const, name: "pièces", values: rows.rooms }] : []),
    ],
  });
}

describe("weights equal those of R survey and sampling", () => {
  const methods = ["raking", "linear", "truncated", "logit"] as const;
  const runs = expectedByR.cases.flatMap((given) => methods.map((method) => [given.name, method, given] as const));
  test.each(runs)("%s, %s", (_, method, given) => {
    const columns = columnsOf(given);
    const targets = Float64Array.from(given.totals);
    const options: CalibrationOptions =
      method === "truncated"
        ? { method: "linear", bounds: given.bounds }
        : method === "logit"
          ? { method, bounds: given.bounds }
          : { method };
    const weights = Float64Array.from(given.rows.weight);
    const found = calibrate(columns, { weights, targets, ...options });
    for (const peer of ["survey", "sampling"] as const) {
      expect(given.expected[peer][method]).toHaveLength(weights.length);
      given.expected[peer][method].forEach((weight, i) => {
        expectRelative(found.weights[i], weight, 1e-6, `${peer}, ménage ${i + 1}`);
      });
    }
    expect(found.report.largestGap).toBeLessThan(1e-9);
    expect([...weights]).toEqual(given.rows.weight);
  });

  test("raking of a table is that of loglin, by Newton and by iterative proportional fitting", () => {
    const { start, rows, columns: margins, fit } = expectedByR.loglin;
    const columns = seedColumns({
      households: 6,
      variables: [
        { of: "households", name: "ligne", categories: ["a", "b"], codes: [0, 0, 0, 1, 1, 1] },
        { of: "households", name: "colonne", categories: ["x", "y", "z"], codes: [0, 1, 2, 0, 1, 2] },
      ],
    });
    const input = { weights: Float64Array.from(start), targets: Float64Array.from([...rows, ...margins]) };
    const byFitting = proportionalFitting(columns, input);
    expect(byFitting.converged).toBe(true);
    const newton = calibrate(columns, input).weights;
    fit.forEach((weight, i) => {
      expectRelative(newton[i], weight, 1e-9);
      expectRelative(byFitting.weights[i], weight, 1e-9);
    });
  });
});
