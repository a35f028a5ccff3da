import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { numberColumn, numbers, reasonAt, table, textColumn, texts } from "../../codes/table.ts";
import { canonicalJson, sha256 } from "../../engine/hash.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { noiseCase } from "../protection/noise-case.ts";
import type { AlgorithmCard, CardStory } from "./card.ts";
import { type Sensitivity, sensitivityTable } from "./sensitivity-table.ts";
import { aboutAreas } from "./shared-words.ts";

/** An invented table, five neighbourhoods by four ages: its small numbers may be shown, so the gate can be watched at work. */
const ages = ["15 à 29 ans", "30 à 59 ans", "60 à 74 ans", "75 ans et plus"] as const;
const invented: readonly (readonly [string, readonly number[]])[] = [
  ["Les Ajoncs", [64, 120, 31, 14]],
  ["Le Belvédère", [38, 77, 19, 6]],
  ["La Criée", [22, 45, 12, 3]],
  ["Les Dunes", [51, 98, 27, 8]],
  ["L’Écluse", [17, 33, 9, 0]],
];

interface GateRule {
  readonly minUnits: number;
  /** Whether the totals by neighbourhood and by age are published beside the cells. */
  readonly totals: boolean;
}

const asPublished: GateRule = { minUnits: 11, totals: true };

const story: Omit<CardStory, "equityWords"> = {
  ...aboutAreas,
  contribution:
    "Nul : aucune décision individuelle ne s’appuie sur ce contrôle, qui juge des tableaux. Il décide de ce qui est publié, jamais de ce qui est fait pour une personne.",
  id: "porte-de-protection",
  title: "La porte de protection",
  summary:
    "Contrôle toute table, toute figure et tout chiffre avant leur publication. Masque ce qui compte trop peu de personnes, cherche si un lecteur pourrait le retrouver par soustraction, et refuse ce qu’elle ne peut pas rendre sûr.",
  why: "Un petit nombre dans un tableau peut révéler la situation d’une personne à ses voisins. La promesse de ne rien révéler doit pouvoir être vérifiée.",
  context:
    "Chaque producteur fixe son seuil dans une clause de données. Quand aucun seuil n’est dit, le plus strict que l’on connaisse s’applique : 11.",
  audience: "Tous les lecteurs du livre, et chaque personne comptée dans une table.",
  previousProcess: "Une relecture à la main, tableau par tableau, sans regarder les publications d’avant.",
  alternatives: [
    "Ajouter du bruit aux nombres : possible, mais les totaux ne tombent plus juste, et l’auteur doit le choisir.",
    "Arrondir tous les nombres : plus simple, mais un petit nombre arrondi se retrouve parfois.",
    "Ne rien publier sous la commune : sûr, mais le quartier disparaît.",
  ],
  appliesTo: "tableau",
  weighting:
    "Aucun poids : une cellule sous le seuil est masquée, quel que soit son sujet. Les cellules masquées pour en protéger d’autres sont choisies pour perdre le moins d’information.",
  operations: [
    "Le seuil le plus strict des sources de la table est retenu.",
    "Toute cellule qui compte moins d’unités que ce seuil est masquée, sauf zéro.",
    "D’autres cellules le sont, pour que les premières ne se retrouvent pas par soustraction des totaux.",
    "Un attaquant, écrit à part, essaie de les retrouver avec tout ce qui est publié.",
    "S’il y parvient, la publication est refusée, sans jamais écrire la valeur protégée.",
  ],
  nature: "règles",
  risks: [
    {
      risk: "Une relation entre tables n’est pas déclarée, et un lecteur s’en sert.",
      mitigation: "Les publications sont inscrites à un registre, et une nouvelle est attaquée avec les anciennes.",
    },
    {
      risk: "Masquer tant que les petits groupes n’apparaissent plus.",
      mitigation: "Le nombre de cellules masquées est publié, et des regroupements sont proposés.",
    },
  ],
  limits: [
    "La porte ne sait pas ce que chaque voisin sait déjà, hors de ce que la clause déclare.",
    "Elle protège des nombres, pas des impressions : une moyenne peut blesser un quartier sans révéler personne.",
  ],
  code: ["src/protection/"],
};

/** The card of the gate, tried on an invented table at other settings. The counts of what it hid in the book are added by the book. */
export function gateCard(seed = 20260301): AlgorithmCard {
  const hidden = (change: Partial<GateRule>): number => hiddenShare(passed({ ...asPublished, ...change }));
  const row = (parameter: string, low: Sensitivity["low"], high: Sensitivity["high"]): Sensitivity => ({
    parameter,
    measured: "part des cellules masquées dans la table d’exemple",
    unit: "%",
    decimals: 0,
    low,
    base: hidden({}),
    high,
  });
  const rows = [
    row(
      "seuil",
      { setting: "5 personnes", result: hidden({ minUnits: 5 }) },
      { setting: "20 personnes", result: hidden({ minUnits: 20 }) },
    ),
    row(
      "totaux",
      { setting: "sans totaux", result: hidden({ totals: false }) },
      { setting: "avec totaux", result: hidden({}) },
    ),
  ];
  const { truth } = noiseCase(seed);
  const mean = (step: number): Sensitivity["low"] => ({
    setting: String(seed + step),
    result: noiseCase(seed + step).redrawnMean,
  });
  rows.push({
    parameter: "graine",
    measured: `moyenne de dix mille publications bruitées d’une cellule inventée de ${truth} personnes`,
    unit: "personnes",
    decimals: 2,
    low: mean(1),
    base: mean(0).result,
    high: mean(2),
  });
  const shown = passed(asPublished);
  const oldest = ages[3];
  const percent = (inside: (age: string) => boolean): string => frenchNumber(hiddenShare(shown, inside), { unit: "%" });
  return {
    ...story,
    kind: "card",
    equityWords: `Le secret efface d’abord les petits groupes : dans la table d’exemple, il masque ${percent((age) => age === oldest)} des cellules des ${oldest}, contre ${percent((age) => age !== oldest)} de celles des autres âges. Un groupe peu nombreux est mieux protégé, et moins visible : il faut alors réunir des quartiers plutôt que des âges.`,
    parameters: [
      {
        key: "seuil",
        label: "seuil",
        value: "celui du producteur ; 11 s’il n’en dit pas",
        sentence: "Un nombre plus petit que ce seuil n’est jamais montré, sauf zéro.",
      },
      {
        key: "totaux",
        label: "totaux publiés",
        value: "ceux que l’auteur déclare",
        sentence:
          "Plus on publie de totaux, plus il faut masquer de cellules pour qu’aucune ne se retrouve par soustraction.",
      },
      {
        key: "graine",
        label: "graine des exercices",
        value: String(seed),
        sentence:
          "Ce nombre fixe les tirages au sort des exercices d’attaque ; la porte elle-même ne tire rien au sort.",
      },
    ],
    sensitivity: sensitivityTable(rows, {
      name: "sensibilité de la porte",
      lineage: [example(asPublished)],
      units: invented.length * ages.length,
    }),
    equity: null,
  };
}

/** The invented table once through the gate under a rule. */
function passed(rule: GateRule): Released {
  const cells = invented.flatMap(([place, counts]) => counts.map((count, i) => ({ place, age: ages[i] ?? "", count })));
  const byAge = ages.map((age, i) => ({
    place: "ensemble",
    age,
    count: invented.reduce((sum, [, counts]) => sum + (counts[i] ?? 0), 0),
  }));
  const byPlace = invented.map(([place, counts]) => ({
    place,
    age: "ensemble",
    count: counts.reduce((sum, count) => sum + count, 0),
  }));
  const rows = rule.totals ? [...cells, ...byAge, ...byPlace] : cells;
  const at = (place: string, age: string): number => rows.findIndex((one) => one.place === place && one.age === age);
  return release(
    table(
      {
        quartier: textColumn(
          rows.map(({ place }) => place),
          { label: "Quartier" },
        ),
        age: textColumn(
          rows.map(({ age }) => age),
          { label: "Âge" },
        ),
        personnes: numberColumn(
          rows.map(({ count }) => count),
          { label: "Personnes", unit: "personnes", summable: true },
        ),
      },
      [example(rule)],
    ),
    {
      name: "table d’exemple de la porte",
      counts: "personnes",
      open: ["quartier", "age"],
      margins: rule.totals
        ? [
            ...ages.map((age) => ({
              column: "personnes",
              total: at("ensemble", age),
              parts: invented.map(([place]) => at(place, age)),
            })),
            ...invented.map(([place]) => ({
              column: "personnes",
              total: at(place, "ensemble"),
              parts: ages.map((age) => at(place, age)),
            })),
          ]
        : [],
    },
  );
}

/** Percent of the inner cells that are hidden, totals left out. */
function hiddenShare(data: Released, inside: (age: string) => boolean = () => true): number {
  const places = texts(data, "quartier").values;
  const own = [...places.keys()].filter((row) => {
    const age = texts(data, "age").values[row] ?? "";
    return places[row] !== "ensemble" && age !== "ensemble" && inside(age);
  });
  const column = numbers(data, "personnes");
  return (100 * own.filter((row) => reasonAt(column, row) === "s").length) / own.length;
}

const example = ({ minUnits }: GateRule): SourceRef => ({
  id: "exemple-porte",
  title: "Table inventée pour voir la porte à l’œuvre",
  publisher: "Quartiers",
  licence: "Licence Ouverte 2.0",
  vintage: "sans date",
  url: "",
  file: "src/experiments/cards/gate.ts",
  sha256: sha256(canonicalJson(invented)),
  synthetic: true,
  published: false,
  secrecy: { unit: "personne", minUnits, statedBy: "la règle par défaut du livre" },
});
