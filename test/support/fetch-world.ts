import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import { type FetchEffectOptions, type FetchEffects, fetchEffects } from "../../src/sources/fetch/effects.ts";
import { FetchFault } from "../../src/sources/fetch/faults.ts";
import { type Network, type NetworkOptions, openNetwork } from "../../src/sources/fetch/http.ts";
import { openPublisher, type PublisherServer } from "./publishers.ts";

/** A folder, a publisher, connections without the machine's own proxy, and a clock that sleeping moves on: nothing waits. */
export interface FetchWorld {
  readonly folder: string;
  readonly server: PublisherServer;
  readonly network: Network;
  /** Waits that were asked for, in milliseconds. */
  readonly waits: number[];
  readonly now: () => number;
  readonly effects: (changes?: FetchEffectOptions) => FetchEffects;
  readonly connect: (options?: NetworkOptions) => Network;
  readonly secondServer: (options?: { tls?: boolean }) => Promise<PublisherServer>;
  /** Names of the files of the folder, at any depth, sorted. */
  readonly files: () => readonly string[];
}

/** Noon on 2 March 2026. */
export const noon: number = Date.UTC(2026, 2, 2, 12);

/** Makes such a world before each test, and takes it down after. */
export function useFetchWorld(): () => FetchWorld {
  let world: FetchWorld;
  let closing: (() => Promise<void> | void)[] = [];
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), "quartiers-fetch-"));
    const server = await openPublisher();
    const connect = (options: NetworkOptions = {}): Network => {
      const network = openNetwork({
        httpProxy: "",
        httpsProxy: "",
        connectMs: 2000,
        headersMs: 800,
        idleMs: 400,
        ...options,
      });
      closing.unshift(network.close);
      return network;
    };
    closing = [() => rmSync(folder, { recursive: true, force: true }), server.close];
    const waits: number[] = [];
    let clock = noon;
    const sleep = async (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
      clock += milliseconds;
    };
    const now = (): number => clock;
    const secondServer: FetchWorld["secondServer"] = async (options) => {
      const other = await openPublisher(options);
      closing.unshift(other.close);
      return other;
    };
    const effects = (changes: FetchEffectOptions = {}): FetchEffects =>
      fetchEffects({ now, sleep, seed: 7, ...changes });
    const files = (): readonly string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll("\\", "/"),
        )
        .sort();
    world = { folder, server, network: connect(), waits, now, effects, connect, secondServer, files };
  });
  afterEach(async () => {
    for (const close of closing) await close();
  });
  return () => world;
}

/** Bytes that no compression or chance makes alike. */
export function noise(length: number, seed = 1): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
}

/** A ZIP archive of one stored member, by hand (APPNOTE 4.3). */
export function zipOf(name: string, content: Uint8Array): Buffer {
  const title = Buffer.from(name);
  const [crc, size] = [crc32(content), content.length];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(size, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(title.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(size, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(title.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + title.length, 12);
  end.writeUInt32LE(30 + title.length + size, 16);
  return Buffer.concat([local, title, content, central, title, end]);
}

/** A 7z archive by its two headers only (7zFormat.txt), enough for what looks at its ends. */
export function sevenZipOf(packed: Uint8Array): Buffer {
  const next = Buffer.from([1, 4, 6, 0]);
  const start = Buffer.alloc(20);
  start.writeBigUInt64LE(BigInt(packed.length), 0);
  start.writeBigUInt64LE(BigInt(next.length), 8);
  start.writeUInt32LE(crc32(next), 16);
  const head = Buffer.alloc(12);
  Buffer.from("377abcaf271c0004", "hex").copy(head);
  head.writeUInt32LE(crc32(start), 8);
  return Buffer.concat([head, start, packed, next]);
}

/** The fault that a task ends with; a task that succeeds is an error. */
export async function faultOf(task: Promise<unknown>): Promise<FetchFault> {
  const outcome = await task.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome && outcome.error instanceof FetchFault) return outcome.error;
  throw new Error("une panne était attendue", { cause: outcome });
}
