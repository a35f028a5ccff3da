import type { OpendatasoftRetrieval } from "../../retrieval.ts";
import { rebase } from "../address.ts";
import { askJson, type Download, isRecord, type PublisherContext, textOf } from "./context.ts";

/**
 * The address of a whole dataset of an Opendatasoft portal (Explore API v2.1, `GET /catalog/datasets/{id}/exports/{format}`). Column names are
 * the technical ones: labels change when a portal rewords them.
 * @example
 * ```ts
 * exportAddress({ via: "opendatasoft", portal: "https://data.culture.gouv.fr", dataset: "basilic", format: "csv", to: "basilic.csv" })
 * // "https://data.culture.gouv.fr/api/explore/v2.1/catalog/datasets/basilic/exports/csv?delimiter=%3B&list_separator=%2C&quote_all=false&with_bom=false&use_labels=false&timezone=UTC"
 * ```
 */
export function exportAddress({ portal, dataset, format, where, select }: OpendatasoftRetrieval): string {
  const url = new URL(
    `${portal.replace(/\/+$/, "")}/api/explore/v2.1/catalog/datasets/${encodeURIComponent(dataset)}/exports/${format}`,
  );
  const parameters: Readonly<Record<string, string>> =
    format === "csv"
      ? { delimiter: ";", list_separator: ",", quote_all: "false", with_bom: "false", use_labels: "false" }
      : {};
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("timezone", "UTC");
  if (select) url.searchParams.set("select", select.join(","));
  if (where) url.searchParams.set("where", where);
  return url.href;
}

/** An export has no ETag: the portal's date of last processing of the data tells whether it is still the same. */
export async function resolveOpendatasoft(
  retrieval: OpendatasoftRetrieval,
  context: PublisherContext,
): Promise<Download> {
  const { portal, dataset } = retrieval;
  const about = `${portal.replace(/\/+$/, "")}/api/explore/v2.1/catalog/datasets/${encodeURIComponent(dataset)}`;
  const { metas } = await askJson(rebase(about, "opendatasoft", context.bases), context);
  const common = isRecord(metas) && isRecord(metas["default"]) ? metas["default"] : {};
  const revision = textOf(common["data_processed"]) || textOf(common["modified"]);
  return {
    url: rebase(exportAddress(retrieval), "opendatasoft", context.bases),
    ours: true,
    ...(revision === "" ? {} : { revision }),
  };
}
