import { type HomePoints, type PopulatedPoints, representativePoints } from "./home-points.ts";

/** Collects the points that groups of people use, each once. */
export class HomeList {
  readonly #populated: PopulatedPoints;
  readonly #rowOf = new Map<string, number>();
  readonly #lon: number[] = [];
  readonly #lat: number[] = [];

  constructor(populated: PopulatedPoints) {
    this.#populated = populated;
  }

  /** At most `size` points that stand for the people of some rows of the populated points (see `representativePoints`). */
  group(rows: Int32Array, size: number): HomePoints {
    const { ids, lon, lat, residents } = this.#populated;
    const chosen = representativePoints(rows, residents, size);
    return {
      rows: chosen.rows.map((row) => this.#add(ids[row] ?? "", lon[row], lat[row])),
      shares: chosen.shares,
    };
  }

  /** One point that stands for a whole group, at a row of other coordinates. */
  point(id: string, { lon, lat }: { lon: Float64Array; lat: Float64Array }, row: number): HomePoints {
    return { rows: Int32Array.of(this.#add(id, lon[row], lat[row])), shares: Float64Array.of(1) };
  }

  /** All points used so far; rows of the groups refer to them. */
  points(): { readonly ids: readonly string[]; readonly lon: Float64Array; readonly lat: Float64Array } {
    return { ids: [...this.#rowOf.keys()], lon: Float64Array.from(this.#lon), lat: Float64Array.from(this.#lat) };
  }

  #add(id: string, lon: number, lat: number): number {
    const known = this.#rowOf.get(id);
    if (known !== undefined) return known;
    const row = this.#lon.push(lon) - 1;
    this.#lat.push(lat);
    this.#rowOf.set(id, row);
    return row;
  }
}
