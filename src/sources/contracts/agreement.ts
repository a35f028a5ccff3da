import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { Contract } from "../contract.ts";
import { contractNames, effectiveContract } from "./effective.ts";
import { fromOdcs } from "./odcs-reading.ts";
import { parseYaml } from "./yaml.ts";

export { checkTerms, inForceOn, type Use } from "./terms-check.ts";

/** A contract of a hundred columns takes 40 kB. */
const MAX_BYTES = 1_000_000;

/**
 * Reads a contract file (`*.contrat.yaml`), ours or a partner's.
 * @param file as printed in messages; the path by default
 * @throws QuartiersError naming the line, the field, the value, what is expected and what to do
 */
export function readContract(path: string, file: string = path): Contract {
  const text = readText(path, file);
  const { value, locate } = parseYaml(text, file);
  const contract = fromOdcs(value, file, locate);
  refuseCut(text, file);
  return contract;
}

function readText(path: string, file: string): string {
  let bytes: Buffer;
  try {
    const found = statSync(path);
    // A pipe under this name would be read without end.
    if (!found.isFile()) throw new Error("ni dossier ni tube");
    const { size } = found;
    if (size > MAX_BYTES)
      throw new QuartiersError({
        what: "Ce fichier n'est pas un contrat",
        value: `${size} octets`,
        where: file,
        expected: `${MAX_BYTES} octets au plus`,
        remedy: "demander au partenaire le contrat signé, au format YAML",
      });
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof QuartiersError) throw cause;
    throw new QuartiersError({
      what: "Le contrat ne peut pas être lu",
      where: file,
      expected: "un fichier YAML",
      remedy: "vérifier que ce fichier existe et que l'on a le droit de le lire",
      cause,
    });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new QuartiersError({
      what: "Le contrat n'est pas un texte UTF-8",
      where: file,
      expected: "un texte en UTF-8, au format YAML",
      remedy: "l'enregistrer en UTF-8 ; un contrat signé en PDF se transcrit, il ne se renomme pas",
      cause,
    });
  }
}

/** A contract cut in its last line may be sound, and lack the end of its promises. */
function refuseCut(text: string, file: string): void {
  if (text.endsWith("\n")) return;
  throw new QuartiersError({
    what: "Le contrat s'arrête au milieu d'une ligne",
    where: file,
    expected: "un fichier dont la dernière ligne est terminée par un retour à la ligne",
    remedy: "le demander de nouveau\u00a0; s'il est complet, ajouter un retour à la ligne à la fin",
  });
}

/**
 * The contract under which a partner's file is read, from the signed contract beside it (`<name>.contrat.yaml`, else `contrat.yaml`),
 * or null when there is none. Of two, the one that withdraws the permission holds.
 * @param contract our contract of the source, as the edition of this file has it
 * @param dataFile the file, relative to the data folder
 * @throws QuartiersError when the signed contract is about something else, or is looser than ours
 */
export function agreementFor(
  { dataFolder }: { readonly dataFolder: string },
  contract: Contract,
  dataFile: string,
): Contract | null {
  const folder = posix.dirname(dataFile.replaceAll("\\", "/"));
  const found = contractNames(dataFile)
    .map((name) => posix.join(folder, name))
    .filter((candidate) => existsSync(join(dataFolder, candidate)))
    .map((file) => ({ file, signed: readContract(join(dataFolder, file), file) }));
  // A withdrawal written in either of two contracts about the same data holds.
  const about = found.filter(({ signed }) => signed.id === contract.id);
  const first = about.find(({ signed }) => signed.terms?.permission.status === "retirée") ?? about[0] ?? found[0];
  return first === undefined ? null : effectiveContract(contract, first.signed, dataFile, first.file);
}
