import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import communes from "@etalab/decoupage-administratif/data/communes.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { codeQpv, codeRome } from "../../../src/codes/code.ts";
import { generateSample } from "../../../src/sources/sample/generate.ts";
import {
  centroid,
  contains,
  greatCircle,
  isSimple,
  overlap,
  type Point,
  type Ring,
  signedArea,
} from "../../../src/sources/sample/geometry.ts";
import { communeNames, DELEGATED_COMMUNE_NAME, neighbourhoodNames } from "../../../src/sources/sample/names.ts";
import { DEFAULT_SEED } from "../../../src/sources/sample/stream.ts";
import { ageClasses, ageClassOf, diplomaGroupOf, practiceTruth } from "../../../src/sources/sample/survey.ts";
import { writeSample } from "../../../src/sources/sample/write.ts";

const folder = join(import.meta.dirname, "../../../data-samples");
const text = (file: string): string => readFileSync(join(folder, file), "utf8");
const json = <T>(file: string): T => JSON.parse(text(file)) as T;

/** Rows of a CSV whose fields may be quoted, by column name. Written apart from the generator, so that a fault in one shows. */
function rows(file: string, separator: string): Record<string, string>[] {
  const [header = "", ...lines] = text(file)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const split = (line: string): string[] => {
    const fields = [""];
    let quoted = false;
    for (const char of line) {
      if (char === '"') quoted = !quoted;
      else if (char === separator && !quoted) fields.push("");
      else fields[fields.length - 1] += char;
    }
    return fields;
  };
  const names = split(header);
  return lines.map((line) => {
    const values = split(line);
    expect(values.length, `${file} : ${line}`).toBe(names.length);
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
  });
}

interface Feature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}
const features = (file: string): readonly Feature[] => json<{ features: Feature[] }>(file).features;
const outer = ({ geometry }: Feature): Ring => {
  const polygon = (
    geometry.type === "Polygon" ? geometry.coordinates : (geometry.coordinates as unknown[])[0]
  ) as Point[][];
  return (polygon[0] ?? []).slice(0, -1);
};

const qpvFeatures = features("qpv-perimetres/qp.geojson");
const communeFeatures = features("communes-contours/communes.geojson");
const indicators = rows("qpv-indicateurs/qp.csv", ",");
const seekers = rows("demandeurs-emploi/demandeurs_qpv_rome.csv", ";");
const territory = json<{
  quartiers: { code: string; type: string; communes: string[]; population: number }[];
  geant: string;
  sur_deux_communes: string[];
  demandeurs_vrais: Record<string, number>;
  zeros_qui_sont_des_trous: string[];
  communes: { code: string; type: string; ile: boolean }[];
}>("verite/territoire.json");

interface Offer {
  readonly id: string;
  readonly romeCode: string;
  readonly nombrePostes: number;
  readonly lieuTravail: { readonly latitude?: number; readonly longitude?: number; readonly commune?: string };
}
const offers = json<{ synthetique: boolean; resultats: Offer[] }>("offres/offres.json");

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}
const present = (...names: string[]): number[][] => {
  const complete = indicators.filter((row) => names.every((name) => row[name] !== ""));
  return names.map((name) => complete.map((row) => Number(row[name])));
};
const quantile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(p * (values.length - 1))];

describe("the files", () => {
  const generated = generateSample({ seed: DEFAULT_SEED });

  test("the default seed gives the embedded files, byte for byte, and nothing else is in the folder", () => {
    for (const [file, content] of generated)
      expect(Buffer.compare(readFileSync(join(folder, file)), Buffer.from(content)), file).toBe(0);
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => statSync(join(folder, file)).isFile());
    expect(found.sort()).toEqual([...generated.keys()].sort());
  });

  test("another seed gives other files of the same names", () => {
    const other = generateSample({ seed: 5 });
    expect([...other.keys()]).toEqual([...generated.keys()]);
    for (const file of ["qpv-perimetres/qp.geojson", "qpv-indicateurs/qp.csv", "offres/offres.json"])
      expect(other.get(file)).not.toBe(generated.get(file));
  });

  test("they weigh less than 12 MB in all", () => {
    let bytes = 0;
    for (const content of generated.values()) bytes += Buffer.from(content).length;
    expect(bytes).toBeLessThan(12_000_000);
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  test("the sidecar names every file as synthetic, with its seed, its model and its digest", () => {
    const { synthetique, fichiers } = json<{
      synthetique: boolean;
      fichiers: { fichier: string; synthetique: boolean; graine: number; imite: string; sha256: string }[];
    }>("synthetique.json");
    expect(synthetique).toBe(true);
    expect(fichiers.map(({ fichier }) => fichier).sort()).toEqual(
      [...generated.keys()].filter((file) => file !== "synthetique.json").sort(),
    );
    for (const { fichier, synthetique: marked, graine, imite, sha256 } of fichiers) {
      expect(marked).toBe(true);
      expect(graine).toBe(DEFAULT_SEED);
      expect(imite.length).toBeGreaterThan(5);
      expect(sha256, fichier).toBe(
        createHash("sha256")
          .update(readFileSync(join(folder, fichier)))
          .digest("hex"),
      );
    }
    for (const file of [
      "communes-contours/communes.geojson",
      "departements-contours/departements.geojson",
      "qpv-perimetres/qp.geojson",
      "offres/offres.json",
    ]) {
      expect(json<{ synthetique?: boolean }>(file).synthetique, file).toBe(true);
    }
    expect(text("LISEZMOI.md")).toContain("SYNTHÉTIQUE");
  });

  test("they can be written anywhere, and no temporary name stays", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "armorelle-"));
    try {
      const written = await writeSample(elsewhere, DEFAULT_SEED);
      expect(written).toEqual([...generated.keys()]);
      expect(await readFile(join(elsewhere, "qpv-indicateurs/qp.csv"), "utf8")).toBe(text("qpv-indicateurs/qp.csv"));
      expect(
        readdirSync(elsewhere, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".partiel")),
      ).toEqual([]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  test("no path of a machine and no dead entry", () => {
    for (const [file, content] of generated)
      if (typeof content === "string")
        expect(/\/work\/|\/home\/|undefined|NaN|Infinity/.test(content), file).toBe(false);
    expect(existsSync(join(folder, "LISEZMOI.md"))).toBe(true);
  });

  test.each([
    [
      "communes/communes.json",
      /^\[\n\{"code":"00001","nom":"[^"]+","typeLiaison":\d,"zone":"metro","arrondissement":"001","departement":"00","region":"00","type":"commune-actuelle","rangChefLieu":\d,"siren":"\d{9}","codesPostaux":\["00\d{3}"\],"population":\d+/,
    ],
    [
      "qpv-indicateurs/qp.csv",
      /^\uFEFFcode_qp,nom_qp,nom_commune,pop_mun,pop_com_qp,pop_com,ind_jeune,.*,serv_tot,auto_ent\nQP000001,/,
    ],
    [
      "qpv-perimetres/qp.geojson",
      /\{ "type": "Feature", "properties": \{ "code_qp": "QP000001", "nom_qp": "[^"]+", "commune_qp": "[^"]+", "code_commune": "\d{5}", "nom_commune": "[^"]+", "code_departement": "00" \}, "geometry": \{ "type": "Polygon", "coordinates": \[ \[ \[ -\d\.\d{4}, 4\d\.\d{4} \]/,
    ],
    [
      "bpe-iris/bpe18_ensemble_iris.csv",
      /^REG,DEP,DEPCOM,DCIRIS,AN,TYPEQU,NB_EQUIP\n00,00,00001,00001(_\d{4})?,2018,[A-G]\d{3},\d+\n/,
    ],
    [
      "bpe-xy/bpe23.csv",
      /^AN;DEP;REG;DEPCOM;DCIRIS;TYPEQU;LAMBERT_X;LAMBERT_Y;LONGITUDE;LATITUDE;QUALITE_XY;NBSALLES;MULTIPLEXE\n2023;00;00;00001;/,
    ],
    [
      "points-communes/laposte_hexasmal.csv",
      /^Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps\r\n00001;[A-Z ]+;00\d{3};[A-Z ]+;;4\d\.\d+, -\d\.\d+\r\n/,
    ],
    [
      "rome/bob_unix_referentiel_code_rome_v347_utf8.csv",
      /^"code_rome","code_fiche_em","code_ogr","libelle_rome","statut"\n"X1101","9001","90001",/,
    ],
    [
      "rome/bob_unix_rubrique_mobilite_v347_utf8.csv",
      /^"code_rome","code_rome_cible","code_appellation_source","code_appellation_cible","code_type_mobilite","libelle_type_mobilite"\n"X1101",/,
    ],
    ["demandeurs-emploi/demandeurs_qpv_rome.csv", /^code_qp;code_rome;nombre\nQP000001;X\d{4};(s|\d+)\n/],
    ["menages-qpv/menages_qpv.csv", /^code_qp;taille;menages;personnes\nQP000001;1;\d+(,\d)?;\d+(,\d)?\n/],
    [
      "c2s-beneficiaires/c2s_qpv.csv",
      /^code_qp;annee;sans_participation;avec_participation\nQP000001;2021;(s|\d+);(s|\d+)\n/,
    ],
    ["enquete-loisirs/hdv2003.csv", /^"id","age","sexe","nivetud","poids",.*,"heures.tv"\n1,\d+,"(Femme|Homme)",/],
  ])("%s has the publisher's layout", (file, layout) => expect(text(file)).toMatch(layout));
});

describe("the territory", () => {
  const plain = (name: string): string =>
    name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z]+/g, " ")
      .trim();
  const real = new Set((communes as { nom: string }[]).map(({ nom }) => plain(nom)));

  test("no name is that of a real commune, and none serves twice", () => {
    const names = [...communeNames, ...neighbourhoodNames, DELEGATED_COMMUNE_NAME];
    expect(real.has(plain("Saint-Étienne"))).toBe(true);
    expect(names.filter((name) => real.has(plain(name)))).toEqual([]);
    expect(new Set(names.map(plain)).size).toBe(names.length);
  });

  test("78 neighbourhoods of the 2015 generation in 32 of 60 to 120 communes", () => {
    expect(qpvFeatures.map(({ properties }) => codeQpv(properties.code_qp))).toEqual(
      Array.from({ length: 78 }, (_, i) => `QP000${String(i + 1).padStart(3, "0")}`),
    );
    expect(new Set(territory.quartiers.map((q) => q.communes[0])).size).toBe(32);
    expect(communeFeatures.length).toBeGreaterThanOrEqual(60);
    expect(communeFeatures.length).toBeLessThanOrEqual(120);
    expect(new Set(territory.quartiers.map(({ type }) => type))).toEqual(
      new Set(["métropole", "ville littorale", "petite ville"]),
    );
    expect(indicators.map((row) => row.code_qp)).toEqual(qpvFeatures.map(({ properties }) => properties.code_qp));
  });

  test("codes agree from file to file", () => {
    const codes = new Set(communeFeatures.map(({ properties }) => properties.code_commune));
    const list = json<{ code: string; type: string; chefLieu?: string }[]>("communes/communes.json");
    expect(new Set(list.filter(({ type }) => type === "commune-actuelle").map(({ code }) => code))).toEqual(codes);
    expect(
      list.filter(({ type }) => type === "commune-deleguee").map(({ chefLieu }) => codes.has(chefLieu ?? "")),
    ).toEqual([true]);
    for (const [file, column] of [
      ["bpe-iris/bpe18_ensemble_iris.csv", "DEPCOM"],
      ["bpe-xy/bpe23.csv", "DEPCOM"],
      ["points-communes/laposte_hexasmal.csv", "Code_commune_INSEE"],
    ] as const) {
      expect(rows(file, file.startsWith("bpe-iris") ? "," : ";").filter((row) => !codes.has(row[column]))).toEqual([]);
    }
    expect(
      offers.resultats.filter(({ lieuTravail: { commune } }) => commune !== undefined && !codes.has(commune)),
    ).toEqual([]);
  });

  test("the communes tile the land: the coast's area is the sum of theirs, and each border has one commune on each side", () => {
    const coast = features("departements-contours/departements.geojson")[0]?.geometry.coordinates as Point[][][];
    const total = communeFeatures.reduce((sum, feature) => sum + signedArea(outer(feature)), 0);
    expect(coast.reduce((sum, polygon) => sum + signedArea((polygon[0] ?? []).slice(0, -1)), 0)).toBeCloseTo(total, 9);
    const sides = new Set<string>();
    for (const feature of communeFeatures) {
      const ring = outer(feature);
      expect(isSimple(ring), feature.properties.nom_commune).toBe(true);
      for (const [i, a] of ring.entries()) {
        const side = `${a} > ${ring[(i + 1) % ring.length]}`;
        expect(sides.has(side)).toBe(false);
        sides.add(side);
      }
    }
  });

  test("there is one island, and it is inhabited", () => {
    const [region] = features("departements-contours/departements.geojson");
    expect((region.geometry.coordinates as unknown[]).length).toBe(2);
    const island = territory.communes.filter(({ ile }) => ile).map(({ code }) => code);
    expect(island.length).toBe(1);
    expect(territory.quartiers.filter((q) => q.communes.includes(island[0])).length).toBe(1);
  });

  test("it lies in open sea", () => {
    for (const feature of communeFeatures) {
      for (const [lon, lat] of outer(feature)) {
        expect(lon).toBeGreaterThan(-8);
        expect(lon).toBeLessThan(-6);
        expect(lat).toBeGreaterThan(45.4);
        expect(lat).toBeLessThan(46.6);
      }
    }
  });

  test("neighbourhoods are simple, apart, inside their communes, and 0.3 to 2.5 km across", () => {
    const rings = qpvFeatures.map(outer);
    for (const [i, ring] of rings.entries()) {
      const name = `${qpvFeatures[i].properties.code_qp}`;
      expect(isSimple(ring), name).toBe(true);
      expect(signedArea(ring), name).toBeGreaterThan(0);
      const across = Math.max(...ring.flatMap((a) => ring.map((b) => greatCircle(a, b))));
      expect(across, name).toBeGreaterThan(0.3);
      expect(across, name).toBeLessThan(2.5);
      for (let j = 0; j < i; j++)
        expect(overlap(ring, rings[j]), `${name} et ${qpvFeatures[j].properties.code_qp}`).toBe(false);
      const hosts = territory.quartiers[i].communes.map((code) =>
        outer(communeFeatures.find(({ properties }) => properties.code_commune === code) as Feature),
      );
      expect(
        ring.every((corner) => hosts.some((host) => contains(host, corner))),
        name,
      ).toBe(true);
      if (hosts.length === 1) expect(overlapOfOutlines(ring, hosts[0]), name).toBe(false);
      else
        for (const host of hosts)
          expect(
            ring.some((corner) => contains(host, corner)),
            name,
          ).toBe(true);
    }
  });

  test("one neighbourhood lies over two communes, and the file names both", () => {
    expect(territory.sur_deux_communes.length).toBe(1);
    const row = indicators.find(({ code_qp }) => code_qp === territory.sur_deux_communes[0]);
    expect(row?.nom_commune.split(", ").length).toBe(2);
    expect(qpvFeatures.find(({ properties }) => properties.code_qp === row?.code_qp)?.properties.nom_commune).toBe(
      row?.nom_commune,
    );
  });
});

/** True when the sides of the outlines meet (one inside the other is not a meeting). */
function overlapOfOutlines(inner: Ring, host: Ring): boolean {
  return !inner.every((corner, i) => {
    const next = inner[(i + 1) % inner.length];
    return [0.25, 0.5, 0.75].every((t) =>
      contains(host, [corner[0] + t * (next[0] - corner[0]), corner[1] + t * (next[1] - corner[1])]),
    );
  });
}

describe("the indicators", () => {
  test("44 columns, and the missing rates of the real file, the small neighbourhoods more often", () => {
    expect(Object.keys(indicators[0] ?? {}).length).toBe(44);
    const expected: Record<string, number> = {
      tx_tot_et: 17 / 105,
      pmimp: 20 / 105,
      part_chomprinc: 55 / 105,
      tx_f_et: 23 / 105,
      tx_et_empl: 15 / 105,
      tx_f_eprec: 20 / 105,
      tx_et_eprec: 45 / 105,
      ind_jeune: 11 / 105,
    };
    for (const [name, rate] of Object.entries(expected)) {
      const missing = indicators.filter((row) => row[name] === "");
      expect(Math.abs(missing.length / 78 - rate), name).toBeLessThan(0.02);
      const kept = indicators.filter((row) => row[name] !== "");
      expect(
        quantile(
          missing.map((row) => Number(row.pop_mun)),
          0.5,
        ),
        name,
      ).toBeLessThan(
        quantile(
          kept.map((row) => Number(row.pop_mun)),
          0.5,
        ),
      );
    }
    expect(indicators.filter((row) => row.tx_tot_et === "" && row.tx_f_et !== "")).toEqual([]);
    for (const name of ["pop_mun", "tp60", "disp_q2", "disp_d1", "disp_d9", "abcde"])
      expect(
        indicators.every((row) => row[name] !== ""),
        name,
      ).toBe(true);
  });

  test("means, spreads and correlations are close to those of Occitanie", () => {
    const near = (name: string, center: number, spread: number): void => {
      const [values] = present(name);
      const deviation = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
      expect(Math.abs(mean(values) - center) / spread, `moyenne de ${name}`).toBeLessThan(0.35);
      expect(deviation / spread, `écart-type de ${name}`).toBeGreaterThan(0.6);
      expect(deviation / spread, `écart-type de ${name}`).toBeLessThan(1.4);
    };
    near("tp60", 47.05, 8.67);
    near("disp_q2", 12_758, 1_084);
    near("disp_d1", 7_514, 665);
    near("disp_d9", 22_231, 2_962);
    near("tx_tot_empl", 40.2, 9.31);
    near("tx_tot_eprec", 26, 6.16);
    near("tx_tot_et", 18.5, 7.27);
    near("brev", 64.6, 9.32);
    const r = (a: string, b: string): number => {
      const [x, y] = present(a, b);
      return correlation(x, y);
    };
    expect(r("tp60", "disp_q2")).toBeLessThan(-0.95);
    expect(r("tp60", "brev")).toBeGreaterThan(0.9);
    expect(r("tp60", "tx_tot_empl")).toBeLessThan(-0.55);
    expect(r("tp60", "tx_tot_et")).toBeGreaterThan(0.3);
    expect(r("tx_tot_empl", "tx_f_empl")).toBeGreaterThan(0.9);
  });

  test("populations: one giant, quartiles of the real ones, and communes that hold their neighbourhoods", () => {
    const [populations] = present("pop_mun");
    expect(quantile(populations, 0.5)).toBeGreaterThan(1_700);
    expect(quantile(populations, 0.5)).toBeLessThan(2_400);
    expect(Math.max(...populations)).toBeGreaterThan(20_000);
    expect([...populations].sort((a, b) => b - a)[1]).toBeLessThan(15_000);
    expect(Math.min(...populations)).toBeGreaterThanOrEqual(990);
    for (const row of indicators) {
      expect(Number(row.pop_com), row.code_qp).toBeGreaterThan(Number(row.pop_com_qp));
      expect(Number(row.pop_com_qp), row.code_qp).toBeGreaterThanOrEqual(Number(row.pop_mun));
    }
  });

  test("deciles are in order, men and women add up", () => {
    for (const row of indicators) {
      const [d1, q2, d9] = [row.disp_d1, row.disp_q2, row.disp_d9].map(Number);
      expect(d1 < q2 && q2 < d9, row.code_qp).toBe(true);
      expect(
        Number(row.decuc_d1) <= Number(row.decuc_q2) && Number(row.decuc_q2) < Number(row.decuc_d9),
        row.code_qp,
      ).toBe(true);
      expect(Number(row.abcde_f) + Number(row.abcde_h), row.code_qp).toBe(Number(row.abcde));
    }
  });

  test("four zeros of job seekers are gaps, two of families; zeros of the first declared decile are values", () => {
    expect(indicators.filter((row) => row.abcde === "0").map((row) => row.code_qp)).toEqual(
      territory.zeros_qui_sont_des_trous,
    );
    expect(territory.zeros_qui_sont_des_trous.length).toBe(4);
    expect(indicators.filter((row) => row.percou === "0" && row.a === "0").length).toBe(2);
    const zeroDeciles = indicators.filter((row) => row.decuc_d1 === "0").length;
    expect(zeroDeciles).toBeGreaterThan(25);
    expect(zeroDeciles).toBeLessThan(53);
  });
});

describe("what the partners give", () => {
  test("job seekers add up to the indicator: visible counts, then the hidden ones of the truth", () => {
    const hidden = json<{ seuil_demandeurs: number; demandeurs: string[]; retrouvable_par_difference: string }>(
      "verite/petites-cases.json",
    );
    const hiddenOf = new Map(
      hidden.demandeurs.map((line) => [line.split(";").slice(0, 2).join(";"), Number(line.split(";")[2])]),
    );
    const totals = new Map<string, number>();
    for (const { code_qp, code_rome, nombre } of seekers) {
      codeRome(code_rome);
      const count = nombre === "s" ? (hiddenOf.get(`${code_qp};${code_rome}`) ?? Number.NaN) : Number(nombre);
      if (nombre !== "s") expect(count).toBeGreaterThanOrEqual(hidden.seuil_demandeurs);
      else expect(count > 0 && count < hidden.seuil_demandeurs).toBe(true);
      totals.set(code_qp, (totals.get(code_qp) ?? 0) + count);
    }
    expect(Object.fromEntries(totals)).toEqual(territory.demandeurs_vrais);
    for (const row of indicators) if (row.abcde !== "0") expect(totals.get(row.code_qp)).toBe(Number(row.abcde));
    expect(seekers.filter(({ nombre }) => nombre === "s").length).toBe(hidden.demandeurs.length);
    const trapped = seekers.filter(
      ({ code_qp, nombre }) => code_qp === hidden.retrouvable_par_difference && nombre === "s",
    );
    expect(trapped.length).toBe(1);
  });

  test("persons of households add up to the municipal population", () => {
    const persons = new Map<string, number>();
    for (const row of rows("menages-qpv/menages_qpv.csv", ";")) {
      const [households, people] = [row.menages, row.personnes].map((value) => Number(value.replace(",", ".")));
      if (Number(row.taille) < 6) expect(people).toBeCloseTo(Number(row.taille) * households, 6);
      else expect(people / households).toBeCloseTo(6.6, 1);
      persons.set(row.code_qp, (persons.get(row.code_qp) ?? 0) + people);
    }
    for (const row of indicators) expect(persons.get(row.code_qp), row.code_qp).toBeCloseTo(Number(row.pop_mun), 6);
  });
});

describe("offers and distances", () => {
  const occupations = new Set(
    rows("rome/bob_unix_referentiel_code_rome_v347_utf8.csv", ",").map(({ code_rome }) => code_rome),
  );
  const mobility = rows("rome/bob_unix_rubrique_mobilite_v347_utf8.csv", ",");

  test("occupations, links, offers and seekers speak of the same invented codes", () => {
    expect(occupations.size).toBe(62);
    expect([...occupations].every((code) => /^[XYZ]\d{4}$/.test(code))).toBe(true);
    expect(new Set([...occupations].map((code) => code.slice(0, 3))).size).toBe(14);
    const used = [
      ...mobility.flatMap(({ code_rome, code_rome_cible }) => [code_rome, code_rome_cible]),
      ...offers.resultats.map(({ romeCode }) => romeCode),
      ...seekers.map(({ code_rome }) => code_rome),
    ];
    expect(used.filter((code) => !occupations.has(code))).toEqual([]);
    const near = new Set(
      mobility
        .filter((row) => row.libelle_type_mobilite === "Proche")
        .map(({ code_rome, code_rome_cible }) => `${code_rome}>${code_rome_cible}`),
    );
    const reversed = [...near].filter((pair) => near.has(pair.split(">").reverse().join(">"))).length;
    expect(reversed).toBeGreaterThan(0);
    expect(reversed).toBeLessThan(near.size);
  });

  test("4 % of the offers have no place, some have several posts, identifiers are unique", () => {
    const { resultats } = offers;
    expect(new Set(resultats.map(({ id }) => id)).size).toBe(resultats.length);
    const lost = resultats.filter(({ lieuTravail }) => lieuTravail.latitude === undefined).length / resultats.length;
    expect(lost).toBeGreaterThan(0.03);
    expect(lost).toBeLessThan(0.05);
    expect(resultats.filter(({ nombrePostes }) => nombrePostes > 1).length).toBeGreaterThan(300);
  });

  test("the planted distances, computed again from the written files", () => {
    const truth = json<{ quartiers: Record<string, Record<string, Record<string, Record<string, number>>>> }>(
      "verite/distances.json",
    ).quartiers;
    const near = new Set(
      mobility
        .filter((row) => row.libelle_type_mobilite === "Proche")
        .map(({ code_rome, code_rome_cible }) => `${code_rome}>${code_rome_cible}`),
    );
    const located = offers.resultats.filter(({ lieuTravail }) => lieuTravail.latitude !== undefined);
    for (const code of [territory.geant, ...territory.sur_deux_communes, "QP000001", "QP000050", "QP000078"]) {
      const home = centroid(outer(qpvFeatures.find(({ properties }) => properties.code_qp === code) as Feature));
      const visible = seekers.filter(({ code_qp, nombre }) => code_qp === code && nombre !== "s");
      const tests: Record<string, (sought: string, offered: string) => boolean> = {
        strict: (a, b) => a === b,
        proche: (a, b) => a === b || near.has(`${a}>${b}`),
        domaine: (a, b) => a.slice(0, 3) === b.slice(0, 3),
      };
      for (const [level, answers] of Object.entries(tests)) {
        const pairs = visible.flatMap(({ code_rome, nombre }) =>
          located
            .filter(({ romeCode }) => answers(code_rome, romeCode))
            .map(({ lieuTravail, nombrePostes }) => ({
              km: greatCircle(home, [lieuTravail.longitude as number, lieuTravail.latitude as number]),
              weight: Number(nombre) * nombrePostes,
            })),
        );
        const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
        const { paires } = truth[code][level];
        expect(pairs.reduce((sum, { km, weight }) => sum + km * weight, 0) / total).toBeCloseTo(paires.moyenne_km, 5);
        expect(pairs.filter(({ km }) => km <= 10).reduce((sum, { weight }) => sum + weight, 0) / total).toBeCloseTo(
          paires.part_10_km,
          5,
        );
        const below = pairs
          .filter(({ km }) => km < paires.mediane_km - 1e-5)
          .reduce((sum, { weight }) => sum + weight, 0);
        const upTo = pairs
          .filter(({ km }) => km <= paires.mediane_km + 1e-5)
          .reduce((sum, { weight }) => sum + weight, 0);
        expect(below).toBeLessThan(0.5 * total);
        expect(upTo).toBeGreaterThanOrEqual(0.5 * total);
      }
    }
  });

  test("the metropolis is nearest to its offers, and looser matches bring posts nearer there", () => {
    const truth = json<{ quartiers: Record<string, Record<string, Record<string, Record<string, number>>>> }>(
      "verite/distances.json",
    ).quartiers;
    const typical = (type: string, level: string): number =>
      quantile(
        territory.quartiers
          .filter((q) => q.type === type)
          .map(({ code }) => truth[code][level].par_demandeur.mediane_km),
        0.5,
      );
    expect(typical("métropole", "strict")).toBeLessThan(typical("petite ville", "strict") - 5);
    expect(typical("métropole", "strict")).toBeLessThan(typical("ville littorale", "strict") - 5);
    expect(typical("métropole", "domaine")).toBeLessThanOrEqual(typical("métropole", "strict"));
  });
});

describe("facilities", () => {
  test("DCIRIS has its two spellings, and each belongs to its commune", () => {
    const counts = rows("bpe-iris/bpe18_ensemble_iris.csv", ",");
    expect(counts.filter(({ DCIRIS, DEPCOM }) => !new RegExp(`^${DEPCOM}(_\\d{4})?$`).test(DCIRIS))).toEqual([]);
    expect(counts.filter(({ DCIRIS }) => DCIRIS.includes("_")).length).toBeGreaterThan(1_000);
    expect(counts.filter(({ DCIRIS }) => !DCIRIS.includes("_")).length).toBeGreaterThan(500);
    expect(new Set(counts.map(({ DCIRIS, TYPEQU }) => `${DCIRIS} ${TYPEQU}`)).size).toBe(counts.length);
  });

  test("places lie in their communes, some are badly located and some not at all", () => {
    const places = rows("bpe-xy/bpe23.csv", ";");
    const outlines = new Map(communeFeatures.map((feature) => [feature.properties.code_commune, outer(feature)]));
    const located = places.filter(({ LONGITUDE }) => LONGITUDE !== "");
    const astray = located.filter(
      ({ DEPCOM, LONGITUDE, LATITUDE }) => !contains(outlines.get(DEPCOM) ?? [], [Number(LONGITUDE), Number(LATITUDE)]),
    );
    expect(astray.length / located.length).toBeLessThan(0.002);
    expect(places.filter(({ QUALITE_XY }) => QUALITE_XY === "Mauvaise").length).toBeGreaterThan(100);
    expect(places.length - located.length).toBeGreaterThan(50);
    expect(new Set(places.filter(({ TYPEQU }) => TYPEQU.startsWith("F3")).map(({ TYPEQU }) => TYPEQU))).toEqual(
      new Set(["F303", "F305", "F307", "F312", "F313", "F315"]),
    );
    const cinemas = places.filter(({ TYPEQU }) => TYPEQU === "F303");
    expect(
      cinemas.every(({ NBSALLES, MULTIPLEXE }) => (Number(NBSALLES) >= 8 ? MULTIPLEXE === "1" : MULTIPLEXE === "0")),
    ).toBe(true);
    expect(places.filter(({ TYPEQU, NBSALLES }) => TYPEQU !== "F303" && NBSALLES !== "")).toEqual([]);
  });
});

describe("the survey", () => {
  const people = rows("enquete-loisirs/hdv2003.csv", ",");

  test("2 000 persons, weights as uneven as the real ones", () => {
    expect(people.length).toBe(2_000);
    const weights = people.map(({ poids }) => Number(poids));
    const sum = weights.reduce((a, b) => a + b, 0);
    const kish = (weights.length * weights.reduce((a, b) => a + b * b, 0)) / sum ** 2;
    expect(kish).toBeGreaterThan(1.5);
    expect(kish).toBeLessThan(1.7);
    expect(sum).toBeGreaterThan(9e6);
    expect(sum).toBeLessThan(13e6);
  });

  test("the planted practice rates are found again by diploma and age, within four standard errors", () => {
    for (const [group, line] of practiceTruth.cinema.entries()) {
      for (const [age, p] of line.entries()) {
        const cell = people.filter(
          (row) =>
            diplomaGroupOf(row.nivetud === "NA" ? null : row.nivetud) === group && ageClassOf(Number(row.age)) === age,
        );
        if (cell.length < 15) continue;
        const rate = cell.filter(({ cinema }) => cinema === "Oui").length / cell.length;
        expect(Math.abs(rate - p), `${group} ${ageClasses[age]}`).toBeLessThan(
          4 * Math.sqrt((p * (1 - p)) / cell.length),
        );
      }
    }
  });

  test("sex plays no part in cinema once diploma and age are held; it does in sport", () => {
    const standardised = (practice: "cinema" | "sport"): { gap: number; error: number } => {
      let gap = 0;
      let variance = 0;
      let total = 0;
      for (let group = 0; group < 5; group++) {
        for (let age = 0; age < 4; age++) {
          const cell = people.filter(
            (row) =>
              diplomaGroupOf(row.nivetud === "NA" ? null : row.nivetud) === group &&
              ageClassOf(Number(row.age)) === age,
          );
          const of = (sex: string): string[] => cell.filter(({ sexe }) => sexe === sex).map((row) => row[practice]);
          const [women, men] = [of("Femme"), of("Homme")];
          if (women.length < 5 || men.length < 5) continue;
          const rate = (answers: string[]): number =>
            answers.filter((answer) => answer === "Oui").length / answers.length;
          const [pw, pm] = [rate(women), rate(men)];
          gap += cell.length * (pm - pw);
          variance += cell.length ** 2 * ((pw * (1 - pw)) / women.length + (pm * (1 - pm)) / men.length);
          total += cell.length;
        }
      }
      return { gap: gap / total, error: Math.sqrt(variance) / total };
    };
    const cinema = standardised("cinema");
    expect(Math.abs(cinema.gap)).toBeLessThan(2.6 * cinema.error);
    const sport = standardised("sport");
    expect(sport.gap).toBeGreaterThan(2 * sport.error);
    expect(Math.abs(sport.gap - 0.1)).toBeLessThan(3 * sport.error);
  });
});
