import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataUses } from "../../../src/book/data-uses.ts";
import { type ControllerAnswers, readController } from "../../../src/book/register/controller.ts";
import { readOverrides } from "../../../src/book/register/overrides.ts";
import { readRefusals, recordRefusals, refusedExports } from "../../../src/book/register/refusals.ts";
import { registerItems, TO_COMPLETE } from "../../../src/book/register/register.ts";
import { type RegisterInput, registerPart } from "../../../src/book/register/register-part.ts";
import { frenchSpaces, typographyFaults } from "../../../src/book/typography.ts";
import type { GateFinding } from "../../../src/protection/gate-finding.ts";
import type { Override } from "../../../src/protection/override.ts";
import { openAccount, spend } from "../../../src/protection/perturbation/privacy-account.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";

const root = join(import.meta.dirname, "../../..");
const answersFile = join(root, "notebooks/livre/registre.yaml");
const today = "2026-11-24";
const exemple = openTerritory({ today });
const answered = readController(answersFile, "exemple");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "registre-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Written {
  readonly traitements: readonly {
    readonly intitule: string;
    readonly rubriques: readonly {
      readonly lettre: string;
      readonly reponses: readonly { readonly element: string; readonly reponse: string; readonly origine: string }[];
    }[];
    readonly sources: readonly { readonly id: string; readonly nature: string }[];
  }[];
  readonly refus: readonly unknown[];
  readonly derogations: readonly unknown[];
  readonly budgets: readonly unknown[];
}

const made = (
  change: Partial<RegisterInput> = {},
): { readonly markdown: string; readonly written: Written; csv: string } => {
  const { markdown, files } = registerPart({
    territory: exemple,
    uses: dataUses,
    controller: answered,
    refusals: [],
    overrides: [],
    ...change,
  });
  const json = JSON.parse(files.get("registre.json") ?? "") as Written;
  return { markdown, written: json, csv: files.get("registre.csv") ?? "" };
};

const asked = ({ traitements }: Written): readonly string[] => [
  ...new Set(
    traitements.flatMap(({ rubriques }) =>
      rubriques.flatMap(({ reponses }) =>
        reponses.filter(({ origine }) => origine === "à compléter").map(({ element }) => element),
      ),
    ),
  ),
];

function expectComplete(written: Written): void {
  expect(written.traitements.length).toBe(dataUses.length);
  for (const { intitule, rubriques } of written.traitements) {
    expect(rubriques.map(({ lettre }) => lettre).join("")).toBe(Object.keys(registerItems).join(""));
    for (const { lettre, reponses } of rubriques) {
      expect(reponses.length, `${intitule}, ${lettre}`).toBeGreaterThan(0);
      for (const { element, reponse } of reponses) expect(reponse, `${intitule}, ${element}`).not.toBe("");
    }
  }
}

describe("the register of processings", () => {
  test("is complete on the invented territory: nothing is left to ask", () => {
    const { written, markdown } = made();
    expectComplete(written);
    expect(asked(written)).toEqual([]);
    expect(markdown).not.toContain(TO_COMPLETE);
    expect(markdown).toContain(
      "| Bénéficiaires de la C2S par quartier | Caisse de santé d'Armorelle (fictif) | accordée le 10 janvier 2022 |",
    );
    const c2s = written.traitements[2];
    expect(c2s?.sources.find(({ id }) => id === "c2s-beneficiaires")?.nature).toBe("agrégée");
    expect(c2s?.sources.find(({ id }) => id === "rp-indcvi")?.nature).toBe("individuelle");
    expect(markdown).toContain(
      "et « Bénéficiaires de la C2S par quartier »* : conservés jusqu'au 31 décembre 2099 inclus, puis effacés",
    );
    // In print: what all processings say is said once, series of files are gathered, no code of a column nor of a purpose is left.
    expect(markdown.match(/\*Résultats publiés\*/g)).toHaveLength(1);
    expect(markdown).toContain("« Distribution des niveaux de vie par commune » (11 fichiers)");
    expect(markdown).not.toMatch(/1 homme|99999|ZZZ|`distance-emploi`/);
  });

  test.skipIf(!realData)(
    "is complete on Occitanie, where the controller has not answered: it is asked, not invented",
    () => {
      const territory = openTerritory({ territory: "occitanie", data: realData ?? "", today });
      const { written, markdown } = made({ territory, controller: readController(answersFile, "occitanie") });
      expectComplete(written);
      expect(asked(written).length).toBe(9);
      expect(markdown).toContain(`*Responsable* : ${TO_COMPLETE}`);
      expect(markdown).toContain("Aucun fichier de partenaire n'est lu pour ce territoire");
      expect(markdown).not.toContain("fictif");
    },
  );

  test.each([
    ["controller", "Responsable"],
    ["contact", "Coordonnées"],
    ["jointControllers", "Responsables conjoints"],
    ["representative", "Représentant dans l'Union européenne"],
    ["dataProtectionOfficer", "Délégué à la protection des données"],
    ["thirdCountryRecipients", "Destinataires dans un pays tiers ou une organisation internationale"],
    ["transfers", "Transferts"],
    ["safeguards", "Garanties"],
  ] as const)("without the answer %s, it is asked for by name, unless the contracts say it", (field, label) => {
    const { [field]: _, ...rest } = answered;
    const { written, markdown } = made({ controller: rest as ControllerAnswers });
    // The controller is also the side of the programme that signed the contracts.
    if (field === "controller") expect(asked(written)).toEqual([]);
    else {
      expect(asked(written)).toEqual([label]);
      expect(markdown).toContain("n'a pas encore répondu sur un point");
    }
  });

  test("without measures of organisation, they are asked for; those of the software stay", () => {
    const { written, markdown } = made({ controller: { ...answered, measures: [] } });
    expect(asked(written)).toEqual(["Mesures d'organisation (locaux, habilitations, chiffrement, sauvegardes)"]);
    expect(markdown).toContain("- Le site publié ne charge rien depuis un autre serveur.");
  });

  test("a permission withdrawn is said with its date", () => {
    cpSync(join(root, "data-samples"), folder, { recursive: true });
    const path = join(folder, "c2s-beneficiaires/c2s_qpv.contrat.yaml");
    const yaml = readFileSync(path, "utf8")
      .replace("statut: accordée", "statut: retirée")
      .replace(/(statut: retirée\n\s+le: )"[^"]+"/, '$1"2026-11-20"')
      .replace("status: active", "status: retired");
    writeFileSync(path, yaml);
    expect(made({ territory: openTerritory({ data: folder, today }) }).markdown).toContain(
      "retirée le 20 novembre 2026",
    );
  });

  test("privacy budgets are added up, to the thousandth", () => {
    const account = spend(spend(openAccount(1000), 300, "carte de 2025"), 100, "carte de 2026");
    const { markdown, written } = made({ budgets: [{ name: "enquête", account }] });
    expect(markdown).toContain("| enquête | 1,000 | 0,400 | 0,600 | carte de 2025 (0,300) ; carte de 2026 (0,100) |");
    expect(written.budgets).toHaveLength(1);
    const edited = { ...account, spendings: account.spendings.slice(1) };
    expect(() => made({ budgets: [{ name: "enquête", account: edited }] })).toThrow();
    expect(made().markdown).toContain("Aucun budget de confidentialité n'est donc entamé");
  });

  test("the table of answers has one line each, and the same register gives the same bytes", () => {
    const { csv, written } = made();
    const answers = written.traitements.flatMap(({ rubriques }) => rubriques.flatMap(({ reponses }) => reponses));
    expect(csv.trimEnd().split("\n")).toHaveLength(1 + answers.length);
    expect(made()).toEqual(made());
  });

  test("French typography holds", () => {
    const text = frenchSpaces(made().markdown).replaceAll(/ ?\| ?/g, "\n");
    expect(typographyFaults(text)).toEqual([]);
  });
});

describe("what the controller writes", () => {
  test("a field that is unknown, or no text, is refused; a territory or a file that is absent gives no answer", () => {
    const put = (yaml: string): string => {
      writeFileSync(join(folder, "registre.yaml"), yaml);
      return join(folder, "registre.yaml");
    };
    expect(() => readController(put("exemple:\n  delege: X\n"), "exemple")).toThrow(
      /delege.*registre\.yaml, exemple.*delegue/,
    );
    expect(() => readController(put("exemple:\n  contact: 12\n"), "exemple")).toThrow(/contact.*texte|texte.*contact/s);
    expect(() => readController(put("exemple:\n  mesures: une\n"), "exemple")).toThrow(/liste/);
    expect(readController(put("exemple:\n  contact: ici\n"), "occitanie")).toEqual({ measures: [] });
    expect(readController(put("# rien\n"), "exemple")).toEqual({ measures: [] });
    expect(readController(join(folder, "absent.yaml"), "exemple")).toEqual({ measures: [] });
  });
});

const finding = (change: Partial<GateFinding> = {}): GateFinding => ({
  code: "frequence",
  place: "carte-c2s",
  rule: "fréquence, t = 11",
  clause: "article 6",
  sentence: "Un effectif est de 7.",
  remedy: "le masquer",
  severity: "refuse",
  ...change,
});

describe("refused exports", () => {
  const file = (): string => join(folder, "refus.jsonl");

  test("hold the rule and the place, never a sentence nor a value; what is not refused is not there", () => {
    recordRefusals(file(), refusedExports([finding(), finding({ severity: "change" })], today));
    const text = readFileSync(file(), "utf8");
    expect(text).toBe(
      '{"on":"2026-11-24","code":"frequence","place":"carte-c2s","rule":"fréquence, t = 11","clause":"article 6"}\n',
    );
  });

  test("two that say the same are one line with a count, first and last days; the file only grows", () => {
    recordRefusals(file(), refusedExports([finding()], "2026-11-20"));
    const before = readFileSync(file(), "utf8");
    recordRefusals(file(), refusedExports([finding(), finding({ place: "autre", clause: null })], today));
    expect(readFileSync(file(), "utf8").startsWith(before)).toBe(true);
    const read = readRefusals(file());
    expect(read.map(({ place, count, first, last }) => [place, count, first, last])).toEqual([
      ["carte-c2s", 2, "2026-11-20", "2026-11-24"],
      ["autre", 1, "2026-11-24", "2026-11-24"],
    ]);
    const { markdown, written } = made({ refusals: read });
    expect(markdown).toContain("a refusé trois demandes de publication");
    expect(markdown).toContain(
      "| carte-c2s | fréquence, t = 11 | article 6 | 2 | 20 novembre 2026 | 24 novembre 2026 |",
    );
    expect(markdown).toContain("| autre | fréquence, t = 11 | règle du logiciel | 1 |");
    expect(written.refus).toHaveLength(2);
  });

  test("in print, a rule is in words, and refusals of one file and one rule are one line", () => {
    const scanned = { on: today, code: "identifiant", rule: "porte", clause: null };
    recordRefusals(file(), [
      { ...scanned, place: "livre-blanc.pdf, objet 1" },
      { ...scanned, place: "livre-blanc.pdf, objet 2", on: "2026-11-20" },
    ]);
    expect(made({ refusals: readRefusals(file()) }).markdown).toContain(
      "| livre-blanc.pdf | texte en forme d'identifiant ou d'adresse | règle du logiciel | 2 | 20 novembre 2026 | 24 novembre 2026 |",
    );
  });

  test("a record cut in half is refused, and nothing is added to it", () => {
    recordRefusals(file(), refusedExports([finding(), finding({ place: "autre" })], today));
    const cut = readFileSync(file(), "utf8").slice(0, -20);
    writeFileSync(file(), cut);
    expect(() => recordRefusals(file(), refusedExports([finding()], today))).toThrow(/abîmé.*ligne 2/);
    expect(readFileSync(file(), "utf8")).toBe(cut);
    writeFileSync(file(), '{"on":"2026-11-24","valeur":7}\n');
    expect(() => readRefusals(file())).toThrow(/abîmé.*ligne 1/);
  });

  test("no record, no refusal; nothing to record, no file", () => {
    recordRefusals(file(), []);
    expect(readRefusals(file())).toEqual([]);
    expect(made().markdown).toContain("Aucun refus n'est inscrit au registre de ce livre.");
  });
});

describe("overrides", () => {
  const yaml = `- lieu: revenus
  regle: axe-aux-extremes
  motif: Ces bornes sont publiées par l'INSEE.
  signePar: A. Durand, directrice
  le: "2026-01-05"
  jusquAu: "2026-12-31"
`;
  const read = (text: string, day = today): readonly Override[] => {
    writeFileSync(join(folder, "derogations.yaml"), text);
    return readOverrides(join(folder, "derogations.yaml"), day);
  };

  test("signed and in force, they are printed with their reason and their signature", () => {
    const overrides = read(yaml);
    const { markdown, written } = made({ overrides });
    expect(markdown).toContain(
      "| revenus | axe-aux-extremes | Ces bornes sont publiées par l'INSEE. | A. Durand, directrice | 5 janvier 2026 | 31 décembre 2026 | sans objet : règle du logiciel |",
    );
    expect(written.derogations).toHaveLength(1);
    expect(made({ overrides: read(`${yaml}  accord: lettre de la caisse, 3 janvier 2026\n`) }).markdown).toContain(
      "| lettre de la caisse, 3 janvier 2026 |",
    );
  });

  test.each([
    ["signature", (text: string) => text.replace(/ {2}signePar.*\n/, ""), /sa signature manque/],
    ["reason", (text: string) => text.replace(/motif: .*/, 'motif: ""'), /son motif manque/],
    ["known field", (text: string) => text.replace("motif", "motiff"), /motiff/],
    ["list", () => "lieu: revenus\n", /liste/],
  ])("without its %s, it is refused", (_, change, message) => {
    expect(() => read(change(yaml))).toThrow(message);
  });

  test("past its date, it is refused", () => {
    expect(() => read(yaml, "2027-01-01")).toThrow(/n'est plus en vigueur/);
  });

  test("no file, no override", () => {
    expect(readOverrides(join(folder, "absent.yaml"), today)).toEqual([]);
    expect(made().markdown).toContain("Aucune dérogation");
  });
});
