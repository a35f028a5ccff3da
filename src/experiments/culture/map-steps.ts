import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { mcaStepByStep } from "../../models/factors/mca-step-by-step.ts";
import type { McaSteps } from "../../models/factors/mca-steps.ts";
import { release } from "../../protection/release.ts";
import { asQuestion } from "./practice-map.ts";
import type { PracticeSurvey } from "./practice-survey.ts";

/** Four tables from which one point of a small map can be redone by hand. */
export interface StepFigures {
  readonly burt: Figure;
  readonly matrix: Figure;
  readonly vector: Figure;
  readonly contribution: Figure;
}

/** The three practices of the small map, by order of preference: those that the survey asks. */
const followed = ["cinema", "musee", "exposition", "livre", "lecture"];

/** Fewer people than this in a cell: its count would be found back from the others, and in the sentences. */
const leastPeople = 11;

/**
 * Multiple correspondence analysis of three practices, unweighted, with every number between the counts and a point of the map. Null when a cell holds too few
 * people: these tables print each count, and the numbers made from it as text.
 */
export function stepFigures(survey: PracticeSurvey): StepFigures | null {
  const three = followed.flatMap((name) => survey.practices.filter((practice) => practice.name === name)).slice(0, 3);
  const first = three[0];
  if (!first) throw new Error("The small map needs one of its practices.");
  const steps = mcaStepByStep(three.map(asQuestion), {
    missing: "drop-rows",
    axis: 0,
    category: { question: first.label, level: "oui" },
  });
  if (steps.burt.some((people) => people > 0 && people < leastPeople)) return null;
  const champ = `${survey.field.replace(/, sans poids.*$/, "")}, qui ont répondu aux trois questions ; sans poids`;
  return {
    burt: burtTable(steps, survey, champ),
    matrix: matrixTable(steps, survey, champ),
    vector: vectorTable(steps, survey, champ),
    contribution: contributionTable(steps, survey, champ),
  };
}

function burtTable({ labels, burt, people, categories }: McaSteps, survey: PracticeSurvey, champ: string): Figure {
  const columns = labels.map((label, column) => [
    `c${column + 1}`,
    numberColumn(
      labels.map((_, row) => burt[row * categories + column]),
      { label, unit: "personnes" },
    ),
  ]);
  const data = release(
    table({ reponse: textColumn(labels, { label: "Réponse" }), ...Object.fromEntries(columns) }, survey.lineage),
    {
      name: "tableau de Burt",
      counts: labels.map((_, column) => `c${column + 1}`),
      open: ["reponse"],
    },
  );
  const yes = labels.length > 3 ? 3 : 1;
  return dataTable(data, {
    id: "culture-burt",
    title: "Pas à pas, 1 : le tableau de Burt d’une petite carte de trois pratiques",
    subtitle:
      "Personnes qui donnent les deux réponses ; la diagonale compte chaque réponse ; sans poids : ces nombres ne sont pas ceux de la grande carte",
    alt: "Tableau carré de six réponses : chaque case compte les personnes qui donnent la réponse de la ligne et celle de la colonne.",
    champ,
    lecture: `sur ${frenchNumber(people)} personnes, ${frenchNumber(burt[1 * categories + yes])} ont répondu à la fois « ${labels[1]} » et « ${labels[yes]} ».`,
  });
}

/** The matrix whose vectors are the axes, whole. */
function matrixTable(steps: McaSteps, survey: PracticeSurvey, champ: string): Figure {
  const { labels, standardised, categories, category } = steps;
  const detail = cellDetail(steps);
  const columns = labels.map((label, column) => [
    `s${column + 1}`,
    textColumn(
      labels.map((_, row) => frenchNumber(standardised[row * categories + column], { decimals: 4 })),
      { label },
    ),
  ]);
  const data = release(
    table(
      {
        reponse: textColumn(labels, { label: "Réponse" }),
        ...Object.fromEntries(columns),
        effectif: numberColumn(
          labels.map(() => category.count),
          { label: "Personnes", unit: "personnes" },
        ),
      },
      survey.lineage,
    ),
    { name: "matrice de la petite carte", counts: "effectif", open: ["reponse"] },
  );
  return dataTable(data, {
    id: "culture-matrice",
    title: "Pas à pas, 2 : la matrice, qui dit ce qui va ensemble",
    subtitle: `Une case en détail, « ${detail.one} » avec « ${detail.other} » : ${frenchNumber(detail.together)} personnes, ${frenchNumber(detail.expected)} si elles étaient indépendantes`,
    alt: "Tableau carré de six réponses : chaque case est positive quand deux réponses vont ensemble plus souvent que le hasard, négative sinon.",
    champ,
    lecture: `« ${detail.one} » avec « ${detail.other} » : ${frenchNumber(standardised[1 * categories + Math.min(3, categories - 1)], { decimals: 4 })}.`,
    columns: ["reponse", ...labels.map((_, column) => `s${column + 1}`)],
  });
}

function vectorTable(steps: McaSteps, survey: PracticeSurvey, champ: string): Figure {
  const { axis, category } = steps;
  const rows = [
    ...axis.terms.map(({ label, cell: value, component, product }) => ({ label, value, component, product })),
    { label: "somme des produits", value: Number.NaN, component: Number.NaN, product: axis.sumOfTerms },
    {
      label: `λ fois la valeur de « ${category.label} » dans le vecteur`,
      value: axis.eigenvalue,
      component: category.component,
      product: axis.eigenvalueTimesComponent,
    },
  ];
  const number = (pick: (row: (typeof rows)[number]) => number, label: string) =>
    textColumn(
      rows.map((row) => (Number.isNaN(pick(row)) ? "" : frenchNumber(pick(row), { decimals: 6 }))),
      { label },
    );
  const data = release(
    table(
      {
        reponse: textColumn(
          rows.map(({ label }) => label),
          { label: "Réponse" },
        ),
        case: number(({ value }) => value, `Case de S, ligne « ${category.label} »`),
        vecteur: number(({ component }) => component, "Vecteur"),
        produit: number(({ product }) => product, "Produit"),
        effectif: numberColumn(
          rows.map(() => category.count),
          { label: "Personnes derrière la ligne suivie", unit: "personnes" },
        ),
      },
      survey.lineage,
    ),
    { name: "un vecteur propre", counts: "effectif", open: ["reponse"] },
  );
  return dataTable(data, {
    id: "culture-vecteur",
    title: "Pas à pas, 3 : la matrice ne fait qu’allonger le vecteur",
    subtitle: `La ligne « ${category.label} » de la matrice, multipliée par le vecteur, case par case`,
    alt: "Tableau : pour chaque réponse, la case de la matrice S, la valeur du vecteur et leur produit ; la somme des produits est égale à λ fois la valeur du vecteur.",
    champ,
    lecture: `la somme des produits, ${frenchNumber(axis.sumOfTerms, { decimals: 5 })}, est λ (${frenchNumber(axis.eigenvalue, { decimals: 5 })}) fois la valeur du vecteur (${frenchNumber(category.component, { decimals: 5 })}).`,
    columns: ["reponse", "case", "vecteur", "produit"],
  });
}

/** Four digits after the first that is not 0: enough to redo the next line by hand. */
const precise = (value: number): string => {
  const size = Math.floor(Math.log10(Math.abs(value) || 1));
  return frenchNumber(value, {
    decimals: Number.isInteger(value) ? 0 : Math.max(0, Math.min(6, 4 - Math.min(size, 4))),
  });
};

/** The cell of the first two questions' "yes": people in both, and what chance would give. */
function cellDetail({ labels, burt, people, categories }: McaSteps): {
  readonly one: string;
  readonly other: string;
  readonly together: number;
  readonly expected: number;
} {
  const [one, other] = [1, Math.min(3, categories - 1)];
  const at = (row: number, column: number): number => burt[row * categories + column];
  return {
    one: labels[one] ?? "",
    other: labels[other] ?? "",
    together: at(one, other),
    expected: (at(one, one) * at(other, other)) / people,
  };
}

function contributionTable(
  { category, axis, people, questions, library }: McaSteps,
  survey: PracticeSurvey,
  champ: string,
): Figure {
  const lines: readonly (readonly [step: string, formula: string, value: number])[] = [
    ["Personnes qui donnent la réponse", "n_k", category.count],
    ["Part parmi toutes", `f = n_k / ${frenchNumber(people)}`, category.share],
    ["Inertie de l’axe", "λ", axis.eigenvalue],
    ["Valeur dans le vecteur", "v", category.component],
    ["Racine de l’inertie", "√λ", category.rootOfEigenvalue],
    [`Racine de ${questions} questions sur la part`, "√(Q / f)", category.rootOfQuestionsOverShare],
    ["Coordonnée sur l’axe", "g = v √λ √(Q / f)", category.coordinate],
    ["Coordonnée, d’après le logiciel", "mca", library.coordinate],
    ["Contribution à l’axe, en %", "100 f g² / (Q λ)", category.contribution],
    ["Contribution, d’après le logiciel", "mca", library.contribution],
    ["Part de la distance que l’axe montre", "cos² = g² f / (1 − f)", category.cos2],
    ["Valeur-test, sur les personnes", "g √((n − 1) f / (1 − f))", category.test],
  ];
  const data = release(
    table(
      {
        etape: textColumn(
          lines.map(([step]) => step),
          { label: "Étape" },
        ),
        formule: textColumn(
          lines.map(([, formula]) => formula),
          { label: "Formule" },
        ),
        valeur: textColumn(
          lines.map(([, , value]) => precise(value)),
          { label: "Valeur" },
        ),
        effectif: numberColumn(
          lines.map(() => category.count),
          { label: "Personnes", unit: "personnes" },
        ),
      },
      survey.lineage,
    ),
    { name: "la contribution d’une réponse", counts: "effectif", open: ["etape", "formule"] },
  );
  return dataTable(data, {
    id: "culture-contribution",
    title: `Pas à pas, 4 : la place et la contribution de « ${category.label} », à la main`,
    subtitle:
      "Chaque ligne ne demande que les précédentes ; les deux lignes « d’après le logiciel » sont les mêmes nombres",
    alt: "Tableau de douze étapes : du nombre de personnes à la coordonnée, à la contribution, au cosinus carré et à la valeur-test, avec la formule et la valeur.",
    champ,
    lecture: `« ${category.label} » fait ${frenchNumber(category.contribution, { decimals: 1, unit: "%" })} du premier axe.`,
    columns: ["etape", "formule", "valeur"],
  });
}
