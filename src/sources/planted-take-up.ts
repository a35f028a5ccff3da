import { plantedTruth } from "./planted-truth.ts";
import type { Territory } from "./territory.ts";

/** What was planted in an invented territory, by neighbourhood: persons, all schemes. */
export interface PlantedTakeUp {
  readonly rsa: number;
  /** Free, RSA included. */
  readonly free: number;
  /** Any right. */
  readonly all: number;
  /** Persons of the general scheme who have a right, and those among them who are covered. */
  readonly general: number;
  readonly generalCovered: number;
  /** The same of the free right, RSA included. */
  readonly generalFree: number;
  readonly generalFreeCovered: number;
}

/** A number by right, as the file writes it. */
interface ByRight {
  readonly rsa: number;
  readonly gratuite_hors_rsa: number;
  readonly participation: number;
}

interface Truth {
  readonly quartiers: readonly {
    readonly code_qp: string;
    readonly eligibles: ByRight;
    readonly eligibles_du_regime_general: ByRight;
    readonly couverts_du_regime_general: ByRight;
  }[];
}

const free = ({ rsa, gratuite_hors_rsa }: ByRight): number => rsa + gratuite_hors_rsa;
const sum = ({ rsa, gratuite_hors_rsa, participation }: ByRight): number => rsa + gratuite_hors_rsa + participation;

/** The planted take-up of the invented territory, against which its chapter measures itself; null for a real territory. */
export const plantedTakeUp = (territory: Territory): ReadonlyMap<string, PlantedTakeUp> | null =>
  plantedTruth(territory, "verite/recours-c2s.json", (json) => {
    const { quartiers } = json as Truth;
    return new Map(
      quartiers.map(({ code_qp, eligibles, eligibles_du_regime_general, couverts_du_regime_general }) => [
        code_qp,
        {
          rsa: eligibles.rsa,
          free: free(eligibles),
          all: sum(eligibles),
          general: sum(eligibles_du_regime_general),
          generalCovered: sum(couverts_du_regime_general),
          generalFree: free(eligibles_du_regime_general),
          generalFreeCovered: free(couverts_du_regime_general),
        },
      ]),
    );
  });
