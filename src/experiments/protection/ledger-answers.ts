import { admit } from "../../protection/ledger/admit.ts";
import type { Publication } from "../../protection/ledger/publication.ts";
import { Refusal } from "../../protection/refusal.ts";
import { highsSolver } from "../../protection/solver/highs.ts";

/** What the ledger of publications answers to one of them. */
export interface LedgerAnswer {
  readonly id: string;
  readonly accepted: boolean;
  readonly answer: string;
  /** The published numbers that a reader would combine; "" when accepted. */
  readonly chain: string;
}

/** Gives publications to the ledger one after the other: a refused one does not enter, and is not held against the next. */
export async function ledgerAnswers(publications: readonly Publication[]): Promise<readonly LedgerAnswer[]> {
  const solver = await highsSolver();
  const accepted: Publication[] = [];
  return publications.map((publication) => {
    const { id } = publication;
    try {
      const noted = admit(publication, accepted, solver).some(({ verdict }) => verdict === "empty");
      accepted.push(publication);
      return {
        id,
        accepted: true,
        answer: noted ? "acceptée, avec une note : zone sans personne" : "acceptée",
        chain: "",
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { id, accepted: false, answer: "refusée", chain: error.parts.where ?? "" };
    }
  });
}
