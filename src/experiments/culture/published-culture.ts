import type { SourceRef } from "../../codes/lineage.ts";
import { canonicalJson, sha256 } from "../../engine/hash.ts";

/** A figure that was published, with the question and the population it is about: two sources are never one series. */
export interface PublishedCulture {
  readonly about: "offre" | "pratique" | "attente" | "frein";
  /** What was measured, as a noun phrase. */
  readonly what: string;
  readonly value: string;
  readonly year: string;
  readonly population: string;
  readonly source: string;
  /** False: read on a page that quotes the publisher. */
  readonly atPublisher: boolean;
  /** Our own measure that comes nearest, where there is one. */
  readonly ours: "inside-share" | "none-within-km" | null;
}

const igac = "Igac, juin 2024 (vie-publique.fr, 295171)";

/** Facts to set beside the chapter's own. */
export const publishedCulture: readonly PublishedCulture[] = [
  {
    about: "offre",
    what: "Équipements culturels situés dans les quartiers, et part de la population qui y vit",
    value: "2,5 % pour 8,5 %",
    year: "2024",
    population: "quartiers prioritaires de France",
    source: igac,
    atPublisher: true,
    ours: "inside-share",
  },
  {
    about: "offre",
    what: "Quartiers sans aucun équipement culturel à moins d’un kilomètre",
    value: "288 (dont 134 outre-mer)",
    year: "2024",
    population: "environ 1 580 quartiers prioritaires",
    source: igac,
    atPublisher: true,
    ours: "none-within-km",
  },
  {
    about: "pratique",
    what: "Pratiques des habitants des quartiers comparées à celles de l’ensemble des Français",
    value: "« pas sensiblement différentes »",
    year: "2024",
    population:
      "premier sondage auprès d’habitants de quartiers prioritaires ; le tableau par activité n’est pas public",
    source: igac,
    atPublisher: true,
    ours: null,
  },
  {
    about: "attente",
    what: "Ce que demandent les habitants des quartiers",
    value: "spectacle vivant, concerts surtout ; peser sur les choix",
    year: "2024",
    population: "le même sondage",
    source: igac,
    atPublisher: true,
    ours: null,
  },
  {
    about: "frein",
    what: "Raisons de ne pas sortir",
    value: "prix, manque d’intérêt, autre emploi du temps, avant la distance",
    year: "2023",
    population: "3 000 personnes de 15 ans ou plus, en ligne",
    source: "Crédoc, octobre 2023",
    atPublisher: true,
    ours: null,
  },
  {
    about: "pratique",
    what: "Cinéma, au moins une fois dans l’année",
    value: "62 % ; 83 % de 16 à 24 ans, 42 % à 60 ans ou plus",
    year: "2018",
    population: "personnes de 16 ans ou plus",
    source: "Insee, France, portrait social 2021 (5432487)",
    atPublisher: true,
    ours: null,
  },
  {
    about: "pratique",
    what: "Cinéma, au moins une fois dans l’année",
    value: "40 %",
    year: "2022",
    population: "personnes de 16 ans ou plus, après la crise sanitaire",
    source: "Insee, France, portrait social 2023 (7666877)",
    atPublisher: true,
    ours: null,
  },
  {
    about: "pratique",
    what: "Musée ou exposition dans l’année",
    value: "33 % (29 % ailleurs, avec une autre définition) ; cadres 62 %, employés et ouvriers 18 %",
    year: "2018",
    population: "personnes de 15 ans ou plus, France métropolitaine",
    source: "DEPS, cité par l’Observatoire des inégalités",
    atPublisher: false,
    ours: null,
  },
  {
    about: "pratique",
    what: "Bibliothèque dans l’année : rural autonome, rural sous influence, urbain dense",
    value: "21 %, 21 %, 32 %",
    year: "2018 très probablement",
    population: "très probablement personnes de 15 ans ou plus",
    source: "Insee et DEPS, France, portrait social 2022 (6535293)",
    atPublisher: true,
    ours: null,
  },
];

/** The facts are typed here, from their pages: a table cites them like a file. */
export const publishedCultureRef: SourceRef = {
  id: "faits-publies-culture",
  title: "Faits publiés sur l’offre et les pratiques culturelles",
  publisher: "Igac, Insee, DEPS, Crédoc, Observatoire des inégalités",
  licence: "courtes citations, sources nommées",
  vintage: "2018-2024",
  url: "https://www.vie-publique.fr/rapport/295171",
  file: "src/experiments/culture/published-culture.ts",
  sha256: sha256(canonicalJson(publishedCulture)),
  synthetic: false,
  published: true,
  secrecy: { unit: "texte", minUnits: 1, statedBy: "texte publié, aucune personne comptée" },
};
