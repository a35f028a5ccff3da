import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { selfSigned } from "./self-signed.ts";

/** One request as the server saw it, and how many bytes of body it sent in return. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly status: number;
  readonly sent: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
  /** How many times this path was asked before. */
  readonly hit: number;
  /** Sends bytes that are counted. */
  readonly send: (bytes: Uint8Array) => Promise<void>;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

/** A real server on this machine that plays a publisher. */
export interface PublisherServer {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Bytes of body sent for a path, over all requests. */
  readonly sent: (path: string) => number;
  /** The most requests that were open at the same time, over all paths. */
  readonly mostAtOnce: () => number;
  readonly on: (path: string, handler: Handler) => void;
  readonly close: () => Promise<void>;
}

export async function openPublisher({ tls = false }: { tls?: boolean } = {}): Promise<PublisherServer> {
  const handlers = new Map<string, Handler>();
  const hits = new Map<string, number>();
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let [open, most] = [0, 0];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://publisher");
    const handler = handlers.get(url.pathname) ?? status(404, {}, "introuvable");
    const hit = hits.get(url.pathname) ?? 0;
    hits.set(url.pathname, hit + 1);
    open++;
    most = Math.max(most, open);
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", headers } = request;
    const record = { method, path: request.url ?? "", headers, body, status: 0, sent: 0 };
    seen.push(record);
    const send = (bytes: Uint8Array): Promise<void> =>
      new Promise((resolve) => {
        response.write(bytes, () => resolve());
        record.sent += bytes.length;
        record.status = response.statusCode;
      });
    response.on("error", () => undefined);
    await handler({ request, response, url, body, hit, send });
    open--;
    record.status = response.statusCode;
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response);
  };
  const server: Server = tls ? createTlsServer(selfSigned, listener) : createServer(listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    seen,
    sent: (path) =>
      seen.reduce((sum, one) => sum + (new URL(one.path, "http://p").pathname === path ? one.sent : 0), 0),
    mostAtOnce: () => most,
    on: (path, handler) => handlers.set(path, handler),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export interface FileFaults {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly type?: string;
  /** "ignored": always the whole file. "deaf": a rest whatever If-Range says. "shifted": a rest that begins elsewhere. */
  readonly ranges?: "honoured" | "ignored" | "deaf" | "shifted";
  /** Bytes of body sent before each of the first answers is cut. */
  readonly cuts?: readonly number[];
  /** Bytes after which nothing more comes, the connection staying open; for the first answer only. */
  readonly stallAfter?: number;
  /** Sends pieces of this many bytes, with this pause between them. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
  /** A Content-Length that is not the body's. */
  readonly claimedLength?: number;
  /** No Content-Length: in pieces (chunked). */
  readonly unsized?: boolean;
  /** True compresses the body for the way, asked or not. */
  readonly gzip?: boolean;
}

/** A file as a static server gives it (RFC 9110: conditions, ranges), with planted faults. */
export function file(content: Uint8Array | string, faults: FileFaults = {}): Handler {
  const plain = Buffer.from(content);
  const body = faults.gzip ? gzipSync(plain) : plain;
  const { etag, lastModified, ranges = "honoured", type = "application/octet-stream" } = faults;
  return async ({ request, response, hit, send }) => {
    if (etag) response.setHeader("etag", etag);
    if (lastModified) response.setHeader("last-modified", lastModified);
    response.setHeader("content-type", type);
    if (faults.gzip) response.setHeader("content-encoding", "gzip");
    const { "if-none-match": ifNoneMatch, "if-modified-since": since, "if-range": ifRange, range } = request.headers;
    if ((etag && ifNoneMatch === etag) || (!ifNoneMatch && lastModified && since === lastModified)) {
      response.writeHead(304).end();
      return;
    }
    const asked = /^bytes=(\d+)-$/.exec(range ?? "")?.[1];
    const current = ifRange === undefined || ifRange === etag || ifRange === lastModified || ranges === "deaf";
    let start = 0;
    if (asked !== undefined && ranges !== "ignored" && current) {
      start = Number(asked);
      if (start >= body.length) {
        response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
        return;
      }
      if (ranges === "shifted") start++;
      response.statusCode = 206;
      response.setHeader("content-range", `bytes ${start}-${body.length - 1}/${body.length}`);
    }
    if (!faults.unsized) response.setHeader("content-length", faults.claimedLength ?? body.length - start);
    await sendBody(body.subarray(start), faults, hit, response, send);
  };
}

async function sendBody(
  body: Uint8Array,
  { cuts = [], stallAfter, drip, claimedLength }: FileFaults,
  hit: number,
  response: ServerResponse,
  send: Exchange["send"],
): Promise<void> {
  const cut = cuts[hit];
  if (cut !== undefined) {
    await send(body.subarray(0, cut));
    response.destroy();
    return;
  }
  if (stallAfter !== undefined && hit === 0) {
    await send(body.subarray(0, stallAfter));
    return; // and stays silent
  }
  const step = drip?.bytes ?? body.length;
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    await send(body.subarray(at, at + step));
    if (drip && at + step < body.length) await setTimeout(drip.everyMs);
  }
  if (claimedLength !== undefined && claimedLength > body.length) response.destroy();
  else response.end();
}

/** An answer without a file. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = ""): Handler {
  return async ({ response, send }) => {
    response.writeHead(code, headers);
    if (body !== "") await send(Buffer.from(body));
    response.end();
  };
}

export const redirect = (code: number, location: string): Handler => status(code, { location });

export const html = (title: string, code = 200): Handler =>
  status(
    code,
    { "content-type": "text/html; charset=utf-8" },
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head></html>`,
  );

export const json = (document: unknown, code = 200, headers: Readonly<Record<string, string>> = {}): Handler =>
  status(code, { "content-type": "application/json", ...headers }, JSON.stringify(document));

/** Another behaviour for each request in turn; the last one for those that follow. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  const counts = handlers.map(() => 0);
  let turn = 0;
  return (exchange) => {
    const index = Math.min(turn, handlers.length - 1);
    turn++;
    const hit = counts[index] ?? 0;
    counts[index] = hit + 1;
    return handlers[index]?.({ ...exchange, hit });
  };
}
