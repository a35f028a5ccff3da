import type { AreaViewer } from "../figures/area-viewer.ts";
import type { Figure } from "../figures/figure.ts";
import type { KeyNumbers } from "../figures/key-numbers.ts";
import { c2sBeneficiairesContract } from "../sources/c2s-beneficiaires.ts";
import { c2sInseeContract } from "../sources/c2s-insee.ts";
import { filosofiCommunesContract } from "../sources/filosofi-communes.ts";
import { filosofiDistributionContract, filosofiMenagesContracts } from "../sources/filosofi-distribution.ts";
import { isAvailable } from "../sources/locate.ts";
import { menagesQpvContract } from "../sources/menages-qpv.ts";
import { minimaSociauxContract } from "../sources/minima-sociaux.ts";
import { plantedTakeUp } from "../sources/planted-take-up.ts";
import { profilQpvContract } from "../sources/profil-qpv.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { rpCommunes2018Contract } from "../sources/rp-communes-2018.ts";
import { rpIndcviContract } from "../sources/rp-indcvi.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { inseeBeneficiaries, partnerBeneficiaries } from "./c2s/beneficiaries.ts";
import { ceilingFigures } from "./c2s/ceiling-figures.ts";
import { contributionFigure } from "./c2s/contribution-figure.ts";
import { contributions } from "./c2s/contributions.ts";
import { dataClause } from "./c2s/data-clause.ts";
import { eligibleFigures } from "./c2s/eligible-figures.ts";
import { expectedFigure } from "./c2s/expected-figure.ts";
import { insideOutside } from "./c2s/inside-outside.ts";
import { c2sKeyNumbers } from "./c2s/key-numbers.ts";
import { explanationTable, participationTable } from "./c2s/law-tables.ts";
import { loadStudy } from "./c2s/load-study.ts";
import { missingOf } from "./c2s/missing-data.ts";
import { defaultOutreach, type OutreachAssumptions, outreachChapter } from "./c2s/outreach.ts";
import { outreachFigure } from "./c2s/outreach-figure.ts";
import { nationalHypotheses, nationalTable, rsaTable } from "./c2s/outside-checks.ts";
import { rankFigures } from "./c2s/rank-figures.ts";
import { type C2sReading, reading } from "./c2s/reading.ts";
import { sensitivity } from "./c2s/sensitivity.ts";
import { splitCommunes } from "./c2s/split-communes.ts";
import { takeUpOf } from "./c2s/take-up.ts";
import { takeUpFigures } from "./c2s/take-up-figures.ts";
import { thresholdTable } from "./c2s/threshold-table.ts";
import { sensitivityTable, truthTable } from "./c2s/trust-tables.ts";
import { c2sViewer } from "./c2s/viewer.ts";
import { weightsReport } from "./c2s/weights-table.ts";
import { c2sCard } from "./cards/c2s.ts";
import type { AlgorithmCard } from "./cards/card.ts";
import { type DataUse, missingDataNote, type Note, note } from "./experiment.ts";

/** What this experiment reads, and what for. */
export const c2sNonTakeUpUse: DataUse = {
  purpose: "non-recours-c2s",
  title: "non-recours à la Complémentaire santé solidaire",
  sources: [
    qpvIndicateursContract,
    qpvPerimetresContract,
    menagesQpvContract,
    profilQpvContract,
    rpIndcviContract,
    c2sBeneficiairesContract,
    c2sInseeContract,
    filosofiCommunesContract,
    filosofiDistributionContract,
    ...filosofiMenagesContracts,
    rpCommunes2018Contract,
    minimaSociauxContract,
  ],
};

export interface C2sNonTakeUpOptions {
  /** Day of the claim whose law applies, yyyy-mm-dd. */
  readonly date?: string;
  readonly seed?: number;
  /** Replicates of the whole chain. */
  readonly draws?: number;
  readonly outreach?: OutreachAssumptions;
}

type Shown = Figure | Note;

export interface C2sNonTakeUp {
  readonly numbers: KeyNumbers;
  readonly missing: Note;
  readonly ceilings: Figure;
  readonly ceilingTable: Figure;
  readonly participation: Figure;
  readonly example: Figure;
  readonly thresholds: Figure;
  readonly weights: Figure;
  readonly map: Figure;
  readonly ranked: Figure;
  readonly outside: Shown;
  readonly outsideTable: Shown;
  /** Where beneficiaries are counted; notes elsewhere. */
  readonly observed: Shown;
  readonly byRight: Shown;
  readonly ranks: Shown;
  readonly diagnostics: Shown;
  readonly expected: Figure;
  readonly contributions: Figure;
  readonly viewer: AreaViewer;
  readonly sensitivity: Figure;
  /** On an invented territory only. */
  readonly truth: Shown;
  readonly nationalCheck: Shown;
  /** The national totals under other assumptions. */
  readonly nationalHypotheses: Shown;
  readonly rsaCheck: Shown;
  readonly outreach: Figure;
  readonly outreachCurve: Figure;
  readonly forbidden: Note;
  readonly clause: Note;
  /** What the numbers say of this territory, in paragraphs that quote them by key. */
  readonly reading: C2sReading;
  /** The card of transparency, computed when it is asked for. */
  readonly card: () => Promise<AlgorithmCard>;
}

/** Year of the beneficiaries: the last of the INSEE file. */
const BENEFICIARIES_YEAR = 2021;

/**
 * Who has a right to the C2S in each neighbourhood, who does not use it where beneficiaries are counted, inside and outside, with intervals over the whole chain; what
 * makes neighbourhoods differ, how far to trust it, and where to go and tell people. A territory without beneficiaries gets no invented ones: expected numbers at national rates.
 */
export async function c2sNonTakeUp(
  opened: Territory,
  { date = "2020-04-01", seed = 20260301, draws = 200, outreach = defaultOutreach }: C2sNonTakeUpOptions = {},
): Promise<C2sNonTakeUp> {
  const territory = forPurpose(opened, c2sNonTakeUpUse.purpose);
  const loaded = await loadStudy(territory, { date, seed, draws });
  const { study, chain, input } = loaded;
  const beneficiaries =
    (await inseeBeneficiaries(territory, { level: "QP", codes: study.codes, year: BENEFICIARIES_YEAR })) ??
    (await partnerBeneficiaries(territory, study.codes));
  const takeUp = beneficiaries ? takeUpOf(study.eligible, beneficiaries, { seed: seed + 1, draws: 1_000 }) : null;
  const planted = plantedTakeUp(territory);
  const split = await splitCommunes(study, input, {
    seed,
    draws,
    year: BENEFICIARIES_YEAR,
    hasCensus: loaded.hasCensus,
  });
  const sides = split ? insideOutside(study, split) : null;
  const eligible = eligibleFigures(study);
  const expected = expectedFigure(study);
  const observed = takeUp ? takeUpFigures(study, takeUp) : null;
  const ranks = takeUp ? rankFigures(study, takeUp) : null;
  const parts = contributions(study, chain.chain, takeUp);
  const all = sensitivity(input);
  // The share of the scheme changes nothing of the eligible: its row is of the non-take-up alone.
  const ofEligible = all.filter(({ scheme }) => scheme === 1);
  const variants = takeUp ? all : ofEligible;
  const plan = outreachChapter(study, takeUp, { seed: seed + 2, draws: 1_000, assumptions: outreach });
  const weights = weightsReport(study, loaded.margins, input.seed);
  const national = await nationalTable(study);
  const hypotheses = await nationalHypotheses(study);
  const facts = {
    hypotheses,
    national,
    variants,
    loaded,
    takeUp,
    sides,
    eligible,
    expected,
    observed,
    ranks,
    weights,
    plan,
    planted,
  };
  const incomeYear = sides ? String(sides.figure.parameters.revenus_des_communes ?? "") || null : null;
  return {
    card: async () => c2sCard({ study, takeUp, variants, plan, outreach, seed, incomeYear }, planted),
    numbers: c2sKeyNumbers(study, facts),
    missing: missingDataNote(territory, missingOf(loaded, { hasBeneficiaries: beneficiaries !== null })),
    ...ceilingFigures(date),
    participation: participationTable(date),
    example: explanationTable(date),
    thresholds: thresholdTable({ lawDate: date, incomeDate: date }),
    weights: weights.table,
    map: eligible.map,
    ranked: eligible.ranked,
    outside: sides?.figure ?? absent("les revenus des communes qui portent les quartiers"),
    outsideTable: sides?.table ?? nothing,
    observed:
      observed?.observed ??
      absent(
        beneficiaries
          ? "au moins cinq quartiers dont le compte est diffusé"
          : "le nombre de bénéficiaires de la C2S par quartier",
      ),
    byRight: observed?.byRight ?? nothing,
    ranks: ranks?.ranks ?? nothing,
    diagnostics: ranks?.diagnostics ?? nothing,
    expected: expected.figure,
    contributions: contributionFigure(study, parts, takeUp),
    viewer: c2sViewer(study, ofEligible, takeUp, parts),
    sensitivity: sensitivityTable(study, variants, { planted, takeUp }),
    truth: planted
      ? truthTable(study, planted, takeUp, beneficiaries ? [...study.lineage, ...beneficiaries.lineage] : study.lineage)
      : nothing,
    nationalCheck: national?.figure ?? nothing,
    nationalHypotheses: hypotheses?.figure ?? nothing,
    rsaCheck: isAvailable(territory, minimaSociauxContract) ? ((await rsaTable(study)) ?? nothing) : nothing,
    outreach: plan.table,
    outreachCurve: outreachFigure(study, plan, { seed: seed + 3, assumptions: outreach }),
    forbidden: plan.forbidden,
    clause: dataClause(c2sInseeContract.secrecy.minUnits),
    reading: reading(study, facts),
  };
}

const nothing: Note = note("");
const absent = (what: string): Note =>
  note(
    `Il faudrait pour cela ${what}. Ce territoire ne l’a pas : la figure n’est pas faite, rien n’est inventé. Sur le territoire d’exemple, le même code la dessine.`,
  );
