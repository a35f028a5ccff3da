import { QuartiersError } from "../codes/errors.ts";
import type { Shape } from "../codes/shape.ts";

/** What the coordinates of a shape are: degrees of WGS 84 (x is the longitude), or metres of a projection such as Lambert-93. */
export type CoordinateUnit = "degrees" | "metres";

/** No projection of the earth goes so far; beyond it, products of coordinates lose their meaning. */
const largestCoordinate = 1e9;

/**
 * Refuses a shape that cannot be measured or searched: a ring of an odd number of values, a coordinate that is not a number, infinite or over 1e9,
 * degrees out of [-180, 180] and [-90, 90] (metres taken for degrees), an edge of more than 180° of longitude (a shape cut by the antimeridian
 * must be given as two polygons). Unclosed rings are closed by what reads them; empty shapes and rings of one or two points are
 * accepted and have no inside. O(points).
 */
export function refuseUnusableShape({ polygons }: Shape, unit: CoordinateUnit, where: string): void {
  for (const ring of polygons.flat()) {
    if (ring.length % 2 !== 0) {
      throw new QuartiersError({
        what: "Contour dont une coordonnée manque",
        value: `${ring.length} nombres`,
        expected: "des couples x, y",
        where,
      });
    }
    for (let i = 0; i < ring.length; i += 2) {
      const [x, y] = [ring[i], ring[i + 1]];
      const place = `${where}, sommet ${i / 2 + 1}`;
      if (
        !Number.isFinite(x) ||
        !Number.isFinite(y) ||
        Math.abs(x) > largestCoordinate ||
        Math.abs(y) > largestCoordinate
      )
        throw new QuartiersError({
          what: "Coordonnée impossible dans un contour",
          value: `${x}, ${y}`,
          expected: "deux nombres finis, d'au plus un milliard",
          where: place,
        });
      if (unit === "metres") continue;
      if (Math.abs(x) > 180 || Math.abs(y) > 90)
        throw new QuartiersError({
          what: "Ces coordonnées ne sont pas des degrés",
          value: `${x}, ${y}`,
          expected: "une longitude de -180 à 180 et une latitude de -90 à 90",
          where: place,
          remedy: "dire que le contour est en mètres (unit), ou le convertir en degrés",
        });
      const next = ring[(i + 2) % ring.length];
      if (Math.abs(next - x) > 180)
        throw new QuartiersError({
          what: "Ce contour passe l'antiméridien",
          value: `de ${x} à ${next} degrés de longitude`,
          expected: "deux polygones, un de chaque côté du 180e méridien (RFC 7946, 3.1.9)",
          where: place,
        });
    }
  }
}
