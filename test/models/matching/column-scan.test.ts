import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { columnScan } from "../../../src/models/matching/column-scan.ts";
import { columnScanModule } from "../../../src/models/matching/column-scan-module.ts";
import { jonkerVolgenant } from "../../../src/models/matching/jonker-volgenant.ts";
import { costInstance, type InstanceKind } from "./instances.ts";

const kinds: readonly InstanceKind[] = ["random", "integer", "tied", "clustered", "clustered-rounded", "sparse"];

describe("the scan of columns", () => {
  test.each([1, 2, 3, 4, 5, 8, 30, 101])("%i columns: the module, its plain twin and the definition", (columns) => {
    const random = seededRandom(columns);
    const scans = (["simd", "plain"] as const).map((engine) => columnScan(columns, engine));
    expect(scans.map(({ engine }) => engine)).toEqual(["simd", "plain"]);
    const done = new Set<number>();
    const free = new Set<number>();
    for (const scan of scans) scan.distances.fill(Number.POSITIVE_INFINITY);
    for (let column = 0; column < columns; column++) {
      const isFree = random() < 0.3;
      if (isFree) free.add(column);
      for (const scan of scans) scan.setFree(column, isFree);
    }
    const expected = new Array<number>(columns).fill(Number.POSITIVE_INFINITY);
    const before = new Array<number>(columns).fill(0);
    for (let row = 1; row <= columns; row++) {
      const costs = Float64Array.from({ length: columns + 2 }, () =>
        random() < 0.1 ? Number.POSITIVE_INFINITY : Math.floor(random() * 6),
      );
      const shift = Math.floor(random() * 3) - 1;
      for (let column = 0; column < columns; column++) {
        if (done.has(column) || !(costs[2 + column] + shift < (expected[column] ?? 0))) continue;
        [expected[column], before[column]] = [costs[2 + column] + shift, row];
      }
      const least = Math.min(...expected);
      for (const scan of scans) {
        expect(scan.relax(costs, 2, row, shift)).toBe(least);
        expect([...scan.distances]).toEqual(expected);
        expect([...scan.rowBefore]).toEqual(before);
      }
      if (least === Number.POSITIVE_INFINITY) continue;
      const ties = expected.flatMap((distance, column) => (distance === least ? [column] : []));
      const nearest = ties.find((column) => free.has(column)) ?? ties[0] ?? -1;
      for (const scan of scans) {
        expect(scan.nearest()).toBe(nearest);
        scan.prices[nearest] = Number.NEGATIVE_INFINITY;
        scan.distances[nearest] = Number.POSITIVE_INFINITY;
      }
      done.add(nearest);
      expected[nearest] = Number.POSITIVE_INFINITY;
    }
  });
  test("the same assignment and prices by both, to the last bit", () => {
    for (const kind of kinds) {
      for (const [rows, columns] of [
        [30, 30],
        [47, 60],
      ] as const) {
        const costs = costInstance(kind, rows, columns, 21);
        expect(jonkerVolgenant(rows, columns, costs, "simd")).toEqual(jonkerVolgenant(rows, columns, costs, "plain"));
      }
    }
  });
  test("the module is small and made once", () => {
    const compiled = columnScanModule();
    expect(compiled).toBe(columnScanModule());
    expect(compiled && WebAssembly.Module.exports(compiled).map(({ name }) => name)).toEqual(["relax", "find"]);
  });
});
