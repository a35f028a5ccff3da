import { publicAddress, rebase } from "../address.ts";
import { FetchFault } from "../faults.ts";
import { statusFault } from "../status-faults.ts";
import { askText, isRecord, oddAnswer, type PublisherContext, parseObject, recordsOf } from "./context.ts";
import { franceTravailVariables, type TokenKeeper } from "./france-travail-token.ts";

const SEARCH_URL = "https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search";

/** Results of one page, and the last one that a search can reach (`range`: p at most 3000, d at most 3149). */
const PAGE = 150;
const REACH = 3150;

/** The interface allows ten calls a second. */
const CALL_SPACING_MS = 100;

/** Before the oldest offer. */
const ORIGIN_SECONDS = Date.UTC(2000, 0, 1) / 1000;

/** One offer, as the interface sends it; its `id` is a text. */
export type Offer = Readonly<Record<string, unknown>> & { readonly id: string };

interface Page {
  readonly offers: readonly Offer[];
  readonly total: number;
}

/** Receives each page of offers as it comes. */
export type TakeOffers = (offers: readonly Offer[]) => Promise<void>;

/** Searches offers, at the pace that the interface allows. */
export interface OfferSearch {
  /**
   * All the offers of a département, page by page. A search that finds more than it can reach (3 150) is split in two by date of creation,
   * and so on; the halves overlap by a second, so an offer may be given twice and the receiver keeps one.
   * @returns how many announced offers did not come: those withdrawn on the way shift the pages
   */
  readonly departement: (
    departement: string,
    criteria: Readonly<Record<string, string>>,
    take: TakeOffers,
  ) => Promise<number>;
}

export function openOfferSearch(keeper: TokenKeeper, context: PublisherContext): OfferSearch {
  const { now, sleep, progress } = context.effects;
  let nextCall = Number.NEGATIVE_INFINITY;
  const pace = async (): Promise<void> => {
    const wait = nextCall - now();
    if (wait > 0) await sleep(wait);
    nextCall = Math.max(now(), nextCall) + CALL_SPACING_MS;
  };
  const departement: OfferSearch["departement"] = async (code, criteria, take) => {
    const page = async (from: number, to: number, start: number): Promise<Page> => {
      await pace();
      return askPage(searchUrl(code, criteria, from, to, start, context), keeper, context);
    };
    const between = async (from: number, to: number): Promise<number> => {
      const first = await page(from, to, 0);
      if (first.total > REACH) {
        if (to - from <= 2) throw tooMany(code, first.total, context.page);
        const middle = Math.floor((from + to) / 2);
        return (await between(from, middle + 1)) + (await between(middle, to));
      }
      const seen = new Set(first.offers.map(({ id }) => id));
      await take(first.offers);
      for (let start = PAGE; start < first.total; start += PAGE) {
        progress.step(`offres, département ${code}\u00a0: ${start} sur ${first.total}`);
        const { offers } = await page(from, to, start);
        for (const { id } of offers) seen.add(id);
        await take(offers);
      }
      return Math.max(0, first.total - seen.size);
    };
    return between(ORIGIN_SECONDS, Math.floor(now() / 1000));
  };
  return { departement };
}

const isoSeconds = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

function searchUrl(
  departement: string,
  criteria: Readonly<Record<string, string>>,
  from: number,
  to: number,
  start: number,
  { bases }: PublisherContext,
): string {
  const url = new URL(rebase(SEARCH_URL, "france-travail", bases));
  // The published description spells one parameter "dureeHebdo " with a blank at its end; the interface's pages do not.
  for (const [name, value] of Object.entries(criteria)) url.searchParams.set(name.trim(), value);
  url.searchParams.set("departement", departement);
  url.searchParams.set("minCreationDate", isoSeconds(from));
  url.searchParams.set("maxCreationDate", isoSeconds(to));
  url.searchParams.set("sort", "1");
  url.searchParams.set("range", `${start}-${Math.min(start + PAGE, REACH) - 1}`);
  return url.href;
}

/** One page; a token that expired on the way is renewed once. */
async function askPage(url: string, keeper: TokenKeeper, context: PublisherContext): Promise<Page> {
  for (let refusals = 0; ; refusals++) {
    const headers = { accept: "application/json", authorization: `Bearer ${await keeper.token()}` };
    const {
      status,
      headers: answered,
      text,
    } = await askText(url, { headers, confidential: true }, context, {
      credentials: franceTravailVariables,
      accept: [401],
    });
    if (status === 401) {
      if (refusals > 0)
        throw statusFault(401, answered, url, {
          page: context.page,
          credentials: franceTravailVariables,
          now: context.effects.now(),
        });
      keeper.renew();
      continue;
    }
    if (status === 204) return { offers: [], total: 0 };
    return readPage(text, answered["content-range"], url, context);
  }
}

function readPage(text: string, range: string | undefined, url: string, { page }: PublisherContext): Page {
  const results = parseObject(text, url, page)["resultats"];
  if (!Array.isArray(results)) throw oddAnswer(url, "sans liste", "une liste «\u202fresultats\u202f»");
  const offers = recordsOf(results).filter(
    (offer): offer is Offer => isRecord(offer) && typeof offer["id"] === "string",
  );
  if (offers.length !== results.length)
    throw oddAnswer(url, "une offre sans numéro", "des offres qui ont un «\u202fid\u202f»");
  const total = /\/(\d+)\s*$/.exec(range ?? "")?.[1];
  return { offers, total: total === undefined ? offers.length : Number(total) };
}

function tooMany(departement: string, total: number, page: string): FetchFault {
  return new FetchFault("limit", {
    what: "Trop d'offres ont été créées à la même seconde pour être toutes lues",
    value: `${total} offres, département ${departement}`,
    where: publicAddress(page),
    expected: `au plus ${REACH}`,
    remedy: "ajouter un critère (codeROME, typeContrat) à la recherche dans le contrat",
  });
}
