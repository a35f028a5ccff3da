import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { c2sBeneficiairesContract } from "../../../src/sources/c2s-beneficiaires.ts";
import { type ColumnContract, type Contract, noSecrecy } from "../../../src/sources/contract.ts";
import { agreementFor, checkTerms, readContract } from "../../../src/sources/contracts/agreement.ts";
import { effectiveContract } from "../../../src/sources/contracts/effective.ts";
import { fromOdcs, odcsYaml } from "../../../src/sources/contracts/odcs.ts";
import { parseYaml } from "../../../src/sources/contracts/yaml.ts";
import type { Terms } from "../../../src/sources/terms.ts";
import { signedTerms } from "./examples.ts";

const template: Contract = {
  ...c2sBeneficiairesContract,
  quasiIdentifiers: ["annee"],
  joins: ["communes", "menages-qpv"],
};
const dataFile = "c2s-beneficiaires/c2s_qpv.csv";
const signed: Contract = { ...template, terms: signedTerms, vintage: "1er janvier 2025", files: [dataFile] };

let dataFolder = "";
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "quartiers-contrat-"));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

function put(file: string, content: string | Uint8Array): string {
  const path = join(dataFolder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** The effective contract of a partner who signed this. */
function agree(contract: Contract, name = "c2s_qpv.contrat.yaml"): Contract {
  put(`c2s-beneficiaires/${name}`, odcsYaml(contract));
  const agreed = agreementFor({ dataFolder }, template, dataFile);
  if (!agreed) throw new Error("aucun contrat trouvé");
  return agreed;
}

/** The signed contract with one column changed. */
const withColumn = (name: string, change: Partial<ColumnContract>): Contract => ({
  ...signed,
  columns: signed.columns.map((column) => (column.name === name ? { ...column, ...change } : column)),
});

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect((error as Error).name).toBe("QuartiersError");
    return plain((error as Error).message);
  }
  return "rien n'est refusé";
}

describe("the contract beside the file", () => {
  test("none, no agreement", () => {
    expect(agreementFor({ dataFolder }, template, dataFile)).toBeNull();
  });

  test("its name comes first, then contrat.yaml", () => {
    expect(agree({ ...signed, vintage: "commun" }, "contrat.yaml").vintage).toBe("commun");
    expect(agree({ ...signed, vintage: "propre" }).vintage).toBe("propre");
  });

  test("the partner's terms, names and vintage apply; our own columns, key and unit stay", () => {
    const agreed = agree({
      ...withColumn("sans_participation", { from: "NB_SP", range: [0, 5_000] }),
      csv: { separator: "|", encoding: "latin1", decimal: "." },
      secrecy: { unit: "personne", minUnits: 20, statedBy: "convention, article 6" },
      publisher: "Caisse de l'exemple",
      joins: ["menages-qpv", "offres-emploi"],
      quasiIdentifiers: ["code_qp"],
    });
    expect(agreed).toMatchObject({
      id: template.id,
      access: "partner",
      published: false,
      publisher: "Caisse de l'exemple",
      vintage: "1er janvier 2025",
      terms: signedTerms,
      files: [dataFile],
      key: ["code_qp", "annee"],
      csv: { separator: "|", encoding: "latin1", decimal: "." },
      secrecy: { minUnits: 20 },
      joins: ["menages-qpv"],
      quasiIdentifiers: ["code_qp", "annee"],
    });
    expect(agreed.columns.map(({ name }) => name)).toEqual(template.columns.map(({ name }) => name));
    expect(agreed.columns[2]).toMatchObject({ from: "NB_SP", range: [0, 5_000], masked: true });
    expect(agreed.editions).toBeUndefined();
  });

  test("conditions of ours never stand in for those that the partner did not sign", () => {
    const { terms: _, ...unsigned } = signed;
    put("c2s-beneficiaires/contrat.yaml", odcsYaml(unsigned));
    expect(agreementFor({ dataFolder }, { ...template, terms: signedTerms }, dataFile)?.terms).toBeUndefined();
  });

  test("a further column is neither read nor called a changed header", () => {
    const further: ColumnContract = { name: "age", from: "AGE", type: "integer", label: "Âge", unit: "années" };
    const agreed = agree({ ...signed, columns: [...signed.columns, further] });
    expect(agreed.columns).toHaveLength(template.columns.length);
    expect(agreed.csv?.ignored).toEqual(["AGE"]);
    const named = agree({ ...signed, columns: [...signed.columns, further], quasiIdentifiers: ["annee", "age"] });
    expect(named.quasiIdentifiers).toEqual(["annee"]);
  });

  test("what was agreed can be written and read again", () => {
    const agreed = agree(withColumn("sans_participation", { from: "NB_SP" }));
    const path = put("accord.contrat.yaml", odcsYaml(agreed));
    expect(readContract(path)).toStrictEqual(agreed);
  });

  test("a threshold under ours applies when the provider states it, and is said", () => {
    const agreed = agree({
      ...signed,
      secrecy: { unit: "personne", minUnits: 5, statedBy: "Cnam, convention du 5 janvier 2026" },
    });
    expect(agreed.secrecy.minUnits).toBe(5);
    expect(agreed.notes?.map(plain).join(" ")).toContain(
      "énoncé par le fournisseur : 5 (Cnam, convention du 5 janvier 2026), au lieu de 11",
    );
  });

  test("the provider's further rules apply; where it states none, ours stay; where both do, its own hold and are said", () => {
    const further = {
      zeros: "sensitive",
      interval: [0, 20],
      outsideKnowledge: [{ column: "annee", least: 2016 }],
    } as const;
    expect(agree({ ...signed, secrecy: { ...signed.secrecy, ...further } }).secrecy).toStrictEqual({
      ...signed.secrecy,
      ...further,
    });
    const ours: Contract = {
      ...c2sBeneficiairesContract,
      secrecy: { ...c2sBeneficiairesContract.secrecy, dominance: [{ n: 1, k: 85 }], pPercent: 10 },
    };
    const theirs: Contract = { ...signed, secrecy: { ...signed.secrecy, pPercent: 5 } };
    const agreed = effectiveContract(ours, theirs, "c2s-beneficiaires/c2s_qpv.csv", "essai");
    expect(agreed.secrecy).toMatchObject({ dominance: [{ n: 1, k: 85 }], pPercent: 5 });
    expect(agreed.notes?.map(plain).join(" ")).toContain("à la place des nôtres : estimation du premier contributeur.");
  });

  test("a sign of absence of the partner's own is accepted and said", () => {
    const agreed = agree(withColumn("avec_participation", { missing: { "<11": "s" } }));
    expect(agreed.columns[3]?.missing).toEqual({ "<11": "s" });
    expect(agreed.notes?.map(plain).join(" ")).toContain(
      "« <11 » une valeur « secret » de la colonne avec_participation",
    );
  });

  const refusals: readonly (readonly [string, Contract, readonly string[]])[] = [
    ["another dataset", { ...signed, id: "menages-qpv" }, ["« menages-qpv »", "article 2"]],
    ["another file", { ...signed, files: ["autre.csv"] }, ["ne nomme pas ce fichier", "autre.csv"]],
    ["another unit of observation", { ...signed, unit: "commune" }, ["« commune »", "quartier et année"]],
    ["another key", { ...signed, key: ["code_qp"] }, ["code_qp × annee"]],
    ["a publication that is none", { ...signed, published: true }, ["publie : false"]],
    [
      "a threshold lowered in silence",
      { ...signed, secrecy: { ...signed.secrecy, minUnits: 5 } },
      ["« 5 »", "article 6", "au moins 11"],
    ],
    [
      "a threshold that counts something else",
      { ...signed, secrecy: { ...signed.secrecy, unit: "ménage" } },
      ["« ménage »", "article 6"],
    ],
    ["a column less", { ...signed, columns: signed.columns.slice(0, 3) }, ["« avec_participation »", "physicalName"]],
    ["the other generation", withColumn("code_qp", { type: "qpv2024" }), ["« qpv2024 »", "code_qp"]],
    ["a number for an integer", withColumn("annee", { type: "number" }), ["« number »", "integer"]],
    ["another unit", withColumn("avec_participation", { unit: "foyers" }), ["« foyers »", "personnes"]],
    ["wider bounds", withColumn("annee", { range: [1900, 2100] }), ["1900 à 2100", "2016"]],
    ["a value that may be absent", withColumn("annee", { required: false }), ["required: true"]],
    ["a mask taken off", withColumn("avec_participation", { masked: false }), ["masque: true"]],
    [
      "a sign with another reason",
      withColumn("avec_participation", { missing: { s: "nd" } }),
      ["« non disponible »", "secret"],
    ],
    ["a sign where a value is due", withColumn("annee", { missing: { NA: "nd" } }), ["« NA »"]],
    [
      "an empty cell where a sign is due",
      withColumn("avec_participation", { missing: { "": "s" } }),
      ["une valeur, ou un signe"],
    ],
    ["a sum that has no meaning", withColumn("annee", { summable: true }), ["ne somme pas"]],
  ];
  test.each(refusals)("%s is refused in words", (_, contract, words) => {
    const message = messageOf(() => agree(contract));
    for (const word of ["c2s-beneficiaires/c2s_qpv.contrat.yaml", "À faire", ...words]) expect(message).toContain(word);
  });
});

describe("reading a contract file", () => {
  const yaml = odcsYaml(signed);
  const bomb = `a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n`;
  const files: readonly (readonly [string, string | Uint8Array, readonly string[]])[] = [
    ["aliases", bomb, ["ancre", "ligne 1"]],
    ["a tag", yaml.replace("version: 1.0.0", "version: !!binary AAAA"), ["ligne 9"]],
    ["a tag of a language", yaml.replace("version: 1.0.0", 'version: !!js/function "x"'), ["étiquette"]],
    [
      "a key twice",
      yaml.replace("kind: DataContract", "kind: DataContract\nkind: DataContract"),
      ["écrite deux fois", "ligne 7"],
    ],
    ["a merge key", yaml.replace("kind:", "<<: { id: autre }\nkind:"), ["« << »"]],
    ["two documents", `${yaml}---\n${yaml}`, ["plusieurs documents"]],
    ["a tab as indent", yaml.replace("  name: Cnam", "\tname: Cnam"), ["ligne "]],
    ["an open quote", `${yaml}x: "sans fin\n`, ["ligne "]],
    ["nesting without end", `a: ${"[".repeat(200_000)}`, ["niveaux au plus"]],
    [
      "nesting by indent",
      Array.from({ length: 3_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      ["n'est pas un contrat"],
    ],
    ["nesting by dashes", `${"- ".repeat(50_000)}a`, ["niveaux au plus"]],
    ["a file too large", `# ${"x".repeat(1_100_000)}`, ["octets au plus"]],
    ["a PDF under another name", new Uint8Array([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe]), ["UTF-8"]],
    ["a null byte", `${yaml}\0`, ["octet nul"]],
    ["nothing", "", ["Attendu"]],
    ["a list", "- a\n- b\n", ["Attendu"]],
  ];
  test.each(files)("%s is refused in words", (_, content, words) => {
    const path = put("x.contrat.yaml", content);
    const message = messageOf(() => readContract(path, "x.contrat.yaml"));
    for (const word of ["x.contrat.yaml", ...words]) expect(message).toContain(word);
  });

  test("a file damaged anywhere is read or refused in words, never a crash", () => {
    const damage = fc.tuple(
      fc.nat(yaml.length - 1),
      fc.nat(40),
      fc.constantFrom(
        "",
        ":",
        "- ",
        "\t",
        '"',
        "{",
        "[",
        "&a ",
        "*a",
        "!!",
        "\n",
        "? ",
        "|",
        ">",
        "null",
        "1e999",
        "__proto__: 1\n",
      ),
    );
    let refused = 0;
    fc.assert(
      fc.property(damage, ([at, length, text]) => {
        const broken = yaml.slice(0, at) + text + yaml.slice(at + length);
        try {
          const { value, locate } = parseYaml(broken, "x.contrat.yaml");
          odcsYaml(fromOdcs(value, "x.contrat.yaml", locate));
        } catch (error) {
          refused++;
          expect((error as Error).name, broken.slice(Math.max(0, at - 40), at + 60)).toBe("QuartiersError");
        }
      }),
      { seed: 20261124, numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  test("a file with a byte order mark and Windows line ends is read", () => {
    const path = put("x.contrat.yaml", `\uFEFF${yaml.replaceAll("\n", "\r\n")}`);
    expect(readContract(path)).toStrictEqual(signed);
  });

  test("a file that is not there, and a folder, are told", () => {
    expect(messageOf(() => readContract(join(dataFolder, "absent.yaml")))).toContain("ne peut pas être lu");
    mkdirSync(join(dataFolder, "dossier.contrat.yaml"));
    expect(messageOf(() => readContract(join(dataFolder, "dossier.contrat.yaml")))).toContain("ne peut pas être lu");
  });
});

describe("the conditions of use", () => {
  const use = { purpose: "non-recours-c2s", today: "2026-06-01" };
  const under = (terms: Partial<Terms>): Contract => ({ ...signed, terms: { ...signedTerms, ...terms } });

  test("a signed contract, within its dates, for its purpose", () => {
    expect(() => checkTerms(signed, use)).not.toThrow();
    expect(() => checkTerms(signed, { ...use, today: "2027-12-31" })).not.toThrow();
    expect(() => checkTerms(signed, { ...use, today: "2026-01-12" })).not.toThrow();
  });

  test("open data passes for any purpose, declared or not, any day", () => {
    const open: Contract = { ...template, access: "public", secrecy: noSecrecy };
    expect(() => checkTerms(open, { today: "2099-01-01" })).not.toThrow();
    expect(() => checkTerms(open, { purpose: "autre", today: "2020-01-01" })).not.toThrow();
  });

  const [provider, programme] = signedTerms.signatures;
  const refusals: readonly (readonly [string, Contract, { purpose?: string; today: string }, readonly string[]])[] = [
    ["no signed contract", template, use, ["Aucun contrat signé", "article 10", "quartiers clause c2s-beneficiaires"]],
    ["no signature", under({ signatures: [] }), use, ["Aucun contrat signé", "article 10"]],
    [
      "no signature of the provider",
      under({ signatures: programme ? [programme] : [] }),
      use,
      ["signature du fournisseur", "article 10"],
    ],
    [
      "no signature of the programme",
      under({ signatures: provider ? [provider] : [] }),
      use,
      ["signature du programme", "article 10"],
    ],
    [
      "the day before the last signature",
      signed,
      { ...use, today: "2026-01-11" },
      ["n'entre en vigueur que le 12 janvier 2026", "article 10"],
    ],
    [
      "a permission to come",
      under({ permission: { ...signedTerms.permission, on: "2026-07-01" } }),
      use,
      ["1er juillet 2026", "article 10"],
    ],
    [
      "no purpose declared",
      signed,
      { today: use.today },
      ["Aucune finalité n'est déclarée", "article 3", "non-recours-c2s"],
    ],
    [
      "a purpose that is not in the list",
      signed,
      { ...use, purpose: "distance-emploi" },
      ["« distance-emploi »", "article 3", "non-recours-c2s"],
    ],
    ["no purpose agreed", under({ purposes: [] }), use, ["aucune finalité n'est convenue", "article 3"]],
    [
      "the day after retention",
      signed,
      { ...use, today: "2028-01-01" },
      ["passée depuis le 31 décembre 2027", "article 7", `détruire le fichier ${dataFile}`],
    ],
    [
      "a permission withdrawn",
      under({ permission: { status: "retirée", on: "2026-05-02", by: "la caisse, fin de la convention" } }),
      use,
      ["retirée depuis le 2 mai 2026, par la caisse, fin de la convention", "article 9"],
    ],
    ["a day that does not exist", signed, { ...use, today: "2026-02-30" }, ["« 2026-02-30 »"]],
  ];
  test.each(refusals)("%s: refused, naming the article", (_, contract, asked, words) => {
    const message = messageOf(() => checkTerms(contract, asked));
    for (const word of words) expect(message).toContain(word);
  });

  test("public data under conditions follows them, without signatures", () => {
    const portal: Contract = { ...under({ signatures: [], purposes: ["distance-emploi"] }), access: "public" };
    expect(() => checkTerms(portal, { purpose: "distance-emploi", today: use.today })).not.toThrow();
    expect(messageOf(() => checkTerms(portal, use))).toContain("article 3");
  });

  test("a person who edits the signed file stops the next reading: withdrawal, then retention", () => {
    const yaml = odcsYaml(signed);
    const usedUnder = (text: string): string => {
      put("c2s-beneficiaires/c2s_qpv.contrat.yaml", text);
      return messageOf(() => checkTerms(agreementFor({ dataFolder }, template, dataFile) ?? template, use));
    };
    expect(usedUnder(yaml)).toBe("rien n'est refusé");
    expect(usedUnder(yaml.replace("statut: accordée", "statut: retirée"))).toContain(
      "article 9 de la clause de données",
    );
    expect(usedUnder(yaml.replace("2027-12-31", "2026-05-31"))).toContain("article 7 de la clause de données");
    expect(usedUnder(yaml.replace("- non-recours-c2s", "- distance-emploi"))).toContain(
      "article 3 de la clause de données",
    );
  });
});
