import { beforeAll, describe, expect, test } from "vitest";
import { namedAdministration } from "../../../src/book/transparency/administration.ts";
import { atrsRecord } from "../../../src/book/transparency/atrs.ts";
import { cardHtml } from "../../../src/book/transparency/card-html.ts";
import { cardMarkdown } from "../../../src/book/transparency/card-markdown.ts";
import { cardFault } from "../../../src/book/transparency/card-schema.ts";
import { cardsPart, transparencyCards } from "../../../src/book/transparency/cards-part.ts";
import { checkCard } from "../../../src/book/transparency/check-card.ts";
import { fillCard } from "../../../src/book/transparency/fill-card.ts";
import type { TransparencyCard } from "../../../src/book/transparency/transparency-card.ts";
import { frenchSpaces, typographyFaults } from "../../../src/book/typography.ts";
import { gateCard } from "../../../src/experiments/cards/gate.ts";
import { FIGURE_MIME } from "../../../src/notebook/bundle.ts";
import { bundleCard } from "../../../src/notebook/card-bundle.ts";
import { chart } from "../fixture.ts";

let card: TransparencyCard;
const none: ReadonlySet<string> = new Set();

beforeAll(() => {
  card = fillCard(bundleCard(gateCard()), {
    notebook: "05-protection.ipynb",
    figures: [chart({ release: { hidden: 3, inherited: 2, findings: [{ sentence: "Trois cellules masquées." }] } })],
    viewers: [],
    codeVersion: "abc",
    seed: 7,
    territory: "Territoire d’essai",
    edition: "Édition d’essai",
    administration: namedAdministration({ name: "Ville d’essai" }),
  });
});

/** The card with its four items changed. */
const withItems = (change: Partial<TransparencyCard["items"]>): TransparencyCard => ({
  ...card,
  items: { ...card.items, ...change },
});

describe("a complete card", () => {
  test("passes, and follows its published schema", () => {
    expect(() => checkCard(card, none)).not.toThrow();
    expect(cardFault(JSON.parse(JSON.stringify(card)))).toBeNull();
  });

  test("is filled from the run: data with their hashes, seed, code, and what the gate did", () => {
    expect(card.items.data.map(({ id, sha256 }) => [id, sha256.length])).toEqual([
      ["essai", 64],
      ["exemple-porte", 64],
    ]);
    expect(card.run).toMatchObject({ code: "abc", seed: 7, figures: ["distance-par-ville"] });
    expect(card.gate.hidden).toBe(3);
    expect(card.gate.inherited).toBe(2);
    expect(card.gate.checked).toBe(2);
    expect(card.gate.findings).toContainEqual({ sentence: "Trois cellules masquées.", tables: 1 });
  });

  test("asks for what nobody said, and never invents it", () => {
    expect(card.administration).toEqual({
      name: "Ville d’essai",
      service: "à compléter par l’organisme qui publie le livre",
      contact: "à compléter par le service responsable",
      dpo: "à compléter par le délégué à la protection des données",
    });
    expect(cardMarkdown(card, 1)).toContain("à compléter par le service responsable");
  });
});

describe("an incomplete card fails the build, and names what is missing", () => {
  const items: readonly (readonly [string, () => TransparencyCard, RegExp])[] = [
    ["the contribution to a decision", () => withItems({ contribution: " " }), /degré et le mode de contribution/],
    ["the data", () => withItems({ data: [] }), /données traitées et leurs sources/],
    [
      "the settings",
      () => withItems({ parameters: { ...card.items.parameters, list: [] } }),
      /paramètres de traitement/,
    ],
    [
      "their weights",
      () => withItems({ parameters: { ...card.items.parameters, weighting: "" } }),
      /paramètres de traitement/,
    ],
    ["the operations", () => withItems({ operations: [] }), /opérations effectuées/],
  ];
  test.each(items)("without %s", (_, made, said) => {
    expect(() => checkCard(made(), none)).toThrow(said);
  });

  test("a setting that a figure prints", () => {
    expect(() => checkCard(card, new Set(["rayon_km"]))).toThrow(/rayon_km/);
    expect(() => checkCard(card, new Set(["seuil"]))).not.toThrow();
  });

  test("the sentence of a setting", () => {
    const [first, ...others] = card.items.parameters.list;
    const silent = withItems({
      parameters: {
        ...card.items.parameters,
        list: [{ ...(first as NonNullable<typeof first>), sentence: "" }, ...others],
      },
    });
    expect(() => checkCard(silent, none)).toThrow(/pas de phrase.*seuil/);
  });

  test("the sensitivity of a setting: no line, or a result missing without a reason", () => {
    const without = { ...card, sensitivity: card.sensitivity.filter(({ parameter }) => parameter !== "totaux") };
    expect(() => checkCard(without, none)).toThrow(/sensibilité calculée.*totaux/);
    const holed = (why: string): TransparencyCard => ({
      ...card,
      sensitivity: card.sensitivity.map((row) => ({ ...row, base: null, why })),
    });
    expect(() => checkCard(holed(""), none)).toThrow(/sensibilité calculée/);
    expect(() => checkCard(holed("rien à quoi comparer"), none)).not.toThrow();
  });

  test("a setting that the table varies and the card does not know", () => {
    const stray = card.sensitivity.map((row, i) => (i === 0 ? { ...row, parameter: "inconnu" } : row));
    expect(() => checkCard({ ...card, sensitivity: [...card.sensitivity, ...stray] }, none)).toThrow(
      /ne connaît pas.*inconnu/,
    );
  });

  test("any other field, by the schema", () => {
    const { risks: _, ...rest } = card;
    expect(() => checkCard(rest as TransparencyCard, none)).toThrow(/\/risks/);
    expect(() => checkCard({ ...card, limits: [] }, none)).toThrow(/\/limits/);
  });

  test("a notebook that shows figures without a card, in a book that promises transparency", () => {
    const run = {
      contents: new Map([["01-essai.ipynb", [{ cell: 1, mime: FIGURE_MIME, content: chart() } as const]]]),
      ...{ codeVersions: new Map<string, string>(), seed: 1, territory: "essai", edition: "essai" },
    };
    expect(() => transparencyCards({ ...run, required: true })).toThrow(/01-essai\.ipynb/);
    expect(transparencyCards({ ...run, required: false }).map(({ id }) => id)).toEqual(["porte-de-protection"]);
    const lesson = (parameters: Readonly<Record<string, number>>) => ({
      ...run,
      contents: new Map([
        [
          "05-lecon.ipynb",
          [{ cell: 1, mime: FIGURE_MIME, content: chart({ id: "protection-bruit", parameters }) } as const],
        ],
      ]),
      lessons: ["05-lecon.ipynb"],
      required: true,
    });
    expect(transparencyCards(lesson({ graine: 1 }))).toHaveLength(1);
    expect(() => transparencyCards(lesson({ inconnu: 1 }))).toThrow(/inconnu/);
  });
});

describe("the files of a card, all from one object", () => {
  test("JSON, ATRS, Markdown and HTML are written, with the schema and the inventory", async () => {
    const { files, markdown } = await cardsPart([card]);
    expect([...files.keys()]).toEqual([
      "porte-de-protection.json",
      "porte-de-protection.atrs.json",
      "porte-de-protection.md",
      "porte-de-protection.html",
      "carte-algorithme-1.schema.json",
      "inventaire-algorithmes.csv",
    ]);
    expect(JSON.parse(files.get("porte-de-protection.json") ?? "")).toEqual(JSON.parse(JSON.stringify(card)));
    expect(markdown.startsWith("## ")).toBe(true);
    expect(markdown).toContain("### La porte de protection");
    const [head, line] = (files.get("inventaire-algorithmes.csv") ?? "").split("\n");
    expect(head?.startsWith("administration_nom;")).toBe(true);
    expect(line?.startsWith("Ville d’essai;")).toBe(true);
  });

  test("the four items of the code come first", () => {
    const text = cardMarkdown(card, 1);
    expect(text.indexOf("Les quatre éléments du code")).toBeLessThan(text.indexOf("Les réglages"));
    for (const item of ["1° Degré", "2° Données", "3° Réglages", "4° Opérations"]) expect(text).toContain(item);
  });

  test("the page says its language, its tables have captions and headings", async () => {
    const html = await cardHtml(card);
    expect(html).toContain('<html lang="fr">');
    expect(html.match(/<caption>/g)).toHaveLength(2);
    expect(html.match(/<th scope="col"/g)).toHaveLength(6);
    expect(html).not.toMatch(/<th(?![a-z]| scope="col")/);
    expect(html).not.toContain("<script");
  });

  test("the record has the sections of the ATRS", () => {
    const record = atrsRecord(card) as { readonly tier2: object };
    expect(Object.keys(record)).toEqual(["standard", "language", "metadata", "tier1", "tier2", "datasetCards"]);
    expect(Object.keys(record.tier2)).toEqual([
      "ownerAndResponsibility",
      "descriptionAndRationale",
      "decisionMakingProcess",
      "toolSpecification",
      "risksMitigationsAndImpactAssessments",
    ]);
  });

  test("French typography holds", () => {
    expect(typographyFaults(frenchSpaces(cardMarkdown(card, 1)).replaceAll(/^[|:].*$/gm, ""))).toEqual([]);
  });
});
