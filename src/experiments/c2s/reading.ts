import { type Note, note } from "../experiment.ts";
import { type C2sFacts, heldOutOf } from "./key-numbers.ts";
import type { C2sStudy } from "./study.ts";

/** Paragraphs whose words depend on what the territory has. */
export type C2sReading = Readonly<
  Record<"weights" | "eligible" | "outside" | "takeUp" | "ranks" | "trust" | "outreach", Note>
>;

export function reading(study: C2sStudy, facts: C2sFacts): C2sReading {
  const { sides, observed, ranks, loaded, planted } = facts;
  const aside = heldOutOf(study, facts.takeUp);
  const hasRates = sides !== null && Number.isFinite(sides.outside.nonTakeUp.value);
  return {
    weights: facts.weights.reasons,
    eligible: note(
      "Dans l’ensemble des quartiers, {{c2s.part}} des habitantes et des habitants ont droit à la C2S, entre {{c2s.part_bas}} et {{c2s.part_haut}} : {{c2s.part_gratuite}} à la C2S gratuite, les autres avec participation. Dans le quartier médian, la part est de {{c2s.part_mediane}}, entre {{c2s.part_basse}} et {{c2s.part_haute}} (@fig:c2s-part-carte, @fig:c2s-part-classee). La largeur des intervalles fait partie du résultat.",
    ),
    outside: note(
      sides
        ? `Dans les communes qui ont un quartier prioritaire, {{c2s.dedans}} des habitants des quartiers ont droit à la C2S, et {{c2s.dehors}} de ceux qui vivent en dehors, entre {{c2s.dehors_bas}} et {{c2s.dehors_haut}} (@fig:c2s-dedans-dehors).${hasRates ? " Le non-recours est de {{c2s.nr_dedans}} dans les quartiers, entre {{c2s.nr_dedans_bas}} et {{c2s.nr_dedans_haut}}, et de {{c2s.nr_dehors}} en dehors, entre {{c2s.nr_dehors_bas}} et {{c2s.nr_dehors_haut}} (@tab:c2s-dedans-dehors-tableau) : compter ceux qui ont droit ne suffit pas, et l’aller-vers ne s’arrête pas à la limite du quartier." : ""}`
        : "",
    ),
    takeUp: note(
      observed
        ? `Les bénéficiaires sont comptés par le régime général au 1er janvier 2021. ${observed.hidden > 0 ? "{{c2s.caches}} quartiers n’ont pas de valeur : leur compte est secret ou absent." : "Chaque quartier a un compte diffusé."} ${observed.failures > 0 ? "Dans {{c2s.echecs}} quartiers, il y a plus de bénéficiaires que de personnes estimées éligibles : le modèle y échoue, et la valeur reste affichée telle quelle." : "Dans aucun, les bénéficiaires ne dépassent les personnes estimées éligibles."} Un petit quartier a un taux incertain : les estimations sont lissées, chacune rapprochée de ce que donnent les autres, d’autant plus qu’elle est incertaine (@fig:c2s-non-recours-observe, @tab:c2s-non-recours-par-droit).`
        : "Sur ce territoire, les bénéficiaires ne sont pas comptés par quartier : aucun recours n’est mesuré, et rien n’est inventé.",
    ),
    ranks: note(
      ranks
        ? "L’ordre n’est connu que pour {{c2s.paires}} des paires de quartiers (@fig:c2s-rangs). Le graphique des résidus (@fig:c2s-residus) montre si le modèle suit ses hypothèses."
        : "Sans bénéficiaires comptés, il n’y a pas de non-recours à classer.",
    ),
    trust: note(
      [
        "Chaque étape est retirée à son tour, et chaque hypothèse changée (@tab:c2s-sensibilite-tableau).",
        planted
          ? "Le territoire est inventé : la vérité y est connue, et la chaîne, qui ne l’a pas lue, lui est comparée (@tab:c2s-verite-tableau). Une seule vérité y est plantée : l’erreur que tous les quartiers partagent n’est tirée qu’une fois, et les intervalles peuvent y contenir la vérité plus souvent, ou moins souvent, que neuf fois sur dix."
          : "",
        aside
          ? "Dans des quartiers mis de côté, un cinquième à la fois, la chaîne prédit les bénéficiaires à {{c2s.ecart_chaine}} près (écart quadratique relatif) ; le taux de pauvreté multiplié par une constante, à {{c2s.ecart_pauvrete}} près."
          : "",
        loaded.hasCensus
          ? ""
          : "Faute de recensement, les ménages sont des types déclarés : ce que cela change ne se lit pas dans les intervalles.",
      ]
        .filter(Boolean)
        .join(" "),
    ),
    outreach: facts.plan.words,
  };
}
