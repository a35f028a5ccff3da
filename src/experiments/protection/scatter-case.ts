import { frenchNumber } from "../../codes/french.ts";
import { seededRandom } from "../../codes/random.ts";
import type { Figure } from "../../figures/figure.ts";
import { inventedRef } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";
import { readScatter, type ScatterPoint, scatterSvg, side } from "./scatter-read-back.ts";

/** A scatter of invented people, written as a drawing and read back from it. */
export interface ScatterCase {
  readonly figure: Figure;
  /** People drawn, and people whose age and income are found back exactly. */
  readonly drawn: number;
  readonly found: number;
}

const people = 60;
const ends: ScatterPoint = { x: 100, y: 40_000 };
const shown = 5;

/** Sixty invented people, one dot each: age in whole years, income to the hundred euros. */
export function inventedPeople(seed: number): readonly ScatterPoint[] {
  const random = seededRandom(seed);
  return Array.from({ length: people }, () => ({
    x: 18 + Math.floor(random() * 70),
    y: 100 * (60 + Math.floor(random() * 300)),
  }));
}

/** Writes the drawing, forgets the people, reads the drawing. */
export function scatterCase(seed: number): ScatterCase {
  const truth = inventedPeople(seed);
  const svg = scatterSvg(truth, ends);
  const read = readScatter(svg).map(({ x, y }) => ({ x: Math.round(x), y: 100 * Math.round(y / 100) }));
  const places = [...svg.matchAll(/<path[^>]*(translate\([^)]*\))/g)].map(([, place = ""]) => place);
  const found = read.filter(({ x, y }, i) => x === truth[i]?.x && y === truth[i]?.y).length;
  const first = read.slice(0, shown);
  const figure = lessonTable(
    [inventedRef("nuage", "Soixante personnes", truth)],
    {
      fichier: { label: "Place, dans le fichier", values: places.slice(0, shown) },
      age: { label: "Âge retrouvé", values: first.map(({ x }) => frenchNumber(x, { unit: "ans" })) },
      revenu: { label: "Revenu retrouvé", values: first.map(({ y }) => frenchNumber(y, { unit: "€" })) },
      vrai: {
        label: "Ce qui avait été dessiné",
        values: truth
          .slice(0, shown)
          .map(({ x, y }) => `${frenchNumber(x, { unit: "ans" })}, ${frenchNumber(y, { unit: "€" })}`),
      },
    },
    {
      id: "protection-nuage",
      title: `Du fichier d’un nuage de points, ${frenchNumber(found)} personnes sur ${frenchNumber(truth.length)} se relisent exactement`,
      subtitle: `Les ${frenchNumber(shown)} premiers points : leur place en pixels, et ce que les graduations redonnent`,
      alt: "Tableau de cinq points d’un nuage : leur place en pixels dans le fichier SVG, l’âge et le revenu relus, et ceux qui avaient été dessinés ; ils sont égaux.",
      champ: `soixante personnes inventées, un point chacune ; dessin de ${side.width} pixels sur ${side.height}, de 0 à ${frenchNumber(ends.x)} ans et de 0 à ${frenchNumber(ends.y, { unit: "€" })}`,
      lecture: `le premier point est une personne de ${frenchNumber(first[0]?.x ?? 0)} ans, qui gagne ${frenchNumber(first[0]?.y ?? 0, { unit: "€" })} par an.`,
    },
  );
  return { figure, drawn: truth.length, found };
}
