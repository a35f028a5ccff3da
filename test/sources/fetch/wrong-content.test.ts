import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import type { FetchFault } from "../../../src/sources/fetch/faults.ts";
import { type TransferRequest, type TransferResult, transfer } from "../../../src/sources/fetch/transfer.ts";
import { faultOf, noise, sevenZipOf, useFetchWorld, zipOf } from "../../support/fetch-world.ts";
import { file, type Handler, html, json, redirect } from "../../support/publishers.ts";

const world = useFetchWorld();
const page = "https://www.data.gouv.fr/fr/datasets/essai/";

const bring = (name: string, changes: Partial<TransferRequest> = {}): Promise<TransferResult> =>
  transfer(
    { url: `${world().server.url}/${name}`, target: join(world().folder, name), page, ...changes },
    world().network.dispatcher,
    world().effects(),
  );

/** The fault of a file that is refused; sees that nothing of it stays. */
async function refused(name: string, handler: Handler, changes: Partial<TransferRequest> = {}): Promise<FetchFault> {
  world().server.on(`/${name}`, handler);
  const fault = await faultOf(bring(name, changes));
  expect(world().files(), "rien ne reste").toEqual([]);
  return fault;
}

async function accepted(name: string, handler: Handler, changes: Partial<TransferRequest> = {}): Promise<Buffer> {
  world().server.on(`/${name}`, handler);
  await bring(name, changes);
  expect(world().files()).toEqual([name]);
  return readFileSync(join(world().folder, name));
}

const csv = "code_qp;valeur\nQP035001;12\n";
const zip = zipOf("a.csv", noise(3000));

describe("a page in place of the file", () => {
  test("with status 200", async () => {
    const fault = await refused("a.csv", html("Page introuvable - Insee"));
    expect(fault.kind).toBe("html");
    expect(fault.message).toContain("Une page web est arrivée à la place du fichier");
    expect(fault.message).toContain("Page introuvable - Insee");
    expect(fault.message).toContain(page);
  });

  test("of another site, after a redirection", async () => {
    const other = await world().secondServer();
    other.on("/connexion", html("Connexion"));
    const fault = await refused("a.csv", redirect(302, `${other.url}/connexion`));
    expect(fault.message).toContain("Une page web d'un autre site");
  });

  test("of a captive portal", async () => {
    const fault = await refused("a.zip", html("Bienvenue sur le Wi-Fi de l'hôtel"));
    expect(fault.kind).toBe("captive-portal");
    expect(fault.message).toContain("portail captif");
    expect(fault.message).toContain("accepter les conditions du réseau");
  });

  test("of a captive portal, by its status 511", async () => {
    expect((await refused("a.zip", html("Authentification", 511))).kind).toBe("captive-portal");
  });

  test("but a table whose server calls it HTML is a table", async () => {
    expect((await accepted("a.csv", file(csv, { type: "text/html" }))).toString()).toBe(csv);
  });
});

describe("an error told in JSON with status 200", () => {
  test("in place of a table, of an archive, of a document", async () => {
    const error = { error_code: "DatasetNotFound", message: "Ce jeu n'existe pas" };
    for (const name of ["a.csv", "a.zip", "a.json"]) {
      const fault = await refused(name, json(error));
      expect(fault.kind, name).toBe("json-error");
      expect(fault.message).toContain("message d'erreur (JSON)");
      expect(fault.message).toContain("DatasetNotFound");
    }
  });

  test("but a small document that only has a message is data when it holds records", async () => {
    const document = { message: "ok", results: [{ code: "35" }] };
    expect(JSON.parse((await accepted("a.json", json(document))).toString())).toEqual(document);
  });
});

describe("an archive without its end", () => {
  test("zip and workbook", async () => {
    for (const name of ["a.zip", "a.xlsx"]) {
      const fault = await refused(name, file(zip.subarray(0, 2000)));
      expect(fault.kind).toBe("truncated");
      expect(fault.message).toContain("Le fichier reçu est tronqué\u00a0: sa fin manque");
      expect(fault.message).toContain("2000 octets");
    }
  });

  test("zip that lacks its middle, its end being there", async () => {
    expect((await refused("a.zip", file(Buffer.concat([zip.subarray(0, 100), zip.subarray(2000)])))).kind).toBe(
      "truncated",
    );
  });

  test("zip whose directory was never written, its end being there", async () => {
    const hollow = Buffer.from(zip);
    hollow.fill(0, zip.length - 22 - 51, zip.length - 22);
    expect((await refused("a.zip", file(hollow))).kind).toBe("truncated");
  });

  test("7z that announces more than any disk holds", async () => {
    const start = Buffer.alloc(20);
    start.writeBigUInt64LE(2n ** 50n, 8);
    const head = Buffer.from("377abcaf271c000400000000", "hex");
    head.writeUInt32LE(crc32(start), 8);
    expect((await refused("a.7z", file(Buffer.concat([head, start, noise(100)])))).kind).toBe("truncated");
  });

  test("gzip", async () => {
    const whole = gzipSync(noise(50_000));
    expect((await refused("a.csv.gz", file(whole.subarray(0, whole.length - 9)))).kind).toBe("truncated");
    expect((await accepted("a.csv.gz", file(whole))).equals(whole)).toBe(true);
  });

  test("7z", async () => {
    const whole = sevenZipOf(noise(4000));
    expect((await refused("a.7z", file(whole.subarray(0, 3000)))).kind).toBe("truncated");
    expect((await accepted("a.7z", file(whole))).equals(whole)).toBe(true);
  });

  test("JSON and Parquet", async () => {
    expect((await refused("a.geojson", file('{"type":"FeatureCollection","features":[{"a":'))).kind).toBe("truncated");
    expect((await refused("a.parquet", file(Buffer.concat([Buffer.from("PAR1"), noise(500)])))).kind).toBe("truncated");
  });

  test("whose connection ends without saying a length is asked for once more", async () => {
    const whole = zip;
    let hits = 0;
    world().server.on("/a.zip", (exchange) => {
      hits++;
      return file(hits === 1 ? whole.subarray(0, 1500) : whole, { unsized: true })(exchange);
    });
    await bring("a.zip");
    expect(readFileSync(join(world().folder, "a.zip")).equals(whole)).toBe(true);
  });
});

describe("another format or nothing", () => {
  test("a table under the name of an archive", async () => {
    const fault = await refused("a.zip", file(csv));
    expect(fault.kind).toBe("wrong-format");
    expect(fault.message).toContain("une archive ZIP ou un classeur");
  });

  test("an archive or a PDF under the name of a table", async () => {
    for (const content of [zip, gzipSync(csv), "%PDF-1.7 tableau"])
      expect((await refused("a.csv", file(content))).message).toContain("n'est pas du format attendu");
  });

  test("anything under the name of an OpenStreetMap extract", async () => {
    expect((await refused("a.osm.pbf", file(noise(100)))).kind).toBe("wrong-format");
  });

  test("nothing at all", async () => {
    expect((await refused("a.csv", file(""))).message).toContain("Le fichier reçu est vide");
  });
});

describe("sums and sizes", () => {
  const md5 = createHash("md5").update(csv).digest("hex");

  test("a wrong checksum is told with both values, and the file is refused", async () => {
    const fault = await refused("a.csv", file(`${csv}x`), { checksum: { type: "md5", value: md5 } });
    expect(fault.kind).toBe("checksum");
    expect(fault.message).toContain("La somme de contrôle (md5)");
    expect(fault.message).toContain(`Attendu\u00a0: ${md5}`);
    expect(fault.message).toContain(createHash("md5").update(`${csv}x`).digest("hex"));
    expect(world().server.seen).toHaveLength(1);
  });

  test("a right one in capitals, of each kind", async () => {
    for (const type of ["md5", "sha1", "sha256"] as const) {
      const value = createHash(type).update(csv).digest("hex").toUpperCase();
      expect((await accepted("a.csv", file(csv), { checksum: { type, value } })).toString()).toBe(csv);
    }
  });

  test("a size that is not the publisher's", async () => {
    const fault = await refused("a.csv", file(csv), { bytes: 999 });
    expect(fault.kind).toBe("size");
    expect(fault.message).toContain("999 octets");
  });

  test("a Content-Length above what comes is a cut; below, an archive without its end", async () => {
    world().server.on("/b.csv", file(csv, { etag: '"v1"', ranges: "ignored", claimedLength: 500 }));
    const fault = await faultOf(bring("b.csv"));
    expect(fault.kind).toBe("cut");
    expect(existsSync(join(world().folder, "b.csv"))).toBe(false);
    world().server.on("/a.zip", file(zip, { claimedLength: 1000 }));
    expect((await faultOf(bring("a.zip"))).kind).toBe("truncated");
    expect(existsSync(join(world().folder, "a.zip"))).toBe(false);
  });
});

describe("compressed for the way", () => {
  test("is unpacked, and its sum is that of the content", async () => {
    world().server.on("/a.csv", file(csv, { gzip: true }));
    const result = await bring("a.csv", { checksum: { type: "sha256", value: sha256(csv) } });
    expect(result).toMatchObject({ sha256: sha256(csv), bytes: csv.length });
    expect(readFileSync(join(world().folder, "a.csv"), "utf8")).toBe(csv);
    expect(world().files()).toEqual(["a.csv"]);
  });

  test("resumes after a cut on what was sent, not on what it holds", async () => {
    const content = noise(20_000).toString("hex");
    world().server.on("/a.csv", file(content, { gzip: true, etag: '"v1"', cuts: [5000] }));
    await bring("a.csv");
    expect(readFileSync(join(world().folder, "a.csv"), "utf8")).toBe(content);
    expect(world().server.seen.at(-1)?.headers.range).toBe("bytes=5000-");
  });

  test("a .gz file that its server labels so stays a .gz file", async () => {
    const whole = gzipSync(csv);
    const labelled: Handler = (exchange) => {
      exchange.response.setHeader("content-encoding", "gzip");
      return file(whole)(exchange);
    };
    expect((await accepted("a.csv.gz", labelled)).equals(whole)).toBe(true);
  });

  test("by a way that we do not read", async () => {
    const fault = await refused("a.csv", (exchange) => {
      exchange.response.setHeader("content-encoding", "compress");
      return file(csv)(exchange);
    });
    expect(fault.kind).toBe("encoding");
  });
});
