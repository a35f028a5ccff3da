import { normal, type Random } from "../../codes/random.ts";
import { practices } from "../enquete-pratiques.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { makeLand } from "./communes.ts";
import { placeIn } from "./employment.ts";
import { type LocatedFacility, makeLocatedFacilities } from "./facilities.ts";
import { toDegrees } from "./geometry.ts";
import { makeZones, type SampleZones } from "./grow-zones.ts";
import { makeHouseholds } from "./households.ts";
import { communePopulations, makeIndicators, type SampleIndicators } from "./indicators.ts";
import { makeNeighbourhoods, type SampleQpv } from "./neighbourhoods.ts";
import { jointCells, type Place } from "./practice-composition.ts";
import { practiceEffects } from "./practice-effects.ts";
import { makePriorityHouseholds, type PriorityPopulation } from "./priority-households.ts";
import { shareOut } from "./squares.ts";
import { DEFAULT_SEED, stream } from "./stream.ts";
import { type Walks, walker } from "./walking.ts";
import type { SampleIris } from "./zones.ts";

/** Persons of 15 or more who live at one place: the part of a square that is in an area. */
export interface PracticeHome {
  readonly iris: SampleIris;
  readonly walks: Walks;
  readonly adults: number;
}

/** A priority neighbourhood, or what a commune has outside of any: the same composition everywhere in it. */
export interface PracticeArea {
  /** Null outside. */
  readonly qpv: SampleQpv | null;
  /** The commune of its code. */
  readonly commune: SampleCommune;
  /** Persons of 15 or more by profile, in the order of `practiceProfiles`: whole persons. */
  readonly cells: Int32Array;
  readonly adults: number;
  readonly homes: readonly PracticeHome[];
  /** The area's own effect on each practice, 0 outside. */
  readonly effects: Float64Array;
}

/** The invented persons of 15 or more from whom the survey is drawn. */
export interface PracticePopulation {
  /** Neighbourhoods in the order of their codes, then communes in theirs. */
  readonly areas: readonly PracticeArea[];
  readonly populations: ReadonlyMap<string, number>;
}

export interface PracticeTerritory {
  readonly land: Land;
  readonly qpvs: readonly SampleQpv[];
  readonly indicators: readonly SampleIndicators[];
  readonly inhabitants: readonly PriorityPopulation[];
  readonly zones: SampleZones;
  readonly facilities: readonly LocatedFacility[];
  readonly populations: ReadonlyMap<string, number>;
  readonly seed: number;
}

/** Homes of a commune without squares: so many points around its centre. */
const VILLAGE_HOMES = 12;

/** Who lives where, with which walk, and what each neighbourhood adds of its own. */
export function makePracticePopulation({
  land,
  qpvs,
  indicators,
  inhabitants,
  zones,
  facilities,
  populations,
  seed,
}: PracticeTerritory): PracticePopulation {
  const random = stream(seed, "population des pratiques");
  const own = stream(seed, "effets des quartiers sur les pratiques");
  const homes = homesByArea(land, zones, facilities, populations, seed);
  const area = (code: string, place: Place, commune: SampleCommune, qpv: SampleQpv | null): PracticeArea => {
    const cells = jointCells(random, place);
    const adults = cells.reduce((sum, count) => sum + count, 0);
    const found = homes.get(code) ?? [];
    const shares = shareOut(
      adults,
      found.map(({ persons }) => persons),
    );
    return {
      qpv,
      commune,
      cells,
      adults,
      homes: found.map(({ iris, walks }, i) => ({ iris, walks, adults: shares[i] })).filter((home) => home.adults > 0),
      effects: Float64Array.from(practices, ([name]) =>
        qpv === null ? 0 : practiceEffects[name].neighbourhood * normal(own),
      ),
    };
  };
  const inside = qpvs.map((qpv, i) =>
    area(
      qpv.code,
      {
        kind: "priority",
        persons: qpv.population,
        households: inhabitants.find((one) => one.qpv === qpv.code)?.households ?? [],
        poverty: indicators[i].poverty,
      },
      qpv.communes[0],
      qpv,
    ),
  );
  const outside = land.communes.flatMap((commune) => {
    const persons = (homes.get(commune.code) ?? []).reduce((sum, home) => sum + home.persons, 0);
    return persons === 0 ? [] : [area(commune.code, { kind: "outside", persons, commune }, commune, null)];
  });
  return { areas: [...inside, ...outside], populations };
}

interface Dwelling {
  readonly iris: SampleIris;
  readonly walks: Walks;
  readonly persons: number;
}

/** Dwellings by neighbourhood code and, outside, by commune code: a part of a square each; some points around the centre where there are no squares. */
function homesByArea(
  { communes }: Land,
  { iris, homes }: SampleZones,
  facilities: readonly LocatedFacility[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): ReadonlyMap<string, readonly Dwelling[]> {
  const walksFrom = walker(facilities);
  const found = new Map<string, Dwelling[]>();
  const add = (code: string, dwelling: Dwelling): void => {
    if (dwelling.persons > 0) found.set(code, [...(found.get(code) ?? []), dwelling]);
  };
  for (const [{ middle, inside, outside }, home] of homes) {
    const walks = walksFrom(middle);
    add(home.commune.code, { iris: home, walks, persons: outside });
    for (const { qpv, persons } of inside) add(qpv.code, { iris: home, walks, persons });
  }
  const squared = new Set([...homes.keys()].map(({ commune }) => commune.code));
  for (const commune of communes) {
    const part = iris.find((one) => one.commune === commune);
    if (squared.has(commune.code) || part === undefined) continue;
    const population = populations.get(commune.code) ?? 0;
    const random: Random = stream(seed, `logements de ${commune.code}`);
    for (const persons of shareOut(
      population,
      Array.from({ length: VILLAGE_HOMES }, () => 1),
    ))
      add(commune.code, { iris: part, walks: walksFrom(toDegrees(placeIn(commune, population, random))), persons });
  }
  return found;
}

/**
 * The population behind the embedded survey, or that of another seed. A survey is drawn from it by `makePracticeSurvey`, as many times as wanted,
 * each with its own seed, and `practiceTruth` says what they should find.
 */
export function practicePopulation(seed: number = DEFAULT_SEED): PracticePopulation {
  const land = makeLand(seed);
  const qpvs = makeNeighbourhoods(land, seed);
  const populations = communePopulations(land, qpvs, seed);
  const indicators = makeIndicators(qpvs, populations, seed);
  const households = makeHouseholds(indicators, seed);
  const inhabitants = makePriorityHouseholds(indicators, households, seed);
  const zones = makeZones(land, indicators, households, populations, seed);
  const facilities = makeLocatedFacilities(land, populations, seed);
  return makePracticePopulation({ land, qpvs, indicators, inhabitants, zones, facilities, populations, seed });
}
