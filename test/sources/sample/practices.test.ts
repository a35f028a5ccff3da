import { describe, expect, test } from "vitest";
import { barriers, enquetePratiquesContract, outings, practices } from "../../../src/sources/enquete-pratiques.ts";
import { centroid, distance, type Point, toKilometres } from "../../../src/sources/sample/geometry.ts";
import { type PracticeEffects, practiceAgeClass } from "../../../src/sources/sample/practice-effects.ts";
import { logit } from "./logit.ts";
import { grouped, json, mean, rows } from "./written.ts";

const is = (condition: boolean): number => (condition ? 1 : 0);
type Row = Record<string, string>;

const survey = rows("enquete-pratiques/pratiques_2018.csv", ";");
const truth = json<{
  effets: Record<string, PracticeEffects>;
  strates: Record<string, number>;
  contactes: number;
  reponse: { bySize: number[] };
  definition: { sans_effet_de_quartier: string[] };
  quartiers: Record<string, { enquetes: number; marche_moyenne: Record<string, number> }>;
  freins_vrais: Record<string, Record<"quartiers" | "hors", number[]>>;
}>("verite/pratiques-2018.json");
const column = (name: string): string => name.toUpperCase();
const inside = (row: Row): boolean => row["QPV"] === "1";

describe("the survey of practices", () => {
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

  test("the weights add up to the persons of each stratum, exactly", () => {
    for (const [stratum, own] of grouped(survey, (row) => row["STRATE"]))
      expect(
        own.reduce((total, row) => total + Number(row["POIDS"]), 0),
        stratum,
      ).toBe(truth.strates[stratum]);
    expect(survey.every((row) => Number(row["POIDS"]) > 0)).toBe(true);
  });

  test("answers are lost more often in large towns, of persons and of questions", () => {
    const gaps = [0, 3].map((size) => {
      const own = survey.filter((row) => Number(row["TUU"]) === size);
      return (
        own.reduce((sum, row) => sum + practices.filter(([name]) => row[column(name)] === "").length, 0) /
        (17 * own.length)
      );
    });
    expect(gaps[1]).toBeGreaterThan(2 * gaps[0]);
    expect(truth.contactes).toBeGreaterThan(survey.length / 0.75);
    expect(truth.reponse.bySize[0]).toBeGreaterThan(truth.reponse.bySize[3]);
  });

  test("the neighbourhood of residence is there for residents only, in a commune that it is in", () => {
    const hosts = new Map(
      json<{ quartiers: { code: string; communes: string[] }[] }>("verite/territoire.json").quartiers.map((q) => [
        q.code,
        q.communes,
      ]),
    );
    for (const row of survey) {
      expect(row["CODE_QP"] !== "").toBe(inside(row));
      if (inside(row)) expect(hosts.get(row["CODE_QP"]), row["CODE_QP"]).toContain(row["COMMUNE"]);
    }
    const seen = grouped(survey.filter(inside), (row) => row["CODE_QP"]);
    for (const [code, { enquetes }] of Object.entries(truth.quartiers))
      expect(enquetes, code).toBe((seen.get(code) ?? []).length);
    // Some clusters hold residents of several neighbourhoods, and others: an IRIS does not follow their borders.
    const mixed = [...grouped(survey, (row) => row["GRAPPE"]).values()].map(
      (own) => new Set(own.map((row) => row["CODE_QP"])).size,
    );
    expect(mixed.filter((count) => count >= 3).length).toBeGreaterThan(5);
  });
});

describe("walks", () => {
  const kinds = { biblio: "F307", cinema: "F303", scene: "F315" } as const;
  const facilities = rows("bpe-xy/bpe23.csv", ";").filter((row) => row["LONGITUDE"] !== "");
  const shapes = json<{ features: { properties: { code_qp: string }; geometry: { coordinates: Point[][] } }[] }>(
    "qpv-perimetres/qp.geojson",
  ).features;

  test.each(Object.entries(kinds))("minutes to the nearest %s agree with the facilities", (kind, type) => {
    const places = facilities
      .filter((row) => row["TYPEQU"] === type)
      .map((row) => toKilometres([Number(row["LONGITUDE"]), Number(row["LATITUDE"])]));
    let spread = 0;
    for (const { properties, geometry } of shapes) {
      const ring = geometry.coordinates[0].slice(0, -1).map(toKilometres);
      const middle = centroid(ring);
      const radius = Math.max(...ring.map((corner) => distance(corner, middle))) + 0.15;
      const nearest = Math.min(...places.map((place) => distance(place, middle)));
      const own = survey.flatMap((row) =>
        row["CODE_QP"] === properties.code_qp && row[`MIN_${column(kind)}`] !== ""
          ? [Number(row[`MIN_${column(kind)}`])]
          : [],
      );
      // 1.3 × 60 / 4 = 19.5 minutes a kilometre.
      for (const minutes of own) {
        expect(minutes).toBeGreaterThanOrEqual(Math.min(120, Math.floor(19.5 * (nearest - radius))));
        expect(minutes).toBeLessThanOrEqual(Math.min(120, Math.ceil(19.5 * (nearest + radius))));
      }
      if (new Set(own).size > 3) spread++;
    }
    expect(spread).toBeGreaterThan(25);
  });
});

describe("wishes and barriers", () => {
  test("a barrier is asked of those who want and did not go, and some do not answer", () => {
    let [asked, silent] = [0, 0];
    for (const row of survey)
      for (const [name] of outings) {
        const barrier = row[`FREIN_${column(name)}`];
        if (row[`ENVIE_${column(name)}`] === "1" && row[column(name)] === "0") {
          asked++;
          if (barrier === "") silent++;
        } else expect(barrier).toBe("");
      }
    expect(asked).toBeGreaterThan(5_000);
    expect(silent / asked).toBeGreaterThan(0.02);
    expect(silent / asked).toBeLessThan(0.08);
  });

  test("the barriers are those of the truth file, inside and outside", () => {
    for (const [name] of outings)
      for (const place of ["quartiers", "hors"] as const) {
        const own = survey.filter(
          (row) => row[`FREIN_${column(name)}`] !== "" && inside(row) === (place === "quartiers"),
        );
        const total = own.reduce((sum, row) => sum + Number(row["POIDS"]), 0);
        const planted = truth.freins_vrais[name][place];
        expect(planted.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
        for (const [b, label] of barriers.entries()) {
          const seen = own
            .filter((row) => Number(row[`FREIN_${column(name)}`]) === b + 1)
            .reduce((sum, row) => sum + Number(row["POIDS"]), 0);
          // Twice the variance of a simple draw: weights and clusters.
          const error = Math.sqrt((2 * planted[b] * (1 - planted[b])) / own.length);
          expect(Math.abs(seen / total - planted[b]), `${name}, ${place}, ${label}`).toBeLessThan(3.7 * error);
        }
      }
  });
});

describe("planted effects", () => {
  const regression = (name: string): { beta: number[]; se: number[] } => {
    const walk = truth.effets[name].walk;
    const minutes = walk ? `MIN_${column(walk.to)}` : null;
    const known = survey.filter(
      (row) =>
        row["DIPLOME"] !== "" && row["PCS"] !== "" && row[column(name)] !== "" && (!minutes || row[minutes] !== ""),
    );
    return logit(
      known.map((row) => {
        const age = practiceAgeClass(Number(row["AGE"]));
        const diploma = Number(row["DIPLOME"]);
        return [
          1,
          ...[1, 2, 3].map((one) => is(age === one)),
          ...[2, 3, 4].map((one) => is(diploma === one)),
          is(row["SEXE"] === "2"),
          ...[3, 4, 6, 7, 8].map((one) => is(Number(row["PCS"]) === one)),
          Number(row["QPV"]),
          ...(minutes ? [Number(row[minutes]) / 10] : []),
        ];
      }),
      known.map((row) => Number(row[column(name)])),
    );
  };

  test.each(practices.map(([name]) => name))("those on %s are found again", (name) => {
    const { beta, se } = regression(name);
    const { constant, age, diploma, woman, occupation, qpv, walk, cluster, neighbourhood } = truth.effets[name];
    const [managers, middle, , workers, retired, others] = occupation;
    const planted = [
      constant,
      ...age.slice(1),
      ...diploma.slice(1),
      woman,
      ...[managers, middle, workers, retired, others],
      qpv,
      ...(walk ? [walk.per10Minutes] : []),
    ];
    expect(beta.length).toBe(planted.length);
    // Random effects draw marginal coefficients toward zero, by about 0.17 × their variance, and widen those of the place.
    for (const [j, effect] of planted.entries())
      expect(Math.abs(beta[j] - effect), `${name} ${j}`).toBeLessThan(
        3.6 * se[j] +
          0.2 * (cluster ** 2 + neighbourhood ** 2) * Math.abs(effect) +
          (j === 13 ? 0.15 : 0.06) * is(cluster > 0),
      );
  });

  test("the variants differ by neighbourhood at first sight, and not at equal profile", () => {
    expect(truth.definition.sans_effet_de_quartier).toEqual(["cinema", "bd", "presse"]);
    for (const name of ["cinema", "presse"]) {
      const known = survey.filter((row) => row[column(name)] !== "");
      const raw = logit(
        known.map((row) => [1, Number(row["QPV"])]),
        known.map((row) => Number(row[column(name)])),
      );
      expect(raw.beta[1] / raw.se[1], name).toBeLessThan(-2);
    }
    for (const name of truth.definition.sans_effet_de_quartier) {
      const { beta, se } = regression(name);
      expect(Math.abs(beta[13] / se[13]), name).toBeLessThan(2);
    }
  });

  test("nearly everybody watches television", () => {
    const answered = survey.filter((row) => row["TELE_Q"] !== "");
    expect(mean(answered.map((row) => Number(row["TELE_Q"])))).toBeGreaterThan(0.95);
  });
});
