import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { numbers, reasonAt, type Table, texts } from "../../../src/codes/table.ts";
import { type C2sNonTakeUp, c2sNonTakeUp } from "../../../src/experiments/c2s-non-take-up.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import { type SampleCopy, sampleCopy } from "./sample-copy.ts";
import { tablesOf, writtenIn } from "./shown.ts";

/** A quarter of the invented territory, so that a run takes seconds. */
const few = (): SampleCopy => {
  const copy = sampleCopy();
  copy.keepNeighbourhoods((code) => code <= "QP000016");
  return copy;
};
const [decreasing, hiddenDeciles, empty, hiddenMargin, hiddenSize, impossible, secret] = [
  "QP000001",
  "QP000002",
  "QP000004",
  "QP000005",
  "QP000007",
  "QP000008",
  "QP000009",
];
const sound = ["QP000006", "QP000010", "QP000011", "QP000012", "QP000013", "QP000014", "QP000015", "QP000016"];

const damage = (copy: SampleCopy): void => {
  copy.editNeighbourhood(decreasing, { disp_d1: "15000" });
  copy.editNeighbourhood(hiddenDeciles, { disp_d1: "", disp_q2: "", disp_d9: "" });
  copy.editNeighbourhood(empty, { pop_mun: "0" });
  copy.editLines("profil-qpv/profil_qpv.csv", (line) =>
    line.startsWith(`${hiddenMargin};type;couple sans enfant`) ? line.replace(/;[^;]*$/, ";s") : line,
  );
  copy.editLines("menages-qpv/menages_qpv.csv", (line) =>
    line.startsWith(`${hiddenSize};1;`) ? `${hiddenSize};1;s;s` : line,
  );
  const counted = (code: string, counts: string): void =>
    copy.editLines("c2s-insee/benef_c2s.csv", (line) =>
      line.startsWith(`QP;${code};`) && line.includes(";2021;")
        ? line.replace(/;(\d+);[^;]*;[^;]*;[^;]*$/, `;$1;${counts}`)
        : line,
    );
  counted(impossible, "1500;1100;400");
  counted(secret, "s;s;s");
};

const row = (data: Table, code: string): number => texts(data, "code_qp").values.indexOf(code);
const cell = (data: Table, name: string, code: string): number | string => {
  const column = numbers(data, name);
  return reasonAt(column, row(data, code)) ?? column.values[row(data, code)] ?? Number.NaN;
};

describe("neighbourhoods whose input is damaged", () => {
  let [whole, damaged]: [C2sNonTakeUp | null, C2sNonTakeUp | null] = [null, null];
  const results = (): { readonly before: C2sNonTakeUp; readonly after: C2sNonTakeUp } => {
    if (!whole || !damaged) throw new Error("no result");
    return { before: whole, after: damaged };
  };
  const data = (result: C2sNonTakeUp, name: "map" | "observed"): Table => (result[name] as Figure).data;
  const copy = few();
  afterAll(copy.remove);
  beforeAll(async () => {
    whole = await c2sNonTakeUp(copy.territory, { draws: 40 });
    damage(copy);
    damaged = await c2sNonTakeUp(copy.territory, { draws: 40 });
  }, 180_000);

  test("deciles that decrease, deciles that are hidden, nobody: no estimate there, and none is invented", () => {
    const { after } = results();
    for (const code of [decreasing, hiddenDeciles, empty]) {
      for (const name of ["part", "part_basse", "part_haute", "part_gratuite", "part_rsa"])
        expect(cell(data(after, "map"), name, code), `${code} ${name}`).toBe("nd");
      for (const name of ["non_recours", "bas", "haut", "direct"])
        expect(cell(data(after, "observed"), name, code), `${code} ${name}`).toBe("nd");
      for (const { path, data: one } of tablesOf([after.ranks, after.contributions, after.outreach]))
        expect(row(one, code), path).toBe(-1);
    }
    expect(JSON.stringify((after.observed as Figure).spec)).toContain("non diffusé");
  });

  test("neighbourhoods whose input is sound keep their estimate, and nothing stops the chapter", () => {
    const { before, after } = results();
    for (const code of sound) {
      const [was, is] = [before, after].map((result) => cell(data(result, "map"), "part", code));
      expect(Math.abs(Number(is) - Number(was)), code).toBeLessThan(0.2);
    }
  });

  test("a hidden margin is left out: the estimate stays near what it was", () => {
    const { before, after } = results();
    const [was, is] = [before, after].map((result) => cell(data(result, "map"), "part", hiddenMargin));
    expect(Math.abs(Number(is) - Number(was))).toBeLessThan(3);
  });

  test("a neighbourhood whose households are hidden shows nothing that rests on them", () => {
    const { after } = results();
    for (const name of ["part", "part_basse", "part_haute"])
      expect(cell(data(after, "map"), name, hiddenSize)).toBe("s");
  });

  test("more beneficiaries than eligible persons: the rate is shown as it is, below zero, and counted as a failure of the model", () => {
    const { after } = results();
    expect(cell(data(after, "observed"), "direct", impossible)).toBeLessThan(0);
    expect(cell(data(after, "observed"), "non_recours", impossible)).toBeLessThan(0);
    const { data: keys } = after.numbers;
    const key = (name: string): number =>
      numbers(keys, "value").values[texts(keys, "key").values.indexOf(`c2s.${name}`)] ?? Number.NaN;
    expect(key("echecs")).toBe(1);
    expect(key("estimes")).toBe(13);
    expect(after.reading.takeUp.markdown).toContain("le modèle y échoue");
  });

  test("a secret count is shown as secret, in the figure and in the viewer", () => {
    const { after } = results();
    for (const name of ["non_recours", "bas", "haut", "direct"])
      expect(cell(data(after, "observed"), name, secret)).toBe("s");
    expect(cell(after.viewer.estimates, "non_recours", secret)).toBe("s");
    expect(typeof cell(after.viewer.estimates, "part", secret)).toBe("number");
    for (const { path, data: one } of tablesOf([after.ranks, after.contributions, after.outreach]))
      expect(row(one, secret), path).toBe(-1);
  });

  test("the reference of the sensitivity table is the share of the chapter, whatever fails", () => {
    const { after } = results();
    const { data: keys } = after.numbers;
    const share = numbers(keys, "value").values[texts(keys, "key").values.indexOf("c2s.part")] ?? Number.NaN;
    expect(Math.abs((numbers(after.sensitivity.data, "part").values[0] ?? 0) - share)).toBeLessThan(0.06);
  });

  test("no text of the chapter writes a missing number", () => {
    const { after } = results();
    for (const one of writtenIn(after).strings) expect(one).not.toMatch(/\bNaN\b|\bundefined\b|Infinity/);
  });
});

describe("when almost nothing is counted", () => {
  const copy = few();
  afterAll(copy.remove);
  const countedUpTo = (last: string): void =>
    copy.editLines("c2s-insee/benef_c2s.csv", (line) => {
      const [level, code = "", , year] = line.split(";");
      return level === "QP" && year === "2021" && code > last
        ? line.replace(/;(\d+);[^;]*;[^;]*;[^;]*$/, ";$1;s;s;s")
        : line;
    });

  test("five counted neighbourhoods are drawn once each, four are no model: the rest of the chapter stands", async () => {
    countedUpTo("QP000005");
    const five = await c2sNonTakeUp(copy.territory, { draws: 4 });
    expect(new Set(texts(five.contributions.data, "code_qp").values).size).toBe(5);
    expect(five.observed.kind).toBe("chart");
    countedUpTo("QP000004");
    const poor = { budgetEur: 400, fixedEurArea: 500, eurPerContact: 4, reachable: 0.2 };
    const four = await c2sNonTakeUp(copy.territory, { draws: 4, outreach: poor });
    for (const name of ["observed", "byRight", "ranks", "diagnostics"] as const) expect(four[name].kind).toBe("note");
    expect(four.map.data.numRows).toBe(16);
    // A budget under the cost of opening one neighbourhood: no neighbourhood is named as if it were in the plan.
    expect(four.outreach.data.numRows).toBe(0);
    for (const one of texts(four.map.data, "nom_qp").values) expect(four.outreach.lecture).not.toContain(one);
  }, 120_000);
});

describe("the same numbers again", () => {
  const copy = few();
  afterAll(copy.remove);
  const digest = async (seed: number): Promise<string> => {
    const result = await c2sNonTakeUp(copy.territory, { draws: 4, seed });
    const text = JSON.stringify(result, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    );
    return createHash("sha256")
      .update(text.replaceAll(String(seed), ""))
      .digest("hex");
  };

  test("two runs of one seed give the same bytes, another seed other numbers", async () => {
    const first = await digest(20_260_301);
    expect(await digest(20_260_301)).toBe(first);
    expect(await digest(20_260_302)).not.toBe(first);
  }, 60_000);

  test.each(["2012-01-01", "2030-01-01"])(
    "a date without law (%s) is refused with the dates that have one",
    async (date) => {
      const refused = await c2sNonTakeUp(copy.territory, { draws: 4, date }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(QuartiersError);
      expect(String(refused)).toMatch(/à cette date.*Attendu\s: une date aaaa-mm-jj du \d{4}-\d\d-\d\d au/);
    },
  );
});
