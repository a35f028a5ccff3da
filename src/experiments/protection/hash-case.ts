import { frenchNumber } from "../../codes/french.ts";
import { textColumn } from "../../codes/table.ts";
import { sha256 } from "../../engine/hash.ts";
import type { Figure } from "../../figures/figure.ts";
import { keyedPseudonyms } from "../../protection/individual/pseudonyms.ts";
import { inventedRef } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";

/** Hashed identifiers of invented people, and what trying every combination gives. */
export interface HashCase {
  readonly figure: Figure;
  readonly trials: number;
  readonly foundPlain: number;
  readonly foundKeyed: number;
}

/** "QP000001 34": a neighbourhood of the invented territory and an age. */
const everyIdentifier = (): readonly string[] =>
  Array.from({ length: 78 }, (_, q) => `QP${String(q + 1).padStart(6, "0")}`).flatMap((code) =>
    Array.from({ length: 100 }, (_, age) => `${code} ${age}`),
  );

const published: readonly string[] = ["QP000017 34", "QP000052 71", "QP000008 19"];
/** For the lesson only, so that the page is the same at each build: a real key is drawn at random and stands outside the repository. */
const lessonKey = Uint8Array.from({ length: 32 }, (_, i) => (37 * i + 11) % 256);

/** Hashes without a secret are found by trying all identifiers; keyed ones are not, since nobody can compute them. */
export async function hashCase(): Promise<HashCase> {
  const identifiers = everyIdentifier();
  const dictionary = new Map(identifiers.map((identifier) => [sha256(identifier), identifier]));
  const plain = published.map((identifier) => sha256(identifier));
  const keyed = await keyedPseudonyms(
    textColumn(published, { label: "Identifiant" }),
    lessonKey,
    "partenaire de la leçon",
  );
  const found = plain.map((hash) => dictionary.get(hash) ?? "");
  const foundKeyed = keyed.values.filter((pseudonym) =>
    [...dictionary.keys()].some((hash) => hash.startsWith(pseudonym)),
  ).length;
  const figure = lessonTable(
    [inventedRef("empreintes", "Trois identifiants", published)],
    {
      empreinte: { label: "Empreinte (début)", values: plain.map((hash) => hash.slice(0, 16)) },
      retrouve: { label: "Quartier et âge retrouvés", values: found },
      pseudonyme: { label: "Pseudonyme à clé (début)", values: keyed.values.map((one) => one.slice(0, 16)) },
      apres: {
        label: "Retrouvé par les mêmes essais",
        values: keyed.values.map(() => (foundKeyed === 0 ? "non" : "oui")),
      },
    },
    {
      id: "protection-empreintes",
      title: `Une empreinte sans clé se retrouve en ${frenchNumber(identifiers.length)} essais`,
      subtitle: "Empreintes d’un quartier et d’un âge (méthode SHA-256), puis pseudonymes à clé secrète (HMAC-SHA-256)",
      alt: "Tableau de trois empreintes : sans clé, le quartier et l’âge se retrouvent par essais ; avec une clé secrète, aucun essai n’y mène.",
      champ: "trois personnes inventées ; 78 quartiers du territoire fictif, cent âges de 0 à 99 ans",
      lecture: `la première empreinte est celle de « ${found[0]} ».`,
    },
  );
  return {
    figure,
    trials: identifiers.length,
    foundPlain: found.filter((identifier) => identifier !== "").length,
    foundKeyed,
  };
}
