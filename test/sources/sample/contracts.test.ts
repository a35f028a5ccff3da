import { describe, expect, test } from "vitest";
import { basilicContract } from "../../../src/sources/basilic.ts";
import { c2sBeneficiairesContract } from "../../../src/sources/c2s-beneficiaires.ts";
import { c2sInseeContract } from "../../../src/sources/c2s-insee.ts";
import { cogMouvementsContract } from "../../../src/sources/cog-mouvements.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { demandeursEmploiRomeContract } from "../../../src/sources/demandeurs-emploi-rome.ts";
import { enquetePratiquesContract } from "../../../src/sources/enquete-pratiques.ts";
import { filosofiCarreauxContract } from "../../../src/sources/filosofi-carreaux.ts";
import { filosofiDistributionContract, filosofiMenagesContracts } from "../../../src/sources/filosofi-distribution.ts";
import { frequentationCulturelleContract } from "../../../src/sources/frequentation-culturelle.ts";
import { gtfsContract, gtfsFeeds } from "../../../src/sources/gtfs.ts";
import { irisContoursContract } from "../../../src/sources/iris-contours.ts";
import { loadShapes, loadTable } from "../../../src/sources/load.ts";
import { menagesQpvContract } from "../../../src/sources/menages-qpv.ts";
import { missionsInterimContract } from "../../../src/sources/missions-interim.ts";
import { populationHorsQpvContract, populationQpvContract } from "../../../src/sources/population-qpv.ts";
import { profilQpvContract } from "../../../src/sources/profil-qpv.ts";
import { qpvPerimetres2024Contract } from "../../../src/sources/qpv-perimetres-2024.ts";
import { rpIndcviContract } from "../../../src/sources/rp-indcvi.ts";
import { rpMobproContract } from "../../../src/sources/rp-mobpro.ts";
import { rpPopulationIrisContract } from "../../../src/sources/rp-population-iris.ts";
import { sireneEtablissementsContract } from "../../../src/sources/sirene-etablissements.ts";
import { sireneGeolocalisationContract } from "../../../src/sources/sirene-geolocalisation.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { trajectoiresContract } from "../../../src/sources/trajectoires.ts";
import { folder } from "./written.ts";

const open = (purpose: string): ReturnType<typeof openTerritory> =>
  openTerritory({ data: folder, today: "2026-11-24", purpose });

const publicOnes: readonly (readonly [string, Contract])[] = [
  c2sInseeContract,
  rpPopulationIrisContract,
  filosofiCarreauxContract,
  filosofiDistributionContract,
  ...filosofiMenagesContracts,
  cogMouvementsContract,
  sireneEtablissementsContract,
  sireneGeolocalisationContract,
  rpMobproContract,
  rpIndcviContract,
  populationQpvContract,
  populationHorsQpvContract,
  basilicContract,
  ...gtfsFeeds
    .filter(({ id }) => id === "gtfs-urbain" || id === "gtfs-regional")
    .flatMap((feed) => ["stops", "stop_times", "calendar_dates"].map((table) => gtfsContract(feed, table))),
].map((contract) => [contract.id, contract] as const);

describe("the grown files pass the contracts that real files pass", () => {
  test.each(publicOnes)("%s", async (_, contract) => {
    const { numRows, lineage } = await loadTable(open("essai"), contract);
    expect(numRows).toBeGreaterThan(3);
    expect(lineage.every(({ synthetic }) => synthetic)).toBe(true);
  });

  test("shapes of the IRIS and of the neighbourhoods of 2024", async () => {
    expect((await loadShapes(open("essai"), irisContoursContract)).shapes.length).toBe(327);
    expect((await loadShapes(open("essai"), qpvPerimetres2024Contract)).shapes.length).toBeGreaterThan(70);
  });

  test.each([
    ["distance-emploi", demandeursEmploiRomeContract],
    ["distance-emploi", missionsInterimContract],
    ["non-recours-c2s", c2sBeneficiairesContract],
    ["non-recours-c2s", menagesQpvContract],
    ["non-recours-c2s", profilQpvContract],
    ["pratiques-culturelles", frequentationCulturelleContract],
    ["pratiques-culturelles", enquetePratiquesContract],
    ["trajectoires-emploi", trajectoiresContract],
  ] as const)("for %s, a partner's file under its signed contract, and for nothing else", async (purpose, contract) => {
    expect((await loadTable(open(purpose), contract)).numRows).toBeGreaterThan(50);
    await expect(loadTable(open("publicité"), contract)).rejects.toThrow(/article 3/);
  });
});
