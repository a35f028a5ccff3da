import type { DataUse } from "../../experiments/experiment.ts";
import type { Contract } from "../../sources/contract.ts";
import { termsOf } from "../../sources/contract.ts";
import { agreementFor } from "../../sources/contracts/agreement.ts";
import { isIndividual, providerName } from "../../sources/contracts/clause-words.ts";
import { isUnstated } from "../../sources/contracts/threshold.ts";
import { locateSource } from "../../sources/locate.ts";
import type { Terms } from "../../sources/terms.ts";
import type { Territory } from "../../sources/territory.ts";

/** One source that a processing reads in a territory, as its contract describes it. */
export interface ProcessedSource {
  readonly id: string;
  readonly title: string;
  readonly provider: string;
  readonly vintage: string;
  readonly licence: string;
  readonly access: "public" | "partner";
  /** "individual": a row tells of one person or household. "aggregate": it counts several. "reference": nobody is counted. */
  readonly nature: "individual" | "aggregate" | "reference";
  /** What is counted: "personne", "ménage". */
  readonly unit: string;
  readonly minUnits: number;
  readonly thresholdStatedBy: string;
  /** Whether the provider states its threshold, or the strictest known stands in for it. */
  readonly thresholdStated: boolean;
  /** What the columns mean. */
  readonly columns: readonly string[];
  /** Meaning of the columns that, together, might point at a person. */
  readonly quasiIdentifiers: readonly string[];
  readonly terms: Terms;
}

/** One processing of data in the sense of the GDPR: an experiment of the book, with the sources that it finds in this territory. */
export interface Processing {
  readonly title: string;
  readonly purpose: string;
  readonly sources: readonly ProcessedSource[];
}

/** The processings of the book in a territory, in the order of the experiments. Reads contracts, no data. */
export function processings(territory: Territory, uses: readonly DataUse[]): readonly Processing[] {
  return uses.map(({ title, purpose, sources }) => ({
    title,
    purpose,
    sources: sources.flatMap((source) => {
      const located = locateSource(territory, source);
      if (!located) return [];
      const { contract, file } = located;
      const signed = contract.access === "partner" ? agreementFor(territory, contract, file) : null;
      return [processed(signed ?? contract)];
    }),
  }));
}

function processed(contract: Contract): ProcessedSource {
  const { id, title, vintage, licence, access, columns, quasiIdentifiers = [], secrecy } = contract;
  const labels = new Map(columns.map(({ name, label }) => [name, label]));
  return {
    id,
    title,
    provider: providerName(contract),
    vintage,
    licence,
    access,
    nature: secrecy.minUnits <= 1 ? "reference" : isIndividual(contract) ? "individual" : "aggregate",
    unit: secrecy.unit,
    minUnits: secrecy.minUnits,
    thresholdStatedBy: secrecy.statedBy,
    thresholdStated: !isUnstated(secrecy),
    columns: [...labels.values()],
    quasiIdentifiers: quasiIdentifiers.map((name) => labels.get(name) ?? name),
    terms: termsOf(contract),
  };
}
