import { type Random, weightedIndex } from "../../codes/random.ts";
import type { SampleOffer } from "./employment.ts";
import { stream } from "./stream.ts";
import { rounded } from "./writing.ts";

/** What an employer says of the hours, in the words of the API. */
export const hourLabels = {
  normaux: "Horaires normaux",
  "2X8": "Travail en 2X8",
  "3X8": "Travail en 3X8",
  nuit: "Travail de nuit",
  décalés: "Travail en horaires décalés",
  samedi: "Travail le samedi",
  "fin de semaine": "Travail samedi et dimanche",
  variables: "Horaires variables",
  tu: "",
} as const;
export type HourLabel = keyof typeof hourLabels;
const labels = Object.keys(hourLabels) as readonly HourLabel[];

interface DomainConditions {
  /** Share of the offers that require licence B. */
  readonly licence: number;
  /** Weights of two shifts, three shifts, night, staggered, Saturday, weekend, variable; the rest is ordinary. */
  readonly hours: readonly [number, number, number, number, number, number, number];
}

/** Planted: home care, building sites and deliveries ask for a licence; food, metal and warehouses work in shifts, cleaning early and late. */
export const conditionModel: Readonly<Record<string, DomainConditions>> = {
  X11: { licence: 0.18, hours: [0, 0, 0.02, 0.25, 0.05, 0.02, 0.16] },
  X12: { licence: 0.2, hours: [0.1, 0.06, 0.08, 0.2, 0.04, 0.06, 0.06] },
  X13: { licence: 0.12, hours: [0, 0, 0.02, 0.06, 0.1, 0.3, 0.2] },
  X14: { licence: 0.06, hours: [0, 0, 0, 0.12, 0.08, 0.3, 0.25] },
  Y11: { licence: 0.5, hours: [0, 0, 0.02, 0.14, 0.06, 0.16, 0.3] },
  Y12: { licence: 0.1, hours: [0.08, 0.02, 0.16, 0.14, 0.02, 0.2, 0.06] },
  Y13: { licence: 0.05, hours: [0, 0, 0.01, 0.08, 0.4, 0.1, 0.1] },
  Y14: { licence: 0.25, hours: [0.03, 0, 0.05, 0.45, 0.03, 0.01, 0.08] },
  Y15: { licence: 0.05, hours: [0, 0, 0, 0.03, 0.03, 0, 0.04] },
  Y16: { licence: 0.3, hours: [0, 0, 0.01, 0.1, 0.1, 0.06, 0.16] },
  Z11: { licence: 0.12, hours: [0.34, 0.16, 0.08, 0.1, 0.02, 0, 0.02] },
  Z12: { licence: 0.45, hours: [0, 0, 0.01, 0.03, 0.02, 0, 0.04] },
  Z13: { licence: 0.1, hours: [0.3, 0.05, 0.12, 0.12, 0.04, 0.01, 0.03] },
  Z14: { licence: 0.25, hours: [0.3, 0.12, 0.05, 0.04, 0.01, 0, 0.02] },
};

/** Planted: occupations that ask for a licence otherwise than their domain. Heavy lorries ask for C, which no one has without B. */
export const licenceExceptions: Readonly<Record<string, number>> = {
  X1204: 0.35,
  Y1101: 0.7,
  Y1105: 0.9,
  Y1202: 0.35,
  Z1303: 0.95,
  Z1304: 1,
};
/** Share of the offers that wish for a licence, among those that do not require it; and of those that say nothing of their hours. */
const WISHED = 0.12;
const SILENT_HOURS = 0.1;
/** Where the hours are written: mostly in both fields; else in the context alone, or only as a working condition. */
const CONTEXT_ONLY = 0.08;
const CONDITION_ONLY = 0.03;
/** Newer offers write « 35H/semaine », a line end, and « Travail en journée ». */
const NEW_WRITING = 0.15;

/** What was drawn for one offer, before it is written. */
export interface OfferConditions {
  readonly licence: { readonly libelle: string; readonly exigence: "E" | "S" } | null;
  readonly hours: HourLabel;
  readonly written: "both" | "context" | "condition";
  readonly newWriting: boolean;
  readonly travels: boolean;
}

/** Draws the licence and the hours of each offer, from a stream of their own: the offers themselves stay as they were. */
export function drawConditions(offers: readonly SampleOffer[], seed: number): readonly OfferConditions[] {
  const random = stream(seed, "permis et horaires des offres");
  return offers.map(({ romeCode }) => {
    const domain = conditionModel[romeCode.slice(0, 3)];
    const hours = drawHours(domain.hours, random);
    const [required, wished, place, writing, travels] = [random(), random(), random(), random(), random()];
    const isRequired = required < (licenceExceptions[romeCode] ?? domain.licence);
    const libelle = romeCode === "Z1304" ? "C - Poids lourds" : "B - Véhicule léger";
    return {
      licence: isRequired ? { libelle, exigence: "E" } : wished < WISHED ? { libelle, exigence: "S" } : null,
      hours,
      written: place < CONDITION_ONLY ? "condition" : place < CONDITION_ONLY + CONTEXT_ONLY ? "context" : "both",
      newWriting: writing < NEW_WRITING,
      travels: isRequired && travels < 0.5,
    };
  });
}

function drawHours(weights: DomainConditions["hours"], random: Random): HourLabel {
  const stated = 1 - SILENT_HOURS;
  const [two, three, night, staggered, saturday, weekend, variable] = weights.map((weight) => weight * stated);
  const ordinary = stated * (1 - weights.reduce((sum, weight) => sum + weight, 0));
  return labels[
    weightedIndex(random, [ordinary, two, three, night, staggered, saturday, weekend, variable, SILENT_HOURS])
  ];
}

/** The offers with their conditions, in the fields of the API. What an employer does not say is not written. */
export const withConditions = (
  offers: readonly SampleOffer[],
  conditions: readonly OfferConditions[],
): readonly SampleOffer[] =>
  offers.map((offer, i): SampleOffer => {
    const { licence, hours, written, newWriting, travels } = conditions[i];
    const label = newWriting && hours === "normaux" ? "Travail en journée" : hourLabels[hours];
    const duration = newWriting ? `${offer.dureeTravailLibelle}/semaine` : offer.dureeTravailLibelle;
    const whole = label === "" ? duration : `${duration}${newWriting ? "\n" : " "}${label}`;
    return {
      ...offer,
      dureeTravailLibelle: written === "both" ? whole : duration,
      dureeTravailLibelleConverti: offer.dureeTravailLibelle === "35H" ? "Temps plein" : "Temps partiel",
      ...(travels ? { deplacementLibelle: "Quotidiens Départemental" } : {}),
      ...(licence ? { permis: [licence] } : {}),
      ...(label === ""
        ? {}
        : { contexteTravail: written === "condition" ? { conditionsExercice: [label] } : { horaires: [whole] } }),
    };
  });

/** Labels whose hours leave the day, under any convention: what the truth counts as staggered. */
const staggered: ReadonlySet<HourLabel> = new Set<HourLabel>(["2X8", "3X8", "nuit", "décalés"]);

/** Counts of offers by what they ask, for one group of occupations. */
function counts(rows: readonly { readonly offer: SampleOffer; readonly conditions: OfferConditions }[]): unknown {
  const count = (test: (conditions: OfferConditions) => boolean): number =>
    rows.filter(({ conditions }) => test(conditions)).length;
  const required = count(({ licence }) => licence?.exigence === "E");
  return {
    offres: rows.length,
    postes: rows.reduce((sum, { offer }) => sum + offer.nombrePostes, 0),
    permis_exige: required,
    part_permis_exige: rounded(required / rows.length, 6),
    permis_souhaite: count(({ licence }) => licence?.exigence === "S"),
    horaires_decales: count(({ hours }) => staggered.has(hours)),
    horaires: Object.fromEntries(labels.map((label) => [label, count(({ hours }) => hours === label)])),
  };
}

/** `verite/offres.json`: what was drawn, by family (first letter) and by domain (three characters). */
export function offerTruths(offers: readonly SampleOffer[], conditions: readonly OfferConditions[]): string {
  const rows = offers.map((offer, i) => ({ offer, conditions: conditions[i] }));
  const by = (length: number): Record<string, unknown> => {
    const groups = [...new Set(offers.map(({ romeCode }) => romeCode.slice(0, length)))].sort();
    return Object.fromEntries(
      groups.map((group) => [group, counts(rows.filter(({ offer }) => offer.romeCode.startsWith(group)))]),
    );
  };
  const truth = {
    synthetique: true,
    definition: {
      permis_exige:
        "offres qui exigent (E) le permis B, ou le permis C, que nul n'obtient sans le permis B ; le silence n'est pas un refus",
      horaires_decales:
        "offres en 2X8, 3X8, de nuit ou en horaires décalés, où que ce soit écrit ; « tu » : rien n'est dit",
      horaires: "nombre d'offres par libellé tiré",
      champ: "toutes les offres, avec ou sans coordonnées",
    },
    modele: {
      permis_exige: conditionModel,
      exceptions: licenceExceptions,
      souhaite: WISHED,
      horaires_tus: SILENT_HOURS,
    },
    ensemble: counts(rows),
    par_famille: by(1),
    par_domaine: by(3),
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
