import { type C2sTruth, type IrisTallies, plantArea, tallyOf } from "./c2s.ts";
import { thresholdsByKind } from "./c2s-rights.ts";
import { countHousehold, emptyTally } from "./c2s-tally.ts";
import type { Land } from "./communes.ts";
import type { makeFilosofi } from "./filosofi.ts";
import type { SampleZones } from "./grow-zones.ts";
import {
  drawHousehold,
  employ,
  type InventedHousehold,
  inventedTypes,
  usualEmployment,
  usualPlaces,
} from "./invented-households.ts";
import { type LivingShifts, livingStandards, logNormal, priorityShifts } from "./living-standards.ts";
import { stream } from "./stream.ts";

type Cells = ReturnType<typeof makeFilosofi>;

/** The sheets of Filosofi whose median, against that of all, says the shift of each type. */
const sheetsOf: Readonly<Record<(typeof inventedTypes)[number], readonly string[]>> = {
  alone: ["TYPMENR_1", "TYPMENR_2"],
  couple: ["TYPMENR_3"],
  "couple-children": ["TYPMENR_4"],
  "lone-parent": ["TYPMENR_5"],
  complex: ["TYPMENR_6"],
};

/** The shifts of a commune: each type by its median, in standard deviations; owners and ages as in the neighbourhoods. */
function communeShifts(cells: Cells, median: number, sigma: number): LivingShifts {
  const type = Object.fromEntries(
    inventedTypes.map((name) => {
      const own = cells.filter(({ sheet }) => sheetsOf[name].includes(sheet));
      const mean = own.reduce((sum, cell) => sum + Math.log(cell.median / median), 0) / own.length;
      return [name, mean / sigma];
    }),
  ) as LivingShifts["type"];
  return { ...priorityShifts, type };
}

/**
 * The rest of each commune: in each IRIS, households until its inhabitants outside the neighbourhoods are there; standards of living follow the
 * log-normal law that makes, with its neighbourhoods, the quantiles of the commune in Filosofi.
 */
export function makeC2sOutside(
  { communes }: Land,
  { iris, irisPersons, homes }: SampleZones,
  cells: Cells,
  tallies: IrisTallies,
  seed: number,
): readonly C2sTruth[] {
  const random = stream(seed, "c2s hors quartiers");
  const thresholds = thresholdsByKind();
  const inside = new Map<string, number>();
  for (const [square, { code }] of homes)
    inside.set(code, (inside.get(code) ?? 0) + square.inside.reduce((sum, { persons }) => sum + persons, 0));
  return communes.map(({ code }) => {
    const planted = plantArea(random, "outside");
    const own = cells.filter(({ commune }) => commune.code === code);
    const { median, sigma, living } = own[0];
    const households: InventedHousehold[] = [];
    const places: string[] = [];
    for (const part of iris.filter(({ commune }) => commune.code === code)) {
      let left = (irisPersons.get(part.code) ?? 0) - (inside.get(part.code) ?? 0);
      while (left > 0) {
        const household = drawHousehold(random, usualPlaces.outside);
        employ(random, household, usualEmployment.outside);
        households.push(household);
        places.push(part.code);
        left -= household.persons.length;
      }
    }
    const shifts = communeShifts(own, median, sigma);
    const standards = livingStandards(random, households, shifts, logNormal(living.outside));
    const tally = emptyTally();
    households.forEach((household, h) => {
      countHousehold(random, household, standards[h], planted, thresholds, [tally, tallyOf(tallies, places[h])]);
    });
    return { code, planted, tally };
  });
}
