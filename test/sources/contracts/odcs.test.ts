import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { sources } from "../../../src/sources/catalogue.ts";
import type { CodeKind, Contract, FileFormat } from "../../../src/sources/contract.ts";
import { fromOdcs, odcsYaml, toOdcs } from "../../../src/sources/contracts/odcs.ts";
import { parseYaml } from "../../../src/sources/contracts/yaml.ts";
import { reference } from "../../reference/reference.ts";
import { fullContract, signedTerms } from "./examples.ts";

const signed: Contract = { ...fullContract, id: "signe" };

function throughYaml(contract: Contract): Contract {
  const { value, locate } = parseYaml(odcsYaml(contract), "essai.contrat.yaml");
  return fromOdcs(value, "essai.contrat.yaml", locate);
}

/** Reads the YAML of the signed contract after a change of its text. */
function read(change: (yaml: string) => string): Contract {
  const before = odcsYaml(signed);
  const yaml = change(before);
  expect(yaml, "le changement n'a rien changé").not.toBe(before);
  const { value, locate } = parseYaml(yaml, "essai.contrat.yaml");
  return fromOdcs(value, "essai.contrat.yaml", locate);
}

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return plain((error as Error).message);
  }
  return "rien n'est refusé";
}

describe("a contract as a document of the standard", () => {
  test("every source comes back whole, through objects and through YAML", () => {
    const contracts = [...sources(), fullContract];
    expect(contracts.length).toBeGreaterThan(15);
    for (const contract of contracts) {
      expect(fromOdcs(toOdcs(contract), contract.id), contract.id).toStrictEqual(contract);
      expect(throughYaml(contract), contract.id).toStrictEqual(contract);
    }
  });

  test("absent and empty are not the same", () => {
    const bare: Contract = { ...signed, notes: [], joins: [], quasiIdentifiers: [], key: [], editions: [] };
    expect(throughYaml(bare)).toStrictEqual(bare);
    const { notes: _, joins: __, quasiIdentifiers: ___, editions: ____, terms: _____, ...none } = bare;
    expect(throughYaml(none)).toStrictEqual(none);
  });

  test("the same contract gives the same bytes, and an ordinary YAML reader sees the same document", () => {
    expect(odcsYaml(signed)).toBe(odcsYaml(structuredClone(signed)));
    expect(parseYaml(stringify(toOdcs(signed)), "x").value).toEqual(parseYaml(odcsYaml(signed), "x").value);
  });

  test("a property without a place in the document is refused rather than lost", () => {
    const strange = { ...signed, humeur: "bonne" } as unknown as Contract;
    expect(messageOf(() => toOdcs(strange))).toContain("« humeur »");
    expect(messageOf(() => toOdcs({ ...signed, key: ["absente"] }))).toContain("« absente »");
  });

  test("the state follows the permission and the signatures", () => {
    const status = (contract: Contract): unknown => (toOdcs(contract) as { status: unknown }).status;
    const { terms: _, ...template } = signed;
    expect(status(signed)).toBe("active");
    expect(status(template)).toBe("draft");
    expect(status({ ...template, access: "public" })).toBe("active");
    const permission = { status: "retirée", on: "2026-05-01", by: "la caisse" } as const;
    expect(status({ ...signed, terms: { ...signedTerms, permission } })).toBe("retired");
  });

  test("the official JSON schema and model accept every document (test/reference/odcs.py)", () => {
    const { apiVersion, documents, errors } = reference<{ apiVersion: string; documents: number; errors: number }>(
      "odcs",
    );
    expect({ apiVersion, errors }).toEqual({ apiVersion: "v3.1.0", errors: 0 });
    expect(documents).toBeGreaterThan(15);
  });
});

describe("a partner's document", () => {
  test("standard fields that we do not use are accepted", () => {
    const contract = read((yaml) =>
      yaml
        .replace("domain:", "tenant: une-caisse\ntags: [santé]\nprice: { priceAmount: 0 }\ndomain:")
        .replace("        classification: restreint", "        examples: [QP000001]\n        classification: restreint")
        .replace("customProperties:\n", "customProperties:\n  - property: outilInterne\n    value: { a: 1 }\n"),
    );
    expect(contract).toStrictEqual(signed);
  });

  test("a day or a word without quotes is still a text", () => {
    expect(
      read((yaml) => yaml.replaceAll('"2027-12-31"', "2027-12-31").replace('name: "no"', "name: no")),
    ).toStrictEqual(signed);
  });

  const faults: readonly (readonly [string, (yaml: string) => string, readonly string[]])[] = [
    [
      "a misspelt threshold",
      (yaml) => yaml.replace("        seuil: 5", "        seuill: 5"),
      ["« seuill »", "champ customProperties[1].value.secret.seuill", "Attendu : « seuil »", "À faire"],
    ],
    [
      "an accent in a field",
      (yaml) => yaml.replace("        unite: personne\n", "        unité: personne\n"),
      ["« unité »", "« unite »"],
    ],
    ["a threshold of zero", (yaml) => yaml.replace("seuil: 5", "seuil: 0"), ["« 0 »", "au moins 1"]],
    ["a threshold in letters", (yaml) => yaml.replace("seuil: 5", "seuil: cinq"), ["« cinq »", "un entier"]],
    [
      "a misspelt profile",
      (yaml) => yaml.replace("property: quartiers", "property: quartier"),
      ["« quartier »", "« quartiers », exactement"],
    ],
    [
      "a misspelt profile of a column",
      (yaml) => yaml.replace(/(properties:[\s\S]*)property: quartiers/, "$1property: Quartiers"),
      ["« Quartiers »"],
    ],
    [
      "a field that the standard does not have",
      (yaml) => yaml.replace("slaProperties:", "slaPropertie:"),
      ["« slaPropertie »", "« slaProperties »"],
    ],
    ["no retention", (yaml) => yaml.replace("property: retention", "property: latency"), ["retention"]],
    ["no recipient", (yaml) => yaml.replace(/roles:\n( {2}.*\n)+/, ""), ["« roles »", "les destinataires"]],
    [
      "a threshold that nobody states and under the strictest known",
      (yaml) => yaml.replace("enoncePar: convention, article 6", "enoncePar: seuil non publié"),
      ["« 5 »", "secret.seuil", "au moins 11"],
    ],
    ["no unit", (yaml) => yaml.replace("        unite: personne\n", ""), ["« unite »", "l'unité comptée par le seuil"]],
    ["no threshold", (yaml) => yaml.replace("        seuil: 5\n", ""), ["« seuil »", "11 quand le fournisseur"]],
    [
      "a dominance of 101 %",
      (yaml) => yaml.replace("pourcent: 85", "pourcent: 101"),
      ["« 101 »", "de 0 (exclu) à 100"],
    ],
    ["a dominance of 0 %", (yaml) => yaml.replace("pourcent: 85", "pourcent: 0"), ["« 0 »", "de 0 (exclu) à 100"]],
    [
      "a dominance of half a contributor",
      (yaml) => yaml.replace("premiers: 1", "premiers: 0.5"),
      ["« 0.5 »", "un entier"],
    ],
    ["a dominance of nobody", (yaml) => yaml.replace("premiers: 1", "premiers: 0"), ["« 0 »", "au moins 1"]],
    [
      "two shares for one contributor",
      (yaml) => yaml.replace("premiers: 2", "premiers: 1"),
      ["« 1 »", "la plus stricte"],
    ],
    [
      "a share without its number",
      (yaml) => yaml.replace("          - premiers: 1\n            pourcent", "          - pourcent"),
      ["« premiers »"],
    ],
    ["a p of 0 %", (yaml) => yaml.replace("pPourcent: 10", "pPourcent: 0"), ["« 0 »", "le deuxième contributeur"]],
    [
      "zeros of a third kind",
      (yaml) => yaml.replace("zeros: sensibles", "zeros: vides"),
      ["« vides »", "« structurels »"],
    ],
    [
      "an interval the wrong way round",
      (yaml) => yaml.replace(/intervalle:\n.*\n.*/, "intervalle: [8, 0]"),
      ["« 8, 0 »", "[0, 11]"],
    ],
    [
      "an interval of halves",
      (yaml) => yaml.replace(/intervalle:\n.*\n.*/, "intervalle: [0, 8.5]"),
      ["« 8.5 »", "entier"],
    ],
    [
      "an interval of one number",
      (yaml) => yaml.replace(/intervalle:\n.*\n.*/, "intervalle: [8]"),
      ["deux effectifs entiers"],
    ],
    [
      "a strange rule of weights",
      (yaml) => yaml.replace("ponderes: non pondéré", "ponderes: aucun"),
      ["« aucun »", "« les deux »"],
    ],
    [
      "a strange rule of rates",
      (yaml) => yaml.replace("taux: intervalle", "taux: arrondis"),
      ["« arrondis »", "« ambigus »"],
    ],
    ["knowledge of no column", (yaml) => yaml.replace("colonne: nombre", "colonne: âge"), ["« âge »", "code_qp"]],
    [
      "bounds of knowledge the wrong way round",
      (yaml) => yaml.replace("auMoins: 0", "auMoins: 13"),
      ["« 13 > 12 »", "auMoins ≤ auPlus"],
    ],
    ["knowledge without a bound", (yaml) => yaml.replace("            auPlus: 51.1\n", ""), ["une borne au moins"]],
    [
      "a unit that no column identifies",
      (yaml) => yaml.replace("identifieePar: texte", "identifieePar: numero"),
      ["« numero »", "code_qp"],
    ],
    ["no secrecy rule", (yaml) => yaml.replace(/ {6}secret:\n( {8}.*\n)+/, ""), ["« secret »", "secret statistique"]],
    [
      "a day that no calendar has",
      (yaml) => yaml.replace('value: "2027-12-31"', 'value: "2027-02-30"'),
      ["« 2027-02-30 »", "Ce jour n'existe pas"],
    ],
    [
      "a day written the French way",
      (yaml) => yaml.replace('value: "2027-12-31"', "value: 31/12/2027"),
      ["« 31/12/2027 »", "AAAA-MM-JJ"],
    ],
    ["an unknown reason", (yaml) => yaml.replace("s: s\n", "s: secret\n"), ["« secret »", "« ns »"]],
    [
      "an unknown nomenclature",
      (yaml) => yaml.replace("nomenclature: qpv2015", "nomenclature: qpv"),
      ["« qpv »", "« qpv2015 »"],
    ],
    [
      "a code as a number",
      (yaml) =>
        yaml.replace(
          "description: Code du quartier\n        logicalType: string",
          "description: Code du quartier\n        logicalType: integer",
        ),
      ["zéros de tête"],
    ],
    ["values without quotes", (yaml) => yaml.replace('- "01"', "- 1"), ["« 1 »", "entre guillemets"]],
    ["a column twice", (yaml) => yaml.replace("- name: jour", "- name: code_qp"), ["décrite deux fois", "« code_qp »"]],
    [
      "a stranger among quasi-identifiers",
      (yaml) => yaml.replace(/(quasiIdentifiants:\n\s+- )commune/, "$1age"),
      ["« age »", "code_qp"],
    ],
    [
      "another version of the standard",
      (yaml) => yaml.replace("apiVersion: v3.1.0", "apiVersion: v2.2.2"),
      ["« v2.2.2 »", "ligne 5"],
    ],
    [
      "a retired contract",
      (yaml) => yaml.replace("status: active", "status: retired"),
      ["« retired »", "autorisation"],
    ],
    ["a truth in French", (yaml) => yaml.replace("publie: false", "publie: non"), ["« non »", "true"]],
    ["two formats", (yaml) => yaml.replace("format: csv", "format: parquet"), ["« parquet »", "« csv »"]],
    ["bounds the wrong way round", (yaml) => yaml.replace("minimum: -90.5", "minimum: 90"), ["à l'envers"]],
    [
      "two datasets",
      (yaml) =>
        `${yaml.trimEnd()}\n  - name: deux\n    dataGranularityDescription: x\n    properties: [{ name: a, description: A, logicalType: string }]\n`,
      ["un jeu de données, et un seul"],
    ],
  ];

  test.each(faults)("%s is refused in words", (_, change, words) => {
    const message = messageOf(() => read(change));
    for (const word of ["essai.contrat.yaml, ligne ", "À faire", ...words]) expect(message).toContain(word);
  });

  test("the line named is the line of the fault", () => {
    const yaml = odcsYaml(signed).replace("seuil: 5", "seuill: 5");
    const line = yaml.slice(0, yaml.indexOf("seuill")).split("\n").length;
    expect(messageOf(() => read((text) => text.replace("seuil: 5", "seuill: 5")))).toContain(`ligne ${line},`);
  });

  test("no field can be misspelt in silence: each name of the document, changed by a letter, is refused", () => {
    /** Names that are the partner's own: signs, columns, conditions of a portal. */
    const free = /\.(manquants|noms|condition)$/;
    const document = JSON.parse(JSON.stringify(toOdcs(signed))) as unknown;
    const accepted: string[] = [];
    let tried = 0;
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [name, value] of Object.entries(node)) {
        walk(value, `${path}.${name}`);
        if (Array.isArray(node) || free.test(path)) continue;
        const holder = node as Record<string, unknown>;
        delete holder[name];
        holder[`${name}s`] = value;
        tried++;
        try {
          fromOdcs(document, "essai");
          accepted.push(`${path}.${name}`);
        } catch (error) {
          expect((error as Error).name, `${path}.${name}`).toBe("QuartiersError");
        }
        delete holder[`${name}s`];
        holder[name] = value;
      }
    };
    walk(document, "");
    expect(accepted).toEqual([]);
    expect(tried).toBeGreaterThan(150);
    expect(fromOdcs(document, "essai")).toStrictEqual(signed);
  });

  test("a document that is no map is refused", () => {
    for (const value of [null, 3, "texte", []]) expect(messageOf(() => fromOdcs(value, "x"))).toContain("Attendu");
  });

  test("our schema describes every field in French", () => {
    const text = readFileSync(
      join(import.meta.dirname, "../../../src/sources/contracts/profil-quartiers.schema.json"),
      "utf8",
    );
    const schema = JSON.parse(text) as {
      $defs: Record<string, { properties?: Record<string, unknown>; description: string }>;
    };
    for (const [name, { properties = {}, description }] of Object.entries(schema.$defs)) {
      expect(description, name).toBeTruthy();
      for (const [field, definition] of Object.entries(properties))
        if (definition !== true && !JSON.stringify(definition).includes("$ref"))
          expect(definition, `${name}.${field}`).toHaveProperty("description");
    }
  });
});

describe("the lists of the schema are those of the contracts", () => {
  const kinds = {
    commune: true,
    qpv2015: true,
    qpv2024: true,
    iris: true,
    dciris: true,
    carreau: true,
    rome: true,
    fap: true,
    naf: true,
    siret: true,
    departement: true,
    region: true,
    epci: true,
  } satisfies Record<CodeKind, true>;
  const formats = {
    csv: true,
    xlsx: true,
    parquet: true,
    json: true,
    geojson: true,
    topojson: true,
    shapefile: true,
    geopackage: true,
    "osm-pbf": true,
    sas: true,
  } satisfies Record<FileFormat, true>;

  test("kinds of codes, and formats", () => {
    const withKind = (type: CodeKind): Contract => ({
      ...signed,
      columns: [{ name: "code", type, label: "Code" }],
      key: [],
      quasiIdentifiers: [],
      secrecy: { unit: "personne", minUnits: 5, statedBy: "convention, article 6" },
    });
    for (const kind of Object.keys(kinds) as CodeKind[])
      expect(throughYaml(withKind(kind))).toStrictEqual(withKind(kind));
    for (const format of Object.keys(formats) as FileFormat[])
      expect(throughYaml({ ...signed, format })).toStrictEqual({ ...signed, format });
    expect(messageOf(() => throughYaml(withKind("cedex" as CodeKind)))).toContain("« cedex »");
  });
});
