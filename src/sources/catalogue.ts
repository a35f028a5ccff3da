import { bpeIrisContract } from "./bpe-iris.ts";
import { bpeXyContract } from "./bpe-xy.ts";
import { c2sBeneficiairesContract } from "./c2s-beneficiaires.ts";
import { communePointsContract } from "./commune-points.ts";
import { communesContract } from "./communes.ts";
import { communesContoursContract } from "./communes-contours.ts";
import type { Contract } from "./contract.ts";
import { demandeursEmploiRomeContract } from "./demandeurs-emploi-rome.ts";
import { departementsContoursContract } from "./departements-contours.ts";
import { enqueteLoisirsContract } from "./enquete-loisirs.ts";
import { isAvailable } from "./locate.ts";
import { menagesQpvContract } from "./menages-qpv.ts";
import { offresEmploiContract } from "./offres-emploi.ts";
import { qpvIndicateursContract } from "./qpv-indicateurs.ts";
import { qpvPerimetresContract } from "./qpv-perimetres.ts";
import { romeCodesContract } from "./rome-codes.ts";
import { romeMobilitesContract } from "./rome-mobilites.ts";
import type { Territory } from "./territory.ts";

/** Every source, in the order of the catalogue. */
export function sources(): readonly Contract[] {
  return [
    communesContract,
    communePointsContract,
    communesContoursContract,
    departementsContoursContract,
    qpvIndicateursContract,
    qpvPerimetresContract,
    bpeIrisContract,
    bpeXyContract,
    romeCodesContract,
    romeMobilitesContract,
    demandeursEmploiRomeContract,
    offresEmploiContract,
    menagesQpvContract,
    c2sBeneficiairesContract,
    enqueteLoisirsContract,
  ];
}

/** One line of the catalogue of a territory. */
export interface SourceDescription {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly geography: string;
  readonly available: boolean;
  /** Candidate paths, the first found wins. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/** What a territory has and lacks, source by source. */
export function describeSources(territory: Territory): readonly SourceDescription[] {
  return sources().map((contract) => {
    const { id, title, publisher, licence, vintage, geography, files, notes = [] } = contract;
    return {
      id,
      title,
      publisher,
      licence,
      vintage,
      geography,
      available: isAvailable(territory, contract),
      files,
      notes,
    };
  });
}
