import { QuartiersError } from "../../codes/errors.ts";
import type { TransparencyPart } from "./part.ts";

/** Name of the generated chapter, and of the folder of its files in the reports. */
export const TRANSPARENCY = "transparence";

/** The last chapter of the book, made by the build from its parts, with their files. */
export interface TransparencyChapter {
  readonly markdown: string;
  /** Contents by path under `transparence/`. */
  readonly files: ReadonlyMap<string, string>;
}

const introduction = `# Transparence et protection

::: {.abstract lang="en"}
**Abstract.** This chapter is written by the build itself: one card per algorithm, with the data, the settings and how far each setting moves the result; what the gate hid and refused; the ledger of publications; the register of processings; and, for each commitment of the charter, the rule, the tests that hold it and their last result.
:::

Ce chapitre n’a pas d’auteur : il est écrit par la construction du livre, à partir de ce qu’elle a fait. Il répond à trois questions. Comment chaque résultat est-il calculé, et que changerait un autre réglage ? Qu’est-ce qui a été masqué ou refusé, et pourquoi ? Quelles données ont été employées, par qui, à quelle fin, jusqu’à quand ? Ses tableaux sont aussi des fichiers, dans le dossier \`${TRANSPARENCY}\` livré avec ce livre ; « le fichier de la carte » en est un.`;

/**
 * The chapter « Transparence et protection ».
 * @throws QuartiersError when two parts write the same file
 */
export function transparencyChapter(parts: readonly TransparencyPart[]): TransparencyChapter {
  const files = new Map<string, string>();
  for (const part of parts)
    for (const [path, content] of part.files) {
      if (files.has(path))
        throw new QuartiersError({
          what: "Deux parties du chapitre de transparence écrivent le même fichier",
          value: path,
          expected: "un nom par fichier",
        });
      files.set(path, content);
    }
  return { markdown: [introduction, ...parts.map(({ markdown }) => markdown)].join("\n\n"), files };
}
