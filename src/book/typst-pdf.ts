import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { QuartiersError } from "../codes/errors.ts";

const require = createRequire(import.meta.url);
const fontFolders = ["source-sans-3", "source-serif-4"].flatMap((family) => {
  const folder = dirname(require.resolve(`@expo-google-fonts/${family}/package.json`));
  return ["400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold", "700Bold_Italic"].map(
    (face) => join(folder, face),
  );
});

/** A Typst compiler over one folder: the only place that knows which binding of Typst we use. */
export class PdfMaker {
  readonly #compiler: NodeCompiler;

  constructor(workspace: string) {
    this.#compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFolders }] });
  }

  /** Compiles to PDF/UA-1 (ISO 14289-1). Typst itself refuses an image or a formula without alternative. No clock: same source, same bytes. */
  pdf(source: string, what: string): { readonly bytes: Buffer; readonly pages: number } {
    const compiled = this.#compiler.compile({ mainFileContent: source });
    const document = compiled.result;
    if (compiled.hasError() || !document) throw refused(what, compiled.takeDiagnostics()?.shortDiagnostics);
    try {
      return {
        bytes: this.#compiler.pdf(document, { pdfStandard: "ua-1" as never, creationTimestamp: 0 }),
        pages: document.numOfPages,
      };
    } catch (cause) {
      throw refused(what, cause);
    }
  }

  /** Forgets what was compiled, so that memory does not grow with the number of figures. */
  forget(): void {
    this.#compiler.evictCache(0);
  }
}

/** Typst's messages and hints, once each. */
function refused(what: string, cause: unknown): QuartiersError {
  const said = cause instanceof Error ? cause.message : (JSON.stringify(cause) ?? "");
  const messages = [...said.matchAll(/(?:message|hints)"?: \[?"((?:[^"\\]|\\.)*)"/g)].map(([, message]) => message);
  return new QuartiersError({
    what: `Typst refuse ${what}`,
    value: [...new Set(messages)].join("\u202f; ") || said.slice(0, 600),
    cause,
  });
}

/** A Typst string literal. */
export const typstString = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
