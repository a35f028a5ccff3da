import { describe, expect, test } from "vitest";
import { TRAJECTORY_MONTHS, trajectoiresContract, trajectoryStates } from "../../../src/sources/trajectoires.ts";
import { logit } from "./logit.ts";
import { json, rows } from "./written.ts";

const is = (condition: boolean): number => (condition ? 1 : 0);

describe("monthly paths", () => {
  const paths = rows("trajectoires/trajectoires.csv", ";");
  const truth = json<{ retour: Record<string, number> & { diplome: number[] } }>("verite/trajectoires.json").retour;
  const months = (row: Record<string, string>): string[] =>
    Array.from({ length: TRAJECTORY_MONTHS }, (_, i) => row[`m${String(i + 1).padStart(2, "0")}`]);

  test("a few thousand persons, 36 months, five states, censured on the right only", () => {
    expect(paths.length).toBe(2_400);
    expect(Object.keys(paths[0])).toEqual(trajectoiresContract.columns.map(({ name }) => name));
    const seen = new Set<string>();
    let censured = 0;
    for (const row of paths) {
      const states = months(row);
      expect(states[0]).toBe("chomage");
      const end = states.indexOf("");
      if (end >= 0) {
        censured++;
        expect(states.slice(end).every((state) => state === "")).toBe(true);
      }
      for (const state of states) if (state !== "") seen.add(state);
    }
    expect(seen).toEqual(new Set(trajectoryStates));
    expect(censured / paths.length).toBeCloseTo(0.22, 1);
  });

  test("the planted effects on the return to work are found again", () => {
    const x: number[][] = [];
    const y: number[] = [];
    for (const row of paths) {
      const states = months(row);
      for (let m = 1; m < TRAJECTORY_MONTHS && states[m] !== ""; m++) {
        if (states[m - 1] !== "chomage") continue;
        const diploma = Number(row["diplome"]);
        x.push([
          1,
          Number(row["accompagnement"]),
          Number(row["permis"]),
          is(row["code_qp"] !== ""),
          is(row["sexe"] === "2"),
          Math.max(0, Number(row["age"]) - 35),
          is(diploma === 2),
          is(diploma === 3),
          is(diploma === 4),
          m,
        ]);
        y.push(is(states[m] === "emploi"));
      }
    }
    expect(x.length).toBeGreaterThan(15_000);
    const { beta, se } = logit(x, y);
    const planted = [
      truth["constante"],
      truth["accompagnement"],
      truth["permis"],
      truth["quartier"],
      truth["femme"],
      truth["age_par_an_apres_35"],
      ...truth.diplome.slice(1),
      truth["par_mois"],
    ];
    for (const [j, effect] of planted.entries())
      expect(Math.abs(beta[j] - effect), `effect ${j}`).toBeLessThan(3 * se[j]);
    expect(beta[1] / se[1]).toBeGreaterThan(4);
  });
});
