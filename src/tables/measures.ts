import { QuartiersError } from "../codes/errors.ts";
import { type NumberColumn, numbers, type Table } from "../codes/table.ts";

/** What an absent member does to its group: "dominant" makes the group absent (s > ns > nd); "partial" keeps the known members and counts the absent ones. */
export type MissingRule = "dominant" | "partial";

/**
 * What a column that is not summable holds, for an average: "rate", whose weight is its denominator; "individual", the value of one person or
 * thing a row (an age, a distance), which may be averaged and whose median may be taken.
 */
export type ValueNature = "rate" | "individual";

interface MeasureOptions {
  readonly missing?: MissingRule;
}

interface AverageOptions extends MeasureOptions {
  /** Summable column: the denominator of a rate, or the survey weight of a person. */
  readonly weight?: string;
  readonly as?: ValueNature;
}

/** One column of the result of `groupBy`. */
export type Measure =
  | { readonly kind: "count" }
  | { readonly kind: "sum" | "min" | "max"; readonly column: string; readonly missing: MissingRule }
  | { readonly kind: "share"; readonly column: string; readonly of: string; readonly missing: MissingRule }
  | {
      readonly kind: "mean" | "median";
      readonly column: string;
      readonly missing: MissingRule;
      readonly weight?: string;
      readonly as?: ValueNature;
    };

/** Number of rows. */
export const count = (): Measure => ({ kind: "count" });

/** Sum of a summable column. */
export const sum = (column: string, { missing = "dominant" }: MeasureOptions = {}): Measure => ({
  kind: "sum",
  column,
  missing,
});

/** Mean, weighted when a weight is named. A rate needs its denominator for weight; medians and deciles have no mean. */
export const mean = (column: string, { missing = "dominant", ...options }: AverageOptions = {}): Measure => ({
  kind: "mean",
  column,
  missing,
  ...options,
});

/** Median of the rows; weighted, the least value that half of the weight does not exceed, or the middle of two when the half falls between. */
export const median = (column: string, { missing = "dominant", ...options }: AverageOptions = {}): Measure => ({
  kind: "median",
  column,
  missing,
  ...options,
});

/** Least value. */
export const min = (column: string, { missing = "dominant" }: MeasureOptions = {}): Measure => ({
  kind: "min",
  column,
  missing,
});

/** Greatest value. */
export const max = (column: string, { missing = "dominant" }: MeasureOptions = {}): Measure => ({
  kind: "max",
  column,
  missing,
});

/**
 * Sum of a column over the sum of another: a part (0 to 1) whose numerator and denominator are both known.
 * @example
 * ```ts
 * share("chomeurs", { of: "actifs" }).kind // "share"
 * ```
 */
export const share = (
  column: string,
  { of, missing = "dominant" }: MeasureOptions & { readonly of: string },
): Measure => ({ kind: "share", column, of, missing });

/** Names of medians, deciles and quantiles: no weight makes a mean of them. */
const quantileWords = /m[ée]dian|d[ée]cile|quartile|quintile|centile|interd[ée]cile/i;
const rateUnits: ReadonlySet<string> = new Set(["%", "part"]);

/**
 * Refuses a measure that its column does not allow: the sum of what is not summable, the mean of rates without their denominator, the mean or median of
 * medians and deciles.
 */
export function checkMeasure(t: Table, measure: Measure): void {
  if (measure.kind === "count") return;
  const { column } = measure;
  const c = numbers(t, column);
  if (measure.kind === "sum") refuseUnlessSummable(c, column, "sommée");
  if (measure.kind === "share") {
    refuseUnlessSummable(c, column, "sommée");
    refuseUnlessSummable(numbers(t, measure.of), measure.of, "sommée");
  }
  if (measure.kind !== "mean" && measure.kind !== "median") return;
  const { weight, as, kind } = measure;
  if (weight !== undefined) {
    const w = numbers(t, weight);
    refuseUnlessSummable(w, weight, "prise pour poids");
    if (w.values.some((value) => value < 0))
      throw new QuartiersError({
        what: `La colonne de poids ${weight} a des valeurs négatives`,
        expected: "des poids positifs ou nuls",
      });
  }
  if (c.summable || as === "individual") return;
  const refuse = (what: string, remedy: string): never => {
    throw new QuartiersError({ what, value: column, expected: expectedOf(c), remedy });
  };
  const isRate = rateUnits.has(c.unit);
  if (!isRate && (quantileWords.test(c.label) || kind === "median"))
    refuse(
      "La moyenne ou la médiane de médianes et de déciles n'est pas celle de l'ensemble",
      'repartir des données individuelles (as: "individual" si une ligne est un individu), ou montrer la distribution des valeurs sans les résumer',
    );
  if (kind === "median")
    refuse(
      "La médiane de taux par unité n'est pas le taux médian des individus",
      'prendre la moyenne pondérée par le dénominateur (mean), ou déclarer as: "individual" si une ligne est un individu',
    );
  if (weight === undefined)
    refuse(
      "Une colonne non sommable ne se moyenne pas sans poids",
      `nommer le dénominateur du taux\u00a0: mean("${column}", { weight: "…" })`,
    );
  if (!isRate && as !== "rate")
    refuse(
      "Rien ne dit que cette colonne est un taux dont le poids est le dénominateur",
      `si c'en est un, le déclarer\u00a0: mean("${column}", { weight: "…", as: "rate" })`,
    );
}

const expectedOf = ({ label, unit }: NumberColumn): string =>
  `un effectif, un montant ou un taux (ici «\u202f${label}\u202f», en ${unit || "unité non dite"})`;

function refuseUnlessSummable(c: NumberColumn, name: string, use: string): void {
  if (c.summable) return;
  throw new QuartiersError({
    what: `Une colonne non sommable ne peut pas être ${use}`,
    value: name,
    expected: `un effectif ou un montant, déclaré sommable par son contrat (ici «\u202f${c.label}\u202f»)`,
    remedy: "prendre la moyenne pondérée par le dénominateur (mean), ou repartir des effectifs",
  });
}
