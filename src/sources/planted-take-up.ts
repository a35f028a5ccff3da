import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { Territory } from "./territory.ts";

const file = "verite/recours-c2s.json";

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

/**
 * The planted truth of the invented territory, against which its chapter measures itself; null for a real territory, whatever its folder holds.
 * @throws QuartiersError when the file is not what the generator writes
 */
export function plantedTakeUp(territory: Territory): ReadonlyMap<string, PlantedTakeUp> | null {
  const path = join(territory.dataFolder, file);
  if (!territory.synthetic || !existsSync(path)) return null;
  try {
    const { quartiers } = JSON.parse(readFileSync(path, "utf8")) as Truth;
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
  } catch (error) {
    throw new QuartiersError({
      what: "La vérité plantée du territoire inventé est illisible",
      where: file,
      expected: "le fichier qu'écrit npm run samples",
      remedy: "le régénérer avec npm run samples",
      cause: error,
    });
  }
}
