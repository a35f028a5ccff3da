import type { GateFinding } from "../../protection/gate-finding.ts";

/** Something in a written file that nobody released. It says where, in words that do not depend on what was found. */
export interface ScanFinding extends GateFinding {
  /** Path in the folder that was scanned. */
  readonly file: string;
  /** Line, address in a JSON document, object of a PDF, chunk of a PNG: enough to find it, never what is there. */
  readonly position: string;
}

/** What a scan can say, each by its stable word. */
const sayings = {
  "fichier-inattendu": "Le fichier n'est pas de ceux que le livre écrit",
  "fichier-illisible": "Le fichier ne se lit pas dans son propre format",
  "ligne-non-diffusee": "Une ligne n'est pas celle de la table diffusée",
  "champ-non-diffuse": "Un champ ne vient pas de ce qui a été diffusé",
  "dessin-different": "Le dessin n'est pas celui de la figure contrôlée",
  "marque-en-trop": "Le dessin a plus de marques que de lignes diffusées",
  "element-inconnu": "Un élément ou un attribut n'est pas de ceux que le livre écrit",
  commentaire: "Un commentaire voyage dans le fichier",
  "nombre-sans-origine":
    "Un nombre ne vient ni d'une table diffusée, ni d'un chiffre du registre, ni d'un texte d'auteur",
  "texte-sans-origine": "Un texte n'est pas celui qui a été contrôlé",
  "metadonnee-inconnue": "Une métadonnée n'est pas de celles que le livre écrit",
  "piece-cachee": "Des octets voyagent avec le fichier sans se montrer",
  "sortie-de-carnet": "Un carnet porte des sorties ou des traces d'exécution",
  "chemin-de-machine": "Un chemin ou un nom propre à une machine est écrit",
  identifiant: "Un texte a la forme d'un identifiant de personne ou d'établissement",
  "valeur-gardee": "Une valeur rare d'une source gardée est écrite telle quelle",
} as const;

export type ScanCode = keyof typeof sayings;

/** A finding; all refuse publication: a byte that nobody released has no business in a published file. */
export const scanFinding = (code: ScanCode, file: string, position: string): ScanFinding => ({
  code,
  file,
  position,
  place: `${file}, ${position}`,
  rule: "lecture des octets écrits",
  clause: null,
  sentence: `${sayings[code]}\u00a0: ${file}, ${position}.`,
  remedy: "n'écrire que ce qui est passé par la porte, puis reconstruire le livre",
  severity: "refuse",
});
