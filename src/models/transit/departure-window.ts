import { QuartiersError } from "../../codes/errors.ts";
import type { Reach } from "../streets/reach.ts";
import type { TransitQuestion } from "./transit-matrix.ts";

/** Departures of people: every `everySeconds` from `from` (included) to `to` (excluded), whole seconds of the day. */
export interface DepartureWindow {
  readonly from: number;
  readonly to: number;
  readonly everySeconds: number;
}

/**
 * Rank, from 0, of each percentile among sorted values, by nearest rank: ceil(p n / 100).
 * @throws QuartiersError for a percentile out of ]0, 100]
 * @example
 * ```ts
 * percentileRanks([1, 50, 100], 60) // Int32Array(3) [ 0, 29, 59 ]
 * ```
 */
export function percentileRanks(percentiles: readonly number[], count: number): Int32Array {
  const odd = percentiles.find((p) => !(p > 0 && p <= 100));
  if (odd !== undefined || percentiles.length === 0)
    throw new QuartiersError({
      what: "Centile impossible",
      value: String(odd ?? "aucun"),
      expected: "un ou plusieurs nombres de plus de 0 à 100, comme 50 pour la médiane",
    });
  return Int32Array.from(percentiles, (p) => Math.ceil((p * count) / 100 - 1e-9) - 1);
}

/** Refuses a question whose columns or hours do not hold together. */
export function checkWindow({
  network,
  access,
  egress,
  transfers,
  walk,
  window,
  maxMinutes = 120,
}: TransitQuestion): void {
  const { from, to, everySeconds } = window;
  const isWhole = [from, to, everySeconds].every(Number.isInteger);
  if (!isWhole || !(from < to) || !(everySeconds > 0) || from < 0)
    throw new QuartiersError({
      what: "Fenêtre de départs impossible",
      value: `de ${from} à ${to} s, toutes les ${everySeconds} s`,
      expected: "des secondes entières du jour, un début avant la fin, un intervalle de plus de 0 s",
    });
  if (!(maxMinutes > 0))
    throw new QuartiersError({
      what: "Durée maximale impossible",
      value: String(maxMinutes),
      expected: "plus de 0 min",
    });
  const stops = network.footpaths.changeSeconds.length;
  const lists: readonly (readonly [string, Reach | null])[] = [
    ["access", access],
    ["egress", egress],
    ["transfers", transfers],
  ];
  for (const [name, reach] of lists) {
    if (reach === null) continue;
    const outside = reach.targets.find((stop) => !(stop >= 0 && stop < stops));
    const odd = reach.seconds.find((seconds) => !(seconds >= 0));
    if (outside !== undefined || odd !== undefined || (name === "transfers" && reach.starts.length !== stops + 1))
      throw new QuartiersError({
        what: `Les marches ne vont pas avec les arrêts (${name})`,
        value:
          outside !== undefined
            ? `arrêt ${outside}`
            : odd !== undefined
              ? `${odd} s`
              : `${reach.starts.length - 1} lignes`,
        expected: `des marches de 0 s ou plus vers les ${stops} arrêts de l'horaire`,
      });
  }
  const pairs = (access.starts.length - 1) * (egress.starts.length - 1);
  const badWalk = walk?.find((seconds) => !(seconds >= 0));
  if (walk !== null && (walk.length !== pairs || badWalk !== undefined))
    throw new QuartiersError({
      what: "Les marches directes ne vont pas avec les lieux",
      value: badWalk !== undefined ? `${badWalk} s` : `${walk.length} durées`,
      expected: `${pairs} durées de 0 s ou plus, Infinity où l'on ne marche pas`,
    });
}
