import { normal } from "../../codes/random.ts";
import type { SampleIndicators } from "./indicators.ts";
import { stream } from "./stream.ts";
import { csv, rounded, withComma } from "./writing.ts";

/** Households of one neighbourhood by number of persons; 6 stands for six or more. */
export interface HouseholdRow {
  readonly qpv: string;
  readonly size: number;
  readonly households: number;
  readonly persons: number;
}

/** Mean persons of a household of six or more. */
const SIX_OR_MORE = 6.6;
const usualShares = [0.4, 0.25, 0.14, 0.11, 0.06, 0.04];

/** Household structure: poorer neighbourhoods have larger families. The persons of a neighbourhood add up to its municipal population exactly. */
export function makeHouseholds(indicators: readonly SampleIndicators[], seed: number): readonly HouseholdRow[] {
  const random = stream(seed, "ménages");
  return indicators.flatMap(({ qpv, poverty }) => {
    const tilt = 0.1 * poverty + 0.08 * normal(random);
    const raw = usualShares.map((share, i) => share * Math.exp(tilt * (i - 1) + 0.07 * normal(random)));
    const personsOf = raw.map((share, i) => share * (i < 5 ? i + 1 : SIX_OR_MORE));
    const scale = qpv.population / personsOf.reduce((sum, persons) => sum + persons, 0);
    const small = raw.slice(0, 5).map((share, i) => {
      const households = rounded(share * scale, 1);
      return { qpv: qpv.code, size: i + 1, households, persons: rounded(households * (i + 1), 1) };
    });
    const left = rounded(qpv.population - small.reduce((sum, { persons }) => sum + persons, 0), 1);
    return [...small, { qpv: qpv.code, size: 6, households: rounded(left / SIX_OR_MORE, 1), persons: left }];
  });
}

/** `menages_qpv.csv`: census estimates with a decimal comma. */
export const writeHouseholds = (rows: readonly HouseholdRow[]): string =>
  csv(
    ["code_qp", "taille", "menages", "personnes"],
    rows.map(({ qpv, size, households, persons }) => [qpv, size, withComma(households, 1), withComma(persons, 1)]),
    { separator: ";" },
  );
