import { frenchNumber } from "../../codes/french.ts";
import type { PlantedTakeUp } from "../../sources/planted-take-up.ts";
import { type Note, note } from "../experiment.ts";
import type { Right } from "./eligible-areas.ts";
import { type C2sFacts, heldOutOf } from "./key-numbers.ts";
import { type C2sStudy, placeName } from "./study.ts";

/** Paragraphs whose words depend on what the territory has. */
export type C2sReading = Readonly<
  Record<"data" | "weights" | "eligible" | "expected" | "outside" | "takeUp" | "ranks" | "trust" | "outreach", Note>
>;

export function reading(study: C2sStudy, facts: C2sFacts): C2sReading {
  const { sides, observed, ranks, loaded, planted } = facts;
  const aside = heldOutOf(study, facts.takeUp);
  const hasRates = sides !== null && Number.isFinite(sides.outside.nonTakeUp.value);
  return {
    data: note(
      [
        loaded.hasCensus
          ? "Les ménages sont ceux du recensement de la région."
          : "Les ménages sont des types déclarés, faute de recensement.",
        loaded.hasProfile
          ? "La composition de chaque quartier vient d’une extraction du recensement."
          : "La composition des quartiers n’est connue que par leur population, leur indice de jeunesse et leur taux d’emploi.",
        facts.takeUp
          ? `Les bénéficiaires sont comptés par l’Assurance maladie au 1er janvier ${facts.takeUp.beneficiaries.year}${facts.takeUp.beneficiaries.scheme === "general" ? ", pour le régime général seul" : ", tous régimes"}.`
          : "Les bénéficiaires ne sont pas comptés par quartier : aucun recours n’y est mesuré.",
        ...unanswered(study),
      ].join(" "),
    ),
    weights: facts.weights.reasons,
    expected: note(
      [
        "Si chaque droit était demandé comme dans le pays, {{c2s.taux_attendu}} des personnes qui ont droit à la C2S dans les quartiers ne l’auraient pas, soit {{c2s.non_recours}} personnes, entre {{c2s.non_recours_bas}} et {{c2s.non_recours_haut}} (@fig:c2s-non-recours-attendu). Ce n’est pas une mesure du recours de chacun.",
        facts.takeUp ? "Le recours mesuré plus haut en donne un autre nombre : {{c2s.mesures}}." : "",
        facts.national
          ? "Sur toute la France, la chaîne compte {{c2s.ecart_national}} de personnes éligibles à la C2S avec participation de plus que la Drees (@tab:c2s-cadrage-national) ; ramenée à ce total, elle donnerait environ {{c2s.non_recours_cale}} personnes dans les quartiers : l’intervalle ne couvre pas cet écart."
          : "",
      ]
        .filter(Boolean)
        .join(" "),
    ),
    eligible: note(
      "Dans l’ensemble des quartiers, {{c2s.part}} des habitantes et des habitants ont droit à la C2S, entre {{c2s.part_bas}} et {{c2s.part_haut}} : {{c2s.part_gratuite}} à la C2S gratuite, les autres avec participation. Dans le quartier médian, la part est de {{c2s.part_mediane}}, entre {{c2s.part_basse}} et {{c2s.part_haute}} (@fig:c2s-part-carte, @fig:c2s-part-classee). La largeur des intervalles fait partie du résultat.",
    ),
    outside: note(
      sides
        ? `Dans les communes qui ont un quartier prioritaire, {{c2s.dedans}} des habitants des quartiers ont droit à la C2S, et {{c2s.dehors}} de ceux qui vivent en dehors, entre {{c2s.dehors_bas}} et {{c2s.dehors_haut}} (@fig:c2s-dedans-dehors).${hasRates ? " Le non-recours est de {{c2s.nr_dedans}} dans les quartiers, entre {{c2s.nr_dedans_bas}} et {{c2s.nr_dedans_haut}}, et de {{c2s.nr_dehors}} en dehors, entre {{c2s.nr_dehors_bas}} et {{c2s.nr_dehors_haut}} (@tab:c2s-dedans-dehors-tableau). Les deux taux ne portent pas sur le même nombre : environ {{c2s.nt_dedans}} personnes du régime général ont droit à la C2S et ne l’ont pas dans les quartiers, {{c2s.nt_dehors}} en dehors, dans les communes dont les comptes sont connus." : ""}`
        : "",
    ),
    takeUp: note(
      observed
        ? `Les bénéficiaires sont comptés par le régime général au 1er janvier 2021. ${observed.hidden > 0 ? "{{c2s.caches}} quartiers n’ont pas de valeur : leur compte est secret ou absent, ou leurs éligibles ne sont pas estimés." : "Le compte de chaque quartier est diffusé ; son partage entre les deux droits peut être secret."} ${observed.failures > 0 ? "Dans {{c2s.echecs}} quartiers, il y a plus de bénéficiaires que de personnes estimées éligibles : le modèle y échoue, et la valeur reste affichée telle quelle." : "Dans aucun, les bénéficiaires ne dépassent les personnes estimées éligibles."} Dans l’ensemble, environ {{c2s.mesures}} personnes ont droit à la C2S et ne l’ont pas, entre {{c2s.mesures_bas}} et {{c2s.mesures_haut}}, si les autres régimes se comportent comme le régime général. Un petit quartier a un taux incertain : les estimations sont lissées, chacune rapprochée de ce que donnent les autres, d’autant plus qu’elle est incertaine (@fig:c2s-non-recours-observe, @tab:c2s-non-recours-par-droit).`
        : "Sur ce territoire, les bénéficiaires ne sont pas comptés par quartier : aucun recours n’est mesuré, et rien n’est inventé.",
    ),
    ranks: note(
      ranks
        ? "L’ordre est connu pour {{c2s.paires}} des paires de quartiers (@fig:c2s-rangs). Le graphique des résidus (@fig:c2s-residus) montre si le modèle suit ses hypothèses."
        : "Sans bénéficiaires comptés, il n’y a pas de non-recours à classer.",
    ),
    trust: note(
      [
        "Chaque étape est retirée à son tour, et chaque hypothèse changée (@tab:c2s-sensibilite-tableau).",
        stepWords(facts),
        planted
          ? "Le territoire est inventé : la vérité y est connue, et la chaîne, qui ne l’a pas lue, lui est comparée (@tab:c2s-verite-tableau). Une seule vérité y est plantée : l’erreur que tous les quartiers partagent n’est tirée qu’une fois, et les intervalles peuvent y contenir la vérité plus souvent, ou moins souvent, que neuf fois sur dix : ici, ils sont plus larges que les écarts entre quartiers."
          : "",
        facts.hypotheses
          ? `Que le total de la C2S gratuite soit proche de celui de la Drees ne prouve pas la chaîne : selon ce que l’on suppose, le rapport des deux va de ${frenchNumber(100 * facts.hypotheses.lowest, { decimals: 0 })} à ${frenchNumber(100 * facts.hypotheses.highest, { decimals: 0, unit: "%" })} (@tab:c2s-cadrage-hypotheses).`
          : "",
        planted ? biasWords(study, facts, planted) : "",
        aside
          ? "Dans des quartiers mis de côté, un cinquième à la fois, la chaîne prédit les bénéficiaires à {{c2s.ecart_chaine}} près (écart quadratique relatif) ; le taux de pauvreté multiplié par une constante, à {{c2s.ecart_pauvrete}} près ; l’écart entre les deux n’a pas d’intervalle."
          : "",
        loaded.hasCensus
          ? ""
          : "Faute de recensement, les ménages sont des types déclarés : ce que cela change ne se lit pas dans les intervalles.",
        facts.national
          ? "Deux contrôles externes ne servent à caler rien : les totaux de la Drees pour la France (@tab:c2s-cadrage-national), et le RSA (@tab:c2s-controle-rsa), où le droit simulé dépasse ce qui est versé, puisqu’un tiers des foyers qui ont droit au RSA ne le demandent pas (Drees, 2018)."
          : "",
      ]
        .filter(Boolean)
        .join(" "),
    ),
    outreach: facts.plan.words,
  };
}

/** Neighbourhoods that the chain cannot estimate, each with its reason. */
const unanswered = (study: C2sStudy): readonly string[] => {
  const failed = study.eligible.failures.flatMap((reason, row) =>
    reason === null ? [] : [`${placeName(study, row)} : ${reason}`],
  );
  return failed.length === 0 ? [] : [`Quartiers sans estimation : ${failed.join(" ; ")}`];
};

/** Which steps weigh the most, from the rows themselves. */
function stepWords({ variants }: C2sFacts): string {
  const steps = variants.filter(({ kind }) => kind === "étape").sort((a, b) => b.shift - a.shift);
  const said = steps.map(
    ({ label, shift }) =>
      `${frenchNumber(shift, { decimals: 1, unit: Math.abs(shift) < 2 ? "point" : "points" })} ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
  );
  return `La part des éligibles d’un quartier change en moyenne de ${said.join(", de ")}.`;
}

/** What the planted truth says against the chain: the bias of each right, and whether the interval of the paying right holds the truth. */
function biasWords(study: C2sStudy, { observed }: C2sFacts, planted: ReadonlyMap<string, PlantedTakeUp>): string {
  const bias = (right: Right, of: (truth: PlantedTakeUp) => number): string => {
    const gaps = study.codes.flatMap((code, area) => {
      const truth = planted.get(code);
      const value = study.eligible.value[right][area];
      return truth && Number.isFinite(value) ? [(100 * (value - of(truth))) / study.persons[area]] : [];
    });
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    return `${mean > 0 ? "+" : ""}${frenchNumber(mean, { decimals: 1 })}`;
  };
  const words = `Le biais est de ${bias("free", ({ free }) => free)} sur la C2S gratuite et de ${bias("participation", ({ all }) => all)} sur l’ensemble, en points de pourcentage : le partage entre les deux droits, et donc le non-recours de chacun, est moins sûr que l’ensemble.`;
  const paying = observed?.rates.values[1];
  if (!observed || !paying) return words;
  let [eligible, covered] = [0, 0];
  for (const area of observed.rates.known) {
    const truth = planted.get(study.codes[area] ?? "");
    eligible += (truth?.general ?? Number.NaN) - (truth?.generalFree ?? Number.NaN);
    covered += (truth?.generalCovered ?? Number.NaN) - (truth?.generalFreeCovered ?? Number.NaN);
  }
  const truth = 1 - covered / eligible;
  const held = paying.low <= truth && truth <= paying.high;
  return `${words} Pour la C2S avec participation, le vrai non-recours est de ${frenchNumber(100 * truth, { decimals: 0, unit: "%" })} : l’intervalle ${held ? "le contient" : "ne le contient pas"} (@tab:c2s-non-recours-par-droit).`;
}
