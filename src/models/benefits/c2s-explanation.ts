import { frenchDate, frenchMonths, frenchNumber, frenchOf } from "../../codes/french.ts";
import type { CeilingAmount } from "./c2s-ceiling.ts";
import { type C2sEntitlement, entitlement } from "./c2s-entitlement.ts";
import type { C2sHousehold, C2sRole } from "./c2s-household.ts";
import { C2S_SINCE, c2sAreaLabels } from "./c2s-parameters.ts";
import { referencePeriod } from "./reference-period.ts";

/** One line of the tree: what it is, its value in French, the same as a number where it is one, and the article that says so. */
export interface ExplanationNode {
  readonly label: string;
  readonly value: string;
  /** EUR a year unless `unit` says otherwise. */
  readonly amount?: number;
  readonly unit?: "EUR/an" | "EUR/mois" | "coefficient" | "personnes";
  readonly article?: string;
  readonly source?: string;
  readonly children: readonly ExplanationNode[];
}

/** The answer for a household as a caseworker reads it. */
export interface C2sExplanation {
  readonly entitlement: C2sEntitlement;
  readonly tree: ExplanationNode;
  /** Resources minus ceiling, EUR a year: negative below it. */
  readonly distanceEurYear: { readonly free: number; readonly participation: number };
  /** French sentences: what would give another answer. */
  readonly whatWouldChange: readonly string[];
}

/**
 * Why a household has the right or not: foyer, resources line by line, ceilings, decision, each with its value and its article; the distance to each ceiling, and what would
 * change the answer. Made from the numbers of `entitlement`, which computes.
 * @example
 * ```ts
 * const { tree, distanceEurYear, whatWouldChange } = explainEntitlement({
 *   persons: [{ role: "claimant", birthDate: "1975-05-20", resources: { wages: 11_000 } }],
 *   occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false }, "2025-06-15");
 * [tree.value, distanceEurYear.free, whatWouldChange.length] // [ "C2S avec participation", 661, 2 ]
 * ```
 */
export function explainEntitlement(household: C2sHousehold, date: string): C2sExplanation {
  const answer = entitlement(household, date);
  const distance = (ceiling: CeilingAmount): number =>
    Math.round((answer.resourcesEurYear - ceiling.eurYear) * 100) / 100;
  const distanceEurYear = { free: distance(answer.free), participation: distance(answer.participation) };
  return {
    entitlement: answer,
    tree: printedNode({
      label: `Droit au ${frenchDate(date)}`,
      value: rightLabel(answer),
      article: answer.presumption && answer.basis === "presumption" ? answer.presumption.article : "L861-1 CSS",
      children: [
        foyerNode(answer),
        resourcesNode(answer),
        ceilingNode(rightNames(date).free, answer.free, answer, household, distanceEurYear.free),
        ceilingNode(
          rightNames(date).participation,
          answer.participation,
          answer,
          household,
          distanceEurYear.participation,
        ),
        presumptionNode(answer, household),
        ...paymentNodes(answer, household),
      ],
    }),
    distanceEurYear,
    whatWouldChange: changes(answer, household, distanceEurYear).map(printedArticles),
  };
}

/** "R861-3" as lawyers print it: "R. 861-3", the space never broken. */
const printedArticles = (text: string): string => text.replace(/\b([LRD])(?=\d{3}-\d)/g, "$1.\u00a0");

/** A line and those under it, articles as they are printed. */
const printedNode = (node: ExplanationNode): ExplanationNode => ({
  ...node,
  value: printedArticles(node.value),
  ...(node.article === undefined ? {} : { article: printedArticles(node.article) }),
  children: node.children.map(printedNode),
});

/** "2019-04" as a sentence says it: "avril 2019". */
export const monthWords = (month: string): string => `${frenchMonths[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;

const euros = (eur: number): string => frenchNumber(eur, { decimals: Number.isInteger(eur) ? 0 : 2, unit: "€" });

function rightLabel({ right, date }: C2sEntitlement): string {
  return right === "none" ? "pas de droit" : rightNames(date)[right];
}

const lower = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** What the two rights are called on a day. */
const rightNames = (date: string): { readonly free: string; readonly participation: string } =>
  date < C2S_SINCE
    ? { free: "CMU-C", participation: "ACS" }
    : { free: "C2S gratuite", participation: "C2S avec participation" };

const roleLabels: Readonly<Record<C2sRole, string>> = {
  claimant: "Demandeur",
  spouse: "Conjoint ou partenaire de PACS",
  concubin: "Concubin",
  child: "Enfant",
  other: "Autre personne",
};

function foyerNode({ foyer }: C2sEntitlement): ExplanationNode {
  const coefficient = foyer.coefficientHundredths / 100;
  return {
    label: "Foyer C2S",
    value: `${foyer.persons} personne${foyer.persons > 1 ? "s" : ""}, coefficient ${frenchNumber(coefficient, { decimals: 2 })}`,
    amount: coefficient,
    unit: "coefficient",
    article: "R861-2, R861-3 CSS",
    children: [
      ...foyer.members.map(({ person, age, counted, why, article }) => ({
        label: `${roleLabels[person.role]}, ${age} ans`,
        value: `${counted ? "compte" : "ne compte pas"}\u00a0: ${why}${counted && person.alternating ? ", part réduite de moitié (résidence alternée)" : ""}`,
        article: counted && person.alternating ? `${article}, R861-3 CSS` : article,
        children: [],
      })),
      { label: "Demande", value: foyer.whyClaim, article: "R861-2 CSS", children: [] },
    ],
  };
}

function resourcesNode({ resources, date, foyer }: C2sEntitlement): ExplanationNode {
  const { from, until, article } = referencePeriod(date);
  return {
    label: "Ressources",
    value: `${euros(resources.eurYear)} par an, reçus ${frenchOf(monthWords(from))} à ${monthWords(until)}`,
    amount: resources.eurYear,
    unit: "EUR/an",
    article: `L861-2, ${article}`,
    children: resources.lines.map(({ label, person, grossEurYear, countedEurYear, article: by, how }) => ({
      label: `${label}${person === null ? "" : ` (${lower(roleLabels[foyer.members[person]?.person.role ?? "other"])})`}`,
      value: `${euros(countedEurYear)} sur ${euros(grossEurYear)}\u00a0: ${how}`,
      amount: countedEurYear,
      unit: "EUR/an",
      article: by,
      children: [],
    })),
  };
}

function ceilingNode(
  name: string,
  ceiling: CeilingAmount,
  { foyer }: C2sEntitlement,
  { area = "metropole" }: C2sHousehold,
  distance: number,
): ExplanationNode {
  const side = distance < 0 ? "en dessous" : distance > 0 ? "au-dessus" : "à égalité, ce qui n'ouvre pas le droit";
  return {
    label: `Plafond, ${name}`,
    value: `${euros(ceiling.eurYear)} par an (${ceiling.status})\u00a0: ressources ${distance === 0 ? side : `${euros(Math.abs(distance))} ${side}`}`,
    amount: ceiling.eurYear,
    unit: "EUR/an",
    article: ceiling.article,
    source: ceiling.source,
    children: [
      {
        label: "Calcul",
        value: `coefficient ${frenchNumber(foyer.coefficientHundredths / 100, { decimals: 2 })}, ${c2sAreaLabels[area]}, arrondi une fois\u00a0: ${euros(ceiling.chainEurYear)}${ceiling.otherReadings.length > 0 ? `\u00a0; autres valeurs imprimées\u00a0: ${ceiling.otherReadings.map(euros).join(", ")}` : ""}`,
        amount: ceiling.chainEurYear,
        unit: "EUR/an",
        article: "R861-3 CSS",
        children: [],
      },
    ],
  };
}

function presumptionNode({ presumption, basis }: C2sEntitlement, { receivesRsa }: C2sHousehold): ExplanationNode {
  if (!presumption)
    return {
      label: "Présomption",
      value: receivesRsa ? "RSA sans effet à cette date" : "aucune",
      article: "L861-2 CSS",
      children: [],
    };
  return {
    label: "Présomption",
    value: `${presumption.label}\u00a0: ${basis === "presumption" ? "ouvre le droit sans examen des ressources" : "les ressources ouvrent déjà un droit"}`,
    article: presumption.article,
    children: [{ label: "Condition", value: presumption.condition, article: presumption.article, children: [] }],
  };
}

function paymentNodes(answer: C2sEntitlement, { scheme = "general" }: C2sHousehold): ExplanationNode[] {
  if (answer.chequeEurYear !== null)
    return [
      {
        label: "Chèque de l'ACS",
        value: `${euros(answer.chequeEurYear)} par an`,
        amount: answer.chequeEurYear,
        unit: "EUR/an",
        article: "L863-1 CSS",
        children: [],
      },
    ];
  if (answer.participationEurMonth === null) return [];
  return [
    {
      label: "Participation du foyer",
      value:
        answer.right === "free"
          ? "aucune\u00a0: la C2S est gratuite"
          : `${euros(answer.participationEurMonth)} par mois${scheme === "alsace-moselle" ? " (régime local d'Alsace-Moselle)" : ""}`,
      amount: answer.participationEurMonth,
      unit: "EUR/mois",
      article: "L861-11, R861-16-1 CSS",
      children: [],
    },
  ];
}

function changes(
  answer: C2sEntitlement,
  household: C2sHousehold,
  distance: { readonly free: number; readonly participation: number },
): string[] {
  if (answer.basis === "presumption" && answer.right === "free")
    return ["Sans RSA, les ressources seraient examinées (L861-2 CSS)."];
  if (answer.basis === "composition")
    return [
      "Une preuve d'indépendance, un enfant, une aide d'étudiant ou le RSA ouvrirait une demande en propre (R861-2 CSS).",
    ];
  const below = (eur: number): string => euros(Math.floor(eur) + 1);
  const { free, participation } = rightNames(answer.date);
  const sentences: string[] = [];
  if (answer.right === "free")
    sentences.push(
      `${euros(-distance.free)} de ressources en plus par an\u00a0: ${participation} au lieu de ${free} (L861-1, 2° CSS).`,
    );
  if (distance.free >= 0)
    sentences.push(`${below(distance.free)} de ressources en moins par an\u00a0: ${free} (L861-1, 1° CSS).`);
  if (answer.right !== "none" && answer.basis === "resources")
    sentences.push(
      `${euros(-distance.participation)} de ressources en plus par an\u00a0: ${answer.presumption ? "droit par présomption seulement (L861-2 CSS)" : "fin du droit (L861-1, 2° CSS)"}.`,
    );
  if (distance.participation >= 0 && answer.right === "none")
    sentences.push(
      `${below(distance.participation)} de ressources en moins par an\u00a0: ${participation} (L861-1, 2° CSS).`,
    );
  if (answer.basis === "presumption") sentences.push("Sans la présomption, aucun droit (L861-2 CSS).");
  const aid = answer.resources.forfait.centsMonth * 12;
  if (household.occupancy === "tenant" && aid > 0) {
    const opened = distance.free >= 0 && aid > distance.free * 100 ? free : null;
    const paid = answer.right === "none" && aid > distance.participation * 100 ? participation : null;
    const gained = opened ?? paid;
    if (gained !== null)
      sentences.push(`Sans l'aide au logement (${euros(aid / 100)} comptés par an)\u00a0: ${gained} (R861-7 CSS).`);
  }
  return sentences;
}
