import { expect, test } from "vitest";
import { toLambert93 } from "../../../src/sources/sample/lambert93.ts";

/** Reference points of EPSG:2154, to a millimetre (PROJ). */
test.each([
  ["Rennes", -1.6778, 48.1173, 352_107.3798, 6_789_966.5419],
  ["Nantes", -1.5536, 47.2184, 355_577.8016, 6_689_723.1029],
  ["l'origine", 3, 46.5, 700_000, 6_600_000],
])("%s", (_, lon, lat, east, north) => {
  const [x, y] = toLambert93(lon, lat);
  expect(Math.abs(x - east)).toBeLessThan(1e-3);
  expect(Math.abs(y - north)).toBeLessThan(1e-3);
});
