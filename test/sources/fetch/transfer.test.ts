import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import { type TransferRequest, type TransferResult, transfer } from "../../../src/sources/fetch/transfer.ts";
import { type FetchWorld, faultOf, noise, noon, useFetchWorld } from "../../support/fetch-world.ts";
import { file, type Handler, inTurn, redirect, status } from "../../support/publishers.ts";

const world = useFetchWorld();

const bring = (
  changes: Partial<TransferRequest> = {},
  effects: Parameters<FetchWorld["effects"]>[0] = {},
  network = world().network,
): Promise<TransferResult> =>
  transfer(
    { url: `${world().server.url}/a.bin`, target: join(world().folder, "a.bin"), ...changes },
    network.dispatcher,
    world().effects(effects),
  );

const received = async (task: Promise<TransferResult>): Promise<Extract<TransferResult, { unchanged: false }>> => {
  const result = await task;
  if (result.unchanged) throw new Error("un fichier était attendu");
  return result;
};

const target = (): Buffer => readFileSync(join(world().folder, "a.bin"));

describe("a cut download", () => {
  test("cut ten times resumes to the right checksum", async () => {
    const content = noise(1_100_000);
    // Each answer brings about a tenth, then the connection drops; the eleventh brings the rest.
    world().server.on("/a.bin", file(content, { etag: '"v1"', cuts: Array.from({ length: 10 }, () => 100_000) }));
    const result = await received(
      bring({}, { retry: { tries: 2, baseDelayMs: 10, maxDelayMs: 10, maxRetryAfterMs: 0 } }),
    );
    const asked = world().server.seen.map(({ headers }) => headers.range ?? "tout");
    const sent = world().server.sent("/a.bin");
    console.log(
      `coupé dix fois\u00a0: ${asked.length} demandes (${asked.join(", ")}), ${sent} octets envoyés pour un fichier de ${content.length}, sha256 ${result.sha256.slice(0, 12)}`,
    );
    expect(result.sha256).toBe(createHash("sha256").update(content).digest("hex"));
    expect(target().equals(content)).toBe(true);
    expect(asked).toHaveLength(11);
    expect(asked.slice(0, 3)).toEqual(["tout", "bytes=100000-", "bytes=200000-"]);
    expect(sent).toBe(content.length);
    expect(world().files()).toEqual(["a.bin"]);
  });

  test("without progress is given up after the tries, and keeps its part", async () => {
    world().server.on(
      "/a.bin",
      file(noise(5000), { etag: '"v1"', cuts: [1000, ...Array.from({ length: 20 }, () => 0)] }),
    );
    const fault = await faultOf(bring());
    expect(fault.kind).toBe("cut");
    expect(fault.message).toContain("Le transfert a été coupé, après 5 essais");
    expect(fault.message).toContain("relancer la même commande, qui reprendra");
    expect(world().files()).toEqual(["a.bin.partiel", "a.bin.partiel.json"]);
    expect(readFileSync(join(world().folder, "a.bin.partiel"))).toHaveLength(1000);
  });

  test("is taken up by a later command, which asks only for the rest", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { etag: '"v1"', cuts: [4000, 0, 0, 0, 0] }));
    await faultOf(bring());
    const before = world().server.sent("/a.bin");
    const result = await received(bring());
    expect(before).toBe(4000);
    expect(world().server.sent("/a.bin") - before).toBe(2000);
    expect(result.resumed).toBe(4000);
    expect(target().equals(content)).toBe(true);
    expect(world().server.seen.at(-1)?.headers).toMatchObject({ range: "bytes=4000-", "if-range": '"v1"' });
  });

  test("trusts only what was flushed: what lies beyond the note is received again", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { etag: '"v1"', cuts: [4000, 0, 0, 0, 0] }));
    await faultOf(bring());
    const part = join(world().folder, "a.bin.partiel");
    writeFileSync(part, Buffer.concat([readFileSync(part), Buffer.alloc(5000)]));
    expect((await received(bring())).sha256).toBe(sha256(content));
  });

  test("begins again when the server ignores ranges", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { etag: '"v1"', ranges: "ignored", cuts: [4000] }));
    const result = await received(bring());
    expect(target().equals(content)).toBe(true);
    expect([result.received, result.resumed]).toEqual([10_000, 0]);
  });

  test("without ETag nor date begins again rather than join what may not fit", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { cuts: [4000] }));
    await received(bring());
    expect(target().equals(content)).toBe(true);
    expect(world().server.seen.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  test("with only a weak ETag and a date, the date is the condition", async () => {
    const date = "Mon, 02 Mar 2026 10:00:00 GMT";
    world().server.on("/a.bin", file(noise(6000), { etag: 'W/"v1"', lastModified: date, cuts: [4000] }));
    await received(bring());
    expect(world().server.seen.at(-1)?.headers["if-range"]).toBe(date);
    expect(world().server.seen.at(-1)?.sent).toBe(2000);
  });

  test("whose server always cuts at the same place ends, although each try brings bytes", async () => {
    world().server.on("/a.bin", file(noise(6000), { cuts: Array.from({ length: 50 }, () => 3000) }));
    expect((await faultOf(bring())).kind).toBe("cut");
    expect(world().server.seen).toHaveLength(5);
  });
});

describe("two versions are never glued", () => {
  const [old, fresh] = [noise(6000, 1), noise(7000, 2)];

  test("when the server honours If-Range", async () => {
    world().server.on("/a.bin", inTurn(file(old, { etag: '"v1"', cuts: [4000] }), file(fresh, { etag: '"v2"' })));
    expect((await received(bring())).etag).toBe('"v2"');
    expect(target().equals(fresh)).toBe(true);
  });

  test("when the server ignores If-Range and sends the rest of the new one", async () => {
    world().server.on(
      "/a.bin",
      inTurn(file(old, { etag: '"v1"', cuts: [4000] }), file(fresh, { etag: '"v2"', ranges: "deaf" })),
    );
    await received(bring());
    expect(world().server.seen.map((one) => one.status)).toEqual([200, 206, 200]);
    expect(target().equals(fresh)).toBe(true);
  });

  test("when the new one has the same size, and only its ETag or its date tells", async () => {
    const sameSize = noise(6000, 4);
    const [monday, tuesday] = ["Mon, 02 Mar 2026 10:00:00 GMT", "Tue, 03 Mar 2026 10:00:00 GMT"];
    for (const [before, after] of [
      [{ etag: '"v1"' }, { etag: '"v2"' }],
      [{ lastModified: monday }, { lastModified: tuesday }],
    ] as const) {
      world().server.on(
        "/a.bin",
        inTurn(file(old, { ...before, cuts: [4000] }), file(sameSize, { ...after, ranges: "deaf" })),
      );
      await received(bring());
      expect(target().equals(sameSize)).toBe(true);
    }
  });

  test("when the rest begins elsewhere than asked", async () => {
    world().server.on(
      "/a.bin",
      inTurn(file(old, { etag: '"v1"', cuts: [4000] }), file(old, { etag: '"v1"', ranges: "shifted" })),
    );
    await received(bring());
    expect(target().equals(old)).toBe(true);
  });

  test("when only the checksum tells: begun again from the start", async () => {
    const sameSize = noise(6000, 4);
    const checksum = { type: "md5", value: createHash("md5").update(sameSize).digest("hex") } as const;
    world().server.on("/a.bin", inTurn(file(old, { cuts: [4000] }), file(sameSize, { ranges: "deaf" })));
    await received(bring({ checksum }));
    expect(world().server.seen.map((one) => one.status)).toEqual([200, 206, 200]);
    expect(target().equals(sameSize)).toBe(true);
  });

  test("when the rest comes compressed for the way and the start did not", async () => {
    const text = noise(9000).toString("hex");
    const plain = noise(gzipSync(text).length, 4);
    world().server.on(
      "/a.bin",
      inTurn(file(plain, { etag: '"v1"', cuts: [4000] }), file(text, { etag: '"v1"', gzip: true, ranges: "deaf" })),
    );
    await received(bring());
    expect(target().toString()).toBe(text);
  });

  test("a rest that ends properly but too early is asked for on", async () => {
    const content = noise(6000);
    const short: Handler = async ({ response, send }) => {
      response.writeHead(206, { etag: '"v1"', "content-range": "bytes 4000-5999/6000" });
      await send(content.subarray(4000, 5000));
      response.end();
    };
    world().server.on(
      "/a.bin",
      inTurn(file(content, { etag: '"v1"', unsized: true, cuts: [4000] }), short, file(content, { etag: '"v1"' })),
    );
    await received(bring());
    expect(world().server.seen.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=4000-", "bytes=5000-"]);
    expect(target().equals(content)).toBe(true);
  });

  test("a file that never stops changing is given up", async () => {
    let version = 0;
    world().server.on("/a.bin", (exchange) => {
      version++;
      return file(noise(6000 + version, version), { etag: `"v${version}"`, ranges: "deaf", cuts: [3000] })({
        ...exchange,
        hit: exchange.hit % 2,
      });
    });
    const fault = await faultOf(bring());
    expect(fault.kind).toBe("changing");
    expect(fault.message).toContain("Le fichier change chez son producteur");
    expect(existsSync(join(world().folder, "a.bin"))).toBe(false);
  });

  test("another address never takes up the part of this one", async () => {
    const content = noise(6000, 5);
    world().server.on("/a.bin", file(old, { etag: '"v1"', cuts: [4000, 0, 0, 0, 0] }));
    world().server.on("/b.bin", file(content, { etag: '"v1"' }));
    await faultOf(bring());
    await received(bring({ url: `${world().server.url}/b.bin` }));
    expect(target().equals(content)).toBe(true);
  });
});

describe("416", () => {
  test("after a crash between the last byte and the renaming: the part is the file", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { etag: '"v1"' }));
    const url = `${world().server.url}/a.bin`;
    writeFileSync(join(world().folder, "a.bin.partiel"), content);
    writeFileSync(
      join(world().folder, "a.bin.partiel.json"),
      JSON.stringify({ url, etag: '"v1"', total: 6000, bytes: 6000 }),
    );
    await received(bring());
    expect(world().server.seen.map((one) => [one.status, one.sent])).toEqual([[416, 0]]);
    expect(target().equals(content)).toBe(true);
    expect(world().files()).toEqual(["a.bin"]);
  });

  test("when the part is longer than the file has become: begun again", async () => {
    const content = noise(3000);
    world().server.on("/a.bin", file(content, { etag: '"v1"' }));
    const url = `${world().server.url}/a.bin`;
    writeFileSync(join(world().folder, "a.bin.partiel"), noise(5000, 9));
    writeFileSync(join(world().folder, "a.bin.partiel.json"), JSON.stringify({ url, etag: '"v1"', bytes: 5000 }));
    await received(bring());
    expect(target().equals(content)).toBe(true);
  });
});

describe("waiting", () => {
  const body = "code;valeur\n1;2\n";

  test("503 then the file: exponential back-off, spread by the seed", async () => {
    world().server.on("/a.bin", inTurn(status(503), status(503), status(503), file(body)));
    await received(bring());
    const { waits } = world();
    expect(waits).toHaveLength(3);
    for (const [i, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(1000 * 2 ** i);
    }
    const first = [...waits];
    waits.length = 0;
    world().server.on("/a.bin", inTurn(status(503), status(503), status(503), file(body)));
    await received(bring());
    expect(waits).toEqual(first);
  });

  test("429 with Retry-After in seconds, and 503 with an HTTP date", async () => {
    const date = new Date(noon + 200_000).toUTCString();
    world().server.on(
      "/a.bin",
      inTurn(status(429, { "retry-after": "120" }), status(503, { "retry-after": date }), file(body)),
    );
    await received(bring());
    expect(world().waits).toEqual([120_000, 80_000]);
    expect(target().toString()).toBe(body);
  });

  test("a wait longer than we accept is told, not shortened", async () => {
    world().server.on("/a.bin", status(429, { "retry-after": "3600" }));
    const fault = await faultOf(bring());
    expect(fault.kind).toBe("too-many-requests");
    expect(fault.message).toContain("le serveur demande d'attendre 60\u00a0minutes");
    expect(world().waits).toEqual([]);
    expect(world().files()).toEqual([]);
  });

  test("429 to the end", async () => {
    world().server.on("/a.bin", status(429, { "retry-after": "7" }));
    const fault = await faultOf(bring());
    expect(fault.message).toContain("Le serveur reçoit trop de demandes de notre part, après 5 essais");
    expect(world().waits).toEqual([7000, 7000, 7000, expect.any(Number)]);
  });

  test("503 to the end", async () => {
    world().server.on("/a.bin", status(503));
    const fault = await faultOf(bring());
    expect(fault.kind).toBe("unavailable");
    expect(fault.message).toContain("Le serveur est momentanément indisponible, après 5 essais");
    expect(world().server.seen).toHaveLength(5);
  });

  test("a body that stalls is left after the idle delay, and taken up", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", file(content, { etag: '"v1"', stallAfter: 2500 }));
    const result = await received(bring());
    expect(target().equals(content)).toBe(true);
    expect(result.resumed).toBe(2500);
  });

  test("a slow body arrives: slow is not silent", async () => {
    const content = noise(1200);
    world().server.on("/a.bin", file(content, { etag: '"v1"', drip: { bytes: 200, everyMs: 120 } }));
    await received(bring());
    expect(world().server.seen).toHaveLength(1);
    expect(target().equals(content)).toBe(true);
  });

  test("a server that never answers", async () => {
    world().server.on("/a.bin", () => undefined);
    const fault = await faultOf(bring({}, { retry: { tries: 2, baseDelayMs: 1, maxDelayMs: 1, maxRetryAfterMs: 0 } }));
    expect(fault.kind).toBe("timeout");
    expect(fault.message).toContain("Le serveur ne répond plus\u00a0: délai dépassé, après 2 essais");
    expect(world().files()).toEqual([]);
  });
});

describe("stopping", () => {
  test("an interruption keeps the part, and the next command goes on", async () => {
    const content = noise(50_000);
    const stop = new AbortController();
    world().server.on("/a.bin", file(content, { etag: '"v1"', drip: { bytes: 5000, everyMs: 20 } }));
    const steps: string[] = [];
    const progress = {
      step: (text: string): void => {
        steps.push(text);
        setTimeout(() => stop.abort(), 70);
      },
      milestone: (): void => undefined,
      end: (): void => undefined,
    };
    const fault = await faultOf(bring({}, { signal: stop.signal, progress }));
    expect(fault.kind).toBe("interrupted");
    expect(fault.message).toContain("la partie reçue est gardée");
    expect(world().files()).toEqual(["a.bin.partiel", "a.bin.partiel.json"]);
    const kept = readFileSync(join(world().folder, "a.bin.partiel")).length;
    expect(kept).toBeGreaterThan(0);
    const result = await received(bring());
    expect(result.resumed).toBe(kept);
    expect(target().equals(content)).toBe(true);
    expect(steps[0]).toBe("a.bin\u00a0: 5,0\u00a0ko sur 50,0\u00a0ko (10\u202f%)");
  });

  test("two downloads of the same file at once: the second says so, the first ends", async () => {
    world().server.on("/a.bin", file(noise(2000), { drip: { bytes: 500, everyMs: 50 } }));
    const first = bring();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await faultOf(bring())).message).toContain(
      "Un autre «\u202fquartiers fetch\u202f» est en train d'écrire ce fichier",
    );
    await received(first);
    expect(target()).toHaveLength(2000);
  });

  test("the lock of a process that died is taken over", async () => {
    const { hostname } = await import("node:os");
    world().server.on("/a.bin", file("contenu"));
    const lock = join(world().folder, "a.bin.partiel.verrou");
    writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: "mort" }));
    await received(bring());
    expect(world().files()).toEqual(["a.bin"]);
  });

  test("a disk without room is seen before a byte is written", async () => {
    writeFileSync(join(world().folder, "a.bin"), "ancien");
    world().server.on("/a.bin", file(noise(5000), { etag: '"v1"' }));
    const fault = await faultOf(bring({}, { freeBytes: async () => 4000 }));
    expect(fault.kind).toBe("disk");
    expect(fault.message).toContain("pas assez de place sur le disque");
    expect(fault.message).toContain("4,0\u00a0ko libres");
    expect(world().files()).toEqual(["a.bin"]);
    expect(target().toString()).toBe("ancien");
  });
});

describe("redirections", () => {
  test("each kind is followed, and a chain of permanent ones gives the new address", async () => {
    const { server } = world();
    server.on("/a.bin", redirect(301, "/b.bin"));
    server.on("/b.bin", redirect(308, `${server.url}/c.bin`));
    server.on("/c.bin", redirect(302, "/d.bin"));
    server.on("/d.bin", redirect(307, "/e.bin"));
    server.on("/e.bin", redirect(303, "/f.bin"));
    server.on("/f.bin", file("contenu"));
    const result = await received(bring());
    expect(result.url).toBe(`${server.url}/f.bin`);
    expect(result.hops.map(({ permanent }) => permanent)).toEqual([true, true, false, false, false]);
    expect(target().toString()).toBe("contenu");
  });

  test("a loop, and a chain without end", async () => {
    const { server } = world();
    server.on("/a.bin", redirect(302, "/b.bin"));
    server.on("/b.bin", redirect(302, "/a.bin"));
    const fault = await faultOf(bring());
    expect(fault.kind).toBe("redirect-loop");
    expect(server.seen).toHaveLength(2);
    expect(fault.message).toContain("Les redirections tournent en rond");
    for (let i = 0; i < 20; i++) server.on(`/${i}.bin`, redirect(302, `/${i + 1}.bin`));
    expect((await faultOf(bring({ url: `${server.url}/0.bin` }))).kind).toBe("redirect-loop");
    expect(world().files()).toEqual([]);
  });

  test("a cut after a redirection resumes through it", async () => {
    const content = noise(6000);
    world().server.on("/a.bin", redirect(302, "/b.bin"));
    world().server.on("/b.bin", file(content, { etag: '"v1"', cuts: [4000] }));
    await received(bring());
    expect(world().server.sent("/b.bin")).toBe(6000);
    expect(target().equals(content)).toBe(true);
  });

  test("to something that is no web address", async () => {
    world().server.on("/a.bin", redirect(302, "file:///etc/passwd"));
    expect((await faultOf(bring())).message).toContain("Cette adresse est illisible");
  });
});

describe("what is there already", () => {
  test("is not received again when the publisher says that it is the same", async () => {
    world().server.on("/a.bin", file("contenu", { etag: '"v1"' }));
    expect((await bring({ known: { etag: '"v1"' } })).unchanged).toBe(true);
    expect(world().server.seen.map((one) => [one.status, one.sent])).toEqual([[304, 0]]);
  });

  test("nor when the server ignores the condition but shows the same ETag", async () => {
    world().server.on("/a.bin", status(200, { etag: '"v1"', "content-length": "7" }, "contenu"));
    expect((await bring({ known: { etag: '"v1"' } })).unchanged).toBe(true);
    expect(world().files()).toEqual([]);
  });

  test("is left as it was by every failure", async () => {
    const path = join(world().folder, "a.bin");
    writeFileSync(path, "ancien");
    for (const [name, handler] of Object.entries({
      absent: status(404),
      cut: inTurn(file(noise(5000), { etag: '"v1"', cuts: [10, 0, 0, 0, 0] })),
      page: status(200, {}, "<!DOCTYPE html><html><title>Accueil</title></html>"),
    })) {
      world().server.on("/a.bin", handler);
      await faultOf(bring());
      expect(readFileSync(path, "utf8"), name).toBe("ancien");
    }
  });
});
