import { plantedTruth } from "./planted-truth.ts";
import type { Territory } from "./territory.ts";

/** What was planted for one practice, on the whole invented population. Shares from 0 to 1. */
export interface PlantedPractice {
  readonly inside: number;
  readonly outside: number;
  /** Inside less outside, and the same at the ages, diplomas and occupations of the neighbourhoods. */
  readonly rawGap: number;
  readonly standardisedGap: number;
  /** Mean change of the probability for ten more minutes on foot. */
  readonly tenMinutes: number;
}

/** What was planted in one neighbourhood: true rate of each practice, and share of those who want and did not go, by practice. */
export interface PlantedRates {
  readonly rates: Readonly<Record<string, number>>;
  readonly unmet: Readonly<Record<string, number>>;
}

export interface PlantedPractices {
  readonly practices: ReadonlyMap<string, PlantedPractice>;
  readonly neighbourhoods: ReadonlyMap<string, PlantedRates>;
}

interface Truth {
  readonly pratiques: Readonly<
    Record<
      string,
      {
        readonly quartiers: number;
        readonly hors: number;
        readonly ecart_brut: number;
        readonly ecart_standardise: { readonly poids_quartiers: number };
        readonly effet_10_minutes: number;
      }
    >
  >;
  readonly quartiers: Readonly<
    Record<
      string,
      {
        readonly taux: Readonly<Record<string, number>>;
        readonly veut_sans_faire: Readonly<Record<string, number>>;
      }
    >
  >;
}

/** The planted practices of the invented territory, against which its chapter measures itself; null for a real territory. */
export const plantedPractices = (territory: Territory): PlantedPractices | null =>
  plantedTruth(territory, "verite/pratiques-2018.json", (json) => {
    const { pratiques, quartiers } = json as Truth;
    return {
      practices: new Map(
        Object.entries(pratiques).map(([name, planted]) => [
          name,
          {
            inside: planted.quartiers,
            outside: planted.hors,
            rawGap: planted.ecart_brut,
            standardisedGap: planted.ecart_standardise.poids_quartiers,
            tenMinutes: planted.effet_10_minutes,
          },
        ]),
      ),
      neighbourhoods: new Map(
        Object.entries(quartiers).map(([code, { taux, veut_sans_faire }]) => [
          code,
          { rates: taux, unmet: veut_sans_faire },
        ]),
      ),
    };
  });
