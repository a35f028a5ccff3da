import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { explainWriting } from "../../../engine/atomic.ts";
import type { FranceTravailRetrieval } from "../../retrieval.ts";
import { FetchFault } from "../faults.ts";
import { withFileLock } from "../file-lock.ts";
import { partialPath, removePartial } from "../partial.ts";
import type { PublisherContext } from "./context.ts";
import { openOfferSearch } from "./france-travail-search.ts";
import { type Environment, keepToken } from "./france-travail-token.ts";
import { openOfferSpool } from "./offer-spool.ts";

export interface CollectedOffers {
  readonly bytes: number;
  readonly sha256: string;
  readonly offers: number;
  readonly notices: readonly string[];
}

/** Where the lock file says that the offers come from; the search itself has no address of its own. */
export const offersUrl = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search";

/**
 * Collects the job offers of some départements into one file, `{"resultats":[...]}`, each offer once, sorted by number. The collection is a
 * snapshot: what is created after its start is left out, and it is begun again rather than resumed. Offers withdrawn on the way shift the
 * pages; the difference with what was announced is told.
 */
export async function collectOffers(
  { criteria = {} }: FranceTravailRetrieval,
  departements: readonly string[],
  target: string,
  environment: Environment,
  context: PublisherContext,
): Promise<CollectedOffers> {
  if (departements.length === 0)
    throw new FetchFault("limit", {
      what: "Les offres se demandent par département, et aucun n'est donné",
      where: context.page,
      remedy: "donner un territoire par --territory",
    });
  const keeper = keepToken(environment, context);
  await mkdir(dirname(target), { recursive: true }).catch((error) => {
    throw explainWriting(error, dirname(target));
  });
  return withFileLock(`${partialPath(target)}.verrou`, async () => {
    await removePartial(target);
    const spool = await openOfferSpool(partialPath(target));
    const notices: string[] = [];
    try {
      const search = openOfferSearch(keeper, context);
      for (const departement of departements) {
        const missing = await search.departement(departement, criteria, spool.add);
        if (missing > 0)
          notices.push(`Département ${departement}\u00a0: ${missing} offres annoncées ne sont pas venues.`);
      }
      const written = await spool.finish(target);
      return { ...written, offers: spool.size(), notices };
    } catch (error) {
      throw explainWriting(error, target);
    } finally {
      await spool.close();
    }
  });
}
