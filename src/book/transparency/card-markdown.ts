import { frenchNumber } from "../../codes/french.ts";
import { dataWords, gapWords, resultWords } from "./card-data-words.ts";
import { markdownTable } from "./markdown-table.ts";
import type { CardGate, CardSensitivity, TransparencyCard } from "./transparency-card.ts";

/** What all cards say alike when no list of persons can come out: told once in the book, in each card that stands alone. */
export const sharedWords = ({ decision, purpose, administration }: TransparencyCard): string =>
  [
    `**Une liste de personnes ?** ${decision.personList.sentence} ${decision.personList.consequence}`,
    `**Combien de décisions ?** Décisions prises par an à partir d’un tel calcul : ${decision.decisionsPerYear}.`,
    "**Écart et erreur.** Là où des groupes sont comparés, l’écart moyen est l’estimation moins la référence : proche de zéro, la méthode ne penche d’aucun côté. L’erreur est la taille habituelle de l’écart, quel qu’en soit le sens (racine de la moyenne des carrés).",
    `**Qui contrôle.** ${decision.humanOversight} ${purpose.legalGrounds}`,
    `**Qui répond.** Responsable : ${administration.name}. Service : ${administration.service}. Contact : ${administration.contact}. Délégué à la protection des données : ${administration.dpo}.`,
  ].join("\n\n");

/** A card as French Markdown. `level` is that of its heading: 1 in a file of its own; in the book, where `shared` is already told, what says the same is left out. */
export function cardMarkdown(card: TransparencyCard, level: number, shared = ""): string {
  const { items, purpose, method, run, risks, limits, equity } = card;
  return [
    `${"#".repeat(level)} ${card.title}`,
    card.summary,
    `*Méthode : ${natureWords[method.nature]}. ${card.territory} ; ${card.updated} ; calcul : ${run.notebook} ; graine ${run.seed} ; code ${run.code || "sans version"}.*`,
    markdownTable(
      ["Élément du code", "Réponse"],
      [
        ["1° Degré et mode de contribution à une décision", items.contribution],
        ["2° Données traitées et sources", `${dataWords(items.data)}.`],
        [
          "3° Réglages et pondération",
          `Appliqués à ${items.parameters.appliesTo === "zone" ? "des zones, jamais à une personne" : "des tableaux, jamais à une personne"} ; leur table suit. ${items.parameters.weighting}`,
        ],
        ["4° Opérations effectuées", items.operations.map((step, i) => `(${i + 1}) ${step}`).join(" ")],
      ],
      { caption: "Les quatre éléments du code (CRPA, article R. 311-3-1-2)", widths: [24, 76] },
    ),
    ...(sharedWords(card) === shared ? [] : [sharedWords(card)]),
    `**Pourquoi.** ${purpose.why} *Contexte :* ${lowerFirst(purpose.context)} *Pour qui :* ${lowerFirst(purpose.audience)} *Avant :* ${lowerFirst(purpose.previousProcess)} *Autres voies examinées :* ${purpose.alternatives.map(withoutStop).join(" ; ")}.`,
    settingsMarkdown(card),
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

/** Each setting with its value and its sentence, and what it changes: the result as it is, at a lower value, at a higher one. Measures have a letter, told under the table. */
function settingsMarkdown({ sensitivity, items }: TransparencyCard): string {
  const measures = [...new Set(sensitivity.map(({ measured }) => measured))];
  const letterOf = (measured: string): string => String.fromCharCode(65 + measures.indexOf(measured));
  const rows = items.parameters.list.flatMap(({ key, label, value, sentence }) =>
    sensitivity
      .filter(({ parameter }) => parameter === key)
      .map((row, i) => [
        `${i === 0 ? `**${capital(label)}** : ${value}. ${sentence}` : `**${capital(label)}**, autre mesure.`}${row.why ? ` Non calculable : ${row.why}.` : ""}`,
        ...resultsOf(row, letterOf(row.measured)),
      ]),
  );
  return [
    markdownTable(["Réglage, valeur et rôle", "Mesure et résultat", "S’il est plus bas", "S’il est plus haut"], rows, {
      caption: "Les réglages, et ce que chacun change, tout le reste égal",
      widths: [52, 14, 17, 17],
    }),
    `*Mesures.* ${measures.map((measured) => `${letterOf(measured)} : ${measured}`).join(" ; ")}.`,
  ].join("\n\n");
}

function resultsOf(row: CardSensitivity, letter: string): readonly string[] {
  if (row.why) return [letter, "–", "–"];
  const at = ({ setting, result }: CardSensitivity["low"]): string => `${resultWords(result, row)} (${setting})`;
  return [`${letter} : ${resultWords(row.base, row)}`, at(row.low), at(row.high)];
}

function gateWords({ checked, hidden, inherited, findings }: CardGate): string {
  const tables = `${frenchNumber(checked)} ${checked > 1 ? "tables sont passées" : "table est passée"} par la porte`;
  const own =
    hidden === 0
      ? "elle n’y a masqué aucune cellule"
      : `elle y a masqué ${frenchNumber(hidden)} ${hidden > 1 ? "cellules" : "cellule"}`;
  const before =
    inherited === 0
      ? ""
      : ` ; ${frenchNumber(inherited)} l’${inherited > 1 ? "étaient" : "était"} déjà par leur producteur`;
  const told =
    findings.length === 0
      ? ""
      : ` Ce qu’elle a constaté (${frenchNumber(findings.length)} ${findings.length > 1 ? "phrases" : "phrase"}) est dans le fichier de la carte.`;
  return `${tables} : ${own}${before}.${told}`;
}

const natureWords: Readonly<Record<string, string>> = {
  règles: "des règles écrites",
  appris: "des modèles estimés sur les données",
  "règles et appris": "des règles écrites et des modèles estimés sur les données",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const withoutStop = (text: string): string => lowerFirst(text).replace(/\.$/, "");
