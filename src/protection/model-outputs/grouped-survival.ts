import { Refusal } from "../refusal.ts";
import type { SurvivalOutput } from "./model-output.ts";

/** A survival curve that may be drawn: the share still without the event after each step. */
export interface GroupedSurvival {
  /** End of each step. */
  readonly times: readonly number[];
  /** Kaplan-Meier's share just after it. */
  readonly surviving: readonly number[];
}

/**
 * Merges the steps of a Kaplan-Meier curve until each holds at least t events, and stops where fewer than t units are followed. Steps left at the end
 * with too few events are not drawn: the curve ends before them. O(steps).
 * Source: Kaplan and Meier (1958) for the estimate.
 * @throws Refusal when times do not increase or counts are not whole
 * @example
 * ```ts
 * const curve = { kind: "survival", times: [1, 2, 3, 4], atRisk: [40, 34, 27, 8], events: [6, 6, 12, 3] };
 * groupedSurvival(curve, 11).times // [2, 3]
 * ```
 */
export function groupedSurvival({ times, atRisk, events }: SurvivalOutput, minUnits: number): GroupedSurvival {
  const valid = times.every((time, i) => {
    const before = i === 0 ? Number.NEGATIVE_INFINITY : times[i - 1];
    return time > before && Number.isInteger(atRisk[i]) && Number.isInteger(events[i]) && events[i] <= atRisk[i];
  });
  if (!valid || atRisk.length !== times.length || events.length !== times.length) {
    throw new Refusal({
      what: "Une courbe de survie n'est pas lisible",
      expected: "des dates croissantes, et pour chacune un effectif suivi et un nombre d'événements entiers",
    });
  }
  const kept: { time: number; share: number }[] = [];
  let share = 1;
  let waiting = 0;
  for (let i = 0; i < times.length && atRisk[i] >= minUnits; i++) {
    share *= 1 - events[i] / atRisk[i];
    waiting += events[i];
    if (waiting < minUnits) continue;
    kept.push({ time: times[i], share });
    waiting = 0;
  }
  return { times: kept.map(({ time }) => time), surviving: kept.map((step) => step.share) };
}
