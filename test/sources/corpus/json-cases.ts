import type { Case } from "./case.ts";
import { casesOf } from "./table.ts";
import { features, topology } from "./writers.ts";

const records = features.map(({ properties }) => properties);
const json = casesOf("json", "table.json", "JSON");
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
const firstRecord = (change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(records.map((record, i) => (i === 0 ? { ...record, ...change } : record)));
const jsonText = JSON.stringify(records);

const jsons: readonly Case[] = [
  json("un objet à la place de la liste", JSON.stringify({ resultats: records }), "refused", /liste d'enregistrements/),
  json("une liste de listes", JSON.stringify(records.map(Object.values)), "refused", /liste d'enregistrements/),
  json("une liste vide", "[]", "refused", /aucun enregistrement/),
  json(
    "une propriété écrite deux fois",
    jsonText.replace('"nom":"Été indien"', '"nom":"Été indien","nom":"Hiver"'),
    "refused",
    /deux fois.*nom.*ligne 1/,
  ),
  json(
    "une propriété écrite deux fois, une fois par des codes",
    jsonText.replace('"nom":"Été indien"', '"nom":"Été indien","n\\u006fm":"Hiver"'),
    "refused",
    /deux fois.*nom/,
  ),
  json("une clé et un texte pareils", firstRecord({ autre: '"nom":', 'a":"b': "\\" }), "same"),
  json("null", "null", "refused", /liste/),
  json("un nombre", "12", "refused", /liste/),
  json("une propriété renommée partout", jsonText.replaceAll("insee_com", "commune"), "refused", /insee_com/),
  json(
    "une propriété renommée une fois",
    jsonText.replace("insee_com", "commune"),
    "refused",
    /obligatoire.*enregistrement 1, colonne insee_com/,
  ),
  json("une virgule de trop", jsonText.replace("]", ",]"), "refused", /mal formé|tronqué/),
  json("des guillemets simples", jsonText.replaceAll('"', "'"), "refused", /mal formé/),
  json("NaN", jsonText.replace("12.5", "NaN"), "refused", /mal formé.*ligne 1/),
  json("un commentaire", `// quartiers\n${jsonText}`, "refused", /mal formé.*ligne 1/),
  json(
    "un enregistrement par ligne",
    records.map((record) => JSON.stringify(record)).join("\n"),
    "refused",
    /mal formé.*ligne 2/,
  ),
  json("cent mille niveaux dans le document", nested(100_000), "refused"),
  json(
    "cent mille niveaux dans une cellule",
    jsonText.replace('"Été indien"', nested(100_000)),
    "refused",
    /objet là où/,
  ),
  json(
    "cent mille crochets dans une cellule",
    jsonText.replace('"Été indien"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    "refused",
    /objet là où/,
  ),
  json("cent mille crochets ouverts", "[".repeat(100_000), "refused", /tronqué/),
  json(
    "un objet pour un texte",
    firstRecord({ nom: { fr: "Été" } }),
    "refused",
    /objet là où.*enregistrement 1, propriété nom/,
  ),
  json("un nombre trop grand", jsonText.replace("12.5", "1e400"), "refused", /pas un nombre/),
  json(
    "un nombre entier de trente chiffres",
    jsonText.replace(":140", ":123456789012345678901234567890"),
    "refused",
    /pas un nombre|bornes/,
  ),
  json("un zéro de tête perdu", jsonText.replace('"00001"', "1"), "refused", /mal formé.*enregistrement 1/),
  json("des propriétés piégées", firstRecord({ constructor: "x", toString: "x", hasOwnProperty: 1 }), "same"),
  json("__proto__", jsonText.replace("{", '{"__proto__":{"code_qp":"QP999999","nom":"x"},'), "same"),
  json("une marque d'octets", `\uFEFF${jsonText}`, "same"),
  json(
    "en une ligne de 5 Mo",
    JSON.stringify([...records.map((record) => ({ ...record, autre: "x".repeat(700_000) }))]),
    "same",
  ),
  json("en Latin-1", Buffer.from(jsonText, "latin1"), "refused", /Latin-1|UTF-8/),
  json("des accents abîmés", Buffer.from(jsonText).toString("latin1"), "refused", /accents/),
  json("une moitié de paire", jsonText.replace("Été", "\\ud800"), "refused", /perdu.*enregistrement 1, colonne nom/),
  json(
    "un octet nul échappé",
    jsonText.replace("Été", "\\u0000"),
    "refused",
    /commande.*enregistrement 1, colonne nom/,
  ),
  json("un texte retourné", jsonText.replace("Été", "\u202e"), "refused", /sens d'écriture.*enregistrement 1/),
  json(
    "un nom de propriété piégé pour un terminal",
    jsonText.replaceAll("insee_com", "\\u001b[2J"),
    "refused",
    /insee_com/,
  ),
];

const geojson = casesOf("geojson", "contours.geojson", "GeoJSON");
const collection = (list: readonly unknown[], rest: object = {}): string =>
  JSON.stringify({ type: "FeatureCollection", ...rest, features: list });
const withGeometry = (geometry: unknown): string =>
  collection(features.map((one, i) => (i === 0 ? { ...one, geometry } : one)));
/** A triangle of a size, moved along both axes. */
export const ring = (scale: number, shift = 0): number[][] =>
  [
    [0, 0],
    [0, 1],
    [1, 1],
    [0, 0],
  ].map(([x = 0, y = 0]) => [x * scale + shift, y * scale + shift]);
const polygon = (coordinates: unknown): string => withGeometry({ type: "Polygon", coordinates });

const geojsons: readonly Case[] = [
  geojson("en mètres", polygon([ring(1000, 650_000)]), "refused", /degrés.*objet 1|objet 1.*degrés/),
  geojson(
    "latitude et longitude inversées, hors du globe",
    polygon([
      [
        [2, 95],
        [2, 96],
        [3, 96],
        [2, 95],
      ],
    ]),
    "refused",
    /degrés/,
  ),
  geojson("un contour ouvert", polygon([ring(1).slice(0, -1)]), "refused", /fermé.*objet 1|objet 1.*fermé/),
  geojson("deux points", polygon([ring(1).slice(0, 2)]), "refused"),
  geojson("un contour vide", polygon([[]]), "refused"),
  geojson("sans contour", polygon([]), "refused", /mal formées.*objet 1/),
  geojson("sans géométrie", withGeometry(null), "refused", /géométrie.*objet 1|objet 1.*géométrie/),
  geojson("une géométrie en texte", withGeometry("POLYGON((0 0))"), "refused"),
  geojson("un type inconnu", withGeometry({ type: "Cercle", coordinates: [] }), "refused", /objet [12]/),
  geojson("un type qui est un objet", withGeometry({ type: {}, coordinates: [] }), "refused", /objet [12]/),
  geojson("un point parmi des polygones", withGeometry({ type: "Point", coordinates: [2, 47] }), "refused"),
  geojson(
    "des coordonnées en texte",
    polygon([
      [
        ["2", "47"],
        ["2", "48"],
        ["3", "48"],
        ["2", "47"],
      ],
    ]),
    "refused",
  ),
  geojson(
    "des coordonnées nulles",
    polygon([
      [
        [null, null],
        [0, 1],
        [1, 1],
        [null, null],
      ],
    ]),
    "refused",
  ),
  geojson(
    "des coordonnées trop grandes",
    withGeometry({ type: "Polygon", coordinates: [ring(1)] }).replace("[0,1]", "[0,1e400]"),
    "refused",
  ),
  geojson("des coordonnées à plat", polygon([0, 0, 1, 1]), "refused"),
  geojson("un niveau de crochets de trop", polygon([[ring(1)]]), "refused"),
  geojson("un niveau de crochets de moins", polygon(ring(1)), "refused"),
  geojson(
    "cent mille niveaux de crochets",
    withGeometry({ type: "Polygon", coordinates: "X" }).replace('"X"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    "refused",
  ),
  geojson(
    "cent mille niveaux dans une propriété",
    collection(features).replace('"Été indien"', nested(100_000)),
    "refused",
  ),
  geojson("une collection de géométries", withGeometry({ type: "GeometryCollection", geometries: [] }), "refused"),
  geojson(
    "un système de coordonnées inconnu",
    collection(features, { crs: { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27572" } } }),
    "refused",
  ),
  geojson("aucun objet", collection([]), "refused"),
  geojson("des objets nuls", collection([null, null]), "refused"),
  geojson("un document TopoJSON", JSON.stringify({ type: "Topology", arcs: [], objects: {} }), "refused"),
  geojson("sans propriétés", collection(features.map(({ geometry }) => ({ type: "Feature", geometry }))), "refused"),
  geojson(
    "des propriétés piégées",
    collection(
      features.map((one) => ({ ...one, properties: { ...one.properties, constructor: "x", hasOwnProperty: 1 } })),
    ),
    "same",
  ),
  geojson(
    "une propriété en double par son chemin",
    collection(features.map((one) => ({ ...one, properties: { ...one.properties, "nom.fr": "a" } }))),
    "either",
  ),
];

const topojson = casesOf("topojson", "contours.json", "TopoJSON");
const changedTopology = (change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...topology(), ...change });
const withArcs = (arcs: unknown): string =>
  changedTopology({
    objects: {
      quartiers: {
        type: "GeometryCollection",
        geometries: [{ type: "Polygon", arcs, properties: features[0]?.properties }],
      },
    },
  });

const topojsons: readonly Case[] = [
  topojson("un document GeoJSON", collection(features), "refused", /TopoJSON/),
  topojson("sans arcs", changedTopology({ arcs: [] }), "refused", /arc/),
  topojson("sans objets", changedTopology({ objects: {} }), "refused", /0 objets/),
  topojson("deux objets", changedTopology({ objects: { a: {}, b: {} } }), "refused", /2 objets.*a, b/),
  topojson("un arc qui n'existe pas", withArcs([[99]]), "refused", /arc 99/),
  topojson("un arc en texte", withArcs([["0"]]), "refused"),
  topojson(
    "des arcs sur cent mille niveaux",
    withArcs("X").replace('"X"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`),
    "refused",
  ),
  topojson("un arc d'un point", changedTopology({ arcs: [[[2, 47]]] }), "refused", /arc 0/),
  topojson(
    "un arc de textes",
    changedTopology({
      arcs: [
        [
          ["2", "47"],
          ["3", "48"],
        ],
      ],
    }),
    "refused",
    /arc 0/,
  ),
  topojson(
    "un contour ouvert",
    changedTopology({
      arcs: features.map(() =>
        ring(1)
          .slice(0, 3)
          .concat([[2, 2]]),
      ),
    }),
    "refused",
    /fermé/,
  ),
  topojson("des mètres", changedTopology({ arcs: features.map(() => ring(1000, 650_000)) }), "refused", /degrés/),
  topojson("une échelle nulle", changedTopology({ transform: { scale: [0, 0], translate: [0, 0] } }), "refused"),
  topojson(
    "une échelle en texte",
    changedTopology({ transform: { scale: "x", translate: [0, 0] } }),
    "refused",
    /échelle/,
  ),
];

/** What only documents of JSON suffer. */
export const jsonCases: readonly Case[] = [...jsons, ...geojsons, ...topojsons];
