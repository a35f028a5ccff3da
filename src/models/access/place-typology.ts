import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";

/** Columns that rules read, by name, one value a place; NaN where it is not known. */
export type PlaceColumns = Readonly<Record<string, Float64Array>>;

/** A condition on one column: lower bound included, upper bound excluded. */
export interface PlaceCondition {
  readonly column: string;
  /** « habitants de l'unité urbaine ». */
  readonly label: string;
  readonly unit: string;
  readonly from?: number;
  readonly below?: number;
}

/** A type of place and the conditions that all must hold. */
export interface PlaceRule {
  readonly type: string;
  readonly when: readonly PlaceCondition[];
}

/** Types of places. */
export interface PlaceTypology {
  /** Type of each place; `otherwise` where no rule applies. */
  readonly types: readonly string[];
  /** Places of each type, in the order of the rules, `otherwise` last when somebody has it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Rules left out because a column is not given, and places whose value is missing for a rule that could have applied. */
  readonly rulesLeftOut: readonly string[];
  readonly undecided: number;
  /** The rules in words, in their order. */
  readonly explanation: readonly string[];
}

const residents = { column: "townResidents", label: "habitants de la ville", unit: "" } as const;
const coast = { column: "coastKm", label: "distance à la côte", unit: "km" } as const;

/**
 * Declared rules after the programme's reading (metropolis, coastal town, small town): the bounds are a convention of the laboratory, 200 000 and 20 000 residents, 10 km, to be
 * changed by an author who says so. The first rule that applies wins.
 */
export const programmePlaceRules: readonly PlaceRule[] = [
  { type: "métropole", when: [{ ...residents, from: 200_000 }] },
  { type: "ville littorale", when: [{ ...coast, below: 10 }] },
  { type: "petite ville", when: [{ ...residents, below: 20_000 }] },
  { type: "ville moyenne", when: [{ ...residents, from: 20_000 }] },
];

/**
 * Typology by declared rules. A rule whose column is not given is left out, and said; a place whose value is missing is not typed by the rule that needs it: it falls to
 * the next, and is counted as undecided. Limits: a type is a word for a reader, not a cause; places near a bound change type with it, and a small group is to be protected like any
 * count. O(places x rules).
 * @example
 * ```ts
 * const columns = { townResidents: Float64Array.of(320_000, 15_000, 8_000), coastKm: Float64Array.of(60, 2, 80) };
 * placeTypology(columns, programmePlaceRules).types // [ 'métropole', 'ville littorale', 'petite ville' ]
 * ```
 */
export function placeTypology(columns: PlaceColumns, rules: readonly PlaceRule[], otherwise = "autre"): PlaceTypology {
  const lengths = Object.entries(columns).map(([name, { length }]) => ({ name, length }));
  const size = lengths[0]?.length ?? 0;
  const odd = lengths.find(({ length }) => length !== size);
  if (odd || rules.length === 0 || size === 0)
    throw new QuartiersError({
      what: odd ? `Colonne ${odd.name} d'une autre longueur` : "Rien à classer",
      value: odd ? String(odd.length) : `${size} lieux, ${rules.length} règles`,
      expected: odd ? String(size) : "au moins un lieu et une règle",
    });
  const usable = rules.filter(({ when }) => when.every(({ column }) => columns[column]));
  const missing = new Set<number>();
  const verdict = ({ when }: PlaceRule, place: number): boolean => {
    let holds = true;
    let unknown = false;
    for (const { column, from = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } of when) {
      const value = columns[column]?.[place] ?? Number.NaN;
      if (Number.isNaN(value)) unknown = true;
      else if (!(value >= from && value < below)) holds = false;
    }
    if (holds && unknown) missing.add(place);
    return holds && !unknown;
  };
  const types = Array.from(
    { length: size },
    (_, place) => usable.find((rule) => verdict(rule, place))?.type ?? otherwise,
  );
  const names = [...new Set([...usable.map(({ type }) => type), otherwise])];
  const count = (name: string): number => types.filter((type) => type === name).length;
  return {
    types,
    counts: new Map(
      names.map((name) => [name, count(name)] as const).filter(([name, n]) => name !== otherwise || n > 0),
    ),
    rulesLeftOut: rules.filter((rule) => !usable.includes(rule)).map(({ type }) => type),
    undecided: missing.size,
    explanation: usable.map(({ type, when }) => `${type}${HARD_SPACE}: ${when.map(sayCondition).join(" et ")}`),
  };
}

function sayCondition({ label, unit, from, below }: PlaceCondition): string {
  const say = (value: number): string => frenchNumber(value, unit ? { unit } : {});
  if (from !== undefined && below !== undefined) return `${label} de ${say(from)} à moins de ${say(below)}`;
  return from !== undefined ? `${label} d’au moins ${say(from)}` : `${label} de moins de ${say(below ?? 0)}`;
}
