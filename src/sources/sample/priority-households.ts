import { normal } from "../../codes/random.ts";
import type { HouseholdRow } from "./households.ts";
import type { SampleIndicators } from "./indicators.ts";
import { drawHousehold, employ, employmentShift, type InventedHousehold } from "./invented-households.ts";
import { stream } from "./stream.ts";

/** Who lives in one neighbourhood, household by household. */
export interface PriorityPopulation {
  readonly qpv: string;
  readonly households: readonly InventedHousehold[];
}

/** Planted: how much neighbourhoods differ from one another (standard deviations of log odds). */
export const placeSpread = { loneParents: 0.25, socialHousing: 0.5, older: 0.3 } as const;
/** Share of those of 15 to 64 years who work, in per cent, where the indicator is not known. */
const USUAL_EMPLOYMENT = 40;

/** Households in the numbers and sizes of `menages_qpv`, rounded; those who work are as many as the indicator `tx_tot_empl` says. */
export function makePriorityHouseholds(
  indicators: readonly SampleIndicators[],
  sizes: readonly HouseholdRow[],
  seed: number,
): readonly PriorityPopulation[] {
  const random = stream(seed, "ménages des quartiers");
  return indicators.map(({ qpv, written }) => {
    const place = {
      priority: true,
      loneParents: placeSpread.loneParents * normal(random),
      socialHousing: placeSpread.socialHousing * normal(random),
      older: placeSpread.older * normal(random),
    };
    const households = sizes
      .filter((row) => row.qpv === qpv.code)
      .flatMap((row) =>
        Array.from({ length: Math.round(row.households) }, () => drawHousehold(random, place, row.size)),
      );
    const shift = employmentShift(households, Number(written.tx_tot_empl ?? USUAL_EMPLOYMENT) / 100);
    for (const household of households) employ(random, household, shift);
    return { qpv: qpv.code, households };
  });
}
