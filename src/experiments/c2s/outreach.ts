import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { forbiddenUses } from "../../models/outreach/forbidden-uses.ts";
import type { OutreachArea } from "../../models/outreach/outreach-areas.ts";
import { outreachTrials } from "../../models/outreach/outreach-trials.ts";
import { type OutreachYield, outreachYield } from "../../models/outreach/outreach-yield.ts";
import { type OutreachPlan, planOutreach } from "../../models/outreach/plan-outreach.ts";
import { type Note, note } from "../experiment.ts";
import { answered } from "./eligible-areas.ts";
import { expectedDraws } from "./expected-figure.ts";
import { type C2sStudy, champOf, releaseNeighbourhoods, roundTo } from "./study.ts";
import { nonTakerDraws, type TakeUp } from "./take-up.ts";

/** What an outreach is supposed to cost. No source gives these amounts: they are there to be replaced, and the chapter says so. */
export interface OutreachAssumptions {
  readonly budgetEur: number;
  readonly fixedEurArea: number;
  readonly eurPerContact: number;
  /** Share (0 to 1) of the inhabitants of a neighbourhood that can be met. */
  readonly reachable: number;
}

export const defaultOutreach: OutreachAssumptions = {
  budgetEur: 60_000,
  fixedEurArea: 500,
  eurPerContact: 4,
  reachable: 0.2,
};

export interface OutreachChapter {
  readonly plan: OutreachPlan;
  readonly areas: readonly OutreachArea[];
  readonly yields: OutreachYield;
  readonly table: Figure;
  readonly words: Note;
  readonly forbidden: Note;
}

/** Where an outreach opens the most rights for a budget, under the yields of the Lille trial: observed non-takers where they are known, expected ones elsewhere. */
export function outreachChapter(
  study: C2sStudy,
  takeUp: TakeUp | null,
  {
    seed,
    draws,
    assumptions,
  }: { readonly seed: number; readonly draws: number; readonly assumptions: OutreachAssumptions },
): OutreachChapter {
  const yields = outreachYield(outreachTrials["lille-2009"], { draws, seed });
  const known = answered(study.eligible).flatMap((area) => {
    const nonTakers = takeUp ? nonTakerDraws(takeUp, area, study.persons[area]) : expectedDraws(study, [area]);
    const persons = study.persons[area];
    const reachablePersons = Math.floor(assumptions.reachable * persons);
    return nonTakers ? [{ code: study.codes[area] ?? "", nonTakers, persons, reachablePersons }] : [];
  });
  const planWith = (found: OutreachYield): OutreachPlan =>
    planOutreach({ areas: known, budgetEur: assumptions.budgetEur, costs: assumptions, yields: found, seed: seed + 1 });
  const plan = planWith(yields);
  // The other reading of the trial: all refusals went to persons who had no right.
  const bold = planWith(outreachYield(outreachTrials["lille-2009"], { draws, seed, refusals: "not-counted" }));
  const chosen = plan.areas.filter(({ contacts }) => contacts > 0).sort((a, b) => b.opened.value - a.opened.value);
  const rows = chosen.map(({ code }) => study.codes.indexOf(code));
  const column = (pick: (area: (typeof chosen)[number]) => number, label: string, unit: string, step: number) =>
    numberColumn(
      chosen.map((area) => roundTo(pick(area), step)),
      { label, unit },
    );
  const released = releaseNeighbourhoods(
    study,
    "plan d'aller-vers",
    {
      contacts: column(({ contacts }) => contacts, "Personnes contactées", "", 10),
      cout: column(({ eur }) => eur, "Coût", "€", 10),
      demandes: column(({ applications }) => applications, "Demandes", "", 1),
      ouverts: column(({ opened }) => opened.value, "Droits ouverts", "", 1),
      bas: column(({ opened }) => opened.low, "Borne basse", "", 1),
      haut: column(({ opened }) => opened.high, "Borne haute", "", 1),
      par_droit: column(({ eurPerOpened }) => eurPerOpened?.value ?? Number.NaN, "Coût par droit", "€", 10),
    },
    { rows, lineage: takeUp ? [...study.lineage, ...takeUp.beneficiaries.lineage] : study.lineage },
  );
  const { best, equalSplit, byPopulation } = plan;
  const table = dataTable(released, {
    id: "c2s-aller-vers-tableau",
    title: `Avec ${frenchNumber(assumptions.budgetEur, { unit: "€" })}, l’aller-vers ouvrirait environ ${frenchNumber(best.opened.value)} droits`,
    subtitle: `Quartiers retenus par le plan qui ouvre le plus de droits ; rendements de l’essai de Lille : 17 % de demandes parmi les personnes contactées qui ont droit et n’ont pas la C2S, dont 55 % acceptées ; nombres attendus, pas des comptes ; ${takeUp ? "non-recours estimé sur les bénéficiaires comptés" : "non-recours attendu aux taux nationaux"} ; bornes à 90 %`,
    alt: `Tableau de ${rows.length} quartiers : personnes contactées, coût, demandes attendues, droits ouverts avec leurs bornes, coût par droit ouvert.`,
    champ: champOf(study),
    lecture:
      rows.length > 0
        ? `dans le quartier ${study.names[rows[0] ?? 0]}, ${frenchNumber(numbers(released, "contacts").values[0])} personnes contactées ouvriraient environ ${frenchNumber(numbers(released, "ouverts").values[0])} droits, entre ${frenchNumber(numbers(released, "bas").values[0])} et ${frenchNumber(numbers(released, "haut").values[0])}.`
        : "aucun quartier n’est retenu : ce budget n’ouvre pas l’action dans un seul, ou personne ne peut y être joint.",
    columns: ["nom_qp", "nom_commune", "contacts", "cout", "demandes", "ouverts", "bas", "haut", "par_droit"],
    parameters: { ...study.parameters, ...assumptions, graine_plan: seed },
  });
  const cost = best.eurPerOpened;
  const left = plan.leftOut.length;
  const words = note(
    [
      `Hypothèses : ouvrir l’action dans un quartier coûte ${frenchNumber(assumptions.fixedEurArea, { unit: "€" })}, chaque personne contactée ${frenchNumber(assumptions.eurPerContact, { unit: "€" })}, et l’on ne peut joindre que ${frenchNumber(100 * assumptions.reachable, { unit: "%" })} des habitants. Ces nombres n’ont pas de source : ils sont là pour être remplacés.`,
      `Le plan retient ${frenchNumber(rows.length)} quartier${rows.length > 1 ? "s" : ""} et ouvrirait entre ${frenchNumber(best.opened.low)} et ${frenchNumber(best.opened.high)} droits${cost ? `, soit environ ${frenchNumber(roundTo(cost.value, 10), { unit: "€" })} par droit ouvert` : ""}. Si tous les refus de l’essai étaient allés à des personnes sans droit, il en ouvrirait environ ${frenchNumber(bold.best.opened.value)} : ces deux lectures de l’essai encadrent le résultat.`,
      `Le même budget partagé à parts égales en ouvrirait environ ${frenchNumber(equalSplit.opened.value)} ; partagé selon la population, ${frenchNumber(byPopulation.opened.value)} ; une part plus petite que le coût d’ouverture n’ouvre rien. ${best.gap < 0.05 ? "Aucun autre choix de quartiers n’ouvrirait plus de droits." : `L’écart au meilleur plan possible est d’au plus ${frenchNumber(best.gap, { decimals: 1 })} droit${best.gap >= 2 ? "s" : ""}.`}${left > 0 ? ` ${frenchNumber(left)} quartiers sans estimation complète sont laissés de côté.` : ""}`,
      `L’essai portait sur un courrier envoyé à des assurés repérés sur leurs revenus de 2007. Tous en ont reçu un : on ne sait pas combien auraient demandé sans courrier. Les effectifs sont recalculés depuis des pourcentages arrondis. Que la C2S d’aujourd’hui réponde comme l’ACS de Lille est une hypothèse qu’aucun intervalle ne couvre. Les personnes sont contactées sans ciblage : la plupart n’ont pas droit à la C2S, ou l’ont déjà ; les enfants sont comptés parmi elles : en foyers, le nombre de demandes est plus petit. ${takeUp ? "Le non-recours des autres régimes est supposé le même que celui du régime général." : "L’intervalle ne dit rien du recours propre au quartier, qui n’est pas mesuré : le plan retient d’abord les quartiers où le plus de personnes ont droit."}`,
    ].join("\n\n"),
  );
  return { plan, areas: known, yields, table, words, forbidden: forbiddenNote() };
}

const forbiddenNote = (): Note =>
  note(
    [
      "Ce à quoi ces estimations ne doivent pas servir. Aucune personne n’est dans les sorties : les usages qui visent des personnes y sont impossibles ; les autres sont interdits, et la convention doit le dire :",
      "",
      ...forbiddenUses.map((use) => `- ${use}`),
    ].join("\n"),
  );
