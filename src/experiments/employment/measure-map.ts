import type { Figure, FigureText } from "../../figures/figure.ts";
import { neighbourhoodMap } from "../../figures/neighbourhood-map.ts";
import { placeMap } from "../../figures/place-map.ts";
import type { Released } from "../../protection/released.ts";
import type { AccessStudy } from "./access-study.ts";
import { middleOf } from "./study-words.ts";

export interface MeasureMapOptions extends FigureText {
  /** Number column of the table of places. */
  readonly value: string;
  readonly unit: string;
  readonly legend: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** One measure of the places on the map: their perimeters where they have some, a dot at the middle of their homes otherwise. */
export function measureMap(study: AccessStudy, released: Released, options: MeasureMapOptions): Figure {
  const named = { ...options, code: "code", name: "nom" };
  if (study.perimeters.length > 0) return neighbourhoodMap(released, { ...named, perimeters: study.perimeters });
  const { unit: _unit, ...rest } = named;
  return placeMap(released, {
    ...rest,
    places: study.places.map((place) => ({ code: place.code, ...middleOf(study, place.homes) })),
  });
}
