import { barriers, outings, practices } from "../enquete-pratiques.ts";
import { expectationTruth } from "./expectation-rates.ts";
import { barrierModel, walkOfOuting, wishEffects } from "./expectations.ts";
import { compositionModel } from "./practice-composition.ts";
import { practiceEffects, practiceProfiles, walkTimes } from "./practice-effects.ts";
import type { PracticeArea, PracticePopulation } from "./practice-population.ts";
import { practiceTruth } from "./practice-rates.ts";
import { expectationGaps, itemGaps, type PracticeSurvey, responseModel } from "./practices.ts";
import { walkModel } from "./walking.ts";
import { rounded } from "./writing.ts";

const six = (value: number): number => rounded(value, 6);
const named = <T>(names: readonly (readonly [string, string])[], of: (i: number) => T): Record<string, T> =>
  Object.fromEntries(names.map(([name], i) => [name, of(i)]));

const definition = {
  modele:
    "logit = constante + âge (15-29, 30-44, 45-59, 60+) + diplôme + femme + groupe socioprofessionnel (3 à 8) + quartier prioritaire + effet propre du quartier + marche (par 10 minutes, vers `to`) + effet normal de la grappe",
  sans_effet_de_quartier: Object.keys(practiceEffects).filter(
    (name) => practiceEffects[name].qpv === 0 && practiceEffects[name].neighbourhood === 0,
  ),
  marche: `minutes entières à pied du milieu du carreau au lieu le plus proche de bpe-xy (${Object.entries(
    walkModel.types,
  )
    .map(([kind, type]) => `${kind} ${type}`)
    .join(
      ", ",
    )}), à vol d'oiseau x ${walkModel.detour}, ${walkModel.kmPerHour} km/h, ${walkModel.capMinutes} au plus ; l'effet vaut pour toutes les minutes, sans seuil`,
  envie:
    "logit = constante + pratique (practised) + âge + diplôme + quartier ; frein de ceux qui veulent et n'y sont pas allés : poids de base x exp(somme des effets), ramenés à 1",
  poids:
    "nombres entiers dont la somme est, dans chaque strate, celle des personnes de 15 ans ou plus ; dans une strate, taux de réponse attendu de la grappe / taux de la personne x exp(0,22 normale) : les grappes, tirées à proportion de leur taille, pèsent autant en moyenne",
  taux: "probabilité moyenne des habitants de 15 ans ou plus : cellules sexe x âge x diplôme x profession, logements, moyenne sur l'effet de la grappe ; exact sur la population, sans tirage",
  ecarts:
    "brut = dans les quartiers moins hors ; standardisés : écart par cellule âge x diplôme x profession, pondéré par les habitants des quartiers (poids_quartiers) ou par tous (poids_tous) ; le sexe et la marche n'y sont pas",
  effet_10_minutes:
    "moyenne, sur toute la population, de la probabilité avec 10 minutes de plus moins la probabilité ; 0 quand la marche est sans effet",
  cellules: "habitants de 15 ans ou plus : hommes puis femmes, par âge, puis par diplôme (32 nombres)",
  redite:
    "makePracticeSurvey(practicePopulation(graine), autre graine) retire une enquête ; ces taux restent les siens",
} as const;

/** Persons by sex, age and diploma: 32 counts. */
const threeWay = ({ cells }: PracticeArea): readonly number[] => {
  const counts = Array.from({ length: 32 }, () => 0);
  for (const [i, { woman, age, diploma }] of practiceProfiles.entries())
    counts[(woman ? 16 : 0) + 4 * age + diploma] += cells[i];
  return counts;
};

const meanWalks = ({ homes, adults }: PracticeArea): Record<string, number> =>
  Object.fromEntries(
    walkTimes.map((to) => [
      to,
      rounded(homes.reduce((sum, home) => sum + home.adults * home.walks[to], 0) / adults, 2),
    ]),
  );

/** `verite/pratiques-2018.json`: what was planted, and what a perfect survey of everybody would find. */
export function practiceTruths(population: PracticePopulation, survey: PracticeSurvey): string {
  const truths = practiceTruth(population);
  const wishes = expectationTruth(population);
  const { areas } = population;
  const seen = new Map<string, number>();
  for (const { neighbourhood } of survey.respondents) seen.set(neighbourhood, (seen.get(neighbourhood) ?? 0) + 1);
  const truth = {
    synthetique: true,
    definition,
    effets: practiceEffects,
    envies: wishEffects,
    freins: { noms: barriers, ...barrierModel, marche: walkOfOuting },
    composition: compositionModel,
    reponse: responseModel,
    non_reponse_partielle: itemGaps,
    non_reponse_envies: expectationGaps,
    contactes: survey.contacted,
    repondants: survey.respondents.length,
    strates: Object.fromEntries(survey.strata),
    pratiques: named(practices, (i) => {
      const { inside, outside, all, rawGap, gapAsInside, gapAsAll, tenMoreMinutes } = truths[i];
      return {
        quartiers: six(inside),
        hors: six(outside),
        tous: six(all),
        ecart_brut: six(rawGap),
        ecart_standardise: { poids_quartiers: six(gapAsInside), poids_tous: six(gapAsAll) },
        effet_10_minutes: six(tenMoreMinutes),
      };
    }),
    freins_vrais: named(outings, (i) => ({
      quartiers: [...wishes[i].barriersInside].map(six),
      hors: [...wishes[i].barriersOutside].map(six),
    })),
    quartiers: Object.fromEntries(
      areas.flatMap((area, a) =>
        area.qpv === null
          ? []
          : [
              [
                area.qpv.code,
                {
                  habitants: area.adults,
                  enquetes: seen.get(area.qpv.code) ?? 0,
                  marche_moyenne: meanWalks(area),
                  taux: named(practices, (i) => six(truths[i].rates[a])),
                  effets: named(practices, (i) => six(area.effects[i])),
                  envies: named(outings, (i) => six(wishes[i].wishes[a])),
                  veut_sans_faire: named(outings, (i) => six(wishes[i].unmet[a])),
                  cellules: threeWay(area),
                },
              ],
            ],
      ),
    ),
  };
  return `${JSON.stringify(truth)}\n`;
}
