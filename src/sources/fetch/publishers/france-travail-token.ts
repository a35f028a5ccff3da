import { publicAddress, rebase } from "../address.ts";
import { FetchFault } from "../faults.ts";
import { askText, oddAnswer, type PublisherContext, parseObject } from "./context.ts";

/** The variables of the environment that hold the credentials of an application registered at francetravail.io. */
export const franceTravailVariables = ["FRANCE_TRAVAIL_CLIENT_ID", "FRANCE_TRAVAIL_CLIENT_SECRET"] as const;

/** The environment: only the variables that we name are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TOKEN_URL = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=%2Fpartenaire";
const SCOPE = "api_offresdemploiv2 o2dsoffre";

/** A token is renewed this long before it expires, in milliseconds. */
const MARGIN_MS = 30_000;

/** Gives a token that is valid now; `renew` throws away the one that the publisher has just refused. */
export interface TokenKeeper {
  readonly token: () => Promise<string>;
  readonly renew: () => void;
}

/**
 * OAuth 2 client credentials (RFC 6749, 4.4), asked for once and kept until shortly before they expire. The credentials and the token live in
 * this closure; no message holds them.
 * @throws FetchFault when a variable is missing
 */
export function keepToken(environment: Environment, context: PublisherContext): TokenKeeper {
  const [id, secret] = franceTravailVariables.map((name) => environment[name]?.trim() ?? "");
  if (!id || !secret)
    throw new FetchFault("credentials", {
      what: "Les identifiants de France Travail manquent",
      where: context.page,
      expected: `les variables d'environnement ${franceTravailVariables.join(" et ")}`,
      remedy:
        "inscrire une application sur francetravail.io, lui ajouter l'interface «\u202fOffres d'emploi v2\u202f», puis donner ses deux identifiants par ces variables",
    });
  let held: { readonly value: string; readonly until: number } | undefined;
  return {
    token: async () => {
      if (held && context.effects.now() < held.until) return held.value;
      held = await askToken(id, secret, context);
      return held.value;
    },
    renew: () => {
      held = undefined;
    },
  };
}

async function askToken(
  id: string,
  secret: string,
  context: PublisherContext,
): Promise<{ readonly value: string; readonly until: number }> {
  const url = rebase(TOKEN_URL, "france-travail", context.bases);
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: id,
    client_secret: secret,
    scope: SCOPE,
  }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
  const asked = context.effects.now();
  const { status, text } = await askText(url, { method: "POST", headers, body, confidential: true }, context, {
    credentials: franceTravailVariables,
    accept: [400, 401],
  });
  if (status >= 400) throw refused(url, text);
  const answer = parseObject(text, url, context.page);
  const { access_token: value, expires_in: seconds } = answer;
  // The answer itself is never printed: it may hold a token.
  if (typeof value !== "string" || value === "") throw oddAnswer(url, "sans jeton", "un champ access_token");
  const lifetime = typeof seconds === "number" && seconds > 0 ? seconds * 1000 : 60_000;
  return { value, until: asked + Math.max(lifetime - MARGIN_MS, lifetime / 2) };
}

function refused(url: string, text: string): FetchFault {
  const code = /"error"\s*:\s*"(invalid_client|invalid_scope|unauthorized_client|invalid_grant|invalid_request)"/.exec(
    text,
  )?.[1];
  return new FetchFault("credentials", {
    what:
      code === "invalid_scope"
        ? "L'application n'a pas droit à l'interface «\u202fOffres d'emploi v2\u202f»"
        : "France Travail refuse les identifiants",
    value: code ?? "sans motif",
    where: publicAddress(url),
    remedy: `vérifier les variables ${franceTravailVariables.join(" et ")}, et que l'application a cette interface sur francetravail.io`,
  });
}
