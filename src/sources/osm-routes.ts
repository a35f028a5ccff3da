import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const regions: readonly (readonly [slug: string, label: string, megabytes: number])[] = [
  ["bretagne", "Bretagne", 290],
  ["pays-de-la-loire", "Pays de la Loire", 250],
];

const columns = [
  required("id", "text", "Identifiant du chemin"),
  required("highway", "text", "Nature de la voie\u00a0: residential, primary, footway…"),
  text("name", "Nom"),
  text("oneway", "Sens unique\u00a0: yes, no, -1"),
  text("maxspeed", "Vitesse maximale, en km/h si sans unité"),
  text("junction", "Carrefour\u00a0: roundabout…"),
  text("access", "Accès\u00a0: private, no…"),
  text("foot", "Accès à pied"),
  text("bicycle", "Accès à vélo"),
  text("surface", "Revêtement"),
] as const;

const common = {
  publisher: "Contributeurs d'OpenStreetMap (extrait Geofabrik)",
  licence: "ODbL 1.0",
  geography: "lignes",
  unit: "chemin",
  access: "public",
  format: "osm-pbf",
  columns,
  key: ["id"],
  published: true,
  secrecy: noSecrecy,
} as const;

const notes = [
  "Sous ODbL\u00a0: une base dérivée publiée doit l'être sous la même licence, avec la mention «\u00a0© les contributeurs d'OpenStreetMap\u00a0».",
  "Les étiquettes sont libres et inégales\u00a0: une vitesse absente n'est pas une vitesse nulle\u00a0; elle se déduit de la nature de la voie, et cela se dit.",
];

/** Roads and paths of a region as Geofabrik extracts them each day. */
export const osmRoutesContracts: readonly Contract[] = [
  {
    ...common,
    id: "osm-routes",
    title: "Routes et chemins du territoire",
    vintage: "date de l'extrait",
    url: "https://download.geofabrik.de",
    files: ["osm/armorelle.osm.pbf", "osm/territoire.osm.pbf"],
    notes: [...notes, "Extrait d'un territoire quelconque, découpé par l'utilisateur et posé sous l'un de ces noms."],
  },
  ...regions.map(
    ([slug, label, megabytes]): Contract => ({
      ...common,
      id: `osm-${slug}`,
      title: `Routes et chemins, ${label}`,
      vintage: "extrait du jour",
      url: `https://download.geofabrik.de/europe/france/${slug}.html`,
      files: [`osm/${slug}-latest.osm.pbf`],
      retrieval: {
        via: "file",
        url: `https://download.geofabrik.de/europe/france/${slug}-latest.osm.pbf`,
        md5Url: `https://download.geofabrik.de/europe/france/${slug}-latest.osm.pbf.md5`,
        to: `osm/${slug}-latest.osm.pbf`,
      },
      megabytes,
      notes: [...notes, "Extrait refait chaque jour\u00a0: la date du fichier est le millésime. Taille approchée."],
    }),
  ),
  {
    ...common,
    id: "osm-porto-alegre",
    title: "Routes et chemins de Porto Alegre (banc d'essai)",
    publisher: "Contributeurs d'OpenStreetMap (extrait de l'extension r5r)",
    vintage: "2019",
    url: "https://github.com/ipeaGIT/r5r",
    files: ["porto_alegre/poa_osm.pbf"],
    notes: [
      ...notes,
      "Ville réelle hors de France\u00a0: le chapitre sur la distance à l'emploi y refait tout son calcul, comme preuve de la méthode. L'extrait n'a ni interdiction de tourner ni bac.",
    ],
  },
];
