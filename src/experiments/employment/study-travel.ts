import type { SourceRef } from "../../codes/lineage.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";

/** Ways to travel that the study measures. Transit is never slower than walking: it contains it. */
export type TravelMode = "walk" | "bike" | "ebike" | "transit" | "car";

export const modeLabels: Readonly<Record<TravelMode, string>> = {
  walk: "à pied",
  bike: "à vélo",
  ebike: "en vélo électrique",
  transit: "à pied ou en transport collectif",
  car: "en voiture",
};

/** Journeys at one hour, one way: to work from that hour on, or back home from that hour on. */
export interface TimedJourneys {
  readonly hour: number;
  readonly direction: "outward" | "return";
  readonly minutes: CostMatrix;
}

/** Home points (rows) to workplaces (columns) of a study, in minutes and kilometres. */
export interface StudyTravel {
  readonly minutes: Readonly<Record<TravelMode, CostMatrix>>;
  /** Along the roads, and as the crow flies. */
  readonly carKm: CostMatrix;
  readonly straightKm: CostMatrix;
  /** Transit at staggered hours, out and back. */
  readonly byHour: readonly TimedJourneys[];
  /** Transit with one more line, where a study tries one. */
  readonly withShuttle: CostMatrix | null;
  readonly shuttle: ShuttleLine | null;
  /** Points that no street of a mode comes near, and what the timetable holds: sentences in French for the chapter. */
  readonly notes: readonly string[];
  readonly lineage: readonly SourceRef[];
}

/** A line that does not exist: what it would join, and how often. */
export interface ShuttleLine {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly km: number;
  readonly headwayMinutes: number;
  readonly firstHour: number;
  readonly lastHour: number;
}
