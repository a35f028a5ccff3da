import { frenchOf } from "../../codes/french.ts";
import { texts } from "../../codes/table.ts";
import type { Progress } from "../../engine/progress.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { populationQpvContract } from "../../sources/population-qpv.ts";
import { rpCommunes2018Contract } from "../../sources/rp-communes-2018.ts";
import type { Territory } from "../../sources/territory.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import { type AreaFigures, areaFigures } from "./area-figures.ts";
import { areaStudy, type OutingAreas } from "./area-study.ts";
import { type CommuneExpected, communeExpected } from "./commune-expected.ts";
import { type PostStrata, postStrata } from "./post-strata.ts";
import type { PracticeSurvey } from "./practice-survey.ts";
import type { PlacedSupply } from "./supply.ts";

/** The outing that is drawn neighbourhood by neighbourhood: the one whose places are near. */
const drawnOuting = "biblio";

/** Rates of neighbourhoods, with what they rest on. */
export interface NeighbourhoodRates {
  readonly strata: PostStrata;
  readonly study: readonly OutingAreas[];
  readonly drawn: OutingAreas;
  readonly figures: AreaFigures;
}

/** Rates of neighbourhoods where a survey knows them and their composition is published; null elsewhere. */
export async function neighbourhoodRates(
  territory: Territory,
  survey: PracticeSurvey,
  places: Neighbourhoods,
  supply: PlacedSupply | null,
  { seed, draws, progress }: { readonly seed: number; readonly draws: number; readonly progress: Progress },
): Promise<NeighbourhoodRates | null> {
  if (!survey.homes || !isAvailable(territory, populationQpvContract)) return null;
  const strata = await postStrata(territory, survey);
  const codes = texts(places.table, "code_qp").values.map((code) => code ?? "");
  const study = areaStudy(survey, strata, { codes, placed: supply }, { seed, draws }, progress);
  const drawn = study.find(({ outing }) => outing.practice.name === drawnOuting) ?? study[0];
  if (!drawn) return null;
  const nameOf = new Map(codes.map((code, row) => [code, texts(places.table, "nom_qp").values[row] ?? code]));
  const figures = areaFigures(strata, study, drawn, {
    names: strata.codes.map((code) => nameOf.get(code) ?? code),
    field: `quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`,
    lineage: survey.lineage,
  });
  return { strata, study, drawn, figures };
}

/** What the composition of the host communes makes one expect, where it is published. */
export async function expectedOf(
  territory: Territory,
  survey: PracticeSurvey,
  { table }: Neighbourhoods,
): Promise<CommuneExpected | null> {
  if (!isAvailable(territory, rpCommunes2018Contract)) return null;
  const communes = await loadTable(territory, rpCommunes2018Contract);
  return communeExpected(
    survey,
    communes,
    texts(table, "code_commune").values.map((code) => code ?? ""),
    "cinema",
  );
}
