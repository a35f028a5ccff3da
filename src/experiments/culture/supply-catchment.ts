import { decayWeights, steppedDecay } from "../../models/access/decay.ts";
import { twoStepFloatingCatchment } from "../../models/access/floating-catchment.ts";
import type { TravelMatrix } from "../../models/access/travel-matrix.ts";
import { unservedOpportunities } from "../../models/access/unserved-opportunities.ts";
import type { HomePoints } from "../../tables/home-points.ts";

/** Weights of E2SFCA: people come whole under a third of the limit, less up to two thirds, little up to the limit (Luo and Qi 2009). */
const weightsByThird = [1, 0.68, 0.22] as const;

/** Supply for those who can come, of one kind, with everybody else who comes to the same places. */
export interface CatchmentSupply {
  /** Units per 1 000 residents for the people of each place. */
  readonly perThousand: Float64Array;
  /** The same for all residents of the territory. */
  readonly overall: number;
  /** Units that nobody reaches within the limit: they count for nothing. */
  readonly unserved: number;
}

/**
 * Enhanced two-step floating catchment: R_j = S_j / sum of P_k W(t_kj), A_i = sum of R_j W(t_ij), per 1 000 residents, W falling by thirds of `limit`
 * minutes. Units conserve: the sum of P_i A_i is the number of units that somebody reaches. `minutes` is dense (home points x facilities).
 */
export function catchmentSupply({
  places,
  residents,
  minutes,
  facilities,
  units,
  limit,
}: {
  readonly places: readonly HomePoints[];
  /** Everybody, at each home point. */
  readonly residents: Float64Array;
  readonly minutes: Float64Array;
  /** Rows of the facilities of the kind, and of all facilities the columns. */
  readonly facilities: { readonly rows: Int32Array; readonly columns: number };
  /** Supply of each facility of the kind. */
  readonly units: Float64Array;
  readonly limit: number;
}): CatchmentSupply {
  const { rows, columns } = facilities;
  const cost = new Float64Array(residents.length * rows.length);
  for (let home = 0; home < residents.length; home++)
    for (let k = 0; k < rows.length; k++) cost[home * rows.length + k] = minutes[home * columns + rows[k]];
  const matrix: TravelMatrix = {
    originIds: Array.from(residents, (_, home) => `point ${home + 1}`),
    destinationIds: Array.from(rows, (row) => `équipement ${row + 1}`),
    starts: Int32Array.from({ length: residents.length + 1 }, (_, home) => home * rows.length),
    destinations: null,
    costs: { walkMinutes: cost },
    direction: "outward",
  };
  const decay = steppedDecay([limit / 3, (2 * limit) / 3, limit], weightsByThird, { bound: "upTo" });
  const weights = decayWeights(cost, decay);
  const input = { weights, demand: residents, opportunities: { supply: units } };
  const { supply } = twoStepFloatingCatchment(matrix, input);
  const perThousand = Float64Array.from(
    places,
    ({ rows: homes, shares }) =>
      1_000 * homes.reduce((sum, home, k) => sum + supply.access[home] * (shares[k] ?? 0), 0),
  );
  const total = residents.reduce((sum, people) => sum + people, 0);
  const served = residents.reduce((sum, people, home) => sum + people * supply.access[home], 0);
  return {
    perThousand,
    overall: (1_000 * served) / total,
    unserved: unservedOpportunities(matrix, input).supply.total,
  };
}
