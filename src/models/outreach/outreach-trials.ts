/** One step of a trial: out of `trials`, `successes` went on. */
export interface TrialStep {
  readonly successes: number;
  readonly trials: number;
  /**
   * Half the width of what rounding hides, as a share: 0.005 when a percent is published and the count was worked back from it; 0 when counts are published.
   */
  readonly rounding: number;
}

/** A published trial of outreach. Gains are gross: in neither place was a comparison group left without any contact. */
export interface OutreachTrial {
  readonly id: "lille-2009" | "gironde-2017";
  readonly name: string;
  readonly from: string;
  readonly until: string;
  readonly place: string;
  readonly benefit: string;
  readonly channel: "courrier" | "appel";
  /** Among eligible persons contacted: those who then claim. */
  readonly applied: TrialStep;
  /** Among those who claim: those who are granted; null when it is not published. */
  readonly granted: TrialStep | null;
  readonly source: string;
  /** What the reader must know before carrying it elsewhere. */
  readonly caution: string;
}

/**
 * Lille: 4 209 insured persons, potentially eligible for the ACS on their tax returns of 2007, drawn at random into three groups that all had a letter; 17 %
 * applied, 55 % of the applicants were granted: 45 % of refusals, mostly because of resources. A cheque raised by the caisse gained little, and the
 * invitation to a meeting (9 % came) cancelled it.
 * Gironde: 1 200 files of the CAF studied, 144 without all their rights, called by agents; 36 claimed, for 210 EUR a month on average.
 */
export const outreachTrials: Readonly<Record<OutreachTrial["id"], OutreachTrial>> = {
  "lille-2009": {
    id: "lille-2009",
    name: "Expérimentation ACS de Lille",
    from: "2009-01-21",
    until: "2009-07-30",
    place: "CPAM de Lille",
    benefit: "ACS (aujourd’hui C2S avec participation)",
    channel: "courrier",
    applied: { successes: 716, trials: 4209, rounding: 0.005 },
    granted: { successes: 394, trials: 716, rounding: 0.005 },
    source:
      "Guthmuller, Jusot, Wittwer et Desprès (2012), Économie et Statistique 455-456\u00a0; calendrier\u00a0: Journal of Human Resources 49(1), 2014",
    caution:
      "Courrier à des assurés repérés sur leurs revenus de 2007, tous groupes réunis\u00a0: rendement brut, sans groupe laissé sans courrier. Effectifs retrouvés depuis des pourcentages arrondis.",
  },
  "gironde-2017": {
    id: "gironde-2017",
    name: "CAF de la Gironde",
    from: "2017-01-01",
    until: "2017-06-30",
    place: "Gironde",
    benefit: "prestations de la CAF (RSA, aides au logement, ASF…)",
    channel: "appel",
    applied: { successes: 36, trials: 144, rounding: 0 },
    granted: null,
    source: "CAF de la Gironde, résultats présentés le 11 décembre 2017 (AEF, dépêche 577131)",
    caution:
      "Appels d’agents à des allocataires dont le non-recours est vérifié\u00a0; d’autres droits que la C2S\u00a0; l’accord n’est pas publié\u00a0; 27\u202f% selon d’autres comptes rendus.",
  },
};

/** Gain of those who claimed in Gironde, EUR per month and foyer, all benefits together: not a gain of the C2S. */
export const girondeGainEurMonth = 210;
