import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { reasonAt, type Table, texts } from "../../src/codes/table.ts";
import type { ColumnContract } from "../../src/sources/contract.ts";
import { columnsOf, parseJson } from "../../src/sources/json-records.ts";
import { loadTable } from "../../src/sources/load.ts";
import { offresEmploiContract } from "../../src/sources/offres-emploi.ts";
import { openTerritory } from "../../src/sources/territory.ts";

/** What a path of the contract takes out of one record. */
function at(from: string, record: Record<string, unknown>): string | null | undefined {
  const column: ColumnContract = { name: "x", from, type: "text", label: "X" };
  return columnsOf([record], [column], "essai.json").columns["x"]?.[0];
}

describe("a path in a record", () => {
  const licences = { permis: [{ libelle: "B - Véhicule léger", exigence: "E" }, { libelle: "C - Poids lourd" }] };

  test("goes through objects", () => expect(at("lieu.code", { lieu: { code: "35238" } })).toBe("35238"));

  test("joins a list of values", () => expect(at("codes", { codes: ["a", "b"] })).toBe("a;b"));

  test("goes into each element of a list, and keeps their places", () => {
    expect(at("permis.libelle", licences)).toBe("B - Véhicule léger;C - Poids lourd");
    expect(at("permis.exigence", licences)).toBe("E;");
    expect(at("permis.exigence", { permis: [null, { exigence: "S" }] })).toBe(";S");
  });

  test("takes one element by its number", () => {
    expect(at("permis.0.exigence", licences)).toBe("E");
    expect(at("permis.1.libelle", licences)).toBe("C - Poids lourd");
    expect(at("horaires.1", { horaires: ["35H", "Travail de nuit"] })).toBe("Travail de nuit");
  });

  test("gives nothing where nothing is said", () => {
    expect(at("permis.exigence", {})).toBeNull();
    expect(at("permis.exigence", { permis: null })).toBeNull();
    expect(at("permis.exigence", { permis: [] })).toBeNull();
    expect(at("permis", { permis: [] })).toBeNull();
    expect(at("permis.exigence", { permis: [{ libelle: "B" }] })).toBeNull();
    expect(at("permis.2.libelle", licences)).toBeNull();
    expect(at("permis.1.exigence", licences)).toBeNull();
    expect(at("permis.length", licences)).toBeNull();
    expect(at("permis.constructor", licences)).toBeNull();
  });

  test("a list of objects or of lists is not a value", () => {
    expect(() => at("permis", licences)).toThrow(/porte un objet.*propriété permis/);
    expect(() => at("permis.codes", { permis: [{ codes: ["a"] }, { codes: ["b"] }] })).toThrow(/porte un objet/);
  });

  test("reads what the parser gives", () =>
    expect(at("a.b", parseJson('{"a":[{"b":1},{"b":true}]}', "essai.json") as Record<string, unknown>)).toBe("1;true"));
});

describe("job offers", () => {
  /** Offers read under the contract. */
  async function load(...offers: readonly Record<string, unknown>[]): Promise<Table> {
    const folder = mkdtempSync(join(tmpdir(), "offres-"));
    try {
      const put = (file: string, content: unknown): void => {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), JSON.stringify(content));
      };
      const commune = { code: "00001", nom: "Un", departement: "00", region: "00", type: "commune-actuelle" };
      put("communes/communes.json", [{ ...commune, population: 10 }]);
      const resultats = offers.map((offer, i) => ({ id: `O${i}`, romeCode: "N4101", ...offer }));
      put(offresEmploiContract.files[0] ?? "", { resultats });
      return await loadTable(openTerritory({ territory: "exemple", data: folder }), offresEmploiContract);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("their licences, hours and contract, under the publisher's fields", async () => {
    const offers = await load({
      typeContrat: "MIS",
      alternance: false,
      dureeTravailLibelle: "35H Travail en 2X8",
      dureeTravailLibelleConverti: "Temps plein",
      deplacementLibelle: "Jamais",
      contexteTravail: { horaires: ["35H", "Travail en 2X8"], conditionsExercice: ["Travail de nuit"] },
      permis: [
        { libelle: "B - Véhicule léger", exigence: "E" },
        { libelle: "C - Poids lourd", exigence: "S" },
      ],
    });
    const row = (name: string): string | null | undefined => texts(offers, name).values[0];
    expect([row("typeContrat"), row("alternance"), row("deplacementLibelle")]).toEqual(["MIS", "false", "Jamais"]);
    expect([row("dureeTravailLibelle"), row("dureeTravailLibelleConverti")]).toEqual([
      "35H Travail en 2X8",
      "Temps plein",
    ]);
    expect([row("horaires"), row("conditionsExercice")]).toEqual(["35H;Travail en 2X8", "Travail de nuit"]);
    expect([row("permisLibelle"), row("permisExigence")]).toEqual(["B - Véhicule léger;C - Poids lourd", "E;S"]);
  });

  test("silence is not a no", async () => {
    const offers = await load({}, { permis: [], contexteTravail: {} }, { permis: [{ libelle: "B - Véhicule léger" }] });
    for (const name of ["permisExigence", "horaires", "dureeTravailLibelle", "alternance"]) {
      expect(texts(offers, name).values, name).toEqual(["", "", ""]);
      expect(
        [0, 1, 2].map((row) => reasonAt(texts(offers, name), row)),
        name,
      ).toEqual(["nd", "nd", "nd"]);
    }
    expect(texts(offers, "permisLibelle").values).toEqual(["", "", "B - Véhicule léger"]);
    expect([0, 1, 2].map((row) => reasonAt(texts(offers, "permisLibelle"), row))).toEqual(["nd", "nd", null]);
  });

  test("an unknown word for the demand is refused, with its place", () =>
    expect(load({}, { permis: [{ libelle: "B", exigence: "O" }] })).rejects.toThrow(
      /«.O.».*enregistrement 2, colonne permis\.exigence.*exigé/,
    ));
});
