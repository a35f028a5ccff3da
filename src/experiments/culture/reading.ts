import { frenchNumber } from "../../codes/french.ts";
import { type Note, note } from "../experiment.ts";
import type { DistanceEffect } from "./distance-effect.ts";
import type { CultureFacts } from "./facts.ts";
import type { PracticeClasses } from "./practice-classes.ts";
import type { PracticeGap } from "./practice-gaps.ts";
import { cumulation, cumulationShare } from "./practice-map.ts";

/** Paragraphs whose words depend on what the territory has. */
export type CultureReading = Readonly<
  Record<"data" | "rates" | "map" | "classes" | "gap" | "distance" | "areas" | "supply" | "triangle" | "trust", Note>
>;

const points = (value: number): string => frenchNumber(100 * value, { decimals: 1, unit: "points" });

export function cultureReading(facts: CultureFacts): CultureReading {
  const { rates, mapped, classes, gaps, effects, supply, truth, drawn, communes } = facts;
  const one = rates === mapped;
  const place = gaps.contrast.kind === "place";
  return {
    data: note(
      [
        `Les pratiques viennent de : ${rates.title}, {{culture.enquetes}} personnes (${rates.year}). Chacune porte un poids, et les poids sont inégaux : pour une part, l’enquête vaut à peu près un sondage simple de {{culture.n_effectif}} personnes.`,
        rates.known === "design"
          ? "Ses strates et ses grappes sont connues : les intervalles en tiennent compte."
          : "Le fichier ne donne ni strate, ni grappe, ni quartier : ses intervalles sont sans doute **trop étroits**, et aucun effet du quartier ne peut en être tiré.",
        one
          ? "Elle demande aussi le quartier de résidence, les minutes de marche jusqu’aux lieux, ce que la personne aurait voulu faire et ce qui l’en a empêchée."
          : `La carte et les classes, qui demandent beaucoup de pratiques, viennent de : ${mapped.title}, {{culture.carte_personnes}} personnes, **sans poids** : ce qu’elles comptent décrit ces personnes, non la population. Les noms anglais de ce fichier sont traduits ; « Foreman » y est pris pour « profession intermédiaire », parce qu’il y a la même part que dans l’autre extrait : c’est une inférence.`,
        supply
          ? "L’offre vient de la Base permanente des équipements, placée à ses coordonnées ; les durées suivent les rues et les horaires des transports, depuis les carreaux où les gens habitent."
          : "L’offre vient de la Base permanente des équipements de 2018, qui ne dit que la commune de chaque lieu : « à moins d’un kilomètre » ne peut pas être calculé.",
      ].join(" "),
    ),
    rates: note(
      `La @fig:culture-pratiques range les pratiques de la plus répandue à la plus rare. Le diplôme (@fig:culture-pratiques-diplome), l’âge (@fig:culture-pratiques-age) et la profession (@fig:culture-pratiques-profession) les changent beaucoup, mais ils sont liés entre eux : un écart brut entre deux groupes ne dit pas lequel des trois compte.`,
    ),
    map: note(
      `Sur la @fig:culture-carte-pratiques, deux pratiques proches sont le fait des mêmes personnes. Le premier axe tient {{culture.axe1_benzecri}} de l’inertie au taux de Benzécri, qui flatte, et {{culture.axe1_greenacre}} à celui de Greenacre (@fig:culture-inertie). ${cumulation(classes.map) >= cumulationShare ? "Il oppose ceux qui cumulent à ceux qui n’ont presque aucune de ces pratiques : les pratiques s’ajoutent plus qu’elles ne se remplacent." : "Il oppose des pratiques les unes aux autres plus qu’il ne les additionne."} L’âge, les études et la profession ne l’ont pas fait, mais s’y rangent. La @fig:culture-contributions dit quelles réponses font chaque axe.`,
    ),
    classes: note(
      `La classification donne {{culture.classes}} façons de pratiquer (@fig:culture-arbre, @fig:culture-profils) : ${classes.names.map((name) => `« ${name} »`).join(", ")}. Ce ne sont pas des types de personnes : les frontières sont des choix, et une autre règle en ferait d’autres. Refaites sur des personnes tirées à nouveau, ${stabilitySentence(classes)} (indice de Rand ajusté moyen de {{culture.stabilite}} ; 1 serait l’identité). La @tab:culture-classes dit qui y est plus souvent.`,
    ),
    gap: note(
      place
        ? `En brut, les habitants des quartiers pratiquent moins que les autres dans ${frenchNumber(lower(gaps.gaps))} cas sur {{culture.pratiques}} ; à âge, diplôme et profession égaux, l’écart se réduit dans ${frenchNumber(reduced(gaps.gaps))} cas (@fig:culture-ecarts). Sur {{culture.pratiques}} pratiques, {{culture.differents}} diffèrent, {{culture.equivalents}} sont équivalentes à {{culture.marge}} près, et {{culture.indecis}} restent indécises : l’enquête est trop petite pour conclure, ce qui n’est pas la même chose que « pas de différence ». ${cinemaSentence(gaps.gaps)} La @tab:culture-ecarts-table donne le plus petit écart que l’enquête pouvait voir.`
        : "L’enquête ne sait pas qui vit dans un quartier prioritaire : **aucun écart entre quartiers et reste n’est calculé ici**. La même méthode est montrée sur un contraste que l’enquête connaît, les femmes et les hommes, à âge et profession égaux (@fig:culture-ecarts). Sur {{culture.pratiques}} pratiques, {{culture.differents}} diffèrent, {{culture.equivalents}} sont équivalentes à {{culture.marge}} près, {{culture.indecis}} restent indécises. Ces écarts décrivent les personnes interrogées, sans poids.",
    ),
    distance: note(
      effects
        ? `${effects.map(({ practice, place: where, heldEqual, diploma }) => `Pour « ${practice.label} », dix minutes de marche de plus jusqu’à ${where} vont avec ${points(heldEqual.estimate)} (de ${points(heldEqual.lower)} à ${points(heldEqual.upper)}) ; un diplôme du supérieur, comparé à aucun, avec ${points(diploma.estimate)}.`).join(" ")} ${distanceSentence(effects)} (@fig:culture-distance).`
        : "Aucune enquête de ce territoire ne dit à quelle distance de l’offre vivent les personnes : l’effet de la distance n’est pas estimé, et rien n’est inventé. D’après la publication du DEPS (Culture études 2023-5), la proximité aide « un peu, mais non de manière décisive ».",
    ),
    areas: note(
      drawn
        ? "Dans la plupart des quartiers, l’enquête a trop peu de personnes pour en dire quelque chose : le quartier médian en a moins de trente. Le modèle emprunte aux autres quartiers ce que l’âge, le diplôme, le sexe et la marche expliquent, et ne garde en propre à chacun que ce que ses enquêtés soutiennent (@fig:culture-quartiers). Pour « {{culture.quartiers_sortie}} », il va de {{culture.quartiers_bas}} à {{culture.quartiers_haut}}, avec {{culture.quartiers_taux}} dans l’ensemble. Un quartier jamais enquêté reçoit un effet tiré au sort parmi ceux des autres : son intervalle est large. Sur des régions inventées, les intervalles à 90 % de ce modèle tiennent la vérité 86 à 89 fois sur cent : ils sont un peu étroits. La @tab:culture-quartiers-table dit, sortie par sortie, ce qui reste de différence."
        : communes
          ? "L’enquête nationale ne sait rien des communes, mais leur composition est connue : chaque personne de l’enquête est repondérée pour que le sexe, l’âge et les diplômes soient ceux de la commune (@fig:culture-quartiers). Ce n’est pas une mesure de la pratique : c’est ce que la composition ferait attendre, sans aucun effet du lieu, avec des comportements de 2003. La composition des quartiers eux-mêmes n’est pas dans les fichiers."
          : "Aucune composition n’est connue : rien n’est estimé par quartier.",
    ),
    supply: note(
      supply
        ? `Dans les quartiers vivent {{culture.part_habitants}} des habitants, et se trouvent {{culture.part_lieux}} des lieux ; mais {{culture.sans_km}} quartiers seulement sur {{culture.quartiers}} n’ont aucun lieu à un kilomètre à vol d’oiseau. La @fig:culture-offre compare les quartiers à l’ensemble du territoire, la @fig:culture-offre-modes les façons d’y aller, et la @fig:culture-offre-carte partage chaque lieu entre tous ceux qui peuvent y venir. La @tab:culture-offre-table montre que la réponse change avec la portée. ${supply.travel.notes.join(" ")}`
        : "Les communes qui ont un quartier sont presque toutes équipées (@fig:culture-offre, @tab:culture-offre-table) : ce sont les plus grandes. Cela ne dit pas que le lieu est proche du quartier.",
    ),
    triangle: note(
      drawn && supply
        ? "L’offre, la pratique et l’attente sont mises sur les mêmes lignes, sans note qui les mélange : par sortie (@fig:culture-triangle), puis par quartier pour « {{culture.quartiers_sortie}} » (@fig:culture-triangle-quartiers). L’attente est la part de ceux qui auraient voulu y aller et n’y sont pas allés ; la @fig:culture-freins dit ce qu’ils citent d’abord."
        : "Aucune enquête de ce territoire ne demande ce que les habitants auraient voulu faire : le triangle de l’offre, de la pratique et de l’attente a un côté vide, et il le reste.",
    ),
    trust: note(
      truth
        ? "Le territoire est inventé : ce qui a été planté est connu (@tab:culture-verite, @tab:culture-verite-sorties). Aucun effet du quartier n’était planté pour le cinéma, la bande dessinée et la presse. L’erreur par quartier est de {{culture.erreur_directe}} pour l’estimation directe et de {{culture.erreur_modele}} pour le modèle, aux mêmes quartiers ; ses intervalles à 90 % tiennent la vérité dans {{culture.areas_tenues}} des cas."
        : "Les calculs sont ceux de logiciels de référence, aux mêmes nombres, sur les mêmes fichiers (FactoMineR pour la carte et les classes, survey pour les parts). Sur le territoire réel, rien ne dit la vérité : les intervalles ne couvrent que le hasard du sondage, ni la mémoire des personnes, ni les mots des questions.",
    ),
  };
}

/** Classes under this likeness to those of a resample do not hold (Hennig 2007). */
const holdingLikeness = 0.75;

function stabilitySentence({ stability, names }: PracticeClasses): string {
  const fragile = names.filter((_, label) => stability.jaccard[label] < holdingLikeness);
  if (fragile.length === 0) return "toutes les classes tiennent";
  return fragile.length === names.length
    ? "aucune classe ne tient bien"
    : `les classes ne tiennent pas toutes : ${fragile.map((name) => `« ${name} »`).join(", ")} est fragile`;
}

const lower = (gaps: readonly PracticeGap[]): number => gaps.filter(({ measured }) => measured.raw.estimate < 0).length;

/** Practices whose gap is smaller in size once the composition is held equal. */
const reduced = (gaps: readonly PracticeGap[]): number =>
  gaps.filter(({ measured, tests }) => Math.abs(tests.gap) < Math.abs(measured.raw.estimate)).length;

function distanceSentence(effects: readonly DistanceEffect[]): string {
  const seen = effects.filter(({ heldEqual: { lower: low, upper } }) => low > 0 || upper < 0);
  const smaller = seen.filter(({ heldEqual, diploma }) => Math.abs(heldEqual.estimate) < Math.abs(diploma.estimate));
  if (seen.length === 0) return "Aucun de ces effets ne se distingue de zéro";
  return `La distance se voit pour ${frenchNumber(seen.length)} sorties sur ${frenchNumber(effects.length)} ; dix minutes y comptent moins que le diplôme dans ${frenchNumber(smaller.length)} cas`;
}

function cinemaSentence(gaps: readonly PracticeGap[]): string {
  const cinema = gaps.find(({ practice }) => practice.name === "cinema");
  if (!cinema) return "";
  const { raw } = cinema.measured;
  return `Pour le cinéma, l’écart brut de ${points(raw.estimate)} devient ${points(cinema.tests.gap)} : ${cinema.tests.adjustedVerdict}.`;
}
