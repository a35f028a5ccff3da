import { frenchCount, frenchNumber } from "../../codes/french.ts";
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
        `Les pratiques viennent de : ${rates.title} (${rates.year}), {{culture.enquetes}} personnes. Chacune porte un poids. Du seul fait de l’inégalité des poids, une part y est connue comme dans un sondage simple de {{culture.n_effectif}} personnes${rates.known === "design" ? " ; les grappes ramènent ce nombre à {{culture.n_utile_bas}} pour la pratique où elles pèsent le plus, {{culture.n_utile_haut}} pour celle où elles pèsent le moins" : ""}.`,
        rates.known === "design"
          ? "Ses strates et ses grappes sont connues : les intervalles en tiennent compte."
          : "Le fichier ne donne ni strate, ni grappe, ni quartier : ses intervalles sont sans doute **trop étroits**, et aucun effet du quartier ne peut en être tiré.",
        one
          ? "Elle demande aussi le quartier de résidence, les minutes de marche jusqu’aux lieux, ce que la personne aurait voulu faire et ce qui l’en a empêchée."
          : `La carte et les classes, qui demandent beaucoup de pratiques, viennent de : ${mapped.title} (${mapped.year}), **sans poids** : ce qu’elles comptent décrit ces personnes, non la population. Les noms anglais de ce fichier sont traduits ; « Foreman » y est pris pour « profession intermédiaire », parce qu’il y a la même part que dans l’autre extrait : c’est une inférence.`,
        supply
          ? "L’offre vient de la Base permanente des équipements, placée à ses coordonnées ; les durées suivent les rues et les horaires des transports, depuis les carreaux où les gens habitent."
          : "L’offre vient de la Base permanente des équipements de 2018, qui ne dit que la commune de chaque lieu : « à moins d’un kilomètre » ne peut pas être calculé.",
      ].join(" "),
    ),
    rates: note(
      `La @fig:culture-pratiques range les pratiques de la plus répandue à la plus rare. Le diplôme (@fig:culture-pratiques-diplome), l’âge (@fig:culture-pratiques-age) et la profession (@fig:culture-pratiques-profession) les changent beaucoup, mais ils sont liés entre eux : un écart brut entre deux groupes ne dit pas lequel des trois compte.`,
    ),
    map: note(
      `Sur la @fig:culture-carte-pratiques, deux pratiques proches sont plus souvent le fait de personnes qui se ressemblent par leurs pratiques. Le premier axe tient {{culture.axe1_brut}} de l’inertie brute, {{culture.axe1_benzecri}} une fois corrigée à la façon de Benzécri, qui flatte, et {{culture.axe1_greenacre}} à celle de Greenacre (@fig:culture-inertie) : le second compte donc peu, même s’il a autant de place sur la page. ${cumulation(classes.map) >= cumulationShare ? "Il oppose ceux qui cumulent à ceux qui n’ont presque aucune de ces pratiques : les pratiques s’ajoutent plus qu’elles ne se remplacent." : "Il oppose des pratiques les unes aux autres plus qu’il ne les additionne."} L’âge, les études et la profession ne l’ont pas fait, mais s’y rangent. La @fig:culture-contributions dit quelles réponses font chaque axe.`,
    ),
    classes: note(
      `La classification donne ${frenchCount(classes.chosen.classes)} façons de pratiquer (@fig:culture-arbre, @fig:culture-profils) : ${classes.names.map((name) => `« ${name} »`).join(", ")}. Ce ne sont pas des types de personnes : les frontières sont des choix, et une autre règle en ferait d’autres. Refaites sur des personnes tirées à nouveau, ${stabilitySentence(classes)} (indice de Rand ajusté moyen de {{culture.stabilite}} ; 1 serait l’identité). Le @tab:culture-classes dit qui y est plus souvent.`,
    ),
    gap: note(
      place
        ? `En brut, les habitants des quartiers pratiquent nettement moins que les autres dans ${frenchCount(lower(gaps.gaps))} cas sur {{culture.pratiques}} (l’intervalle à 95 % exclut zéro) ; à âge, diplôme et profession égaux, ceux de la population des quartiers, ce n’est plus vrai que dans ${frenchCount(stillLower(gaps.gaps))} cas avant toute correction (@fig:culture-ecarts). Une fois les {{culture.pratiques}} conclusions corrigées pour leur nombre, {{culture.differents}} pratiques diffèrent, {{culture.equivalents}} sont équivalentes à {{culture.marge}} près, et {{culture.indecis}} restent indécises : l’enquête ne permet pas de conclure, ce qui n’est pas la même chose que « pas de différence ». ${cinemaSentence(gaps.gaps)} Le @tab:culture-ecarts-table donne le plus petit écart que l’enquête pouvait voir.`
        : "L’enquête ne sait pas qui vit dans un quartier prioritaire : **aucun écart entre quartiers et reste n’est calculé ici**. La même méthode est montrée sur un contraste que l’enquête connaît, les femmes et les hommes, à âge et profession égaux (@fig:culture-ecarts). Sur {{culture.pratiques}} pratiques, {{culture.differents}} diffèrent, {{culture.equivalents}} sont équivalentes à {{culture.marge}} près, {{culture.indecis}} restent indécises. Ces écarts décrivent les personnes interrogées, sans poids, comme si elles avaient été tirées au hasard.",
    ),
    distance: note(
      effects
        ? `Une fois l’âge, le sexe, le diplôme, la profession, la taille de la commune et le quartier tenus égaux, ${distanceSentence(effects)} (@fig:culture-distance). La marche est plafonnée à deux heures par le producteur, et son effet est supposé le même à chaque minute sur l’échelle du logit : au-delà d’une demi-heure, il est surtout extrapolé.`
        : "Aucune enquête de ce territoire ne dit à quelle distance de l’offre vivent les personnes : l’effet de la distance n’est pas estimé, et rien n’est inventé. D’après la publication du DEPS (Culture études 2023-5), la proximité aide « un peu, mais non de manière décisive ».",
    ),
    areas: note(
      drawn
        ? "Dans la plupart des quartiers, l’enquête a trop peu de personnes pour en dire quelque chose : le quartier médian en a moins de trente. Le modèle emprunte aux autres quartiers ce que l’âge, le diplôme, le sexe et la marche expliquent, et ne garde en propre à chacun que ce que ses enquêtés soutiennent (@fig:culture-quartiers). Pour « {{culture.quartiers_sortie}} », le taux va, d’après lui, de {{culture.quartiers_bas}} à {{culture.quartiers_haut}}, avec {{culture.quartiers_taux}} dans l’ensemble. Un quartier jamais enquêté, ou de moins de onze enquêtés, reçoit un effet tiré au sort parmi ceux des autres : son intervalle est large. Essayé sur des centaines de régions inventées autrement, ce modèle a des intervalles à 90 % qui tiennent la vérité 86 à 89 fois sur cent. Le @tab:culture-quartiers-table dit, sortie par sortie, ce qui reste de différence."
        : communes
          ? "L’enquête nationale ne sait rien des communes, mais leur composition est connue : chaque personne de l’enquête est repondérée pour que le sexe, l’âge et les diplômes soient ceux de la commune (@fig:culture-quartiers). Ce n’est pas une mesure de la pratique : c’est ce que la composition ferait attendre, sans aucun effet du lieu, avec des comportements de 2003. La composition des quartiers eux-mêmes n’est pas dans les fichiers."
          : "Aucune composition n’est connue : rien n’est estimé par quartier.",
    ),
    supply: note(
      supply
        ? `Dans les quartiers vivent {{culture.part_habitants}} des habitants, et se trouvent {{culture.part_lieux}} des lieux ; mais {{culture.sans_km}} quartiers seulement sur {{culture.quartiers}} n’ont aucun lieu à un kilomètre à vol d’oiseau. La @fig:culture-offre compare les quartiers à l’ensemble du territoire, la @fig:culture-offre-modes les façons d’y aller, et la @fig:culture-offre-carte partage chaque lieu entre tous ceux qui peuvent y venir. Le @tab:culture-offre-table montre que la réponse change avec la portée. ${supply.travel.notes.join(" ")}`
        : "Pour chaque sorte de lieu, la plupart des habitants des quartiers vivent dans une commune qui en a un (@fig:culture-offre, @tab:culture-offre-table), parce qu’ils vivent surtout dans les plus grandes ; dans les petites communes qui ont un quartier, il manque souvent. Cela ne dit pas que le lieu est proche du quartier.",
    ),
    triangle: note(
      drawn && supply
        ? "L’offre, la pratique et l’attente sont mises sur les mêmes lignes, sans note qui les mélange : par sortie (@fig:culture-triangle), puis par quartier pour « {{culture.quartiers_sortie}} » (@fig:culture-triangle-quartiers). L’attente est la part de ceux qui auraient voulu y aller (ou y aller plus souvent, dit la question) et n’y sont pas allés : ceux qui y vont déjà et voudraient y aller plus n’y sont pas comptés ; la @fig:culture-freins dit ce qu’ils citent d’abord."
        : "Aucune enquête de ce territoire ne demande ce que les habitants auraient voulu faire : le triangle de l’offre, de la pratique et de l’attente a un côté vide, et il le reste.",
    ),
    trust: note(
      truth
        ? "Le territoire est inventé : ce qui a été planté est connu (@tab:culture-verite, @tab:culture-verite-sorties). Aucun effet du quartier n’était planté pour le cinéma, la bande dessinée et la presse. Toutes sorties ensemble, l’erreur par quartier est de {{culture.erreur_directe}} pour l’estimation directe, publiée ou non, et de {{culture.erreur_modele}} pour le modèle, aux mêmes quartiers ; ses intervalles à 90 % tiennent la vérité dans {{culture.areas_tenues}} des cas sur ce territoire, qui n’en est qu’un."
        : "Les mêmes fichiers, donnés aux logiciels de référence (FactoMineR pour la carte et les classes, survey pour les parts), donnent les mêmes nombres. Sur le territoire réel, rien ne dit la vérité : les intervalles ne couvrent que le hasard du sondage, ni la mémoire des personnes, ni les mots des questions.",
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

/** Practices of which the first group surely has less, as they are. */
const lower = (gaps: readonly PracticeGap[]): number => gaps.filter(({ measured }) => measured.raw.high < 0).length;

/** The same at equal composition, each gap alone. */
const stillLower = (gaps: readonly PracticeGap[]): number =>
  gaps.filter(({ tests: { interval95 } }) => interval95[1] < 0).length;

/** Under this gap, in share, an effect of ten minutes is told to be nothing. */
const negligible = 0.01;

function distanceSentence(effects: readonly DistanceEffect[]): string {
  const told = (list: readonly DistanceEffect[]): string =>
    list
      .map(
        ({ practice, heldEqual: { estimate, lower: low, upper } }) =>
          `« ${practice.label} » (${points(estimate)}, de ${points(low)} à ${points(upper)})`,
      )
      .join(", ");
  const seen = effects.filter(({ heldEqual: { lower: low, upper } }) => low > 0 || upper < 0);
  const flat = effects.filter(({ heldEqual: { lower: low, upper } }) => low > -negligible && upper < negligible);
  return [
    seen.length > 0
      ? `dix minutes de marche de plus jusqu’au lieu le plus proche vont avec ${seen.every(({ heldEqual }) => heldEqual.estimate < 0) ? "moins de pratique" : "une pratique différente"} pour ${told(seen)}`
      : "aucun effet de dix minutes de marche ne se distingue de zéro",
    flat.length > 0 ? `pour ${told(flat)}, l’effet est nul à ${points(negligible)} près` : "",
  ]
    .filter(Boolean)
    .join(" ; ");
}

function cinemaSentence(gaps: readonly PracticeGap[]): string {
  const cinema = gaps.find(({ practice }) => practice.name === "cinema");
  if (!cinema) return "";
  const { raw } = cinema.measured;
  return `Pour le cinéma, l’écart brut de ${points(raw.estimate)} devient ${points(cinema.tests.gap)} : ${cinema.tests.adjustedVerdict}.`;
}
