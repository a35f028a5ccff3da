import { describe, expect, test } from "vitest";
import { describeSources, sources, themes } from "../../src/sources/catalogue.ts";
import { type Contract, editionsOf, fileNameOf, termsOf } from "../../src/sources/contract.ts";
import { gtfsContract, gtfsFeeds } from "../../src/sources/gtfs.ts";
import { gtfsTables } from "../../src/sources/gtfs-tables.ts";
import { candidateFiles } from "../../src/sources/locate.ts";
import { openTerritory } from "../../src/sources/territory.ts";

const gtfsContracts = gtfsFeeds.flatMap((feed) => gtfsTables.map(({ name }) => gtfsContract(feed, name)));
const all: readonly Contract[] = [
  ...sources(),
  ...gtfsContracts.filter(({ id }) => !sources().some((known) => known.id === id)),
];
/** Every contract, each in every edition. */
const editions = all.flatMap((contract) => editionsOf(contract).map((edition) => [contract.id, edition] as const));

const repeated = (values: readonly string[]): readonly string[] => values.filter((v, i) => values.indexOf(v) !== i);

/** Datasets that the programme names, by what must be in the catalogue to say that it has them. */
const promised: readonly (readonly [dataset: string, ids: readonly string[]])[] = [
  ["QPV 2015 and 2024, perimeters", ["qpv-perimetres", "qpv-perimetres-2015", "qpv-perimetres-2024"]],
  ["QPV lists", ["qpv-liste-2024", "qpv-communes-2024"]],
  [
    "INSEE QPV tables",
    [
      "qpv-indicateurs",
      "insee-qpv-revenus",
      "insee-qpv-demographie",
      "insee-qpv-demandeurs-emploi",
      "population-qpv",
      "population-hors-qpv",
    ],
  ],
  ["Filosofi", ["filosofi-communes", "filosofi-epci", "filosofi-iris", "filosofi-carreaux", "filosofi-distribution"]],
  [
    "Filosofi by household type",
    ["filosofi-taillem-1", "filosofi-taillem-5", "filosofi-typmenr-1", "filosofi-typmenr-6"],
  ],
  ["census", ["rp-communes-2018", "rp-population-iris", "rp-activite-iris", "rp-indcvi"]],
  ["MOBPRO", ["rp-mobpro"]],
  [
    "BPE",
    ["bpe-iris", "bpe-iris-ouest", "bpe-iris-2021", "bpe-xy", "bpe-xy-2021", "bpe-communes-2023", "bpe-culture-france"],
  ],
  ["Basilic", ["basilic"]],
  ["SIRENE", ["sirene-etablissements", "sirene-geolocalisation"]],
  ["ROME 3", ["rome-codes", "rome-appellations", "rome-mobilites", "rome-arborescence"]],
  ["ROME 4 with mobilities and skills", ["rome4-codes", "rome4-mobilites", "rome4-competences", "rome4-liens"]],
  ["crosswalks", ["fap-rome", "rome-naf", "rome-isco", "naf-libelles"]],
  ["BMO, tension, related occupations", ["bmo", "metiers-tension", "rome-connexes"]],
  ["offers and job seekers", ["offres-emploi", "dares-demandeurs-emploi", "demandeurs-emploi-rome"]],
  ["C2S", ["c2s-insee", "c2s-beneficiaires"]],
  ["minima sociaux", ["minima-sociaux", "population-departements"]],
  ["contours", ["communes-contours", "communes-2018-bretagne", "communes-2018-pays-de-la-loire", "iris-contours"]],
  ["grids", ["grille-densite", "grille-centralite", "grille-ruralite"]],
  ["basins, points, history, addresses", ["bassins-emploi", "commune-points", "cog-mouvements", "ban-35"]],
  ["roads", ["osm-bretagne", "osm-pays-de-la-loire"]],
  ["transit", ["gtfs-star", "gtfs-bibus", "gtfs-kiceo", "gtfs-breizhgo", "gtfs-aleop", "gtfs-ter"]],
  ["surveys", ["enquete-loisirs", "pratiques-loisirs", "enquete-pratiques"]],
  ["partners", ["missions-interim", "frequentation-culturelle", "trajectoires", "menages-qpv", "profil-qpv"]],
  ["benches", ["belo-horizonte-temps", "porto-alegre-hexagones", "gtfs-porto-alegre-bus"]],
];

describe("the catalogue", () => {
  test.each(promised)("has %s", (_, ids) => {
    const known = new Set(sources().map(({ id }) => id));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  test("every source once, in one theme", () => {
    const ids = all.map(({ id }) => id);
    expect(repeated(ids)).toEqual([]);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(repeated(themes().map(({ name }) => name))).toEqual([]);
    expect(gtfsFeeds.filter(({ retrieval }) => retrieval?.via === "file")).toHaveLength(15);
  });

  test("two sources share a file only where it holds several tables", () => {
    const owners = new Map<string, Set<string>>();
    for (const [id, { files, member, xlsx }] of editions)
      for (const file of files) {
        const key = `${file} ${member ?? ""} ${xlsx?.sheet ?? ""}`;
        owners.set(key, (owners.get(key) ?? new Set()).add(id));
      }
    expect([...owners].filter(([, ids]) => ids.size > 1).map(([key]) => key)).toEqual([]);
  });
});

describe.each(editions.map(([id, edition]) => [`${id} ${edition.vintage}`, edition] as const))("%s", (_, contract) => {
  const { columns, key, geographies = {}, format, notes = [] } = contract;

  test("has columns that are told apart, labelled, and whose bounds make sense", () => {
    expect(columns.length).toBeGreaterThan(0);
    expect(repeated(columns.map(({ name }) => name))).toEqual([]);
    const whole = columns.filter(({ part }) => part === undefined).map(fileNameOf);
    const twice = repeated(whole);
    // One cell may be taken whole and in part; only points share a whole cell, in an edition that writes both in one.
    expect(twice).toEqual([]);
    for (const { name, label, type, range, unit, summable, values, missing = {} } of columns) {
      expect(label.trim(), name).toBe(label);
      expect(label.length, name).toBeGreaterThan(1);
      expect(label, name).toMatch(/^[A-ZÀÂÉÊÎÔ]/);
      if (range) expect(range[0], name).toBeLessThanOrEqual(range[1]);
      if (type === "number" || type === "integer") expect(unit, `${name} dit son unité`).toBeDefined();
      else expect(range, name).toBeUndefined();
      if (summable) {
        expect(["number", "integer"], name).toContain(type);
        expect(unit, `${name} ne se somme pas`).not.toMatch(/^(%|part|degrés|min|EUR\/uc|)$/);
        expect(label, `${name} ne se somme pas`).not.toMatch(
          /médian|décile|quartile|\btaux\b|\bpart des\b|\bindice\b|\brapport\b/i,
        );
      }
      if (values) {
        expect(repeated(values), name).toEqual([]);
        expect(
          Object.keys(missing).filter((sign) => values.includes(sign) && sign !== "NN"),
          name,
        ).toEqual([]);
      }
    }
  });

  test("has a key among its columns, and quasi-identifiers too", () => {
    const names = columns.map(({ name }) => name);
    expect([...key, ...(contract.quasiIdentifiers ?? [])].filter((name) => !names.includes(name))).toEqual([]);
  });

  test("says the year of every list of places that it uses, where it can be known", () => {
    for (const year of Object.values(geographies)) {
      expect(year).toBeGreaterThanOrEqual(2000);
      expect(year).toBeLessThanOrEqual(2030);
    }
    const generations = new Set(columns.map(({ type }) => type).filter((type) => type.startsWith("qpv")));
    expect(generations.size, "une seule génération de quartiers").toBeLessThanOrEqual(1);
    for (const type of generations) if (geographies.qpv !== undefined) expect(`qpv${geographies.qpv}`).toBe(type);
  });

  test("says what reads it and how to have it", () => {
    if (format === "csv") expect(contract.csv).toBeDefined();
    if (format === "xlsx") expect(contract.xlsx?.headerRow).toBeGreaterThan(0);
    expect(contract.files.length).toBeGreaterThan(0);
    for (const file of contract.files) {
      expect(file).not.toMatch(/^[/\\]|\.\.|^[a-z]:/i);
      if (/\.(zip|7z)$/.test(file)) expect(contract.member, file).toBeDefined();
    }
    expect(contract.url).toMatch(/^https?:\/\//);
    for (const text of [contract.title, contract.publisher, contract.licence, contract.vintage, contract.unit])
      expect(text.trim().length).toBeGreaterThan(0);
  });

  test("says under which rule it is published", () => {
    const { secrecy, access, published } = contract;
    expect(secrecy.minUnits).toBeGreaterThanOrEqual(1);
    expect(secrecy.statedBy.length).toBeGreaterThan(5);
    if (access === "public") {
      expect(published).toBe(true);
      expect(termsOf(contract).purposes).toBe("toutes");
    } else expect(published, "un fichier de partenaire n'est pas une publication").toBe(false);
    if (columns.some(({ masked }) => masked)) expect(secrecy.minUnits).toBeGreaterThan(1);
  });

  test("has notes that are French sentences, which begin by a capital or by the name of a column", () => {
    const fileNames = columns.flatMap((column) => [column.name, fileNameOf(column)]);
    for (const note of notes) {
      expect(note, note).toMatch(/[.!?»)…]$/);
      const first = /^[^\s,:]+/.exec(note)?.[0] ?? "";
      expect(/^[A-ZÀÂÉÊÎÔÇ«0-9`]/.test(first) || fileNames.includes(first), note).toBe(true);
      expect(note, note).not.toMatch(/ {2}|\bTODO\b/);
    }
  });
});

describe("the ways to have a file", () => {
  const declared = all.flatMap(({ id, files, retrieval, editions: others = [] }) => [
    { id, files, retrieval },
    ...others.map((edition) => ({
      id: `${id} ${edition.vintage}`,
      files: edition.files,
      retrieval: edition.retrieval,
    })),
  ]);

  test("bring it where its contract looks for it", () => {
    const ways = declared.filter(({ retrieval }) => retrieval && "to" in retrieval);
    expect(ways.length).toBeGreaterThan(60);
    for (const { id, files, retrieval } of ways)
      if (retrieval && "to" in retrieval) expect(files, id).toContain(retrieval.to);
  });

  test("have addresses and checksums that could be true", () => {
    for (const { id, retrieval } of declared) {
      if (retrieval?.via !== "file") continue;
      expect(retrieval.url, id).toMatch(/^https?:\/\/[a-z0-9.-]+\.[a-z]+\//);
      if (retrieval.md5) expect(retrieval.md5, id).toMatch(/^[0-9a-f]{32}$/);
      if (retrieval.md5Url) expect(retrieval.md5Url, id).toBe(`${retrieval.url}.md5`);
    }
    const md5s = declared.flatMap(({ retrieval }) => (retrieval?.via === "file" && retrieval.md5 ? [retrieval] : []));
    const pairs = new Set(md5s.map(({ md5, url }) => `${md5} ${url}`));
    expect(pairs.size, "une empreinte par adresse").toBe(new Set(md5s.map(({ md5 }) => md5)).size);
  });
});

describe("names by year", () => {
  test("an edition renames only columns that exist, and each only once", () => {
    for (const contract of all) {
      const names = contract.columns.map(({ name }) => name);
      for (const { vintage, names: renamed = {}, without = [] } of contract.editions ?? []) {
        const where = `${contract.id} ${vintage}`;
        expect(
          [...Object.keys(renamed), ...without].filter((name) => !names.includes(name)),
          where,
        ).toEqual([]);
        expect(
          without.filter((name) => contract.key.includes(name)),
          where,
        ).toEqual([]);
      }
    }
  });

  test("the years of INSEE's incomes follow the edition", () => {
    const named = (id: string, vintage: string, column: string): string | undefined => {
      const contract = sources().find((source) => source.id === id) as Contract;
      const edition = editionsOf(contract).find((found) => found.vintage === vintage);
      const found = edition?.columns.find(({ name }) => name === column);
      return found && fileNameOf(found);
    };
    expect(named("filosofi-communes", "2016", "TP60")).toBe("TP6016");
    expect(named("filosofi-communes", "2019", "TP60")).toBe("TP6019");
    expect(named("filosofi-distribution", "2017", "D1")).toBe("D117");
    expect(named("filosofi-distribution", "2019", "D1")).toBe("D119");
    expect(named("filosofi-taillem-1", "2019", "D1")).toBe("TME1D119");
    expect(named("filosofi-typmenr-5", "2019", "Q2")).toBe("TYM5Q219");
    expect(named("filosofi-iris", "2020", "DISP_MED")).toBe("DISP_MED20");
    expect(named("filosofi-carreaux", "2019", "men_pauv")).toBe("men_pauv");
    expect(named("filosofi-carreaux", "2017", "men_pauv")).toBe("Men_pauv");
    expect(named("filosofi-carreaux", "2015", "idcar_200m")).toBe("IdINSPIRE");
    expect(named("rp-population-iris", "2018", "POP80P")).toBe("P18_POP80P");
  });
});

describe("what a territory has and lacks", () => {
  const described = describeSources(openTerritory(), {
    "distance-emploi": ["bpe-iris", "offres-emploi"],
    c2s: ["bpe-iris"],
  });
  const line = (id: string): (typeof described)[number] =>
    described.find((found) => found.id === id) as (typeof described)[number];

  test("one line a source, in the order of the themes", () => {
    expect(described.map(({ id }) => id)).toEqual(sources().map(({ id }) => id));
  });

  test("a source that is there has its file, its size and the experiments that read it", () => {
    expect(line("bpe-iris")).toMatchObject({
      available: true,
      file: "bpe-iris/bpe18_ensemble_iris.csv",
      theme: "Culture et équipements",
      neededBy: ["distance-emploi", "c2s"],
    });
    expect(line("bpe-iris").bytes).toBeGreaterThan(10_000);
    expect(line("filosofi-distribution")).toMatchObject({ available: true, vintage: "2019", otherVintages: ["2017"] });
  });

  test("a source that is absent says how to have it", () => {
    expect(line("osm-bretagne")).toMatchObject({
      available: false,
      file: null,
      bytes: null,
      howToGet: "quartiers fetch osm-bretagne",
    });
    expect(line("filosofi-carreaux").howToGet).toMatch(/^À télécharger depuis https/);
    expect(line("c2s-beneficiaires").howToGet).toMatch(/^À demander à Cnam.*quartiers clause c2s-beneficiaires/);
    expect(line("offres-emploi").howToGet).toMatch(/^quartiers fetch offres-emploi, avec les identifiants/);
    expect(line("commune-points").howToGet).toMatch(/^quartiers fetch commune-points, pour le millésime/);
    expect(line("communes").howToGet).toMatch(/^Installer le paquet @etalab/);
    for (const { id, howToGet } of described) expect(howToGet.length, id).toBeGreaterThan(10);
  });

  test("every candidate path is relative", () => {
    for (const contract of all) for (const file of candidateFiles(contract)) expect(file).not.toMatch(/^\//);
  });
});
