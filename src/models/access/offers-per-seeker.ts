import type { CodeRome } from "../../codes/code.ts";
import { QuartiersError } from "../../codes/errors.ts";
import type { CostMatrix } from "../matching/cost-matrix.ts";
import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import type { MatchLevel, RomeMatching } from "../matching/rome-match.ts";
import type { AccessMeasure } from "./access-measure.ts";
import { offerFinder, rowsByGroup } from "./match-weights.ts";
import { sumByDestination } from "./pair-sums.ts";
import { checkOffers } from "./reach-replicates.ts";
import type { GroupReach } from "./reach-shares.ts";
import { spatialAvailability } from "./spatial-availability.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface OffersPerSeekerInput {
  /** Share of each group that reaches each place of work, 0 to 1 (`reachShares`), or any weight of a decay averaged over its homes. */
  readonly reach: GroupReach;
  /** `origin` is the number of the group. */
  readonly cells: SeekerCells;
  /** `destination` is the column of `reach`. */
  readonly offers: OfferCells;
  readonly matching: RomeMatching;
  readonly level: MatchLevel;
  /** Groups x places, shown in explanations only (`groupCosts`). */
  readonly minutes?: CostMatrix;
}

/** Offers shared among those who seek them. */
export interface OffersPerSeeker {
  /** The measure by cell: `access` is the number of offers that fall to the cell. */
  readonly measure: AccessMeasure;
  readonly groupIds: readonly string[];
  readonly seekers: Float64Array;
  /** Offers that fall to each group; their sum is `shared`. */
  readonly offers: Float64Array;
  /** offers / seekers, 0 without seekers. */
  readonly perSeeker: Float64Array;
  /** The same by cell. */
  readonly perSeekerOfCell: Float64Array;
  /** Seekers in competition for each offer: those who match and reach it. */
  readonly competitors: Float64Array;
  /** Posts that at least one seeker matches and reaches, and the others: they fall to nobody. */
  readonly shared: number;
  readonly outOfReach: number;
  readonly posts: Float64Array;
  readonly groupOfCell: Int32Array;
}

/**
 * Offers per competing seeker: spatial availability (Soukhov et al. 2023) over cells of seekers. An offer is shared equally among all seekers of a matching
 * occupation who reach it, wherever they live; somebody of a group of which half reach the place counts for one half. Offers are conserved: those that
 * fall to the groups add up to the posts that somebody can reach. Divided by the seekers it is the 2SFCA of the same weights: how many offers a head, once those of others
 * are taken away. Seekers outside the cells (other neighbourhoods, people in work) do not compete here: with the cells of the QPV alone the measure is an upper bound, and the page says so.
 * O(cells x offers that match).
 * @example
 * ```ts
 * const codes = [codeRome("G1602")];
 * const same = new Map(codes.map((code) => [code, new Set([code])]));
 * const { offers, perSeeker, outOfReach } = offersPerSeeker({
 *   reach: { groupIds: ["QP1", "QP2"], columns: 2, share: Float64Array.of(1, 0, 0.5, 0) },
 *   cells: { ids: ["QP1 G1602", "QP2 G1602"], seekers: Float64Array.of(30, 20), rome: [codes[0], codes[0]], origin: Int32Array.of(0, 1) },
 *   offers: { ids: ["a", "b"], posts: Float64Array.of(8, 5), rome: [codes[0], codes[0]], destination: Int32Array.of(0, 1) },
 *   matching: { strict: same, near: same, wide: same, titleOnly: new Set(), unknown: [] }, level: "strict",
 * });
 * [[...offers], [...perSeeker], outOfReach] // [ [ 6, 2 ], [ 0.2, 0.1 ], 5 ]
 * ```
 */
export function offersPerSeeker(input: OffersPerSeekerInput): OffersPerSeeker {
  const { reach, cells, offers } = input;
  checkOffers(offers, reach.columns);
  const { matrix, weights } = cellMatrix(input);
  const groups = reach.groupIds.length;
  const [seekers, sums] = [new Float64Array(groups), new Float64Array(groups)];
  const competitors = sumByDestination(matrix, weights, cells.seekers);
  const { posts: measure } = spatialAvailability(matrix, {
    weights,
    demand: cells.seekers,
    opportunities: { posts: offers.posts },
  });
  for (let cell = 0; cell < cells.seekers.length; cell++) {
    seekers[cells.origin[cell]] += cells.seekers[cell];
    sums[cells.origin[cell]] += measure.access[cell];
  }
  let [shared, outOfReach] = [0, 0];
  offers.posts.forEach((count, offer) => {
    if (competitors[offer] > 0) shared += count;
    else outOfReach += count;
  });
  const perHead = (amounts: Float64Array, people: Float64Array): Float64Array =>
    amounts.map((amount, at) => (people[at] > 0 ? amount / people[at] : 0));
  return {
    ...{ measure, groupIds: reach.groupIds, seekers, offers: sums, perSeeker: perHead(sums, seekers) },
    perSeekerOfCell: perHead(measure.access, cells.seekers),
    ...{ competitors, shared, outOfReach, posts: offers.posts, groupOfCell: cells.origin },
  };
}

/** One offer in the share of a group. */
export interface SharedOffer {
  readonly id: string;
  readonly posts: number;
  /** Seekers of all groups who match and reach it, and those of this group among them. */
  readonly competitors: number;
  readonly own: number;
  /** posts x own / competitors: what falls to the group. */
  readonly falls: number;
}

/** The offers that fall to one group, the largest part first (equal ones by id): they add up to its offers. Refuses an unknown group. O(pairs of its cells). */
export function explainOffersPerSeeker(result: OffersPerSeeker, groupId: string): readonly SharedOffer[] {
  const group = result.groupIds.indexOf(groupId);
  if (group < 0)
    throw new QuartiersError({
      what: "Groupe inconnu",
      value: groupId,
      expected: `un des ${result.groupIds.length} groupes, ${result.groupIds.slice(0, 3).join(", ")}…`,
    });
  const { matrix, weights, originFactors } = result.measure;
  const own = new Map<number, number>();
  result.groupOfCell.forEach((of, cell) => {
    if (of !== group) return;
    for (let pair = matrix.starts[cell]; pair < matrix.starts[cell + 1]; pair++) {
      const offer = matrix.destinations ? matrix.destinations[pair] : pair - matrix.starts[cell];
      own.set(offer, (own.get(offer) ?? 0) + weights[pair] * (originFactors ? originFactors[cell] : 1));
    }
  });
  return [...own]
    .map(([offer, seekers]): SharedOffer => {
      const [posts, competitors] = [result.posts[offer], result.competitors[offer]];
      const falls = competitors > 0 ? (posts * seekers) / competitors : 0;
      return { id: matrix.destinationIds[offer] ?? "", posts, competitors, own: seekers, falls };
    })
    .filter(({ falls }) => falls > 0)
    .sort((a, b) => b.falls - a.falls || (a.id < b.id ? -1 : 1));
}

/** Cells against the offers that match them and that somebody of their group reaches. */
function cellMatrix({ reach, cells, offers, matching, level, minutes }: OffersPerSeekerInput): {
  readonly matrix: TravelMatrix;
  readonly weights: Float64Array;
} {
  const find = offerFinder(matching, offers);
  const counted = new Set(rowsByGroup(cells, reach.groupIds).flat());
  const starts = new Int32Array(cells.seekers.length + 1);
  const [destinations, weights, times]: [number[], number[], number[]] = [[], [], []];
  for (let cell = 0; cell < cells.seekers.length; cell++) {
    const row = cells.origin[cell] * reach.columns;
    if (counted.has(cell))
      for (const offer of find(level, cells.rome[cell] as CodeRome).offers) {
        const weight = reach.share[row + offers.destination[offer]];
        if (!(weight > 0)) continue;
        destinations.push(offer);
        weights.push(weight);
        if (minutes) times.push(minutes.values[row + offers.destination[offer]]);
      }
    starts[cell + 1] = destinations.length;
  }
  return {
    weights: Float64Array.from(weights),
    matrix: {
      ...{ originIds: cells.ids, destinationIds: offers.ids, starts, destinations: Int32Array.from(destinations) },
      costs: minutes ? { travelTimeMinutes: Float64Array.from(times) } : {},
      direction: "outward",
    },
  };
}
