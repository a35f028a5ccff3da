import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { numbers, reasonAt, texts } from "../../src/codes/table.ts";
import { type C2sNonTakeUp, c2sNonTakeUp } from "../../src/experiments/c2s-non-take-up.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { publishedCeilings } from "../../src/models/benefits/c2s-parameters.ts";
import { readContract } from "../../src/sources/contracts/agreement.ts";
import { odcsYaml } from "../../src/sources/contracts/odcs.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";

interface Truth {
  readonly quartiers: readonly {
    readonly code_qp: string;
    readonly eligibles_sans_participation: number;
    readonly eligibles_avec_participation: number;
    readonly personnes: number;
  }[];
}
const truth = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../data-samples/verite/recours-c2s.json"), "utf8"),
) as Truth;

describe("on the synthetic territory", () => {
  let result: C2sNonTakeUp;
  beforeAll(async () => {
    result = await c2sNonTakeUp(openTerritory());
  });

  test("the share under the ceiling agrees with the planted number of eligible persons", () => {
    const planted = new Map(
      truth.quartiers.map((q) => [
        q.code_qp,
        (100 * (q.eligibles_sans_participation + q.eligibles_avec_participation)) / q.personnes,
      ]),
    );
    const { data } = result.map;
    const errors: number[] = [];
    let covered = 0;
    texts(data, "code_qp").values.forEach((code, row) => {
      const value = numbers(data, "part").values[row];
      if (Number.isNaN(value)) return;
      errors.push(value - (planted.get(code) ?? Number.NaN));
      if (
        numbers(data, "part_basse").values[row] - 5 <= (planted.get(code) ?? 0) &&
        (planted.get(code) ?? 0) <= numbers(data, "part_haute").values[row] + 5
      )
        covered++;
    });
    const bias = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    expect(errors.length).toBeGreaterThan(70);
    expect(Math.abs(bias), `bias of ${bias.toFixed(1)} points`).toBeLessThan(4);
    expect(covered / errors.length).toBeGreaterThan(0.85);
  });

  test("the published ceilings are printed exactly", () => {
    const { data } = result.ceilingTable;
    const months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet"];
    const day = (date: string): string => `1er ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
    const rights = { free: "gratuite", participation: "avec participation" };
    const row = (date: string, right: "free" | "participation"): number =>
      texts(data, "date").values.findIndex(
        (shown, i) => shown === day(date) && texts(data, "droit").values[i] === rights[right],
      );
    const cells = publishedCeilings.filter(({ area, persons }) => area === "metropole" && typeof persons === "number");
    expect(cells.length).toBeGreaterThan(30);
    for (const cell of cells) {
      const printed = numbers(data, `personnes_${cell.persons}`).values[row(cell.from, cell.right)];
      expect(printed, `${cell.from}, ${cell.persons}, ${cell.right}`).toBe(cell.eurYear);
    }
  });

  test("the law is not stamped synthetic, the estimates are", () => {
    expect(result.ceilings.synthetic).toBe(false);
    expect(result.map.synthetic).toBe(true);
    expect((result.observed as Figure).synthetic).toBe(true);
  });

  test("a town with a secret neighbourhood is shown as secret", () => {
    const observed = result.observed as Figure;
    const column = numbers(observed.data, "non_recours");
    const reasons = Array.from(column.values, (_, row) => reasonAt(column, row)).filter((reason) => reason !== null);
    expect(reasons.length).toBeGreaterThan(0);
    expect(new Set(reasons)).toEqual(new Set(["s"]));
    expect(JSON.stringify(observed.spec)).toContain("non diffusé");
  });

  test("no beneficiary count is written", () => {
    expect((result.observed as Figure).columns).not.toContain("beneficiaires");
  });
});

describe.skipIf(realData === null)("on Occitanie", () => {
  test("105 neighbourhoods, an interval for each, and the clause to ask for", async () => {
    const result = await c2sNonTakeUp(openTerritory({ territory: "occitanie", data: realData ?? "" }));
    const { data } = result.map;
    expect(data.numRows).toBe(105);
    for (let row = 0; row < 105; row++) {
      expect(numbers(data, "part_basse").values[row]).toBeLessThanOrEqual(numbers(data, "part").values[row]);
      expect(numbers(data, "part").values[row]).toBeLessThanOrEqual(numbers(data, "part_haute").values[row]);
    }
    expect(result.observed.kind).toBe("note");
    expect(result.missing.markdown).toContain("bénéficiaires de la C2S par quartier");
  });
});

test("a signed contract that allows no crossing stops the experiment at its first released table", async () => {
  const folder = mkdtempSync(join(tmpdir(), "croisements-"));
  try {
    cpSync(join(import.meta.dirname, "../../data-samples"), folder, { recursive: true });
    const path = join(folder, "c2s-beneficiaires/c2s_qpv.contrat.yaml");
    writeFileSync(path, odcsYaml({ ...readContract(path), joins: [] }));
    await expect(c2sNonTakeUp(openTerritory({ territory: "exemple", data: folder }))).rejects.toThrow(
      /n'autorise pas son croisement.*article 5/,
    );
    writeFileSync(
      path,
      odcsYaml({ ...readContract(path), joins: ["qpv-indicateurs", "qpv-perimetres", "menages-qpv"] }),
    );
    expect((await c2sNonTakeUp(openTerritory({ territory: "exemple", data: folder }))).observed).toBeDefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
