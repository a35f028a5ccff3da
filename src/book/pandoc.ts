import { convert } from "pandoc-wasm";
import { QuartiersError } from "../codes/errors.ts";

/** A node of pandoc's tree: `t` names it, `c` holds its content. */
export interface PandocNode {
  readonly t: string;
  readonly c?: unknown;
}
export interface PandocTree {
  readonly "pandoc-api-version": readonly number[];
  readonly meta: Readonly<Record<string, unknown>>;
  readonly blocks: readonly PandocNode[];
}

interface Conversion {
  readonly stdout: string;
  readonly stderr: string;
  readonly warnings: readonly { readonly verbosity: string; readonly pretty: string }[];
}

/** Runs pandoc (WebAssembly, in process) and refuses its warnings: it would otherwise go on without a missing image. */
async function pandoc(options: Readonly<Record<string, unknown>>, input: string, where: string): Promise<string> {
  const result = (await convert(options, input, {})) as unknown as Conversion;
  const problems = result.warnings.filter(({ verbosity }) => verbosity === "WARNING").map(({ pretty }) => pretty);
  if (result.stderr || problems.length > 0)
    throw new QuartiersError({
      what: "Pandoc refuse un texte",
      value: [result.stderr, ...problems].filter(Boolean).join(" ").trim(),
      where,
    });
  return result.stdout;
}

/** Markdown to pandoc's tree. Citations are off: `@fig:id` is ours. */
export const readMarkdown = async (markdown: string, where: string): Promise<PandocTree> =>
  JSON.parse(await pandoc({ from: "markdown-citations-implicit_figures", to: "json" }, markdown, where)) as PandocTree;

/** Tree to Typst; "-smart" keeps the typographic apostrophes, in the bookmarks too. */
export const writeTypst = (tree: PandocTree, where: string): Promise<string> =>
  pandoc({ from: "json", to: "typst-smart", wrap: "none" }, JSON.stringify(tree), where);

/** Tree to HTML, formulas as MathML. */
export const writeHtml = (tree: PandocTree, where: string): Promise<string> =>
  pandoc(
    { from: "json", to: "html5", wrap: "none", "html-math-method": { method: "mathml" } },
    JSON.stringify(tree),
    where,
  );
