import { QuartiersError } from "../../codes/errors.ts";
import { frenchDate } from "../../codes/french.ts";
import { type Contract, termsOf } from "../contract.ts";
import { clauseName, type Signature, type Terms } from "../terms.ts";
import { isDay } from "./consistency.ts";

/** For what, and on which day, data is about to be used. */
export interface Use {
  /** Identifier of the experiment; absent when the caller declares none. */
  readonly purpose?: string;
  /** AAAA-MM-JJ. */
  readonly today: string;
}

/**
 * Refuses a use that the conditions of a contract do not allow, naming the article of the data clause: permission withdrawn (9),
 * retention passed (7), contract not signed by both sides or not yet in force (10), purpose not declared or not in the list (3).
 * Open data passes for any purpose, declared or not. Days are compared as text.
 * @throws QuartiersError
 */
export function checkTerms(contract: Contract, { purpose, today }: Use): void {
  if (!isDay(today))
    throw new QuartiersError({
      what: "Ce jour n'existe pas",
      value: today,
      expected: "un jour du calendrier, AAAA-MM-JJ",
    });
  if (contract.access === "partner" && contract.terms === undefined) throw unsigned(contract);
  const terms = termsOf(contract);
  refuseWithdrawn(contract, terms);
  refuseExpired(contract, terms, today);
  if (contract.access === "partner") refuseUnsigned(contract, terms);
  refuseEarly(contract, terms, today);
  refusePurpose(contract, terms, purpose);
}

const sourceName = ({ title }: Contract): string => `la source «\u202f${title}\u202f»`;
const filesOf = ({ files }: Contract): string => files.join(", ");

function unsigned(contract: Contract): QuartiersError {
  return new QuartiersError({
    what: `Aucun contrat signé n'accompagne ${sourceName(contract)}`,
    where: filesOf(contract),
    expected: clauseName("signatures"),
    remedy: `faire signer la clause que donne «\u202fquartiers clause ${contract.id}\u202f», et ranger le contrat (.contrat.yaml) à côté du fichier`,
  });
}

function refuseWithdrawn(contract: Contract, { permission }: Terms): void {
  if (permission.status !== "retirée") return;
  throw new QuartiersError({
    what: `L'autorisation d'utiliser ${sourceName(contract)} est retirée depuis le ${frenchDate(permission.on)}, par ${permission.by}`,
    where: filesOf(contract),
    expected: clauseName("withdrawal"),
    remedy:
      "ôter cette source du livre et détruire le fichier, ou convenir d'une nouvelle autorisation avec le fournisseur",
  });
}

function refuseExpired(contract: Contract, { retention }: Terms, today: string): void {
  if (retention === "sans limite" || today <= retention) return;
  throw new QuartiersError({
    what: `La durée de conservation de ${sourceName(contract)} est passée depuis le ${frenchDate(retention)}`,
    where: filesOf(contract),
    expected: clauseName("retention"),
    remedy: `détruire le fichier ${filesOf(contract)} et ses copies, ou convenir d'une prolongation avec le fournisseur`,
  });
}

const sides: readonly (readonly [Signature["role"], string])[] = [
  ["fournisseur", "du fournisseur"],
  ["programme", "du programme"],
];

function refuseUnsigned(contract: Contract, { signatures }: Terms): void {
  const missing = sides.filter(([role]) => !signatures.some((signature) => signature.role === role));
  if (missing.length === sides.length) throw unsigned(contract);
  const [side] = missing;
  if (!side) return;
  throw new QuartiersError({
    what: `Il manque la signature ${side[1]} au contrat de ${sourceName(contract)}`,
    where: filesOf(contract),
    expected: clauseName("signatures"),
    remedy: "faire signer le contrat par les deux parties",
  });
}

function refuseEarly(contract: Contract, terms: Terms, today: string): void {
  const day = inForceOn(terms);
  if (today >= day) return;
  throw new QuartiersError({
    what: `Le contrat de ${sourceName(contract)} n'entre en vigueur que le ${frenchDate(day)}`,
    where: filesOf(contract),
    expected: clauseName("signatures"),
    remedy: "attendre ce jour pour lire le fichier",
  });
}

/** The day from which conditions hold: the last of the signatures and, unless it was withdrawn since, of the permission. */
export function inForceOn({ permission, signatures }: Terms): string {
  const granted = permission.status === "accordée" ? [permission.on] : [];
  return [...granted, ...signatures.map(({ on }) => on)].sort().at(-1) ?? permission.on;
}

function refusePurpose(contract: Contract, { purposes }: Terms, purpose: string | undefined): void {
  if (purposes === "toutes" || (purpose !== undefined && purposes.includes(purpose))) return;
  throw new QuartiersError({
    what: `${purpose === undefined ? "Aucune finalité n'est déclarée" : "Cette finalité n'est pas permise"} pour ${sourceName(contract)}`,
    ...(purpose === undefined ? {} : { value: purpose }),
    where: filesOf(contract),
    expected: `${purposes.join(", ") || "aucune finalité n'est convenue"}, ${clauseName("purposes")}`,
    remedy:
      purpose === undefined
        ? "déclarer l'expérience qui lit cette source"
        : "convenir de cette finalité avec le fournisseur, par un contrat signé à nouveau",
  });
}
