import type { Random } from "../../codes/random.ts";
import type { CommuneType } from "./communes.ts";
import { stream } from "./stream.ts";
import { quotedCsv } from "./writing.ts";

/** An invented occupation. The real ROME has no family X, Y or Z. */
export interface SampleOccupation {
  readonly code: string;
  readonly label: string;
  readonly title: string;
  readonly naf: string;
  /** How often residents look for it, and how often employers offer it, by type of place. */
  readonly sought: Readonly<Record<CommuneType, number>>;
  readonly offered: Readonly<Record<CommuneType, number>>;
}

interface Domain {
  readonly prefix: string;
  readonly naf: string;
  /** Weights in the metropolis, on the coast, in the small town, elsewhere. */
  readonly sought: readonly [number, number, number, number];
  readonly offered: readonly [number, number, number, number];
  /** Activity as the ROME says it, and the title of an offer. */
  readonly occupations: readonly (readonly [label: string, title: string])[];
}

/** Three families (X sea and welcome, Y services, Z production), 14 domains, 62 occupations. Supply and demand are planted apart: production is offered out of the centre. */
const domains: readonly Domain[] = [
  {
    prefix: "X11",
    naf: "03.21Z",
    sought: [1, 5, 1, 1],
    offered: [0.3, 5, 0.2, 2],
    occupations: [
      ["Récolte d'algues de rive", "Récolteur / Récolteuse d'algues"],
      ["Tri et calibrage de coquillages", "Trieur / Trieuse de coquillages"],
      ["Petite pêche côtière", "Matelot de petite pêche"],
      ["Entretien de parcs marins", "Agent / Agente de parcs marins"],
    ],
  },
  {
    prefix: "X12",
    naf: "52.22Z",
    sought: [2, 5, 1, 1],
    offered: [2, 6, 0.2, 0.4],
    occupations: [
      ["Manutention de quai", "Agent / Agente de quai"],
      ["Accueil de passagers maritimes", "Hôte / Hôtesse d'embarquement"],
      ["Entretien de coques et de gréements", "Agent / Agente d'entretien nautique"],
      ["Conduite d'engins portuaires", "Conducteur / Conductrice d'engins portuaires"],
    ],
  },
  {
    prefix: "X13",
    naf: "55.20Z",
    sought: [2, 6, 1, 1],
    offered: [2, 9, 0.6, 1.5],
    occupations: [
      ["Entretien de chambres et de gîtes", "Agent / Agente d'entretien de gîtes"],
      ["Accueil en hébergement de vacances", "Réceptionniste de vacances"],
      ["Surveillance de baignade", "Surveillant / Surveillante de plage"],
      ["Location de matériel de plage", "Loueur / Loueuse de matériel"],
      ["Conduite de visites du littoral", "Guide du littoral"],
    ],
  },
  {
    prefix: "X14",
    naf: "56.10A",
    sought: [7, 8, 5, 3],
    offered: [8, 10, 3, 2],
    occupations: [
      ["Aide de cuisine et plonge", "Aide de cuisine"],
      ["Service en salle", "Serveur / Serveuse"],
      ["Cuisine de collectivité", "Cuisinier / Cuisinière de collectivité"],
      ["Préparation de crêpes et de galettes", "Crêpier / Crêpière"],
      ["Restauration rapide", "Équipier / Équipière de restauration rapide"],
    ],
  },
  {
    prefix: "Y11",
    naf: "88.10A",
    sought: [9, 8, 10, 6],
    offered: [7, 7, 6, 5],
    occupations: [
      ["Aide à domicile des aînés", "Aide à domicile"],
      ["Garde d'enfants au foyer", "Garde d'enfants"],
      ["Accompagnement de personnes empêchées", "Accompagnant / Accompagnante"],
      ["Ménage et repassage chez autrui", "Employé / Employée de maison"],
      ["Portage de repas", "Porteur / Porteuse de repas"],
    ],
  },
  {
    prefix: "Y12",
    naf: "86.10Z",
    sought: [4, 3, 3, 2],
    offered: [9, 4, 3, 1],
    occupations: [
      ["Aide aux soins courants", "Aide aux soins"],
      ["Brancardage et transport de malades", "Brancardier / Brancardière"],
      ["Secrétariat de soins", "Secrétaire de soins"],
      ["Stérilisation d'instruments", "Agent / Agente de stérilisation"],
    ],
  },
  {
    prefix: "Y13",
    naf: "47.11D",
    sought: [9, 8, 8, 5],
    offered: [9, 7, 4, 1.5],
    occupations: [
      ["Tenue de caisse", "Hôte / Hôtesse de caisse"],
      ["Mise en rayon", "Employé / Employée de rayon"],
      ["Vente d'habillement", "Vendeur / Vendeuse d'habillement"],
      ["Vente de produits frais", "Vendeur / Vendeuse de produits frais"],
      ["Vente à distance", "Téléconseiller / Téléconseillère"],
    ],
  },
  {
    prefix: "Y14",
    naf: "81.21Z",
    sought: [12, 8, 8, 5],
    offered: [9, 6, 3, 1],
    occupations: [
      ["Nettoyage de locaux", "Agent / Agente de nettoyage"],
      ["Nettoyage de vitres", "Laveur / Laveuse de vitres"],
      ["Collecte de déchets ménagers", "Ripeur / Ripeuse"],
      ["Tri de matières recyclées", "Agent / Agente de tri"],
    ],
  },
  {
    prefix: "Y15",
    naf: "82.11Z",
    sought: [7, 5, 5, 4],
    offered: [11, 4, 2, 0.6],
    occupations: [
      ["Secrétariat courant", "Secrétaire"],
      ["Accueil et renseignements", "Agent / Agente d'accueil"],
      ["Saisie de dossiers", "Opérateur / Opératrice de saisie"],
      ["Suivi de comptes", "Aide-comptable"],
    ],
  },
  {
    prefix: "Y16",
    naf: "88.99B",
    sought: [4, 3, 3, 3],
    offered: [5, 3, 2, 1],
    occupations: [
      ["Animation de loisirs", "Animateur / Animatrice de loisirs"],
      ["Médiation de quartier", "Médiateur / Médiatrice"],
      ["Surveillance d'école", "Surveillant / Surveillante d'école"],
      ["Conseil en insertion", "Conseiller / Conseillère en insertion"],
    ],
  },
  {
    prefix: "Z11",
    naf: "10.85Z",
    sought: [5, 4, 11, 8],
    offered: [2, 3, 13, 12],
    occupations: [
      ["Conduite de ligne alimentaire", "Conducteur / Conductrice de ligne"],
      ["Découpe de volailles", "Opérateur / Opératrice de découpe"],
      ["Conditionnement de légumes", "Agent / Agente de conditionnement"],
      ["Contrôle de produits laitiers", "Contrôleur / Contrôleuse laitier"],
      ["Nettoyage d'ateliers alimentaires", "Agent / Agente d'hygiène alimentaire"],
    ],
  },
  {
    prefix: "Z12",
    naf: "43.34Z",
    sought: [10, 7, 8, 6],
    offered: [6, 6, 5, 6],
    occupations: [
      ["Maçonnerie de façade", "Maçon / Maçonne"],
      ["Peinture de bâtiment", "Peintre en bâtiment"],
      ["Pose de plaques et de cloisons", "Plaquiste"],
      ["Aide de chantier", "Aide de chantier"],
      ["Pose de couvertures en ardoise", "Couvreur / Couvreuse"],
    ],
  },
  {
    prefix: "Z13",
    naf: "52.10B",
    sought: [12, 6, 8, 5],
    offered: [7, 2, 6, 7],
    occupations: [
      ["Préparation de commandes", "Préparateur / Préparatrice de commandes"],
      ["Conduite de chariots", "Cariste"],
      ["Livraison de colis", "Livreur / Livreuse"],
      ["Conduite de poids lourds", "Conducteur / Conductrice de poids lourds"],
    ],
  },
  {
    prefix: "Z14",
    naf: "25.62A",
    sought: [4, 4, 5, 4],
    offered: [4, 3, 7, 7],
    occupations: [
      ["Soudage de charpente navale", "Soudeur / Soudeuse"],
      ["Usinage de pièces", "Usineur / Usineuse"],
      ["Montage d'équipements électriques", "Monteur / Monteuse électrique"],
      ["Maintenance de machines", "Technicien / Technicienne de maintenance"],
    ],
  },
];

const byType = (
  [centre, coast, small, other]: readonly [number, number, number, number],
  share: number,
): Record<CommuneType, number> => ({
  métropole: centre * share,
  "ville littorale": coast * share,
  "petite ville": small * share,
  autre: other * share,
});

/** The 62 invented occupations. Within a domain the first is the most sought, the last the least. */
export const occupations: readonly SampleOccupation[] = domains.flatMap(
  ({ prefix, naf, sought, offered, occupations: list }) =>
    list.map(([label, title], rank) => ({
      code: `${prefix}0${rank + 1}`,
      label,
      title: `${title} (H/F)`,
      naf,
      sought: byType(sought, 1 / (rank + 1) ** 1.1),
      offered: byType(offered, 1 / (rank + 1) ** 0.7),
    })),
);

/** A directed link of the mobility table: nearness is not symmetric in the real one either. */
export interface MobilityLink {
  readonly from: string;
  readonly to: string;
  /** An OGR code of a job title, when the link concerns one title only; empty for the whole sheet. */
  readonly fromTitle: string;
  readonly toTitle: string;
  readonly kind: "Proche" | "Evolution";
}

/** Near links mostly inside a domain, some across; half have their reverse. Evolutions lead elsewhere. */
export function makeMobility(seed: number): readonly MobilityLink[] {
  const random = stream(seed, "mobilité");
  const links: MobilityLink[] = [];
  const title = (): string => (random() < 0.14 ? String(70_000 + Math.floor(random() * 900)) : "");
  occupations.forEach((from, i) => {
    const peers = occupations.filter((to) => to !== from && to.code.startsWith(from.code.slice(0, 3)));
    for (const to of drawSome(peers, 1 + Math.floor(random() * 2), random))
      links.push({ from: from.code, to: to.code, fromTitle: "", toTitle: title(), kind: "Proche" });
    const others = occupations.filter(
      (to, j) => i !== j && to.code[0] === from.code[0] && to.code.slice(0, 3) !== from.code.slice(0, 3),
    );
    if (random() < 0.55)
      for (const to of drawSome(others, 1, random))
        links.push({ from: from.code, to: to.code, fromTitle: "", toTitle: title(), kind: "Proche" });
    const anywhere = occupations.filter(
      (to) => to !== from && !links.some((link) => link.from === from.code && link.to === to.code),
    );
    for (const to of drawSome(anywhere, 1 + Math.floor(random() * 3), random))
      links.push({ from: from.code, to: to.code, fromTitle: title(), toTitle: "", kind: "Evolution" });
  });
  return links;
}

function drawSome<T>(from: readonly T[], count: number, random: Random): T[] {
  return from
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ item }) => item);
}

/** The list of sheets, in the layout of the ROME v347 export: every field quoted. */
export const writeOccupations = (): string =>
  quotedCsv(
    ["code_rome", "code_fiche_em", "code_ogr", "libelle_rome", "statut"],
    occupations.map(({ code, label }, i) => [code, String(9001 + i), String(90_001 + i), label, "1"]),
  );

/** The mobility table, same export; kind 1 is « Proche », 2 « Evolution ». */
export const writeMobility = (links: readonly MobilityLink[]): string =>
  quotedCsv(
    [
      "code_rome",
      "code_rome_cible",
      "code_appellation_source",
      "code_appellation_cible",
      "code_type_mobilite",
      "libelle_type_mobilite",
    ],
    links.map(({ from, to, fromTitle, toTitle, kind }) => [
      from,
      to,
      fromTitle,
      toTitle,
      kind === "Proche" ? "1" : "2",
      kind,
    ]),
  );
