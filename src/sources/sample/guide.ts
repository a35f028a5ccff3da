import { REGION_NAME } from "./names.ts";
import { GENERATOR_VERSION } from "./stream.ts";

/** What each file imitates: its layout, its header, its signs; never its values. */
export const imitations: Readonly<Record<string, string>> = {
  "communes/communes.json": "@etalab/decoupage-administratif, data/communes.json",
  "communes-contours/communes.geojson": "contours de communes, ToulouseDataViz Hackaviz 2021 (IGN, Insee)",
  "departements-contours/departements.geojson": "contours de départements, france-geojson (IGN Admin Express)",
  "qpv-indicateurs/qp.csv": "indicateurs QPV 2015 de l'Insee réunis par ToulouseDataViz (Hackaviz 2021), 44 colonnes",
  "qpv-perimetres/qp.geojson": "périmètres QPV 2015 de l'ANCT, Hackaviz 2021",
  "bpe-iris/bpe18_ensemble_iris.csv": "Base permanente des équipements 2018, ensemble par IRIS (Insee)",
  "bpe-xy/bpe23.csv": "Base permanente des équipements 2023 avec coordonnées (Insee), 13 colonnes",
  "points-communes/laposte_hexasmal.csv": "Base officielle des codes postaux (La Poste)",
  "rome/bob_unix_referentiel_code_rome_v347_utf8.csv": "ROME v347, liste des fiches (France Travail)",
  "rome/bob_unix_rubrique_mobilite_v347_utf8.csv": "ROME v347, mobilités (France Travail)",
  "demandeurs-emploi/demandeurs_qpv_rome.csv": "fichier de partenaire (métiers recherchés par QPV), non public",
  "offres/offres.json": "réponse de l'API Offres d'emploi v2 (France Travail)",
  "menages-qpv/menages_qpv.csv": "fichier de partenaire (ménages par taille et QPV), d'après le recensement",
  "profil-qpv/profil_qpv.csv":
    "fichier de partenaire (profil des ménages et des habitants des QPV), d'après le recensement",
  "c2s-beneficiaires/c2s_qpv.csv": "fichier de partenaire (bénéficiaires de la C2S par QPV), non public",
  "enquete-loisirs/hdv2003.csv": "extrait de l'enquête Histoire de vie 2003 (Insee), 20 colonnes",
  "osm/armorelle.osm.pbf": "extrait d'OpenStreetMap (Geofabrik), format PBF",
  "gtfs/urbain.zip": "GTFS d'un réseau urbain (transport.data.gouv.fr)",
  "gtfs/regional.zip": "GTFS d'un réseau interurbain et ferroviaire (transport.data.gouv.fr)",
  "iris-contours/contours-iris.geojson": "CONTOURS-IRIS (IGN et Insee), en GeoJSON WGS 84",
  "rp-iris/base-ic-evol-struct-pop-2019.CSV":
    "base infracommunale du recensement 2019, population (Insee), colonnes choisies",
  "filosofi-carreaux/Filosofi2019_carreaux_200m_csv.zip":
    "Filosofi 2019, carreaux de 200 m (Insee), CSV dans une archive",
  "filosofi-communes/FILO2019_DISP_COM.xlsx": "Filosofi 2019, revenu disponible par commune et type de ménage (Insee)",
  "missions-interim/missions.csv": "fichier de partenaire (missions d'une agence d'intérim), non public",
  "frequentation-culturelle/frequentation.csv":
    "fichier de partenaire (usagers de lieux culturels par quartier), non public",
  "c2s-insee/benef_c2s.csv":
    "bénéficiaires de la C2S par QPV, IRIS et commune (Insee et Cnam, page 6041315), disposition supposée",
  "enquete-pratiques/pratiques_2018.csv":
    "enquête Pratiques culturelles 2018 (DEPS), individus ; noms de colonnes inventés ; depuis 3.1 : quartier, marche, envies et freins",
  "population-qpv/population_qpv.csv":
    "recensement, habitants des QPV par sexe, âge et diplôme (Insee), disposition supposée ; depuis 3.1",
  "population-qpv/population_hors_qpv.csv": "le même tableau hors des QPV, par commune ; depuis 3.1",
  "trajectoires/trajectoires.csv": "fichier de partenaire (trajectoires mensuelles), non public",
  "cog/v_mvt_commune_2026.csv": "Code officiel géographique, événements sur les communes (Insee)",
  "qpv-perimetres-2024/qp2024.zip": "périmètres des QPV 2024 (ANCT), GeoJSON dans une archive",
  "sirene/StockEtablissement_utf8.csv": "base Sirene, stock des établissements (Insee), 14 colonnes",
  "sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv":
    "géolocalisation des établissements (Insee)",
  "rp-mobpro/FD_MOBPRO_2019.csv": "recensement 2019, mobilités professionnelles (Insee), 25 colonnes",
  "rp-indcvi/FD_INDCVI_2019.csv": "recensement 2019, individus localisés au canton-ou-ville (Insee), 24 colonnes",
  "bassins-emploi/communes_bassins.csv": "bassins d'emploi des communes (Pôle emploi, La Bonne Boîte)",
  "basilic/basilic.csv": "base des lieux et des équipements culturels (ministère de la Culture)",
  "LISEZMOI.md": "rien : c'est notre notice",
};

const sentences: readonly (readonly [file: string, what: string])[] = [
  ["communes/communes.json", "communes et une commune déléguée, JSON"],
  ["communes-contours/communes.geojson", "toutes les communes, sans trou entre elles, GeoJSON WGS 84"],
  ["departements-contours/departements.geojson", "le trait de côte : le département « 00 »"],
  [
    "qpv-indicateurs/qp.csv",
    "44 indicateurs, `,`, point décimal, BOM ; un blanc n'est pas un zéro, et quatre zéros d'`abcde` sont des trous",
  ],
  ["qpv-perimetres/qp.geojson", "78 polygones, quatre décimales"],
  ["bpe-iris/bpe18_ensemble_iris.csv", "équipements par commune ou IRIS ; `DCIRIS` a deux écritures"],
  ["bpe-xy/bpe23.csv", "lieux culturels et services situés, Lambert-93 et WGS 84, `;`"],
  ["points-communes/laposte_hexasmal.csv", "point de chaque commune, « lat, lon » dans une case, fins de ligne CRLF"],
  ["rome/…_code_rome_v347_utf8.csv", "62 métiers inventés, familles X, Y et Z que le ROME n'emploie pas"],
  ["rome/…_mobilite_v347_utf8.csv", "liens orientés « Proche » et « Evolution »"],
  ["demandeurs-emploi/demandeurs_qpv_rome.csv", "demandeurs par quartier et métier recherché ; `s` sous 5"],
  [
    "offres/offres.json",
    "3 600 offres ; 4 % sans coordonnées, `nombrePostes` parfois supérieur à 1, permis et horaires souvent tus",
  ],
  ["menages-qpv/menages_qpv.csv", "ménages et personnes par taille (6 : six et plus), virgule décimale"],
  [
    "profil-qpv/profil_qpv.csv",
    "ménages par type et statut, habitants par âge et emploi, quatre variables en lignes ; `s` sous 11",
  ],
  ["c2s-beneficiaires/c2s_qpv.csv", "personnes couvertes au 1er janvier 2021, tous régimes ; `s` sous 11"],
  ["enquete-loisirs/hdv2003.csv", "2 000 personnes inventées, avec leur poids"],
  ["osm/armorelle.osm.pbf", "rues, routes, sentiers, ponts, bac, sens uniques, un morceau sans accès"],
  [
    "gtfs/urbain.zip",
    "bus de la métropole : horaires et rythmes (frequencies), deux lignes avant 4 h, après minuit, jours d'exception",
  ],
  [
    "gtfs/regional.zip",
    "cars et train : peu de courses, rien avant 6 h ni après 20 h sauf un train, horaires à interpoler, deux exploitants",
  ],
  [
    "iris-contours/contours-iris.geojson",
    "IRIS qui pavent les communes, sans trou ; `0000` pour une commune non découpée",
  ],
  ["rp-iris/base-ic-evol-struct-pop-2019.CSV", "population par IRIS et âge, `;`"],
  [
    "filosofi-carreaux/…_csv.zip",
    "carreaux de 200 m des villes : ménages, pauvreté, âges ; `i_est_200 = 1` sous 11 ménages",
  ],
  [
    "filosofi-communes/FILO2019_DISP_COM.xlsx",
    "niveaux de vie par commune et type de ménage ; en-tête en ligne 6, `s` et `nd` selon la taille",
  ],
  [
    "missions-interim/missions.csv",
    "missions par métier, commune de travail, âge et mois ; Latin-1, virgule décimale, `s` sous 5 intérimaires",
  ],
  ["frequentation-culturelle/frequentation.csv", "usagers de lieux culturels par quartier de résidence ; `s` sous 11"],
  [
    "c2s-insee/benef_c2s.csv",
    "C2S du régime général par quartier, IRIS et commune, 2019 à 2021 ; des trous `s` que les totaux trahissent",
  ],
  [
    "enquete-pratiques/pratiques_2018.csv",
    "9 200 personnes, 17 pratiques, quartier, minutes à pied, envies et freins, strates, grappes, poids, non-réponse selon la taille",
  ],
  [
    "population-qpv/*.csv",
    "habitants de 15 ans ou plus par sexe et âge, et par diplôme : quartiers, puis communes hors des quartiers",
  ],
  ["trajectoires/trajectoires.csv", "2 400 personnes, 36 mois, cinq situations ; un mois vide est une censure"],
  ["cog/v_mvt_commune_2026.csv", "une commune nouvelle, une fusion ancienne, un rétablissement, un changement de nom"],
  [
    "qpv-perimetres-2024/qp2024.zip",
    "seconde génération : quartiers inchangés, réduits, agrandis, coupés, réunis, sortis, nouveaux",
  ],
  ["sirene/*.csv", "3 000 établissements et leurs points ; une pile de sièges à une seule adresse"],
  ["rp-mobpro/…", "trajets vers le travail, un par ligne, à pondérer par `IPONDI`"],
  [
    "rp-indcvi/…",
    "habitants un par ligne, à pondérer par `IPONDI` ; ceux d'un même `NUMMI` forment un ménage qui a un sens (âges, liens, logement, emploi)",
  ],
  [
    "bassins-emploi/communes_bassins.csv",
    "le bassin d'emploi de chaque commune ; la métropole et sa couronne en font un",
  ],
  ["basilic/basilic.csv", "lieux culturels ; des points manquent, des lieux reviennent sous deux types"],
  ["*.contrat.yaml", "à côté de chaque fichier de partenaire : le contrat signé, entre organismes fictifs"],
  ["verite/*.json", "ce qui a été planté : lu par les essais, jamais par un chargeur"],
];

/** The notice of the folder, in French. */
export const guide = (seed: number): string => `# ${REGION_NAME} : un territoire SYNTHÉTIQUE

**Tout est inventé ici** : les lieux, les noms, les chiffres, les personnes. ${REGION_NAME} n'existe pas : son département « 00 » n'existe pas, et ses
contours sont en pleine mer (7° ouest, 46° nord). Aucune valeur n'est celle d'un lieu ni d'une personne réels. Toute figure tirée de ces
fichiers porte la mention SYNTHÉTIQUE.

Ces fichiers servent à lire et à essayer le laboratoire sans donnée réelle. Ils ont la forme, l'ordre des colonnes et les défauts de ceux des
producteurs, pour que le même code lise les uns et les autres.

- Graine : ${seed}. Version du générateur : ${GENERATOR_VERSION}. Même graine, mêmes octets.
- Générateur : \`src/sources/sample/\` ; pour refaire le dossier : \`npm run samples\`.
- Licence : CC0 1.0 (notre invention, sans droit réservé).
- \`synthetique.json\` dit de chaque fichier ce qu'il imite, sa taille et son empreinte sha256.

| fichier | contenu |
| --- | --- |
${sentences.map(([file, what]) => `| \`${file}\` | ${what} |`).join("\n")}

Version 3.1 : l'enquête des pratiques est tirée d'une population inventée d'abord, personne par personne, dont \`population-qpv\` donne les
marges et \`verite/pratiques-2018.json\` les taux exacts ; elle dit le quartier, la marche, les envies et les freins. Les autres fichiers de
données sont ceux de la version 3.0, octet pour octet.

Trois sortes de lieux y sont plantées, selon la leçon du programme : une métropole (emplois de bureau et de soin au centre, production en
périphérie), des villes littorales (mer et tourisme), de petites villes (agroalimentaire). Un quartier géant, un quartier à cheval sur deux
communes, une île, une commune fusionnée, des effectifs à masquer.
`;
