// The public API: what a notebook imports from "quartiers". Named re-exports grouped by room, nothing else.

export type { CodeCommune, CodeDepartement, CodeIris, CodeQpv, CodeRome, QpvGeneration } from "./codes/code.ts";
// codes
export {
  codeCommune,
  codeDepartement,
  codeIris,
  codeQpv,
  codeRome,
  departementOf,
  qpvGeneration,
  romeDomain,
} from "./codes/code.ts";
export { frenchNumber } from "./codes/french.ts";
export { seededRandom } from "./codes/random.ts";
export type { Column, MissingReason, NumberColumn, Table, TextColumn } from "./codes/table.ts";
export {
  column,
  numberColumn,
  numbers,
  reasonAt,
  rowAt,
  selectColumns,
  table,
  takeRows,
  textColumn,
  texts,
  withColumns,
} from "./codes/table.ts";
// experiments
export { c2sNonTakeUp } from "./experiments/c2s-non-take-up.ts";
export { culturalPractices } from "./experiments/cultural-practices.ts";
export { employmentAccess } from "./experiments/employment-access.ts";
export { employmentDistance } from "./experiments/employment-distance.ts";
export { attack } from "./experiments/protection/attack-lesson.ts";
export { knownAttacks } from "./experiments/protection/attack-list.ts";
export { inventedTable } from "./experiments/protection/invented-table.ts";
export { readScatter } from "./experiments/protection/scatter-read-back.ts";
export { protectionLesson } from "./experiments/protection-lesson.ts";
export { streamStreetTimes, streetTimes } from "./experiments/travel/street-times.ts";
export { transitTimes } from "./experiments/travel/transit-times.ts";
export { transitWalks } from "./experiments/travel/transit-walks.ts";
// figures
export type { AreaViewer } from "./figures/area-viewer.ts";
export { areaViewer } from "./figures/area-viewer.ts";
export { beforeAfter } from "./figures/before-after.ts";
export { classProfiles } from "./figures/class-profiles.ts";
export { contributionBars } from "./figures/contribution-bars.ts";
export { countBars } from "./figures/count-bars.ts";
export { dataTable } from "./figures/data-table.ts";
export { dendrogram } from "./figures/dendrogram.ts";
export { directAgainstModel } from "./figures/direct-against-model.ts";
export { dotPlot } from "./figures/dot-plot.ts";
export { factorMap } from "./figures/factor-map.ts";
export type { Figure } from "./figures/figure.ts";
export { figure } from "./figures/figure.ts";
export { flowMap } from "./figures/flow-map.ts";
export { gapPlot } from "./figures/gap-plot.ts";
export { hourChart } from "./figures/hour-chart.ts";
export { rankChart } from "./figures/interval-rank.ts";
export { isochroneMap } from "./figures/isochrone-map.ts";
export { lorenzCurveChart } from "./figures/lorenz-curve.ts";
export { neighbourhoodMap } from "./figures/neighbourhood-map.ts";
export { normalPlot } from "./figures/normal-plot.ts";
export { outreachCurve } from "./figures/outreach-curve.ts";
export { placeMap } from "./figures/place-map.ts";
export { profileCurve } from "./figures/profile-curve.ts";
export { screeBars } from "./figures/scree-bars.ts";
export { shrinkagePlot } from "./figures/shrinkage-plot.ts";
export { slopeChart } from "./figures/slope-chart.ts";
export { stepChart } from "./figures/step-chart.ts";
export { stripPlot } from "./figures/strip-plot.ts";
export { supplyPracticeWish } from "./figures/supply-practice-wish.ts";
export { waterfall } from "./figures/waterfall.ts";
// models
export { accessClasses } from "./models/access/access-classes.ts";
export { accessGap, accessGapPlan, summariseGaps } from "./models/access/access-gap.ts";
export { balancedFloatingCatchment } from "./models/access/balanced-floating-catchment.ts";
export { balancingCost } from "./models/access/balancing-cost.ts";
export { catchmentRatio } from "./models/access/catchment-ratio.ts";
export { concentrationIndex } from "./models/access/concentration-index.ts";
export { costToClosest, costToShare } from "./models/access/cost-to-closest.ts";
export { cumulativeCutoff, cutoffWeights } from "./models/access/cumulative-cutoff.ts";
export { cumulativeInterval } from "./models/access/cumulative-interval.ts";
export { cumulativeOpportunities } from "./models/access/cumulative-opportunities.ts";
export {
  binaryDecay,
  customDecay,
  decayWeightColumns,
  decayWeights,
  exponentialDecay,
  gaussianDecay,
  linearDecay,
  logisticDecay,
  powerDecay,
  pysalGravityDecay,
  steppedDecay,
} from "./models/access/decay.ts";
export { distanceProfile, distanceProfileFromKm } from "./models/access/distance-profile.ts";
export { distinctCosts } from "./models/access/distinct-costs.ts";
export { doublyConstrained } from "./models/access/doubly-constrained.ts";
export { explainAccess } from "./models/access/explain-access.ts";
export { explainCosts, explainRaam } from "./models/access/explain-costs.ts";
export { fgtPoverty } from "./models/access/fgt-poverty.ts";
export { twoStepFloatingCatchment } from "./models/access/floating-catchment.ts";
export { giniIndex, lorenzCurve } from "./models/access/gini-index.ts";
export { gravity } from "./models/access/gravity.ts";
export { eachGreatCircleRow, greatCircleKm, greatCircleMatrixKm } from "./models/access/great-circle.ts";
export { singleHomes, stackHomes } from "./models/access/home-points.ts";
export { jobFair } from "./models/access/job-fair.ts";
export { alignLandUse } from "./models/access/land-use.ts";
export { matchProfile } from "./models/access/match-profile.ts";
export { matchedOffers, offerFinder } from "./models/access/match-weights.ts";
export { nearestOnSphere, sphereGrid } from "./models/access/nearest-on-sphere.ts";
export { explainOffersPerSeeker, offersPerSeeker } from "./models/access/offers-per-seeker.ts";
export { palmaRatio } from "./models/access/palma-ratio.ts";
export { placeTypology, programmePlaceRules } from "./models/access/place-typology.ts";
export { costOfPolicy, explainPolicyCost } from "./models/access/policy-cost.ts";
export { policyEffect } from "./models/access/policy-effect.ts";
export { raamEquilibrium } from "./models/access/raam-equilibrium.ts";
export { raamScheme } from "./models/access/raam-scheme.ts";
export { groupCosts, mixedReach, quickestOf, reachShares } from "./models/access/reach-shares.ts";
export { singlyConstrained } from "./models/access/singly-constrained.ts";
export { spatialAvailability } from "./models/access/spatial-availability.ts";
export { theilByGroup, theilT } from "./models/access/theil-t.ts";
export { threeStepFloatingCatchment } from "./models/access/three-step-floating-catchment.ts";
export { totalConstrained } from "./models/access/total-constrained.ts";
export { cumulativeAlternatives, leastCostMatrix, travelAlternatives } from "./models/access/travel-alternatives.ts";
export { travelMatrix, unreachedOrigins } from "./models/access/travel-matrix.ts";
export { travelMatrices } from "./models/access/travel-matrix-groups.ts";
export { travelRatios } from "./models/access/travel-ratios.ts";
export { unservedOpportunities } from "./models/access/unserved-opportunities.ts";
export { weightedMean, weightedQuantiles } from "./models/access/weighted-quantile.ts";
export { areaDecomposition } from "./models/areas/area-decomposition.ts";
export { areaIntervals } from "./models/areas/area-draws.ts";
export { benchmarkByDifference, benchmarkByRatio } from "./models/areas/benchmarking.ts";
export { empiricalBayesProportions } from "./models/areas/empirical-bayes-proportions.ts";
export { fayHerriot } from "./models/areas/fay-herriot.ts";
export { fayHerriotDraws } from "./models/areas/fay-herriot-draws.ts";
export { nestedError } from "./models/areas/nested-error.ts";
export { nonTakeUp } from "./models/areas/non-take-up.ts";
export { normalScores } from "./models/areas/normal-scores.ts";
export { randomInterceptLogit } from "./models/areas/random-intercept-logit.ts";
export { randomInterceptDraws, randomInterceptRates } from "./models/areas/random-intercept-rates.ts";
export { rankAreas } from "./models/areas/rank-intervals.ts";
export { shapley } from "./models/areas/shapley.ts";
export { roundedParts } from "./models/areas/shapley-rounding.ts";
export { shareUnderCeiling } from "./models/areas/share-under-ceiling.ts";
export { c2sCeiling, explainC2sCeiling } from "./models/benefits/c2s-ceiling.ts";
export { c2sColumns, c2sSlice } from "./models/benefits/c2s-columns.ts";
export { entitlement } from "./models/benefits/c2s-entitlement.ts";
export { entitlementColumns } from "./models/benefits/c2s-entitlement-columns.ts";
export { explainEntitlement } from "./models/benefits/c2s-explanation.ts";
export { agreeTotals } from "./models/calibration/agree-totals.ts";
export { calibrate } from "./models/calibration/calibrate.ts";
export { areaWeights, calibrateAreas } from "./models/calibration/calibrate-areas.ts";
export { marginTargets } from "./models/calibration/margin-targets.ts";
export { proportionalFitting, proportionalUpdating } from "./models/calibration/proportional-fitting.ts";
export { ridgeOfErrors } from "./models/calibration/ridge.ts";
export { seedColumns } from "./models/calibration/seed-columns.ts";
export { catdes } from "./models/clustering/catdes.ts";
export { chooseClasses } from "./models/clustering/choose-classes.ts";
export { classStability } from "./models/clustering/class-stability.ts";
export { consolidate } from "./models/clustering/consolidate.ts";
export { cutTree } from "./models/clustering/cut-tree.ts";
export { dendrogramShape } from "./models/clustering/dendrogram-shape.ts";
export { typicalProfiles } from "./models/clustering/typical-profiles.ts";
export { wardTree } from "./models/clustering/ward-tree.ts";
export { adjustedPValues } from "./models/comparison/adjusted-p-values.ts";
export { compositionGap } from "./models/comparison/composition-gap.ts";
export { crossCells } from "./models/comparison/cross-cells.ts";
export { equivalence, smallestDetectableGap } from "./models/comparison/equivalence.ts";
export { equivalences } from "./models/comparison/equivalences.ts";
export { rankCorrelation } from "./models/comparison/rank-correlation.ts";
export { standardisedGap } from "./models/comparison/standardised-gap.ts";
export { type CategoricalVariable, categoricalVariable } from "./models/factors/categorical-variable.ts";
export { type CategoryEllipse, categoryEllipses, type EllipseOptions } from "./models/factors/category-ellipses.ts";
export { mca } from "./models/factors/mca.ts";
export type { McaOptions, NamedCategory, NumberVariable } from "./models/factors/mca-options.ts";
export type { CategoryCloud, Mca, SupplementaryCategories, SupplementaryNumbers } from "./models/factors/mca-result.ts";
export { type McaSteps, mcaStepByStep, type StepByStepOptions } from "./models/factors/mca-step-by-step.ts";
export { type ProjectedRows, projectRows } from "./models/factors/project-rows.ts";
export { supplementaryCategories } from "./models/factors/supplementary-categories.ts";
export { supplementaryNumbers } from "./models/factors/supplementary-numbers.ts";
export { type SymmetricEigen, symmetricEigen } from "./models/linear-algebra/symmetric-eigen.ts";
export { assignment } from "./models/matching/assignment.ts";
export { balanceMargins } from "./models/matching/balance-margins.ts";
export { blockingPairs } from "./models/matching/blocking-pairs.ts";
export { bottleneck } from "./models/matching/bottleneck.ts";
export { certificateLines } from "./models/matching/certificate-lines.ts";
export { certifyAssignment, explainAssignment } from "./models/matching/certify-assignment.ts";
export { certifyTransport, explainTransport } from "./models/matching/certify-transport.ts";
export { compareLevels } from "./models/matching/compare-levels.ts";
export { congestion, flowByOffer } from "./models/matching/congestion.ts";
export { deferredAcceptance } from "./models/matching/deferred-acceptance.ts";
export { fairness, priceOfFairness } from "./models/matching/fairness.ts";
export { greedy } from "./models/matching/greedy.ts";
export { explainInevitable, inevitableShare } from "./models/matching/inevitable-share.ts";
export { InfeasibleAssignmentError } from "./models/matching/infeasible.ts";
export { splitByLicence, stackCosts } from "./models/matching/licence-cells.ts";
export { denseCosts, matchCosts } from "./models/matching/match-costs.ts";
export { marketFromCosts } from "./models/matching/matching-market.ts";
export { nearestOffers } from "./models/matching/nearest-offer.ts";
export { entropicTransport, explainEntropic } from "./models/matching/optimal-transport.ts";
export { explainRemovals } from "./models/matching/pair-filters.ts";
export { explainMatch, romeMatching } from "./models/matching/rome-match.ts";
export { transport } from "./models/matching/transport.ts";
export { hasStaggeredShift, shiftConventions, workHours } from "./models/matching/work-hours.ts";
export { bridgeBounds, bridgeShares, noBridge } from "./models/microsimulation/bridge-switches.ts";
export { ceilingThresholds } from "./models/microsimulation/ceiling-thresholds.ts";
export { noErrors } from "./models/microsimulation/chain-input.ts";
export {
  areaDraws,
  chainEstimate,
  chainReplicates,
  mergeReplicates,
} from "./models/microsimulation/chain-replicates.ts";
export { bridgeLaw, disposableIncome } from "./models/microsimulation/disposable-income.ts";
export { eligibilityTable } from "./models/microsimulation/eligibility-table.ts";
export {
  c2sCounts,
  eligibleByCategory,
  eligiblePersons,
  foyerProbabilities,
} from "./models/microsimulation/eligible-persons.ts";
export { nationalBenchmark } from "./models/microsimulation/national-benchmark.ts";
export { nonTakeUpOfDraws } from "./models/microsimulation/non-take-up-draws.ts";
export { placedShares, placementGroupOf } from "./models/microsimulation/placement.ts";
export { placementShifts } from "./models/microsimulation/placement-shifts.ts";
export { realisedCovariance } from "./models/microsimulation/realised-count.ts";
export { referenceSeed } from "./models/microsimulation/reference-seed.ts";
export { rightThresholds, thresholdRule } from "./models/microsimulation/right-thresholds.ts";
export { eligibleInScheme } from "./models/microsimulation/scheme-share.ts";
export { splitFoyers } from "./models/microsimulation/split-foyers.ts";
export { effectiveCounts } from "./models/multilevel/effective-counts.ts";
export { intraclassCorrelation } from "./models/multilevel/intraclass-correlation.ts";
export { leaveAreasOut } from "./models/multilevel/leave-areas-out.ts";
export { medianOddsRatio } from "./models/multilevel/median-odds-ratio.ts";
export { type MixedLinear, mixedLinear } from "./models/multilevel/mixed-linear.ts";
export { type MixedLogit, mixedLogit } from "./models/multilevel/mixed-logit.ts";
export type { MixedLogitInput } from "./models/multilevel/mixed-logit-input.ts";
export type { PopulationCells } from "./models/multilevel/population-cells.ts";
export { type Poststratified, type PoststratifiedRates, poststratify } from "./models/multilevel/poststratify.ts";
export { forbiddenUses } from "./models/outreach/forbidden-uses.ts";
export { outreachByBudget } from "./models/outreach/outreach-by-budget.ts";
export { outreachTrials } from "./models/outreach/outreach-trials.ts";
export { outreachYield } from "./models/outreach/outreach-yield.ts";
export { planOutreach } from "./models/outreach/plan-outreach.ts";
export { averageMarginalEffect } from "./models/regression/average-marginal-effect.ts";
export { coefficientTable } from "./models/regression/coefficient-table.ts";
export { covariateCells } from "./models/regression/covariate-cells.ts";
export { glm } from "./models/regression/glm.ts";
export { likelihoodRatioTest } from "./models/regression/likelihood-ratio-test.ts";
export { modelMatrix } from "./models/regression/model-matrix.ts";
export { predictedMargins } from "./models/regression/predicted-margins.ts";
export { surveyGlm } from "./models/regression/survey-glm.ts";
export { waldTest } from "./models/regression/wald-test.ts";
export { attachPoints } from "./models/streets/attach-points.ts";
export { contractStreets } from "./models/streets/contract-streets.ts";
export { isochrone } from "./models/streets/isochrone.ts";
export { isochroneArea } from "./models/streets/isochrone-area.ts";
export { roadClasses, streetProfile } from "./models/streets/profiles.ts";
export { shortestCosts, shortestPath } from "./models/streets/shortest-path.ts";
export { streetComponents } from "./models/streets/street-components.ts";
export { streetGraph } from "./models/streets/street-graph.ts";
export { eachStreetRow, streetMatrix, streetTargets } from "./models/streets/street-matrix.ts";
export { streetReach } from "./models/streets/street-reach.ts";
export { balancedReplicates } from "./models/survey/balanced-replicates.ts";
export { bootstrapReplicates } from "./models/survey/bootstrap-replicates.ts";
export { calibratedDesign } from "./models/survey/calibrated-design.ts";
export { calibratedReplicates } from "./models/survey/calibrated-replicates.ts";
export { surveyDesign } from "./models/survey/design.ts";
export { means, ratios, totals } from "./models/survey/estimates.ts";
export { givenReplicates } from "./models/survey/given-replicates.ts";
export { groupProportions } from "./models/survey/group-proportions.ts";
export { jackknifeReplicates } from "./models/survey/jackknife-replicates.ts";
export { estimateCovariance, linearisedEstimates } from "./models/survey/linearised-estimate.ts";
export { proportionGap, proportions } from "./models/survey/proportion.ts";
export { quantiles } from "./models/survey/quantiles.ts";
export { independenceTest } from "./models/survey/rao-scott.ts";
export { replicateEstimates } from "./models/survey/replicate-estimates.ts";
export { smoothEstimate } from "./models/survey/smooth-estimate.ts";
export { lonelyUnitWords, varianceWords } from "./models/survey/variance-words.ts";
export { addLine, emptyFeed } from "./models/transit/add-line.ts";
export { clockSeconds, clockText } from "./models/transit/clock.ts";
export { arrivalsByRides, earliestArrivals, latestDepartures } from "./models/transit/earliest-arrivals.ts";
export { explainJourney } from "./models/transit/explain-journey.ts";
export { reverseNetwork } from "./models/transit/network.ts";
export { timetable } from "./models/transit/timetable.ts";
export { transitFeed } from "./models/transit/transit-feed.ts";
export { transitMatrix } from "./models/transit/transit-matrix.ts";
// notebook
export { show } from "./notebook/display.ts";
// protection
export { attackPublished, type PublishedAttack } from "./protection/attack/attack-published.ts";
export { chainSentences } from "./protection/attack/chain-sentences.ts";
export { hiddenIntervals } from "./protection/attack/hidden-intervals.ts";
export { checkDrawing } from "./protection/drawing/check-drawing.ts";
export {
  type DrawingContext,
  type DrawnDimension,
  type DrawnKind,
  type DrawnRate,
  releasedContext,
} from "./protection/drawing/drawing-context.ts";
export { drawingRules } from "./protection/drawing/drawing-rules.ts";
export { safeDrawing } from "./protection/drawing/safe-drawing.ts";
export { type GateFinding, type GateVerdict, verdictOf } from "./protection/gate-finding.ts";
export {
  type EquivalenceClasses,
  equivalenceClasses,
  kAnonymity,
  sampleUniques,
} from "./protection/individual/equivalence-classes.ts";
export {
  expectedReidentifications,
  householdRisks,
  individualRisk,
  individualRiskSdcMicro,
  recordRisks,
} from "./protection/individual/individual-risk.ts";
export {
  type IndividualFileOptions,
  type IndividualFinding,
  type IndividualJudgement,
  judgeIndividualFile,
} from "./protection/individual/judge-individual-file.ts";
export { distinctDiversity, entropyDiversity, recursiveDiversity } from "./protection/individual/l-diversity.ts";
export { keyedPseudonyms } from "./protection/individual/pseudonyms.ts";
export { type SensitiveCounts, sensitiveCounts } from "./protection/individual/sensitive-counts.ts";
export {
  type SpecialUniques,
  specialUniques,
  uniqueMatchProbability,
} from "./protection/individual/special-uniques.ts";
export { tCloseness } from "./protection/individual/t-closeness.ts";
export { appendToLedger, readLedger } from "./protection/ledger/ledger.ts";
export { verifyLedger } from "./protection/ledger/lines.ts";
export { publicationOf } from "./protection/ledger/publication-of.ts";
export { groupedSurvival } from "./protection/model-outputs/grouped-survival.ts";
export { judgeModel } from "./protection/model-outputs/judge-model.ts";
export type { ModelOutput } from "./protection/model-outputs/model-output.ts";
export type { Override } from "./protection/override.ts";
export { perturbationReport } from "./protection/perturbation/accuracy.ts";
export { keyedCells, recordKeys } from "./protection/perturbation/cell-keys.ts";
export { attackerSentence, compareMethods } from "./protection/perturbation/compare-methods.ts";
export { roundCrossed, roundList } from "./protection/perturbation/controlled-rounding.ts";
export { roundLines } from "./protection/perturbation/controlled-search.ts";
export {
  discreteLaplace,
  laplaceBound,
  laplaceSentence,
  laplaceVariance,
} from "./protection/perturbation/discrete-laplace.ts";
export { keyedWords } from "./protection/perturbation/keyed-words.ts";
export { laplaceCounts } from "./protection/perturbation/laplace-counts.ts";
export { methodCostRows } from "./protection/perturbation/method-cost-rows.ts";
export { noiseTable, perturbCounts } from "./protection/perturbation/noise-table.ts";
export { noisedIntervals } from "./protection/perturbation/noised-intervals.ts";
export {
  checkAccount,
  openAccount,
  parseMilliEpsilon,
  spend,
  spentOf,
} from "./protection/perturbation/privacy-account.ts";
export { roundedIntervals } from "./protection/perturbation/rounded-intervals.ts";
export { roundNearest, roundRandomly } from "./protection/perturbation/rounding.ts";
export { roundCrossedUnbiased } from "./protection/perturbation/unbiased-rounding.ts";
export { type Judgement, type Publishable, publish } from "./protection/publish.ts";
export { release } from "./protection/release.ts";
export type { Contributions, ReleaseOptions } from "./protection/release-options.ts";
export type { Released } from "./protection/released.ts";
export { isReleased } from "./protection/released.ts";
export {
  type DominanceRule,
  dominates,
  type NegativeContributions,
  pPercentFails,
} from "./protection/rules/concentration.ts";
export type { ContributionColumns } from "./protection/rules/contributors.ts";
export type { RuleCode, RuleFinding } from "./protection/rules/finding.ts";
export {
  type FrequencyRule,
  frequencyFindings,
  underThreshold,
  type WeightedRule,
} from "./protection/rules/frequency.ts";
export { type CellVerdict, judgeCells, type PrimaryRules } from "./protection/rules/judge-cells.ts";
export { nestedFinding } from "./protection/rules/nested-counts.ts";
export {
  countsBehindRate,
  type PublishedRate,
  type RateGuarantee,
  type RoundingMode,
  rateFinding,
} from "./protection/rules/rounded-rates.ts";
export { type PublishedSummary, summaryFindings } from "./protection/rules/summaries.ts";
export { wholeClassFindings } from "./protection/rules/whole-classes.ts";
export { highsSolver } from "./protection/solver/highs.ts";
export type { StatedNumber, Statement } from "./protection/statement.ts";
export { type AdditiveSystem, type AdditiveTable, additiveSystem } from "./protection/suppression/additive-system.ts";
export { comparePattern, type PatternComparison } from "./protection/suppression/compare-pattern.ts";
export { crossedSystem, type Dimension } from "./protection/suppression/crossed-system.ts";
export { hiddenUnions } from "./protection/suppression/hidden-unions.ts";
export { type MinimumPattern, minimumSuppression } from "./protection/suppression/minimum-suppression.ts";
export type { Pattern } from "./protection/suppression/pattern.ts";
export { type Primary, smallCounts, uncertainAmounts } from "./protection/suppression/primaries.ts";
export { suppressLargeTable } from "./protection/suppression/suppress-large-table.ts";
// sources
export { aggregateSource } from "./sources/aggregate.ts";
export { describeSources, sources } from "./sources/catalogue.ts";
export { readContract } from "./sources/contracts/agreement.ts";
export { clauseText } from "./sources/contracts/clause.ts";
export { datapackage } from "./sources/contracts/datapackage.ts";
export { fromOdcs, odcsYaml, toOdcs } from "./sources/contracts/odcs.ts";
export { readGtfs } from "./sources/formats/gtfs.ts";
export { loadShapes, loadTable } from "./sources/load.ts";
export { loadGtfs } from "./sources/load-gtfs.ts";
export { loadRoads } from "./sources/load-roads.ts";
export { isAvailable } from "./sources/locate.ts";
export { streamSource } from "./sources/stream.ts";
export type { Territory } from "./sources/territory.ts";
export { openTerritory } from "./sources/territory.ts";
export { readTravelMatrix } from "./sources/travel-matrix-file.ts";
export { writeTravelMatrix } from "./sources/travel-matrix-write.ts";
// tables
export { groupBy } from "./tables/aggregate.ts";
export { apportion } from "./tables/apportion.ts";
export { apportionPoints } from "./tables/apportion-points.ts";
export { apportionRate } from "./tables/apportion-rate.ts";
export { areaShares } from "./tables/area-shares.ts";
export { communeHistory } from "./tables/commune-history.ts";
export { communePassage, formerCodesPassage } from "./tables/commune-passage.ts";
export { convert } from "./tables/convert.ts";
export { countLocated } from "./tables/count-located.ts";
export { h3Parent, h3Resolution } from "./tables/h3-cell.ts";
export { populatedSquares, representativePoints } from "./tables/home-points.ts";
export { joinTables } from "./tables/join.ts";
export { licenceDemand } from "./tables/licence-demand.ts";
export { count, max, mean, median, min, share, sum } from "./tables/measures.ts";
export { loadNeighbourhoods } from "./tables/neighbourhoods.ts";
export { chainPassages, describePassage, qpvPassage, weighPassage } from "./tables/passage.ts";
export { convertQpv, passageQpv } from "./tables/passage-qpv.ts";
export { countPoints, locatePairs, locatePoints } from "./tables/point-in-polygon.ts";
export { pointIndex } from "./tables/point-index.ts";
export { overlapMatrix } from "./tables/polygon-overlap.ts";
export { squareCentres } from "./tables/square-points.ts";
export { weightShares } from "./tables/weight-shares.ts";
