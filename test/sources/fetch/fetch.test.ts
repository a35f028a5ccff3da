import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import { type Contract, noSecrecy } from "../../../src/sources/contract.ts";
import { type FetchOptions, fetchSources } from "../../../src/sources/fetch/fetch.ts";
import type { FetchOutcome, FetchReport } from "../../../src/sources/fetch/outcome.ts";
import type { Retrieval } from "../../../src/sources/retrieval.ts";
import { noise, useFetchWorld, zipOf } from "../../support/fetch-world.ts";
import { file, html, inTurn, json, redirect, status } from "../../support/publishers.ts";

const world = useFetchWorld();

const contractOf = (id: string, retrieval: Retrieval | undefined, changes: Partial<Contract> = {}): Contract => ({
  id,
  title: `Source ${id}`,
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: `https://www.data.gouv.fr/fr/datasets/${id}/`,
  geography: "communes",
  unit: "commune",
  access: "public",
  files: retrieval && "to" in retrieval ? [retrieval.to] : [`${id}.csv`],
  ...(retrieval ? { retrieval } : {}),
  format: "csv",
  columns: [],
  key: [],
  published: true,
  secrecy: noSecrecy,
  ...changes,
});

const fetchAll = (contracts: readonly Contract[], options: Partial<FetchOptions> = {}): Promise<FetchReport> => {
  const base = world().server.url;
  const bases = { file: base, "data.gouv": base, opendatasoft: base, "transport.data.gouv": base };
  return fetchSources(
    { dataFolder: world().folder, departements: [] },
    contracts,
    { dispatcher: world().network.dispatcher, bases, ...options },
    world().effects(),
  );
};

const fetchOne = async (contract: Contract, options: Partial<FetchOptions> = {}): Promise<FetchOutcome> => {
  const [outcome] = (await fetchAll([contract], options)).outcomes;
  if (!outcome) throw new Error("un résultat était attendu");
  return outcome;
};

const read = (name: string): string => readFileSync(join(world().folder, name), "utf8");
const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(world().folder, name)), { recursive: true });
  writeFileSync(join(world().folder, name), text);
};
const lockOf = (name: string): Record<string, unknown> => JSON.parse(read("quartiers.lock.json")).files[name];
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const csv = "code;valeur\n35238;12\n";

describe("a file at an address (INSEE, IGN)", () => {
  const retrieval = {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/1/a.csv",
    to: "insee/a.csv",
  } as const;
  const path = "/fr/statistiques/fichier/1/a.csv";

  test("is received and noted in the lock", async () => {
    world().server.on(path, file(csv, { etag: '"v1"', lastModified: "Mon, 02 Mar 2026 10:00:00 GMT" }));
    const outcome = await fetchOne(contractOf("a", retrieval));
    expect(outcome).toMatchObject({ status: "received", message: "insee/a.csv, 21\u00a0octets.", sha256: sha256(csv) });
    expect(read("insee/a.csv")).toBe(csv);
    expect(lockOf("insee/a.csv")).toEqual({
      source: "a",
      publisher: "Insee",
      licence: "Licence Ouverte 2.0",
      vintage: "2021",
      url: `${world().server.url}${path}`,
      finalUrl: `${world().server.url}${path}`,
      date: "2026-03-02T12:00:00.000Z",
      bytes: 21,
      sha256: sha256(csv),
      etag: '"v1"',
      lastModified: "Mon, 02 Mar 2026 10:00:00 GMT",
    });
    expect(world().files()).toEqual(["insee/a.csv", "quartiers.lock.json"]);
  });

  test("a second time is « déjà là », without a byte received", async () => {
    world().server.on(path, file(csv, { etag: '"v1"' }));
    await fetchOne(contractOf("a", retrieval));
    const lock = read("quartiers.lock.json");
    const outcome = await fetchOne(contractOf("a", retrieval));
    expect(outcome).toMatchObject({
      status: "present",
      message: "insee/a.csv, déjà là\u00a0: inchangé chez le producteur.",
    });
    expect(world().server.seen.map((one) => [one.status, one.sent])).toEqual([
      [200, 21],
      [304, 0],
    ]);
    expect(read("quartiers.lock.json")).toBe(lock);
  });

  test("a new version replaces the one that we brought", async () => {
    world().server.on(path, file(csv, { etag: '"v1"' }));
    await fetchOne(contractOf("a", retrieval));
    world().server.on(path, file(`${csv}44109;7\n`, { etag: '"v2"' }));
    expect((await fetchOne(contractOf("a", retrieval))).status).toBe("received");
    expect(lockOf("insee/a.csv")["etag"]).toBe('"v2"');
  });

  test("a file that someone put there is left, unless forced", async () => {
    write("insee/a.csv", "à moi");
    world().server.on(path, file(csv));
    const kept = await fetchOne(contractOf("a", retrieval));
    expect(kept.status).toBe("kept");
    expect(kept.message).toContain(
      "il n'est pas venu par cette commande, il est laissé tel quel (--force pour le remplacer)",
    );
    expect(read("insee/a.csv")).toBe("à moi");
    expect((await fetchOne(contractOf("a", retrieval), { force: true })).status).toBe("received");
    expect(read("insee/a.csv")).toBe(csv);
  });

  test("a file that someone changed is left, and told", async () => {
    world().server.on(path, file(csv, { etag: '"v1"' }));
    await fetchOne(contractOf("a", retrieval));
    write("insee/a.csv", "changé");
    expect((await fetchOne(contractOf("a", retrieval))).message).toContain("il a changé depuis son téléchargement");
    expect(read("insee/a.csv")).toBe("changé");
  });

  test("a file put there by hand is taken in when its checksum is the publisher's, without network", async () => {
    write("insee/a.csv", csv);
    const outcome = await fetchOne(contractOf("a", { ...retrieval, md5: md5(csv) }));
    expect(outcome.status).toBe("present");
    expect(lockOf("insee/a.csv")["sha256"]).toBe(sha256(csv));
    expect(world().server.seen).toEqual([]);
  });

  test("under another of its names it is « déjà là »", async () => {
    write("ancien/a.csv", csv);
    const contract = contractOf("a", retrieval, { files: ["ancien/a.csv", "insee/a.csv"] });
    expect(await fetchOne(contract)).toMatchObject({ status: "present", message: "ancien/a.csv, déjà là." });
  });

  test("a wrong MD5 leaves nothing, neither file nor lock", async () => {
    world().server.on(path, file(csv));
    const outcome = await fetchOne(contractOf("a", { ...retrieval, md5: md5("autre") }));
    expect(outcome).toMatchObject({ status: "failed", fault: "checksum" });
    expect(outcome.message).toContain(md5("autre"));
    expect(outcome.message).toContain(md5(csv));
    expect(world().files()).toEqual([]);
  });

  test("a permanent redirection gives the address to write in the contract", async () => {
    world().server.on(path, redirect(301, "/nouveau/a.csv"));
    world().server.on("/nouveau/a.csv", file(csv));
    const outcome = await fetchOne(contractOf("a", retrieval));
    expect(outcome.notices).toEqual([
      `L'adresse a changé définitivement\u00a0: mettre ${world().server.url}/nouveau/a.csv dans le contrat.`,
    ]);
    expect(lockOf("insee/a.csv")["finalUrl"]).toBe(`${world().server.url}/nouveau/a.csv`);
  });

  test("withdrawn gives the page of the dataset", async () => {
    const outcome = await fetchOne(contractOf("a", retrieval));
    expect(outcome).toMatchObject({ status: "failed", fault: "gone" });
    expect(outcome.message).toContain("https://www.data.gouv.fr/fr/datasets/a/");
  });
});

describe("Geofabrik", () => {
  const extract = Buffer.concat([Buffer.from("0000000e0a09", "hex"), Buffer.from("OSMHeader"), noise(500)]);
  const url = "https://download.geofabrik.de/europe/france/bretagne-latest.osm.pbf";
  const retrieval = { via: "file", url, md5Url: `${url}.md5`, to: "osm/bretagne.osm.pbf" } as const;
  const path = "/europe/france/bretagne-latest.osm.pbf";
  const sum = createHash("md5").update(extract).digest("hex");

  test("the checksum beside is read, and verified", async () => {
    world().server.on(
      "/europe/france/bretagne-latest.osm.pbf",
      redirect(302, "/europe/france/bretagne-260301.osm.pbf"),
    );
    world().server.on("/europe/france/bretagne-260301.osm.pbf", file(extract));
    world().server.on(`${path}.md5`, status(200, {}, `${sum}  bretagne-latest.osm.pbf\n`));
    expect((await fetchOne(contractOf("osm", retrieval))).status).toBe("received");
    expect(await fetchOne(contractOf("osm", retrieval))).toMatchObject({ status: "present" });
    expect(world().server.sent("/europe/france/bretagne-260301.osm.pbf")).toBe(extract.length);
  });

  test("a checksum beside that is none is told", async () => {
    world().server.on(path, file(extract));
    world().server.on(`${path}.md5`, status(200, {}, "bientôt"));
    expect(await fetchOne(contractOf("osm", retrieval))).toMatchObject({ status: "failed", fault: "answer" });
    expect(world().files()).toEqual([]);
  });
});

describe("data.gouv.fr", () => {
  const zip = zipOf("qp.csv", noise(2000));
  const resource = {
    id: "5b0aa3a8-1111-2222-3333-444455556666",
    title: "QPV 2024, contours",
    url: "",
    latest: "",
    format: "zip",
    filetype: "file",
    filesize: zip.length,
    checksum: { type: "sha1", value: createHash("sha1").update(zip).digest("hex") },
    last_modified: "2026-02-01T08:00:00+00:00",
  };
  const serve = (...resources: readonly object[]): void => {
    const { server } = world();
    server.on("/api/1/datasets/qpv/", json({ id: "5561", slug: "qpv", title: "QPV", license: "lov2", resources }));
    server.on(`/api/1/datasets/r/${resource.id}`, redirect(302, `${server.url}/resources/qpv/a.zip`));
    server.on("/resources/qpv/a.zip", file(zip, { etag: '"v1"' }));
    server.on("/resources/qpv/b.zip", file(zipOf("b.csv", noise(100))));
  };

  test("a resource by its identifier, through its permanent address, its checksum verified", async () => {
    serve(resource);
    const contract = contractOf("qpv", { via: "data.gouv", dataset: "qpv", resource: resource.id, to: "qpv.zip" });
    expect(await fetchOne(contract)).toMatchObject({ status: "received", sha256: sha256(zip), notices: [] });
    expect(lockOf("qpv.zip")).toMatchObject({
      url: `${world().server.url}/api/1/datasets/r/${resource.id}`,
      finalUrl: `${world().server.url}/resources/qpv/a.zip`,
    });
    expect((await fetchOne(contract)).message).toContain("vérifié par la somme de contrôle du producteur");
    expect(world().server.sent("/resources/qpv/a.zip")).toBe(zip.length);
  });

  test("the newest whose title matches, whatever accents and case", async () => {
    const [old, fresh] = ["b", "a"].map((name) => `${world().server.url}/resources/qpv/${name}.zip`);
    serve(
      {
        ...resource,
        id: "1",
        title: "Périmètres 2023",
        url: old,
        last_modified: "2024-01-01T00:00:00+00:00",
        checksum: null,
        filesize: null,
      },
      { ...resource, id: "2", title: "PERIMETRES 2026", url: fresh },
      { ...resource, id: "3", title: "Notice", url: old, last_modified: "2026-03-01T00:00:00+00:00" },
    );
    await fetchOne(contractOf("qpv", { via: "data.gouv", dataset: "qpv", titled: "périmètres", to: "qpv.zip" }));
    expect(lockOf("qpv.zip")["url"]).toBe(fresh);
  });

  test("a title that no resource bears names those that there are", async () => {
    serve(resource);
    const outcome = await fetchOne(
      contractOf("qpv", { via: "data.gouv", dataset: "qpv", titled: "IRIS", to: "qpv.zip" }),
    );
    expect(outcome).toMatchObject({ status: "failed", fault: "gone" });
    expect(outcome.message).toContain("QPV 2024, contours");
  });

  test("a wrong checksum of a file that it keeps is refused; a remote file's old one does not bind", async () => {
    const checksum = { type: "sha1", value: "0".repeat(40) };
    const contract = contractOf("qpv", { via: "data.gouv", dataset: "qpv", resource: resource.id, to: "qpv.zip" });
    serve({ ...resource, checksum });
    expect(await fetchOne(contract)).toMatchObject({ status: "failed", fault: "checksum" });
    expect(world().files()).toEqual([]);
    serve({ ...resource, checksum, filetype: "remote", filesize: 3 });
    expect((await fetchOne(contract)).status).toBe("received");
  });

  test("a dataset that was deleted", async () => {
    world().server.on("/api/1/datasets/qpv/", json({ message: "Dataset has been deleted" }, 410));
    const outcome = await fetchOne(contractOf("qpv", { via: "data.gouv", dataset: "qpv", titled: "a", to: "qpv.zip" }));
    expect(outcome).toMatchObject({ status: "failed", fault: "gone" });
    expect(outcome.message).toContain("retiré par son producteur");
  });
});

describe("Opendatasoft, Explore v2.1", () => {
  const dataset = "base-des-lieux";
  const about = `/api/explore/v2.1/catalog/datasets/${dataset}`;
  const retrieval = {
    via: "opendatasoft",
    portal: "https://data.culture.gouv.fr",
    dataset,
    format: "csv",
    where: 'region = "Bretagne"',
    select: ["code_insee", "nom"],
    to: "culture/lieux.csv",
  } as const;
  const contract = contractOf("lieux", retrieval);
  const describedAs = (processed: string): void =>
    world().server.on(
      about,
      json({ dataset_id: dataset, metas: { default: { data_processed: processed, records_count: 1 } } }),
    );

  test("the whole export, with technical names, semicolons and the condition", async () => {
    describedAs("2026-02-01T00:00:00+00:00");
    world().server.on(`${about}/exports/csv`, file(csv, { unsized: true, type: "text/csv" }));
    expect((await fetchOne(contract)).status).toBe("received");
    const asked = new URL(world().server.seen.at(-1)?.path ?? "", world().server.url).searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      delimiter: ";",
      list_separator: ",",
      quote_all: "false",
      with_bom: "false",
      use_labels: "false",
      timezone: "UTC",
      select: "code_insee,nom",
      where: 'region = "Bretagne"',
    });
  });

  test("is asked for again only when the portal has processed new data", async () => {
    describedAs("2026-02-01T00:00:00+00:00");
    world().server.on(`${about}/exports/csv`, file(csv, { unsized: true }));
    await fetchOne(contract);
    expect((await fetchOne(contract)).message).toContain("inchangé chez le producteur");
    expect(world().server.sent(`${about}/exports/csv`)).toBe(csv.length);
    describedAs("2026-03-01T00:00:00+00:00");
    world().server.on(`${about}/exports/csv`, file(`${csv}44109;7\n`, { unsized: true }));
    expect((await fetchOne(contract)).status).toBe("received");
  });

  test("an export that breaks off is asked for again from the start", async () => {
    describedAs("2026-02-01T00:00:00+00:00");
    world().server.on(`${about}/exports/csv`, file(csv, { unsized: true, cuts: [8] }));
    expect((await fetchOne(contract)).status).toBe("received");
    expect(read("culture/lieux.csv")).toBe(csv);
  });

  test("a dataset that the portal does not know, in its own words", async () => {
    const answer = { error_code: "ODSQLError", message: "Unknown field: code_inse" };
    describedAs("2026-02-01T00:00:00+00:00");
    world().server.on(`${about}/exports/csv`, json(answer));
    const outcome = await fetchOne(contract);
    expect(outcome).toMatchObject({ status: "failed", fault: "json-error" });
    expect(world().files()).toEqual([]);
  });
});

describe("transport.data.gouv.fr", () => {
  const gtfs = zipOf("stops.txt", noise(1000));
  const id = "5bae8c2806e3e75b699dc606";
  const feeds = (): readonly object[] => [
    { title: "Horaires", format: "gtfs-rt", url: `${world().server.url}/rt`, updated: "2026-03-01T00:00:00Z" },
    { title: "STAR 2025", format: "GTFS", url: `${world().server.url}/old.zip`, updated: "2025-03-01T00:00:00Z" },
    {
      title: "STAR 2026",
      format: "GTFS",
      url: `${world().server.url}/gtfs.zip`,
      original_url: "https://star.fr/gtfs.zip",
      updated: "2026-02-01T00:00:00Z",
    },
  ];

  test("the newest GTFS of a dataset, by identifier and by slug", async () => {
    const dataset = {
      id,
      datagouv_id: id,
      slug: "star",
      page_url: "https://transport.data.gouv.fr/datasets/star",
      resources: feeds(),
    };
    world().server.on(`/api/datasets/${id}`, json(dataset));
    world().server.on("/api/datasets", json([{ slug: "autre", resources: [] }, dataset]));
    world().server.on("/gtfs.zip", file(gtfs, { etag: '"v1"' }));
    for (const name of [id, "star"]) {
      const contract = contractOf(`gtfs-${name}`, {
        via: "transport.data.gouv",
        dataset: name,
        to: `gtfs/${name}.zip`,
      });
      expect(await fetchOne(contract), name).toMatchObject({ status: "received", sha256: sha256(gtfs) });
    }
  });

  test("no GTFS any more, and no such dataset", async () => {
    world().server.on(`/api/datasets/${id}`, json({ resources: [] }));
    world().server.on("/api/datasets", json([]));
    for (const name of [id, "star"]) {
      const contract = contractOf("gtfs", { via: "transport.data.gouv", dataset: name, to: "gtfs.zip" });
      expect(await fetchOne(contract), name).toMatchObject({ status: "failed", fault: "gone" });
    }
  });
});

describe("several sources", () => {
  const at = (name: string): Retrieval => ({ via: "file", url: `https://www.insee.fr/${name}`, to: name });

  test("one that fails does not stop the others; the report keeps their order", async () => {
    const { server } = world();
    server.on("/a.csv", file(csv));
    server.on("/b.csv", html("Page introuvable"));
    server.on("/c.csv", inTurn(status(503), file(csv)));
    const report = await fetchAll([
      contractOf("a", at("a.csv")),
      contractOf("b", at("b.csv")),
      contractOf("c", at("c.csv")),
      contractOf("d", { via: "partner", ask: "Demander à la Cnam." }),
      contractOf("e", { via: "npm", package: "@etalab/decoupage-administratif" }),
      contractOf("f", undefined),
    ]);
    expect(report.outcomes.map(({ source, status: state }) => `${source} ${state}`)).toEqual([
      "a received",
      "b failed",
      "c received",
      "d to-ask",
      "e package",
      "f no-address",
    ]);
    expect(report.failed).toBe(1);
    expect(report.outcomes[3]?.message).toBe("Demander à la Cnam.");
    expect(report.outcomes[5]?.message).toContain("https://www.data.gouv.fr/fr/datasets/f/");
    expect(Object.keys(JSON.parse(read("quartiers.lock.json")).files)).toEqual(["a.csv", "c.csv"]);
  });

  test("one at a time on a host", async () => {
    const names = ["a.csv", "b.csv", "c.csv"];
    for (const name of names) world().server.on(`/${name}`, file(csv, { drip: { bytes: 7, everyMs: 10 } }));
    await fetchAll(names.map((name) => contractOf(name, at(name))));
    expect(world().server.mostAtOnce()).toBe(1);
  });

  test("two at a time on several hosts", async () => {
    const hosts = ["a", "b", "c", "d"].map((name) => `${name}.csv`);
    for (const name of hosts) world().server.on(`/${name}`, file(csv, { drip: { bytes: 7, everyMs: 20 } }));
    await fetchAll(
      hosts.map((name) => contractOf(name, { via: "file", url: `https://${name}.example/${name}`, to: name })),
    );
    expect(world().server.mostAtOnce()).toBe(2);
  });

  test("a dry run asks nothing and writes nothing", async () => {
    const report = await fetchAll([contractOf("a", at("a.csv"), { megabytes: 85 })], { dryRun: true });
    expect(report.outcomes[0]).toMatchObject({
      status: "planned",
      message: "https://www.insee.fr/a.csv (85\u00a0Mo) → a.csv",
    });
    expect(world().server.seen).toEqual([]);
    expect(world().files()).toEqual([]);
  });

  test("a contract whose file would leave the folder, or not be found by its source", async () => {
    const outside = contractOf("a", { via: "file", url: "https://www.insee.fr/a", to: "../a.csv" });
    const elsewhere = contractOf("b", at("b.csv"), { files: ["c.csv"] });
    const report = await fetchAll([outside, elsewhere]);
    expect(report.outcomes.map(({ fault }) => fault)).toEqual(["path", "path"]);
    expect(world().server.seen).toEqual([]);
  });
});
