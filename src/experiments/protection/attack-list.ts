/** One way of finding what was hidden, and what stands against it in the laboratory. */
export interface KnownAttack {
  readonly number: number;
  readonly name: string;
  /** What the attacker gets on an unprotected publication. */
  readonly gives: string;
  /** What refuses it, or leaves nothing to find. */
  readonly guard: string;
}

const entries: readonly (readonly [name: string, gives: string, guard: string])[] = [
  [
    "Complément d’un total",
    "la case masquée, par soustraction",
    "la porte masque d’autres cases, puis attaque le résultat",
  ],
  [
    "Classifications liées",
    "la case masquée, par deux tableaux qui partagent des totaux",
    "tous les totaux déclarés sont attaqués ensemble",
  ],
  [
    "Périmètres ou dates qui se recouvrent",
    "l’anneau entre deux périmètres",
    "le registre des publications refuse la nouvelle venue",
  ],
  ["Taux et base connue", "l’effectif", "le taux est masqué ou arrondi davantage"],
  ["Lignes brutes dans un graphique", "toutes les lignes", "un dessin ne porte que des lignes contrôlées"],
  ["Filtre qui cache à l’écran", "la cellule filtrée", "aucune transformation n’est publiée"],
  ["Nuage de points relu", "chaque personne, par sa place", "pas de marque pour moins de onze unités"],
  [
    "Bouts et points d’une boîte à moustaches",
    "le plus petit, le plus grand, l’isolé",
    "pas d’extrême, pas de point isolé",
  ],
  ["Histogramme fin", "des classes de quelques personnes", "les classes sont réunies jusqu’au seuil"],
  [
    "Infobulle, menu du graphique",
    "l’effectif exact à côté d’une classe",
    "infobulles limitées aux champs dessinés, menu retiré",
  ],
  ["Champs libres cachés dans un graphique", "ce que l’auteur y a laissé", "ils ne passent pas"],
  [
    "Carte à petits effectifs, légende aux extrêmes",
    "la zone extrême, ou la seule de sa classe",
    "bornes arrondies, deux zones au moins par classe",
  ],
  ["Points déplacés au hasard", "le lieu, en moyennant plusieurs cartes", "pas de carte de personnes"],
  [
    "Arrondis indépendants, bruit retiré",
    "la valeur, par les totaux ou par la moyenne",
    "arrondi contrôlé, bruit attaché à la cellule",
  ],
  ["Classes à 0 % ou 100 %", "la situation de chacun", "la classe homogène est refusée si l’attribut est sensible"],
  ["Dominance d’une union masquée", "le plus gros contributeur", "l’union des cases masquées est jugée aussi"],
  ["Initié", "l’autre contributeur, en ôtant sa propre valeur", "l’attaque est refaite pour chaque contributeur seul"],
  ["Moyenne, effectif, minimum et maximum", "la dernière valeur", "pas d’extrêmes, pas de quantiles trop fins"],
  [
    "Modèles saturés, résidus, feuilles, voisins",
    "les cellules ou les personnes",
    "degrés de liberté, effectifs et sorties du modèle sont jugés",
  ],
  ["Sorties de carnet, métadonnées", "ce qui n’est pas dessiné", "les octets de chaque fichier sont relus"],
  ["Message de refus", "la valeur refusée", "aucun message ne dépend d’une valeur"],
  [
    "Petits graphiques dont l’union est plus fine",
    "le croisement que personne n’a publié",
    "le registre les attaque ensemble",
  ],
  [
    "Motif du masquage",
    "ce qui a fait choisir les cases",
    "chaque case reste possible de 0 au seuil pour qui rejoue la méthode",
  ],
  ["Empreinte d’un identifiant pauvre", "l’identifiant, par essais", "pseudonymes à clé secrète"],
];

/** The twenty-four attacks of our notes on protection, in their order: each is a test of the laboratory, which succeeds on an unprotected output and fails on what the gate lets through. */
export const knownAttacks: readonly KnownAttack[] = entries.map(([name, gives, guard], i) => ({
  number: i + 1,
  name,
  gives,
  guard,
}));
