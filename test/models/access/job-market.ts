import { type CodeRome, codeRome } from "../../../src/codes/code.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import type { HomePoints } from "../../../src/models/access/home-points.ts";
import type { CostMatrix } from "../../../src/models/matching/cost-matrix.ts";
import type { OfferCells, SeekerCells } from "../../../src/models/matching/match-costs.ts";
import { type RomeMatching, romeMatching } from "../../../src/models/matching/rome-match.ts";

/** A small invented job market: groups of homes, cells of seekers, offers, two matrices of which the second is never slower. */
export interface JobMarket {
  readonly homes: HomePoints;
  readonly cells: SeekerCells;
  readonly offers: OfferCells;
  readonly matching: RomeMatching;
  readonly before: CostMatrix;
  readonly after: CostMatrix;
}

export const marketCodes: readonly CodeRome[] = ["G1602", "G1603", "G1803", "K2204", "A1101"].map(codeRome);

/** Drawn by a seed: 4 groups of 3 homes, 14 cells, 30 offers in 12 places, a fifth of the journeys impossible. */
export function jobMarket(seed: number): JobMarket {
  const random = seededRandom(seed);
  const whole = (below: number): number => Math.floor(below * random());
  const pickCode = (): CodeRome => marketCodes[whole(marketCodes.length)] as CodeRome;
  const [groups, perGroup, places, numOffers] = [4, 3, 12, 30];
  const points = groups * perGroup;
  const size = points * places;
  const before = Float64Array.from({ length: size }, () => (random() < 0.2 ? Number.POSITIVE_INFINITY : 5 + whole(70)));
  const after = before.map((minutes) => (random() < 0.4 ? Math.min(minutes, 5 + whole(40)) : minutes));
  const cellCodes = Array.from({ length: 14 }, pickCode);
  return {
    homes: {
      groupIds: Array.from({ length: groups }, (_, g) => `QP${g + 1}`),
      group: Int32Array.from({ length: points }, (_, point) => Math.floor(point / perGroup)),
      point: Int32Array.from({ length: points }, (_, point) => point),
      weight: Float64Array.from({ length: points }, () => 1 + whole(5)),
    },
    cells: {
      ids: cellCodes.map((code, k) => `${k} ${code}`),
      seekers: Float64Array.from(cellCodes, () => 5 + whole(30)),
      rome: cellCodes,
      origin: Int32Array.from(cellCodes, (_, k) => k % groups),
    },
    offers: {
      ids: Array.from({ length: numOffers }, (_, j) => `o${String(j).padStart(2, "0")}`),
      posts: Float64Array.from({ length: numOffers }, () => 1 + whole(4)),
      rome: Array.from({ length: numOffers }, pickCode),
      destination: Int32Array.from({ length: numOffers }, () => whole(places)),
    },
    matching: romeMatching(marketCodes, {
      sought: [marketCodes[1] as CodeRome],
      offered: [marketCodes[3] as CodeRome],
      kind: ["Proche"],
    }),
    before: { rows: points, columns: places, values: before },
    after: { rows: points, columns: places, values: after },
  };
}
