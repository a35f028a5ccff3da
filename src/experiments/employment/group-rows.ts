import { type Column, numberColumn, table, textColumn } from "../../codes/table.ts";
import { weightedQuantiles } from "../../models/access/weighted-quantile.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { statedByGroup, statedSeekers } from "../stated-counts.ts";
import type { AccessStudy } from "./access-study.ts";
import { seekerCounts } from "./study-columns.ts";

/** Places of one kind, and all of them under the last name. */
export interface PlaceGroup {
  readonly name: string;
  readonly places: readonly number[];
  readonly seekers: number;
}

export const WHOLE = "ensemble";
/** A kind of fewer places is not shown apart: its mean and their values would give the weights, which are counts of people. */
const leastPlaces = 3;

/** The kinds of places in order of size, then the whole. Places without any visible seeker are in none. */
export function placeGroups(study: AccessStudy): readonly PlaceGroup[] {
  const counts = seekerCounts(study);
  const counted = [...study.places.keys()].filter((place) => counts[place] > 0);
  const kinds = [...new Set(study.places.map(({ kind }) => kind))].sort((a, b) =>
    a.localeCompare(b, "fr", { numeric: true }),
  );
  const of = (name: string, places: readonly number[]): PlaceGroup => ({
    name,
    places,
    seekers: places.reduce((sum, place) => sum + counts[place], 0),
  });
  return [
    ...kinds
      .map((kind) =>
        of(
          kind,
          counted.filter((place) => study.places[place]?.kind === kind),
        ),
      )
      .filter(({ places }) => places.length >= leastPlaces),
    of(WHOLE, counted),
  ];
}

/** Mean of a number of each place over a group, weighted by seekers; places that measure nothing stay out. Infinity when it is Infinity everywhere. */
export function groupMean(study: AccessStudy, { places }: PlaceGroup, values: ArrayLike<number>): number {
  const counts = seekerCounts(study);
  let [sum, weight, never] = [0, 0, false];
  for (const place of places)
    if (Number.isFinite(values[place])) {
      sum += counts[place] * values[place];
      weight += counts[place];
    } else if (values[place] === Number.POSITIVE_INFINITY) never = true;
  if (weight === 0) return never ? Number.POSITIVE_INFINITY : Number.NaN;
  return sum / weight;
}

/** Median of a number of each place over a group, weighted by seekers: what is out of reach stays, at Infinity. For times and ratios. */
export function groupMedian(study: AccessStudy, { places }: PlaceGroup, values: ArrayLike<number>): number {
  const counts = seekerCounts(study);
  const measured = places.filter((place) => !Number.isNaN(values[place]));
  if (measured.length === 0) return Number.NaN;
  const [median = Number.NaN] = weightedQuantiles(
    Float64Array.from(measured, (place) => values[place]),
    Float64Array.from(measured, (place) => counts[place]),
    [0.5],
  );
  return median;
}

/** A table of groups (possibly crossed with another text column), released on their seekers. Rows of one crossing add up to its whole. */
export function releaseGroups(
  study: AccessStudy,
  name: string,
  rows: readonly { readonly group: PlaceGroup; readonly words?: Readonly<Record<string, string>> }[],
  columns: Readonly<Record<string, Column>>,
): Released {
  const wordNames = Object.keys(rows[0]?.words ?? {});
  const crossing = (row: number): string => Object.values(rows[row]?.words ?? {}).join("|");
  const wholes = [...rows.keys()].filter((row) => rows[row]?.group.name === WHOLE);
  return release(
    table(
      {
        groupe: textColumn(
          rows.map(({ group }) => group.name),
          { label: "Genre de lieu" },
        ),
        ...Object.fromEntries(
          wordNames.map((word) => [
            word,
            textColumn(
              rows.map(({ words }) => words?.[word] ?? ""),
              { label: word.charAt(0).toUpperCase() + word.slice(1) },
            ),
          ]),
        ),
        demandeurs: numberColumn(
          rows.map(({ group }) => group.seekers),
          {
            label: "Personnes prises en compte",
            unit: "personnes",
            summable: true,
          },
        ),
        ...columns,
      },
      study.lineage,
    ),
    {
      name,
      counts: "demandeurs",
      open: ["groupe", ...wordNames],
      margins: wholes
        .map((total) => ({
          column: "demandeurs",
          total,
          parts: [...rows.keys()].filter((row) => row !== total && crossing(row) === crossing(total)),
        }))
        .filter(({ parts }) => parts.length > 0),
      // Crossed with words, each row repeats the seekers of its group: one table a group says them once.
      ...(wordNames.length > 0
        ? {}
        : {
            statement: statedByGroup(statedSeekers, {
              column: "groupe",
              members: Object.fromEntries(
                rows.map(({ group }) => [group.name, group.places.map((place) => study.places[place]?.code ?? "")]),
              ),
            }),
          }),
    },
  );
}
