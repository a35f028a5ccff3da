import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { travelMatrix } from "../../src/models/access/travel-matrix.ts";
import { travelMatrices } from "../../src/models/access/travel-matrix-groups.ts";
import { type ReadTravelMatrixOptions, readTravelMatrix } from "../../src/sources/travel-matrix-file.ts";
import { checkTimeUnit } from "../../src/sources/travel-matrix-unit.ts";
import { writeTravelMatrix } from "../../src/sources/travel-matrix-write.ts";
import { realData } from "../support/real-data.ts";

const folder = mkdtempSync(join(tmpdir(), "quartiers-matrices-"));
afterAll(() => rmSync(folder, { recursive: true }));

const origin = {
  title: "Essai",
  publisher: "Nous",
  licence: "MIT",
  vintage: "2026",
  url: "https://example.org",
  synthetic: true,
};
let made = 0;
function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${made++}-${name}`);
  writeFileSync(path, content);
  return path;
}
const read = (name: string, content: string | Uint8Array, options: Omit<ReadTravelMatrixOptions, "origin">) =>
  readTravelMatrix(fileOf(name, content), { origin, ...options });
const long = (unit: "s" | "min" | "h", change: Partial<NonNullable<ReadTravelMatrixOptions["columns"]>> = {}) =>
  ({
    producer: "long",
    columns: { from: "o", to: "d", costs: { travelTimeMinutes: { column: "cost", unit } }, ...change },
  }) as const;
const texts = ({
  codes,
  ids,
}: {
  readonly codes: Int32Array;
  readonly ids: readonly string[];
}): (string | undefined)[] => Array.from(codes, (code) => ids[code]);

describe("tables of pairs", () => {
  test("our own schema: minutes, kilometres, empty time out of reach, groups apart from what never changes", async () => {
    const { rows, groups, constants, lineage, unitChecks } = await read(
      "own.csv",
      "from_id,to_id,mode,travel_time,distance,departure,percentile\na,x,car,10,5,08:00,50\na,y,car,,,08:00,50\nb,x,car,20.5,7,08:00,50\nb,x,bus,40,8,08:00,50\n",
      { producer: "quartiers" },
    );
    expect(texts(rows.from_id)).toEqual(["a", "a", "b", "b"]);
    expect(texts(rows.to_id)).toEqual(["x", "y", "x", "x"]);
    expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual([10, Number.POSITIVE_INFINITY, 20.5, 40]);
    expect([...(rows.costs["distanceKm"] ?? [])]).toEqual([5, Number.POSITIVE_INFINITY, 7, 8]);
    expect(groups).toEqual({ mode: ["car", "car", "car", "bus"] });
    expect(constants).toEqual({ departure: "08:00", percentile: "50" });
    expect(lineage[0]).toMatchObject({
      title: "Essai",
      synthetic: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(unitChecks["travelTimeMinutes"]?.by).toBe("speed");
    const matrices = travelMatrices(rows, groups, { direction: "outward" });
    expect(matrices.map(({ group }) => group["mode"])).toEqual(["car", "bus"]);
  });

  test("r5r: one column a percentile, NA beyond the longest trip; one column, whose percentile is told", async () => {
    const several = await read(
      "ttm.csv",
      '"from_id","to_id","travel_time_p25","travel_time_p50"\n"a","x",12,15\n"a","y",40,NA\n',
      { producer: "r5r" },
    );
    expect([...(several.rows.costs["travelTimeP50Minutes"] ?? [])]).toEqual([15, Number.POSITIVE_INFINITY]);
    expect(travelMatrix(several.rows, { direction: "outward" }).originIds).toEqual(["a"]);
    const one = await read("ttm1.csv", "from_id,to_id,travel_time_p50\na,x,12\n", { producer: "r5r" });
    expect(one.constants).toEqual({ percentile: "50" });
    const old = await read("ttm0.csv", "fromId,toId,travel_time\na,x,12\n", { producer: "r5r" });
    expect([...(old.rows.costs["travelTimeMinutes"] ?? [])]).toEqual([12]);
  });

  test("a long table of anyone: its columns and units are said, seconds and metres come out in minutes and kilometres", async () => {
    const { rows } = await read("any.csv", "d;t;length;o\nx;330;2500,5;a\ny;60;800;a\n", {
      producer: "long",
      columns: {
        from: "o",
        to: "d",
        costs: { travelTimeMinutes: { column: "t", unit: "s" }, distanceKm: { column: "length", unit: "m" } },
      },
    });
    expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual([5.5, 1]);
    expect([...(rows.costs["distanceKm"] ?? [])]).toEqual([2.5005, 0.8]);
  });

  test("quotes, tabs, Windows line ends, a mark of order, accents, exponents and many digits are read as they are", async () => {
    const { rows } = await read(
      "odd.csv",
      '\ufeffo\td\tcost\r\n"Saint-""Jean"""\tÉvry\t1e1\r\nÉvry\tÉvry\t0.1234567890123456789\r\n"Évry"\tx\t7\r\n\r\n',
      long("min"),
    );
    expect(texts(rows.from_id)).toEqual(['Saint-"Jean"', "Évry", "Évry"]);
    expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual([10, 0.12345678901234568, 7]);
    expect([...rows.rowNumbers]).toEqual([2, 3, 4]);
  });

  test("pieces that cut rows anywhere give the same rows, and so does gzip", async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, k) => `origin${Math.floor(k / 300)},place${(k * 7) % 300},${(k % 1200) / 10}`,
    );
    const text = `o,d,cost\n${lines.join("\n")}\n`;
    const plain = await read("big.csv", text, long("min"));
    expect(plain.rows.rowNumbers).toHaveLength(60_000);
    expect(texts(plain.rows.to_id)).toEqual(lines.map((row) => row.split(",")[1]));
    expect([...(plain.rows.costs["travelTimeMinutes"] ?? [])]).toEqual(lines.map((row) => Number(row.split(",")[2])));
    expect((await read("big.csv.gz", gzipSync(text), long("min"))).rows).toEqual(plain.rows);
  });
});

describe("answers of routers", () => {
  const places = { ids: ["a", "b"], lon: Float64Array.of(-1.68, -1.6), lat: Float64Array.of(48.1, 48.1) };
  const both = { origins: places, destinations: places };
  test("OSRM: seconds, metres, null", async () => {
    const { rows } = await read(
      "table.json",
      JSON.stringify({
        code: "Ok",
        durations: [
          [0, 600],
          [null, 0],
        ],
        distances: [
          [0, 7000],
          [null, 0],
        ],
        sources: [{ location: [-1.681, 48.1] }, { location: [-1.6, 48.1] }],
      }),
      { producer: "osrm", ...both },
    );
    expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual([0, 10, Number.POSITIVE_INFINITY, 0]);
    expect([...(rows.costs["distanceKm"] ?? [])]).toEqual([0, 7, Number.POSITIVE_INFINITY, 0]);
    expect(texts(rows.to_id)).toEqual(["a", "b", "a", "b"]);
  });
  test("Valhalla, verbose and short, miles", async () => {
    const cell = (time: number | null, distance: number | null) => ({ time, distance, from_index: 0, to_index: 0 });
    const verbose = {
      sources_to_targets: [
        [cell(0, 0), cell(600, 7)],
        [cell(null, null), cell(0, 0)],
      ],
      units: "kilometers",
    };
    const short = {
      sources_to_targets: {
        durations: [
          [0, 600],
          [null, 0],
        ],
        distances: [
          [0, 7 / 1.609344],
          [null, 0],
        ],
      },
      units: "miles",
    };
    const expected = [0, 10, Number.POSITIVE_INFINITY, 0];
    for (const answer of [verbose, short]) {
      const { rows } = await read("matrix.json", JSON.stringify(answer), { producer: "valhalla", ...both });
      expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual(expected);
      expect(rows.costs["distanceKm"]?.[1]).toBeCloseTo(7, 12);
    }
  });
  test("IGN: one pair an answer, each in its own units, ends by name or by coordinates", async () => {
    const lines = [
      { from_id: "a", to_id: "b", duration: 10, timeUnit: "minute", distance: 7000, distanceUnit: "meter" },
      {
        start: "-1.6,48.1",
        end: "-1.68,48.1",
        duration: 660,
        timeUnit: "second",
        distance: 7,
        distanceUnit: "kilometer",
      },
    ];
    for (const text of [JSON.stringify(lines), lines.map((line) => JSON.stringify(line)).join("\n")]) {
      const { rows } = await read("ign.json", text, { producer: "ign", ...both });
      expect(texts(rows.from_id)).toEqual(["a", "b"]);
      expect([...(rows.costs["travelTimeMinutes"] ?? [])]).toEqual([10, 11]);
      expect([...(rows.costs["distanceKm"] ?? [])]).toEqual([7, 7]);
    }
  });
  test.each<[string, "osrm" | "valhalla" | "ign", unknown, RegExp]>([
    ["an error of OSRM", "osrm", { code: "TooBig", message: "Too many coordinates" }, /erreur.*TooBig, Too many/],
    ["no durations", "osrm", { code: "Ok", distances: [] }, /durations/],
    ["a row that lacks a cell", "osrm", { code: "Ok", durations: [[0, 1], [1]] }, /une case par destination.*2 × 1/],
    ["text in place of numbers", "osrm", { durations: [["0", "1"]] }, /des nombres ou null/],
    [
      "places in another order",
      "osrm",
      {
        durations: [
          [0, 1],
          [1, 0],
        ],
        sources: [{ location: [48.1, -1.68] }, { location: [48.1, -1.6] }],
      },
      /plus de 20 km.*a, rang 1/,
    ],
    ["an error of Valhalla", "valhalla", { error: "No path", error_code: 442 }, /442 No path/],
    ["another document", "valhalla", { trip: {} }, /sources_to_targets/],
    [
      "no unit",
      "ign",
      { from_id: "a", to_id: "b", duration: 4, distance: 1, distanceUnit: "meter" },
      /timeUnit.*réponse 1/,
    ],
    [
      "a place that is not one of ours",
      "ign",
      { start: "1,1", to_id: "b", duration: 4, timeUnit: "minute" },
      /lieu start.*1,1/,
    ],
    ["an empty file", "ign", [], /Aucune réponse/],
  ])("refused: %s", async (_, producer, document, message) => {
    await expect(read("bad.json", JSON.stringify(document), { producer, ...both })).rejects.toThrow(message);
  });
  test("an answer cut in half, and one without places", async () => {
    await expect(read("cut.json", '{"code":"Ok","durations":[[0,', { producer: "osrm", ...both })).rejects.toThrow(
      /entier/,
    );
    await expect(read("x.json", '{"durations":[[0]]}', { producer: "osrm" })).rejects.toThrow(/ne nomme pas ses lieux/);
  });
});

describe("the unit is held against the times", () => {
  // A line of places 3 km apart: 30 km/h by car, 5 on foot.
  const ids = Array.from({ length: 12 }, (_, k) => `p${k}`);
  const places = { ids, lon: Float64Array.from(ids, (_, k) => k * 0.0404), lat: new Float64Array(12).fill(48) };
  const table = (kmh: number, perMinute: number): string =>
    `o,d,cost\n${ids.flatMap((a, i) => ids.map((b, j) => `${a},${b},${((Math.abs(i - j) * 3) / kmh) * 60 * perMinute}`)).join("\n")}\n`;
  const located = { origins: places, destinations: places };
  test.each([4, 12, 30, 75])("right units pass, %i km/h", async (kmh) => {
    for (const [unit, perMinute] of [
      ["s", 60],
      ["min", 1],
      ["h", 1 / 60],
    ] as const) {
      const { unitChecks } = await read("right.csv", table(kmh, perMinute), { ...long(unit), ...located });
      expect(unitChecks["travelTimeMinutes"]).toMatchObject({ by: "speed", medianKmh: expect.closeTo(kmh, 0) });
    }
  });
  test.each<[number, number, "s" | "min", RegExp]>([
    [30, 60, "min", /la minute.*0,5.* km\/h.*en secondes.*«\u202fs\u202f»/],
    [75, 60, "min", /en secondes/],
    [4, 60, "min", /en secondes/],
    [30, 1, "s", /la seconde.*1.* km\/h.*en minutes.*«\u202fmin\u202f»/],
    [4, 1, "s", /en minutes/],
    [30, 1 / 60, "min", /en heures/],
  ])("%i km/h, %d a minute, declared %s: the likely unit is named", async (kmh, perMinute, unit, message) => {
    await expect(read("wrong.csv", table(kmh, perMinute), { ...long(unit), ...located })).rejects.toThrow(message);
  });
  test("without a length: beyond a day, or too short to be a trip", async () => {
    await expect(
      read("day.csv", "from_id,to_id,travel_time_p50\na,x,1800\na,y,600\n", { producer: "r5r" }),
    ).rejects.toThrow(/1200.*en secondes/);
    await expect(
      read("longest.csv", "from_id,to_id,travel_time_p50\na,x,1800\na,y,60\na,z,90\n", { producer: "r5r" }),
    ).rejects.toThrow(/1800 minutes.*au plus 1440.*en secondes/);
    await expect(read("short.csv", "o,d,cost\na,x,25\na,y,40\n", long("s"))).rejects.toThrow(/en minutes/);
    expect(
      checkTimeUnit({ minutes: Float64Array.of(20, 40), declared: "min", km: null, column: "t", file: "f" }),
    ).toMatchObject({ by: "range", maxMinutes: 40 });
    expect(
      checkTimeUnit({
        minutes: Float64Array.of(Number.POSITIVE_INFINITY),
        declared: "min",
        km: null,
        column: "t",
        file: "f",
      }).by,
    ).toBe("none");
  });
  test("a longest time of one's own", async () => {
    await expect(read("max.csv", "o,d,cost\na,x,25\na,y,140\n", { ...long("min"), maxMinutes: 120 })).rejects.toThrow(
      /140.*120/,
    );
  });
});

describe("rows that no matrix can have are named", () => {
  test.each<[string, string, Omit<ReadTravelMatrixOptions, "origin">, RegExp]>([
    ["negative", "o,d,cost\na,x,5\nb,x,-2\n", long("min"), /1 négatifs, 0 vides.*b – x, ligne 3\u00a0: -2/],
    ["empty where all pairs are written", "o,d,cost\na,x,\n", long("min"), /1 vides.*a – x, ligne 2.*emptyCosts/],
    [
      "a trip that can be made, without its length",
      "from_id,to_id,travel_time,distance\na,x,5,2\na,y,6,\n",
      { producer: "quartiers" },
      /distance.*1 vides.*a – y, ligne 3/,
    ],
    ["not a number", "o,d,cost\na,x,dix\n", long("min"), /ligne 2, cost\u00a0: dix/],
    ["empty id", "o,d,cost\n,x,5\n", long("min"), /ligne 2, o\u00a0: \(vide\)/],
    [
      "given twice",
      "o,d,cost\na,x,5\nb,x,4\na,x,6\n",
      long("min"),
      /deux fois \(1\).*a – x, ligne 2 et ligne 4.*pareto/,
    ],
    ["too few fields", "o,d,cost\na,x\n", long("min"), /nombre de champs.*ligne 2/],
    ["too many fields", "o,d,cost\na,x,5,6\n", long("min"), /nombre de champs.*ligne 2/],
    ["a quote that does not close", 'o,d,cost\n"a,x,5\n', long("min"), /nombre de champs/],
    ["cut in the last line", "o,d,cost\na,x,5\na,y,1", long("min"), /au milieu d'une ligne/],
    ["no row at all", "", long("min"), /sans en-tête/],
    ["a column that is not there", "o,dest,cost\na,x,5\n", long("min"), /absentes.*d.*la table a o, dest, cost/],
    [
      "an unknown origin",
      "o,d,cost\na,x,5\nz,x,5\n",
      { ...long("min"), origins: { ids: ["a"] } },
      /de o absents.*z, ligne 3/,
    ],
    [
      "an unknown destination",
      "o,d,cost\na,x,5\n",
      { ...long("min"), destinations: { ids: ["y"] } },
      /de d absents.*x, ligne 2/,
    ],
    [
      "a unit that nobody knows",
      "o,d,cost\na,x,5\n",
      {
        producer: "long",
        columns: { from: "o", to: "d", costs: { tMinutes: { column: "cost", unit: "jours" as "s" } } },
      },
      /Unité inconnue.*jours/,
    ],
    [
      "a name that hides the unit",
      "o,d,cost\na,x,5\n",
      { producer: "long", columns: { from: "o", to: "d", costs: { time: { column: "cost", unit: "s" } } } },
      /finit par Minutes/,
    ],
    ["columns not said", "o,d,cost\na,x,5\n", { producer: "long" }, /columns/],
    ["a table of OSRM, columns not said", "o,d,cost\na,x,5\n", { producer: "osrm" }, /columns.*la table a o, d, cost/],
  ])("%s", async (_, text, options, message) => {
    await expect(read("bad.csv", text, options)).rejects.toThrow(message);
  });
  test("the same pair in two groups is no repetition; with alternatives, only the same costs are", async () => {
    const text = "o,d,cost,fare,mode\na,x,5,1,car\na,x,9,0,bus\n";
    const fares = {
      travelTimeMinutes: { column: "cost", unit: "min" },
      fareEuros: { column: "fare", unit: "EUR" },
    } as const;
    const grouped = await read("groups.csv", text, long("min", { costs: fares, groups: { mode: "mode" } }));
    expect(grouped.groups).toEqual({ mode: ["car", "bus"] });
    await expect(read("groups.csv", text, long("min", { costs: fares }))).rejects.toThrow(/deux fois/);
    const pareto = await read("pareto.csv", text, { ...long("min", { costs: fares }), alternatives: "pareto" });
    expect(pareto.rows.rowNumbers).toHaveLength(2);
    await expect(
      read("same.csv", `${text}a,x,5,1,car\n`, { ...long("min", { costs: fares }), alternatives: "pareto" }),
    ).rejects.toThrow(/mêmes coûts \(1\).*ligne 2 et ligne 4/);
  });
  test("a gzip cut in half, a file that is no Parquet, an unknown format", async () => {
    const whole = gzipSync(`o,d,cost\n${Array.from({ length: 5000 }, (_, k) => `a${k},x,${k % 90}`).join("\n")}\n`);
    await expect(read("cut.csv.gz", whole.subarray(0, whole.length / 2), long("min"))).rejects.toThrow(
      /coupé ou abîmé/,
    );
    await expect(read("no.parquet", "PAR1", { producer: "quartiers" })).rejects.toThrow(/Parquet entier/);
    await expect(read("table.xlsx", "", { producer: "quartiers" })).rejects.toThrow(/Format/);
  });
});

describe("a matrix written is read back", () => {
  const time = fc.oneof(fc.double({ min: 0, max: 1000, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
  test.each(["csv", "csv.gz", "parquet"])("%s, to the last bit, with the places out of reach", async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(time, { minLength: 6, maxLength: 6 }), async (times) => {
        const matrix = {
          originIds: ["01", "Évry, centre"],
          destinationIds: ["x", 'y "bis"', "z"],
          costs: { travelTimeMinutes: Float64Array.from(times), distanceKm: Float64Array.from(times, (t) => t / 2) },
        };
        const path = join(folder, `${made++}-round.${format}`);
        expect(await writeTravelMatrix(path, matrix, { mode: "car", departure: "08:00", percentile: 50 })).toBe(6);
        const { rows, constants } = await readTravelMatrix(path, { producer: "quartiers", origin });
        const back = travelMatrix(rows, { direction: "outward", storage: "dense" });
        expect(back.originIds).toEqual(matrix.originIds);
        expect(back.destinationIds).toEqual(matrix.destinationIds);
        expect(back.costs).toEqual(matrix.costs);
        expect(Object.keys(constants).sort()).toEqual(["departure", "mode", "percentile"]);
      }),
      { numRuns: format === "parquet" ? 4 : 25, examples: [[[0, 1, 2, 3, 4, 5]]] },
    );
  });
  test("compressed rows of the way back: from_id is where people come from", async () => {
    const rows = {
      from_id: ["w", "v", "w"],
      to_id: ["h", "h", "g"],
      costs: { travelTimeMinutes: Float64Array.of(3, 5, 9) },
    };
    const matrix = travelMatrix(rows, { direction: "return" });
    const path = join(folder, "return.csv");
    await writeTravelMatrix(path, matrix, { mode: "bus" });
    expect(readFileSync(path, "utf8")).toBe(
      "from_id,to_id,mode,travel_time,distance,departure,percentile\nw,h,bus,3,,,\nv,h,bus,5,,,\nw,g,bus,9,,,\n",
    );
    const back = await readTravelMatrix(path, { producer: "quartiers", origin });
    expect(Object.keys(back.rows.costs)).toEqual(["travelTimeMinutes"]);
    expect(travelMatrix(back.rows, { direction: "return" }).costs["travelTimeMinutes"]).toEqual(
      matrix.costs["travelTimeMinutes"],
    );
  });
  test("nothing half made: a refusal leaves no file, and an impossible folder says so", async () => {
    const matrix = { originIds: ["a"], destinationIds: ["b"], costs: { travelTimeMinutes: Float64Array.of(1, 2) } };
    const target = join(folder, "refused");
    await expect(writeTravelMatrix(join(target, "m.csv"), matrix, { mode: "car" })).rejects.toThrow(/1 temps/);
    await expect(writeTravelMatrix(join(target, "m.xlsx"), matrix, { mode: "car" })).rejects.toThrow(/\.parquet/);
    const one = { ...matrix, costs: { travelTimeMinutes: Float64Array.of(1) } };
    const file = fileOf("file", "");
    await expect(writeTravelMatrix(join(file, "m.csv"), one, { mode: "car" })).rejects.toThrow(/fichier se trouve/);
    expect(readdirSync(folder).filter((name) => name.startsWith(".") || name === "refused")).toEqual([]);
  });
});

describe.skipIf(!realData)("Belo Horizonte", () => {
  const path = join(realData ?? "", "belo_horizonte/travel_matrix.csv.gz");
  test("748 437 pairs, the same from CSV and from Parquet", { timeout: 60_000 }, async () => {
    const { rows, unitChecks } = await readTravelMatrix(path, { producer: "r5r", origin });
    expect(rows.rowNumbers).toHaveLength(748_437);
    expect(rows.from_id.ids).toHaveLength(898);
    expect(unitChecks["travelTimeMinutes"]).toMatchObject({ by: "range", maxMinutes: 120 });
    const matrix = travelMatrix(rows, { direction: "outward" });
    const target = join(folder, "belo.parquet");
    await writeTravelMatrix(target, matrix, { mode: "transit" });
    const back = await readTravelMatrix(target, { producer: "quartiers", origin });
    expect(travelMatrix(back.rows, { direction: "outward" })).toEqual(matrix);
  });
  test("its minutes multiplied by 60 are refused as minutes", async () => {
    const { rows } = await readTravelMatrix(path, { producer: "r5r", origin });
    const minutes = (rows.costs["travelTimeMinutes"] ?? new Float64Array(0)).map((value) => value * 60);
    expect(() => checkTimeUnit({ minutes, declared: "min", km: null, column: "travel_time", file: "belo" })).toThrow(
      /en secondes/,
    );
  });
});
