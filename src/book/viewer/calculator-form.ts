import { c2sAreaLabels } from "../../models/benefits/c2s-parameters.ts";
import { resourceItems } from "../../models/benefits/c2s-resource-items.ts";
import { words } from "./html.ts";

/** What most households have; the others are folded. Excluded items are not asked: they do not count. */
const mainItems: readonly string[] = [
  "wages",
  "selfEmployment",
  "unemployment",
  "retirement",
  "invalidity",
  "familyAllowances",
  "maintenanceReceived",
  "aah",
  "aspa",
];

const roleChoices = [
  ["spouse", "Conjoint ou partenaire de PACS"],
  ["concubin", "Concubin"],
  ["child", "Enfant"],
  ["other", "Autre personne à charge"],
] as const;
const workedChoices = [
  ["", "non dit"],
  ["no", "non"],
  ["yes", "oui"],
] as const;
const tieChoices = [
  ["tax-household", "rattaché au foyer fiscal"],
  ["same-roof", "enfant sous le même toit, qui déclare seul"],
  ["deducted-pension", "majeur recevant une pension déduite de l’impôt"],
  ["court-pension", "pension fixée par un juge"],
  ["none", "aucun lien"],
] as const;
const situationChoices = [
  ["none", "aucune de celles-ci"],
  ["off-sick-over-six-months", "arrêt de travail de plus de six mois"],
  ["unemployment-benefit", "chômage indemnisé"],
  ["partial-unemployment", "chômage partiel"],
  ["ass", "allocation de solidarité spécifique"],
  ["paid-training", "stage de formation rémunéré"],
  ["custody", "détention sans travail"],
] as const;

const options = (choices: readonly (readonly [string, string])[]): string =>
  choices.map(([value, label]) => `<option value="${value}">${words(label)}</option>`).join("");
const select = (name: string, label: string, choices: readonly (readonly [string, string])[]): string =>
  `<label>${words(label)} <select name="${name}">${options(choices)}</select></label>`;
const check = (name: string, label: string): string =>
  `<label class="case"><input type="checkbox" name="${name}"> <span>${words(label)}</span></label>`;
const amount = (name: string, label: string): string =>
  `<label>${words(label)} <input name="${name}" inputmode="decimal" autocomplete="off"></label>`;

/** The fields of one person. Names end with its rank, which only has to differ from the others'. */
export function personFields(rank: number): string {
  const first = rank === 0;
  const items = resourceItems.filter(({ treatment }) => treatment !== "excluded");
  const main = items.filter(({ id }) => mainItems.includes(id));
  const others = items.filter(({ id }) => !mainItems.includes(id));
  const money = (list: typeof items): string => list.map(({ id, label }) => amount(`${id}-${rank}`, label)).join("");
  return `<fieldset class="personne" data-person="${rank}"><legend>${first ? "La personne qui demande" : "Autre personne"}</legend>
<div class="champs">${first ? "" : select(`role-${rank}`, "Lien", roleChoices)}<label>Date de naissance (obligatoire) <input type="date" name="birth-${rank}" required min="1900-01-01"></label></div>
<fieldset class="montants"><legend>${words("Ressources des douze mois, en euros")}</legend><div class="champs">${money(main)}</div>
<details><summary>${words("Autres ressources")}</summary><div class="champs">${money(others)}</div></details></fieldset>
<details class="situation"><summary>Situation</summary><div class="champs">${select(`situation-${rank}`, "Le jour de la demande", situationChoices)}${select(`worked-${rank}`, "A travaillé dans les trois derniers mois", workedChoices)}${check(`aspa-now-${rank}`, "Reçoit l’ASPA")}${check(`asi-now-${rank}`, "Reçoit l’ASI")}${check(`aah-now-${rank}`, "Reçoit l’AAH à taux plein ou en complément")}${
    first
      ? `${check(`independent-${rank}`, "Moins de 25 ans : vit et déclare ses impôts sans ses parents")}${check(`student-aid-${rank}`, "Moins de 25 ans : étudiant avec une aide annuelle d’urgence")}`
      : `${select(`tie-${rank}`, "Enfant ou autre personne : rattachement", tieChoices)}${check(`alternating-${rank}`, "Enfant mineur en résidence alternée")}${check(`taxed-apart-${rank}`, "Conjoint imposé séparément")}${check(`independent-${rank}`, "Moins de 25 ans : indépendant de ses parents")}${check(`student-aid-${rank}`, "Moins de 25 ans : étudiant avec une aide annuelle d’urgence")}`
  }</div></details>
${first ? "" : `<p><button type="button" data-remove="${rank}">Retirer cette personne</button></p>`}</fieldset>`;
}

/** The box by which a household says that its empty fields are zeros. */
export const noResources = "Aucune ressource sur douze mois";

/** The whole form. It is written by the page's own script: without JavaScript it could not answer. */
export function calculatorForm(date: string): string {
  return `<form novalidate>
<p class="vie-privee">${words("Rien de ce qui est écrit ici n’est enregistré ni envoyé : le calcul se fait dans cette page, et tout s’efface quand on la ferme.")}</p>
<div class="champs"><label>Date de la demande (obligatoire) <input type="date" name="date" required value="${date}"></label>${select("area", "Territoire", Object.entries(c2sAreaLabels))}${select(
    "occupancy",
    "Logement",
    [
      ["tenant", "locataire"],
      ["owner", "propriétaire"],
      ["free", "logé gratuitement"],
    ],
  )}${amount("housing-benefit", "Aide au logement, en euros par mois (vide : aucune)")}${check("rsa", "Le foyer reçoit le RSA")}${check("alsace-moselle", "Régime local d’Alsace-Moselle")}</div>
<p data-period></p>
<div data-persons>${personFields(0)}</div>
<div class="sans-ressource">${check("no-resources", noResources)}<p class="petit">${words("Pour tout le foyer, en dehors du RSA et de l’aide au logement. Dès qu’une ressource est écrite, un champ vide compte pour zéro.")}</p></div>
<p class="gestes"><button type="button" data-add>Ajouter une personne</button> <button type="submit">Calculer</button></p>
<div data-error role="alert"></div>
</form>
<div data-answer role="region" aria-label="Réponse du calculateur" tabindex="-1" hidden></div>`;
}
