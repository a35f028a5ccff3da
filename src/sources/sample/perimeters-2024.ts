import { difference, intersection, union } from "polyclip-ts";
import type { Random } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import {
  centroid,
  contains,
  distance,
  distanceToOutline,
  overlap,
  type Point,
  type Ring,
  signedArea,
  toDegrees,
} from "./geometry.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { block, halfPlane, outerRings, type Polygons, polygon } from "./perimeter-shapes.ts";
import { stream } from "./stream.ts";
import { geojson, rounded } from "./writing.ts";
import { zip } from "./zip.ts";

/** What became of a neighbourhood of 2015. */
export type Fate = "inchangé" | "réduit" | "agrandi" | "coupé en deux" | "réuni à un autre" | "sorti" | "nouveau";

/** A perimeter of 2024: rings without holes, as written. */
export interface Perimeter2024 {
  readonly code: string;
  readonly name: string;
  readonly communes: readonly SampleCommune[];
  readonly rings: readonly Ring[];
  readonly fate: Fate;
  /** Neighbourhoods of 2015 that it comes from. */
  readonly from: readonly SampleQpv[];
  /** Planted share of the surface of the old perimeter that the cut keeps; before coordinates are rounded. */
  readonly kept?: number;
}

/** The second generation: most perimeters are kept, some cut, widened, split, joined, dropped; five are new. */
export function makePerimeters2024(
  { communes }: Land,
  qpvs: readonly SampleQpv[],
  seed: number,
): readonly Perimeter2024[] {
  const random = stream(seed, "périmètres 2024");
  const order = qpvs
    .map((qpv) => ({ qpv, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ qpv }) => qpv);
  const pairs = joinable(order);
  const joined = new Set(pairs.flat());
  const rest = order.filter((qpv) => !joined.has(qpv));
  const drafts: Omit<Perimeter2024, "code">[] = pairs.map(([one, other]) => ({
    name: `${one.name} – ${other.name}`,
    communes: [...new Set([...one.communes, ...other.communes])],
    rings: [one.written, other.written],
    fate: "réuni à un autre",
    from: [one, other],
  }));
  for (const [i, qpv] of rest.entries()) {
    const { name, communes: hosts, written } = qpv;
    const base = { name, communes: hosts, from: [qpv] };
    if (i < 6) continue;
    if (i < 26) {
      const kept = rounded(0.55 + 0.37 * random(), 2);
      drafts.push({
        ...base,
        fate: "réduit",
        kept,
        rings: outerRings(intersection(polygon(written), halfPlane(written, kept, random)) as Polygons),
      });
    } else if (i < 42) {
      const wider = union(polygon(written), block(written, 0.12 + 0.3 * random(), random)) as Polygons;
      drafts.push({ ...base, fate: "agrandi", rings: outerRings(wider) });
    } else if (i < 46) {
      const kept = rounded(0.4 + 0.2 * random(), 2);
      const plane = halfPlane(written, kept, random);
      drafts.push({
        ...base,
        name: `${name} Ouest`,
        fate: "coupé en deux",
        kept,
        rings: outerRings(intersection(polygon(written), plane) as Polygons),
      });
      drafts.push({
        ...base,
        name: `${name} Est`,
        fate: "coupé en deux",
        kept: rounded(1 - kept, 2),
        rings: outerRings(difference(polygon(written), plane) as Polygons),
      });
    } else drafts.push({ ...base, fate: "inchangé", rings: [written] });
  }
  drafts.push(...newcomers(communes, qpvs, random));
  return drafts
    .sort((a, b) =>
      a.communes[0].code < b.communes[0].code
        ? -1
        : a.communes[0].code > b.communes[0].code
          ? 1
          : a.name < b.name
            ? -1
            : 1,
    )
    .map((draft, i) => ({ ...draft, code: `QN000${String(i + 1).padStart(2, "0")}M` }));
}

/** Two pairs of neighbours of one commune. */
function joinable(order: readonly SampleQpv[]): [SampleQpv, SampleQpv][] {
  const pairs: [SampleQpv, SampleQpv][] = [];
  for (const one of order) {
    const other = order.find(
      (qpv) =>
        qpv !== one && qpv.communes[0] === one.communes[0] && distance(centroid(qpv.ring), centroid(one.ring)) < 2,
    );
    if (!other || pairs.flat().some((qpv) => qpv === one || qpv === other)) continue;
    pairs.push([one, other]);
    if (pairs.length === 2) break;
  }
  return pairs;
}

/** Five eight-sided perimeters where there was none, 150 m or more from the old ones. */
function newcomers(
  communes: readonly SampleCommune[],
  qpvs: readonly SampleQpv[],
  random: Random,
): Omit<Perimeter2024, "code">[] {
  const towns = communes.filter(({ type, isCentre }) => type !== "autre" && !isCentre);
  const found: Omit<Perimeter2024, "code">[] = [];
  for (let trial = 0; found.length < 5 && trial < 2_000; trial++) {
    const commune = towns[Math.floor(random() * towns.length)];
    const angle = random() * 6.28;
    const middle: Point = [commune.centre[0] + 1.4 * Math.cos(angle), commune.centre[1] + 1.4 * Math.sin(angle)];
    const shape = Array.from({ length: 8 }, (_, k): Point => {
      const reach = 0.22 + 0.1 * random();
      return [middle[0] + reach * Math.cos((k * Math.PI) / 4), middle[1] + reach * Math.sin((k * Math.PI) / 4)];
    });
    const free = qpvs.every(({ ring }) => !overlap(ring, shape) && distanceToOutline(ring, middle) > 0.5);
    if (!free || !contains(commune.ring, middle) || distanceToOutline(commune.ring, middle) < 0.5) continue;
    if (found.some(({ communes: [host] }) => host === commune)) continue;
    found.push({
      name: `Les Nouveaux-Prés de ${commune.name}`,
      communes: [commune],
      rings: [shape.map(toDegrees)],
      fate: "nouveau",
      from: [],
    });
  }
  return found;
}

/** The archive of the ANCT: one member, WGS 84. */
export function writePerimeters2024(perimeters: readonly Perimeter2024[]): Uint8Array {
  const content = geojson(
    "QP2024_France_Hexagonale_Outre_Mer_WGS84",
    perimeters.map(({ code, name, communes, rings }) => ({
      properties: {
        code_qp: code,
        lib_qp: name,
        insee_com: communes.map((commune) => commune.code).join(","),
        lib_com: communes.map((commune) => commune.name).join(", "),
        insee_dep: "00",
        insee_reg: "00",
        siren_epci: "200000000",
      },
      rings,
      as: rings.length === 1 ? "Polygon" : "MultiPolygon",
    })),
  );
  return zip([["GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson", content]]);
}

/** Overlaps between the two generations, from the written coordinates. */
export function perimeterTruths(perimeters: readonly Perimeter2024[], qpvs: readonly SampleQpv[]): string {
  const areaOf = (rings: readonly Ring[]): number =>
    rings.reduce((sum, ring) => sum + signedArea(ring.map(([x, y]): Point => [x + 7, y - 46])), 0);
  const multi = (rings: readonly Ring[]): Polygons => rings.map(polygon);
  const links = perimeters.flatMap(({ code, rings, fate, from, kept }) =>
    qpvs.flatMap((qpv) => {
      if (!rings.some((ring) => overlap(ring, qpv.written))) return [];
      const common = (intersection(multi(rings), polygon(qpv.written)) as Polygons).reduce(
        (sum, [outer, ...holes]) =>
          sum + Math.abs(areaOf([outer])) - holes.reduce((all, hole) => all + Math.abs(areaOf([hole])), 0),
        0,
      );
      if (common < 1e-9) return [];
      const planted = from.includes(qpv) && kept !== undefined ? { part_plantee: kept } : {};
      return [
        {
          qp2015: qpv.code,
          qn2024: code,
          devenir: fate,
          part_de_2015: rounded(common / areaOf([qpv.written]), 4),
          part_de_2024: rounded(common / areaOf(rings), 4),
          ...planted,
        },
      ];
    }),
  );
  const truth = {
    synthetique: true,
    definition:
      "part_de_2015 : surface commune sur celle du quartier de 2015 ; part_de_2024 : sur celle de 2024, coordonnées écrites",
    liens: links,
    sortis: qpvs.map(({ code }) => code).filter((code) => !links.some(({ qp2015 }) => qp2015 === code)),
    nouveaux: perimeters.filter(({ fate }) => fate === "nouveau").map(({ code }) => code),
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
