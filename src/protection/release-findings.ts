import type { SecrecyRule } from "../codes/lineage.ts";
import type { GateFinding } from "./gate-finding.ts";
import type { Override } from "./override.ts";

/** The article of a data clause that states the secrecy rules, as `clauseName("secrecy")` writes it; a test holds them equal. */
export const secrecyClause = "article 6 de la clause de données (Secret statistique et publication)";

/** The threshold, who states it, and on which counts it bore. */
export const threshold = (place: string, rule: SecrecyRule, counted: readonly string[] | null): GateFinding => ({
  code: "frequence",
  place,
  rule: `fréquence, t = ${rule.minUnits}`,
  clause: counted === null ? null : secrecyClause,
  sentence:
    counted === null
      ? "Toutes les sources sont déjà publiées\u00a0: leurs cellules masquées le restent."
      : `Seuil de ${rule.minUnits} (unité\u00a0: ${rule.unit}), énoncé par\u00a0: ${rule.statedBy}${counted.length > 0 ? `\u202f; compté ici sur\u00a0: ${counted.join(", ")}` : ""}.`,
  remedy: "",
  severity: "note",
});

/** The rules on how amounts are shared between contributors. */
export function concentration(place: string, { dominance = [], pPercent, zeros }: SecrecyRule): GateFinding {
  const rules = [
    ...dominance.map(({ n, k }) => (n === 1 ? `le premier au plus ${k} %` : `les ${n} premiers sous ${k} %`)),
    ...(pPercent === undefined ? [] : [`p % = ${pPercent}`]),
    zeros === "sensitive" ? "totaux nuls masqués" : "totaux nuls laissés",
  ];
  return {
    code: "concentration",
    place,
    rule: rules.join(", "),
    clause: secrecyClause,
    sentence: `Montants jugés contribution par contribution\u00a0: ${rules.join(", ")}.`,
    remedy: "",
    severity: "note",
  };
}

/** How many cells are hidden, without telling the small ones from those that protect them. */
export const hiddenCells = (place: string, rule: SecrecyRule, hidden: number, inherited: number): GateFinding => ({
  code: "cellules-masquees",
  place,
  rule: `fréquence, t = ${rule.minUnits}, et recoupements`,
  clause: hidden > 0 ? secrecyClause : null,
  sentence: `${hidden} cellule(s) masquée(s), parce qu'elles comptent trop peu d'unités ou pour que celles-là ne se déduisent pas\u202f; ${inherited} déjà masquée(s) par le producteur.`,
  remedy: "",
  severity: hidden > 0 ? "change" : "note",
});

/** What was attacked. */
export const attacked = (place: string, relations: number, cells: number): GateFinding => ({
  code: "recoupement",
  place,
  rule: "rang, intervalle et témoins entiers sur les relations publiées",
  clause: null,
  sentence:
    relations > 0
      ? `${relations} relation(s) additive(s) attaquée(s), ${cells} cellule(s) masquée(s) concernée(s)\u00a0: aucune n'est retrouvée.`
      : "Aucune relation additive n'est déclarée\u00a0: aucune soustraction n'a été essayée.",
  remedy: "",
  severity: "note",
});

/** What a published rate must leave unknown: the contract chooses. */
const guarantees = {
  ambiguous: "un des effectifs possibles atteint le seuil",
  interval: "aucun effectif possible sous le seuil, ou tous",
} as const;

/** A rate was rounded, and hidden where it would give a count back. */
export const rounded = (
  place: string,
  { label, decimals, guarantee }: { label: string; decimals: number; guarantee: "ambiguous" | "interval" },
  hidden: number,
): GateFinding => ({
  code: "taux",
  place: `${place}, ${label}`,
  rule: `taux à ${decimals} décimale(s), ${guarantees[guarantee]}`,
  clause: null,
  sentence: `Taux «\u00a0${label}\u00a0» arrondi à ${decimals} décimale(s) (${guarantees[guarantee]})\u00a0: ${hidden} cellule(s) masquée(s), parce que le taux redonnerait un effectif protégé.`,
  remedy: "",
  severity: hidden > 0 ? "change" : "note",
});

/** Rates that speak of everybody in their cell. */
export const extremeRates = (place: string, label: string, cells: number, whole: number): GateFinding => ({
  code: "classe-entiere",
  place: `${place}, ${label}`,
  rule: "0 % et 100 %",
  clause: null,
  sentence: `Taux «\u00a0${label}\u00a0»\u00a0: ${cells} cellule(s) à 0 ou à ${whole}, qui parlent de tout l'effectif.`,
  remedy: "déclarer le taux sensible si c'est ce qu'il ne faut pas dire",
  severity: "note",
});

/** A list of numbers quoted in prose. */
export const citedNumbers = (place: string, hidden: number): GateFinding => ({
  code: "chiffres-cites",
  place,
  rule: "tables contrôlées ou publiées, ou effectif déclaré",
  clause: null,
  sentence: `Chiffres tirés de tables contrôlées ou publiées, ou comptés un par un\u00a0: ${hidden} cellule(s) masquée(s).`,
  remedy: "",
  severity: hidden > 0 ? "change" : "note",
});

/** A rule that a signed decision sets aside. */
export const setAside = (place: string, { rule, reason, signedBy, on, agreement }: Override): GateFinding => ({
  code: "derogation",
  place,
  rule,
  clause: null,
  sentence: `Règle «\u00a0${rule}\u00a0» écartée par une dérogation signée par ${signedBy} le ${on}\u00a0: ${reason}${agreement ? ` Accord du fournisseur\u00a0: ${agreement}.` : ""}`,
  remedy: "",
  severity: "note",
});

/** A model whose output tells of no few units. */
export const modelOutput = (place: string): GateFinding => ({
  code: "modele",
  place,
  rule: "degrés de liberté, modalités, saturation, feuilles, marches",
  clause: null,
  sentence: "Sortie de modèle contrôlée\u00a0: aucun coefficient, feuille ou marche ne parle de trop peu d'unités.",
  remedy: "",
  severity: "note",
});
