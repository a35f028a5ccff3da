import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Geography } from "../../src/codes/geography.ts";
import { numberColumn, numbers, rowAt, type Table, table, textColumn, texts } from "../../src/codes/table.ts";
import { communeHistory, fitLists } from "../../src/tables/commune-history.ts";
import { communePassage, formerCodesPassage } from "../../src/tables/commune-passage.ts";
import { convert, recode } from "../../src/tables/convert.ts";
import { chainPassages, describePassage, type Passage, qpvPassage, weighPassage } from "../../src/tables/passage.ts";
import { orderOfMagnitude } from "../../src/tables/row-flow.ts";
import { sampleLineage } from "../support/lineage.ts";

type Line = readonly [
  event: string,
  date: string,
  typeBefore: string,
  before: string,
  nameBefore: string,
  typeAfter: string,
  after: string,
  nameAfter: string,
];
const names = [
  "evenement",
  "date_effet",
  "type_avant",
  "code_avant",
  "nom_avant",
  "type_apres",
  "code_apres",
  "nom_apres",
];
const eventsOf = (lines: readonly Line[]): Table =>
  table(
    Object.fromEntries(
      names.map((name, i) => [
        name,
        textColumn(
          lines.map((line) => line[i] ?? ""),
          { label: name },
        ),
      ]),
    ),
  );
const listOf = (codes: readonly string[]): Table =>
  table({ code_commune: textColumn(codes, { label: "Code" }) }, sampleLineage({ id: "communes" }));

/** A commune nouvelle: each member in, and the first keeps its code; the members become delegated communes. */
const merger = (date: string, members: readonly string[], name: string): Line[] =>
  members.flatMap((code): Line[] => [
    ["32", date, "COM", code, code, "COM", members[0] ?? "", name],
    ["32", date, "COM", code, code, "COMD", code, code],
  ]);

/** Real events of the Loire: Freigné leaves the Maine-et-Loire and merges the same day; Les Essarts merges, then gives two communes back. */
const real: readonly Line[] = [
  ["41", "2018-01-01", "COM", "49144", "Freigné", "COM", "44225", "Freigné"],
  ...merger("2018-01-01", ["44180", "44017", "44093", "44191", "44219", "44225"], "Vallons-de-l'Erdre"),
  ...merger("2016-01-01", ["85084", "85030", "85165", "85212"], "Essarts en Bocage"),
  ["21", "2024-01-01", "COM", "85084", "Essarts en Bocage", "COM", "85084", "Essarts-en-Bocage"],
  ["21", "2024-01-01", "COM", "85084", "Essarts en Bocage", "COM", "85165", "L'Oie"],
  ["21", "2024-01-01", "COM", "85084", "Essarts en Bocage", "COM", "85212", "Sainte-Florence"],
  ["21", "2024-01-01", "COMD", "85165", "L'Oie", "COM", "85165", "L'Oie"],
  ["21", "2024-01-01", "COMD", "85212", "Sainte-Florence", "COM", "85212", "Sainte-Florence"],
  // Beaumont takes its code back from Les Hauts-Talican, whose name goes on under Villotran's code.
  ...merger("2019-01-01", ["60054", "60455", "60694"], "Les Hauts-Talican"),
  ["21", "2024-01-01", "COM", "60054", "Les Hauts-Talican", "COM", "60054", "Beaumont-les-Nonains"],
  ["21", "2024-01-01", "COMD", "60054", "Beaumont-les-Nonains", "COM", "60054", "Beaumont-les-Nonains"],
  ["21", "2024-01-01", "COM", "60054", "Les Hauts-Talican", "COM", "60694", "Les Hauts-Talican"],
  // A change of code, there and back.
  ["50", "2021-01-01", "COM", "27676", "Les Trois Lacs", "COM", "27058", "Les Trois Lacs"],
  ["50", "2023-01-01", "COM", "27058", "Les Trois Lacs", "COM", "27676", "Les Trois Lacs"],
  // A commune made of parts of two others, and one that is shared out.
  ["20", "1989-02-15", "COM", "38422", "Saint-Martin", "COM", "38422", "Saint-Martin"],
  ["20", "1989-02-15", "COM", "38422", "Saint-Martin", "COM", "38567", "Chamrousse"],
  ["20", "1989-02-15", "COM", "38478", "Séchilienne", "COM", "38478", "Séchilienne"],
  ["20", "1989-02-15", "COM", "38478", "Séchilienne", "COM", "38567", "Chamrousse"],
  ["10", "1999-01-01", "COM", "38422", "Saint-Martin", "COM", "38422", "Saint-Martin-d'Uriage"],
  ["20", "1947-09-17", "", "", "", "COM", "06162", "La Brigue"],
];
const today = [
  "44180",
  "85084",
  "85165",
  "85212",
  "60054",
  "60694",
  "27676",
  "38422",
  "38478",
  "38567",
  "06162",
  "35238",
  "97701",
];
const history = communeHistory(eventsOf(real), listOf(today), { through: 2026 });
const targets = (code: string, from: number, to: number): string[] => {
  const { fromCodes, toCodes } = communePassage(history, { from, to });
  return toCodes.filter((_, i) => fromCodes[i] === code).sort();
};

describe("the history of communes", () => {
  test("a change of département and a merger of the same day follow each other", () => {
    expect(targets("49144", 2017, 2026)).toEqual(["44180"]);
    expect(history.listOf(2017).has("44225")).toBe(false);
    expect(targets("44180", 2026, 2017)).toEqual(["44017", "44093", "44180", "44191", "44219", "49144"]);
  });
  test("a commune that comes back takes its own ground: nothing of the others goes with it", () => {
    expect(targets("85165", 2015, 2026)).toEqual(["85165"]);
    expect(targets("85030", 2015, 2026)).toEqual(["85084"]);
    expect(targets("85084", 2018, 2026)).toEqual(["85084", "85165", "85212"]);
    expect(targets("85212", 2026, 2018)).toEqual(["85084"]);
  });
  test("a commune can leave its code to another: the name tells who goes on", () => {
    expect(targets("60455", 2018, 2026)).toEqual(["60694"]);
    expect(targets("60054", 2018, 2026)).toEqual(["60054"]);
    expect(targets("60054", 2020, 2026)).toEqual(["60054", "60694"]);
  });
  test("changes of code, there and back; departures that INSEE's file does not tell", () => {
    expect(targets("27676", 2020, 2022)).toEqual(["27058"]);
    expect(targets("27676", 2020, 2026)).toEqual(["27676"]);
    expect(targets("97123", 2007, 2026)).toEqual(["97701"]);
  });
  test("a commune made of parts of two others; a change of name changes nothing", () => {
    expect(targets("38478", 1980, 2026)).toEqual(["38478", "38567"]);
    expect(targets("38567", 2026, 1980)).toEqual(["38422", "38478"]);
    expect(targets("35238", 1950, 2026)).toEqual(["35238"]);
    expect(targets("06162", 1980, 2026)).toEqual(["06162"]);
  });
  test("a commune nouvelle merged again leaves the name of its first member to that member alone", () => {
    const twice = communeHistory(
      eventsOf([
        ...merger("2010-01-01", ["x", "y"], "Nouvelle"),
        ["32", "2015-01-01", "COM", "x", "Nouvelle", "COM", "z", "Grande"],
        ["32", "2015-01-01", "COM", "x", "Nouvelle", "COMD", "x", "x"],
        ["32", "2015-01-01", "COMD", "x", "x", "COMD", "x", "x"],
        ["32", "2015-01-01", "COM", "z", "z", "COM", "z", "Grande"],
        ["21", "2020-01-01", "COM", "z", "Grande", "COM", "z", "Grande"],
        ["21", "2020-01-01", "COM", "z", "Grande", "COM", "x", "x"],
        ["21", "2020-01-01", "COMD", "x", "x", "COM", "x", "x"],
      ]),
      listOf(["x", "z"]),
      { through: 2020 },
    );
    const { fromCodes, toCodes } = communePassage(twice, { from: 2009, to: 2020 });
    expect(Object.fromEntries(fromCodes.map((code, i) => [code, toCodes[i]]))).toEqual({ x: "x", y: "z", z: "z" });
  });
  test("the codes of a file tell the year of their list", () => {
    const fits = fitLists(history, [...history.listOf(2019).keys()], [2017, 2018, 2019, 2022, 2026]);
    expect(fits[0]).toEqual({ year: 2019, unknown: 0, absent: 0 });
    expect(fits.find(({ year }) => year === 2026)).toEqual({ year: 2026, unknown: 0, absent: 3 });
    expect(fits.find(({ year }) => year === 2022)).toEqual({ year: 2022, unknown: 1, absent: 1 });
  });
  test("a list of another year, a year out of reach and a stranger to the events are refused", () => {
    expect(() => communeHistory(eventsOf(real), listOf([...today, "44017"]), { through: 2026 })).toThrow(
      /44017.*v_mvt_commune_2026/,
    );
    expect(() => communeHistory(eventsOf(real), listOf(today.slice(1)), { through: 2026 })).toThrow(/44180/);
    expect(() => communePassage(history, { from: 2018, to: 2027 })).toThrow(/2027/);
  });
});

const cog = (vintage: number): Geography => ({ kind: "commune", vintage });
const townsOf = (
  codes: readonly string[],
  values: readonly number[],
  missing: Uint8Array | null = null,
  vintage = 2017,
): Table =>
  table(
    {
      code: textColumn(codes, { label: "Commune", geography: cog(vintage) }),
      pop: numberColumn(values, { label: "Habitants", unit: "personnes", summable: true, missing }),
    },
    sampleLineage({ id: "filosofi" }),
  );
const erdre = ["44017", "44093", "44180", "44191", "44219", "49144"];
const passage = communePassage(history, { from: 2017, to: 2026 });

describe("conversion", () => {
  test("amounts of merged communes are summed, and every row is accounted for", () => {
    const from = townsOf([...erdre, "35238", "60694", "75101", ""], [1, 2, 3, 4, 5, 6, 100, 7, 9, 9], null);
    const { table: to, report } = convert(from, "code", passage);
    expect(Object.fromEntries(texts(to, "code").values.map((code, i) => [code, rowAt(to, i).pop]))).toEqual({
      "44180": 21,
      "35238": 100,
      "60694": "nd",
    });
    expect(texts(to, "code").geography).toEqual(cog(2026));
    expect(report).toMatchObject({
      rowsIn: 10,
      rowsOut: 3,
      merged: 7,
      unchanged: 1,
      unknown: 1,
      withoutKey: 1,
      incomplete: 1,
      unknownKeys: ["75101"],
    });
    expect(report.sentence).toContain("arrondissements de Paris");
    expect(orderOfMagnitude(report)).toEqual({ rowsIn: 10, matched: 8, lost: { "code inconnu": 1, "sans clé": 1 } });
    expect(to.lineage.map(({ id }) => id)).toEqual(["filosofi", "communes"]);
  });
  test("s, then ns, then nd: a sum with a secret part is secret", () => {
    const reasonOf = (...reasons: number[]): unknown =>
      rowAt(convert(townsOf(erdre, [1, 1, 1, 1, 1, 1], Uint8Array.from(reasons)), "code", passage).table, 0).pop;
    expect(reasonOf(0, 0, 3, 2, 1, 0)).toBe("s");
    expect(reasonOf(0, 0, 3, 2, 0, 0)).toBe("ns");
    expect(reasonOf(0, 0, 3, 0, 0, 0)).toBe("nd");
    expect(reasonOf(0, 0, 0, 0, 0, 0)).toBe(6);
  });
  test("an absent row is not a zero, unless it is said to be one", () => {
    const from = townsOf(erdre.slice(1), [1, 1, 1, 1, 1]);
    expect(rowAt(convert(from, "code", passage).table, 0).pop).toBe("nd");
    expect(rowAt(convert(from, "code", passage, { absent: "zero" }).table, 0).pop).toBe(5);
    const hidden = townsOf(erdre.slice(1), [1, 1, 1, 1, 1], Uint8Array.of(1, 0, 0, 0, 0));
    expect(rowAt(convert(hidden, "code", passage).table, 0).pop).toBe("s");
  });
  test("a median does not follow a merger: refused, dropped or blanked by name", () => {
    const from = townsOf([...erdre, "35238"], [1, 1, 1, 1, 1, 1, 1]);
    const medians = {
      ...from,
      columns: {
        ...from.columns,
        med: numberColumn([1, 2, 3, 4, 5, 6, 7], { label: "Médiane", unit: "EUR/an" }),
        nom: textColumn(["a", "b", "c", "d", "e", "f", "Rennes"], { label: "Nom" }),
      },
    };
    expect(() => convert(medians, "code", passage)).toThrow(/med, nom.*drop.*blank/);
    expect(Object.keys(convert(medians, "code", passage, { drop: ["med", "nom"] }).table.columns)).toEqual([
      "code",
      "pop",
    ]);
    const { table: blanked } = convert(medians, "code", passage, { blank: ["med", "nom"] });
    expect([rowAt(blanked, 0), rowAt(blanked, 1)]).toEqual([
      { code: "44180", pop: 6, med: "nd", nom: "nd" },
      { code: "35238", pop: 1, med: 7, nom: "Rennes" },
    ]);
    const alone = {
      ...medians,
      columns: {
        ...medians.columns,
        code: textColumn(["35238", "85084", "27676", "38422", "38478", "38567", "06162"], { label: "x" }),
      },
    };
    expect(() => convert(alone, "code", communePassage(history, { from: 2024, to: 2026 }))).not.toThrow();
  });
  test("a median is not kept for a merged commune of which only one member has a row", () => {
    const from = table({
      code: textColumn(["44180", "35238"], { label: "Commune" }),
      med: numberColumn([1, 2], { label: "Médiane", unit: "EUR/an" }),
    });
    expect(() => convert(from, "code", passage)).toThrow(/med/);
    expect(rowAt(convert(from, "code", passage, { blank: ["med"] }).table, 0).med).toBe("nd");
    expect(rowAt(convert(from, "code", passage, { blank: ["med"], absent: "zero" }).table, 0).med).toBe("nd");
  });
  test("rows that other columns tell apart stay apart", () => {
    const from = table({
      code: textColumn([...erdre, ...erdre], { label: "Commune" }),
      an: textColumn([...erdre.map(() => "2015"), ...erdre.map(() => "2016")], { label: "Année" }),
      n: numberColumn([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2], { label: "n", unit: "u", summable: true }),
    });
    const { table: to } = convert(from, "code", passage, { by: ["an"] });
    expect([rowAt(to, 0), rowAt(to, 1)]).toEqual([
      { code: "44180", an: "2015", n: 6 },
      { code: "44180", an: "2016", n: 12 },
    ]);
    expect(() => convert(from, "code", passage)).toThrow(/an/);
  });
  test("a division needs weights", () => {
    const split = communePassage(history, { from: 2020, to: 2026 });
    const from = townsOf(["85084"], [100], null, 2020);
    expect(() => convert(from, "code", split)).toThrow(/poids/);
    const weights = new Map([
      ["85084", 70],
      ["85165", 10],
      ["85212", 20],
    ]);
    const { table: to, report } = convert(from, "code", split, {
      weights: new Map([...weights, ["60054", 1], ["60694", 1]]),
    });
    expect(Object.fromEntries(texts(to, "code").values.map((code, i) => [code, rowAt(to, i).pop]))).toEqual({
      "85084": 70,
      "85165": 10,
      "85212": 20,
    });
    expect(report).toMatchObject({ split: 1, rowsIn: 1, rowsOut: 3 });
    expect(() => weighPassage(split, weights)).toThrow(/60054/);
    expect(() => convert(from, "code", split, { weights: new Map([...weights, ["60054", 0], ["60694", 0]]) })).toThrow(
      /nuls/,
    );
    const both = communePassage(history, { from: 1980, to: 2026 });
    expect(() => weighPassage(both, new Map(today.map((code) => [code, 1])))).toThrow(/38567 tient aussi/);
  });
  test("the key must be on the first list of the passage", () => {
    expect(() => convert(townsOf(["35238"], [1], null, 2018), "code", passage)).toThrow(/COG 2018.*COG 2017/);
  });
  test("rows that are not units are recoded, unless a division puts them in two places", () => {
    const offers = table({ code: textColumn(["49144", "49144", "", "99999"], { label: "Commune" }) });
    expect(texts(recode(offers, "code", passage), "code")).toMatchObject({
      values: ["44180", "44180", "", ""],
      geography: cog(2026),
    });
    expect([...(recode(offers, "code", passage).columns.code?.missing ?? [])]).toEqual([0, 0, 3, 3]);
    expect(() =>
      recode(
        table({ code: textColumn(["85084"], { label: "c" }) }),
        "code",
        communePassage(history, { from: 2020, to: 2026 }),
      ),
    ).toThrow(/85084/);
  });
});

describe("without INSEE's events", () => {
  const communes = table({
    code_commune: textColumn(["44180", "35238", "85084"], { label: "Code" }),
    anciens_codes: textColumn(["44017;44225;49144", "", "85165"], { label: "Anciens codes" }),
  });
  test("former codes give the mergers only, and say so", () => {
    const undated = formerCodesPassage(communes, { from: 2018, to: 2026 });
    expect(undated.dated).toBe(false);
    expect(describePassage(undated)).toMatch(/pas datés/);
    const { table: to, report } = convert(townsOf(["49144", "44180", "35238"], [1, 2, 3], null, 2018), "code", undated);
    expect([rowAt(to, 0).pop, rowAt(to, 1).pop]).toEqual([3, 3]);
    expect(report.sentence).toMatch(/non daté/);
  });
  test("a code of two communes and a way back are refused", () => {
    const twice = table({
      code_commune: textColumn(["a", "b"], { label: "Code" }),
      anciens_codes: textColumn(["z", "z"], { label: "Anciens codes" }),
    });
    expect(() => formerCodesPassage(twice, { from: 2018, to: 2026 })).toThrow(/z \(a, b\)/);
    expect(() => formerCodesPassage(communes, { from: 2027, to: 2026 })).toThrow(/arrière/);
  });
});

describe("between the two generations of neighbourhoods", () => {
  const pairs = table({
    code_2015: textColumn(["QP044001", "QP044001", "QP044002"], { label: "2015" }),
    code_2024: textColumn(["QN04401M", "QN04402M", "QN04402M"], { label: "2024" }),
    part_2015: numberColumn([0.5, 0.3, 1], { label: "Part", unit: "part" }),
    part_2024: numberColumn([1, 0.2, 0.78], { label: "Part", unit: "part" }),
  });
  test("amounts follow the parts; what is outside is not counted, what is not covered is nd", () => {
    const from = table({
      code: textColumn(["QP044001", "QP044002"], { label: "QPV" }),
      pop: numberColumn([100, 10], { label: "Habitants", unit: "personnes", summable: true }),
    });
    const { table: to, report } = convert(from, "code", qpvPassage(pairs));
    expect([rowAt(to, 0), rowAt(to, 1)]).toEqual([
      { code: "QN04401M", pop: 50 },
      { code: "QN04402M", pop: 40 },
    ]);
    expect(report.sentence).toMatch(/hors des unités/);
    const strict = convert(from, "code", qpvPassage(pairs), { minCoverage: 0.99 });
    expect(rowAt(strict.table, 1).pop).toBe("nd");
    expect(strict.report.uncovered).toBe(1);
  });
  test("back again, and odd parts refused", () => {
    expect(qpvPassage(pairs, { from: 2024, to: 2015 })).toMatchObject({
      shares: Float64Array.of(1, 0.2, 0.78),
      toCodes: ["QP044001", "QP044001", "QP044002"],
    });
    const odd = {
      ...pairs,
      columns: { ...pairs.columns, part_2024: numberColumn([1, 2, 1], { label: "Part", unit: "part" }) },
    };
    expect(() => qpvPassage(odd)).toThrow(/«.2.».*ligne 2/u);
  });
});

describe("laws", () => {
  const codes = ["c0", "c1", "c2", "c3", "c4", "c5"];
  /** Random mergers between a few communes, then some of the merged ones come back. */
  const histories = fc
    .tuple(fc.uniqueArray(fc.constantFrom(...codes), { minLength: 2, maxLength: 6 }), fc.nat(5), fc.boolean())
    .map(([members, back, divides]) => {
      const returning = divides ? members.slice(1).slice(0, back) : [];
      const head = members[0] ?? "";
      const lines: Line[] = [...merger("2010-01-01", members, "Nouvelle")];
      if (returning.length > 0) {
        lines.push(["21", "2015-01-01", "COM", head, "Nouvelle", "COM", head, "Nouvelle"]);
        for (const code of returning) {
          lines.push(["21", "2015-01-01", "COM", head, "Nouvelle", "COM", code, code]);
          lines.push(["21", "2015-01-01", "COMD", code, code, "COM", code, code]);
        }
      }
      const now = codes.filter((code) => !members.includes(code) || code === head || returning.includes(code));
      return { history: communeHistory(eventsOf(lines), listOf(now), { through: 2020 }), now };
    });
  const amounts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 6 });
  const total = (t: Table): number => numbers(t, "pop").values.reduce((a, b) => a + b, 0);

  test("a total is kept by mergers, by divisions with weights, and on the way back", () => {
    fc.assert(
      fc.property(histories, amounts, ({ history: h }, values) => {
        const before = townsOf(codes, values, null, 2009);
        const weights = new Map(codes.map((code, i) => [code, 1 + i]));
        const merged = convert(before, "code", communePassage(h, { from: 2009, to: 2012 })).table;
        expect(total(merged)).toBe(total(before));
        const divided = convert(merged, "code", communePassage(h, { from: 2012, to: 2020 }), { weights }).table;
        expect(total(divided)).toBeCloseTo(total(before), 8);
        const back = convert(merged, "code", communePassage(h, { from: 2012, to: 2009 }), {
          weights: new Map(codes.map((code, i) => [code, values[i] ?? 0])),
        });
        expect(back.report.split + back.report.unchanged + back.report.recoded + back.report.merged).toBe(
          merged.numRows,
        );
        const again = Object.fromEntries(
          texts(back.table, "code").values.map((code, i) => [code, rowAt(back.table, i).pop]),
        );
        for (const [i, code] of codes.entries()) expect(Number(again[code])).toBeCloseTo(values[i] ?? 0, 8);
      }),
    );
  });
  test("directly or through a year between: the same targets", () => {
    fc.assert(
      fc.property(histories, ({ history: h }) => {
        const direct = communePassage(h, { from: 2009, to: 2012 });
        const chained = chainPassages(
          communePassage(h, { from: 2009, to: 2011 }),
          communePassage(h, { from: 2011, to: 2012 }),
        );
        const pairsOf = ({ fromCodes, toCodes, shares }: Passage): string[] =>
          fromCodes.map((code, i) => `${code} ${toCodes[i]} ${shares[i]}`).sort();
        expect(pairsOf(chained)).toEqual(pairsOf(direct));
      }),
    );
    expect(() => chainPassages(passage, passage)).toThrow(/ne se suivent pas/);
  });

  test("a chain does not give to one unit what went to another that the second passage does not know", () => {
    const step = (from: number, to: number, pairs: readonly (readonly [string, string, number])[]): Passage => ({
      from: { kind: "commune", vintage: from },
      to: { kind: "commune", vintage: to },
      fromCodes: pairs.map(([code]) => code),
      toCodes: pairs.map(([, code]) => code),
      shares: Float64Array.from(pairs, ([, , share]) => share),
      inside: new Uint8Array(pairs.length),
      dated: true,
      lineage: [],
    });
    const split = step(2018, 2019, [
      ["a", "b", Number.NaN],
      ["a", "c", Number.NaN],
    ]);
    const gone = chainPassages(split, step(2019, 2020, [["b", "d", 1]]));
    expect([...gone.shares]).toEqual([Number.NaN]);
    const back = chainPassages(
      split,
      step(2019, 2020, [
        ["b", "d", 1],
        ["c", "d", 1],
      ]),
    );
    expect([...back.shares]).toEqual([1]);
  });
});
