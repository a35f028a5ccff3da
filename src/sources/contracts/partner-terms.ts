import type { Terms } from "../terms.ts";

/** Who signs for one side. */
export interface Signatory {
  readonly organisation: string;
  readonly name: string;
  /** AAAA-MM-JJ. */
  readonly on: string;
}

export interface PartnerTermsOptions {
  readonly provider: Signatory;
  readonly programme: Signatory;
  /** Identifiers of the experiments that may use the data. */
  readonly purposes: readonly string[];
  /** Last day of use and keeping, AAAA-MM-JJ. */
  readonly retention: string;
  readonly legalBasis?: string;
  readonly recipients?: readonly string[];
}

/**
 * Conditions signed by both sides, with the usual words where none are given: what a signed contract adds to ours.
 * The permission is granted by the provider on the day of its signature.
 * @example
 * ```ts
 * const side = { organisation: "Caisse", name: "C. Martin", on: "2026-01-05" };
 * partnerTerms({ provider: side, programme: side, purposes: ["non-recours-c2s"], retention: "2027-12-31" }).permission.by // "Caisse"
 * ```
 */
export function partnerTerms(options: PartnerTermsOptions): Terms {
  const { provider, programme, purposes, retention } = options;
  return {
    legalBasis: options.legalBasis ?? "mission d'intérêt public du programme (RGPD, art. 6, 1, e)",
    purposes,
    recipients: options.recipients ?? ["les membres de l'équipe du programme nommément désignés"],
    retention,
    permission: { status: "accordée", on: provider.on, by: provider.organisation },
    signatures: [
      { organisation: provider.organisation, role: "fournisseur", name: provider.name, on: provider.on },
      { organisation: programme.organisation, role: "programme", name: programme.name, on: programme.on },
    ],
  };
}
