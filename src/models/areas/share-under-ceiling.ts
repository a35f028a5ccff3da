import { QuartiersError } from "../../codes/errors.ts";
import {
  type LowerTail,
  type MonotoneMethod,
  monotoneQuantile,
  type QuantileKnots,
  type UpperTail,
} from "./monotone-quantile.ts";

/** A kind of household, and what share of the area's persons live in one. */
export interface HouseholdType {
  readonly label: string;
  /** Persons of 14 or more. */
  readonly adults: number;
  /** Children under 14. */
  readonly children: number;
}

export interface WeightedHouseholdType extends HouseholdType {
  /** Share (0 to 1) of the PERSONS of the area who live in such a household. The shares add up to 1. */
  readonly sharePersons: number;
}

/** The households tried when the area's own structure is not known: they span the ratio between the scale of the law and INSEE's. */
export const referenceHouseholds: readonly HouseholdType[] = [
  { label: "une personne", adults: 1, children: 0 },
  { label: "couple", adults: 2, children: 0 },
  { label: "un adulte, un enfant", adults: 1, children: 1 },
  { label: "un adulte, deux enfants", adults: 1, children: 2 },
  { label: "un adulte, trois enfants", adults: 1, children: 3 },
  { label: "couple, un enfant", adults: 2, children: 1 },
  { label: "couple, deux enfants", adults: 2, children: 2 },
  { label: "couple, trois enfants", adults: 2, children: 3 },
];

/** Consumption units of INSEE (modified OECD scale): 1 for the first adult, 0.5 for each other person of 14 or more, 0.3 for each child under 14. */
export const consumptionUnits = ({ adults, children }: HouseholdType): number =>
  1 + 0.5 * (adults - 1) + 0.3 * children;

/** The share of persons under a ceiling, with what it rests on. */
export interface ShareUnderCeiling {
  /** Share (0 to 1): Hyman interpolation, linear lower tail, the structure given or persons living alone. NaN when fewer than two deciles are known. */
  readonly value: number;
  /** Extremes over the two interpolations, the tails and, when the structure is not known, the reference households. */
  readonly low: number;
  readonly high: number;
  /** What the published quantiles alone prove, with no interpolation and the same households: the shares of the knots on either side. */
  readonly provenLow: number;
  readonly provenHigh: number;
  /** The ceiling of each household per consumption unit, EUR a year. */
  readonly thresholds: readonly { readonly label: string; readonly eurYearPerUnit: number }[];
  /** True when a threshold lies under the lowest or over the highest published quantile: there the tail decides, not the data. */
  readonly inTail: boolean;
  /** The assumptions, as French sentences for the chapter. */
  readonly assumptions: readonly string[];
}

export interface ShareUnderCeilingInput extends QuantileKnots {
  /** The ceiling of a foyer of so many persons, EUR a year: `(persons) => c2sCeiling({ date, persons }).freeEurYear`. */
  readonly ceilingEurYear: (persons: number) => number;
  /** The area's own structure; absent, the bounds span the reference households. */
  readonly households?: readonly WeightedHouseholdType[];
}

const scenarios: readonly {
  readonly method: MonotoneMethod;
  readonly lowerTail: LowerTail;
  readonly upperTail: UpperTail;
}[] = [
  { method: "hyman", lowerTail: "linear-to-zero", upperTail: "pareto" },
  { method: "fritsch-carlson", lowerTail: "linear-to-zero", upperTail: "pareto" },
  { method: "hyman", lowerTail: "zero", upperTail: "pareto" },
  { method: "hyman", lowerTail: "flat", upperTail: "pareto" },
  { method: "hyman", lowerTail: "linear-to-zero", upperTail: "flat" },
];

/**
 * The share of an area's persons whose standard of living is under a ceiling of the C2S. The ceiling of a foyer is divided by its consumption
 * units and read on the distribution of the standard of living. This is NOT a share of eligible persons: the law counts other resources over
 * other months, other households and another scale (c2s notes, R861-3 against INSEE's units). Deciles that are NaN are left out. O(households x knots).
 * @example
 * ```ts
 * const { value, low, high } = shareUnderCeiling({ probabilities: [0.1, 0.5, 0.9], values: [6000, 12000, 24000], ceilingEurYear: (persons) => 6000 * persons,
 *   households: [{ label: "une personne", adults: 1, children: 0, sharePersons: 1 }] });
 * [value, low, high] // [ 0.1, 0, 0.1 ]
 * ```
 */
export function shareUnderCeiling(input: ShareUnderCeilingInput): ShareUnderCeiling {
  const { ceilingEurYear, households } = input;
  const known = knownKnots(input);
  const types = households ?? referenceHouseholds;
  if (households) checkStructure(households);
  const thresholds = types.map((type) => ({
    label: type.label,
    eurYearPerUnit: ceilingEurYear(type.adults + type.children) / consumptionUnits(type),
  }));
  if (known.probabilities.length < 2) {
    return {
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
      provenLow: Number.NaN,
      provenHigh: Number.NaN,
      thresholds,
      inTail: false,
      assumptions: ["Moins de deux quantiles diffusés\u00a0: aucune part n'est calculée."],
    };
  }
  const mixtures: readonly (readonly number[])[] = households
    ? [households.map(({ sharePersons }) => sharePersons)]
    : types.map((_, chosen) => types.map((_, i) => (i === chosen ? 1 : 0)));
  const shareOf = (below: (eurYear: number) => number, mixture: readonly number[]): number => {
    let share = 0;
    mixture.forEach((part, i) => {
      if (part > 0) share += part * below(thresholds[i]?.eurYearPerUnit ?? Number.NaN);
    });
    return share;
  };
  const shares = scenarios.map((scenario) => {
    const { shareBelow } = monotoneQuantile(known, scenario);
    return mixtures.map((mixture) => shareOf(shareBelow, mixture));
  });
  const provenLows = mixtures.map((mixture) => shareOf((eurYear) => provenBelow(known, eurYear), mixture));
  const provenHighs = mixtures.map((mixture) => shareOf((eurYear) => provenNotAbove(known, eurYear), mixture));
  const [lowest = 0, highest = 0] = [known.values[0], known.values.at(-1)];
  return {
    value: shares[0]?.[0] ?? Number.NaN,
    low: Math.min(...shares.flat()),
    high: Math.max(...shares.flat()),
    provenLow: Math.min(...provenLows),
    provenHigh: Math.max(...provenHighs),
    thresholds,
    inTail: thresholds.some(({ eurYearPerUnit }) => eurYearPerUnit <= lowest || eurYearPerUnit > highest),
    assumptions: assumptionsOf(known, households !== undefined),
  };
}

/** The shares of many areas at once: one column of values a published quantile. NaN where fewer than two quantiles are known. */
export function sharesUnderCeiling({
  probabilities,
  columns,
  ceilingEurYear,
}: {
  readonly probabilities: readonly number[];
  /** One column (EUR a year and a unit) for each probability, one row an area. */
  readonly columns: readonly Float64Array[];
  readonly ceilingEurYear: (persons: number) => number;
}): { readonly value: Float64Array; readonly low: Float64Array; readonly high: Float64Array } {
  const length = columns[0]?.length ?? 0;
  const [value, low, high] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let area = 0; area < length; area++) {
    const share = shareUnderCeiling({ probabilities, values: columns.map((column) => column[area]), ceilingEurYear });
    value[area] = share.value;
    low[area] = share.low;
    high[area] = share.high;
  }
  return { value, low, high };
}

function knownKnots({ probabilities, values }: QuantileKnots): QuantileKnots {
  const kept = probabilities.map((_, i) => i).filter((i) => !Number.isNaN(values[i] ?? Number.NaN));
  return {
    probabilities: kept.map((i) => probabilities[i] ?? Number.NaN),
    values: kept.map((i) => values[i] ?? Number.NaN),
  };
}

function checkStructure(households: readonly WeightedHouseholdType[]): void {
  const total = households.reduce((sum, { sharePersons }) => sum + sharePersons, 0);
  const odd = households.find(
    ({ adults, children, sharePersons }) =>
      !(sharePersons >= 0) ||
      !(Number.isInteger(adults) && adults >= 1) ||
      !(Number.isInteger(children) && children >= 0),
  );
  if (odd)
    throw new QuartiersError({
      what: "Type de ménage impossible",
      value: odd.label,
      expected: "au moins un adulte, des nombres entiers, une part positive ou nulle",
    });
  if (Math.abs(total - 1) > 1e-6)
    throw new QuartiersError({
      what: "Les parts de personnes par type de ménage ne font pas 1",
      value: String(total),
      expected: "des parts de personnes (et non de ménages) de somme 1",
    });
}

/** At least this share is below: the highest published quantile under the value. */
function provenBelow({ probabilities, values }: QuantileKnots, eurYear: number): number {
  return Math.max(0, ...probabilities.filter((_, i) => (values[i] ?? Number.NaN) < eurYear));
}

/** At most this share is below: the lowest published quantile at or over the value. */
function provenNotAbove({ probabilities, values }: QuantileKnots, eurYear: number): number {
  return Math.min(1, ...probabilities.filter((_, i) => (values[i] ?? Number.NaN) >= eurYear));
}

function assumptionsOf({ probabilities }: QuantileKnots, structureKnown: boolean): readonly string[] {
  return [
    `Distribution reconstituée à partir de ${probabilities.length} quantiles diffusés, par interpolation cubique monotone (Hyman\u00a0; Fritsch et Carlson en borne).`,
    "Sous le plus bas quantile, valeur centrale\u00a0: droite jusqu'à 0 € ; bornes\u00a0: tous à 0 €, ou tous au niveau de ce quantile. Au-dessus du plus haut\u00a0: queue de Pareto, ou tous à ce niveau.",
    structureKnown
      ? "Plafond de chaque type de ménage rapporté à ses unités de consommation ; même distribution du niveau de vie dans tous les types de ménages."
      : "Structure des ménages inconnue\u00a0: valeur centrale comme si chacun vivait seul ; bornes sur huit ménages de référence (un parent seul avec un jeune enfant a le plafond le plus haut par unité de consommation).",
    "Une part de personnes sous un plafond n'est pas une part de personnes éligibles\u00a0: la loi compte d'autres ressources, d'autres mois, d'autres foyers.",
  ];
}
