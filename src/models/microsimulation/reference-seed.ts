import { type HouseholdType, householdTypes, links, type SeedHouseholds, tenures } from "./seed-households.ts";

/** Ages of who lives in a household. */
interface Composition {
  readonly reference: number;
  readonly partner?: number;
  readonly children?: readonly number[];
  readonly others?: readonly number[];
}

/** Households of a type and size that stand for the others; `share`: of the households of the type (sums to 1). */
interface Cell {
  readonly share: number;
  readonly households: readonly Composition[];
}

const alone = (...ages: readonly number[]): readonly Composition[] => ages.map((reference) => ({ reference }));
const couples = (...pairs: readonly (readonly [number, number, ...number[]])[]): readonly Composition[] =>
  pairs.map(([reference, partner, ...children]) => ({ reference, partner, children }));
const parents = (...families: readonly (readonly [number, ...number[]])[]): readonly Composition[] =>
  families.map(([reference, ...children]) => ({ reference, children }));

/**
 * Declared compositions. Sizes within a type are round shares chosen so that the mean size of the type is that of INSEE's census of 2016 (FAM T1: couples with children 3.89,
 * lone parents 2.65, other households 2.40); ages are spread over the life of the type. An assumption, not an observation.
 */
const cells: Readonly<Record<HouseholdType, readonly Cell[]>> = {
  alone: [{ share: 1, households: alone(21, 27, 35, 45, 54, 62, 68, 74, 80, 86) }],
  couple: [
    {
      share: 1,
      households: couples([24, 23], [32, 30], [45, 43], [55, 53], [62, 60], [68, 66], [74, 71], [81, 78]),
    },
  ],
  "couple-children": [
    { share: 0.39, households: couples([26, 24, 1], [33, 31, 4], [43, 41, 12], [53, 51, 19], [61, 58, 27]) },
    { share: 0.4, households: couples([28, 26, 3, 1], [35, 33, 7, 4], [43, 41, 14, 11], [53, 50, 20, 17]) },
    {
      share: 0.15,
      households: couples([31, 29, 6, 3, 1], [38, 36, 11, 8, 4], [45, 43, 17, 14, 9], [54, 50, 22, 19, 16]),
    },
    {
      share: 0.06,
      households: couples([35, 33, 9, 7, 4, 1], [44, 41, 16, 13, 10, 6], [41, 38, 14, 12, 9, 6, 3]),
    },
  ],
  "lone-parent": [
    { share: 0.57, households: parents([24, 2], [33, 6], [42, 13], [52, 20], [60, 30], [80, 52]) },
    { share: 0.27, households: parents([28, 5, 2], [37, 11, 7], [45, 17, 13], [54, 23, 19]) },
    { share: 0.11, households: parents([33, 9, 6, 3], [43, 16, 12, 8]) },
    { share: 0.05, households: parents([36, 13, 10, 6, 3], [43, 18, 15, 12, 8, 4]) },
  ],
  complex: [
    {
      share: 0.7,
      households: [
        { reference: 23, others: [24] },
        { reference: 35, others: [33] },
        { reference: 48, others: [75] },
        { reference: 66, others: [63] },
      ],
    },
    {
      share: 0.2,
      households: [
        { reference: 25, others: [24, 23] },
        { reference: 45, partner: 43, others: [72] },
        { reference: 47, children: [14], others: [72] },
      ],
    },
    {
      share: 0.1,
      households: [
        { reference: 30, others: [31, 29, 28] },
        { reference: 44, partner: 42, children: [12], others: [70] },
        { reference: 55, partner: 52, children: [27], others: [4] },
      ],
    },
  ],
};

interface StartShares {
  readonly types: Readonly<Record<HouseholdType, number>>;
  /** In the order of `tenures`, the same in every type. */
  readonly tenures: readonly number[];
}

/**
 * "national": types of the census of 2016 (INSEE, France, FAM T1: 35.8, 26.2, 26.0, 9.6 and 2.3 % of households), tenures rounded. "priority": what is published of priority
 * neighbourhoods, a household in six is a lone parent's (INSEE Première 2008) and 60 % live in social housing (INSEE Première 1996), the rest in national proportions.
 */
const startShares: Readonly<Record<"national" | "priority", StartShares>> = {
  national: {
    types: { alone: 0.358, couple: 0.262, "couple-children": 0.26, "lone-parent": 0.097, complex: 0.023 },
    tenures: [0.58, 0.15, 0.25, 0.02],
  },
  priority: {
    types: { alone: 0.33, couple: 0.242, "couple-children": 0.24, "lone-parent": 0.167, complex: 0.021 },
    tenures: [0.273, 0.6, 0.118, 0.009],
  },
};

export interface ReferenceSeedOptions {
  /**
   * Start weights. "national" (default): types and tenures in the proportions of France; "priority": in those published for priority neighbourhoods; both with equal weights
   * inside a type and size. "equal": every type and size counts the same, every tenure too. What differs between them is what the assumption is worth.
   */
  readonly start?: "national" | "priority" | "equal";
}

/**
 * Reference households where no census extract is there: each composition (type, size, ages) with nobody, the reference person alone, or all of 20 to 64 years in
 * employment, in the four tenures. These households are DECLARED, not observed: only what margins then impose on them is known. Weights add up to 1. 560 households.
 * @example
 * ```ts
 * const seed = referenceSeed();
 * [seed.households, seed.weight.reduce((sum, weight) => sum + weight, 0).toFixed(9)] // [ 560, "1.000000000" ]
 * ```
 */
export function referenceSeed({ start = "national" }: ReferenceSeedOptions = {}): SeedHouseholds {
  const weight: number[] = [];
  const tenure: number[] = [];
  const type: number[] = [];
  const starts: number[] = [0];
  const persons: Person[] = [];
  const shares = start === "equal" ? null : startShares[start];
  const cellCount = Object.values(cells).reduce((sum, list) => sum + list.length, 0);
  householdTypes.forEach((name, typePlace) => {
    for (const { share, households } of cells[name]) {
      const rows = households.flatMap(withEmployment);
      const cellShare = shares ? shares.types[name] * share : 1 / cellCount;
      tenures.forEach((_, tenurePlace) => {
        const tenureShare = shares ? shares.tenures[tenurePlace] : 1 / tenures.length;
        for (const members of rows) {
          weight.push((cellShare * tenureShare) / rows.length);
          tenure.push(tenurePlace);
          type.push(typePlace);
          persons.push(...members);
          starts.push(persons.length);
        }
      });
    }
  });
  return {
    households: weight.length,
    weight: Float64Array.from(weight),
    tenure: Uint8Array.from(tenure),
    type: Uint8Array.from(type),
    start: Int32Array.from(starts),
    age: Uint8Array.from(persons, ({ age }) => age),
    link: Uint8Array.from(persons, ({ link }) => link),
    employed: Uint8Array.from(persons, ({ employed }) => employed),
  };
}

interface Person {
  readonly age: number;
  readonly link: number;
  readonly employed: number;
}

/** A composition with nobody, the first, or all of those of 20 to 64 years in employment; those that are the same count once. */
function withEmployment({ reference, partner, children = [], others = [] }: Composition): readonly Person[][] {
  const members = [
    { age: reference, link: links.indexOf("reference") },
    ...(partner === undefined ? [] : [{ age: partner, link: links.indexOf("partner") }]),
    ...children.map((age) => ({ age, link: links.indexOf("child") })),
    ...others.map((age) => ({ age, link: links.indexOf("other") })),
  ];
  const mayWork = members.map(({ age }) => age >= 20 && age <= 64);
  const workers = mayWork.filter(Boolean).length;
  const first = mayWork.indexOf(true);
  const row = (works: (place: number) => boolean): Person[] =>
    members.map((member, place) => ({ ...member, employed: works(place) ? 1 : 0 }));
  return [
    row(() => false),
    ...(workers > 0 ? [row((place) => place === first)] : []),
    ...(workers > 1 ? [row((place) => mayWork[place] === true)] : []),
  ];
}
