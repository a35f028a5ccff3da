import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numberColumn, table, textColumn } from "../../src/codes/table.ts";
import { workHours } from "../../src/models/matching/work-hours.ts";
import { loadTable } from "../../src/sources/load.ts";
import { offresEmploiContract } from "../../src/sources/offres-emploi.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { locatedOffers } from "../../src/tables/job-market.ts";
import { licenceDemand } from "../../src/tables/licence-demand.ts";

describe("the licence that an offer asks for", () => {
  test.each([
    ["B - Véhicule léger", "E", "required"],
    ["B - Véhicule léger", "S", "wished"],
    ["C - Poids lourds", "E", "required"],
    ["CE - Poids lourds et remorque", "E", "required"],
    ["B - Véhicule léger;D - Transport en commun", "S;E", "required"],
    ["B - Véhicule léger;B - Véhicule léger", "E;S", "required"],
    ["A - Moto", "E", null],
    ["A - Moto;B - Véhicule léger", "E;S", "wished"],
    ["Bateau", "E", null],
    ["", "", null],
    ["B - Véhicule léger", "", null],
    ["B - Véhicule léger;C - Poids lourds", ";E", "required"],
    ["B - Véhicule léger", "E;S", null],
  ])("%s (%s): %s", (labels, demands, expected) => expect(licenceDemand(labels, demands)).toBe(expected));
});

/** Three offers, the second without a place. */
const text = (...values: string[]) => textColumn(values, { label: "Texte" });
const degrees = (...values: number[]) => numberColumn(values, { label: "Degrés", unit: "degrés" });
const bare = {
  longitude: degrees(-7, Number.NaN, -6.9),
  latitude: degrees(46, 46, 46.1),
  nombrePostes: numberColumn([2, 3, Number.NaN], { label: "Postes", unit: "postes" }),
  romeCode: text("A1101", "A1102", "A1103"),
};

describe("located offers", () => {
  test("without the columns, nothing is said of licences and hours", () => {
    const located = locatedOffers(table(bare));
    expect(located).toEqual({
      points: { lon: Float64Array.of(-7, -6.9), lat: Float64Array.of(46, 46.1) },
      posts: Float64Array.of(2, 1),
      rome: ["A1101", "A1103"],
      lost: 1,
    });
  });

  test("with them, each follows its offer, and silence is null", () => {
    const located = locatedOffers(
      table({
        ...bare,
        permisLibelle: text("B - Véhicule léger", "B - Véhicule léger", ""),
        permisExigence: text("E", "S", ""),
        dureeTravailLibelle: text("35H Travail en 2X8", "35H", ""),
        horaires: text("35H Travail en 2X8", "Travail de nuit", ""),
        conditionsExercice: text("Travail de nuit", "", ""),
        typeContrat: text("MIS", "CDD", ""),
      }),
    );
    expect(located.licence).toEqual(["required", null]);
    expect(located.hours).toEqual(["35H Travail en 2X8 ; Travail de nuit", null]);
    expect(located.contract).toEqual(["MIS", null]);
  });

  test("one column of hours is enough", () =>
    expect(locatedOffers(table({ ...bare, horaires: text("Travail de nuit", "", "") })).hours).toEqual([
      "Travail de nuit",
      null,
    ]));

  test("on the sample, what was planted comes through the contract", async () => {
    const territory = openTerritory({ territory: "exemple" });
    const offers = await loadTable(territory, offresEmploiContract);
    const { licence = [], hours = [], contract = [], rome, lost } = locatedOffers(offers);
    expect([licence.length, hours.length, contract.length]).toEqual([rome.length, rome.length, rome.length]);
    expect(rome.length + lost).toBe(offers.numRows);
    // Offers without a place are in the truth: counted here with the others by giving every offer one.
    const placed = { ...offers.columns, longitude: zeros(offers.numRows), latitude: zeros(offers.numRows) };
    const all = locatedOffers(table(placed));
    const truth = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../data-samples/verite/offres.json"), "utf8"),
    ) as { ensemble: { permis_exige: number; permis_souhaite: number; horaires: Record<string, number> } };
    const count = (demand: string): number => (all.licence ?? []).filter((one) => one === demand).length;
    expect(count("required")).toBe(truth.ensemble.permis_exige);
    expect(count("wished")).toBe(truth.ensemble.permis_souhaite);
    expect((all.hours ?? []).filter((said) => workHours(said) === null).length).toBe(truth.ensemble.horaires["tu"]);
    expect(new Set(contract)).toEqual(new Set(["CDI", "CDD", "MIS", "SAI"]));
  });
});

const zeros = (count: number) => degrees(...new Array<number>(count).fill(0));
