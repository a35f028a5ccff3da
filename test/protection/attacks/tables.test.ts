import { describe, expect, test } from "vitest";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { keyedCells, recordKeys } from "../../../src/protection/perturbation/cell-keys.ts";
import { roundList } from "../../../src/protection/perturbation/controlled-rounding.ts";
import { noiseTable, perturbCounts } from "../../../src/protection/perturbation/noise-table.ts";
import { roundNearest } from "../../../src/protection/perturbation/rounding.ts";
import { release } from "../../../src/protection/release.ts";
import { possible } from "../brute-force.ts";
import { crossed, crossedMargin, firmSales, seen, source, withTotals } from "../support.ts";

// Each attack is done by hand, with nothing of the gate: it must give the hidden value on the unprotected output, and nothing on what the gate lets through.

const t = 11;

/** The grid of a long table made by `crossed`, as its reader has it. */
const gridOf = (out: Table, width: number): (number | null)[][] => {
  const values = seen(out, "n");
  return Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
};

describe("totals", () => {
  const truth = [
    [4, 20],
    [15, 30],
  ];

  test("attaque 01 : le complément d'un total", () => {
    const grid: (number | null)[][] = withTotals(truth);
    (grid[0] as (number | null)[])[0] = null;
    expect((grid[2]?.[0] ?? 0) - (grid[1]?.[0] ?? 0)).toBe(4);

    const out = release(crossed(truth, t), { name: "attaque 01", counts: "n", margins: [crossedMargin] });
    const published = gridOf(out, 3);
    expect(published[0]?.[0]).toBeNull();
    for (const accepts of [(value: number) => value === 0, (value: number) => value >= t])
      expect(possible({ grid: published, truth, least: 0, cap: 70, cell: [0, 0], accepts })).toBe("yes");
  });

  const linked = { a: 4, b: 20, c: 30, d: 41, total: 95, industrie: 34, services: 61 };
  const linkedTable = () =>
    table(
      {
        zone: textColumn(["Territoire"], { label: "Zone" }),
        ...Object.fromEntries(
          Object.entries(linked).map(([name, value]) => [
            name,
            numberColumn([value], { label: name, unit: "personnes", summable: true }),
          ]),
        ),
      },
      [source(t)],
    );
  const byBranch = { total: "total", parts: ["a", "b", "c", "d"] };
  const byGroup = [
    { total: "industrie", parts: ["a", "c"] },
    { total: "services", parts: ["b", "d"] },
    { total: "total", parts: ["industrie", "services"] },
  ];

  test("attaque 02 : deux classifications liées", () => {
    const options = { name: "attaque 02", counts: ["a", "b", "c", "d"], open: ["zone"] };
    // The branches alone are safe; the grouping into industry and services gives the hidden branch back.
    const alone = release(linkedTable(), { ...options, columnSums: [byBranch] });
    expect(seen(alone, "a")[0]).toBeNull();
    expect((seen(alone, "industrie")[0] ?? 0) - (seen(alone, "c")[0] ?? 0)).toBe(linked.a);

    const out = release(linkedTable(), { ...options, columnSums: [byBranch, ...byGroup] });
    const fits = fittingValues(out, [byBranch, ...byGroup], "a");
    expect(Math.min(...fits)).toBe(0);
    expect(Math.max(...fits)).toBeGreaterThanOrEqual(t);
  });
});

/** Every value that one column may take in whole numbers from 0, tried one by one; all unknown columns are tried up to the total. */
function fittingValues(
  out: Table,
  sums: readonly { readonly total: string; readonly parts: readonly string[] }[],
  wanted: string,
): readonly number[] {
  const names = [...new Set(sums.flatMap(({ total, parts }) => [total, ...parts]))];
  const known = new Map(names.map((name) => [name, seen(out, name)[0] ?? null]));
  const free = names.filter((name) => known.get(name) === null);
  const most = Math.max(...names.map((name) => known.get(name) ?? 0));
  const found = new Set<number>();
  const holds = (): boolean =>
    sums.every(({ total, parts }) => {
      const values = [total, ...parts].map((name) => known.get(name) ?? null);
      if (values.includes(null)) return true;
      return values[0] === values.slice(1).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    });
  const search = (at: number): void => {
    const name = free[at];
    if (name === undefined) {
      found.add(known.get(wanted) ?? -1);
      return;
    }
    for (let value = 0; value <= most; value++) {
      known.set(name, value);
      if (holds()) search(at + 1);
    }
    known.set(name, null);
  };
  search(0);
  return [...found];
}

describe("rates and classes", () => {
  /** Every whole number that rounds to the rate, by trying all of them. */
  const countsBehind = (rate: number, base: number, decimals: number): readonly number[] =>
    Array.from({ length: base + 1 }, (_, k) => k).filter(
      (k) => Math.abs((100 * k) / base - rate) <= 0.5 / 10 ** decimals + 1e-9,
    );
  const rates = [
    { rate: 3.1, base: 97 },
    { rate: 25, base: 40 },
    { rate: 33.3, base: 6 },
    { rate: 41.2, base: 830 },
  ];
  const rateTable = () =>
    table(
      {
        zone: textColumn(
          rates.map((_, i) => `Z${i}`),
          { label: "Zone" },
        ),
        n: numberColumn(
          rates.map(({ base }) => base),
          { label: "Base", unit: "personnes", summable: true },
        ),
        taux: numberColumn(
          rates.map(({ rate }) => rate),
          { label: "Taux", unit: "%" },
        ),
      },
      [source(t)],
    );

  test("attaque 04 : un taux et sa base redonnent l'effectif", () => {
    expect(countsBehind(3.1, 97, 1)).toEqual([3]);
    expect(countsBehind(25, 40, 1)).toEqual([10]);
    expect(countsBehind(33.3, 6, 1)).toEqual([2]);

    const out = release(rateTable(), {
      name: "attaque 04",
      counts: "n",
      open: ["zone"],
      rates: [{ rate: "taux", base: "n", decimals: 1 }],
    });
    expect(seen(out, "taux")).toEqual([null, null, null, 41.2]);
    seen(out, "taux").forEach((rate, row) => {
      const base = seen(out, "n")[row] ?? 0;
      if (rate !== null) expect(Math.max(...countsBehind(rate, base, 1))).toBeGreaterThanOrEqual(t);
    });
  });

  test("attaque 15 : une classe à 0 % ou à 100 % parle de chacun", () => {
    const classes = [
      { base: 40, having: 40 },
      { base: 40, having: 0 },
      { base: 40, having: 18 },
    ];
    const t15 = table(
      {
        zone: textColumn(["Nord", "Sud", "Est"], { label: "Zone" }),
        n: numberColumn(
          classes.map(({ base }) => base),
          { label: "Habitants", unit: "personnes", summable: true },
        ),
        taux: numberColumn(
          classes.map(({ base, having }) => (100 * having) / base),
          { label: "Sans complémentaire", unit: "%" },
        ),
      },
      [source(t)],
    );
    /** What is known of a person whose zone alone is known, when it is certain. */
    const certain = (rate: number | null): boolean | null => (rate === 100 ? true : rate === 0 ? false : null);
    expect(seen(t15, "taux").map(certain)).toEqual([true, false, null]);

    const out = release(t15, {
      name: "attaque 15",
      counts: "n",
      open: ["zone"],
      rates: [{ rate: "taux", base: "n", decimals: 0, sensitive: true }],
    });
    expect(seen(out, "taux").map(certain)).toEqual([null, null, null]);
    expect(seen(out, "taux")[2]).toBe(45);
  });
});

describe("rounding and noise", () => {
  /** Whole lists whose parts and total round to what is published, tried one by one. */
  const listsBehind = (
    parts: readonly number[],
    total: number,
    near: (value: number, published: number) => boolean,
  ): readonly (readonly number[])[] => {
    const lists: number[][] = [];
    const extend = (list: readonly number[]): void => {
      const published = parts[list.length];
      if (published === undefined) {
        if (
          near(
            list.reduce((sum, part) => sum + part, 0),
            total,
          )
        )
          lists.push([...list]);
        return;
      }
      for (let value = Math.max(0, published - 5); value <= published + 5; value++)
        if (near(value, published)) extend([...list, value]);
    };
    extend([]);
    return lists;
  };

  test("attaque 14 : des arrondis indépendants avec leur total ; un bruit retiré à chaque publication", () => {
    const truth = [7, 7, 7, 7];
    const published = roundNearest([...truth, 28], 5);
    const nearest = listsBehind(
      [...published.slice(0, 4)],
      published[4],
      (value, shown) => Math.round(value / 5 + 1e-9) * 5 === shown,
    );
    expect(nearest).toEqual([truth]);
    // Controlled rounding: each number is one of the two multiples around it, and the sums hold.
    const controlled = roundList(truth, 5);
    expect(controlled).not.toBeNull();
    if (!controlled) return;
    const fits = listsBehind([...controlled.parts], controlled.total, (value, shown) => Math.abs(value - shown) < 5);
    for (const part of [0, 1, 2, 3]) expect(new Set(fits.map((list) => list[part])).size).toBeGreaterThanOrEqual(5);

    const noise = noiseTable({ greatest: 5, variance: 4 });
    const secret = 7;
    let state = 12345;
    const anyKey = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state;
    };
    const runs = 4000;
    const mean = (draw: (run: number) => number): number =>
      Array.from({ length: runs }, (_, run) => draw(run)).reduce((sum, value) => sum + value, 0) / runs;
    expect(Math.round(mean(() => perturbCounts([secret], Uint32Array.of(anyKey()), noise)[0]))).toBe(secret);
    // The key of the cell comes from its members: the same at each run, in whatever order and table they stand.
    const identifiers = Array.from({ length: secret }, (_, i) => `p${i}`);
    const keyed = (run: number): number => {
      const turned = identifiers.map((_, i) => identifiers[(i + run) % secret] ?? "");
      const keys = recordKeys("00112233445566778899aabbccddeeff", turned);
      return perturbCounts([secret], keyedCells(new Uint8Array(secret), keys, 1).keys, noise)[0];
    };
    const first = keyed(0);
    for (let run = 1; run < 50; run++) expect(keyed(run)).toBe(first);
  });
});

describe("contributors", () => {
  const sales = (byZone: Readonly<Record<string, readonly number[]>>, rule: object) => {
    const { records, published } = firmSales(byZone, rule);
    const sums = Object.values(byZone).map((amounts) => amounts.reduce((sum, amount) => sum + amount, 0));
    const out = release(published, {
      name: "ventes",
      contributions: [
        { records, by: ["zone"], totalLabel: "Ensemble", column: "sales", value: "amount", contributor: "firm" },
      ],
      margins: [{ column: "sales", total: sums.length, parts: sums.map((_, i) => i) }],
    });
    return { sums, out, hidden: seen(out, "sales").flatMap((value, row) => (value === null ? [row] : [])) };
  };

  test("attaque 16 : la dominance de l'union des cases masquées", () => {
    const zones = { A: [9000, 50, 50], B: [300, 300, 350], C: [2000, 2000, 2000], D: [9000, 9000, 9000] };
    const { sums, out, hidden } = sales(zones, { dominance: [{ n: 1, k: 85 }] });
    const [a = 0, b = 0] = sums;
    // Hidden as two cells, A and B are published as one: their sum is their total less the others, and one firm makes 90 % of it.
    expect(9000 / (a + b)).toBeGreaterThan(0.85);
    const shown = seen(out, "sales");
    const total = shown.at(-1) ?? Number.NaN;
    const union = total - shown.slice(0, -1).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const firms = Object.values(zones).flatMap((amounts, row) => (hidden.includes(row) ? amounts : []));
    expect(firms.reduce((sum, amount) => sum + amount, 0)).toBe(union);
    expect(Math.max(...firms) / union).toBeLessThanOrEqual(0.85);
    expect(hidden).toContain(0);
  });

  test("attaque 17 : un initié retranche sa propre valeur", () => {
    const zones = { A: [100], B: [200], C: [90, 90, 90], D: [400, 400, 400] };
    const { sums, out, hidden } = sales(zones, {});
    // Hide the two lone firms only: the first subtracts its own amount from what is missing, and has the other's.
    const total = sums.reduce((sum, amount) => sum + amount, 0);
    const missing = total - (sums[2] ?? 0) - (sums[3] ?? 0);
    expect(missing - 100).toBe(200);
    const shown = seen(out, "sales");
    const left = (shown.at(-1) ?? 0) - shown.slice(0, -1).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    expect(hidden.length).toBeGreaterThanOrEqual(3);
    // What is left is neither's amount, and is shared by several.
    expect(left - 100).not.toBe(200);
    expect(left - 200).not.toBe(100);
    expect(reasonAt(numbers(out, "sales"), 0)).toBe("s");
    expect(reasonAt(numbers(out, "sales"), 1)).toBe("s");
  });
});

describe("the pattern itself", () => {
  /** Hides what is under the threshold, and the next cell of the list to protect it: a rule that anybody can run again. */
  const naive = (list: readonly number[]): string => {
    const small = list.map((count) => count > 0 && count < t);
    return `${list.map((_, i) => (small[i] || small[(i + list.length - 1) % list.length] ? "s" : ".")).join("")}.`;
  };
  const gate = (list: readonly number[]): string => {
    const total = list.reduce((sum, count) => sum + count, 0);
    const out = release(
      table(
        {
          zone: textColumn([...list.map((_, i) => `Z${i}`), "Ensemble"], { label: "Zone" }),
          n: numberColumn([...list, total], { label: "Effectif", unit: "personnes", summable: true }),
        },
        [source(t)],
      ),
      {
        name: "attaque 23",
        counts: "n",
        open: ["zone"],
        margins: [{ column: "n", total: list.length, parts: list.map((_, i) => i) }],
      },
    );
    return seen(out, "n")
      .map((value) => (value === null ? "s" : "."))
      .join("");
  };
  /**
   * Whether the first cell may still reach the threshold for who runs the method again on every list that has the visible cells of this one: some list with such a
   * first cell is hidden in the same way. When the total is hidden, other totals fit too.
   */
  const mayReach = (method: (list: readonly number[]) => string, truth: readonly number[]): boolean => {
    const pattern = method(truth);
    const others = truth.flatMap((_, i) => (i > 0 && pattern[i] === "s" ? [i] : []));
    const known = truth.reduce((sum, count, i) => (pattern[i] === "s" ? sum + count : sum), 0);
    const same = (list: readonly number[]): boolean => method(list) === pattern;
    const spread = (list: readonly number[], left: number, at: number): boolean => {
      const index = others[at];
      if (index === undefined) return left === 0 && same(list);
      const only = at === others.length - 1;
      for (let value = only ? left : 0; value <= left; value++)
        if (
          spread(
            list.map((count, i) => (i === index ? value : count)),
            left - value,
            at + 1,
          )
        )
          return true;
      return false;
    };
    const replace = (value: number): readonly number[] => truth.map((count, i) => (i === 0 ? value : count));
    const free = pattern.at(-1) === "s";
    const greatest = free ? t + 30 : known;
    return Array.from({ length: Math.max(0, greatest - t + 1) }, (_, k) => t + k).some((value) =>
      free ? same(replace(value)) : spread(replace(value), known - value, 0),
    );
  };

  test("attaque 23 : rejouer une méthode déterministe sur son propre motif", () => {
    // The first two are hidden, their sum is 14: run again, the rule tells that the first is not over 3, or its own neighbour would be hidden too.
    expect(naive([2, 12, 40, 60])).toBe("ss...");
    const kept = Array.from({ length: 15 }, (_, first) => first).filter(
      (first) => naive([first, 14 - first, 40, 60]) === "ss...",
    );
    expect(kept).toEqual([1, 2, 3]);
    expect(mayReach(naive, [2, 12, 40, 60])).toBe(false);

    expect(mayReach(gate, [2, 12, 40, 60])).toBe(true);
    let state = 3;
    const draw = (most: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return 1 + Math.floor((most * state) / 0x1_0000_0000);
    };
    for (let i = 0; i < 60; i++) {
      const list = [draw(10), draw(30), draw(20), draw(40)];
      expect(mayReach(gate, list), `liste ${i}`).toBe(true);
    }
  });
});
