import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bpeIrisContract } from "../../../src/sources/bpe-iris.ts";
import { c2sBeneficiairesContract } from "../../../src/sources/c2s-beneficiaires.ts";
import { sources } from "../../../src/sources/catalogue.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { clauseText } from "../../../src/sources/contracts/clause.ts";
import { clauseCommand, contractCommand } from "../../../src/sources/contracts/commands.ts";
import { odcsYaml } from "../../../src/sources/contracts/odcs.ts";
import { clauseArticles, type Terms } from "../../../src/sources/terms.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { signedTerms } from "./examples.ts";

const c2s: Contract = { ...c2sBeneficiairesContract, terms: signedTerms };
const under = (terms: Partial<Terms>): Contract => ({ ...c2s, terms: { ...signedTerms, ...terms } });

const missions: Contract = {
  ...c2s,
  id: "missions-interim",
  terms: { ...signedTerms, purposes: ["distance-emploi"] },
  title: "Missions d'intérim par quartier de résidence",
  publisher: "Agence d'intérim (fichier d'un partenaire)",
  unit: "mission",
  columns: [
    { name: "code_qp", from: "QUARTIER", type: "qpv2024", label: "Quartier de résidence", required: true },
    { name: "age", type: "text", label: "Tranche d'âge", values: ["16-25", "26 et plus"] },
    { name: "salaire", type: "number", label: "Salaire horaire", unit: "EUR/heure", range: [11.5, 1_000] },
  ],
  key: [],
  quasiIdentifiers: ["code_qp", "age"],
  joins: ["communes", "rome-codes"],
  secrecy: { unit: "salarié intérimaire", minUnits: 5, statedBy: "convention du 5 janvier 2026, article 6" },
};

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
const article = (text: string, number: number): string => plain(text).split(/^## Article /m)[number] ?? "";

describe("the data clause", () => {
  test("its articles are those that refusals name, in order", () => {
    const titles = [...plain(clauseText(c2s)).matchAll(/^## Article (\d+)\. (.+)$/gm)].map(([, n, title]) => [
      Number(n),
      title,
    ]);
    expect(titles).toEqual(
      Object.values(clauseArticles).map(({ number, title }) => [number, title.replaceAll("'", "’")]),
    );
  });

  test("each article says what the contract says", () => {
    const text = clauseText(c2s, { titles: new Map() });
    expect(article(text, 1)).toContain("**le fournisseur** : Caisse de l’exemple, représenté par Camille Martin ;");
    expect(article(text, 2)).toContain(
      "une ligne par quartier et année. Les données sont agrégées : chaque ligne compte un ensemble de personnes",
    );
    expect(article(text, 2)).toContain(
      "| `sans_participation` | Bénéficiaires sans participation | nombre entier, en personnes, de 0 à 200 000 | « s » : valeur couverte par le secret statistique |",
    );
    expect(article(text, 2)).not.toContain("Ne sont ni additionnées");
    const median = { name: "mediane", type: "number", label: "Niveau de vie médian", unit: "EUR/an" } as const;
    expect(article(clauseText({ ...c2s, columns: [...c2s.columns, median] }), 2)).toContain(
      "Ne sont ni additionnées, ni moyennées sans pondération : la colonne `mediane`.",
    );
    expect(article(text, 3)).toContain("Base légale : mission d’intérêt public du programme (RGPD, art. 6, 1, e).");
    expect(article(text, 3)).toContain(
      "à la seule finalité suivante :\n\n- mesurer, par quartier prioritaire, le non-recours",
    );
    expect(article(text, 3)).toContain("article 9 du RGPD");
    expect(article(text, 4)).toContain(
      "Seuls accèdent aux lignes du fichier : l’équipe du programme et les services de l’État",
    );
    expect(article(text, 6)).toContain(
      "Aucune valeur inférieure au seuil ne sort : aucun résultat portant sur moins de 11 personnes n’est publié",
    );
    expect(article(text, 6)).toContain("Le fournisseur n’a pas énoncé de seuil");
    expect(article(text, 6)).toContain(
      "par le signe « s » tout effectif de 1 à 10 dans les colonnes `sans_participation` et `avec_participation`",
    );
    expect(article(text, 7)).toContain("jusqu’au 31 décembre 2027 inclus");
    expect(article(text, 9)).toContain("accordée le 5 janvier 2026, par le directeur de la caisse.");
    expect(article(text, 10)).toContain("La clause entre en vigueur le 12 janvier 2026.");
    expect(plain(text)).not.toContain("[à compléter]");
  });

  test("individual rows: pseudonymised, quasi-identifiers named, persons informed, impact examined", () => {
    const text = clauseText(missions, { titles: new Map([["communes", "Communes de France"]]) });
    expect(article(text, 2)).toContain("individuelles et pseudonymisées");
    expect(article(text, 2)).toContain(
      "| `salaire` | `salaire` | Salaire horaire | nombre, en euros par heure, de 11,5 à 1 000 | case vide : valeur non disponible |",
    );
    expect(article(text, 3)).toContain("articles 13 et 14 du RGPD");
    expect(article(text, 3)).toContain("RGPD, art. 35");
    expect(article(text, 3)).not.toContain("santé");
    expect(article(text, 5)).toContain("« Communes de France » (`communes`) et `rome-codes`");
    expect(article(text, 6)).toContain("moins de 5 salariés intérimaires");
    expect(article(text, 6)).toContain("énoncé ainsi : convention du 5 janvier 2026, article 6.");
    expect(article(text, 8)).toContain(
      "Prises ensemble, les colonnes `code_qp` et `age` pourraient désigner une personne.",
    );
    expect(article(clauseText({ ...missions, quasiIdentifiers: ["age"] }), 8)).toContain(
      "la colonne `age` pourrait désigner une personne. Elle n’est",
    );
  });

  test("article 6 says every rule that the gate applies, and only those", () => {
    const bare = article(clauseText(missions), 6);
    for (const word of ["Concentration", "pondérée", "par ailleurs", "total nul", "valeurs distinctes"])
      expect(bare).not.toContain(word);
    expect(bare).toContain("doit pouvoir prendre toutes les valeurs de 0 à 5 ; un montant masqué");
    expect(bare).toContain("incertain d’au moins 10 %, en plus comme en moins");
    expect(bare).toContain("il doit pouvoir correspondre à un effectif au moins égal au seuil.");
    const text = article(
      clauseText({
        ...missions,
        secrecy: {
          ...missions.secrecy,
          identifiedBy: "age",
          dominance: [
            { n: 1, k: 85 },
            { n: 2, k: 90.5 },
          ],
          pPercent: 10,
          zeros: "sensitive",
          interval: [1, 20],
          amountPercent: 12.5,
          weighted: "both",
          rates: "interval",
          outsideKnowledge: [
            { column: "salaire", least: 11.52, greatest: 1000 },
            { column: "age", greatest: 12 },
          ],
        },
      }),
      6,
    );
    for (const sentence of [
      "le seuil compte les valeurs distinctes de la colonne `age`.",
      "un total est masqué quand une seule contribution en dépasse 85 %, quand les deux plus fortes contributions en font ensemble 90,5 % ou plus ou quand le deuxième contributeur, en retirant sa propre part, pourrait estimer celle du premier à moins de 10 % près.",
      "Un effectif nul peut être publié. Un total nul est masqué dès que des salariés intérimaires y contribuent.",
      "toutes les valeurs de 1 à 20 ; un montant masqué doit rester incertain d’au moins 12,5 %",
      "Le seuil s’applique à la fois au nombre de salariés intérimaires et au nombre que représentent les pondérations.",
      "il doit pouvoir correspondre aussi à tous les effectifs de 0 à 5.",
      "sur chaque ligne, `salaire` vaut au moins 11,52 et au plus 1 000 et `age` vaut au plus 12.",
    ])
      expect(text).toContain(sentence);
    for (const [weighted, words] of [
      ["weighted", "Le seuil s’applique au nombre que représentent les pondérations."],
      ["unweighted", "Le seuil s’applique au nombre de salariés intérimaires, sans les pondérations."],
    ] as const)
      expect(article(clauseText({ ...missions, secrecy: { ...missions.secrecy, weighted } }), 6)).toContain(words);
    const none = article(clauseText({ ...missions, secrecy: { unit: "offre", minUnits: 1, statedBy: "public" } }), 6);
    expect(none).toContain("ne fixe aucun effectif minimal");
    expect(none).not.toContain("doit pouvoir prendre");
  });

  test("columns that differ by a number only share a row of the table", () => {
    const months = Array.from({ length: 12 }, (_, i) => ({
      name: `m${String(i + 1).padStart(2, "0")}`,
      type: "text" as const,
      label: `Situation au mois ${i + 1}`,
    }));
    const text = article(clauseText({ ...missions, columns: [...missions.columns, ...months] }), 2);
    expect(text).toContain(
      "| `m01` à `m12` | `m01` à `m12` | de « Situation au mois 1 » à « Situation au mois 12 » | texte |",
    );
    expect(text).not.toContain("`m02`");
    expect(article(clauseText({ ...missions, columns: [...missions.columns, ...months.slice(0, 3)] }), 2)).toContain(
      "| `m02` |",
    );
  });

  test("a clause to sign is a draft with places to fill", () => {
    const { terms: _, ...template } = c2s;
    const text = plain(clauseText(template));
    expect(text).toContain("*Projet, à relire par un juriste avant signature.*");
    expect(text).toContain("le fournisseur** : Cnam, représenté par [à compléter]");
    expect(text).toContain("| Organisme | [à compléter] | [à compléter] |");
    expect(text).toContain("le jour de la dernière des deux signatures");
  });

  test("number and gender agree, elisions are made, a withdrawal and an open end are said", () => {
    const several = clauseText(
      under({ purposes: ["distance-emploi", "autre"], recipients: ["l'équipe du programme"] }),
    );
    expect(article(several, 3)).toContain("aux seules finalités suivantes :");
    expect(article(several, 3)).toContain("- l’expérience `autre`.");
    expect(article(several, 4)).toContain("Seul accède aux lignes du fichier : l’équipe du programme.");
    const permission = { status: "retirée", on: "2026-06-01", by: "la caisse" } as const;
    expect(article(clauseText(under({ permission })), 9)).toContain("a été retirée le 1er juin 2026, par la caisse.");
    expect(article(clauseText(under({ permission })), 10)).toContain("en vigueur le 12 janvier 2026");
    expect(article(clauseText(under({ retention: "sans limite" })), 7)).toContain(
      "Les parties ne fixent pas de terme.",
    );
    expect(article(clauseText({ ...c2s, joins: [] }), 5)).toContain(
      "Aucun croisement avec un autre jeu de données n’est autorisé.",
    );
    const firms: Contract = { ...c2s, secrecy: { unit: "établissement", minUnits: 2, statedBy: "x" } };
    expect(article(clauseText(firms), 2)).toContain("un ensemble d’établissements");
    expect(article(clauseText(firms), 6)).toContain("tout effectif de 1 dans");
    expect(
      article(clauseText({ ...firms, secrecy: { ...firms.secrecy, unit: "foyer fiscal", minUnits: 11 } }), 6),
    ).toContain("moins de 11 foyers fiscaux");
  });

  test("every text of the catalogue is typeset: no straight apostrophe, no English, no bare space where French wants a hard one", () => {
    for (const contract of [...sources(), missions]) {
      const prose = clauseText(contract).replaceAll(/`[^`]*`|<https?:[^>]*>|«\s- undefined\s»/g, "X");
      expect(prose, contract.id).not.toMatch(/'|undefined|\bNaN\b|\[object|\bthe\b|\bfile\b| [:;!?»]|« /);
      expect(prose, contract.id).not.toMatch(/\.\.| {2}/);
      expect(prose.endsWith("\n")).toBe(true);
    }
  });

  test("open data gets the notice of its licence, and nobody signs", () => {
    const notice = plain(clauseText(bpeIrisContract));
    expect(notice).toContain("# Notice de réutilisation");
    expect(notice).toContain(
      "Mention à reproduire : « Source : Insee, Base permanente des équipements, par IRIS, 2018. Licence Ouverte 2.0. »",
    );
    expect(notice).toContain("art. L. 322-1");
    expect(notice).not.toContain("Article 10");
    const own = plain(clauseText({ ...bpeIrisContract, licence: "conditions de l'interface" }));
    expect(own).toContain("Cette licence est propre au producteur");
    expect(own).not.toContain("L. 322-1");
  });
});

describe("the commands", () => {
  test("an unknown source is named, with those that exist", () => {
    expect(() => clauseCommand("c2s", null)).toThrow(/«\u202fc2s\u202f».*c2s-beneficiaires/);
    expect(() => contractCommand("c2s", null)).toThrow(/«\u202fc2s\u202f»/);
  });

  test("without a territory: the clause to sign, and our own contract", () => {
    expect(clauseCommand("c2s-beneficiaires", null)).toContain("[à compléter]");
    expect(contractCommand("c2s-beneficiaires", null)).toBe(odcsYaml(c2sBeneficiairesContract));
    expect(JSON.parse(contractCommand("c2s-beneficiaires", null, "datapackage"))).toMatchObject({
      name: "c2s-beneficiaires",
    });
  });

  test("with a signed contract beside the file: its clause", () => {
    const folder = mkdtempSync(join(tmpdir(), "quartiers-clause-"));
    try {
      mkdirSync(join(folder, "c2s-beneficiaires"));
      writeFileSync(join(folder, "c2s-beneficiaires/c2s_qpv.csv"), "");
      writeFileSync(join(folder, "c2s-beneficiaires/c2s_qpv.contrat.yaml"), odcsYaml(c2s));
      const territory = openTerritory({ territory: "occitanie", data: folder });
      expect(clauseCommand("c2s-beneficiaires", territory)).toContain("représenté par Camille Martin");
      expect(contractCommand("c2s-beneficiaires", territory)).toContain("Camille Martin");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
