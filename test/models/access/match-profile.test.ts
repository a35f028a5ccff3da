import { describe, expect, test } from "vitest";
import { type CodeRome, codeRome } from "../../../src/codes/code.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import { type MatchProfileInput, type MatchProfiles, matchProfile } from "../../../src/models/access/match-profile.ts";
import { matchedOffers, offerFinder } from "../../../src/models/access/match-weights.ts";
import { weightedQuantiles } from "../../../src/models/access/weighted-quantile.ts";
import { matchLevels, romeMatching } from "../../../src/models/matching/rome-match.ts";

const codes = ["G1602", "G1603", "G1803", "K2204", "A1101"].map(codeRome);
const [cook, kitchen, waiter, cleaner, farm] = codes as [CodeRome, CodeRome, CodeRome, CodeRome, CodeRome];
const matching = romeMatching(codes, { sought: [kitchen], offered: [cleaner], kind: ["Proche"] });
const far = Number.POSITIVE_INFINITY;

/** Two homes (3 to 1), four places of work. */
const input: MatchProfileInput = {
  homes: {
    groupIds: ["QP1", "vide"],
    group: Int32Array.of(0, 0, 1),
    point: Int32Array.of(0, 1, 1),
    weight: Float64Array.of(3, 1, 1),
  },
  cells: {
    ids: ["QP1 G1602", "QP1 G1603", "QP1 A1101"],
    seekers: Float64Array.of(6, 3, 1),
    rome: [cook, kitchen, farm],
    origin: Int32Array.of(0, 0, 0),
  },
  offers: {
    ids: ["a", "b", "c", "d", "e"],
    posts: Float64Array.of(2, 4, 10, 1, 3),
    rome: [cook, kitchen, cleaner, waiter, cook],
    destination: Int32Array.of(0, 1, 1, 2, 3),
  },
  matching,
  travel: [
    {
      mode: "transit",
      minutes: { rows: 2, columns: 4, values: Float64Array.of(30, 20, 5, far, 31, 45, 50, far) },
      km: { rows: 2, columns: 4, values: Float64Array.of(10, 6, 1, 40, 11, 15, 17, 44) },
    },
    { mode: "car", minutes: { rows: 2, columns: 4, values: Float64Array.of(10, 8, 3, 50, 12, 20, 21, 61) } },
  ],
};
const rowOf = (profiles: MatchProfiles, wanted: Record<string, string>): number =>
  profiles.group.findIndex((group, row) =>
    Object.entries({ group, ...pick(profiles, row) }).every(([name, value]) => (wanted[name] ?? value) === value),
  );
const pick = ({ family, level, mode, counting }: MatchProfiles, row: number): Record<string, string> => ({
  family: family[row] ?? "?",
  level: level[row] ?? "?",
  mode: mode[row] ?? "?",
  counting: counting[row] ?? "?",
});

describe("by hand", () => {
  const profiles = matchProfile(input);
  const at = (wanted: Record<string, string>): number => rowOf(profiles, { family: "", mode: "transit", ...wanted });

  test("rows: the groups that have seekers, all and by family, levels, modes, both ways to count", () => {
    expect(new Set(profiles.group)).toEqual(new Set(["QP1"]));
    expect(new Set(profiles.family)).toEqual(new Set(["", "A", "G"]));
    expect(profiles.group.length).toBe(3 * 3 * 2 * 2);
  });
  test("offers counted once: 2 + 4 + 3 posts match strictly", () => {
    const row = at({ level: "strict", counting: "offers" });
    expect(profiles.matching[row]).toBe(9);
    // Within 30: 3/4 of the people reach the cook (30) and the kitchen (20); within 45 the others reach them too (31, 45). One cook is out of reach of all.
    expect(profiles.reached.map((column) => column[row])).toEqual([3, 4.5, 6]);
    expect(profiles.share.map((column) => column[row])).toEqual([3 / 9, 4.5 / 9, 6 / 9]);
    // 3 of 9 at 20, 4.5 at 30, 5 at 31, 6 at 45, 9 at Infinity: a third is reached at 20, half at 30 exactly (mean with 31).
    expect([profiles.minutes.first[row], profiles.minutes.median[row], profiles.minutes.third[row]]).toEqual([
      20,
      30.5,
      far,
    ]);
    expect(profiles.km?.median[row]).toBe(10.5);
    expect(profiles.minutesToReach.map((column) => column[row])).toEqual([20, 30]);
    expect([profiles.seekers[row], profiles.withoutOffer[row]]).toEqual([10, 1]);
  });
  test("seekers counted once: six for the cook's posts, three for the kitchen's, one for nothing", () => {
    const row = at({ level: "strict", counting: "seekers" });
    expect(profiles.matching[row]).toBeCloseTo((6 * 5 + 3 * 4) / 10, 12);
    // Within 30: 3/4 of (six seekers × 2/5, three seekers).
    expect(profiles.share[1]?.[row]).toBeCloseTo((0.75 * (6 * 0.4 + 3)) / 10, 12);
    expect(profiles.reached[1]?.[row]).toBeCloseTo((0.75 * (6 * 2 + 3 * 4)) / 10, 12);
    // 2.25 seekers at 20, 1.8 at 30, 0.6 at 31, 0.75 at 45, 4.6 at Infinity (3.6 cooks and the farm hand).
    expect(profiles.minutes.median[row]).toBe(45);
    expect(profiles.minutes.third[row]).toBe(far);
    expect(profiles.minutesToReach[0]?.[row]).toBe(20);
  });
  test("a looser match opens offers; the mobility is directed", () => {
    expect(profiles.matching[at({ level: "near", counting: "offers" })]).toBe(19);
    expect(profiles.matching[at({ level: "wide", counting: "offers" })]).toBe(19);
    expect(profiles.matching[at({ level: "wide", counting: "offers", family: "G" })]).toBe(19);
  });
  test("nobody offers what is sought: counts of 0, times at Infinity, and no NaN", () => {
    const rows = ["offers", "seekers"].map((counting) => at({ level: "wide", family: "A", counting }));
    for (const row of rows) {
      expect([profiles.matching[row], profiles.share[2]?.[row], profiles.minutes.first[row]]).toEqual([0, 0, far]);
      expect([profiles.nearestKm?.median[row], profiles.minutesToReach[1]?.[row]]).toEqual([far, far]);
    }
    const numbers = JSON.stringify([profiles.reached, profiles.share, profiles.minutes, profiles.km], (_, value) =>
      Number.isNaN(value) ? "NaN" : value,
    );
    expect(numbers).not.toContain("NaN");
  });
  test("nearest posts: the last offer is taken in part, those out of reach complete when the others are too few", () => {
    const near = (nearest: number): readonly (number | undefined)[] => {
      const found = matchProfile(input, { nearest, levels: ["strict"], families: false });
      const row = rowOf(found, { mode: "transit", counting: "offers" });
      return [found.nearestMinutes.first[row], found.nearestMinutes.median[row], found.nearestMinutes.third[row]];
    };
    // Home 1: 4 at 20, 1 of 2 at 30; home 2: 2 at 31, 3 of 4 at 45.
    expect(near(5)).toEqual([20, 20, 30.5]);
    expect(near(1)).toEqual([20, 20, 25.5]);
    expect(near(9)[2]).toBe(far);
    expect(near(99)).toEqual(near(9));
  });
  test("the column of offers that a gap compares", () => {
    expect([...matchedOffers(offerFinder(matching, input.offers), "near", [kitchen], 5)]).toEqual([0, 1, 1, 0, 0]);
  });
});

test("on random worlds, every row is that of the pairs of seeker, home and post written out one by one", () => {
  const random = seededRandom(31);
  const whole = (below: number): number => Math.floor(below * random());
  for (let trial = 0; trial < 25; trial++) {
    const [points, places, numOffers] = [4, 6, 12];
    const cost = (): number => (random() < 0.2 ? far : whole(60));
    const homes = {
      groupIds: ["a", "b"],
      group: Int32Array.of(0, 0, 1, 1, 1),
      point: Int32Array.of(0, 1, 1, 2, 3),
      weight: Float64Array.from({ length: 5 }, () => 1 + whole(3)),
    };
    const rome = Array.from({ length: 6 }, (_, k) => codes[(k + whole(2)) % 5] as CodeRome);
    const cells = {
      ids: rome.map((code, k) => `${k} ${code}`),
      seekers: Float64Array.from(rome, () => 1 + whole(9)),
      rome,
      origin: Int32Array.from(rome, (_, k) => k % 2),
    };
    const offers = {
      ids: Array.from({ length: numOffers }, (_, j) => `o${j}`),
      posts: Float64Array.from({ length: numOffers }, () => 1 + whole(4)),
      rome: Array.from({ length: numOffers }, () => codes[whole(5)] as CodeRome),
      destination: Int32Array.from({ length: numOffers }, () => whole(places)),
    };
    const minutes = { rows: points, columns: places, values: Float64Array.from({ length: points * places }, cost) };
    const profiles = matchProfile({ homes, cells, offers, matching, travel: [{ mode: "m", minutes }] });
    profiles.group.forEach((group, row) => {
      const { family, level, counting } = pick(profiles, row) as { family: string; level: "near"; counting: string };
      const g = homes.groupIds.indexOf(group);
      const sought = rome.flatMap((code, k) =>
        k % 2 === g && code.startsWith(family) ? [{ code, people: cells.seekers[k] }] : [],
      );
      const accepts = (code: CodeRome, offer: number): boolean =>
        matching[level].get(code)?.has(offers.rome[offer] as CodeRome) ?? false;
      const [values, weights]: [number[], number[]] = [[], []];
      let [expectedReach, expectedMatching, people] = [0, 0, 0];
      const homesOfGroup = [...homes.group.keys()].filter((h) => homes.group[h] === g);
      const total = homesOfGroup.reduce((sum, h) => sum + homes.weight[h], 0);
      const write = (offer: number, weight: number, postWeight: number): void => {
        expectedMatching += postWeight * offers.posts[offer];
        for (const h of homesOfGroup) {
          const time = minutes.values[homes.point[h] * places + offers.destination[offer]];
          values.push(time);
          weights.push((weight * offers.posts[offer] * homes.weight[h]) / total);
          if (time <= 30) expectedReach += (postWeight * offers.posts[offer] * homes.weight[h]) / total;
        }
      };
      for (const { people: n } of sought) people += n;
      if (counting === "offers") {
        offers.ids.forEach((_, offer) => {
          if (sought.some(({ code }) => accepts(code, offer))) write(offer, 1, 1);
        });
      } else
        for (const { code, people: n } of sought) {
          const own = [...offers.posts.keys()].filter((offer) => accepts(code, offer));
          const posts = own.reduce((sum, offer) => sum + offers.posts[offer], 0);
          for (const offer of own) write(offer, n / posts, n / people);
          if (posts === 0) {
            values.push(far);
            weights.push(n);
          }
        }
      expect(profiles.matching[row]).toBeCloseTo(expectedMatching, 9);
      expect(profiles.reached[1]?.[row]).toBeCloseTo(expectedReach, 9);
      const [first = far, median = far, third = far] = values.length
        ? weightedQuantiles(Float64Array.from(values), Float64Array.from(weights), [0.25, 0.5, 0.75])
        : [];
      expect([profiles.minutes.first[row], profiles.minutes.median[row], profiles.minutes.third[row]]).toEqual([
        first,
        median,
        third,
      ]);
    });
  }
});

test("levels contain one another: posts that match, those reached and the least time to 10 % of a same total never get worse", () => {
  const profiles = matchProfile(input, { families: false });
  for (const mode of ["transit", "car"]) {
    const rows = matchLevels.map((level) => rowOf(profiles, { mode, level, counting: "offers" }));
    for (let k = 1; k < 3; k++) {
      const [before = 0, after = 0] = [rows[k - 1], rows[k]];
      expect(profiles.matching[after]).toBeGreaterThanOrEqual(profiles.matching[before]);
      for (const column of profiles.reached) expect(column[after]).toBeGreaterThanOrEqual(column[before]);
    }
  }
});

describe("bad input", () => {
  const run = (change: Partial<MatchProfileInput>, options = {}) => matchProfile({ ...input, ...change }, options);
  const { cells, travel } = input;
  test("each says what is wrong", () => {
    expect(() => run({ travel: [] })).toThrow(/Aucun mode/);
    expect(() => run({ cells: { ...cells, rome: [cook, kitchen, codeRome("Z9999")] } })).toThrow(/Z9999/);
    expect(() => run({ cells: { ...cells, origin: Int32Array.of(0, 0, 7) } })).toThrow(/QP1 A1101/);
    expect(() => run({ cells: { ...cells, seekers: Float64Array.of(1, Number.NaN, 1) } })).toThrow(/masqué/);
    const small = { rows: 2, columns: 3, values: new Float64Array(6) };
    expect(() => run({ travel: [...travel, { mode: "bike", minutes: small }] })).toThrow(/bike.*2 × 3/);
    expect(() => run({}, { limitsMinutes: [Number.NaN] })).toThrow(/Limite/);
    expect(() => run({}, { nearest: 0 })).toThrow(/0 postes/);
    expect(() => run({}, { sharesToReach: [50] })).toThrow(/parts 50/);
  });
});
