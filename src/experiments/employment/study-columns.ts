import { type Column, numberColumn, type Table, table, textColumn } from "../../codes/table.ts";
import { type HomePoints, stackHomes } from "../../models/access/home-points.ts";
import type { OfferCells, SeekerCells } from "../../models/matching/match-costs.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { statedByZone, statedSeekers } from "../stated-counts.ts";
import type { AccessStudy } from "./access-study.ts";

/** Groups of the study: the places by their code, their towns, and the whole territory. */
export const everybodyGroup = "ensemble du territoire";
export const townGroup = (code: string): string => `commune de ${code}`;

/** Home points of every group: places first, in their order, so that place i is group i. */
export function studyHomes({ places, everybody }: AccessStudy): HomePoints {
  const withTown = places.filter(({ townHomes }) => townHomes !== null);
  return stackHomes(
    [...places.map(({ code }) => code), everybodyGroup, ...withTown.map(({ code }) => townGroup(code))],
    [...places.map(({ homes }) => homes), everybody, ...withTown.map(({ townHomes }) => townHomes ?? everybody)],
  );
}

/** Home points of the places alone. */
export const placeHomes = ({ places }: AccessStudy): HomePoints =>
  stackHomes(
    places.map(({ code }) => code),
    places.map(({ homes }) => homes),
  );

/** Seekers by place and occupation, visible cells. */
export function studyCells({ places, seekers }: AccessStudy): SeekerCells {
  const cells = places.flatMap(({ code }, place) =>
    [...(seekers[place] ?? [])].map(([rome, count]) => ({ id: `${code} ${rome}`, rome, count, place })),
  );
  return {
    ids: cells.map(({ id }) => id),
    rome: cells.map(({ rome }) => rome),
    seekers: Float64Array.from(cells, ({ count }) => count),
    origin: Int32Array.from(cells, ({ place }) => place),
  };
}

export function studyOffers({ offers }: AccessStudy): OfferCells {
  return { ids: offers.ids, rome: offers.rome, posts: offers.posts, destination: offers.workplace };
}

/** Seekers taken into account in each place. */
export const seekerCounts = ({ seekers }: AccessStudy): Float64Array =>
  Float64Array.from(seekers, (byRome) => [...byRome.values()].reduce((sum, n) => sum + n, 0));

/** Rows of the places (all of them by default) with their names, released on the count of their seekers. */
export function releasePlaces(
  study: AccessStudy,
  name: string,
  columns: Readonly<Record<string, Column>>,
  rows: readonly number[] = [...study.places.keys()],
  lineage: Table["lineage"] = study.lineage,
): Released {
  const of = (pick: (place: AccessStudy["places"][number]) => string, label: string) =>
    textColumn(
      rows.map((row) => (study.places[row] ? pick(study.places[row]) : "")),
      { label },
    );
  const counts = seekerCounts(study);
  const names = displayNames(study);
  return release(
    table(
      {
        code: of(({ code }) => code, "Code"),
        nom: textColumn(
          rows.map((row) => names[row] ?? ""),
          { label: study.words.one === "quartier" ? "Quartier" : "Secteur" },
        ),
        commune: of(({ town }) => town, "Commune"),
        genre: of(({ kind }) => kind, "Genre de lieu"),
        demandeurs: numberColumn(
          rows.map((row) => counts[row]),
          { label: "Personnes prises en compte", unit: "personnes", summable: true },
        ),
        ...columns,
      },
      lineage,
    ),
    {
      name,
      counts: "demandeurs",
      open: ["code", "nom", "commune", "genre"],
      statement: statedByZone(statedSeekers, {
        column: "code",
        codes: rows.map((row) => study.places[row]?.code ?? ""),
      }),
    },
  );
}

/** A place's name as figures write it: with its town where the territory has several. */
export function displayNames({ places }: AccessStudy): readonly string[] {
  const towns = new Set(places.map(({ town }) => town));
  return places.map(({ name, town }) => (towns.size > 1 ? `${name} (${town})` : name));
}

/** Weighted mean over places, weights being their seekers; places that measure nothing stay out. */
export function meanOverPlaces(study: AccessStudy, values: ArrayLike<number>): number {
  const counts = seekerCounts(study);
  let [sum, weight] = [0, 0];
  for (let place = 0; place < values.length; place++)
    if (Number.isFinite(values[place]) && counts[place] > 0) {
      sum += counts[place] * values[place];
      weight += counts[place];
    }
  return sum / weight;
}
