/** One reason to refuse a drawing, as an author reads it. `{t}` and `{unit}` stand for the threshold and its unit. */
export interface DrawingRule {
  readonly rule: string;
  readonly sentence: string;
  readonly remedy: string;
  /** What `safeDrawing` does about it, or null when only the author can. */
  readonly rewriting: string | null;
}

/** Stable word of each reason. */
export type DrawingCode =
  | "lignes-brutes"
  | "identifiant"
  | "petite-cellule"
  | "effectif-inconnu"
  | "champ-non-declare"
  | "ligne-hors-table"
  | "donnees-cachees"
  | "donnees-illisibles"
  | "calcul"
  | "jointure"
  | "marque-par-unite"
  | "points-de-personnes"
  | "points-brouilles"
  | "extremes"
  | "histogramme-fin"
  | "bulle-indiscrete"
  | "metadonnees"
  | "menu-source"
  | "adresse"
  | "texte-indiscret"
  | "taux-petite-base"
  | "total-et-parties"
  | "totaux-contraires"
  | "vues-recoupees"
  | "bornes"
  | "classe-d-une-zone";

/** Every reason for which a drawing is refused, one code each. The page for authors prints this table. */
export const drawingRules: Readonly<Record<DrawingCode, DrawingRule>> = {
  "lignes-brutes": {
    rule: "aucune ligne brute dans un dessin",
    sentence: "La spécification porte une ligne par {unit}, même si le dessin n'en montre que le compte.",
    remedy: "compter avant de dessiner, et ne donner au dessin que la table des comptes",
    rewriting: "Les lignes sont comptées avant le dessin, qui ne porte plus que des comptes contrôlés.",
  },
  identifiant: {
    rule: "aucun identifiant dans un dessin",
    sentence: "Une colonne dessinée désigne une unité.",
    remedy: "retirer la colonne avant de dessiner",
    rewriting: "L'identifiant est retiré.",
  },
  "petite-cellule": {
    rule: "fréquence",
    sentence: "Une marque compte au moins une unité et moins de {t} (unité\u00a0: {unit}).",
    remedy: "masquer la cellule, ou regrouper ses modalités",
    rewriting: "La cellule est masquée, et celles qui la redonneraient aussi.",
  },
  "effectif-inconnu": {
    rule: "effectif derrière chaque marque",
    sentence: "Rien ne dit combien d'unités sont derrière une marque.",
    remedy: "dessiner une table passée par release(), ou donner la colonne d'effectifs",
    rewriting: null,
  },
  "champ-non-declare": {
    rule: "champs déclarés",
    sentence: "Les données du dessin portent un champ que rien ne déclare.",
    remedy: "déclarer le champ, ou le retirer",
    rewriting: "Le champ est retiré.",
  },
  "ligne-hors-table": {
    rule: "dessin d'une table contrôlée",
    sentence: "Le dessin porte une ligne qui n'est pas dans sa table contrôlée.",
    remedy: "dessiner les lignes rendues par release(), sans les compléter",
    rewriting: "Le dessin reprend les seules lignes de la table contrôlée.",
  },
  "donnees-cachees": {
    rule: "rien de caché dans la spécification",
    sentence:
      "La spécification garde des données que le dessin ne montre pas\u00a0: un filtre, un jeu ou un champ sans usage.",
    remedy: "filtrer avant de dessiner, et retirer ce qui n'est pas dessiné",
    rewriting: "Filtre, jeux et champs sans usage sont retirés de la spécification.",
  },
  "donnees-illisibles": {
    rule: "données en lignes",
    sentence: "Des données ne sont pas une liste de lignes\u00a0: la porte ne peut pas les juger.",
    remedy: "donner les données comme un tableau d'objets",
    rewriting: null,
  },
  calcul: {
    rule: "aucun calcul dans la spécification",
    sentence: "La spécification demande un calcul\u00a0: ses entrées seraient publiées avec elle.",
    remedy: "calculer avant release(), puis dessiner",
    rewriting: "Le calcul est fait avant le dessin ; la spécification n'en garde que le résultat contrôlé.",
  },
  jointure: {
    rule: "aucune jointure dans la spécification",
    sentence: "La spécification joint un second jeu, publié en entier avec elle.",
    remedy: "joindre avant release(), puis dessiner",
    rewriting: "Le second jeu est retiré de la spécification.",
  },
  "marque-par-unite": {
    rule: "aucune marque pour moins de t unités",
    sentence: "Chaque marque est une unité ({unit})\u00a0: sa position se relit sur les axes.",
    remedy: "dessiner des comptes par carreau, ou des quantiles par groupe",
    rewriting: "Les points sont comptés dans des carreaux d'au moins {t} unités.",
  },
  "points-de-personnes": {
    rule: "aucune carte de points d'unités",
    sentence: "La carte place une unité ({unit}) à son adresse.",
    remedy: "compter par zone ou par carreau",
    rewriting: "Les points sont comptés par zone, ou par carreau d'au moins {t} unités.",
  },
  "points-brouilles": {
    rule: "le bruit ne protège pas un point",
    sentence: "Les points ont été déplacés au hasard\u00a0: l'adresse se retrouve, et plusieurs tirages se moyennent.",
    remedy: "compter par zone ou par carreau",
    rewriting: "Les points sont comptés par zone, ou par carreau d'au moins {t} unités.",
  },
  extremes: {
    rule: "ni extrême ni valeur isolée",
    sentence: "Le dessin donne un minimum, un maximum ou une valeur isolée\u00a0: c'est la valeur de quelqu'un.",
    remedy: "arrêter les moustaches aux 5e et 95e centiles, sans valeur isolée",
    rewriting:
      "Les moustaches s'arrêtent aux 5e et 95e centiles arrondis, ou aux quartiles d'un groupe trop petit pour eux.",
  },
  "histogramme-fin": {
    rule: "classes d'au moins t unités",
    sentence: "Une classe de l'histogramme compte au moins une unité et moins de {t} (unité\u00a0: {unit}).",
    remedy: "élargir les classes, et ouvrir la première et la dernière",
    rewriting: "Les classes sont élargies jusqu'à {t} unités au moins, la première et la dernière sont ouvertes.",
  },
  "bulle-indiscrete": {
    rule: "bulles limitées à ce qui est dessiné",
    sentence: "Une bulle donne un champ que le dessin ne montre pas, ou tous les champs à la fois.",
    remedy: "ne mettre dans la bulle que des champs dessinés ou contrôlés",
    rewriting: "La bulle ne garde que les champs dessinés.",
  },
  metadonnees: {
    rule: "aucune métadonnée libre",
    sentence: "Une métadonnée de la spécification survit au dessin et se lit dans le fichier.",
    remedy: "retirer usermeta, et ne nommer les vues que par des mots",
    rewriting: "Les métadonnées sont retirées.",
  },
  "menu-source": {
    rule: "actions: false",
    sentence: "Le menu du dessin donnerait sa source à qui la demande.",
    remedy: "embed(…, { actions: false })",
    rewriting: "Le menu est retiré.",
  },
  adresse: {
    rule: "aucune adresse dans un dessin",
    sentence: "Le dessin appelle un fichier, un lien ou une image, qui peut porter des données.",
    remedy: "inscrire les données contrôlées dans la spécification, sans lien",
    rewriting: "Liens et adresses sont retirés.",
  },
  "texte-indiscret": {
    rule: "textes écrits depuis des valeurs contrôlées",
    sentence: "Un texte du dessin porte un nombre qui n'est l'arrondi d'aucune valeur contrôlée.",
    remedy: "écrire le texte depuis la table contrôlée",
    rewriting: "Les textes accessibles sont écrits depuis les valeurs contrôlées.",
  },
  "taux-petite-base": {
    rule: "taux et base",
    sentence: "Un taux et sa base redonnent un effectif sous le seuil de {t} (unité\u00a0: {unit}).",
    remedy: "masquer le taux, l'arrondir davantage, ou regrouper",
    rewriting: "Le taux est arrondi, et masqué là où il redonnerait un effectif protégé.",
  },
  "total-et-parties": {
    rule: "recoupement par soustraction",
    sentence: "Un total moins les parties dessinées redonne un effectif sous le seuil de {t} (unité\u00a0: {unit}).",
    remedy: "masquer une seconde partie, ou ne pas dessiner le total",
    rewriting: "Une seconde cellule est masquée, pour que la soustraction ne donne plus rien.",
  },
  "totaux-contraires": {
    rule: "totaux égaux à la somme de leurs parties",
    sentence: "Les totaux dessinés contredisent leurs parties\u00a0: aucune soustraction ne peut être jugée.",
    remedy: "corriger les totaux, ou déclarer les colonnes qui classent vraiment les unités",
    rewriting: null,
  },
  "vues-recoupees": {
    rule: "recoupement entre vues",
    sentence: "Plusieurs vues, lues ensemble, redonnent un effectif sous le seuil de {t} (unité\u00a0: {unit}).",
    remedy: "ne pas dessiner ensemble ces croisements, ou masquer d'autres cellules",
    rewriting: "D'autres cellules sont masquées, pour que les vues ne se soustraient plus.",
  },
  bornes: {
    rule: "bornes arrondies",
    sentence:
      "Une légende ou un axe va du minimum au maximum\u00a0: il donne la valeur de l'unité ou de la zone extrême.",
    remedy: "donner un domaine fait de nombres ronds, ou de quantiles arrondis",
    rewriting: "Le domaine est fait de quantiles arrondis.",
  },
  "classe-d-une-zone": {
    rule: "au moins deux zones par classe",
    sentence: "Une classe ne compte qu'une zone\u00a0: ses bornes en donnent la valeur.",
    remedy: "regrouper la classe avec sa voisine",
    rewriting: "La classe est regroupée avec sa voisine.",
  },
};
