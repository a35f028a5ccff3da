import { dataWords, resultWords } from "./card-data-words.ts";
import type { TransparencyCard } from "./transparency-card.ts";

/** A record under the sections of the United Kingdom's Algorithmic Transparency Recording Standard 3.0; English names, French values, so that records of two countries stand side by side. */
export type AtrsRecord = Readonly<Record<string, unknown>>;

/** The same card under the headings of the ATRS 3.0: metadata, tier 1, the five sections of tier 2, and a dataset card a file. */
export function atrsRecord(card: TransparencyCard): AtrsRecord {
  const { items, purpose, decision, method, run, administration, risks, limits, gate, equity } = card;
  return {
    standard: "Algorithmic Transparency Recording Standard, version 3.0",
    language: "fr",
    metadata: {
      name: card.title,
      organisation: administration.name,
      dateUpdated: card.updated,
      geographicRegion: card.territory,
    },
    tier1: {
      name: card.title,
      description: card.summary,
      howAndWhy: `${purpose.why} ${items.operations.join(" ")}`,
      contact: administration.contact,
    },
    tier2: {
      ownerAndResponsibility: {
        organisation: administration.name,
        team: administration.service,
        contact: administration.contact,
        dataProtectionOfficer: administration.dpo,
        externalSupplierInvolvement: "aucun fournisseur : logiciel libre",
      },
      descriptionAndRationale: {
        detailedDescription: `${card.summary} ${purpose.context}`,
        scope: purpose.audience,
        benefit: purpose.why,
        previousProcess: purpose.previousProcess,
        alternativesConsidered: purpose.alternatives,
      },
      decisionMakingProcess: {
        processIntegration: items.contribution,
        providedInformation: `Figures et tableaux du livre : ${run.figures.join(", ")}.`,
        frequencyAndScaleOfUsage: `Décisions par an : ${decision.decisionsPerYear}.`,
        humanDecisionsAndReview: decision.humanOversight,
        appealsAndReview: `${decision.personList.sentence} ${decision.personList.consequence}`,
      },
      toolSpecification: {
        method: method.nature,
        systemArchitecture: method.code,
        version: run.code,
        seed: run.seed,
        parameters: items.parameters.list.map(({ label, value, sentence }) => ({ label, value, sentence })),
        performance: card.sensitivity.map((row) => ({
          parameter: row.parameter,
          measured: row.measured,
          lower: `${row.low.setting} : ${resultWords(row.low.result, row)}`,
          asRun: resultWords(row.base, row),
          higher: `${row.high.setting} : ${resultWords(row.high.result, row)}`,
        })),
        datasets: dataWords(items.data),
      },
      risksMitigationsAndImpactAssessments: {
        legalBasis: purpose.legalGrounds,
        risks,
        limits,
        impactAssessment: `${gate.checked} tables contrôlées, ${gate.hidden} cellules masquées, ${gate.inherited} masquées par leur producteur.`,
        fairness: equity,
      },
    },
    datasetCards: items.data.map(({ title, publisher, vintage, licence, url, file, sha256, synthetic, secrecy }) => ({
      ...{ name: title, publisher, dateOfData: vintage, licence, url, file, sha256, synthetic },
      sensitiveAttributes: `seuil de ${secrecy.minUnits} (${secrecy.unit}), ${secrecy.statedBy}`,
    })),
  };
}
