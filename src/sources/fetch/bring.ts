import { join } from "node:path";
import type { Contract } from "../contract.ts";
import type { FranceTravailRetrieval } from "../retrieval.ts";
import { publicAddress } from "./address.ts";
import { frenchBytes } from "./byte-words.ts";
import { type Checksum, fileDigests } from "./digests.ts";
import { FetchFault } from "./faults.ts";
import { newAddress } from "./http.ts";
import { type LockEntry, readLock, sha256OrNull, updateLock } from "./lock.ts";
import type { FetchOutcome } from "./outcome.ts";
import type { Download, PublisherContext } from "./publishers/context.ts";
import { collectOffers, offersUrl } from "./publishers/france-travail.ts";
import type { Environment } from "./publishers/france-travail-token.ts";
import { type AddressRetrieval, resolveDownload } from "./publishers/resolve.ts";
import type { Validators } from "./receive.ts";
import { type TransferResult, transfer } from "./transfer.ts";

/** One file to bring, and where. */
export interface Order {
  readonly folder: string;
  readonly contract: Contract;
  /** Relative to the folder. */
  readonly file: string;
  readonly force: boolean;
}

/** What stands where a file will go. */
interface Standing {
  readonly entry: LockEntry | undefined;
  /** Null when there is no file. */
  readonly sha256: string | null;
}

async function standing({ folder, file }: Order): Promise<Standing> {
  return { entry: (await readLock(folder)).get(file), sha256: await sha256OrNull(join(folder, file)) };
}

/** A file that stands there and is not what we brought: nobody's work is replaced unless asked. */
const isForeign = ({ entry, sha256 }: Standing): boolean => sha256 !== null && entry?.sha256 !== sha256;

function keptOutcome({ contract, file }: Order, { entry }: Standing): FetchOutcome {
  const why = entry ? "il a changé depuis son téléchargement" : "il n'est pas venu par cette commande";
  const message = `${file}\u00a0: ${why}, il est laissé tel quel (--force pour le remplacer).`;
  return { source: contract.id, status: "kept", file, message, notices: [] };
}

/** Brings the file behind an address, unless the one that stands there is still the publisher's. */
export async function bringAddress(
  order: Order,
  retrieval: AddressRetrieval,
  context: PublisherContext,
): Promise<FetchOutcome> {
  const { folder, contract, file, force } = order;
  const { now } = context.effects;
  const path = join(folder, file);
  const found = await standing(order);
  const foreign = isForeign(found) && !force;
  const download = await resolveDownload(retrieval, context).catch((error) => {
    if (foreign && error instanceof FetchFault) return null;
    throw error;
  });
  if (download?.checksum && found.sha256 !== null && !force && (await matches(path, download.checksum)))
    return present(order, download, found, "vérifié par la somme de contrôle du producteur", now());
  if (foreign || !download) return keptOutcome(order, found);
  const { entry } = found;
  const same = !force && found.sha256 !== null && entry?.url === publicAddress(download.url);
  if (same && download.revision !== undefined && download.revision === entry.revision)
    return present(order, download, found, "inchangé chez le producteur", now());
  const result = await transfer(
    {
      url: download.url,
      target: path,
      page: contract.url,
      ...(download.checksum ? { checksum: download.checksum } : {}),
      ...(download.bytes === undefined ? {} : { bytes: download.bytes }),
      ...(same && entry ? { known: validatorsOf(entry) } : {}),
    },
    context.dispatcher,
    context.effects,
  );
  if (result.unchanged) return present(order, download, found, "inchangé chez le producteur", now());
  const { bytes, sha256 } = result;
  await updateLock(folder, file, entryOf(order, download, result, now()));
  const notices = [...(download.notices ?? []), ...moved(download, result)];
  const outcome = { source: contract.id, file, bytes, sha256, notices };
  if (found.sha256 === sha256)
    return { ...outcome, status: "present", message: `${file}, déjà là\u00a0: même contenu.` };
  const resumed = result.resumed > 0 ? `, dont ${frenchBytes(result.resumed)} repris` : "";
  return { ...outcome, status: "received", message: `${file}, ${frenchBytes(bytes)}${resumed}.` };
}

async function matches(path: string, { type, value }: Checksum): Promise<boolean> {
  return (await fileDigests(path, type)).other === value.toLowerCase();
}

const validatorsOf = ({ etag, lastModified }: LockEntry): Validators => ({
  ...(etag === undefined ? {} : { etag }),
  ...(lastModified === undefined ? {} : { lastModified }),
});

/** A file that is there and right: noted in the lock when it was not. */
async function present(
  order: Order,
  download: Download,
  { entry, sha256 }: Standing,
  why: string,
  now: number,
): Promise<FetchOutcome> {
  const { folder, contract, file } = order;
  if (entry?.sha256 !== sha256 && sha256 !== null) {
    const { bytes } = await fileDigests(join(folder, file));
    const url = publicAddress(download.url);
    await updateLock(folder, file, {
      ...promised(order),
      url,
      finalUrl: url,
      date: new Date(now).toISOString(),
      bytes,
      sha256,
    });
  }
  const base = { source: contract.id, file, notices: download.notices ?? [] };
  return { ...base, status: "present", message: `${file}, déjà là\u00a0: ${why}.` };
}

const promised = ({ contract }: Order): Pick<LockEntry, "source" | "publisher" | "licence" | "vintage"> => ({
  source: contract.id,
  publisher: contract.publisher,
  licence: contract.licence,
  vintage: contract.vintage,
});

function entryOf(
  order: Order,
  { url, revision }: Download,
  { bytes, sha256, url: finalUrl, etag, lastModified }: Extract<TransferResult, { unchanged: false }>,
  now: number,
): LockEntry {
  return {
    ...promised(order),
    url: publicAddress(url),
    finalUrl,
    date: new Date(now).toISOString(),
    bytes,
    sha256,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(revision === undefined ? {} : { revision }),
  };
}

/** What a reader should know of the redirections that were followed. */
function moved({ ours }: Download, { hops }: TransferResult): readonly string[] {
  const notices: string[] = [];
  const address = ours ? newAddress(hops) : undefined;
  if (address !== undefined)
    notices.push(`L'adresse a changé définitivement\u00a0: mettre ${publicAddress(address)} dans le contrat.`);
  const clear = hops.find(({ from, to }) => from.startsWith("https:") && to.startsWith("http:"));
  if (clear) notices.push(`Le serveur renvoie vers une adresse non chiffrée\u00a0: ${publicAddress(clear.to)}.`);
  return notices;
}

/** Collects job offers; what they are changes every hour, so they are always asked for again, unless the file is not ours. */
export async function bringOffers(
  order: Order,
  retrieval: FranceTravailRetrieval,
  departements: readonly string[],
  environment: Environment,
  context: PublisherContext,
): Promise<FetchOutcome> {
  const { folder, contract, file, force } = order;
  const found = await standing(order);
  if (isForeign(found) && !force) return keptOutcome(order, found);
  const target = join(folder, file);
  const date = new Date(context.effects.now()).toISOString();
  const { bytes, sha256, offers, notices } = await collectOffers(retrieval, departements, target, environment, context);
  await updateLock(folder, file, { ...promised(order), url: offersUrl, finalUrl: offersUrl, date, bytes, sha256 });
  const outcome = { source: contract.id, file, bytes, sha256, notices };
  if (found.sha256 === sha256)
    return { ...outcome, status: "present", message: `${file}, déjà là\u00a0: mêmes offres.` };
  return { ...outcome, status: "received", message: `${file}, ${offers} offres, ${frenchBytes(bytes)}.` };
}
