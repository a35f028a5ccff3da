import type { Handler, PublisherServer } from "./publishers.ts";

export interface ServedOffer {
  readonly id: string;
  readonly departement: string;
  /** ISO 8601, seconds. */
  readonly dateCreation: string;
  readonly [field: string]: unknown;
}

export interface FranceTravailOptions {
  readonly offers: readonly ServedOffer[];
  readonly clientId: string;
  readonly clientSecret: string;
  /** The server's clock, in milliseconds; the client's in a test. */
  readonly now: () => number;
  /** Lifetime that a token announces, and the one that it has; in seconds. */
  readonly expiresIn?: number;
  readonly livesFor?: number;
  /** Whether the bounds of the date of creation are left out; the documents do not say. */
  readonly exclusiveBounds?: boolean;
  /** Called before each search; a handler takes its place. */
  readonly before?: (search: number) => Handler | undefined;
}

export interface FranceTravailServer {
  readonly tokens: () => number;
  readonly searches: () => number;
  /** Most searches in any second of the server's clock. */
  readonly busiestSecond: () => number;
}

/** Query parameters of `GET /v2/offres/search`, as its OpenAPI document names them (one of them ends with a blank). */
const parameters: ReadonlySet<string> = new Set([
  ..."range sort domaine codeROME appellation theme secteurActivite codeNAF experience typeContrat natureContrat origineOffre".split(
    " ",
  ),
  ..."qualification tempsPlein commune distance departement inclureLimitrophes region paysContinent niveauFormation permis".split(
    " ",
  ),
  ..."motsCles salaireMin periodeSalaire accesTravailleurHandicape publieeDepuis minCreationDate maxCreationDate offresMRS".split(
    " ",
  ),
  ..."experienceExigence grandDomaine partenaires modeSelectionPartenaires dureeHebdoMin dureeHebdoMax dureeContratMin".split(
    " ",
  ),
  ..."dureeContratMax dureeHebdo offresManqueCandidats entreprisesAdaptees employeursHandiEngages".split(" "),
]);

const second = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** « Offres d'emploi v2 » and its OAuth, as their documents describe them: token, ranges of 150 up to 3 149, 200/204/206, ten calls a second. */
export function serveFranceTravail(server: PublisherServer, options: FranceTravailOptions): FranceTravailServer {
  const {
    offers,
    clientId,
    clientSecret,
    now,
    expiresIn = 1499,
    livesFor = expiresIn,
    exclusiveBounds = false,
    before,
  } = options;
  const tokens = new Map<string, number>();
  const times: number[] = [];
  const send = (status: number, headers: Record<string, string>, document?: unknown): Handler => {
    return async ({ response, send: write }) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      if (document !== undefined) await write(Buffer.from(JSON.stringify(document)));
      response.end();
    };
  };

  server.on("/connexion/oauth2/access_token", (exchange) => {
    const form = new URLSearchParams(exchange.body);
    const right =
      exchange.request.method === "POST" &&
      exchange.url.searchParams.get("realm") === "/partenaire" &&
      exchange.request.headers["content-type"] === "application/x-www-form-urlencoded" &&
      form.get("grant_type") === "client_credentials";
    if (!right) return send(400, {}, { error: "invalid_request" })(exchange);
    if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret)
      return send(
        401,
        {},
        { error: "invalid_client", error_description: `client ${form.get("client_id")} inconnu` },
      )(exchange);
    if (form.get("scope") !== "api_offresdemploiv2 o2dsoffre")
      return send(400, {}, { error: "invalid_scope" })(exchange);
    const token = `jeton-${tokens.size + 1}-tres-secret`;
    tokens.set(token, now() + livesFor * 1000);
    const { access_token, ...rest } = { access_token: token, token_type: "Bearer", expires_in: expiresIn };
    return send(200, {}, { scope: "api_offresdemploiv2 o2dsoffre", ...rest, access_token })(exchange);
  });

  server.on("/partenaire/offresdemploi/v2/offres/search", (exchange) => {
    const { searchParams } = exchange.url;
    const planted = before?.(times.length);
    times.push(now());
    if (planted) return planted(exchange);
    const token = /^Bearer (.+)$/.exec(exchange.request.headers.authorization ?? "")?.[1] ?? "";
    if ((tokens.get(token) ?? 0) <= now()) return send(401, {}, { error: "invalid_token" })(exchange);
    const odd = [...searchParams.keys()].find((name) => !parameters.has(name));
    const [, p, d] = /^(\d+)-(\d+)$/.exec(searchParams.get("range") ?? "0-149") ?? [];
    const [first, last] = [Number(p), Number(d)];
    const [from, to] = [searchParams.get("minCreationDate"), searchParams.get("maxCreationDate")];
    const badDates =
      (from === null) !== (to === null) || [from, to].some((date) => date !== null && !second.test(date));
    if (
      odd !== undefined ||
      p === undefined ||
      first > 3000 ||
      last > 3149 ||
      last - first >= 150 ||
      last < first ||
      badDates
    )
      return send(400, {}, { code: "400", message: `Mauvaise requête ${odd ?? searchParams.get("range")}` })(exchange);
    const departements = searchParams.get("departement")?.split(",") ?? [];
    const found = offers
      .filter(
        ({ departement, dateCreation }) =>
          departements.includes(departement) &&
          dateCreation >= (from ?? "") &&
          dateCreation <= (to ?? "9") &&
          !(exclusiveBounds && [from, to].includes(dateCreation)),
      )
      .sort((a, b) => (a.dateCreation < b.dateCreation ? 1 : -1));
    if (found.length === 0) return send(204, { "content-range": "*/0" })(exchange);
    const page = found.slice(first, last + 1);
    const range = `offres ${first}-${first + page.length - 1}/${found.length}`;
    return send(
      page.length === found.length ? 200 : 206,
      { "content-range": range },
      { resultats: page, filtresPossibles: [] },
    )(exchange);
  });

  return {
    tokens: () => tokens.size,
    searches: () => times.length,
    busiestSecond: () =>
      Math.max(0, ...times.map((time) => times.filter((other) => other >= time && other < time + 1000).length)),
  };
}
