import { describe, expect, test } from "vitest";
import { placedDegrees, projectionOf, toDegrees, toMetres } from "../../../src/sources/formats/projections.ts";
import { fromLambert93 } from "../../../src/tables/lambert93.ts";
import { reference } from "../../reference/reference.ts";
import { refusal } from "../../support/formats/refusals.ts";

interface Systems {
  readonly systems: readonly {
    readonly epsg: number;
    readonly name: string;
    readonly points: readonly (readonly [number, number, number, number])[];
  }[];
}

const { systems } = reference<Systems>("projections");

describe("against PROJ", () => {
  test.each(systems.map((system) => [`${system.epsg} ${system.name}`, system] as const))(
    "%s: under 1 mm both ways",
    (_, { epsg, points }) => {
      const column = (i: number): Float64Array => Float64Array.from(points, (point) => point[i]);
      const { x, y } = toMetres(epsg, column(0), column(1));
      const { lon, lat } = toDegrees(epsg, column(2), column(3));
      points.forEach(([expectedLon, expectedLat, expectedX, expectedY], i) => {
        expect(Math.hypot(x[i] - expectedX, y[i] - expectedY)).toBeLessThan(0.001);
        // A degree of latitude is about 111 km.
        const east = (lon[i] - expectedLon) * 111_320 * Math.cos((lat[i] * Math.PI) / 180);
        expect(Math.hypot(east, (lat[i] - expectedLat) * 111_320)).toBeLessThan(0.001);
      });
    },
  );

  test("Lambert-93 agrees with the closed form of the tables", () => {
    const [x, y] = [Float64Array.of(352_107, 1_050_000, 150_000), Float64Array.of(6_789_966, 6_300_000, 6_850_000)];
    const [one, other] = [toDegrees(2154, x, y), fromLambert93({ x, y })];
    one.lon.forEach((lon, i) => {
      expect(Math.abs(lon - other.lon[i]) + Math.abs(one.lat[i] - other.lat[i])).toBeLessThan(1e-9);
    });
  });
});

test("an unknown place stays unknown; degrees stay as they are", () => {
  const { lon, lat } = toDegrees(2154, Float64Array.of(Number.NaN, 7e5), Float64Array.of(Number.NaN, 6.6e6));
  expect([...lon].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([Number.NaN, 3]);
  expect(lat[0]).toBeNaN();
  expect(toDegrees(4171, Float64Array.of(-1.5), Float64Array.of(47))).toEqual({
    lon: Float64Array.of(-1.5),
    lat: Float64Array.of(47),
  });
});

describe("what is refused in words", () => {
  test("an EPSG code that is not known", async () => {
    const error = await refusal(() => toDegrees(27572, Float64Array.of(6e5), Float64Array.of(2.2e6)));
    expect(error.message).toMatch(/EPSG:27572.*2154 \(RGF93 v1 \/ Lambert-93\)/);
  });

  test.each([
    ["degrees under a system in metres", 2154, 2.35, 48.85],
    ["axes in the wrong order", 2154, 6_860_000, 652_000],
    ["La Réunion under Lambert-93", 2154, 338_700, 7_690_000],
    ["degrees that are none", 4326, 352_107, 6_789_966],
  ])("%s", async (_, epsg, x, y) => {
    const projection = projectionOf(epsg);
    const place = (): unknown =>
      projection && placedDegrees(projection, Float64Array.of(x), Float64Array.of(y), (i) => `essai, objet ${i + 1}`);
    expect((await refusal(place)).message).toMatch(/Coordonnées hors de.*essai, objet 1/);
  });
});
