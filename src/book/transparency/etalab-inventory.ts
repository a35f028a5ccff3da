import { dataWords } from "./card-data-words.ts";
import type { TransparencyCard } from "./transparency-card.ts";

/** Columns of the inventory of public algorithms, under the headings that Etalab's guide asks for. */
const columns: readonly (readonly [string, (card: TransparencyCard) => string])[] = [
  ["administration_nom", ({ administration }) => administration.name],
  ["administration_service", ({ administration }) => administration.service],
  ["contact", ({ administration }) => administration.contact],
  ["date_mise_a_jour", ({ updated }) => updated],
  ["algorithme_nom", ({ title }) => title],
  ["contexte", ({ purpose }) => purpose.context],
  ["finalite", ({ purpose }) => purpose.why],
  ["moment_d_intervention", ({ items }) => items.contribution],
  ["niveau_d_automatisation", ({ decision }) => decision.automation],
  ["fondement_juridique", ({ purpose }) => purpose.legalGrounds],
  ["decisions_par_an", ({ decision }) => decision.decisionsPerYear],
  ["portee", () => "externe : le livre est public"],
  ["public_concerne", ({ purpose }) => purpose.audience],
  ["donnees_et_sources", ({ items }) => dataWords(items.data)],
  ["mode_de_collecte", () => "fichiers publiés par leur producteur, ou remis sous une clause de données"],
  ["nature", ({ method }) => method.nature],
  ["operations", ({ items }) => items.operations.join(" ")],
  ["code_source", ({ method }) => method.code.join(" ")],
];

/** All cards as one CSV (semicolons, UTF-8), one line an algorithm. */
export function etalabInventory(cards: readonly TransparencyCard[]): string {
  const cell = (text: string): string => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns.map(([name]) => name), ...cards.map((card) => columns.map(([, of]) => cell(of(card))))];
  return `${lines.map((line) => line.join(";")).join("\n")}\n`;
}
