import { type Column, numberColumn } from "../../codes/table.ts";
import type { PoststratifiedRates } from "../../models/multilevel/poststratify.ts";

/** A share in tenths of a point. */
export const percentOf = (value: number): number => Math.round(1_000 * value) / 10;

/** Rates of a model and their bounds, as three columns in percent. */
export const modelColumns = (
  rates: PoststratifiedRates,
  name: string,
  label: string,
): Readonly<Record<string, Column>> => {
  const percent = (values: Float64Array, words: string) =>
    numberColumn(Float64Array.from(values, percentOf), { label: words, unit: "%" });
  return {
    [name]: percent(rates.rates, label),
    [`${name}_bas`]: percent(rates.low, `${label}, borne basse`),
    [`${name}_haut`]: percent(rates.high, `${label}, borne haute`),
  };
};
