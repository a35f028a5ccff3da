import { frenchNumber } from "../../codes/french.ts";
import { dataWords, gapWords, resultWords } from "./card-data-words.ts";
import { markdownTable } from "./markdown-table.ts";
import type { CardGate, CardSensitivity, TransparencyCard } from "./transparency-card.ts";

/** A card as French Markdown, two pages at most. `level` is that of its heading: 1 in a file of its own, 3 in the book. */
export function cardMarkdown(card: TransparencyCard, level: number): string {
  const { items, purpose, decision, method, run, risks, limits, equity, administration } = card;
  return [
    `${"#".repeat(level)} ${card.title}`,
    card.summary,
    `*${card.territory} ; ${card.updated} ; code ${run.code || "non versionné"} ; graine ${run.seed} ; carnet ${run.notebook}. Responsable : ${[...new Set([administration.name, administration.service])].join(", ")}. Contact : ${administration.contact}. Délégué à la protection des données : ${administration.dpo}.*`,
    markdownTable(
      ["Élément du code", "Réponse"],
      [
        ["1. Degré et mode de contribution à une décision", items.contribution],
        ["2. Données traitées et sources", `${dataWords(items.data)}.`],
        [
          "3. Réglages et pondération",
          `Appliqués à ${items.parameters.appliesTo === "zone" ? "des zones, jamais à une personne" : "des tableaux, jamais à une personne"} ; la table des réglages suit. ${items.parameters.weighting}`,
        ],
        ["4. Opérations effectuées", items.operations.map((step, i) => `(${i + 1}) ${step}`).join(" ")],
      ],
      { caption: "Les quatre éléments du code (CRPA, article R. 311-3-1-2)", widths: [24, 76] },
    ),
    `**Une liste de personnes ?** ${decision.personList.sentence} ${decision.personList.consequence}`,
    `**Pourquoi.** ${purpose.why} ${purpose.context} ${purpose.audience} *Avant :* ${lowerFirst(purpose.previousProcess)} *Autres voies examinées :* ${purpose.alternatives.map(withoutStop).join(" ; ")}.`,
    `**Qui contrôle.** ${decision.humanOversight} Décisions par an : ${decision.decisionsPerYear}. ${purpose.legalGrounds} Méthode : ${method.nature === "règles" ? "des règles écrites" : method.nature === "appris" ? "des modèles estimés sur les données" : "des règles écrites et des modèles estimés sur les données"}.`,
    markdownTable(
      ["Réglage", "Valeur", "Ce qu’il fait"],
      items.parameters.list.map(({ label, value, sentence }) => [capital(label), value, sentence]),
      { caption: "Les réglages", widths: [24, 16, 60] },
    ),
    sensitivityMarkdown(card),
    `**Équité.** ${equity.words}`,
    ...(equity.rows.length > 0
      ? [
          markdownTable(
            ["Groupe", "Comparé à", "Écart moyen", "Erreur"],
            equity.rows.map(({ group, against, bias, error }) => [group, against, gapWords(bias), gapWords(error)]),
            { caption: "Les erreurs comparées entre groupes", widths: [34, 30, 18, 18] },
          ),
        ]
      : []),
    `**Protection.** ${gateWords(card.gate)}`,
    `**Risques.** ${risks.map(({ risk, mitigation }) => `*${risk}* ${mitigation}`).join(" ")}`,
    `**Limites.** ${limits.join(" ")}`,
  ].join("\n\n");
}

/** What each setting changes, measure by measure: the result as it is, at a lower value, at a higher one. */
function sensitivityMarkdown({ sensitivity, items }: TransparencyCard): string {
  const labels = new Map(items.parameters.list.map(({ key, label }) => [key, label]));
  const measures = new Map<string, CardSensitivity[]>();
  for (const row of sensitivity) measures.set(row.measured, [...(measures.get(row.measured) ?? []), row]);
  const at = (row: CardSensitivity, { setting, result }: CardSensitivity["low"]): string =>
    `${resultWords(result, row)} (${setting})`;
  const rows = [...measures].flatMap(([measured, list]) =>
    list.map((row) => {
      const label = capital(labels.get(row.parameter) ?? row.parameter);
      if (row.why) return [label, measured, `non calculable : ${row.why}`, "–", "–"];
      return [label, measured, at(row, row.low), resultWords(row.base, row), at(row, row.high)];
    }),
  );
  return markdownTable(["Réglage changé", "Ce qui est mesuré", "Plus bas", "Retenu", "Plus haut"], shortened(rows), {
    caption: "Ce que chaque réglage change, tout le reste égal",
    widths: [22, 30, 17, 13, 18],
  });
}

/** A measure told once, then « même mesure ». */
const shortened = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.map((row, i) =>
    i > 0 && row[1] === rows[i - 1]?.[1] ? row.map((cell, k) => (k === 1 ? "même mesure" : cell)) : row,
  );

function gateWords({ checked, hidden, inherited, findings }: CardGate): string {
  const refused = hidden + inherited;
  const tables = `${frenchNumber(checked)} ${checked > 1 ? "tables sont passées" : "table est passée"} par la porte`;
  const cells =
    refused === 0
      ? "aucune cellule n’y est masquée"
      : `${frenchNumber(hidden)} ${hidden > 1 ? "cellules y sont masquées" : "cellule y est masquée"}, et ${frenchNumber(inherited)} l’${inherited > 1 ? "étaient" : "était"} déjà par leur producteur`;
  return `${tables} : ${cells} ; ${frenchNumber(findings.length)} ${findings.length > 1 ? "constats différents sont" : "constat est"} dans le fichier de la carte.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const withoutStop = (text: string): string => lowerFirst(text).replace(/\.$/, "");
