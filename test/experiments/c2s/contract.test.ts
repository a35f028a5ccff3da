import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { c2sNonTakeUp, c2sNonTakeUpUse } from "../../../src/experiments/c2s-non-take-up.ts";
import { readContract } from "../../../src/sources/contracts/agreement.ts";
import { odcsYaml } from "../../../src/sources/contracts/odcs.ts";
import { sampleCopy } from "./sample-copy.ts";

test("a signed contract that allows no crossing stops the experiment at its first released table", async () => {
  const copy = sampleCopy();
  try {
    copy.keepNeighbourhoods((code) => code <= "QP000014");
    const path = join(copy.folder, "menages-qpv/menages_qpv.contrat.yaml");
    const agreed = (joins: readonly string[]): void => writeFileSync(path, odcsYaml({ ...readContract(path), joins }));
    agreed([]);
    await expect(c2sNonTakeUp(copy.territory, { draws: 4 })).rejects.toThrow(
      /n'autorise pas son croisement.*article 5/,
    );
    agreed(c2sNonTakeUpUse.sources.map(({ id }) => id));
    expect((await c2sNonTakeUp(copy.territory, { draws: 4 })).map.data.numRows).toBe(14);
  } finally {
    copy.remove();
  }
}, 60_000);
