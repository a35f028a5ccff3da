import type { DataGouvRetrieval } from "../../retrieval.ts";
import { parseAddress, rebase } from "../address.ts";
import type { Checksum } from "../digests.ts";
import { FetchFault } from "../faults.ts";
import { askJson, type Download, oddAnswer, type PublisherContext, recordsOf, textOf } from "./context.ts";

const SITE = "https://www.data.gouv.fr";

/** An answer of `/api/1/datasets/{slug}/`, as far as we read it. */
type Resource = Readonly<Record<string, unknown>>;

/**
 * A resource of data.gouv.fr. The dataset tells its checksum and size, which bind us only for the files that data.gouv.fr keeps itself
 * (`filetype: "file"`): those of a remote file were noted when it was declared, and age.
 */
export async function resolveDataGouv(
  { dataset, resource, titled }: DataGouvRetrieval,
  context: PublisherContext,
): Promise<Download> {
  const api = rebase(`${SITE}/api/1/datasets/${encodeURIComponent(dataset)}/`, "data.gouv", context.bases);
  const resources = recordsOf((await askJson(api, context))["resources"]);
  if (resource !== undefined) {
    const url = rebase(`${SITE}/api/1/datasets/r/${encodeURIComponent(resource)}`, "data.gouv", context.bases);
    const listed = resources.find(({ id }) => id === resource);
    if (listed) return { url, ours: false, ...promisesOf(listed) };
    return {
      url,
      ours: false,
      notices: [`La ressource ${resource} n'est plus dans la liste du jeu «\u202f${dataset}\u202f».`],
    };
  }
  const found = newestTitled(resources, titled ?? "");
  if (!found) throw noneTitled(resources, titled ?? "", context.page);
  const url = textOf(found["url"]);
  if (!parseAddress(url)) throw oddAnswer(api, url, "l'adresse de la ressource");
  return { url, ours: false, ...promisesOf(found) };
}

function promisesOf(resource: Resource): Pick<Download, "checksum" | "bytes"> {
  if (resource["filetype"] !== "file") return {};
  const checksum = checksumOf(resource["checksum"]);
  const bytes = resource["filesize"];
  return {
    ...(checksum ? { checksum } : {}),
    ...(typeof bytes === "number" && bytes > 0 ? { bytes } : {}),
  };
}

/** `{ type: "sha1", value }`, where the type is one that we can compute. */
function checksumOf(value: unknown): Checksum | undefined {
  const [first] = recordsOf([value]);
  const type = textOf(first?.["type"]).toLowerCase().replace("-", "");
  const digits = textOf(first?.["value"]).toLowerCase();
  const lengths: Readonly<Record<string, number>> = { md5: 32, sha1: 40, sha256: 64 };
  return lengths[type] === digits.length && /^[0-9a-f]+$/.test(digits)
    ? { type: type as Checksum["type"], value: digits }
    : undefined;
}

const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The newest resource whose title or address contains a text, whatever its case and accents; of two of the same day, the first listed. */
export function newestTitled(resources: readonly Resource[], titled: string): Resource | undefined {
  const sought = folded(titled);
  let newest: Resource | undefined;
  for (const resource of resources) {
    if (!folded(`${textOf(resource["title"])}\n${textOf(resource["url"])}`).includes(sought)) continue;
    if (!newest || textOf(resource["last_modified"]) > textOf(newest["last_modified"])) newest = resource;
  }
  return newest;
}

function noneTitled(resources: readonly Resource[], titled: string, page: string): FetchFault {
  const titles = resources.slice(0, 8).map(({ title }) => `«\u202f${textOf(title)}\u202f»`);
  return new FetchFault("gone", {
    what: "Aucune ressource du jeu de données ne porte ce titre",
    value: titled,
    where: page,
    expected: titles.length > 0 ? `une parmi ${titles.join(", ")}${resources.length > 8 ? "…" : ""}` : "une ressource",
    remedy: "choisir la ressource sur la page du jeu de données, puis corriger le contrat",
  });
}
