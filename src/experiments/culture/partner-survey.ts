import { numbers, type Table, texts } from "../../codes/table.ts";
import { type CategoricalVariable, categoricalVariable } from "../../models/factors/categorical-variable.ts";
import { surveyDesign } from "../../models/survey/design.ts";
import { enquetePratiquesContract, practices } from "../../sources/enquete-pratiques.ts";
import { loadTable } from "../../sources/load.ts";
import type { Territory } from "../../sources/territory.ts";
import { brakeLabels, isInvented, type PracticeSurvey, type Wish } from "./practice-survey.ts";

/** Short names of the practices, for charts. */
const labels: Readonly<Record<string, string>> = {
  biblio: "Bibliothèque",
  cinema: "Cinéma",
  musee: "Musée",
  expo: "Exposition",
  patrimoine: "Monument historique",
  theatre: "Théâtre",
  concert: "Concert",
  danse: "Spectacle de danse",
  cirque: "Cirque",
  festival: "Festival",
  livre: "Livre",
  bd: "Bande dessinée",
  presse: "Presse",
  jeuxvideo: "Jeux vidéo",
  musique_q: "Musique quotidienne",
  tele_q: "Télévision quotidienne",
  amateur: "Pratique en amateur",
};

export const partnerAges: readonly string[] = ["15 à 29 ans", "30 à 44 ans", "45 à 59 ans", "60 ans et plus"];
export const partnerDiplomas: readonly string[] = ["aucun diplôme", "CAP ou brevet", "baccalauréat", "supérieur"];
const occupations: readonly string[] = [
  "cadres",
  "professions intermédiaires",
  "employés",
  "ouvriers",
  "retraités",
  "autres",
];
const towns: readonly string[] = ["commune rurale", "petite ville", "ville moyenne", "métropole"];
const wished = ["biblio", "cinema", "musee", "theatre", "concert"] as const;

/** The age class of 15-29, 30-44, 45-59, 60 and over. */
export const partnerAgeClass = (age: number): number => (age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3);

/** The survey of a partner, with strata, clusters, weights, neighbourhoods, access times and wishes. */
export async function partnerPractices(territory: Territory): Promise<PracticeSurvey> {
  const file = await loadTable(territory, enquetePratiquesContract);
  const coded = (name: string, column: string, levels: readonly string[], first: number): CategoricalVariable => ({
    name,
    levels,
    codes: Int32Array.from(numbers(file, column).values, (value) => (Number.isNaN(value) ? -1 : value - first)),
  });
  const synthetic = isInvented(file);
  return {
    id: enquetePratiquesContract.id,
    title: enquetePratiquesContract.title,
    year: enquetePratiquesContract.vintage,
    field: synthetic
      ? "personnes inventées de 15 ans ou plus, territoire imaginaire, 2018, dont la réponse est connue"
      : "personnes de 15 ans ou plus, 2018, dont la réponse est connue",
    people: file.numRows,
    design: surveyDesign({
      weights: numbers(file, "poids").values,
      strata: texts(file, "strate").values as readonly string[],
      clusters: texts(file, "grappe").values as readonly string[],
    }),
    known: "design",
    practices: practices.map(([name, wording]) => ({
      name,
      label: labels[name] ?? name,
      wording,
      answers: numbers(file, name).values,
    })),
    social: {
      age: {
        name: "âge",
        levels: partnerAges,
        codes: Int32Array.from(numbers(file, "age").values, partnerAgeClass),
      },
      sex: coded("sexe", "sexe", ["homme", "femme"], 1),
      diploma: coded("diplôme", "diplome", partnerDiplomas, 1),
      occupation: coded("profession", "pcs", occupations, 3),
    },
    years: numbers(file, "age").values as Float64Array,
    homes: {
      neighbourhood: texts(file, "code_qp").values.map((code) => code ?? ""),
      inside: numbers(file, "qpv").values,
      minutes: {
        library: numbers(file, "min_biblio").values,
        cinema: numbers(file, "min_cinema").values,
        stage: numbers(file, "min_scene").values,
      },
      wishes: wished.map((practice) => wishOf(file, practice)),
      town: categoricalVariable(
        "commune",
        Array.from(numbers(file, "tuu").values, (size) => towns[size] ?? ""),
        { levels: towns },
      ),
    },
    synthetic,
    lineage: file.lineage,
  };
}

const wishOf = (file: Table, practice: string): Wish => ({
  practice,
  wanted: numbers(file, `envie_${practice}`).values,
  brake: Int32Array.from(numbers(file, `frein_${practice}`).values, (code) =>
    code >= 1 && code <= brakeLabels.length ? code - 1 : -1,
  ),
});
