import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import { errors } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { openNetwork } from "../../../src/sources/fetch/http.ts";
import { networkFault } from "../../../src/sources/fetch/network-faults.ts";
import { type TransferResult, transfer } from "../../../src/sources/fetch/transfer.ts";
import { faultOf, noise, useFetchWorld } from "../../support/fetch-world.ts";
import { openProxy, type ProxyServer } from "../../support/proxy.ts";
import { file, status } from "../../support/publishers.ts";

const world = useFetchWorld();
const page = "https://www.insee.fr/fr/statistiques/1";

const bring = (url: string, network = world().network): Promise<TransferResult> =>
  transfer({ url, target: join(world().folder, "a.bin"), page }, network.dispatcher, world().effects());

describe("the network", () => {
  test("a name that does not exist", async () => {
    const fault = await faultOf(bring("http://producteur.invalid/a.bin"));
    expect(fault.kind).toBe("name");
    expect(fault.message).toContain("Ce nom de serveur est introuvable");
    expect(fault.message).toContain("HTTPS_PROXY");
  });

  test("a port where nobody listens", async () => {
    const { port, close } = await world().secondServer();
    await close();
    const fault = await faultOf(bring(`http://127.0.0.1:${port}/a.bin`));
    expect(fault.kind).toBe("refused");
    expect(fault.message).toContain("Le serveur refuse la connexion, après 5 essais");
  });

  test("a certificate that no authority signed", async () => {
    const server = await world().secondServer({ tls: true });
    server.on("/a.bin", file("secret"));
    const fault = await faultOf(bring(`${server.url}/a.bin`));
    expect(fault.kind).toBe("tls");
    expect(fault.message).toContain("La connexion chiffrée (TLS) a échoué");
    expect(fault.message).toContain("Ne pas désactiver la vérification");
    expect(server.seen).toEqual([]);
  });

  test("TLS spoken to a server that does not", async () => {
    expect((await faultOf(bring(`https://127.0.0.1:${world().server.port}/a.bin`))).kind).toBe("tls");
  });

  test("a server that speaks no HTTP", async () => {
    const server = createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const fault = await faultOf(bring(`http://127.0.0.1:${port}/a.bin`)).finally(() => server.close());
    expect(fault.kind).toBe("protocol");
    expect(fault.message).toContain("Le serveur ne répond pas selon le protocole HTTP");
  });

  test("nothing of these leaves a file", async () => {
    await faultOf(bring("http://producteur.invalid/a.bin"));
    expect(world().files()).toEqual([]);
  });
});

describe("faults that a test cannot arrange are told by their codes", () => {
  const coded = (code: string): Error => Object.assign(new Error("voir http://moi:motdepasse@hote"), { code });
  test.each([
    [new errors.ConnectTimeoutError("délai"), "timeout", true],
    [new TypeError("fetch failed", { cause: coded("EAI_AGAIN") }), "name", true],
    [coded("ENETUNREACH"), "unreachable", true],
    [new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]), "refused", true],
    [coded("CERT_HAS_EXPIRED"), "tls", false],
    [coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), "tls", false],
    [coded("ECONNRESET"), "cut", true],
  ])("%s", (error, kind, retryable) => {
    const fault = networkFault(error, "https://www.insee.fr/a.csv");
    expect(fault).toMatchObject({ kind, retryable });
    expect(inspect(fault, { depth: 9 })).not.toContain("motdepasse");
  });

  test("a full disk is the disk's fault, and a mistake of ours stays one", () => {
    const full = networkFault(coded("ENOSPC"), "https://www.insee.fr/a.csv");
    expect(full).toMatchObject({ message: expect.stringContaining("Le disque est plein") });
    const mistake = new TypeError("x is not a function");
    expect(networkFault(mistake, "https://www.insee.fr/a.csv")).toBe(mistake);
  });
});

describe("answers without the file", () => {
  test.each([
    [401, "credentials", "Ce fichier demande des identifiants"],
    [403, "blocked", "Le serveur interdit l'accès à ce fichier"],
    [404, "gone", "Ce fichier n'est plus à cette adresse"],
    [410, "gone", "Ce fichier a été retiré par son producteur"],
    [418, "status", "Le serveur répond autre chose que le fichier"],
    [500, "unavailable", "Le serveur est en panne, après 5 essais"],
  ] as const)("%i", async (code, kind, words) => {
    world().server.on("/a.bin", status(code));
    const fault = await faultOf(bring(`${world().server.url}/a.bin`));
    expect(fault.kind).toBe(kind);
    expect(fault.message).toContain(words);
    expect(fault.message).toContain("À faire");
    if (kind === "gone" || kind === "status" || kind === "blocked") expect(fault.message).toContain(page);
    expect(world().files()).toEqual([]);
  });

  test("passwords and signatures of an address are not kept beside a part either", async () => {
    world().server.on("/a.bin", file(noise(5000), { etag: '"v1"', cuts: [1000, 0, 0, 0, 0] }));
    await faultOf(bring(`http://moi:motdepasse@127.0.0.1:${world().server.port}/a.bin?token=jeton123`));
    const note = readFileSync(join(world().folder, "a.bin.partiel.json"), "utf8");
    expect(note).toContain("a.bin");
    expect(note).not.toMatch(/motdepasse|jeton123/);
    expect(world().server.seen[0]?.headers.authorization).toBe(`Basic ${btoa("moi:motdepasse")}`);
  });

  test("passwords and signatures of an address are not printed", async () => {
    world().server.on("/a.bin", status(404));
    const url = `http://moi:motdepasse@127.0.0.1:${world().server.port}/a.bin?token=jeton123&X-Amz-Signature=abcdef&an=2021`;
    const said = inspect(await faultOf(bring(url)), { depth: 9 });
    expect(said).toContain("an=2021");
    for (const secret of ["motdepasse", "jeton123", "abcdef"]) expect(said).not.toContain(secret);
  });
});

describe("a proxy", () => {
  let proxy: ProxyServer | undefined;
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const setEnvironment = (values: Readonly<Record<string, string>>): void => {
    for (const name of names) {
      const value = values[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  afterEach(async () => {
    await proxy?.close();
    setEnvironment(
      Object.fromEntries(
        Object.entries(before).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
    );
  });

  test("of the environment carries the download, cut and resumed", async () => {
    const content = noise(6000);
    proxy = await openProxy({ password: "agent:motdepasse" });
    setEnvironment({ HTTP_PROXY: proxy.url });
    world().server.on("/a.bin", file(content, { etag: '"v1"', cuts: [4000] }));
    const network = openNetwork();
    await bring(`${world().server.url}/a.bin`, network).finally(network.close);
    expect(readFileSync(join(world().folder, "a.bin")).equals(content)).toBe(true);
    expect(proxy.seen.length).toBeGreaterThan(0);
    expect(proxy.seen[0]).toContain(`127.0.0.1:${world().server.port}`);
  });

  test("is left aside for the hosts of NO_PROXY", async () => {
    proxy = await openProxy();
    setEnvironment({ HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" });
    world().server.on("/a.bin", file("contenu"));
    const network = openNetwork();
    await bring(`${world().server.url}/a.bin`, network).finally(network.close);
    expect(proxy.seen).toEqual([]);
  });

  test("that asks for a password", async () => {
    proxy = await openProxy({ password: "agent:motdepasse" });
    const wrong = proxy.url.replace("motdepasse", "faux-mot");
    for (const scheme of ["http", "https"]) {
      const network = world().connect({ httpProxy: wrong, httpsProxy: wrong, noProxy: "" });
      const fault = await faultOf(bring(`${scheme}://127.0.0.1:${world().server.port}/a.bin`, network));
      expect(fault.kind).toBe("proxy");
      expect(fault.message).toContain("Le mandataire (proxy) demande des identifiants");
      expect(inspect(fault, { depth: 9 })).not.toContain("faux-mot");
    }
  });

  test("whose address is unreadable is told without its password", () => {
    let said = "";
    try {
      openNetwork({ httpProxy: "http://agent:motdepasse@:::" });
    } catch (error) {
      said = inspect(error, { depth: 9 });
    }
    expect(said).toContain("L'adresse du mandataire (proxy) est illisible");
    expect(said).not.toContain("motdepasse");
  });
});
