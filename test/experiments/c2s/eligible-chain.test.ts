import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../../src/codes/table.ts";
import { withWorkers } from "../../../src/engine/workers.ts";
import { inseeBeneficiaries } from "../../../src/experiments/c2s/beneficiaries.ts";
import { type ChainTask, runChainTask } from "../../../src/experiments/c2s/chain-task.ts";
import { communeIncomes } from "../../../src/experiments/c2s/commune-incomes.ts";
import { answered, areaDraws, eligibleInterval } from "../../../src/experiments/c2s/eligible-areas.ts";
import { eligibleChain } from "../../../src/experiments/c2s/eligible-chain.ts";
import { type LoadedStudy, loadStudy } from "../../../src/experiments/c2s/load-study.ts";
import { defaultOutreach, outreachChapter } from "../../../src/experiments/c2s/outreach.ts";
import { pooledTerritory } from "../../../src/experiments/c2s/pooled-territory.ts";
import { sensitivity } from "../../../src/experiments/c2s/sensitivity.ts";
import { type SplitCommunes, splitCommunes } from "../../../src/experiments/c2s/split-communes.ts";
import { c2sNonTakeUpUse } from "../../../src/experiments/c2s-non-take-up.ts";
import {
  type ChainReplicates,
  areaDraws as chainDraws,
  chainEstimate,
  chainReplicates,
  mergeReplicates,
} from "../../../src/models/microsimulation/chain-replicates.ts";
import { forPurpose } from "../../../src/sources/territory.ts";
import { sampleCopy } from "./sample-copy.ts";

const [draws, seed, date] = [30, 12, "2020-04-01"];
const copy = sampleCopy();
copy.keepNeighbourhoods((code) => code <= "QP000014");
// One neighbourhood without a possible distribution: what stops it must stop no other.
copy.editNeighbourhood("QP000002", { disp_d1: "20000" });
const territory = forPurpose(copy.territory, c2sNonTakeUpUse.purpose);
afterAll(copy.remove);

let loaded: LoadedStudy;
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
beforeAll(async () => {
  loaded = await loadStudy(territory, { date, seed, draws });
}, 60_000);

describe("the replicates of the chain", () => {
  const bytes = (values: Float64Array): string =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
  /** The replicates of the first set, from a pool of some threads. */
  const pooled = (size: number, perTask: number): Promise<ChainReplicates> =>
    withWorkers(
      async (pool) => {
        const [input] = loaded.chain.inputs;
        if (!input) throw new Error("no input");
        const tasks = Array.from({ length: Math.ceil(draws / perTask) }, (_, k): ChainTask => {
          const from = k * perTask;
          return { input, replicates: draws, seed, from, to: Math.min(draws, from + perTask) };
        });
        const module = new URL("../../../src/experiments/c2s/chain-task.ts", import.meta.url).href;
        return mergeReplicates(
          await pool.map<ChainReplicates>({ module, name: runChainTask.name }, tasks),
          input.areas.names.length,
        );
      },
      { size },
    );

  test("one thread, two threads and no thread give the same bytes, however the work is cut", async () => {
    const [input] = loaded.chain.inputs;
    if (!input) throw new Error("no input");
    const here = chainReplicates(input, { replicates: draws, seed });
    for (const found of [await pooled(1, 15), await pooled(2, 7)])
      expect(bytes(found.eligible)).toBe(bytes(here.eligible));
    input.areas.names.forEach((_, area) => {
      const row = loaded.input.sets[0]?.rows[area] ?? -1;
      expect(bytes(areaDraws(loaded.study.eligible, "participation", [row]))).toBe(
        bytes(chainDraws(here, area, "all")),
      );
    });
  }, 60_000);

  test("they depend on the seed, and the estimate does not", async () => {
    const other = await eligibleChain(loaded.input, { draws: 4, seed: seed + 1 });
    expect(other.eligible.value).toEqual(loaded.study.eligible.value);
    expect(areaDraws(other.eligible, "free", [0])[0]).not.toBe(areaDraws(loaded.study.eligible, "free", [0])[0]);
  });

  test("rights are nested in every neighbourhood and replicate sums, and one that has no answer says why", () => {
    const { eligible } = loaded.study;
    const failed = loaded.study.codes.indexOf("QP000002");
    expect(eligible.failures[failed]).toMatch(/[a-zé]{4,}/);
    expect(answered(eligible)).toEqual([...loaded.study.codes.keys()].filter((row) => row !== failed));
    expect(eligible.value.participation[failed]).toBeNaN();
    expect(eligibleInterval(eligible, "free", [failed]).low).toBeNaN();
    for (const row of answered(eligible)) {
      expect(eligible.value.rsa[row]).toBeLessThan(eligible.value.free[row]);
      expect(eligible.value.free[row]).toBeLessThan(eligible.value.participation[row]);
      expect(eligible.value.participation[row]).toBeLessThan(eligible.persons[row]);
      const { value, low, high } = eligibleInterval(eligible, "participation", [row]);
      expect(low < value && value < high).toBe(true);
    }
    const all = answered(eligible);
    expect(eligibleInterval(eligible, "participation", all).value).toBeCloseTo(
      sum(all.map((row) => eligible.value.participation[row])),
      6,
    );
  });

  test("weights give each neighbourhood its inhabitants, and the pooled territory theirs together", () => {
    const { weights, table } = loaded.chain.chain;
    const persons = (own: Float64Array): number => sum(own.map((weight, h) => weight * table.persons[h]));
    const known = answered(loaded.study.eligible);
    for (const row of known)
      expect(Math.abs(persons(weights[row] ?? new Float64Array(0)) / loaded.study.persons[row] - 1)).toBeLessThan(1e-6);
    expect(
      pooledTerritory(loaded.chain.chain).persons / sum(known.map((row) => loaded.study.persons[row])),
    ).toBeCloseTo(1, 6);
  });
});

describe("one thing changed at a time", () => {
  test("the reference row is the estimate itself, and its gap is 0", () => {
    const rows = sensitivity(loaded.input);
    const [reference] = rows;
    if (!reference) throw new Error("no row");
    const { value } = loaded.study.eligible;
    expect([...reference.byArea]).toEqual([...value.participation]);
    const known = answered(loaded.study.eligible);
    expect(reference.eligible).toBeCloseTo(sum(known.map((row) => value.participation[row])), 6);
    expect(reference.free).toBeCloseTo(sum(known.map((row) => value.free[row])), 6);
    expect([reference.kind, reference.shift]).toEqual(["référence", 0]);
    expect(rows.filter(({ kind }) => kind === "étape").length).toBe(3);
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    for (const row of rows.slice(1, 4)) expect(row.shift, row.label).toBeGreaterThan(0.1);
    for (const { byArea } of rows) expect(byArea[loaded.study.codes.indexOf("QP000002")]).toBeNaN();
    const law = (label: string): number => rows.find((row) => row.label === label)?.eligible ?? Number.NaN;
    expect(law("Loi d’avril 2019")).toBeLessThan(reference.eligible);
    expect(law("Loi d’avril 2021")).toBeGreaterThan(reference.eligible);
  });
});

describe("inside and outside the neighbourhoods", () => {
  let split: SplitCommunes;
  beforeAll(async () => {
    const found = await splitCommunes(loaded.study, loaded.input, { seed, draws, year: 2021, hasCensus: true });
    if (!found) throw new Error("no incomes of communes");
    split = found;
  }, 60_000);
  const rowsOf = (commune: string): number[] =>
    texts(loaded.study.places.table, "code_commune").values.flatMap((code, row) => (code === commune ? [row] : []));

  test("inside and outside add up to the commune: its inhabitants, its persons of the scheme, its beneficiaries", async () => {
    const incomes = await communeIncomes(territory);
    const codes = split.communes.map(({ code }) => code);
    const counts = await inseeBeneficiaries(territory, { level: "COM", codes, year: 2021 });
    expect(split.communes.length).toBeGreaterThan(2);
    split.communes.forEach(({ code, inside, outside }, place) => {
      expect(inside.persons).toBe(
        sum(rowsOf(code).map((row) => numbers(loaded.study.places.table, "pop_mun").values[row])),
      );
      expect(inside.persons + outside.persons).toBeCloseTo(incomes?.byCode.get(code)?.persons ?? Number.NaN, 6);
      if (Number.isFinite(outside.takers)) {
        expect(inside.takers + outside.takers).toBe(counts?.all[place]);
        expect(inside.insured + outside.insured).toBe(counts?.insured?.[place]);
      }
    });
    expect(split.communes.filter(({ outside }) => Number.isFinite(outside.takers)).length).toBeGreaterThan(2);
  });

  test("the eligible inside are those of the neighbourhoods; those outside are fewer than the inhabitants, in the value and the draws", () => {
    const { eligible } = loaded.study;
    for (const { code, inside, outside } of split.communes) {
      const rows = rowsOf(code);
      expect(inside.eligible).toBeCloseTo(sum(rows.map((row) => eligible.value.participation[row])), 9);
      expect([...inside.draws]).toEqual([...areaDraws(eligible, "participation", rows)]);
      expect(outside.eligible).toBeGreaterThan(0);
      expect(outside.eligible).toBeLessThan(outside.persons);
      expect(outside.draws.every((count) => Number.isFinite(count) && count < outside.persons)).toBe(true);
      expect(outside.eligible / outside.persons).toBeLessThan(inside.eligible / inside.persons);
    }
  });

  test("a commune one of whose neighbourhoods has no answer is left out, not counted short", () => {
    const failed = loaded.study.codes.indexOf("QP000002");
    const host = texts(loaded.study.places.table, "code_commune").values[failed];
    expect(split.communes.map(({ code }) => code)).not.toContain(host);
  });

  test("without the incomes of communes there is no outside", async () => {
    const bare = sampleCopy();
    const file = "filosofi-communes/FILO2019_DISP_COM.xlsx";
    bare.removeFile(file);
    const study = { ...loaded.study, territory: forPurpose(bare.territory, c2sNonTakeUpUse.purpose) };
    expect(await splitCommunes(study, loaded.input, { seed, draws: 2, year: 2021, hasCensus: true })).toBeNull();
    bare.remove();
  });
});

describe("where to go", () => {
  const chapter = (assumptions = defaultOutreach) =>
    outreachChapter(loaded.study, null, { seed: 3, draws: 200, assumptions });

  test("costs are those of the assumptions and add up to the budget at most", () => {
    const { plan } = chapter();
    const open = plan.areas.filter(({ contacts }) => contacts > 0);
    expect(open.length).toBeGreaterThan(2);
    for (const { contacts, eur } of open) expect(eur).toBeCloseTo(500 + 4 * contacts, 6);
    expect(sum(plan.areas.map(({ eur }) => eur))).toBeLessThanOrEqual(60_000 + 1e-6);
    for (const { code, contacts } of open)
      expect(contacts).toBeLessThanOrEqual(0.2 * loaded.study.persons[loaded.study.codes.indexOf(code)]);
    for (const other of [plan.equalSplit, plan.byPopulation])
      expect(plan.best.opened.value).toBeGreaterThanOrEqual(other.opened.value - 1e-9);
    expect(open.map(({ code }) => code)).not.toContain("QP000002");
  });

  test("a larger budget opens as many rights or more", () => {
    const opened = (budgetEur: number): number => chapter({ ...defaultOutreach, budgetEur }).plan.best.opened.value;
    expect(opened(20_000)).toBeLessThan(opened(40_000));
    expect(opened(40_000)).toBeLessThan(opened(80_000));
  });

  test("when nobody can be met, nothing is opened, and no neighbourhood is in the table", () => {
    const { plan, table } = chapter({ ...defaultOutreach, reachable: 0 });
    expect(plan.best.opened.value).toBe(0);
    expect(table.data.numRows).toBe(0);
  });

  test("places that are no neighbourhoods, under a hundred inhabitants, are all refused, in French", () => {
    const study = { ...loaded.study, persons: loaded.study.persons.map(() => 40) };
    expect(() => outreachChapter(study, null, { seed: 3, draws: 200, assumptions: defaultOutreach })).toThrow(
      /[Aa]ucun.*habitants/s,
    );
  });
});

test("the estimate of a set is the same alone and in the study", () => {
  const [input] = loaded.chain.inputs;
  if (!input) throw new Error("no input");
  chainEstimate(input).forEach((answer, area) => {
    const row = loaded.input.sets[0]?.rows[area] ?? -1;
    const { eligible } = loaded.study;
    if (answer.ok) expect(eligible.value.participation[row]).toBe(answer.eligible.all);
    else expect(eligible.failures[row]).toBe(answer.message);
  });
});
