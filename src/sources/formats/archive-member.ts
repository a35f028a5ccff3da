import { QuartiersError } from "../../codes/errors.ts";
import { printable } from "../printable.ts";

/** A file inside an archive, as the archive's directory declares it. */
export interface ArchiveMember {
  /** With "/" between folders, accents composed (NFC). */
  readonly path: string;
  /** Bytes once extracted; NaN when the archive does not say (gzip). */
  readonly bytes: number;
  /** Bytes in the archive; NaN when members share them (solid 7z). */
  readonly packedBytes: number;
}

/** What stops an extraction that would fill the disk. */
export interface ExtractLimits {
  /** Largest size of what an archive declares, and of what is written. */
  readonly maxBytes: number;
  /** Largest size of a member over its compressed size, once it is over 16 MB: deflated tables stay under 100, a bomb reaches 1 000. */
  readonly maxRatio: number;
}

/** 64 GB: seven times the stock of SIRENE. */
export const defaultLimits: ExtractLimits = { maxBytes: 64e9, maxRatio: 250 };

/** Under this size no ratio is a danger. */
export const SMALL_BYTES = 16e6;

/** How many members a message lists. */
const LISTED = 12;

/** Whether a path of a member answers a pattern, whose `*` stands for any run of characters: on its whole path, or on its base name. */
export function matcher(pattern: string): (path: string) => boolean {
  const parts = pattern
    .normalize("NFC")
    .split("*")
    .map((text) => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const regex = new RegExp(`^${parts.join("[^]*")}$`, "i");
  return (path) => regex.test(path) || regex.test(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * The one member that a pattern names. Upper and lower case are the same letter; a member whose path is the pattern wins over the others.
 * @throws QuartiersError that lists the members when none or several answer
 * @example
 * ```ts
 * const members = [{ path: "a/FD_MOBPRO_2019.csv" }, { path: "a/lisez.txt" }].map((m) => ({ ...m, bytes: 1, packedBytes: 1 }));
 * chooseMember(members, "FD_MOBPRO_*.csv", "mobpro.zip").path // "a/FD_MOBPRO_2019.csv"
 * ```
 */
export function chooseMember<Member extends ArchiveMember>(
  members: readonly Member[],
  pattern: string,
  file: string,
): Member {
  const files = members.filter(({ path }) => !path.endsWith("/"));
  const exact = files.find(({ path }) => path === pattern.normalize("NFC"));
  if (exact) return exact;
  const found = files.filter(({ path }) => matcher(pattern)(path));
  if (found.length === 1) return found[0] as Member;
  const listed = found.length === 0 ? files : found;
  const names = listed.slice(0, LISTED).map(({ path }) => printable(path, 80));
  throw new QuartiersError({
    what:
      found.length === 0
        ? "L'archive n'a aucun membre de ce nom"
        : `L'archive a ${found.length} membres qui répondent à ce nom`,
    value: pattern,
    where: `${file}, dont les membres sont\u00a0: ${names.join(", ") || "aucun"}${listed.length > LISTED ? `… (${listed.length} en tout)` : ""}`,
    expected: "un seul membre, désigné par son chemin ou son nom («\u202f*\u202f» remplace n'importe quels caractères)",
    remedy: "corriger le membre dans le contrat de la source, ou prendre l'archive du millésime annoncé",
  });
}

interface NamedMember extends ArchiveMember {
  /** A link to another path, which an archive of data has no use for. */
  readonly isLink: boolean;
}

/** Refuses an archive whose directory is hostile: paths that leave it, links, one path for two members, a declared size that would fill the disk. */
export function checkMembers(members: readonly NamedMember[], { maxBytes }: ExtractLimits, file: string): void {
  const refuse = (what: string, value: string): never => {
    throw new QuartiersError({
      what,
      value: printable(value, 120),
      where: file,
      expected: "des chemins relatifs, tous différents, qui restent dans l'archive",
      remedy: "ne pas ouvrir cette archive\u00a0: la télécharger de nouveau chez le producteur, ou lui signaler",
    });
  };
  const seen = new Set<string>();
  let total = 0;
  for (const { path, bytes, isLink } of members) {
    if (path === "" || /\p{Cc}/u.test(path)) refuse("Un membre de l'archive a un nom vide ou illisible", path);
    if (/^[A-Za-z]:/.test(path)) refuse("Un membre de l'archive nomme un disque", path);
    if (/^[/\\]/.test(path)) refuse("Un membre de l'archive a un chemin absolu", path);
    if (path.split(/[/\\]/).includes(".."))
      refuse("Un membre de l'archive sort de son dossier par «\u202f..\u202f»", path);
    if (isLink) refuse("Un membre de l'archive est un lien vers un autre fichier", path);
    if (seen.has(path)) refuse("Deux membres de l'archive ont le même chemin", path);
    seen.add(path);
    total += Number.isNaN(bytes) ? 0 : bytes;
  }
  if (total > maxBytes) throw tooLarge(total, maxBytes, file);
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("fr-FR")}\u00a0Mo`;

/** A size that would fill the disk. */
export const tooLarge = (bytes: number, maxBytes: number, file: string): QuartiersError =>
  new QuartiersError({
    what: "L'archive donnerait trop de données\u00a0: c'est une bombe, ou un fichier que cette limite n'attendait pas",
    value: megabytes(bytes),
    where: file,
    expected: `au plus ${megabytes(maxBytes)}`,
    remedy: "vérifier que l'archive vient du producteur",
  });

/** A size out of proportion with what the archive holds. */
export const tooDense = (bytes: number, packedBytes: number, maxRatio: number, file: string): QuartiersError =>
  new QuartiersError({
    what: "Un membre de l'archive grossit hors de toute proportion\u00a0: c'est une bombe de décompression",
    value: `${megabytes(bytes)} pour ${megabytes(packedBytes)} compressés`,
    where: file,
    expected: `au plus ${maxRatio} fois la taille compressée`,
    remedy: "ne pas ouvrir cette archive\u00a0: la télécharger de nouveau chez le producteur",
  });

/** The kinds of damage, each told apart. */
const archiveFaults = {
  truncated: ["L'archive est tronquée\u00a0: sa fin manque", "la télécharger de nouveau, elle a été coupée en route"],
  damaged: ["L'archive est abîmée", "la télécharger de nouveau"],
  crc: [
    "Un membre de l'archive n'a pas la somme de contrôle qu'elle annonce",
    "la télécharger de nouveau\u00a0: des octets ont changé en route",
  ],
  size: ["Un membre de l'archive n'a pas la taille qu'elle annonce", "la télécharger de nouveau"],
  encrypted: [
    "L'archive est protégée par un mot de passe",
    "demander au fournisseur le fichier sans mot de passe, par un canal sûr",
  ],
  overlap: [
    "Des membres de l'archive se recouvrent\u00a0: c'est une bombe de décompression",
    "ne pas ouvrir cette archive\u00a0: la télécharger de nouveau chez le producteur",
  ],
  method: [
    "Un membre de l'archive est compressé par une méthode que ce lecteur ne connaît pas",
    "l'extraire avec un outil d'archives, puis déposer le fichier extrait",
  ],
  nested: [
    "Le membre de l'archive est lui-même une archive",
    "extraire l'archive intérieure, puis la déposer à la place de l'autre",
  ],
  volume: ["L'archive est en plusieurs volumes", "demander une archive d'un seul tenant"],
} as const satisfies Record<ArchiveFault, readonly [string, string]>;

/** What is expected where it is not a whole archive. */
const expectations: Readonly<Partial<Record<ArchiveFault, string>>> = {
  encrypted: "une archive sans mot de passe",
  overlap: "des membres à la suite les uns des autres",
  method: "une archive ZIP, 7z ou gzip ordinaire",
  nested: "le fichier de données lui-même dans l'archive",
  volume: "une archive en un seul fichier",
};

export type ArchiveFault =
  | "truncated"
  | "damaged"
  | "crc"
  | "size"
  | "encrypted"
  | "overlap"
  | "method"
  | "nested"
  | "volume";

/** An error about an archive, from the table of faults. */
export function archiveFault(
  kind: ArchiveFault,
  where: string,
  { value, expected, cause }: { readonly value?: string; readonly expected?: string; readonly cause?: unknown } = {},
): QuartiersError {
  const [what, remedy] = archiveFaults[kind];
  return new QuartiersError({
    what,
    where,
    remedy,
    ...(value === undefined ? {} : { value: printable(value, 120) }),
    expected: expected ?? expectations[kind] ?? "l'archive entière, telle que le producteur l'a publiée",
    ...(cause === undefined ? {} : { cause }),
  });
}
