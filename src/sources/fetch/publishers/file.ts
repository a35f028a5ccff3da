import type { FileRetrieval } from "../../retrieval.ts";
import { rebase } from "../address.ts";
import { askText, type Download, oddAnswer, type PublisherContext } from "./context.ts";

/** A file at an address (INSEE, IGN, Geofabrik): its MD5 is that of the contract, or the one that its publisher keeps beside it. */
export async function resolveFile({ url, md5, md5Url }: FileRetrieval, context: PublisherContext): Promise<Download> {
  const address = rebase(url, "file", context.bases);
  if (md5Url === undefined)
    return { url: address, ours: true, ...(md5 ? { checksum: { type: "md5", value: md5 } } : {}) };
  const beside = rebase(md5Url, "file", context.bases);
  const { text } = await askText(beside, {}, context);
  const value = /^\s*\\?([0-9a-f]{32})\b/i.exec(text)?.[1];
  if (!value) throw oddAnswer(beside, text.slice(0, 60).trim(), "une somme MD5, 32 chiffres hexadécimaux");
  return { url: address, ours: true, checksum: { type: "md5", value: value.toLowerCase() } };
}
