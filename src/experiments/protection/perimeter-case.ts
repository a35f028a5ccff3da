import { frenchNumber } from "../../codes/french.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Publication, PublishedNumber, Universe } from "../../protection/ledger/publication.ts";
import { inventedRef, lessonThreshold } from "./invented-table.ts";
import { ledgerAnswers } from "./ledger-answers.ts";
import { lessonTable } from "./lesson-table.ts";

/** Two perimeters, one inside the other, each published on its own day. */
export interface NestedPerimeters {
  readonly name: string;
  readonly inner: readonly [label: string, count: number];
  readonly outer: readonly [label: string, count: number];
}

/** The cases of section 18 of our notes: rings of 5, 11 and 0 people, and a commune hardly larger than its neighbourhood. */
export const nestedPerimeters: readonly NestedPerimeters[] = [
  { name: "anneau de quelques personnes", inner: ["quartier 2015", 432], outer: ["quartier 2024", 437] },
  { name: "anneau au seuil", inner: ["quartier 2015", 432], outer: ["quartier 2024", 443] },
  { name: "anneau sans allocataire", inner: ["quartier 2015", 432], outer: ["quartier 2024", 432] },
  { name: "commune et son quartier", inner: ["quartier", 1490], outer: ["commune", 1498] },
];

/** The ring between two perimeters, and a mean published twice. */
export interface PerimeterCase {
  readonly rings: Figure;
  readonly means: Figure;
}

const core = "noyau";
const ring = "anneau";

/** One perimeter's count, as the ledger receives it. */
export function perimeterCount(label: string, count: number, withRing: boolean): Publication {
  return perimeter(label, withRing, {
    id: label,
    kind: "count",
    population: "allocataires, une date",
    measure: "allocataires",
    universe: label,
    value: count,
  });
}

/** One perimeter's mean and the count of the same households. */
export function perimeterMean(label: string, mean: number, n: number, withRing: boolean): Publication {
  return perimeter(label, withRing, {
    id: `revenu moyen, ${label}`,
    kind: "mean",
    population: "ménages de l’immeuble",
    measure: "revenu",
    universe: label,
    value: mean,
    base: "menages",
    n,
  });
}

function perimeter(label: string, withRing: boolean, number: PublishedNumber): Publication {
  const universe: Universe = { name: label, members: withRing ? [core, ring] : [core] };
  return {
    id: label,
    date: "2026-11-24",
    origin: "release",
    secrecy: { unit: "personne", minUnits: lessonThreshold },
    universes: [universe],
    numbers: [number],
    totals: [],
  };
}

const answersOf = async ({ inner, outer }: NestedPerimeters) =>
  ledgerAnswers([perimeterCount(inner[0], inner[1], false), perimeterCount(outer[0], outer[1], true)]);

/** What a reader subtracts, and what the ledger answers to the second publication. */
export async function perimeterCase(): Promise<PerimeterCase> {
  const answers = (await Promise.all(nestedPerimeters.map(answersOf))).map(([, second]) => second);
  const write = ([label, count]: readonly [string, number]): string => `${label}\u00a0: ${frenchNumber(count)}`;
  const rings = lessonTable(
    [inventedRef("anneaux", "Deux périmètres emboîtés", nestedPerimeters)],
    {
      cas: { label: "Cas", values: nestedPerimeters.map(({ name }) => name) },
      dedans: { label: "Publié d’abord", values: nestedPerimeters.map(({ inner }) => write(inner)) },
      dehors: { label: "Publié ensuite", values: nestedPerimeters.map(({ outer }) => write(outer)) },
      anneau: {
        label: "Entre les deux",
        values: nestedPerimeters.map(
          ({ inner, outer }) =>
            `${frenchNumber(outer[1])} − ${frenchNumber(inner[1])} = ${frenchNumber(outer[1] - inner[1])}`,
        ),
      },
      reponse: { label: "Réponse du registre à la seconde", values: answers.map((one) => one?.answer ?? "") },
    },
    {
      id: "protection-anneau",
      title: "Deux périmètres publiés sans précaution donnent l’anneau qui les sépare",
      subtitle: `Allocataires ; seuil de ${lessonThreshold} personnes`,
      alt: "Tableau de quatre cas : deux effectifs publiés, leur différence, et la réponse du registre à la seconde publication.",
      champ: "périmètres inventés, l’un contenu dans l’autre",
      lecture: "432 puis 437 : il reste 5 personnes dans l’anneau, la seconde publication est refusée.",
    },
  );
  const [first, second] = [
    { mean: 14_210, n: 31 },
    { mean: 14_030, n: 30 },
  ] as const;
  const alone = first.mean * first.n - second.mean * second.n;
  const meanAnswers = await ledgerAnswers([
    perimeterMean("31 ménages", first.mean, first.n, true),
    perimeterMean("30 ménages", second.mean, second.n, false),
  ]);
  const means = lessonTable(
    [inventedRef("moyennes", "Deux moyennes à un ménage près", [first, second])],
    {
      etape: { label: "Étape", values: ["Première publication", "Seconde publication", "Le ménage parti"] },
      calcul: {
        label: "Le calcul du lecteur",
        values: [
          `${frenchNumber(first.n)} ménages × ${frenchNumber(first.mean)} € = ${frenchNumber(first.n * first.mean)} €`,
          `${frenchNumber(second.n)} ménages × ${frenchNumber(second.mean)} € = ${frenchNumber(second.n * second.mean)} €`,
          `${frenchNumber(first.n * first.mean)} − ${frenchNumber(second.n * second.mean)} = ${frenchNumber(alone)} €`,
        ],
      },
      reponse: { label: "Réponse du registre", values: [...meanAnswers.map(({ answer }) => answer), "—"] },
    },
    {
      id: "protection-moyennes",
      title: "Deux moyennes et leurs effectifs donnent le revenu d’un ménage",
      subtitle: "Revenu moyen de trente et un ménages, puis de trente, en euros par an",
      alt: "Tableau de trois lignes : deux moyennes multipliées par leur effectif, puis leur différence, qui est le revenu d’un seul ménage.",
      champ: "ménages inventés d’un immeuble ; moyennes exactes, à l’euro",
      lecture: `le ménage qui est parti gagnait ${frenchNumber(alone)} euros par an.`,
    },
  );
  return { rings, means };
}
