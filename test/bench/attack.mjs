// The attack of published tables by linear programming, on real ones: job seekers by diploma in the 105 neighbourhoods of Occitanie (real holes), and minimum
// incomes by département (DREES). Each is attacked with its small cells hidden and nothing more, then as the gate publishes it.
//
//   node test/bench/attack.mjs
//
// Prints hidden cells, what breaks them, calls of the solver and their time. Run it on a quiet machine; it reads the publishers' files and skips without them.
import { existsSync, readFileSync } from "node:fs";

const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { numberColumn, table } = await load("codes/table.ts");
const { attackPublished } = await load("protection/attack/attack-published.ts");
const { publishedIntervals } = await load("protection/attack/hidden-intervals.ts");
const { linesOf } = await load("protection/attack/published.ts");
const { relationsOf } = await load("protection/relations.ts");
const { release } = await load("protection/release.ts");
const { highsSolver } = await load("protection/solver/highs.ts");

const data = new URL("../../../shared/data/", import.meta.url);
const files = ["hackaviz2021_qpv_occitanie/qp.csv", "drees_minima_sociaux/minsoc_departements.csv"].map(
  (name) => new URL(name, data),
);
if (!files.every((file) => existsSync(file))) {
  console.log("Publishers' files absent: nothing measured.");
  process.exit();
}
const rowsOf = (file) => {
  const [head, ...lines] = readFileSync(file, "latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trim()
    .split(/\r?\n/);
  const names = head.split(",").map((name) => name.replaceAll('"', ""));
  return lines.map((line) =>
    Object.fromEntries(
      line.match(/("[^"]*"|[^,]*)(?:,|$)/g).map((cell, i) => [names[i], cell.replace(/,$/, "").replaceAll('"', "")]),
    ),
  );
};
const number = (text) => (text === "" || text === "NA" || text === undefined ? Number.NaN : Number(text));

/** What a hole is taken to hold in the totals of all rows, which nobody published: the attack needs totals that are true of something. */
const filling = 30;

/** Rows by parts, with their total column and the row of all; a row with a hole keeps it. */
function crossed(rows, parts, minUnits) {
  const columns = [...parts, "total"];
  const grid = rows.map((row) => [...parts.map((part) => row[part]), row.total]);
  const all = columns.map((_, j) =>
    grid.reduce(
      (sum, row) => sum + (Number.isNaN(row[j]) ? filling * (j === parts.length ? parts.length : 1) : row[j]),
      0,
    ),
  );
  const values = [...grid, all];
  const label = (name) => ({ label: name, unit: "personnes", summable: true });
  const source = {
    id: "banc",
    title: "banc",
    publisher: "",
    licence: "",
    vintage: "",
    url: "",
    file: "",
    sha256: "0",
    synthetic: false,
    published: false,
  };
  const secrecy = { unit: "personne", minUnits, statedBy: "banc" };
  const of = Object.fromEntries(
    columns.map((name, j) => {
      const column = numberColumn(
        values.map((row) => row[j]),
        label(name),
      );
      return [name, { ...column, missing: Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0)) }];
    }),
  );
  return {
    table: table(of, [{ ...source, secrecy }]),
    options: {
      name: "banc",
      counts: columns,
      columnSums: [{ total: "total", parts }],
      margins: columns.map((column) => ({ column, total: rows.length, parts: rows.map((_, i) => i) })),
    },
    minUnits,
  };
}

const diplomas = ["abc_capbep", "abc_bac", "abc_supbac"];
const occitanie = rowsOf(files[0]).map((row) => {
  // The producer hides four neighbourhoods and writes 0.
  const hole = row.abcde === "0";
  const counts = Object.fromEntries(diplomas.map((name) => [name, hole ? Number.NaN : number(row[name])]));
  const total = hole ? Number.NaN : number(row.abcde);
  return { ...counts, autres: total - diplomas.reduce((sum, name) => sum + counts[name], 0), total };
});
const benefits = ["RSAalloc", "AAH", "ASS", "MinV", "ADA", "RSO"];
const drees = rowsOf(files[1])
  .filter((row) => row.Annee === "2016" && row.TypeTerritoire.startsWith("D"))
  .map((row) => {
    const counts = Object.fromEntries(
      benefits.map((name) => [name, Number.isNaN(number(row[name])) ? 0 : number(row[name])]),
    );
    return { ...counts, total: benefits.reduce((sum, name) => sum + counts[name], 0) };
  });

const solve = await highsSolver();
const times = [];
const timed = (program) => {
  const start = performance.now();
  const solution = solve(program);
  times.push(performance.now() - start);
  return solution;
};

for (const [name, { table: whole, options, minUnits }] of Object.entries({
  "Occitanie, t = 11": crossed(occitanie, [...diplomas, "autres"], 11),
  "Occitanie, t = 50": crossed(occitanie, [...diplomas, "autres"], 50),
  "DREES 2016, t = 500": crossed(drees, benefits, 500),
})) {
  const relations = relationsOf(whole, name, options.margins, options.columnSums);
  const small = Object.fromEntries(
    Object.entries(whole.columns).map(([key, column]) => [
      key,
      {
        ...column,
        missing: Uint8Array.from(column.values, (value) =>
          Number.isNaN(value) || (value > 0 && value < minUnits) ? 1 : 0,
        ),
      },
    ]),
  );
  const start = performance.now();
  const released = release(whole, options);
  console.log(
    `${name}: ${whole.numRows} x ${options.counts.length}, release ${Math.round(performance.now() - start)} ms`,
  );
  for (const [state, columns] of [
    ["small cells hidden", small],
    ["as published", released.columns],
  ]) {
    const published = { columns, lines: linesOf(relations), whole: options.counts };
    const promiseOf = ({ column, row }) => {
      const value = whole.columns[column].values[row];
      if (Number.isNaN(value)) return { kind: "inherited", least: 0, reach: minUnits };
      const primary = value > 0 && value < minUnits;
      return { kind: primary ? "count" : "other", least: 1, reach: primary ? minUnits : 0 };
    };
    times.length = 0;
    const began = performance.now();
    const attacked = attackPublished(published, promiseOf, timed, { explained: 0 });
    const took = performance.now() - began;
    if (attacked.status !== "attacked") throw new Error(`${name} : contradiction`);
    const by = {};
    for (const { verdict, means } of attacked.cells)
      by[means === null ? "safe" : `${verdict}, ${means}`] =
        (by[means === null ? "safe" : `${verdict}, ${means}`] ?? 0) + 1;
    console.log(
      `  ${state}: ${attacked.cells.length} hidden cells in relations, ${JSON.stringify(by)}; ${times.length} solves, ${took.toFixed(0)} ms, ${(times.reduce((a, b) => a + b, 0) / Math.max(1, times.length)).toFixed(2)} ms a solve`,
    );
    times.length = 0;
    const intervals = publishedIntervals(published, timed);
    const sorted = [...times].sort((a, b) => a - b);
    console.log(
      `    every interval: ${intervals.length} cells, ${times.length} solves, median ${(sorted[sorted.length >> 1] ?? 0).toFixed(2)} ms, greatest ${(sorted.at(-1) ?? 0).toFixed(2)} ms`,
    );
  }
}
