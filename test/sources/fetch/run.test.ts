import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sources } from "../../../src/sources/catalogue.ts";
import { type Contract, noSecrecy } from "../../../src/sources/contract.ts";
import { isInside } from "../../../src/sources/fetch/lock.ts";
import { chooseContracts, runFetch } from "../../../src/sources/fetch/run.ts";
import { noise, useFetchWorld } from "../../support/fetch-world.ts";
import { file, status } from "../../support/publishers.ts";

const world = useFetchWorld();

const contractOf = (id: string, changes: Partial<Contract> = {}): Contract => ({
  id,
  title: `Source ${id}`,
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: `https://www.insee.fr/${id}`,
  geography: "communes",
  unit: "commune",
  access: "public",
  files: [`${id}.csv`],
  retrieval: { via: "file", url: `https://www.insee.fr/fichiers/${id}.csv`, to: `${id}.csv` },
  megabytes: 40,
  format: "csv",
  columns: [],
  key: [],
  published: true,
  secrecy: noSecrecy,
  ...changes,
});

const contracts = [
  contractOf("a", {
    editions: [
      {
        vintage: "2018",
        files: ["a18.csv"],
        retrieval: { via: "file", url: "https://www.insee.fr/fichiers/a18.csv", to: "a18.csv" },
      },
    ],
  }),
  contractOf("b"),
];

/** The command, with what it said and complained of. */
async function run(...args: string[]): Promise<{ code: number; said: string; complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const code = await runFetch(args, {
    ...{
      now: world().now,
      sleep: async () => undefined,
      progress: { step: () => undefined, milestone: () => undefined, end: () => undefined },
    },
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    environment: {},
    bases: { file: world().server.url },
    contracts,
  });
  return { code, said: said.join("\n"), complained: complained.join("\n") };
}

const data = (): string => join(world().folder, "donnees");

describe("quartiers fetch", () => {
  test("warns of the size, brings all, and a second time says « déjà là »", async () => {
    world().server.on("/fichiers/a.csv", file("a\n1\n", { etag: '"a"' }));
    world().server.on("/fichiers/b.csv", file("b\n1\n", { etag: '"b"' }));
    const first = await run("--data", data());
    expect(first).toMatchObject({ code: 0, complained: "" });
    expect(first.said).toContain("Jusqu'à 80\u00a0Mo à télécharger, d'après les contrats");
    expect(first.said).toContain("reçu          a                          a.csv, 4\u00a0octets.");
    const second = await run("--data", data());
    expect(second.said.match(/déjà là/g)).toHaveLength(4);
    expect(
      world()
        .server.seen.map(({ status: code }) => code)
        .sort(),
    ).toEqual([200, 200, 304, 304]);
  });

  test("one source by its name, and another edition of it", async () => {
    world().server.on("/fichiers/a18.csv", file("a\n1\n"));
    expect((await run("a@2018", "--data", data())).code).toBe(0);
    expect(world().files()).toEqual(["donnees/a18.csv", "donnees/quartiers.lock.json"]);
    expect(JSON.parse(readFileSync(join(data(), "quartiers.lock.json"), "utf8")).files["a18.csv"].vintage).toBe("2018");
  });

  test("exit code 1 when one fails, the other being there", async () => {
    world().server.on("/fichiers/a.csv", status(410));
    world().server.on("/fichiers/b.csv", file("b\n1\n"));
    const { code, said, complained } = await run("--data", data());
    expect(code).toBe(1);
    expect(said).toContain("reçu");
    expect(complained).toContain("ÉCHEC         a");
    expect(complained).toContain("Ce fichier a été retiré par son producteur");
    expect(complained).toContain("1 source(s) sur 2 en échec.");
  });

  test("--dry-run makes nothing, not even the folder", async () => {
    const { code, said } = await run("--dry-run", "--data", data(), "--territory", "occitanie");
    expect(code).toBe(0);
    expect(said).toContain("https://www.insee.fr/fichiers/a.csv (40\u00a0Mo) → a.csv");
    expect(existsSync(data())).toBe(false);
    expect(world().server.seen).toEqual([]);
  });

  test("a file that two sources share is counted and received once", async () => {
    world().server.on("/fichiers/a.csv", file("a\n1\n", { etag: '"a"' }));
    const [a] = contracts;
    const report: string[] = [];
    const shared = a ? [a, { ...a, id: "c" }] : [];
    const code = await runFetch(["--data", data()], {
      ...{ say: (line) => report.push(line), bases: { file: world().server.url }, contracts: shared, environment: {} },
    });
    expect(code).toBe(0);
    expect(report[0]).toContain("Jusqu'à 40\u00a0Mo");
    expect(world().server.sent("/fichiers/a.csv")).toBe(4);
    expect(report.slice(1).map((line) => line.slice(0, 7))).toEqual(["reçu   ", "déjà là"]);
  });

  test("--verify compares with the lock", async () => {
    world().server.on("/fichiers/a.csv", file("a\n1\n"));
    await run("a", "--data", data());
    expect(await run("--verify", "--data", data())).toMatchObject({
      code: 0,
      said: expect.stringContaining("identique"),
    });
    writeFileSync(join(data(), "a.csv"), "a\n2\n");
    expect(await run("--verify", "--data", data())).toMatchObject({ code: 1, said: expect.stringContaining("CHANGÉ") });
  });

  test("--force replaces a file of someone else", async () => {
    mkdirSync(data());
    writeFileSync(join(data(), "a.csv"), "à moi");
    world().server.on("/fichiers/a.csv", file("a\n1\n"));
    expect((await run("a", "--data", data())).said).toContain("--force pour le remplacer");
    expect(readFileSync(join(data(), "a.csv"), "utf8")).toBe("à moi");
    await run("a", "--data", data(), "--force");
    expect(readFileSync(join(data(), "a.csv"), "utf8")).toBe("a\n1\n");
  });

  test("unknown words, sources, editions and places", async () => {
    expect((await run("--dossier", data())).code).toBe(2);
    expect(await run("z", "--data", data())).toMatchObject({
      code: 1,
      complained: expect.stringContaining("Source inconnue\u00a0: «\u202fz\u202f»"),
    });
    expect((await run("a@2015", "--data", data())).complained).toContain("a@2021, a@2018");
    expect((await run("a")).complained).toContain("ne vont pas dans le dossier d'un territoire fictif");
    mkdirSync(data(), { recursive: true });
    writeFileSync(join(data(), "synthetique.json"), "{}");
    expect((await run("a", "--data", data())).complained).toContain("territoire fictif");
    expect(world().server.seen).toEqual([]);
  });

  test("a damaged lock stops before anything is asked, and stays as it is", async () => {
    mkdirSync(data());
    writeFileSync(join(data(), "quartiers.lock.json"), "{");
    world().server.on("/fichiers/a.csv", file("a\n1\n"));
    const { code, complained } = await run("a", "--data", data());
    expect(code).toBe(1);
    expect(complained).toContain("Le verrou des téléchargements est abîmé");
    expect(world().server.seen).toEqual([]);
  });
});

describe("the catalogue", () => {
  test("every file to fetch goes where its own source looks for it", () => {
    const lost = sources()
      .flatMap((contract) => [contract, ...(contract.editions ?? [])])
      .filter(
        ({ retrieval, files }) =>
          retrieval && "to" in retrieval && !(isInside(retrieval.to) && files.includes(retrieval.to)),
      );
    expect(sources().length).toBeGreaterThan(10);
    expect(lost).toEqual([]);
  });

  test("an edition that does not say how it is retrieved is not taken for another", () => {
    const contract = contractOf("a", { editions: [{ vintage: "2019", files: ["a19.csv"] }] });
    expect(chooseContracts(["a@2019"], [contract])[0]).not.toHaveProperty("retrieval");
    expect(chooseContracts(["a@2021", "a@2021"], [contract])).toEqual([contract]);
  });
});

describe("a process of its own", () => {
  const content = noise(400_000);
  const script = (): string => {
    const path = join(world().folder, "commande.ts");
    const room = join(import.meta.dirname, "../../../src/sources/fetch/run.ts");
    writeFileSync(
      path,
      `import { runFetch } from ${JSON.stringify(room)};
       process.exitCode = await runFetch(["a", "--data", ${JSON.stringify(data())}], {
         bases: { file: ${JSON.stringify(world().server.url)} },
         contracts: ${JSON.stringify([contractOf("a")])},
       });`,
    );
    return path;
  };
  const start = (): {
    kill: (signal: NodeJS.Signals) => void;
    over: Promise<{ code: number | null; said: string }>;
  } => {
    const child = spawn(process.execPath, [script()], { env: { ...process.env, HTTP_PROXY: "", http_proxy: "" } });
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
    const over = new Promise<{ code: number | null; said: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, said })),
    );
    return { kill: (signal) => child.kill(signal), over };
  };
  /** Waits until so many bytes were sent; a process that ends before is told with its words. */
  const received = async (bytes: number, { over }: ReturnType<typeof start>): Promise<void> => {
    let early: { said: string } | undefined;
    void over.then((end) => (early = end));
    while (world().server.sent("/fichiers/a.csv") < bytes) {
      if (early) throw new Error(early.said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test("stopped by Ctrl+C keeps its part; the next one asks for the rest only", async () => {
    world().server.on("/fichiers/a.csv", file(content, { etag: '"v1"', drip: { bytes: 20_000, everyMs: 60 } }));
    const first = start();
    await received(100_000, first);
    first.kill("SIGINT");
    const stopped = await first.over;
    expect(stopped.code).toBe(130);
    expect(stopped.said).toContain("Téléchargement interrompu\u00a0: la partie reçue est gardée");
    expect(world().files()).toContain("donnees/a.csv.partiel");
    world().server.on("/fichiers/a.csv", file(content, { etag: '"v1"' }));
    const before = world().server.sent("/fichiers/a.csv");
    const second = await start().over;
    expect(second.code).toBe(0);
    expect(second.said).toMatch(/a\.csv, 400\u00a0ko, dont [\d,]+\u00a0ko repris/);
    expect(world().server.sent("/fichiers/a.csv") - before).toBeLessThan(310_000);
    expect(readFileSync(join(data(), "a.csv")).equals(content)).toBe(true);
  });

  test("killed outright leaves a lock and a part that the next one takes over", async () => {
    world().server.on("/fichiers/a.csv", file(content, { etag: '"v1"', drip: { bytes: 10_000, everyMs: 100 } }));
    const first = start();
    await received(300_000, first); // past the first note, two seconds after the start
    first.kill("SIGKILL");
    await first.over;
    expect(world().files()).toContain("donnees/a.csv.partiel.verrou");
    world().server.on("/fichiers/a.csv", file(content, { etag: '"v1"' }));
    const second = await start().over;
    expect(second.code).toBe(0);
    expect(second.said).toContain("repris");
    expect(readFileSync(join(data(), "a.csv")).equals(content)).toBe(true);
    expect(
      world()
        .files()
        .filter((name) => name.startsWith("donnees/")),
    ).toEqual(["donnees/a.csv", "donnees/quartiers.lock.json"]);
  });
});
