import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import type { AccessStudy } from "../../src/experiments/employment/access-study.ts";
import { assignmentChapter } from "../../src/experiments/employment/assignment.ts";
import { competition } from "../../src/experiments/employment/competition.ts";
import { headline } from "../../src/experiments/employment/headline.ts";
import { hoursFigure, staggeredPosts } from "../../src/experiments/employment/hours.ts";
import { inequality } from "../../src/experiments/employment/inequality.ts";
import { modesTable } from "../../src/experiments/employment/levels-and-modes.ts";
import { studyProfiles } from "../../src/experiments/employment/match-profiles.ts";
import { neighbourhoodStudy } from "../../src/experiments/employment/neighbourhood-study.ts";
import { policyChapter } from "../../src/experiments/employment/policies.ts";
import { ratiosTable } from "../../src/experiments/employment/ratios.ts";
import type { StudyTravel } from "../../src/experiments/employment/study-travel.ts";
import { timeCurves } from "../../src/experiments/employment/time-curves.ts";
import { travelByMode } from "../../src/experiments/employment/travel-by-mode.ts";
import { typologyTable } from "../../src/experiments/employment/typology.ts";
import { employmentAccess } from "../../src/experiments/employment-access.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { isReleased } from "../../src/protection/released.ts";
import { forPurpose, openTerritory } from "../../src/sources/territory.ts";

const options = { seed: 7, draws: 40 };
let study: AccessStudy;
let travel: StudyTravel;

beforeAll(async () => {
  const territory = forPurpose(openTerritory(), "distance-emploi");
  study = await neighbourhoodStudy(territory);
  travel = await travelByMode(territory, study);
}, 300_000);

/** Every number of a figure is a number, or Infinity, or a gap that says its reason. */
function expectNoNaN(figure: Figure): void {
  for (const name of figure.columns) {
    const column = figure.data.columns[name];
    if (column?.type !== "number") continue;
    column.values.forEach((value, row) => {
      if (Number.isNaN(value)) expect(column.missing?.[row] ?? 0, `${figure.id}, ${name}, ligne ${row}`).not.toBe(0);
    });
  }
}

describe("access to jobs on the sample", () => {
  test("the posts that match are those that were planted", () => {
    const truth = JSON.parse(
      readFileSync(join(import.meta.dirname, "../../data-samples/verite/distances.json"), "utf8"),
    ) as { quartiers: Record<string, Record<string, { union: { postes: number } }>> };
    const profiles = studyProfiles(study, travel);
    let compared = 0;
    study.places.forEach(({ code }, place) => {
      for (const [level, word] of [
        ["strict", "strict"],
        ["near", "proche"],
      ] as const) {
        const found = profiles.find(place, "transit", level);
        const planted = truth.quartiers[code]?.[word]?.union.postes;
        if (!found || planted === undefined) continue;
        expect(found.all.matching[found.row], `${code}, ${level}`).toBe(planted);
        compared++;
      }
    });
    expect(compared).toBeGreaterThan(140);
  }, 60_000);

  test("the headline is what two plain loops count", () => {
    const profiles = studyProfiles(study, travel);
    const { table } = headline(study, travel, profiles, options);
    const { columns, values } = travel.minutes.transit;
    for (const place of [0, 11, 40, 77]) {
      const accepted = new Set(
        [...(study.seekers[place]?.keys() ?? [])].flatMap((code) => [...(study.matching.near.get(code) ?? [])]),
      );
      let [reached, total] = [0, 0];
      study.offers.rome.forEach((code, j) => {
        if (!accepted.has(code)) return;
        total += study.offers.posts[j];
        study.places[place]?.homes.rows.forEach((home, i) => {
          if (values[home * columns + study.offers.workplace[j]] <= 30)
            reached += study.offers.posts[j] * (study.places[place]?.homes.shares[i] ?? 0);
        });
      });
      expect(numbers(table, "total").values[place]).toBe(total);
      expect(Math.abs(numbers(table, "atteintes").values[place] - reached)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(numbers(table, "part").values[place] - (100 * reached) / total)).toBeLessThanOrEqual(0.051);
      expect(numbers(table, "bas").values[place]).toBeLessThanOrEqual(numbers(table, "haut").values[place]);
    }
    expect(isReleased(table)).toBe(true);
  }, 60_000);

  test("transit contains walking, and a shuttle takes nothing from anybody", () => {
    const { walk, transit, car } = travel.minutes;
    const slower = walk.values.filter((minutes, pair) => minutes <= 120 && transit.values[pair] > minutes + 0.02);
    expect(slower.length).toBe(0);
    expect(car.values.every((minutes) => minutes >= 0)).toBe(true);
    expect(travel.shuttle).not.toBeNull();
    const lost = travel.withShuttle?.values.filter((minutes, pair) => minutes > transit.values[pair] + 1e-9);
    expect(lost?.length).toBe(0);
  });

  test("posts are conserved: shared among those who reach them, or out of everybody's reach", () => {
    const { shared, outOfReach } = competition(study, travel);
    const all = study.offers.posts.reduce((sum, posts) => sum + posts, 0);
    expect(shared + outOfReach).toBeCloseTo(all, 6);
  });

  test("posts a head and posts in reach do not give back the seekers of a place alone", () => {
    const profiles = studyProfiles(study, travel);
    const reached = numbers(headline(study, travel, profiles, options).table, "atteintes").values;
    const perHundred = numbers(competition(study, travel).table, "transport").values;
    const guesses = study.places.flatMap((_, place) => {
      const truth = [...(study.seekers[place]?.values() ?? [])].reduce((sum, n) => sum + n, 0);
      const guess = (100 * reached[place]) / perHundred[place];
      return truth > 0 && Number.isFinite(guess) ? [{ truth, guess }] : [];
    });
    const found = guesses.filter(({ truth, guess }) => Math.abs(guess - truth) < 0.5);
    expect(guesses.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
    for (const value of perHundred) expect(value >= 10 ? value % 5 : value % 1).toBe(0);
  }, 60_000);

  test("the assignment carries its proof, and tells no individual", () => {
    const { proof, flows, levels } = assignmentChapter(study, travel);
    expect(proof.markdown).toContain("Le plan est optimal, preuve à l’appui");
    // No count of people: the gate hides flows that it would give back.
    expect(proof.markdown).not.toMatch(/\d (personne|demandeur)/);
    const people = numbers(flows.data, "personnes");
    people.values.forEach((count, row) => {
      if ((people.missing?.[row] ?? 0) === 0) expect(count).toBeGreaterThanOrEqual(5);
    });
    expect(numbers(levels.data, "places").values.every((share) => share > 0 && share <= 100)).toBe(true);
  });

  test("a car reaches more than a bus, and a policy never takes posts away", () => {
    const { before } = policyChapter(study, travel, options);
    const change = numbers(before.data, "ecart").values;
    expect(change.every((points) => points >= 0)).toBe(true);
    expect(texts(before.data, "politique").values[0]).toBe("Permis et voiture");
    expect(change[0]).toBe(Math.max(...change));
    expect(staggeredPosts(study, travel).share).toBeLessThan(staggeredPosts(study, travel).carShare);
  }, 60_000);

  test("one neighbourhood alone makes every figure, without a number that is none", () => {
    const one: AccessStudy = {
      ...study,
      places: study.places.slice(0, 1),
      seekers: study.seekers.slice(0, 1),
      placeZone: study.placeZone.slice(0, 1),
      perimeters: study.perimeters.slice(0, 1),
    };
    const profiles = studyProfiles(one, travel);
    const head = headline(one, travel, profiles, options);
    const plan = assignmentChapter(one, travel);
    const unequal = inequality(one, profiles);
    const policies = policyChapter(one, travel, options);
    for (const figure of [
      ...[head.shape, head.ranked, head.map, head.gapFigure, timeCurves(one, travel), modesTable(one, profiles)],
      ...[hoursFigure(one, travel).figure, ratiosTable(one, travel), competition(one, travel).figure],
      ...[plan.levels, plan.flows, policies.before, policies.costs],
    ])
      expectNoNaN(figure);
    expect(typologyTable(one, profiles).kind).toBe("note");
    expect(unequal.lorenz.kind).toBe("note");
  }, 60_000);
});

describe("a territory without the data", () => {
  const folder = mkdtempSync(join(tmpdir(), "quartiers-sans-donnees-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("says what is missing, who holds it and what to ask, and invents nothing", async () => {
    const access = await employmentAccess(openTerritory({ territory: "occitanie", data: folder }));
    expect(access.missing.markdown).toContain("France Travail");
    expect(access.missing.markdown).toContain("Clause à demander");
    expect(access.reading.result.markdown).toContain("faute de données");
    expect(access.shape.kind).toBe("note");
  });
});
