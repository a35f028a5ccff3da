import { describe, expect, test } from "vitest";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import { firmSales as sales, seen } from "../support.ts";

const gate = ({ records, published, last }: ReturnType<typeof sales>, margins = true) =>
  release(published, {
    name: "ventes",
    contributions: [
      { records, by: ["zone"], totalLabel: "Ensemble", column: "sales", value: "amount", contributor: "firm" },
    ],
    ...(margins
      ? { margins: [{ column: "sales", total: last, parts: Array.from({ length: last }, (_, i) => i) }] }
      : {}),
  });

describe("amounts judged by their contributors", () => {
  test("dominance (1, 85 %): 850 of 1 000 is published, 850.1 of 1 000.1 is hidden", () => {
    const rule = { dominance: [{ n: 1, k: 85 }] };
    const alone = gate(sales({ A: [850, 100, 50], B: [850.1, 100, 50] }, rule), false);
    expect(seen(alone, "sales").slice(0, 2)).toEqual([1000, null]);
    expect(alone.release.findings.map(({ code }) => code)).toContain("concentration");
  });
  test("p = 10 %: [50, 45, 2, 1, 1, 1] is published, [100, 50, 9.99] is hidden", () => {
    const out = gate(sales({ A: [50, 45, 2, 1, 1, 1], B: [100, 50, 9.99] }, { pPercent: 10 }), false);
    expect(seen(out, "sales").slice(0, 2)).toEqual([100, null]);
  });
  test("a hidden amount is not given back by the total, nor known to 10 %", () => {
    const rule = { dominance: [{ n: 1, k: 85 }] };
    const out = gate(sales({ A: [900, 50, 50], B: [300, 300, 300], C: [40, 30, 30], D: [500, 500, 500] }, rule));
    const [a, b, c, d, all] = seen(out, "sales");
    expect(a).toBeNull();
    expect(all).toBe(3500);
    // One more cell is hidden, and it leaves a room of at least 100 above and below.
    expect([b, c, d].filter((value) => value === null).length).toBeGreaterThanOrEqual(1);
    const hidden = [1000, 900, 100, 1500].filter((_, i) => [a, b, c, d][i] === null);
    expect(hidden.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(1100);
  });
  test("attack 16: the union of the hidden cells of a line is judged too", () => {
    const rule = { dominance: [{ n: 1, k: 85 }] };
    // A breaks the rule; hidden with B (0.9 of their sum is A's first firm) the sum of the two would still tell it.
    const out = gate(
      sales({ A: [9000, 50, 50], B: [300, 300, 350], C: [2000, 2000, 2000], D: [9000, 9000, 9000] }, rule),
    );
    const hidden = ["A", "B", "C", "D"].filter((_, i) => seen(out, "sales")[i] === null);
    expect(hidden).toContain("A");
    expect(hidden.length > 2 || !hidden.includes("B")).toBe(true);
  });
  test("attack 17: two lone contributors in a line do not betray each other", () => {
    const out = gate(sales({ A: [100], B: [200], C: [90, 90, 90], D: [400, 400, 400] }, {}));
    expect(seen(out, "sales").filter((value) => value === null).length).toBeGreaterThanOrEqual(3);
  });
  test("an amount that is not the sum of its contributions is refused", () => {
    const made = sales({ A: [1, 2, 3], B: [4, 5, 6] }, {});
    const other = sales({ A: [1, 2, 4], B: [4, 5, 6] }, {});
    expect(() => gate({ ...made, records: other.records })).toThrow(Refusal);
  });
});
