import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Dispatcher } from "undici";
import { explainWriting } from "../../engine/atomic.ts";
import { publicAddress } from "./address.ts";
import { checkContent } from "./content.ts";
import { type Checksum, type Digests, fileDigests } from "./digests.ts";
import { type FetchEffects, fetchEffects } from "./effects.ts";
import { decode } from "./encoding.ts";
import { FetchFault } from "./faults.ts";
import { withFileLock } from "./file-lock.ts";
import type { Hop } from "./http.ts";
import { partialPath, removePartial } from "./partial.ts";
import { type Received, type Reception, receive, type Validators } from "./receive.ts";
import { withRetries } from "./retry.ts";
import type { Journey } from "./write-part.ts";

/** One file to bring from an address. */
export interface TransferRequest {
  readonly url: string;
  /** Path of the complete file. What stands there is replaced only by a complete and verified one. */
  readonly target: string;
  /** Page of the dataset, for the messages. */
  readonly page?: string;
  /** As its publisher prints it. */
  readonly checksum?: Checksum;
  /** Size that its publisher states. */
  readonly bytes?: number;
  /** The version of the file that is there already. */
  readonly known?: Validators;
}

export type TransferResult =
  | { readonly unchanged: true; readonly url: string; readonly hops: readonly Hop[] }
  | ({
      readonly unchanged: false;
      /** Address that answered, without secrets. */
      readonly url: string;
      readonly hops: readonly Hop[];
      readonly bytes: number;
      readonly sha256: string;
      /** Bytes received over the network, over all tries. */
      readonly received: number;
      /** Bytes that stood there when the last try took up the rest. */
      readonly resumed: number;
    } & Validators);

type Complete = Extract<Received, { kind: "complete" }>;

/** A file that changes at its publisher between two parts of it is begun again this many times. */
const MAX_RESTARTS = 3;

/**
 * Brings one file: streamed into `<target>.partiel`, resumed after a cut (also by a later process), verified (size, checksum, content), then
 * renamed. What was received of a file that could not be finished stays for the next time; what proves wrong is removed.
 * @throws FetchFault
 */
export async function transfer(
  request: TransferRequest,
  dispatcher: Dispatcher,
  effects: FetchEffects = fetchEffects(),
): Promise<TransferResult> {
  const { target } = request;
  await mkdir(dirname(target), { recursive: true }).catch((error) => {
    throw explainWriting(error, dirname(target));
  });
  return withFileLock(`${partialPath(target)}.verrou`, () => bring(request, dispatcher, effects));
}

async function bring(request: TransferRequest, dispatcher: Dispatcher, effects: FetchEffects): Promise<TransferResult> {
  const { url, target, page, known, checksum } = request;
  const reception: Reception = {
    url,
    target,
    checked: checksum !== undefined,
    ...(page ? { page } : {}),
    ...(known ? { known } : {}),
  };
  const journey: Journey = { best: 0, received: 0, resumed: 0 };
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts++) {
    const got = await withRetries(
      () => receive(reception, journey, dispatcher, effects),
      effects.retry,
      effects,
      () => journey.best,
    );
    if (got.kind === "unchanged") return { unchanged: true, url: publicAddress(got.answered), hops: got.hops };
    if (got.kind === "restart") {
      await removePartial(target);
      continue;
    }
    // Parts joined over several tries may belong to different versions, and a body without a length may be cut unseen: once more from the start.
    const doubtful = journey.resumed > 0 || got.state.total === undefined;
    try {
      const digests = await settle(got, request);
      return { unchanged: false, ...resultOf(got, digests), received: journey.received, resumed: journey.resumed };
    } catch (error) {
      if (error instanceof FetchFault) await removePartial(target);
      if (!(error instanceof FetchFault) || !doubtful || restarts > 0) throw error;
    }
  }
  throw changing(url, MAX_RESTARTS);
}

function resultOf(
  { answered, hops, state }: Complete,
  { bytes, sha256 }: Digests,
): Omit<Extract<TransferResult, { unchanged: false }>, "unchanged" | "received" | "resumed"> {
  return {
    url: publicAddress(answered),
    hops,
    bytes,
    sha256,
    ...(state.etag === undefined ? {} : { etag: state.etag }),
    ...(state.lastModified === undefined ? {} : { lastModified: state.lastModified }),
  };
}

/** Verifies the part, now whole, and gives it its name. */
async function settle({ answered, state }: Complete, request: TransferRequest): Promise<Digests> {
  const { url, target, page, checksum, bytes } = request;
  const part = partialPath(target);
  const name = basename(target);
  const whole = state.encoding === undefined ? part : await decode(part, state.encoding, name, answered);
  try {
    await checkContent(whole, { name, asked: url, answered, ...(page ? { page } : {}) });
    const digests = await fileDigests(whole, checksum?.type);
    if (checksum && digests.other !== checksum.value.toLowerCase())
      throw wrongChecksum(checksum, digests.other, answered, page);
    if (!checksum && bytes !== undefined && digests.bytes !== bytes)
      throw wrongSize(bytes, digests.bytes, answered, page);
    await rename(whole, target).catch((error) => {
      throw explainWriting(error, target);
    });
    await removePartial(target);
    return digests;
  } finally {
    await rm(`${part}.decode`, { force: true });
  }
}

const changedAtPublisher = (page: string | undefined): string =>
  `relancer une fois\u202f; si la différence reste, le fichier a changé chez son producteur\u00a0: le vérifier${page ? ` sur ${page}` : ""}, puis mettre le contrat à jour`;

function wrongChecksum(
  { type, value }: Checksum,
  found: string,
  answered: string,
  page: string | undefined,
): FetchFault {
  return new FetchFault("checksum", {
    what: `La somme de contrôle (${type}) n'est pas celle que publie le producteur`,
    value: found,
    where: publicAddress(answered),
    expected: value.toLowerCase(),
    remedy: changedAtPublisher(page),
  });
}

function wrongSize(expected: number, found: number, answered: string, page: string | undefined): FetchFault {
  return new FetchFault("size", {
    what: "La taille du fichier reçu n'est pas celle que publie le producteur",
    value: `${found} octets`,
    where: publicAddress(answered),
    expected: `${expected} octets`,
    remedy: changedAtPublisher(page),
  });
}

function changing(url: string, restarts: number): FetchFault {
  return new FetchFault("changing", {
    what: `Le fichier change chez son producteur pendant qu'on le télécharge\u00a0: recommencé ${restarts} fois`,
    where: publicAddress(url),
    remedy: "réessayer plus tard, quand sa publication sera terminée",
  });
}
