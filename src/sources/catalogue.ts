import { statSync } from "node:fs";
import { banAdressesContracts } from "./ban-adresses.ts";
import {
  beloHorizonteHexagonesContract,
  beloHorizonteTempsContract,
  portoAlegreHexagonesContract,
  portoAlegreLieuxContract,
} from "./bancs-essai.ts";
import { basilicContract } from "./basilic.ts";
import { bassinsEmploiContract } from "./bassins-emploi.ts";
import { bmoContract, bmoEchantillonContract } from "./bmo.ts";
import { bpeIris2021Contract, bpeXy2021Contract } from "./bpe-2021.ts";
import { bpeCommunes2023Contract } from "./bpe-communes-2023.ts";
import { bpeCultureFranceContract } from "./bpe-culture-france.ts";
import { bpeIrisContract } from "./bpe-iris.ts";
import { bpeIrisOuestContract } from "./bpe-iris-ouest.ts";
import { bpeXyContract } from "./bpe-xy.ts";
import { c2sBeneficiairesContract } from "./c2s-beneficiaires.ts";
import { c2sInseeContract } from "./c2s-insee.ts";
import { cogMouvementsContract } from "./cog-mouvements.ts";
import { communePointsContract } from "./commune-points.ts";
import { communesContract } from "./communes.ts";
import { communesContoursContract } from "./communes-contours.ts";
import { contoursCog2018Contracts } from "./contours-cog2018.ts";
import { type Contract, editionsOf } from "./contract.ts";
import { daresDemandeursEmploiContract } from "./dares-demandeurs-emploi.ts";
import { demandeursEmploiRomeContract } from "./demandeurs-emploi-rome.ts";
import { departementsContoursContract } from "./departements-contours.ts";
import { enqueteLoisirsContract } from "./enquete-loisirs.ts";
import { enquetePratiquesContract } from "./enquete-pratiques.ts";
import { fapRomeContract } from "./fap-rome.ts";
import { filosofiCarreauxContract } from "./filosofi-carreaux.ts";
import { filosofiCommunesContract } from "./filosofi-communes.ts";
import {
  filosofiDistributionContract,
  filosofiMenagesContracts,
  filosofiPauvreteContract,
} from "./filosofi-distribution.ts";
import { filosofiEpciContract } from "./filosofi-epci.ts";
import { filosofiIrisContract } from "./filosofi-iris.ts";
import { frequentationCulturelleContract } from "./frequentation-culturelle.ts";
import { grilleCentraliteContract } from "./grille-centralite.ts";
import { grilleDensiteContract } from "./grille-densite.ts";
import { grilleRuraliteContract } from "./grille-ruralite.ts";
import { gtfsContract, gtfsFeeds } from "./gtfs.ts";
import { inseeQpvDemandeursContract, inseeQpvDemographieContract, inseeQpvRevenusContract } from "./insee-qpv.ts";
import { inseeQpv2024Revenus2021Contract, inseeQpvRevenus2021Contract } from "./insee-qpv-2021.ts";
import { irisContoursContract } from "./iris-contours.ts";
import { howToGet, locateSource } from "./locate.ts";
import { menagesQpvContract } from "./menages-qpv.ts";
import { metiersTensionContract } from "./metiers-tension.ts";
import { minimaSociauxContract } from "./minima-sociaux.ts";
import { missionsInterimContract } from "./missions-interim.ts";
import { nafLibellesContract } from "./naf-libelles.ts";
import { offresEmploiContract } from "./offres-emploi.ts";
import { osmRoutesContracts } from "./osm-routes.ts";
import { peOffresDepartementsContract, peOffresSaisonnieresContract } from "./pe-offres-echantillons.ts";
import { populationDepartementsContract } from "./population-departements.ts";
import { populationHorsQpvContract, populationQpvContract } from "./population-qpv.ts";
import { pratiquesLoisirsContract } from "./pratiques-loisirs.ts";
import { profilQpvContract } from "./profil-qpv.ts";
import { qpvCommunes2024Contract } from "./qpv-communes-2024.ts";
import { qpvIndicateursContract } from "./qpv-indicateurs.ts";
import { qpvListe2024Contract } from "./qpv-liste-2024.ts";
import { qpvPerimetresContract } from "./qpv-perimetres.ts";
import { qpvPerimetres2015Contract } from "./qpv-perimetres-2015.ts";
import { qpvPerimetres2024Contract } from "./qpv-perimetres-2024.ts";
import { romeAppellationsContract } from "./rome-appellations.ts";
import { romeArborescenceContract } from "./rome-arborescence.ts";
import { romeCodesContract } from "./rome-codes.ts";
import { romeConnexesContract } from "./rome-connexes.ts";
import { romeIscoContract } from "./rome-isco.ts";
import { romeLibellesContract } from "./rome-libelles.ts";
import { romeMobilitesContract } from "./rome-mobilites.ts";
import { romeNafContract } from "./rome-naf.ts";
import { rome4Contracts } from "./rome4.ts";
import { irisParis2017Contract, rpActiviteIrisContract } from "./rp-activite-iris.ts";
import { rpCommunes2018Contract } from "./rp-communes-2018.ts";
import { rpIndcviContract } from "./rp-indcvi.ts";
import { rpMobproContract } from "./rp-mobpro.ts";
import { rpPopulationIrisContract } from "./rp-population-iris.ts";
import { sireneEtablissementsContract } from "./sirene-etablissements.ts";
import { sireneGeolocalisationContract } from "./sirene-geolocalisation.ts";
import type { Territory } from "./territory.ts";
import { trajectoiresContract } from "./trajectoires.ts";

/** Sources on one subject, in the order of the catalogue. */
export interface Theme {
  /** As a heading: "Revenus". */
  readonly name: string;
  readonly contracts: readonly Contract[];
}

/** Every source by theme. A GTFS feed stands there by its stops; `gtfsContract` gives its other tables. */
export function themes(): readonly Theme[] {
  return [
    {
      name: "Territoires",
      contracts: [
        communesContract,
        cogMouvementsContract,
        communePointsContract,
        communesContoursContract,
        departementsContoursContract,
        ...contoursCog2018Contracts,
        irisContoursContract,
        grilleDensiteContract,
        grilleCentraliteContract,
        grilleRuraliteContract,
        bassinsEmploiContract,
        ...banAdressesContracts,
      ],
    },
    {
      name: "Quartiers prioritaires",
      contracts: [
        qpvIndicateursContract,
        qpvPerimetresContract,
        qpvPerimetres2015Contract,
        qpvPerimetres2024Contract,
        qpvListe2024Contract,
        qpvCommunes2024Contract,
        inseeQpvRevenusContract,
        inseeQpvRevenus2021Contract,
        inseeQpv2024Revenus2021Contract,
        inseeQpvDemographieContract,
        inseeQpvDemandeursContract,
        menagesQpvContract,
        profilQpvContract,
        populationQpvContract,
        populationHorsQpvContract,
      ],
    },
    {
      name: "Revenus",
      contracts: [
        filosofiCommunesContract,
        filosofiEpciContract,
        filosofiDistributionContract,
        filosofiPauvreteContract,
        ...filosofiMenagesContracts,
        filosofiIrisContract,
        filosofiCarreauxContract,
      ],
    },
    {
      name: "Population",
      contracts: [
        rpCommunes2018Contract,
        rpPopulationIrisContract,
        rpActiviteIrisContract,
        irisParis2017Contract,
        rpIndcviContract,
        populationDepartementsContract,
      ],
    },
    {
      name: "Emploi",
      contracts: [
        demandeursEmploiRomeContract,
        offresEmploiContract,
        missionsInterimContract,
        trajectoiresContract,
        daresDemandeursEmploiContract,
        bmoContract,
        bmoEchantillonContract,
        metiersTensionContract,
        peOffresDepartementsContract,
        peOffresSaisonnieresContract,
        sireneEtablissementsContract,
        sireneGeolocalisationContract,
        rpMobproContract,
      ],
    },
    {
      name: "Métiers et activités",
      contracts: [
        romeCodesContract,
        romeMobilitesContract,
        romeAppellationsContract,
        romeArborescenceContract,
        romeLibellesContract,
        ...rome4Contracts,
        romeNafContract,
        romeConnexesContract,
        romeIscoContract,
        fapRomeContract,
        nafLibellesContract,
      ],
    },
    {
      name: "Santé et droits sociaux",
      contracts: [c2sBeneficiairesContract, c2sInseeContract, minimaSociauxContract],
    },
    {
      name: "Culture et équipements",
      contracts: [
        bpeIrisContract,
        bpeIrisOuestContract,
        bpeIris2021Contract,
        bpeXyContract,
        bpeXy2021Contract,
        bpeCommunes2023Contract,
        bpeCultureFranceContract,
        basilicContract,
        frequentationCulturelleContract,
        enqueteLoisirsContract,
        pratiquesLoisirsContract,
        enquetePratiquesContract,
      ],
    },
    {
      name: "Transports",
      contracts: [...osmRoutesContracts, ...gtfsFeeds.map((feed) => gtfsContract(feed, "stops"))],
    },
    {
      name: "Bancs d'essai",
      contracts: [
        beloHorizonteTempsContract,
        beloHorizonteHexagonesContract,
        portoAlegreHexagonesContract,
        portoAlegreLieuxContract,
      ],
    },
  ];
}

/** Every source, in the order of the catalogue. */
export function sources(): readonly Contract[] {
  return themes().flatMap(({ contracts }) => contracts);
}

/** One line of the catalogue of a territory. */
export interface SourceDescription {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  readonly publisher: string;
  readonly licence: string;
  /** Of the edition that is there, else of the newest known. */
  readonly vintage: string;
  readonly geography: string;
  readonly access: "public" | "partner";
  readonly available: boolean;
  /** The file that is there, relative to the data folder; null when none is. */
  readonly file: string | null;
  /** Size of that file, null when none is there. */
  readonly bytes: number | null;
  /** Size of the download as its publisher says it, where known. */
  readonly megabytes: number | null;
  /** The other editions that the catalogue knows, by their vintages. */
  readonly otherVintages: readonly string[];
  /** Candidate paths, the first found wins. */
  readonly files: readonly string[];
  /** Experiments that need it. */
  readonly neededBy: readonly string[];
  /** A French sentence: how to have it. */
  readonly howToGet: string;
  readonly notes: readonly string[];
}

/**
 * What a territory has and lacks, source by source.
 * @param needs for each experiment, the identifiers of the sources that it reads: { "distance-emploi": ["bpe-iris"] }
 */
export function describeSources(
  territory: Territory,
  needs: Readonly<Record<string, readonly string[]>> = {},
): readonly SourceDescription[] {
  return themes().flatMap(({ name, contracts }) =>
    contracts.map((contract) => describe(territory, name, contract, needs)),
  );
}

function describe(
  territory: Territory,
  theme: string,
  contract: Contract,
  needs: Readonly<Record<string, readonly string[]>>,
): SourceDescription {
  const located = locateSource(territory, contract);
  const { id, title, publisher, licence, vintage, geography, access, notes = [] } = located?.contract ?? contract;
  return {
    id,
    title,
    theme,
    publisher,
    licence,
    vintage,
    geography,
    access,
    available: located !== null,
    file: located?.file ?? null,
    bytes: located === null ? null : statSync(located.path).size,
    megabytes: contract.megabytes ?? null,
    otherVintages: editionsOf(contract)
      .map((edition) => edition.vintage)
      .filter((other) => other !== vintage),
    files: contract.files,
    neededBy: Object.keys(needs).filter((experiment) => needs[experiment]?.includes(id)),
    howToGet: wayToGet(contract),
    notes,
  };
}

/** How to have a source, as a whole French sentence. */
function wayToGet(contract: Contract): string {
  const { id, retrieval, url, access } = contract;
  if (retrieval?.via === "france-travail")
    return `quartiers fetch ${id}, avec les identifiants d'un compte francetravail.io dans l'environnement.`;
  if (retrieval && retrieval.via !== "partner" && retrieval.via !== "npm") return `quartiers fetch ${id}`;
  const known = editionsOf(contract).find((edition) => edition.retrieval && edition.retrieval.via !== "partner");
  if (known && known.vintage !== contract.vintage) return `quartiers fetch ${id}, pour le millésime ${known.vintage}.`;
  if (access === "partner" && !retrieval)
    return `À demander à ${contract.publisher}, sous une clause de données (quartiers clause ${id}).`;
  if (!retrieval) return `À télécharger depuis ${url}, puis à poser sous l'un des noms attendus.`;
  const sentence = howToGet(contract);
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}
