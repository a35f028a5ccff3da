import { nonTakeUpRate } from "../../models/benefits/non-take-up-rates.ts";

/** Holders at the end of 2021 (DREES): 5.7 million free, 1.4 with participation. */
export const drees2021 = { free: 5.7e6, participationOnly: 1.4e6 } as const;

/** Persons eligible according to DREES in 2021: holders / (1 - rate of non-take-up), free and with participation. */
export function dreesEligible2021(): Readonly<Record<"free" | "participationOnly", number>> {
  return {
    free: drees2021.free / (1 - nonTakeUpRate(2021, "free").rate),
    participationOnly: drees2021.participationOnly / (1 - nonTakeUpRate(2021, "participation").rate),
  };
}
