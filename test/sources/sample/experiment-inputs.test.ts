import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { carModel } from "../../../src/sources/sample/cars.ts";
import { centroid, contains, greatCircle, type Point } from "../../../src/sources/sample/geometry.ts";
import { fromLaea } from "../../../src/sources/sample/laea.ts";
import { bytes, json, parseRows, rows } from "./written.ts";
import { readPbf } from "./written-roads.ts";

interface Feature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}
const features = (file: string): readonly Feature[] => json<{ features: Feature[] }>(file).features;
/** Outlines of a feature, without their closing point. */
const outlines = ({ geometry: { type, coordinates } }: Feature): Point[][] =>
  (type === "Polygon" ? [coordinates as Point[][]] : (coordinates as Point[][][])).map((polygon) =>
    (polygon[0] ?? []).slice(1),
  );

const territory = json<{
  quartiers: { code: string; type: string; communes: string[] }[];
  communes: { code: string; type: string; ile: boolean; centre: boolean }[];
}>("verite/territoire.json");
const perimeters = features("qpv-perimetres/qp.geojson").map((feature) => outlines(feature)[0] ?? []);
const offers = json<{ resultats: { lieuTravail: { longitude?: number; latitude?: number } }[] }>(
  "offres/offres.json",
).resultats.flatMap(({ lieuTravail: { longitude, latitude } }): Point[] =>
  longitude === undefined || latitude === undefined ? [] : [[longitude, latitude]],
);
const squares = parseRows(
  strFromU8(unzipSync(bytes("filosofi-carreaux/Filosofi2019_carreaux_200m_csv.zip"))["carreaux_200m_met.csv"]),
  ",",
).map((row) => {
  const [, north = "0", east = "0"] = /N(\d+)E(\d+)$/.exec(row["idcar_200m"]) ?? [];
  return { middle: fromLaea(Number(east) + 100, Number(north) + 100), persons: Number(row["ind"]) };
});
const inside = perimeters.map((ring) => squares.filter(({ middle }) => contains(ring, middle)));

/** Metres from each place to the nearest of some points, looking in cells of a hundredth of a degree. */
function metresToNearest(places: readonly Point[], targets: readonly Point[]): number[] {
  const cells = new Map<string, Point[]>();
  const key = (lon: number, lat: number): string => `${Math.floor(lon * 100)} ${Math.floor(lat * 100)}`;
  for (const target of targets) cells.set(key(...target), [...(cells.get(key(...target)) ?? []), target]);
  return places.map(([lon, lat]) => {
    let best = Number.POSITIVE_INFINITY;
    for (const dx of [-0.01, 0, 0.01])
      for (const dy of [-0.01, 0, 0.01])
        for (const target of cells.get(key(lon + dx, lat + dy)) ?? [])
          best = Math.min(best, 1000 * greatCircle([lon, lat], target));
    return best;
  });
}

describe("homes, workplaces and roads", () => {
  const { nodes, ways } = readPbf(bytes("osm/armorelle.osm.pbf"));
  const open = new Set("primary secondary tertiary unclassified residential living_street".split(" "));
  const served = [
    ...new Set(ways.filter(({ tags }) => open.has(tags["highway"] ?? "")).flatMap(({ nodes: line }) => line)),
  ].map((id) => nodes.get(id) as Point);

  test("every neighbourhood holds three populated squares or more, every commune that has one holds squares", () => {
    expect(Math.min(...inside.map(({ length }) => length))).toBeGreaterThanOrEqual(3);
    const towns = features("communes-contours/communes.geojson").filter(({ properties }) =>
      territory.quartiers.some(({ communes }) => communes.includes(properties["code_commune"] ?? "")),
    );
    expect(towns.length).toBe(32);
    for (const town of towns)
      expect(
        squares.filter(({ middle }) => contains(outlines(town)[0] ?? [], middle)).length,
        town.properties["nom_commune"],
      ).toBeGreaterThan(30);
  });

  test("no offer and no square of a neighbourhood is farther than 430 m from the nodes of an open road", () => {
    expect(Math.max(...metresToNearest(offers, served))).toBeLessThan(430);
    expect(
      Math.max(
        ...metresToNearest(
          inside.flat().map(({ middle }) => middle),
          served,
        ),
      ),
    ).toBeLessThan(430);
  });

  test("some squares are out of reach, with few inhabitants: there is something to report", () => {
    const metres = metresToNearest(
      squares.map(({ middle }) => middle),
      served,
    );
    const far = squares.filter((_, i) => metres[i] > 500);
    const all = squares.reduce((sum, { persons }) => sum + persons, 0);
    expect(far.length).toBeGreaterThan(100);
    expect(far.reduce((sum, { persons }) => sum + persons, 0) / all).toBeLessThan(0.01);
  });
});

describe("public transport", () => {
  const feed = (file: string) => {
    const members = unzipSync(bytes(file));
    return (name: string) => parseRows(strFromU8(members[`${name}.txt`] ?? new Uint8Array()), ",");
  };
  const [urban, regional] = [feed("gtfs/urbain.zip"), feed("gtfs/regional.zip")];
  const stops = (of: typeof urban): Point[] =>
    of("stops").map((row) => [Number(row["stop_lon"]), Number(row["stop_lat"])]);
  const hours = (time: string): number => {
    const [h = 0, m = 0, s = 0] = time.split(":").map(Number);
    return h + m / 60 + s / 3600;
  };
  /** Hours of departure of each line on a working day, one entry a run. */
  function departures(of: typeof urban, service: string): Map<string, number[]> {
    const found = new Map<string, number[]>();
    const first = new Map<string, string>();
    for (const row of of("stop_times"))
      if (!first.has(row["trip_id"])) first.set(row["trip_id"], row["departure_time"]);
    const repeats = of === urban ? of("frequencies") : [];
    for (const { trip_id, route_id, service_id } of of("trips")) {
      if (service_id !== service) continue;
      const own = repeats.filter((row) => row["trip_id"] === trip_id);
      const times = own.flatMap((row) => {
        const [from, until] = [hours(row["start_time"]), hours(row["end_time"])];
        const step = Number(row["headway_secs"]) / 3600;
        return Array.from({ length: Math.ceil((until - from) / step - 1e-9) }, (_, k) => from + k * step);
      });
      found.set(route_id, [
        ...(found.get(route_id) ?? []),
        ...(own.length > 0 ? times : [hours(first.get(trip_id) ?? "")]),
      ]);
    }
    return found;
  }

  test("a stop is near the middle of every neighbourhood: urban in the metropolis, coaches elsewhere, none on the island", () => {
    const middles = perimeters.map((ring) => centroid(ring));
    const [near, coach] = [urban, regional].map((of) => metresToNearest(middles, stops(of)));
    const island = territory.communes.find(({ ile }) => ile)?.code ?? "";
    for (const [i, { code, type, communes }] of territory.quartiers.entries()) {
      if (communes.includes(island)) expect(Math.min(near[i], coach[i]), code).toBe(Number.POSITIVE_INFINITY);
      else expect((type === "métropole" ? near : coach)[i], code).toBeLessThan(500);
    }
  });

  test("on Tuesday 1 March 2022: two lines before five, all at one in the afternoon, the urban ones and a train after nine", () => {
    for (const [of, service] of [
      [urban, "SEM"],
      [regional, "OUVRABLE"],
    ] as const) {
      const row = of("calendar").find(({ service_id }) => service_id === service);
      expect(row?.["tuesday"]).toBe("1");
      expect((row?.["start_date"] ?? "") <= "20220301" && (row?.["end_date"] ?? "") >= "20220301").toBe(true);
      expect(of("calendar_dates").filter(({ date }) => date === "20220301")).toEqual([]);
    }
    const town = departures(urban, "SEM");
    const country = departures(regional, "OUVRABLE");
    const with_ = (lines: Map<string, number[]>, from: number, until: number): string[] =>
      [...lines].filter(([, times]) => times.some((time) => time >= from && time < until)).map(([line]) => line);
    expect(with_(town, 3, 5)).toEqual(["1", "2"]);
    expect(with_(country, 0, 6)).toEqual([]);
    expect(with_(town, 11, 13.5)).toEqual("1 2 3 4 5 6 7 8".split(" "));
    expect(with_(country, 11, 14)).toEqual([...country.keys()]);
    expect(with_(town, 21, 23)).toEqual("1 2 3 4 5 6 7 8".split(" "));
    expect(with_(country, 20.5, 24)).toEqual(["T1"]);
  });
});

describe("what a typology and comparators need", () => {
  test("a town is coastal when its outline shares its points with the coast, as it was planted", () => {
    const coast = new Set(features("departements-contours/departements.geojson").flatMap(outlines).flat().map(String));
    const planted = new Map(territory.communes.map(({ code, type }) => [code, type]));
    for (const feature of features("communes-contours/communes.geojson")) {
      const type = planted.get(feature.properties["code_commune"] ?? "");
      const isCoastal =
        outlines(feature)
          .flat()
          .filter((point) => coast.has(String(point))).length > 1;
      if (type !== undefined) expect(isCoastal, feature.properties["nom_commune"]).toBe(type === "ville littorale");
    }
  });

  test("each commune has one employment basin; the metropolis and its suburbs share one", () => {
    const basins = rows("bassins-emploi/communes_bassins.csv", ",");
    const codes = features("communes-contours/communes.geojson").map(({ properties }) => properties["code_commune"]);
    expect(basins.map((row) => row["code_insee"])).toEqual([...codes].sort());
    const basin = new Map(basins.map((row) => [row["code_insee"], row["code_bassin_emploi"]]));
    const metropolis = territory.communes.filter(({ type }) => type === "métropole").map(({ code }) => basin.get(code));
    expect(metropolis).toEqual(new Array(5).fill("001"));
    expect(new Set(basin.values()).size).toBeGreaterThan(8);
  });

  test("households without a car: the planted link with neighbourhoods is found again", () => {
    const truth = json<{ part_quartier: Record<string, number> }>("verite/voitures.json").part_quartier;
    // Persons of a household share its cars: one draw a household.
    const households = new Map<string, { share: number; none: number }>();
    for (const row of rows("rp-indcvi/FD_INDCVI_2019.csv", ";"))
      if (row["IRIS"] !== "ZZZZZZZZZ" && !households.has(row["NUMMI"]))
        households.set(row["NUMMI"], { share: truth[row["IRIS"]] ?? 0, none: row["VOIT"] === "0" ? 1 : 0 });
    const drawn = [...households.values()];
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const [x, y] = [mean(drawn.map(({ share }) => share)), mean(drawn.map(({ none }) => none))];
    const spread = drawn.reduce((sum, { share }) => sum + (share - x) ** 2, 0);
    const slope = drawn.reduce((sum, { share, none }) => sum + (share - x) * (none - y), 0) / spread;
    const error = Math.sqrt((y * (1 - y)) / spread);
    expect(drawn.length).toBeGreaterThan(1_000);
    expect(Math.abs(slope - carModel.inNeighbourhood)).toBeLessThan(4 * error);
    expect(slope).toBeGreaterThan(4 * error);
  });
});
