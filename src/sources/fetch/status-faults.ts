import { publicAddress } from "./address.ts";
import { FetchFault } from "./faults.ts";
import { proxyFault } from "./network-faults.ts";
import { retryAfterMs } from "./retry.ts";

export interface StatusContext {
  /** Page of the dataset, for whoever must look for a file that moved. */
  readonly page?: string;
  /** Names of the environment variables that hold the credentials of this publisher, if it asks for some. */
  readonly credentials?: readonly string[];
  /** Milliseconds since 1970, to read a Retry-After given as a date. */
  readonly now: number;
}

/** An answer of a server that is not the file, as a fault in words. */
export function statusFault(
  status: number,
  headers: Readonly<Record<string, string>>,
  address: string,
  { page, credentials, now }: StatusContext,
): FetchFault {
  const where = publicAddress(address);
  const value = `statut ${status}`;
  const lookAt = page ? `chercher le fichier sur la page du jeu de données, ${page}` : "chercher sa nouvelle adresse";
  const names = credentials?.join(" et ");
  const wait = retryAfterMs(headers["retry-after"], now);
  const later = wait === undefined ? {} : { retryAfterMs: wait };
  switch (status) {
    case 401:
      return new FetchFault("credentials", {
        what: names ? "Les identifiants sont refusés" : "Ce fichier demande des identifiants",
        value,
        where,
        remedy: names
          ? `vérifier les variables d'environnement ${names}`
          : `voir les conditions d'accès${page ? ` sur ${page}` : " chez le producteur"}`,
      });
    case 403:
      return new FetchFault("blocked", {
        what: names ? "L'application n'a pas droit à cette interface" : "Le serveur interdit l'accès à ce fichier",
        value,
        where,
        remedy: names
          ? `ajouter cette interface à l'application chez le producteur, ou vérifier ${names}`
          : `ouvrir l'adresse dans un navigateur\u202f: si elle répond, ce réseau ou ce programme est bloqué\u202f; sinon ${lookAt}`,
      });
    case 404:
    case 410:
      return new FetchFault("gone", {
        what: status === 410 ? "Ce fichier a été retiré par son producteur" : "Ce fichier n'est plus à cette adresse",
        value,
        where,
        remedy: `${lookAt}, puis corriger l'adresse dans le contrat`,
      });
    case 407:
      return proxyFault(status, where);
    case 408:
      return new FetchFault(
        "timeout",
        { what: "Le serveur a trouvé la demande trop lente", value, where, remedy: "relancer la même commande" },
        { retryable: true },
      );
    case 429:
      return new FetchFault(
        "too-many-requests",
        {
          what: "Le serveur reçoit trop de demandes de notre part",
          value,
          where,
          remedy: "attendre quelques minutes, puis relancer la même commande",
        },
        { retryable: true, ...later },
      );
    case 511:
      return captivePortal(where, value);
  }
  if (status >= 500 && status !== 501 && status !== 505)
    return new FetchFault(
      "unavailable",
      {
        what: status === 503 ? "Le serveur est momentanément indisponible" : "Le serveur est en panne",
        value,
        where,
        remedy: "relancer la même commande plus tard, qui reprendra où elle s'est arrêtée",
      },
      { retryable: true, ...later },
    );
  return new FetchFault("status", {
    what: "Le serveur répond autre chose que le fichier",
    value,
    where,
    expected: "le statut 200 ou 206",
    remedy: lookAt,
  });
}

/** The network shows its own page (hotel, train, guest Wi-Fi) in place of every site. */
export function captivePortal(where: string, value: string): FetchFault {
  return new FetchFault("captive-portal", {
    what: "Le réseau répond par sa propre page d'accueil (portail captif)",
    value,
    where,
    expected: "le fichier du producteur",
    remedy: "ouvrir un navigateur, accepter les conditions du réseau, puis relancer la même commande",
  });
}
