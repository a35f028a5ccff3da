import type { SampleZones } from "./grow-zones.ts";
import { rounded } from "./writing.ts";

/** Planted: share of the households without a car outside any neighbourhood, and what an IRIS wholly of neighbourhoods adds to it. */
export const carModel = { none: 0.1, inNeighbourhood: 0.35, two: 0.4 } as const;

/** Share of each IRIS's inhabitants who live in a neighbourhood, counted by squares; 0 where no square is. */
export function neighbourhoodShares({ homes }: Pick<SampleZones, "homes">): ReadonlyMap<string, number> {
  const counts = new Map<string, { inside: number; all: number }>();
  for (const [{ inside, persons }, { code }] of homes) {
    const { inside: before, all } = counts.get(code) ?? { inside: 0, all: 0 };
    counts.set(code, { inside: before + inside.reduce((sum, part) => sum + part.persons, 0), all: all + persons });
  }
  return new Map([...counts].map(([code, { inside, all }]) => [code, all === 0 ? 0 : inside / all]));
}

/** Cars of a household, from a draw in [0, 1), for the share of its IRIS that lives in a neighbourhood. */
export function carsOf(share: number, draw: number): "0" | "1" | "2" {
  const none = carModel.none + carModel.inNeighbourhood * share;
  if (draw < none) return "0";
  return (draw - none) / (1 - none) < carModel.two ? "2" : "1";
}

/** `verite/voitures.json`: what a link between neighbourhoods and cars must find again. */
export function carTruths(shares: ReadonlyMap<string, number>): string {
  const truth = {
    synthetique: true,
    definition: {
      part_quartier: "part des habitants de l'IRIS qui vivent dans un quartier prioritaire",
      sans_voiture: "probabilité qu'un ménage n'ait pas de voiture : none + inNeighbourhood × part_quartier (VOIT = 0)",
      permis: "le recensement ne dit rien du permis de conduire : rien n'est planté",
    },
    modele: carModel,
    part_quartier: Object.fromEntries([...shares].sort().map(([code, share]) => [code, rounded(share, 6)])),
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
