import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numbers, reasonAt, type Table, texts } from "../../src/codes/table.ts";
import { sources } from "../../src/sources/catalogue.ts";
import type { Contract } from "../../src/sources/contract.ts";
import { parseFapRome } from "../../src/sources/fap-rome.ts";
import { gtfsContract, gtfsFeeds } from "../../src/sources/gtfs.ts";
import { loadShapes, loadTable } from "../../src/sources/load.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";

const folder = realData ?? "";
const territory = realData ? openTerritory({ territory: "occitanie", data: realData }) : openTerritory();
const source = (id: string): Contract => {
  const found = sources().find((contract) => contract.id === id);
  if (!found) throw new Error(`pas de source ${id}`);
  return found;
};
const load = (id: string): Promise<Table> => loadTable(territory, source(id));

/** Rows without a value, by reason. */
function missing(t: Table, name: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const column = t.columns[name];
  if (!column) throw new Error(`pas de colonne ${name}`);
  for (let row = 0; row < t.numRows; row++) {
    const reason = reasonAt(column, row);
    if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

const sum = (t: Table, name: string): number =>
  numbers(t, name).values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** The last field of every line, added up without the loader: for files of no quote and no separator in a cell. */
function lastFieldSum(file: string): number {
  const lines = readFileSync(join(folder, file), "utf8").trimEnd().split(/\r?\n/).slice(1);
  return lines.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(",") + 1)), 0);
}

describe.skipIf(!realData)(`the publishers' files${realData ? "" : " (skipped: ../shared/data is not here)"}`, () => {
  test("79 neighbourhoods of 2024, 31 and 48, each in a known commune; the one of two communes keeps both", async () => {
    const t = await load("qpv-liste-2024");
    expect(t.numRows).toBe(79);
    expect(tally(texts(t, "code_region").values)).toEqual({ "53": 31, "52": 48 });
    expect(tally(texts(t, "code_departement").values)).toEqual({
      "22": 7,
      "29": 9,
      "35": 6,
      "56": 9,
      "44": 19,
      "49": 15,
      "53": 3,
      "72": 7,
      "85": 4,
    });
    const both = texts(t, "communes").values.filter((codes) => codes.includes(";"));
    expect(both).toEqual(["44109;44162", "72095;72181"]);
    const communes = await load("communes");
    const known = new Set(texts(communes, "code_commune").values);
    expect(texts(t, "code_commune").values.filter((code) => !known.has(code))).toEqual([]);
    expect(texts(t, "code_commune").geography).toEqual({ kind: "commune", vintage: 2024 });
    expect(texts(t, "code_qp").geography).toEqual({ kind: "qpv", vintage: 2024 });
  });

  test("the national points are those of communes, and hold 1 493 codes of neighbourhoods", async () => {
    const t = await load("qpv-communes-2024");
    expect(t.numRows).toBe(824);
    const codes = new Set(texts(t, "codes_qp").values.flatMap((list) => list.split(", ")));
    expect(codes.size).toBe(1493);
    const listed = texts(await load("qpv-liste-2024"), "code_qp").values;
    expect(listed.filter((code) => !codes.has(code))).toEqual([]);
  });

  test("Filosofi 2016: three masks, each told secret, none of them zero", async () => {
    const t = await load("filosofi-communes");
    expect(t.numRows).toBe(34_932);
    expect(Object.keys(t.columns)).toHaveLength(29);
    expect(missing(t, "TP60")).toEqual({ s: 30_560 });
    expect(missing(t, "MED")).toEqual({ s: 34_932 - 31_405 });
    for (const name of ["D1", "D9", "RD", "PACT", "PPMINI"])
      expect({ name, ...missing(t, name) }).toEqual({ name, s: 34_932 - 5_293 });
    expect(missing(t, "TP60TOL2")).toEqual({ s: 31_758 });
    expect(sum(t, "NBMENFISC")).toBe(29_180_264);
    expect(sum(t, "NBPERSMENFISC")).toBe(66_932_241.5);
    const rates = numbers(t, "TP60").values.filter((value) => !Number.isNaN(value));
    expect(rates).toHaveLength(4_372);
    expect([Math.min(...rates), Math.max(...rates)]).toEqual([5, 58]);
    expect([...numbers(t, "D1").values].filter((value) => value === 0)).toEqual([]);
    expect(numbers(t, "TP60").summable).toBe(false);
    expect(numbers(t, "MED").summable).toBe(false);
    expect(numbers(t, "NBMENFISC").summable).toBe(true);
  });

  test("Filosofi: size decides of the deciles; among large communes, the missing poverty rates are those of richer ones", async () => {
    const t = await load("filosofi-communes");
    const [households, decile, rate, median] = ["NBMENFISC", "D1", "TP60", "MED"].map(
      (name) => numbers(t, name).values,
    );
    const rows = Array.from({ length: t.numRows }, (_, row) => row);
    const large = rows.filter((row) => (households?.[row] ?? 0) >= 1_000);
    expect(large.filter((row) => Number.isNaN(decile?.[row]))).toEqual([]);
    const hidden = large.filter((row) => Number.isNaN(rate?.[row]));
    expect(hidden).toHaveLength(393);
    const mean = (of: readonly number[]): number =>
      of.reduce((total, row) => total + (median?.[row] ?? 0), 0) / of.length;
    const shown = large.filter((row) => !Number.isNaN(rate?.[row]));
    expect(mean(hidden)).toBeGreaterThan(mean(shown) + 2_000);
  });

  test("Filosofi by intercommunality: no median hidden, rates by age are", async () => {
    const t = await load("filosofi-epci");
    expect(t.numRows).toBe(1_244);
    expect(missing(t, "TP60")).toEqual({});
    expect(missing(t, "TP60AGE1")).toEqual({ s: 597 });
    expect(missing(t, "TP60AGE3")).toEqual({ s: 46 });
  });

  test.each([
    ["bpe-iris", "insee_doremifasoldata/bpe18_ensemble_iris_occitanie.csv", 104_048, 256_813],
    ["bpe-iris-ouest", "insee_doremifasoldata/bpe18_ensemble_iris_bretagne_pdl.csv", 103_684, 230_980],
    ["bpe-culture-france", "insee_doremifasoldata/bpe18_F3_culture_iris_france.csv", 4_490, 4_841],
  ])("equipment of %s adds up to the file's own sum", async (id, file, rows, total) => {
    const t = await load(id);
    expect(t.numRows).toBe(rows);
    expect(sum(t, "NB_EQUIP")).toBe(total);
    expect(lastFieldSum(file)).toBe(total);
    expect(texts(t, "DCIRIS").values.filter((code) => code.length !== 5 && code.length !== 9)).toEqual([]);
    expect(texts(t, "DEPCOM").geography).toEqual({ kind: "commune", vintage: 2018 });
  });

  test("the ROME: 531 sheets, 10 990 titles, 4 218 moves, a tree whose labels hold its separator", async () => {
    expect((await load("rome-codes")).numRows).toBe(531);
    expect((await load("rome-libelles")).numRows).toBe(532);
    const moves = await load("rome-mobilites");
    expect(tally(texts(moves, "libelle_type_mobilite").values)).toEqual({ Proche: 1_917, Evolution: 2_301 });
    const titles = await load("rome-appellations");
    expect(titles.numRows).toBe(10_990);
    expect(new Set(texts(titles, "code_rome").values).size).toBe(532);
    const tree = await load("rome-arborescence");
    expect(tree.numRows).toBe(11_774);
    expect(missing(tree, "domaine")).toEqual({ nd: 14 });
    expect(missing(tree, "metier")).toEqual({ nd: 124 });
    expect(missing(tree, "code_ogr")).toEqual({ nd: 656 });
    expect(texts(tree, "intitule").values[0]).toBe(
      "Agriculture et Pêche; Espaces naturels et Espaces verts; Soins aux animaux",
    );
  });

  test("the crosswalks of occupations", async () => {
    const hirings = await load("rome-naf");
    expect(hirings.numRows).toBe(5_071);
    expect(sum(hirings, "hirings")).toBe(2_889_582);
    expect(new Set(texts(hirings, "naf_id").values).size).toBe(692);
    expect((await load("naf-libelles")).numRows).toBe(732);
    const isco = await load("rome-isco");
    expect(isco.numRows).toBe(532);
    expect(
      texts(isco, "code_isco")
        .values.filter((code) => code.length < 4)
        .sort(),
    ).toEqual(["110", "310"]);
  });

  test("tension, related occupations, basins", async () => {
    const tension = await load("metiers-tension");
    expect(tension.numRows).toBe(701);
    expect(sum(tension, "tension_pct")).toBeCloseTo(34_836.6, 1);
    const related = await load("rome-connexes");
    expect(related.numRows).toBe(60_206);
    expect(numbers(related, "score").values[0]).toBe(0.31320018);
    const basins = await load("bassins-emploi");
    expect(basins.numRows).toBe(38_283);
    const codes = new Set(texts(basins, "code_bassin").values);
    expect(codes.size).toBe(405);
    expect(codes.has("101") && !codes.has("0101")).toBe(true);
  });

  test("a star of the BMO hides a number", async () => {
    const t = await load("bmo-echantillon");
    expect(t.numRows).toBe(12);
    expect(missing(t, "projets")).toEqual({ s: 1 });
    expect(missing(t, "difficiles")).toEqual({ s: 1, nd: 2 });
    expect(missing(t, "saisonniers")).toEqual({ s: 1, nd: 7 });
    expect(texts(t, "code_departement").values).toContain("2");
  });

  test("samples of offers, padded labels kept", async () => {
    expect((await load("pe-offres-departements")).numRows).toBe(365);
    const t = await load("pe-offres-saisonnieres");
    expect(t.numRows).toBe(793);
    expect(new Set(texts(t, "code_departement").values)).toEqual(new Set(["06"]));
  });

  test("minima sociaux: two encodings in one line, totals without a code, Corsica 20A and 20B", async () => {
    const t = await load("minima-sociaux");
    expect([t.numRows, Object.keys(t.columns).length]).toEqual([2_911, 20]);
    expect(tally(texts(t, "type_territoire").values)).toEqual({ Département: 2_561, France: 350 });
    expect(missing(t, "code_drees")).toEqual({ nd: 350 });
    const names = new Set(texts(t, "territoire").values);
    for (const name of ["Ardèche", "Côtes-d'Armor", "Finistère", "La Réunion", "Résident à l'étranger"])
      expect(names.has(name), name).toBe(true);
    expect([...names].filter((name) => /[Ã\ufffd]/.test(name))).toEqual([]);
    expect(texts(t, "code_drees").values.filter((code) => /^20[AB]$/.test(code))).toHaveLength(50);
    const years = numbers(t, "annee").values;
    const france = texts(t, "territoire").values.findIndex((name, row) => name === "France" && years[row] === 2019);
    expect(["RSAalloc", "RSAbenef", "RSApopcouv"].map((name) => numbers(t, name).values[france])).toEqual([
      1_916_100, 3_867_600, 2_167_500,
    ]);
    expect(missing(t, "RSAalloc")).toEqual({ nd: 1_767 });
  });

  test("the départements of a year add up to the national count of RSA, to the rounding", async () => {
    const t = await load("minima-sociaux");
    const [kinds, years, counts] = [
      texts(t, "type_territoire").values,
      numbers(t, "annee").values,
      numbers(t, "RSAalloc").values,
    ];
    let total = 0;
    for (let row = 0; row < t.numRows; row++)
      if (kinds[row] === "Département" && years[row] === 2019 && !Number.isNaN(counts[row])) total += counts[row] ?? 0;
    expect(Math.abs(total - 1_916_100)).toBeLessThan(100);
  });

  test("population by département: the two halves of an age add up", async () => {
    const t = await load("population-departements");
    expect(t.numRows).toBe(4_074);
    expect(missing(t, "code_departement")).toEqual({ nd: 783 });
    const [all, young, others] = ["popTOT", "popASE", "popPH"].map((name) => numbers(t, name).values);
    const odd = Array.from({ length: t.numRows }, (_, row) => row).filter(
      (row) => (young?.[row] ?? 0) + (others?.[row] ?? 0) !== all?.[row],
    );
    expect(odd).toEqual([]);
  });

  test("outlines of 2018: 1 232 and 1 272 communes, 4 and 5 départements", async () => {
    const counts = await Promise.all(
      ["communes", "departements", "region"].flatMap((level) =>
        ["bretagne", "pays-de-la-loire"].map(async (region) => {
          const { table, shapes } = await loadShapes(territory, source(`${level}-2018-${region}`));
          expect(shapes).toHaveLength(table.numRows);
          return table.numRows;
        }),
      ),
    );
    expect(counts).toEqual([1_232, 1_272, 4, 5, 1, 1]);
  });

  test("grids of communes: all of one year, an undefined level is not a level", async () => {
    for (const id of ["grille-densite", "grille-centralite", "grille-ruralite"])
      expect((await load(id)).numRows, id).toBe(34_875);
    expect(missing(await load("grille-centralite"), "niveau_centralite")).toEqual({ nd: 129 });
    expect(tally(texts(await load("grille-densite"), "niveau_densite").values)["Grands centres urbains"]).toBe(699);
    const types = texts(await load("grille-ruralite"), "niveau_ruralite").values;
    expect(types.filter((type) => type.startsWith(" "))).toHaveLength(34_875);
  });

  test("census of communes, IRIS of Paris", async () => {
    const communes = await load("rp-communes-2018");
    expect([communes.numRows, Object.keys(communes.columns).length]).toEqual([5_417, 62]);
    expect(sum(communes, "pop_tot")).toBeCloseTo(55_124_068, 0);
    const west = texts(communes, "code_region").values.filter((code) => code === "52" || code === "53");
    expect(west).toHaveLength(832);
    const paris = await load("iris-paris-2017");
    expect(paris.numRows).toBe(871);
    expect(missing(paris, "DISP_TP6017")).toEqual({ s: 228 });
    expect(missing(paris, "niveau_vie_median")).toEqual({ s: 1 });
    expect(sum(paris, "P17_POP1564")).toBeCloseTo(1_493_208.42, 1);
  });

  test("leisure of 8 403 people: an occupation unknown is not an occupation", async () => {
    const t = await load("pratiques-loisirs");
    expect(t.numRows).toBe(8_403);
    expect(missing(t, "profession")).toEqual({ nd: 1_498 });
    expect(tally(texts(t, "cinema").values)).toEqual({ "0": 8_403 - 3_359, "1": 3_359 });
    const practices = source("pratiques-loisirs").columns.slice(0, 17);
    const declared = numbers(t, "activites").values;
    const counted = Array.from(
      declared,
      (_, row) =>
        practices.filter(({ name }) => texts(t, name).values[row] === "1").length +
        (texts(t, "tele").values[row] === "0" ? 0 : 1),
    );
    expect(counted.filter((n, row) => n !== declared[row])).toEqual([]);
  });

  test("benches: an absent pair is not a zero, an unknown income is not poverty", async () => {
    const times = await load("belo-horizonte-temps");
    expect(times.numRows).toBe(748_437);
    expect(Math.max(...numbers(times, "travel_time").values.slice(0, 100_000))).toBeLessThanOrEqual(120);
    const hexagons = await load("belo-horizonte-hexagones");
    expect([sum(hexagons, "population"), sum(hexagons, "jobs"), sum(hexagons, "schools")]).toEqual([
      941_160, 496_088, 184,
    ]);
    expect(missing(hexagons, "income_per_capita")).toEqual({ nd: 78 });
    const porto = await load("porto-alegre-hexagones");
    expect(["population", "jobs", "schools", "healthcare"].map((name) => sum(porto, name))).toEqual([
      812_935, 337_921, 194, 141,
    ]);
    expect(missing(porto, "jobs")).toEqual({ nd: 5 });
    expect((await load("porto-alegre-lieux")).numRows).toBe(15);
  }, 60_000);

  test("a real bus feed: a time at 4 748 of its 130 019 calls, the others not available", async () => {
    const feed = gtfsFeeds.find(({ id }) => id === "gtfs-porto-alegre-bus");
    if (!feed) throw new Error("pas de jeu");
    const tables = await Promise.all(
      ["stops", "routes", "trips", "stop_times", "calendar", "calendar_dates", "shapes", "agency"].map(
        async (name) => [name, await loadTable(territory, gtfsContract(feed, name))] as const,
      ),
    );
    const table = new Map(tables);
    const calls = table.get("stop_times") as Table;
    expect(calls.numRows).toBe(130_019);
    expect(missing(calls, "departure_time")).toEqual({ nd: 130_019 - 4_748 });
    const stops = new Set(texts(table.get("stops") as Table, "stop_id").values);
    expect(texts(calls, "stop_id").values.filter((stop) => !stops.has(stop))).toEqual([]);
    const trips = new Set(texts(table.get("trips") as Table, "trip_id").values);
    expect(texts(calls, "trip_id").values.filter((trip) => !trips.has(trip))).toEqual([]);
  }, 60_000);

  test("a real rail feed, whose tables do not end by a newline", async () => {
    const feed = gtfsFeeds.find(({ id }) => id === "gtfs-porto-alegre-train");
    if (!feed) throw new Error("pas de jeu");
    const [stops, calls] = await Promise.all(
      ["stops", "stop_times"].map((name) => loadTable(territory, gtfsContract(feed, name))),
    );
    expect(stops?.numRows).toBe(24);
    expect(missing(calls as Table, "departure_time")).toEqual({});
  });

  test("the Dares' program: every occupation of the tension table finds its families", async () => {
    const program = readFileSync(join(folder, "rome_emploi/bob_passage_fap2009_romev3.txt"), "latin1");
    const raw = parseFapRome(program);
    const [occupations = [], qualifications = [], families = []] = raw.columns;
    expect(qualifications.filter((qualification) => qualification === null).length).toBeGreaterThan(200);
    const pairs = occupations.map((code, i) => `${code}${qualifications[i] ?? ""}`);
    expect(new Set(pairs).size).toBe(raw.count);
    for (const family of families) expect(family).toMatch(/^[A-Z]\d[A-Z]\d{2}$/);
    const lines = program.split("\n");
    const first = raw.where(0);
    expect(lines[Number(first.replace(/\D/g, "")) - 1]).toContain(`"${occupations[0]}"`);
    const known = new Set(occupations);
    const tension = readFileSync(join(folder, "rome_emploi/metiers_tension_2019.csv"), "utf8");
    const asked = [...tension.matchAll(/,([A-Z]\d{4}),/g)].map(([, code]) => code ?? "");
    expect(asked.length).toBe(701);
    expect([...new Set(asked.filter((code) => !known.has(code)))]).toEqual([]);
  });
});

describe("the Dares' program", () => {
  test("gives a family to an occupation, or to an occupation and a qualification", () => {
    const program = `/* un commentaire = "A0Z41" ; */
proc format ;
value  $FAP9RSQ
"A1403","A1407" =	"A0Z41"
"A1101" = "A0Z43"
 Other ="ZZZZZ";
run;
value $FAP9RAQ
"H34020","H34023" = "D4Z41"
 Other = "ZZZZZ"; run;`;
    const { names, columns, count, where } = parseFapRome(program);
    expect(names).toEqual(["code_rome", "qualification", "code_fap"]);
    expect(columns).toEqual([
      ["A1403", "A1407", "A1101", "H3402", "H3402"],
      [null, null, null, "0", "3"],
      ["A0Z41", "A0Z41", "A0Z43", "D4Z41", "D4Z41"],
    ]);
    expect(count).toBe(5);
    expect([where(0), where(2), where(4)]).toEqual(["ligne 4", "ligne 5", "ligne 9"]);
  });

  test("refuses a statement that it does not understand, with its line, and a program without any passage", () => {
    expect(() => parseFapRome('value $FAP9RSQ\n"A1403" = "A0Z41"\n"A1101" = A0Z43\nOther = "ZZZZZ";')).toThrow(
      /ligne 3/,
    );
    expect(() => parseFapRome("proc format ; run ;")).toThrow(/aucun passage/);
  });
});
