import { frenchOf } from "../codes/french.ts";
import { type Progress, silentProgress } from "../engine/progress.ts";
import type { Figure } from "../figures/figure.ts";
import type { KeyNumbers } from "../figures/key-numbers.ts";
import { bpeIrisContract } from "../sources/bpe-iris.ts";
import { bpeXyContract } from "../sources/bpe-xy.ts";
import { communesContract } from "../sources/communes.ts";
import { communesContoursContract } from "../sources/communes-contours.ts";
import { enqueteLoisirsContract } from "../sources/enquete-loisirs.ts";
import { enquetePratiquesContract } from "../sources/enquete-pratiques.ts";
import { filosofiCarreauxContract } from "../sources/filosofi-carreaux.ts";
import { isAvailable } from "../sources/locate.ts";
import { plantedPractices } from "../sources/planted-practices.ts";
import { populationQpvContract } from "../sources/population-qpv.ts";
import { pratiquesLoisirsContract } from "../sources/pratiques-loisirs.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { rpCommunes2018Contract } from "../sources/rp-communes-2018.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { loadNeighbourhoods } from "../tables/neighbourhoods.ts";
import type { AlgorithmCard } from "./cards/card.ts";
import { cultureCard } from "./cards/culture.ts";
import { classFigures } from "./culture/class-figures.ts";
import { communeFigure } from "./culture/commune-figure.ts";
import { communeSupplyFigures } from "./culture/commune-supply-figures.ts";
import { distanceEffects } from "./culture/distance-effect.ts";
import { effectFigure } from "./culture/effect-figure.ts";
import { loadFacilities } from "./culture/facilities.ts";
import { type CultureFacts, cultureNumbers } from "./culture/facts.ts";
import { gapFigures } from "./culture/gap-figures.ts";
import { isochroneFigure } from "./culture/isochrone-figure.ts";
import { leisureActivities, weightedLeisure } from "./culture/leisure-surveys.ts";
import { mapFigures } from "./culture/map-figures.ts";
import { stepFigures } from "./culture/map-steps.ts";
import { cultureMissing } from "./culture/missing-data.ts";
import { expectedOf, neighbourhoodRates } from "./culture/neighbourhood-rates.ts";
import { outingFigures } from "./culture/outing-figures.ts";
import { partnerPractices } from "./culture/partner-survey.ts";
import { practiceClasses } from "./culture/practice-classes.ts";
import { practiceClause } from "./culture/practice-clause.ts";
import { practiceGaps } from "./culture/practice-gaps.ts";
import { practiceMap } from "./culture/practice-map.ts";
import type { PracticeSurvey } from "./culture/practice-survey.ts";
import { publishedTable } from "./culture/published-table.ts";
import { rateFigures } from "./culture/rate-figures.ts";
import { type CultureReading, cultureReading } from "./culture/reading.ts";
import { screeFigure } from "./culture/scree-figure.ts";
import { communeSupply, placedSupply } from "./culture/supply.ts";
import { mainThreshold, placedSupplyFigures } from "./culture/supply-figures.ts";
import { truthCheck } from "./culture/truth-table.ts";
import { type DataUse, missingDataNote, type Note, note } from "./experiment.ts";

/** What this experiment reads, and what for. */
export const culturalPracticesUse: DataUse = {
  purpose: "pratiques-culturelles",
  title: "pratiques culturelles et offre",
  sources: [
    qpvIndicateursContract,
    qpvPerimetresContract,
    enquetePratiquesContract,
    populationQpvContract,
    enqueteLoisirsContract,
    pratiquesLoisirsContract,
    bpeXyContract,
    bpeIrisContract,
    filosofiCarreauxContract,
    communesContract,
    communesContoursContract,
    rpCommunes2018Contract,
  ],
};

export interface CulturalPracticesOptions {
  readonly seed?: number;
  /** Draws of the rates of neighbourhoods. */
  readonly draws?: number;
  /** Resamples for the stability of classes. */
  readonly resamples?: number;
  readonly progress?: Progress;
}

type Shown = Figure | Note;

export interface CulturalPractices {
  readonly numbers: KeyNumbers;
  readonly missing: Note;
  readonly published: Figure;
  readonly rates: Readonly<Record<"all" | "byAge" | "byDiploma" | "byOccupation", Figure>>;
  readonly map: Figure;
  readonly contributions: Figure;
  readonly scree: Figure;
  readonly steps: Readonly<Record<"burt" | "matrix" | "vector" | "contribution", Shown>>;
  readonly dendrogram: Figure;
  readonly classProfiles: Figure;
  readonly classTable: Figure;
  readonly gaps: Figure;
  readonly gapTable: Figure;
  /** Notes where no survey knows the neighbourhood. */
  readonly distance: Shown;
  readonly areas: Shown;
  readonly areaCheck: Shown;
  readonly supply: Readonly<Record<"within" | "table", Figure> & Record<"byMode" | "map", Shown>>;
  readonly isochrones: Shown;
  readonly triangle: Shown;
  readonly areaTriangle: Shown;
  readonly brakes: Shown;
  /** On an invented territory only. */
  readonly truth: Shown;
  readonly truthAreas: Shown;
  readonly clause: Note;
  /** What the numbers say of this territory, in paragraphs that quote them by key. */
  readonly reading: CultureReading;
  /** The card of transparency, computed when it is asked for. */
  readonly card: () => Promise<AlgorithmCard>;
}

/** Threshold of the partner's survey, for the clause. */
const minUnits = 11;

/**
 * What residents do, what is offered, what they wish for, and whether distance explains it: rates with design-based intervals, the map and the classes of practices, the
 * gap with elsewhere tested for difference and for equivalence, the effect of distance, rates of neighbourhoods by a multilevel model, and the supply at travel times.
 * A territory whose survey does not know the neighbourhood gets no effect of it.
 */
export async function culturalPractices(
  opened: Territory,
  { seed = 20260301, draws = 500, resamples = 50, progress = silentProgress }: CulturalPracticesOptions = {},
): Promise<CulturalPractices> {
  const territory = forPurpose(opened, culturalPracticesUse.purpose);
  const region = frenchOf(territory.label);
  const places = await loadNeighbourhoods(territory);
  const facilities = await loadFacilities(territory);
  const supply = await placedSupply(territory, places, facilities, progress);
  const communeLevel = supply ? null : communeSupply(places, facilities);
  const supplyFigures = supply
    ? placedSupplyFigures(places, supply, region)
    : communeSupplyFigures(places, communeSupply(places, facilities), region);
  const { rates, mapped } = await surveysOf(territory);
  const rateFigs = rateFigures(rates);
  const map = practiceMap(mapped);
  const classes = practiceClasses(map, { seed, draws: resamples }, progress);
  const gaps = practiceGaps(mapped);
  const gapFigs = gapFigures(mapped, gaps);
  const effects = distanceEffects(mapped);
  const local = await neighbourhoodRates(territory, mapped, places, supply, { seed, draws, progress });
  const communes = local ? null : await expectedOf(territory, rates, places);
  const outings = outingFigures(mapped, supply, mainThreshold);
  const planted = plantedPractices(territory);
  const truth =
    planted && local && effects
      ? truthCheck(mapped, planted, { gaps, effects, areas: local.study, strata: local.strata })
      : null;
  const facts: CultureFacts = {
    rates,
    mapped,
    rateFigures: rateFigs,
    classes,
    gaps,
    gapFigures: gapFigs,
    effects,
    areas: local?.study ?? [],
    drawn: local?.drawn ?? null,
    communes,
    supply,
    communeSupply: communeLevel,
    neighbourhoods: places.table.numRows,
    truth,
  };
  const { map: factor, contributions } = mapFigures(map);
  const { dendrogram, profiles, table: classTable } = classFigures(classes);
  const empty = note("");
  return {
    card: async () => cultureCard({ classes, gaps, local, supply, seed, draws, resamples }, places, planted),
    numbers: cultureNumbers(facts),
    missing: missingDataNote(territory, cultureMissing({ homes: mapped.homes !== null, placed: supply !== null })),
    published: publishedTable(supply, places.table.numRows),
    rates: rateFigs,
    map: factor,
    contributions,
    scree: screeFigure(map),
    steps: stepFigures(mapped) ?? { burt: empty, matrix: empty, vector: empty, contribution: empty },
    dendrogram,
    classProfiles: profiles,
    classTable,
    gaps: gapFigs.plot,
    gapTable: gapFigs.table,
    distance: effects ? effectFigure(mapped, effects).figure : empty,
    areas: local?.figures.direct ?? (communes ? communeFigure(communes, region) : empty),
    areaCheck: local?.figures.check ?? empty,
    supply: {
      within: supplyFigures.within,
      byMode: supplyFigures.byMode ?? empty,
      map: supplyFigures.map ?? empty,
      table: supplyFigures.table,
    },
    isochrones: (supply ? isochroneFigure(places, supply) : null) ?? empty,
    triangle: outings?.triangle ?? empty,
    areaTriangle: local?.figures.triangle ?? empty,
    brakes: outings?.brakes ?? empty,
    truth: truth?.gapTable ?? empty,
    truthAreas: truth?.outingTable ?? empty,
    clause: practiceClause(minUnits),
    reading: cultureReading(facts),
  };
}

/** One survey that knows everything where a partner gives it; otherwise a weighted one for rates, a longer one for the map. */
async function surveysOf(
  territory: Territory,
): Promise<{ readonly rates: PracticeSurvey; readonly mapped: PracticeSurvey }> {
  if (isAvailable(territory, enquetePratiquesContract)) {
    const survey = await partnerPractices(territory);
    return { rates: survey, mapped: survey };
  }
  return { rates: await weightedLeisure(territory), mapped: await leisureActivities(territory) };
}
