import { numberColumn, selectColumns, type Table, table, textColumn } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { type IndividualJudgement, judgeIndividualFile } from "../../protection/individual/judge-individual-file.ts";
import { inventedRef } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";

/** A file whose classes are large enough, one of which tells everybody's secret. */
export interface DiversityCase {
  readonly figure: Figure;
  readonly asIs: IndividualJudgement;
  readonly mixed: IndividualJudgement;
  readonly file: Table;
}

const classSize = 12;
const classes = [
  { zone: "Nord", age: "18-29", uncovered: 3 },
  { zone: "Nord", age: "30 et plus", uncovered: 12 },
  { zone: "Sud", age: "18-29", uncovered: 5 },
  { zone: "Sud", age: "30 et plus", uncovered: 2 },
] as const;

/** Forty-eight invented people in four classes of twelve; in one of them, nobody has the complementary cover. */
export function diversityCase(): DiversityCase {
  const people = classes.flatMap(({ zone, age, uncovered }) =>
    Array.from({ length: classSize }, (_, i) => ({ zone, age, cover: i < uncovered ? "sans" : "avec" })),
  );
  const ref = inventedRef("fichier", "Quarante-huit personnes", classes);
  const file = table(
    {
      zone: textColumn(
        people.map(({ zone }) => zone),
        { label: "Quartier" },
      ),
      age: textColumn(
        people.map(({ age }) => age),
        { label: "Âge" },
      ),
      complementaire: textColumn(
        people.map(({ cover }) => cover),
        { label: "Complémentaire santé" },
      ),
      poids: numberColumn(
        people.map(() => 1),
        { label: "Poids", unit: "personnes" },
      ),
    },
    [ref],
  );
  const judge = (quasiIdentifiers: readonly string[]): IndividualJudgement =>
    judgeIndividualFile(selectColumns(file, [...quasiIdentifiers, "complementaire"]), {
      quasiIdentifiers,
      sensitive: ["complementaire"],
      k: 11,
    });
  const asIs = judge(["zone", "age"]);
  const mixed = judge(["age"]);
  const words = ({ verdict }: IndividualJudgement): string =>
    verdict === "accept" ? "accepté" : "refusé : toutes les personnes d’une classe ont la même situation";
  const without = (wanted: string): string => {
    const own = people.filter(({ age }) => age === wanted);
    return `${own.filter(({ cover }) => cover === "sans").length} sur ${own.length}`;
  };
  const figure = lessonTable(
    [ref],
    {
      fichier: { label: "Fichier", values: ["Quartier et âge, classes de 12", "Âge seul, classes de 24"] },
      lecteur: {
        label: "Ce qu’un lecteur apprend",
        values: [
          "qui a 30 ans ou plus et habite le Nord n’a pas de complémentaire : les douze sont dans ce cas",
          `sans complémentaire : ${without("18-29")} de 18 à 29 ans, ${without("30 et plus")} de 30 ans ou plus ; personne n’est sûr`,
        ],
      },
      reponse: { label: "Réponse", values: [words(asIs), words(mixed)] },
    },
    {
      id: "protection-diversite",
      title: "Douze personnes ensemble ne suffisent pas si toutes ont le même secret",
      subtitle:
        "Fichier de 48 personnes ; une classe réunit celles du même âge et du même quartier ; il en faut onze, et deux situations",
      alt: "Tableau de deux fichiers : avec quartier et âge, une classe de douze n’a qu’une situation et le fichier est refusé ; avec l’âge seul, il est accepté.",
      champ: "personnes inventées",
      lecture: "le premier fichier a des classes de douze personnes, et il est pourtant refusé.",
    },
  );
  return { figure, asIs, mixed, file };
}
