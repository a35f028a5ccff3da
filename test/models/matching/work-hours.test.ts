import { describe, expect, test } from "vitest";
import {
  hasStaggeredShift,
  shiftConventions,
  type WorkPattern,
  workHours,
  workPatterns,
} from "../../../src/models/matching/work-hours.ts";

/** Shifts as a caseworker writes them. */
const clock = (...statements: (string | null)[]): string | null => {
  const hours = workHours(statements);
  if (hours === null) return null;
  return hours.shifts.map(({ startHour, endHour }) => `${startHour}-${endHour}`).join(" ");
};
const patterns = (text: string): readonly WorkPattern[] | undefined => workHours(text)?.patterns;

describe("the hours of an offer", () => {
  test.each([
    ["35H Horaires normaux", "9-17"],
    ["35H/semaine\nTravail en journée", "9-17"],
    ["35H Travail en 2X8", "5-13 13-21"],
    ["Travail en 2 x 8", "5-13 13-21"],
    ["Travail en 2×8", "5-13 13-21"],
    ["35H Travail en 3X8", "5-13 13-21 21-5"],
    ["35H Travail en 5X8", "5-13 13-21 21-5"],
    ["35H Travail de nuit", "21-5"],
    ["24H Travail en horaires décalés", "5-13 13-21"],
    ["24H Travail en horaires de\u0301cale\u0301s", "5-13 13-21"],
    ["35H Travail le samedi", "9-17"],
    ["39H Travail samedi et dimanche", "9-17"],
    ["24H Horaires variables", ""],
    ["35H Horaires irréguliers", ""],
    ["Travail par roulement", ""],
    ["Horaires fractionnés", ""],
    ["Travail posté", ""],
  ])("%s : %s", (text, expected) => expect(clock(text)).toBe(expected));

  test.each([
    ["35H"],
    ["35H/semaine"],
    [""],
    ["   "],
    ["Port de tenue professionnelle ou d'uniforme"],
    ["12X8"],
    ["Risque de coupures"],
    ["3 postes"],
  ])("« %s » says nothing of the hours", (text) => expect(workHours(text)).toBeNull());

  test("silence is not ordinary hours", () => {
    expect(workHours(null)).toBeNull();
    expect(workHours([])).toBeNull();
    expect(workHours([null, null])).toBeNull();
    expect(hasStaggeredShift(null)).toBeNull();
    expect(hasStaggeredShift(workHours("Horaires variables"))).toBeNull();
  });

  test("several statements are read together, each shift once", () => {
    expect(clock("35H", null, "Travail de nuit")).toBe("21-5");
    expect(clock("35H Travail en 2X8", "35H Travail en 2X8", "Travail de nuit")).toBe("5-13 13-21 21-5");
    expect(patterns("35H Travail le samedi ; Horaires normaux")).toEqual(["day", "weekend"]);
    expect(clock("35H Travail le samedi ; Horaires normaux")).toBe("9-17");
    expect(clock("35H", "Horaires")).toBeNull();
  });

  test("days of the week", () => {
    expect(workHours("35H Travail le samedi")).toMatchObject({ saturday: true, sunday: false });
    expect(workHours("35H Travail samedi et dimanche")).toMatchObject({ saturday: true, sunday: true });
    expect(workHours("Travail le week-end")).toMatchObject({ saturday: true, sunday: true });
    expect(workHours("Travail de nuit")).toMatchObject({ saturday: false, sunday: false });
  });

  test("staggered: before 7 h, after 20 h or through the night", () => {
    expect(
      ["Horaires normaux", "Travail en 2X8", "Travail de nuit"].map((t) => hasStaggeredShift(workHours(t))),
    ).toEqual([false, true, true]);
    const atSeven = { ...shiftConventions, day: [{ startHour: 7, endHour: 20 }] };
    expect(hasStaggeredShift(workHours("Horaires normaux", atSeven))).toBe(false);
    const before = { ...shiftConventions, day: [{ startHour: 6.75, endHour: 15 }] };
    expect(hasStaggeredShift(workHours("Horaires normaux", before))).toBe(true);
  });

  test("another convention gives other hours", () =>
    expect(
      workHours("Travail de nuit", { ...shiftConventions, night: [{ startHour: 22, endHour: 6 }] })?.shifts,
    ).toEqual([{ startHour: 22, endHour: 6 }]));

  test("every convention is made of hours of the clock", () => {
    expect(Object.keys(shiftConventions).sort()).toEqual([...workPatterns].sort());
    for (const { startHour, endHour } of Object.values(shiftConventions).flat()) {
      expect(startHour).toBeGreaterThanOrEqual(0);
      expect(endHour).toBeLessThanOrEqual(24);
      expect((endHour - startHour + 24) % 24).toBe(8);
    }
  });
});
