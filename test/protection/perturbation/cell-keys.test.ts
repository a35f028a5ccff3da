import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { keyedCells, recordKeys } from "../../../src/protection/perturbation/cell-keys.ts";
import { keyedWords, uniformBelow } from "../../../src/protection/perturbation/keyed-words.ts";
import { noiseTable, perturbCounts } from "../../../src/protection/perturbation/noise-table.ts";
import { parseKey, sipHash, sipHashBytes } from "../../../src/protection/perturbation/siphash.ts";

const key = "000102030405060708090a0b0c0d0e0f";

describe("SipHash-2-4", () => {
  test("the vectors of its authors", () => {
    // Aumasson and Bernstein (2012), appendix A, and the table of the reference implementation: messages 00, 00 01, 00 01 02...
    const hash = (length: number): string => {
      const { high, low } = sipHashBytes(
        parseKey(key),
        Uint8Array.from({ length }, (_, i) => i),
      );
      return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
    };
    expect(hash(0)).toBe("726fdb47dd0e0e31");
    expect(hash(1)).toBe("74f839c593dc67fd");
    expect(hash(8)).toBe("93f5f5799a932462");
    expect(hash(15)).toBe("a129ca6149be45e5");
  });

  test("a text is its UTF-8 bytes", () => {
    const text = "Empalot, été €𝄞";
    expect(sipHash(key, text)).toEqual(sipHashBytes(parseKey(key), new TextEncoder().encode(text)));
  });

  test("a key that is not one is refused, and not repeated", () => {
    expect(() => sipHash("secret-1234", "x")).toThrow(/32 chiffres hexadécimaux/);
    expect(() => sipHash("secret-1234", "x")).not.toThrow(/secret-1234/);
  });
});

describe("keys of records and cells", () => {
  const identifiers = Array.from({ length: 5000 }, (_, i) => `P${i}`);
  const records = recordKeys(key, identifiers);

  test("keyed and deterministic: another secret gives other keys, the same one the same", () => {
    expect(recordKeys(key, identifiers)).toEqual(records);
    const other = recordKeys("ff0102030405060708090a0b0c0d0e0f", identifiers);
    expect(records.filter((value, i) => value === other[i]).length).toBeLessThan(2);
  });

  test("keys are spread evenly: chi-square of 16 classes of 5 000 keys under its 99.9 % point (37.7)", () => {
    const seen = new Float64Array(16);
    for (const value of records) seen[value >>> 28]++;
    const chi2 = seen.reduce((sum, n) => sum + (n - 312.5) ** 2 / 312.5, 0);
    expect(chi2).toBeLessThan(37.7);
  });

  test("the order of records changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4999), { minLength: 1, maxLength: 60 }), fc.nat(), (chosen, seed) => {
        const random = seededRandom(seed);
        const shuffled = [...chosen].sort(() => random() - 0.5);
        const keysOf = (list: readonly number[]) =>
          keyedCells(
            list.map((i) => i % 3),
            Uint32Array.from(list, (i) => records[i]),
            3,
          );
        expect(keysOf(shuffled)).toEqual(keysOf(chosen));
      }),
    );
  });

  test("the same records in two tables have the same noise, and averaging gains nothing", () => {
    const noise = noiseTable({ greatest: 5, variance: 3 });
    // Table 1: by neighbourhood; table 2: by neighbourhood and age, where neighbourhood 0 holds one age only.
    const zone = identifiers.map((_, i) => (i < 40 ? 0 : 1 + (i % 20)));
    const age = identifiers.map((_, i) => (i < 40 ? 0 : i % 3));
    const byZone = keyedCells(zone, records, 21);
    const byBoth = keyedCells(
      zone.map((z, i) => 3 * z + (age[i] ?? 0)),
      records,
      63,
    );
    const first = perturbCounts(byZone.counts, byZone.keys, noise);
    const second = perturbCounts(byBoth.counts, byBoth.keys, noise);
    expect(second[0]).toBe(first[0]);
    const runs = Array.from({ length: 10 }, () => perturbCounts(byZone.counts, byZone.keys, noise)[0]);
    expect(new Set(runs).size).toBe(1);
    // Noise drawn anew at each run is averaged away: the control of the attack.
    const random = seededRandom(3);
    const redrawn = Array.from(
      { length: 400 },
      () => perturbCounts([40], Uint32Array.of(Math.floor(random() * 2 ** 32)), noise)[0],
    );
    expect(Math.round(redrawn.reduce((sum, value) => sum + value, 0) / redrawn.length)).toBe(40);
  });

  test("the ring between two perimeters: one person more moves the published count by -10 to 10, no person more by nothing", () => {
    const noise = noiseTable({ greatest: 5, variance: 3 });
    const differences = Array.from({ length: 900 }, (_, zone) => {
      const inside = records.slice(5 * zone, 5 * zone + 40);
      const larger = Uint32Array.of(...inside, records[4999 - zone]);
      const count = (list: Uint32Array): number => {
        const { counts, keys } = keyedCells(new Int32Array(list.length), list, 1);
        return perturbCounts(counts, keys, noise)[0];
      };
      expect(count(Uint32Array.from(inside).reverse())).toBe(count(inside));
      return count(larger) - count(inside);
    });
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    const variance = differences.reduce((sum, value) => sum + (value - 1) ** 2, 0) / differences.length;
    // Unbiased around 1 (4 standard errors), of variance 2V = 6 (within 15 %): two perimeters do not tell the person between them.
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(6 / 900));
    expect(Math.abs(variance / 6 - 1)).toBeLessThan(0.15);
    expect(differences.filter((value) => value === 1).length / differences.length).toBeLessThan(0.25);
  });

  test("empty cells stay empty, records of no cell are left out", () => {
    const cells = keyedCells([-1, 0, 0], records.slice(0, 3), 2);
    expect([...cells.counts]).toEqual([2, 0]);
    const noise = noiseTable({ greatest: 5, variance: 3 });
    for (let i = 0; i < 50; i++) expect(perturbCounts([0], records.slice(i, i + 1), noise)[0]).toBe(0);
  });
});

describe("words from a key", () => {
  test("the same name gives the same words, another name others", () => {
    const take = (name: string): number[] => {
      const words = keyedWords(key, name);
      return Array.from({ length: 9 }, words);
    };
    expect(take("cellule 1")).toEqual(take("cellule 1"));
    expect(take("cellule 1")).not.toEqual(take("cellule 2"));
    expect(new Set(take("cellule 1")).size).toBe(9);
  });

  test("rejection leaves no value likelier", () => {
    // Words at both ends of the last, incomplete run of 3: 2^32 - 1 is rejected.
    const words = [0xffff_ffff, 5];
    expect(uniformBelow(() => words.shift() ?? 0, 3)).toBe(2);
    expect(words).toEqual([]);
    const large = [0xffff_ffff, 0xffff_ffff, 1, 2];
    expect(uniformBelow(() => large.shift() ?? 0, 3 * 2 ** 40)).toBe(2 ** 32 + 2);
  });
});
