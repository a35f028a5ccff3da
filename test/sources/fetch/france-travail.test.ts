import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import type { FetchEffectOptions } from "../../../src/sources/fetch/effects.ts";
import { fetchSources } from "../../../src/sources/fetch/fetch.ts";
import type { FetchOutcome } from "../../../src/sources/fetch/outcome.ts";
import type { Environment } from "../../../src/sources/fetch/publishers/france-travail-token.ts";
import { offresEmploiContract } from "../../../src/sources/offres-emploi.ts";
import { noon, useFetchWorld } from "../../support/fetch-world.ts";
import {
  type FranceTravailOptions,
  type FranceTravailServer,
  type ServedOffer,
  serveFranceTravail,
} from "../../support/france-travail.ts";
import { html, json, redirect, status } from "../../support/publishers.ts";

const world = useFetchWorld();
const [clientId, clientSecret] = ["PAR_quartiers_0123456789", "secret-de-l-application-42"];
const environment = { FRANCE_TRAVAIL_CLIENT_ID: clientId, FRANCE_TRAVAIL_CLIENT_SECRET: clientSecret };
const contract = { ...offresEmploiContract, retrieval: { via: "france-travail", to: "offres/offres.json" } } as const;

const iso = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Offers created over the last weeks, most of them lately. */
function offersOf(departement: string, count: number, seed = 3): ServedOffer[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `${departement}${String(i).padStart(5, "0")}`,
    departement,
    dateCreation: iso(noon - 40 * 86_400_000 * random() ** 3 - 1000),
    romeCode: "K1304",
    intitule: `Aide à domicile ${i} «\u202fété\u202f»`,
  }));
}

const serve = (offers: readonly ServedOffer[], changes: Partial<FranceTravailOptions> = {}): FranceTravailServer =>
  serveFranceTravail(world().server, { offers, clientId, clientSecret, now: world().now, ...changes });

async function collect(
  departements: readonly string[],
  given: Environment = environment,
  changes: FetchEffectOptions = {},
): Promise<FetchOutcome> {
  const { folder, network, server, effects } = world();
  const report = await fetchSources(
    { dataFolder: folder, departements },
    [contract],
    { dispatcher: network.dispatcher, bases: { "france-travail": server.url }, environment: given },
    effects(changes),
  );
  const [outcome] = report.outcomes;
  if (!outcome) throw new Error("un résultat était attendu");
  return outcome;
}

const text = (): string => readFileSync(join(world().folder, "offres/offres.json"), "utf8");
const ids = (): string[] => JSON.parse(text()).resultats.map(({ id }: { id: string }) => id);

describe("the collection", () => {
  test("pages of 150 with one token, each offer once, sorted, accents kept", async () => {
    const offers = [...offersOf("35", 2031), ...offersOf("22", 40)];
    const server = serve(offers);
    const outcome = await collect(["35", "22", "48"]);
    expect(outcome).toMatchObject({ status: "received", notices: [] });
    expect(outcome.message).toContain("2071 offres");
    expect(ids()).toEqual(offers.map(({ id }) => id).sort());
    expect(JSON.parse(text()).resultats[0]).toEqual(offers.find(({ id }) => id === "2200000"));
    expect([server.tokens(), server.searches()]).toEqual([1, 14 + 1 + 1]);
    const ranges = world().server.seen.flatMap(({ path }) => new URL(path, "http://s").searchParams.get("range") ?? []);
    expect(ranges.slice(0, 3)).toEqual(["0-149", "150-299", "300-449"]);
    expect(world().files()).toEqual(["offres/offres.json", "quartiers.lock.json"]);
  });

  test("the same offers give the same bytes", async () => {
    const offers = offersOf("35", 400);
    serve(offers);
    await collect(["35"]);
    const first = text();
    serve([...offers].reverse());
    expect((await collect(["35"])).message).toContain("déjà là\u00a0: mêmes offres");
    expect(text()).toBe(first);
  });

  test.each([false, true])(
    "more than 3 150 results are split by date of creation, and none is lost (%s)",
    async (exclusiveBounds) => {
      // Crowded on few seconds, so that the splits fall on them.
      const offers = offersOf("31", 8000).map((offer, i) =>
        i % 2 ? offer : { ...offer, dateCreation: iso(noon - 2000 * (1 + (i % 90))) },
      );
      serve(offers, { exclusiveBounds });
      const outcome = await collect(["31"]);
      expect(outcome.message).toContain("8000 offres");
      expect(outcome.notices).toEqual([]);
      expect(ids()).toEqual(offers.map(({ id }) => id).sort());
      expect(world().server.seen.every(({ status: code }) => code < 400)).toBe(true);
    },
  );

  test("too many at the same second cannot be split, and is told", async () => {
    serve(offersOf("31", 3200).map((offer) => ({ ...offer, dateCreation: iso(noon - 5000) })));
    const outcome = await collect(["31"]);
    expect(outcome).toMatchObject({ status: "failed", fault: "limit" });
    expect(outcome.message).toContain("3200 offres, département 31");
    expect(world().files()).toEqual([]);
  });

  test("at most ten calls a second", async () => {
    const server = serve(offersOf("35", 3000));
    await collect(["35"]);
    expect(server.searches()).toBe(20);
    expect(server.busiestSecond()).toBeLessThanOrEqual(10);
  });

  test("offers withdrawn on the way are told", async () => {
    const offers = offersOf("35", 700);
    const before = (search: number): undefined => {
      if (search === 2) offers.splice(0, 200);
    };
    serve(offers, { before });
    const outcome = await collect(["35"]);
    expect(outcome.status).toBe("received");
    expect(outcome.notices[0]).toMatch(/^Département 35\u00a0: \d+ offres annoncées ne sont pas venues\.$/);
  });

  test("no offer at all is an empty list", async () => {
    serve([]);
    expect((await collect(["48"])).message).toContain("0 offres");
    expect(JSON.parse(text())).toEqual({ resultats: [] });
  });

  test("without département there is nothing to ask", async () => {
    expect(await collect([])).toMatchObject({ status: "failed", fault: "limit" });
    expect(world().server.seen).toEqual([]);
  });
});

describe("its faults", () => {
  test("a token that expires on the way, announced or not, is renewed", async () => {
    const announced = serve(offersOf("35", 3000), { expiresIn: 61 });
    await collect(["35"]);
    expect(announced.tokens()).toBe(1);
    const unannounced = serve(offersOf("35", 3000), { expiresIn: 1499, livesFor: 1 });
    expect((await collect(["35"])).status).toBe("present");
    expect(unannounced.tokens()).toBe(2);
    const short = serve(offersOf("35", 3000), { expiresIn: 2 });
    expect((await collect(["35"])).status).toBe("present");
    expect(short.tokens()).toBeGreaterThan(1);
    expect(world().server.seen.filter(({ status: code }) => code === 401)).toHaveLength(1);
  });

  test("429 with Retry-After, 503, then the page", async () => {
    serve(offersOf("35", 400), {
      before: (search) => (search === 1 ? status(429, { "retry-after": "9" }) : search === 2 ? status(503) : undefined),
    });
    expect((await collect(["35"])).message).toContain("400 offres");
    expect(world().waits).toContain(9000);
  });

  test("a token refused again and again", async () => {
    serve(offersOf("35", 10), { before: () => json({ error: "invalid_token" }, 401) });
    const outcome = await collect(["35"]);
    expect(outcome).toMatchObject({ status: "failed", fault: "credentials" });
    expect(world().files()).toEqual([]);
  });

  test("an application without this interface", async () => {
    serve(offersOf("35", 10), { before: () => status(403) });
    const outcome = await collect(["35"]);
    expect(outcome).toMatchObject({ status: "failed", fault: "blocked" });
    expect(outcome.message).toContain("L'application n'a pas droit à cette interface");
  });

  test("a page of the network, an error, a list that is none", async () => {
    for (const [handler, fault] of [
      [html("Maintenance"), "html"],
      [json({ message: "Mauvaise requête", code: "400" }), "json-error"],
      [json({ resultats: "aucun" }), "answer"],
      [json({ resultats: [{ intitule: "sans numéro" }] }), "answer"],
      [status(200, {}, "[1,2"), "answer"],
    ] as const) {
      serve(offersOf("35", 10), { before: () => handler });
      expect(await collect(["35"])).toMatchObject({ status: "failed", fault });
    }
    expect(world().files()).toEqual([]);
  });

  test("a failure half-way leaves the previous offers as they were", async () => {
    serve(offersOf("35", 400));
    await collect(["35"]);
    const before = text();
    serve(offersOf("35", 900), { before: (search) => (search >= 3 ? status(500) : undefined) });
    expect((await collect(["35"])).status).toBe("failed");
    expect(text()).toBe(before);
    expect(world().files()).toEqual(["offres/offres.json", "quartiers.lock.json"]);
  });

  test("offers that someone put there are left, and nothing is asked", async () => {
    mkdirSync(join(world().folder, "offres"));
    writeFileSync(join(world().folder, "offres/offres.json"), "à moi");
    serve(offersOf("35", 10));
    expect((await collect(["35"])).status).toBe("kept");
    expect(world().server.seen).toEqual([]);
  });
});

describe("the credentials", () => {
  const secrets = [clientId, clientSecret, encodeURIComponent(clientSecret), "tres-secret"];

  test("missing ones are named by their variables", async () => {
    for (const given of [
      {},
      { FRANCE_TRAVAIL_CLIENT_ID: clientId },
      { ...environment, FRANCE_TRAVAIL_CLIENT_SECRET: " " },
    ]) {
      const outcome = await collect(["35"], given);
      expect(outcome).toMatchObject({ status: "failed", fault: "credentials" });
      expect(outcome.message).toContain("FRANCE_TRAVAIL_CLIENT_ID et FRANCE_TRAVAIL_CLIENT_SECRET");
    }
    expect(world().server.seen).toEqual([]);
  });

  test("appear in no message, progress, file, lock or address, whatever goes wrong", async () => {
    const said: string[] = [];
    const progress = {
      step: (line: string) => said.push(line),
      milestone: (line: string) => said.push(line),
      end: () => undefined,
    };
    const other = await world().secondServer();
    other.on("/vol", json({ access_token: "x" }));
    const worlds: readonly (() => unknown)[] = [
      () => serve(offersOf("35", 400)),
      () => serve([], { clientSecret: "un autre" }),
      () => serve(offersOf("35", 10), { before: () => json({ message: `jeton ${clientSecret} refusé` }) }),
      () => serve(offersOf("35", 10), { before: () => status(500) }),
      () => serve(offersOf("35", 10), { before: () => redirect(302, `${other.url}/vol`) }),
      () => world().server.on("/connexion/oauth2/access_token", redirect(307, `${other.url}/vol`)),
      () =>
        world().server.on("/connexion/oauth2/access_token", json({ error: "server_error", detail: clientSecret }, 400)),
      () => world().server.on("/connexion/oauth2/access_token", json({ token: "mal nommé", secret: clientSecret })),
      () => world().server.on("/connexion/oauth2/access_token", ({ response }) => void response.destroy()),
    ];
    const statuses: string[] = [];
    for (const arrange of worlds) {
      arrange();
      const outcome = await collect(["35"], environment, { progress });
      statuses.push(outcome.status);
      said.push(inspect(outcome, { depth: 9 }));
    }
    for (const name of world().files()) said.push(name, readFileSync(join(world().folder, name), "utf8"));
    said.push(...world().server.seen.map(({ path }) => path));
    expect(statuses).toEqual(["received", ...Array(8).fill("failed")]);
    expect(other.seen).toEqual([]);
    for (const secret of secrets) expect(said.join("\n")).not.toContain(secret);
  });
});
