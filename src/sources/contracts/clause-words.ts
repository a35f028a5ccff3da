import { frenchNumber } from "../../codes/french.ts";
import type { MissingReason } from "../../codes/table.ts";
import type { ColumnContract, ColumnType, Contract } from "../contract.ts";

/**
 * French typography: hard spaces before a colon and inside references, narrow ones inside guillemets and before high punctuation, curved apostrophes.
 * What stands between backticks and the addresses are left as they are.
 * @example
 * ```ts
 * typeset("l'article L. 311-6 : « non »") // "l’article L. 311-6 : « non »"
 * ```
 */
export function typeset(text: string): string {
  return text
    .split(/(`[^`]*`|https?:\/\/[^\s)>]+)/)
    .map((part, i) => (i % 2 === 1 ? part : typesetWords(part)))
    .join("");
}

const typesetWords = (text: string): string =>
  text
    .replaceAll("'", "’")
    .replaceAll("...", "…")
    .replace(/[ \u00a0\u202f]+:/g, "\u00a0:")
    .replace(/[ \u00a0\u202f]+([;!?»])/g, "\u202f$1")
    .replace(/«[ \u00a0\u202f]*/g, "«\u202f")
    .replace(/\b(art\.|[LRD]\.|n°|article|articles) (?=\d|[LRD]\.)/gi, "$1\u00a0")
    .replace(
      /\b(\d{1,2}|1er) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)/g,
      "$1\u00a0",
    )
    .replace(/(\d) (?=\d{3}\b)/g, "$1\u202f");

/**
 * A unit in the plural, its complement left as it is.
 * @example
 * ```ts
 * plural("demandeur d'emploi") // "demandeurs d'emploi"
 * ```
 */
export function plural(unit: string): string {
  const words = unit.split(" ");
  const end = words.findIndex((word) => /^(?:d['’].*|de|du|des|en|à|au|aux|par|pour|et|ou)$/.test(word));
  return words.map((word, i) => (end >= 0 && i >= end ? word : pluralWord(word))).join(" ");
}

function pluralWord(word: string): string {
  if (/[sxz]$/.test(word)) return word;
  if (/al$/.test(word)) return word.replace(/al$/, "aux");
  return /(?:eau|eu)$/.test(word) ? `${word}x` : `${word}s`;
}

/** "a", "a et b", "a, b et c". */
export function enumerate(items: readonly string[], last = "et"): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** "la colonne `a`", "les colonnes `a` et `b`". */
export const theColumns = (names: readonly string[]): string =>
  `${names.length > 1 ? "les colonnes" : "la colonne"} ${enumerate(names.map((name) => `\`${name}\``))}`;

/** What each experiment is for, as a data clause says it. */
const purposes: Readonly<Record<string, string>> = {
  "distance-emploi":
    "mesurer la distance entre les quartiers prioritaires et les offres d'emploi qui correspondent aux métiers recherchés par leurs habitants",
  "non-recours-c2s": "mesurer, par quartier prioritaire, le non-recours à la Complémentaire santé solidaire (C2S)",
  "trajectoires-emploi":
    "décrire les parcours, entre chômage et emploi, des demandeurs d'emploi des quartiers prioritaires",
  "pratiques-culturelles": "comparer les pratiques culturelles des habitants et l'offre culturelle de leur quartier",
};

/** A purpose in words, with the identifier that the program checks. */
export const purposeWords = (id: string): string =>
  purposes[id] ? `${purposes[id]} (\`${id}\`)` : `l'expérience \`${id}\``;

export const reasonWords: Readonly<Record<MissingReason, string>> = {
  s: "valeur couverte par le secret statistique",
  ns: "valeur non significative",
  nd: "valeur non disponible",
};

/** What a column of each type holds, in plain French. */
export const typeWords: Readonly<Record<ColumnType, string>> = {
  text: "texte",
  number: "nombre",
  integer: "nombre entier",
  date: "date (année, mois, jour)",
  commune: "code de commune (code officiel géographique)",
  qpv2015: "code de quartier prioritaire, génération 2015",
  qpv2024: "code de quartier prioritaire, génération 2024",
  iris: "code d'IRIS (îlot regroupé pour l'information statistique)",
  dciris: "code d'IRIS (îlot regroupé pour l'information statistique), ou de commune sans IRIS",
  carreau: "identifiant d'un carreau de la grille européenne",
  rome: "code de métier (Répertoire opérationnel des métiers et des emplois)",
  fap: "code de famille professionnelle",
  naf: "code d'activité (nomenclature d'activités française)",
  siret: "numéro d'établissement (Siret)",
  departement: "code de département",
  region: "code de région",
  epci: "numéro d'intercommunalité (EPCI à fiscalité propre)",
};

const unitWords: Readonly<Record<string, string>> = {
  "%": "en pour cent",
  m: "en mètres",
  km: "en kilomètres",
  "": "sans unité",
};

/** A unit as a sentence says it. */
export const unitOf = ({ unit }: ColumnContract): string =>
  unit === undefined ? "" : (unitWords[unit] ?? `en ${unit.replace(/\bEUR\b/, "euros").replace(/\//g, " par ")}`);

/** A number of units: "11 personnes", "1 personne". */
export const countOf = (count: number, unit: string): string =>
  `${frenchNumber(count)}\u00a0${count < 2 ? unit : plural(unit)}`;

/** Abbreviations that a signatory need not know. */
const abbreviations: Readonly<Record<string, string>> = {
  C2S: "la Complémentaire santé solidaire",
  CAF: "la caisse d'allocations familiales",
  COG: "le code officiel géographique",
  IRIS: "les îlots regroupés pour l'information statistique",
  MSA: "la Mutualité sociale agricole",
  QPV: "les quartiers prioritaires de la politique de la ville",
  ROME: "le Répertoire opérationnel des métiers et des emplois",
};

/** The abbreviations that a contract uses, each with its meaning: "« QPV » désigne les quartiers prioritaires...". */
export function definitions({ title, geography, columns, notes = [] }: Contract): readonly string[] {
  const text = [title, geography, ...notes, ...columns.map(({ label }) => label)].join(" ");
  return Object.entries(abbreviations)
    .filter(([short]) => new RegExp(`\\b${short}\\b`).test(text))
    .map(([short, long]) => `« ${short} » désigne ${long}`);
}

/**
 * Whether one row tells of one person, household or establishment, rather than of a group counted together. A file that counts units has
 * aggregated rows; otherwise, quasi-identifiers or a row that is itself the unit of the threshold tell individual rows.
 */
export function isIndividual({ unit, secrecy, quasiIdentifiers = [], columns }: Contract): boolean {
  if (columns.some(({ masked }) => masked)) return false;
  return quasiIdentifiers.length > 0 || unit === secrecy.unit || unit.startsWith(`${secrecy.unit} `);
}

const health = /\bC2S\b|complémentaire santé|assurance maladie|affection|handicap|\bAAH\b/i;

/** Whether the data tells of health, or of the social protection that depends on it. */
export const touchesHealth = ({ title, columns }: Contract): boolean =>
  health.test(title) || columns.some(({ label }) => health.test(label));

/** The name of a publisher without the remark that the file comes from a partner. */
export const providerName = ({ publisher }: Contract): string =>
  publisher.replace(/\s*\((?:fichier|extraction|export) d['’]une? partenaire\)$/, "").trim();
