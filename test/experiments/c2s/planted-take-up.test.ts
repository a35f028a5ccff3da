import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { plantedTakeUp } from "../../../src/sources/planted-take-up.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

const folder = mkdtempSync(join(tmpdir(), "verite-c2s-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "verite"));
const write = (text: string): void => writeFileSync(join(folder, "verite/recours-c2s.json"), text);
const right = { rsa: 1, gratuite_hors_rsa: 2, participation: 4 };
const sound = JSON.stringify({
  quartiers: [
    {
      code_qp: "QP1",
      eligibles: { rsa: 100, gratuite_hors_rsa: 20, participation: 30 },
      eligibles_du_regime_general: { rsa: 90, gratuite_hors_rsa: 15, participation: 25 },
      couverts_du_regime_general: right,
    },
  ],
});

test("rights of the planted file are nested: RSA in the free right, the free right in all", () => {
  write(sound);
  const found = plantedTakeUp(openTerritory({ territory: "exemple", data: folder }));
  expect(found?.get("QP1")).toEqual({
    rsa: 100,
    free: 120,
    all: 150,
    general: 130,
    generalCovered: 7,
    generalFree: 105,
    generalFreeCovered: 3,
  });
  expect(found?.size).toBe(1);
});

test("a real territory has no planted truth, whatever its folder holds", () => {
  write(sound);
  const territory = openTerritory({ territory: "occitanie", data: folder });
  expect(territory.synthetic).toBe(false);
  expect(plantedTakeUp(territory)).toBeNull();
});

test("an invented territory without the file has none either", () => {
  rmSync(join(folder, "verite/recours-c2s.json"), { force: true });
  expect(plantedTakeUp(openTerritory({ territory: "exemple", data: folder }))).toBeNull();
});

test.each([
  ["cut short", sound.slice(0, 90)],
  ["of another shape", JSON.stringify({ communes: [] })],
  ["without one of the counts", sound.replace('"couverts_du_regime_general"', '"autre"')],
])("a file %s is refused, in French", (_, text) => {
  write(text);
  expect(() => plantedTakeUp(openTerritory({ territory: "exemple", data: folder }))).toThrow(
    /vérité plantée du territoire inventé est illisible.*npm run samples/,
  );
});
