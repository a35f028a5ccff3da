import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** Data flows from left to right: a room imports itself and the rooms on its left, nothing else. */
const rooms = [
  "codes",
  "engine",
  "sources",
  "tables",
  "models",
  "protection",
  "figures",
  "experiments",
  "notebook",
  "book",
];

/** A pure room imports only these rooms, and nothing that reads a file, a clock, a network or a database. */
const pureRooms: Readonly<Record<string, readonly string[]>> = {
  codes: [],
  models: ["codes"],
  protection: ["codes", "tables"],
  figures: ["codes", "tables", "protection"],
};

/** A library has one home; other rooms use what its home offers. */
const homeOfPackage: Readonly<Record<string, readonly string[]>> = {
  "@duckdb/node-api": ["engine"],
  "@etalab/decoupage-administratif": ["sources"],
  "@e965/xlsx": ["sources"],
  "libarchive-wasm": ["sources"],
  pbf: ["sources"],
  proj4: ["sources"],
  "topojson-client": ["sources"],
  undici: ["sources"],
  yaml: ["sources"],
  yauzl: ["sources"],
  fflate: ["sources"],
  flatbush: ["tables"],
  "polyclip-ts": ["sources"],
  arquero: ["tables"],
  danfojs: ["tables"],
  highs: ["protection"],
  "simple-statistics": ["models"],
  tslab: ["notebook"],
  "@tslab/typescript-for-tslab": ["notebook"],
  zeromq: ["notebook"],
  vega: ["notebook"],
  "vega-lite": ["notebook"],
  "@napi-rs/canvas": ["notebook"],
  ajv: ["notebook", "sources", "book"],
  "@resvg/resvg-js": ["book"],
  "@myriaddreamin/typst-ts-node-compiler": ["book"],
  "pandoc-wasm": ["book"],
  esbuild: ["book"],
  "vega-embed": ["book"],
  "vega-interpreter": ["book"],
};

/** The gate's own functions, and the only files that may name them. */
const gateKeepers: Readonly<Record<string, readonly string[]>> = {
  markReleased: ["protection/released.ts", "protection/release.ts"],
  releaseModel: ["protection/release.ts", "protection/publish.ts"],
  releaseChecked: ["protection/release.ts", "protection/key-numbers.ts"],
};

/** What the pure rooms must not even name. */
const impure = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bprocess\.\w/;

/** Experiments proper; what they share (notes, facts, supply) stands in files of its own. */
const experimentFiles: ReadonlySet<string> = new Set([
  "employment-distance.ts",
  "employment-access.ts",
  "c2s-non-take-up.ts",
  "cultural-practices.ts",
  "protection-lesson.ts",
]);

interface Finding {
  readonly file: string;
  readonly why: string;
}

/** All breaches of the import order in a set of sources, given as path (relative to src) and text. */
function breaches(sources: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  for (const [file, text] of sources) {
    if (!file.includes("/")) continue; // index.ts and cli.ts stand outside the rooms
    const room = file.split("/", 1)[0] ?? "";
    const add = (why: string): number => findings.push({ file, why });
    if (!rooms.includes(room)) add(`le dossier ${room} n'est pas une pièce connue`);
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
    const specifiers = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"\s]+)"/g)].map(
      ([, specifier]) => specifier ?? "",
    );
    for (const specifier of specifiers) {
      if (specifier.startsWith(".")) {
        const target = normalize(join(file, "..", specifier));
        const other = target.includes("/") ? (target.split("/", 1)[0] ?? "") : "(racine)";
        if (other === room) continue;
        if (other === "..") continue; // package.json
        if (!rooms.includes(other)) add(`importe ${target}, hors des pièces`);
        else if (rooms.indexOf(other) > rooms.indexOf(room)) add(`${room} importe ${other}, une pièce à sa droite`);
        else if (pureRooms[room] && !pureRooms[room].includes(other)) add(`${room} est pure et importe ${other}`);
      } else if (isBuiltin(specifier)) {
        if (pureRooms[room]) add(`${room} est pure et importe ${specifier}`);
      } else {
        const name = specifier
          .split("/")
          .slice(0, specifier.startsWith("@") ? 2 : 1)
          .join("/");
        const home = homeOfPackage[name];
        if (home && !home.includes(room)) add(`${name} habite ${home.join(", ")}, pas ${room}`);
        else if (!home && pureRooms[room]) add(`${room} est pure et importe le paquet ${name}`);
      }
    }
    if (pureRooms[room] && impure.test(code)) add(`${room} est pure et nomme ${impure.exec(code)?.[0]}`);
    for (const [name, keepers] of Object.entries(gateKeepers)) {
      if (new RegExp(`\\b${name}\\b`).test(code) && !keepers.includes(file))
        add(`appelle ${name} : seule la porte release() le peut`);
    }
    // A purpose is declared by the experiment that it is: nobody takes another's.
    for (const [, argument = ""] of code.matchAll(/\bforPurpose\(([^)]*)\)/g)) {
      const own = /^\w+, (\w+)Use\.purpose$/.exec(argument)?.[1];
      const declares = own !== undefined && code.includes(`export const ${own}Use: DataUse`);
      if (room === "experiments" ? !declares : !["sources", "book"].includes(room))
        add(`prend une finalité qui n'est pas la sienne : ${argument}`);
    }
    if (
      room === "experiments" &&
      specifiers.some((name) => name.startsWith("./") && experimentFiles.has(name.slice(2)))
    )
      add("une expérience en importe une autre");
  }
  return findings;
}

const folder = join(import.meta.dirname, "../src");
const sources = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(ts|cts|mts)$/.test(file) && !file.endsWith(".d.ts"))
    .map((file) => [file, readFileSync(join(folder, file), "utf8")] as const),
);

describe("the rooms", () => {
  test("the way of the data is held by every import", () => {
    expect(sources.size).toBeGreaterThan(20);
    expect(breaches(sources)).toEqual([]);
  });

  test("planted breaches are each seen", () => {
    const plant = (file: string, text: string): string[] =>
      breaches(new Map([...sources, [file, text]])).map(({ why }) => why);
    expect(plant("models/access/planted.ts", 'import { dotPlot } from "../../figures/dot-plot.ts";')).toEqual([
      "models importe figures, une pièce à sa droite",
    ]);
    expect(plant("models/planted.ts", 'import fs from "node:fs";')).toEqual(["models est pure et importe node:fs"]);
    expect(plant("models/planted.ts", "export const draw = (): number => Math.random();")).toEqual([
      "models est pure et nomme Math.random",
    ]);
    expect(plant("figures/planted.ts", 'import * as duckdb from "@duckdb/node-api";')).toEqual([
      "@duckdb/node-api habite engine, pas figures",
    ]);
    expect(plant("engine/planted.ts", 'import { x } from "../sources/contract.ts";')).toEqual([
      "engine importe sources, une pièce à sa droite",
    ]);
    expect(
      plant(
        "experiments/planted.ts",
        'import { markReleased } from "../protection/released.ts"; markReleased({} as never, {} as never);',
      ),
    ).toEqual(["appelle markReleased : seule la porte release() le peut"]);
    expect(plant("experiments/planted.ts", 'import { c2sNonTakeUp } from "./c2s-non-take-up.ts";')).toEqual([
      "une expérience en importe une autre",
    ]);
    expect(
      plant(
        "experiments/planted.ts",
        'import { forPurpose } from "../sources/territory.ts"; forPurpose(territory, "non-recours-c2s");',
      ),
    ).toEqual(['prend une finalité qui n\'est pas la sienne : territory, "non-recours-c2s"']);
    expect(plant("cellar/planted.ts", "export const x = 1;")).toEqual(["le dossier cellar n'est pas une pièce connue"]);
  });
});
