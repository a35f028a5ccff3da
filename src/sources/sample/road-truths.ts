import type { Land } from "./communes.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { modeRules, RoadGraph, type RoadMode } from "./road-graph.ts";
import type { SampleRoads } from "./roads.ts";
import { rounded } from "./writing.ts";

/** Shortest distances that a router must find again; null where no path leads. */
export function roadTruths({ communes }: Land, qpvs: readonly SampleQpv[], roads: SampleRoads): string {
  const centre = (code: string): number => roads.centres.get(code) as number;
  const home = (code: string): number => roads.neighbourhoods.get(code) as number;
  const metropolis = communes.find(({ isCentre }) => isCentre)?.code ?? "";
  const island = communes.find(({ isIsland }) => isIsland)?.code ?? "";
  const pairs: readonly (readonly [string, number, number])[] = [
    ...[0, 8, 22, 33, 46, 57, 65, 77].map((i) => {
      const { code } = qpvs[i];
      return [`${code} → centre de ${metropolis}`, home(code), centre(metropolis)] as const;
    }),
    [`centre de ${metropolis} → île (bac)`, centre(metropolis), centre(island)],
    ["port → quai de l'île", ...roads.harbours],
    ["rond-point, dans le sens", ...roads.oneWay],
    ["rond-point, à rebours", roads.oneWay[1], roads.oneWay[0]],
    [`centre de ${metropolis} → rue isolée`, centre(metropolis), roads.cutOff],
  ];
  const modes: readonly RoadMode[] = ["voiture", "pied"];
  const graphs = modes.map((mode) => new RoadGraph(roads.network, mode));
  const truth = {
    synthetique: true,
    definition: {
      distance: "plus court chemin, somme de grands cercles (rayon 6371,0088 km) entre les nœuds écrits, en km",
      modes: modeRules,
      noeuds: "identifiants OSM",
    },
    noeuds: roads.network.nodes.length,
    chemins: roads.network.ways.length,
    centres: Object.fromEntries(roads.centres),
    quartiers: Object.fromEntries(roads.neighbourhoods),
    trajets: pairs.map(([nom, de, a]) => {
      const lengths = graphs.map((graph) => graph.from(de, a).km.get(a));
      const km = lengths.map((length) => (length === undefined ? null : rounded(length, 6)));
      return { nom, de, a, voiture_km: km[0], pied_km: km[1] };
    }),
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
