import { describe, expect, test } from "vitest";
import { enquetePratiquesContract, practices } from "../../../src/sources/enquete-pratiques.ts";
import { type PracticeEffects, practiceAgeClass } from "../../../src/sources/sample/practices.ts";
import { TRAJECTORY_MONTHS, trajectoiresContract, trajectoryStates } from "../../../src/sources/trajectoires.ts";
import { logit } from "./logit.ts";
import { json, rows } from "./written.ts";

const is = (condition: boolean): number => (condition ? 1 : 0);

describe("the survey of practices", () => {
  const survey = rows("enquete-pratiques/pratiques_2018.csv", ";");
  const truth = json<{
    effets: Record<string, PracticeEffects>;
    strates: Record<string, number>;
    contactes: number;
    reponse: { bySize: number[] };
    definition: { sans_effet_de_quartier: string };
  }>("verite/pratiques-2018.json");

  test("9 200 persons in strata and clusters, 17 practices, columns of the contract", () => {
    expect(survey.length).toBe(9_200);
    expect(practices.length).toBe(17);
    expect(Object.keys(survey[0])).toEqual(enquetePratiquesContract.columns.map(({ name, from }) => from ?? name));
    expect(new Set(survey.map((row) => row["IDENT"])).size).toBe(9_200);
    const strataOfCluster = new Map(survey.map((row) => [row["GRAPPE"], row["STRATE"]]));
    expect(strataOfCluster.size).toBe(230);
    expect(survey.every((row) => strataOfCluster.get(row["GRAPPE"]) === row["STRATE"])).toBe(true);
    for (const stratum of Object.keys(truth.strates))
      expect([...strataOfCluster.values()].filter((one) => one === stratum).length, stratum).toBeGreaterThanOrEqual(2);
    expect(new Set(survey.map((row) => row["STRATE"])).size).toBeGreaterThanOrEqual(9);
  });

  test("the weights add up to the persons of each stratum", () => {
    for (const [stratum, persons] of Object.entries(truth.strates)) {
      const sum = survey
        .filter((row) => row["STRATE"] === stratum)
        .reduce((total, row) => total + Number(row["POIDS"]), 0);
      expect(Math.abs(sum / persons - 1), stratum).toBeLessThan(1e-4);
    }
  });

  test("answers are lost more often in large towns, of persons and of questions", () => {
    const gaps = [0, 3].map((size) => {
      const own = survey.filter((row) => Number(row["TUU"]) === size);
      return (
        own.reduce((sum, row) => sum + practices.filter(([name]) => row[name.toUpperCase()] === "").length, 0) /
        (17 * own.length)
      );
    });
    expect(gaps[1]).toBeGreaterThan(2 * gaps[0]);
    expect(truth.contactes).toBeGreaterThan(survey.length / 0.75);
    expect(truth.reponse.bySize[0]).toBeGreaterThan(truth.reponse.bySize[3]);
  });

  const regression = (name: string): { beta: number[]; se: number[] } => {
    const known = survey.filter((row) => row["DIPLOME"] !== "" && row[name.toUpperCase()] !== "");
    return logit(
      known.map((row) => {
        const age = practiceAgeClass(Number(row["AGE"]));
        const diploma = Number(row["DIPLOME"]);
        return [
          1,
          is(age === 1),
          is(age === 2),
          is(age === 3),
          is(diploma === 2),
          is(diploma === 3),
          is(diploma === 4),
          is(row["SEXE"] === "2"),
          Number(row["QPV"]),
        ];
      }),
      known.map((row) => Number(row[name.toUpperCase()])),
    );
  };

  test.each(["biblio", "cinema", "theatre", "jeuxvideo", "tele_q"])(
    "the planted effects on %s are found again",
    (name) => {
      const { beta, se } = regression(name);
      const { constant, age, diploma, woman, qpv, cluster } = truth.effets[name];
      const planted = [constant, ...age.slice(1), ...diploma.slice(1), woman, qpv];
      // The effect of a cluster draws marginal coefficients toward zero, by about 1 - 0.17 × its variance.
      for (const [j, effect] of planted.entries())
        expect(Math.abs(beta[j] - effect), `${name} ${j}`).toBeLessThan(
          3.5 * se[j] + 0.2 * cluster ** 2 * Math.abs(effect) + 0.35 * cluster,
        );
    },
  );

  test("the variant: cinema differs by neighbourhood at first sight, and not at equal profile", () => {
    expect(truth.definition.sans_effet_de_quartier).toBe("cinema");
    const known = survey.filter((row) => row["CINEMA"] !== "");
    const raw = logit(
      known.map((row) => [1, Number(row["QPV"])]),
      known.map((row) => Number(row["CINEMA"])),
    );
    expect(raw.beta[1] / raw.se[1]).toBeLessThan(-2);
    const { beta, se } = regression("cinema");
    expect(Math.abs(beta[8] / se[8])).toBeLessThan(2);
  });
});

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
