import { QuartiersError } from "../codes/errors.ts";
import { toDegrees } from "../sources/formats/projections.ts";

/** The European grid in metres that names Inspire squares. */
const EUROPEAN_GRID = 3035;

/**
 * Centres of Inspire squares in degrees, from their identifiers, which give the side and the south-west corner in EPSG:3035. O(squares).
 * @throws QuartiersError on an identifier of another grid (overseas departments have their own)
 * @example
 * ```ts
 * squareCentres(["CRS3035RES200mN2689400E3024200"]).lat[0].toFixed(3) // "45.986"
 * ```
 */
export function squareCentres(ids: readonly string[]): { readonly lon: Float64Array; readonly lat: Float64Array } {
  const east = new Float64Array(ids.length);
  const north = new Float64Array(ids.length);
  ids.forEach((id, row) => {
    const [, side, n, e] = /^CRS3035RES(\d+)mN(\d+)E(\d+)$/.exec(id) ?? [];
    if (side === undefined)
      throw new QuartiersError({
        what: "Identifiant de carreau inconnu",
        value: id,
        expected: "un carreau de la grille européenne, comme CRS3035RES200mN2029800E4252400",
      });
    east[row] = Number(e) + Number(side) / 2;
    north[row] = Number(n) + Number(side) / 2;
  });
  return toDegrees(EUROPEAN_GRID, east, north);
}
