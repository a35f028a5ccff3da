import type { CodeRome } from "../../codes/code.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import type { RomeMatching } from "../../models/matching/rome-match.ts";
import type { WorkHours } from "../../models/matching/work-hours.ts";
import type { Contract } from "../../sources/contract.ts";
import type { GtfsFeed } from "../../sources/gtfs.ts";
import type { HomePoints } from "../../tables/home-points.ts";
import type { LicenceDemand } from "../../tables/licence-demand.ts";
import type { PlacedNeighbourhood } from "../../tables/neighbourhoods.ts";
import type { TravelPoints } from "../travel/travel-times.ts";

/** How a territory calls the places whose access is measured, in sentences. */
export interface PlaceWords {
  readonly one: string;
  readonly many: string;
  /** « quartiers prioritaires (génération 2015) d’Armorelle ». */
  readonly field: string;
  /** Those who look for a job: « demandeurs d’emploi », « habitants ». */
  readonly seekers: string;
  /** « offres d’emploi », « emplois ». */
  readonly jobs: string;
}

/** A neighbourhood and those it is compared with. */
export interface StudiedPlace {
  readonly code: string;
  readonly name: string;
  readonly town: string;
  /** « métropole », « ville littorale », « petite ville ». */
  readonly kind: string;
  readonly residents: number;
  readonly homes: HomePoints;
  /** The same people's town; null where no square tells where they live. */
  readonly townHomes: HomePoints | null;
}

/** Posts by place and occupation. */
export interface StudiedOffers {
  readonly ids: readonly string[];
  readonly rome: readonly CodeRome[];
  readonly posts: Float64Array;
  /** Row of each offer in `workplaces`. */
  readonly workplace: Int32Array;
  /** Whether driving a car is asked for; null where the offer is silent. */
  readonly licence: readonly (LicenceDemand | null)[];
  /** The hours of work, null where the offer is silent. */
  readonly hours: readonly (WorkHours | null)[];
}

export interface StudiedZone {
  readonly code: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** What the transport of a territory is read from. */
export interface StudiedTransport {
  readonly roads: Contract;
  readonly feeds: readonly GtfsFeed[];
  /** Day of the timetable, AAAA-MM-JJ. */
  readonly day: string;
  /** Hour of departure of the main measure. */
  readonly hour: number;
  /** Hours at which work may begin or end, for the chart of hours; the main one is added. */
  readonly workHours: readonly number[];
}

/** Everything that the experiment measures on, whatever the country. */
export interface AccessStudy {
  readonly words: PlaceWords;
  readonly places: readonly StudiedPlace[];
  /** Perimeters to draw, empty where places are points. */
  readonly perimeters: readonly PlacedNeighbourhood[];
  /** Points where people live: those of the places, of the towns and of the whole. */
  readonly homes: TravelPoints;
  /** The whole territory as a comparator. */
  readonly everybody: HomePoints;
  readonly workplaces: TravelPoints;
  /** Towns (or sectors) that hold places and workplaces, for flows: what is too small to be drawn one by one. */
  readonly zones: readonly StudiedZone[];
  /** Zone of each place and of each workplace; -1 outside all. */
  readonly placeZone: Int32Array;
  readonly workplaceZone: Int32Array;
  readonly offers: StudiedOffers;
  /** Seekers of each place by occupation, visible cells only. */
  readonly seekers: readonly ReadonlyMap<CodeRome, number>[];
  readonly matching: RomeMatching;
  /** Occupations are known: three levels of match, families. Otherwise any job suits anybody. */
  readonly hasOccupations: boolean;
  readonly transport: StudiedTransport;
  /** What was left out, by count, for the chapter to say. */
  readonly left: {
    readonly offersWithoutPlace: number;
    readonly hiddenCells: number;
    readonly squaresWithoutCount: number;
  };
  /** What a reader must know of this territory's files, sentences in French. */
  readonly remarks: readonly string[];
  readonly lineage: readonly SourceRef[];
}
