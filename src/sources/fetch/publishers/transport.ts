import type { TransportRetrieval } from "../../retrieval.ts";
import { parseAddress, rebase } from "../address.ts";
import { FetchFault } from "../faults.ts";
import {
  askText,
  type Download,
  isRecord,
  oddAnswer,
  type PublisherContext,
  parseObject,
  recordsOf,
  textOf,
} from "./context.ts";

const SITE = "https://transport.data.gouv.fr";

/**
 * The GTFS feed of a dataset of the national access point. `/api/datasets/{id}` knows the identifier of data.gouv.fr (24 hexadecimal digits);
 * a slug is looked for in the whole list. Of several feeds, the newest. `url` is the stable address; `original_url`, the producer's own.
 */
export async function resolveTransport(
  { dataset, titled }: TransportRetrieval,
  context: PublisherContext,
): Promise<Download> {
  const found = /^[0-9a-f]{24}$/.test(dataset) ? await byId(dataset, context) : await bySlug(dataset, context);
  const feeds = recordsOf(found["resources"]).filter(
    ({ format, title }) =>
      textOf(format).toUpperCase() === "GTFS" &&
      textOf(title)
        .toLowerCase()
        .includes((titled ?? "").toLowerCase()),
  );
  const [newest] = [...feeds].sort((a, b) => (textOf(a["updated"]) < textOf(b["updated"]) ? 1 : -1));
  if (!newest) throw noFeed(dataset, titled, context.page);
  const url = [newest["url"], newest["original_url"]].map(textOf).find((address) => parseAddress(address));
  if (url === undefined) throw oddAnswer(apiOf(dataset, context), textOf(newest["url"]), "l'adresse du fichier GTFS");
  return { url, ours: false };
}

const apiOf = (dataset: string, { bases }: PublisherContext): string =>
  rebase(`${SITE}/api/datasets${dataset === "" ? "" : `/${dataset}`}`, "transport.data.gouv", bases);

async function byId(dataset: string, context: PublisherContext): Promise<Record<string, unknown>> {
  const url = apiOf(dataset, context);
  const { text } = await askText(url, { headers: { accept: "application/json" } }, context);
  return parseObject(text, url, context.page);
}

async function bySlug(slug: string, context: PublisherContext): Promise<Record<string, unknown>> {
  const url = apiOf("", context);
  const { text } = await askText(url, { headers: { accept: "application/json" } }, context);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw oddAnswer(url, "ce n'est pas du JSON", "la liste des jeux de données");
  }
  const found = recordsOf(list).find(
    (one) => isRecord(one) && (one["slug"] === slug || textOf(one["page_url"]).endsWith(`/${slug}`)),
  );
  if (!found)
    throw new FetchFault("gone", {
      what: "Ce jeu de données n'est pas au point d'accès national (transport.data.gouv.fr)",
      value: slug,
      where: context.page,
      remedy: "chercher son nouveau nom sur transport.data.gouv.fr, puis corriger le contrat",
    });
  return found;
}

function noFeed(dataset: string, titled: string | undefined, page: string): FetchFault {
  return new FetchFault("gone", {
    what: "Ce jeu de données n'a plus de fichier GTFS",
    value: titled === undefined ? dataset : `${dataset}, ${titled}`,
    where: page,
    remedy: "chercher le réseau sur transport.data.gouv.fr, puis corriger le contrat",
  });
}
