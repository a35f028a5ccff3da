import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Contract } from "../../../src/sources/contract.ts";
import { osmRoutesContracts } from "../../../src/sources/osm-routes.ts";
import { gpkgGeometry, prj, wkb, writeGeopackage, writeShapefile } from "../../support/formats.ts";
import type { Case, Files } from "./case.ts";
import { ring } from "./json-cases.ts";
import { casesOf, contractOf, rows } from "./table.ts";
import { geopackageBytes, osmBytes, shapefile } from "./writers.ts";

const { shp, shx, dbf } = shapefile();
const fields = [
  ["code_qp", "C", 8],
  ["insee_com", "C", 5],
  ["nom", "C", 40],
  ["montant", "N", 10],
  ["nombre", "N", 8],
].map(([name, type, length]) => ({ name, type, length })) as Parameters<typeof writeShapefile>[1];
const cells = (i: number): (string | null)[] => (rows[i] ?? []).map((cell) => (cell === null ? null : String(cell)));
const shapes = (rings: (i: number) => readonly (readonly (readonly [number, number])[])[]) =>
  writeShapefile(
    rows.map((_, i) => ({ rings: rings(i), cells: cells(i) })),
    fields,
  );
const parts = (changes: Files): Files => ({
  "essai/couche.shp": shp,
  "essai/couche.shx": shx,
  "essai/couche.dbf": dbf,
  "essai/couche.prj": prj.wgs84,
  "essai/couche.cpg": "UTF-8",
  ...changes,
});
const shape = (
  damage: string,
  files: Files,
  outcome: Case["outcome"],
  words?: RegExp,
  file = "essai/couche.shp",
  contract: Contract = contractOf("shapefile", "essai/couche.shp"),
): Case => ({
  format: "Shapefile",
  damage,
  contract,
  file,
  files,
  outcome,
  ...(words ? { words } : {}),
});
const { "essai/couche.prj": _prj, ...withoutPrj } = parts({});
const { "essai/couche.dbf": _dbf, ...withoutDbf } = parts({});
const { "essai/couche.shx": _shx, ...withoutShx } = parts({});
const points = [
  [0, 0],
  [0, 1],
  [1, 1],
  [0, 0],
] as const;
const world = shapes(() => [points.map(([x, y]) => [x * 500, y] as const)]);
const open = shapes(() => [points.slice(0, 3).concat([[2, 2] as never])]);
const fewer = writeShapefile(
  rows.slice(1).map((_, i) => ({ rings: [points.map(([x, y]) => [x, y] as const)], cells: cells(i) })),
  fields,
);

const shapefiles: readonly Case[] = [
  shape("sans .prj", withoutPrj, "refused", /système de coordonnées/),
  shape("sans .dbf", withoutDbf, "refused", /\.dbf manque/),
  shape("sans .shx", withoutShx, "same"),
  shape(
    "un .prj d'un autre système",
    parts({ "essai/couche.prj": prj.lambert2 }),
    "refused",
    /système de coordonnées/,
    "essai/couche.prj",
  ),
  shape("un .prj qui ment : Lambert-93 pour des degrés", parts({ "essai/couche.prj": prj.lambert93 }), "either"),
  shape("un .prj vide", parts({ "essai/couche.prj": "" }), "refused", undefined, "essai/couche.prj"),
  shape(
    "un .prj qui est une page web",
    parts({ "essai/couche.prj": "<html></html>" }),
    "refused",
    undefined,
    "essai/couche.prj",
  ),
  shape("un .cpg inconnu", parts({ "essai/couche.cpg": "klingon" }), "refused", /encodage/, "essai/couche.cpg"),
  shape(
    "un .cpg qui ment : Latin-1 pour de l'UTF-8",
    parts({ "essai/couche.cpg": "ISO-8859-1" }),
    "refused",
    /encodage/,
    "essai/couche.dbf",
  ),
  shape(
    "un objet de moins que de lignes",
    parts({ "essai/couche.shp": fewer.shp, "essai/couche.shx": fewer.shx }),
    "refused",
    /autant/,
  ),
  shape("une ligne de moins que d'objets", parts({ "essai/couche.dbf": fewer.dbf }), "refused", /autant/),
  shape("un index d'une autre édition", parts({ "essai/couche.shx": fewer.shx }), "refused", /shx/, "essai/couche.shx"),
  shape("hors de la Terre", parts({ "essai/couche.shp": world.shp, "essai/couche.shx": world.shx }), "refused"),
  shape(
    "des contours ouverts",
    parts({ "essai/couche.shp": open.shp, "essai/couche.shx": open.shx }),
    "refused",
    /fermé/,
  ),
];

const gpkg = casesOf("geopackage", "couche.gpkg", "GeoPackage");
const layer = (
  name: string,
  srsId = 4326,
  geometry: Uint8Array | null = gpkgGeometry(wkb.polygon([ring(1) as [number, number][]])),
) => ({
  name,
  srsId,
  columns: [
    ["code_qp", "TEXT"],
    ["insee_com", "TEXT"],
    ["nom", "TEXT"],
    ["montant", "REAL"],
    ["nombre", "INTEGER"],
  ] as const,
  rows: rows.map((one) => ({ geometry, cells: [...one] })),
});
const made = (
  damage: string,
  layers: readonly ReturnType<typeof layer>[],
  words?: RegExp,
  outcome: Case["outcome"] = "refused",
  options: { applicationId?: number } = {},
): Case => gpkg(damage, "", outcome, words, { make: (path) => writeGeopackage(path, layers, options) });

async function corrupted(): Promise<readonly Case[]> {
  const whole = await geopackageBytes();
  return [1, 2, 3].map((page) => {
    const bytes = Buffer.from(whole);
    bytes.fill(0xaa, page * 4096, (page + 1) * 4096);
    return gpkg(`la page ${page} écrasée`, bytes, "refused");
  });
}

const geopackages: readonly Case[] = [
  gpkg("une base SQLite ordinaire", "", "refused", /n'est pas un GeoPackage/, {
    make: (path) => {
      writeFileSync(path, "");
      const database = new DatabaseSync(path);
      database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
      database.close();
    },
  }),
  made("sans couche", [], /couche/),
  made("deux couches", [layer("a"), layer("b")], /2 couches.*a, b/),
  made("un système inconnu", [layer("a", 27572)], /système de coordonnées/),
  made("un système indéfini", [layer("a", -1)], /système de coordonnées/),
  made("une géométrie qui n'en est pas une", [layer("a", 4326, Buffer.from("bonjour"))], /géométrie.*ligne 1|ligne 1/),
  made(
    "une géométrie tronquée",
    [layer("a", 4326, gpkgGeometry(wkb.polygon([ring(1) as [number, number][]])).subarray(0, 40))],
    /tronquée.*ligne 1/,
  ),
  made(
    "un contour ouvert",
    [
      layer(
        "a",
        4326,
        gpkgGeometry(
          wkb.polygon([
            ring(1)
              .slice(0, 3)
              .concat([[2, 2]]) as [number, number][],
          ]),
        ),
      ),
    ],
    /fermé.*ligne 1/,
  ),
  made("des mètres annoncés en degrés", [
    layer("a", 4326, gpkgGeometry(wkb.polygon([ring(1000, 650_000) as [number, number][]]))),
  ]),
  made(
    "un nombre infini de points",
    [layer("a", 4326, gpkgGeometry(Buffer.concat([Buffer.from("0103000000", "hex"), Buffer.from("ffffffff", "hex")])))],
    /tronquée/,
  ),
  made(
    "des géométries l'une dans l'autre",
    [
      layer(
        "a",
        4326,
        gpkgGeometry(Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.from("010700000001000000", "hex")))),
      ),
    ],
    /ligne 1/,
  ),
  made("un identifiant d'un autre logiciel", [layer("a")], /n'est pas un GeoPackage/, "refused", { applicationId: 1 }),
];

const osmFile = "essai/routes.osm.pbf";
const osmWhole = Buffer.from(osmBytes());
const osm = (damage: string, bytes: Uint8Array, words?: RegExp, outcome: Case["outcome"] = "refused"): Case => ({
  format: "OSM PBF",
  damage,
  contract: { ...(osmRoutesContracts[0] as Contract), files: [osmFile] },
  file: osmFile,
  files: { [osmFile]: bytes },
  outcome,
  ...(words ? { words } : {}),
});
const overwritten = (at: number, hex: string): Buffer => {
  const bytes = Buffer.from(osmWhole);
  Buffer.from(hex, "hex").copy(bytes, at);
  return bytes;
};
/** Where the first block begins, after its length and its head. */
const firstBlob = 4 + osmWhole.readUInt32BE(0);
const zlibStart = osmWhole.indexOf(Buffer.from("78da", "hex"));

const extracts: readonly Case[] = [
  osm("une tête de bloc démesurée", overwritten(0, "7fffffff"), /tête de bloc trop longue|pas un extrait/),
  osm("des ordures compressées", overwritten(zlibStart + 4, "ffffffffffff"), /abîmé/),
  osm("la tête seule", osmWhole.subarray(0, firstBlob), /tronqué/),
  osm("sans données", osmWhole.subarray(0, osmWhole.indexOf("OSMData") - 6), undefined, "refused"),
  osm("des octets après la fin", Buffer.concat([osmWhole, Buffer.from("rebut")])),
  osm("les données avant la tête", osmWhole.subarray(osmWhole.indexOf("OSMData") - 6)),
];

/** What only shapefiles, GeoPackages and extracts of OpenStreetMap suffer. */
export async function layerCases(): Promise<readonly Case[]> {
  return [...shapefiles, ...geopackages, ...extracts, ...(await corrupted())];
}
