import { filterTree } from "../filter.ts";
import { readMarkdown, writeHtml } from "../pandoc.ts";
import { cardMarkdown } from "./card-markdown.ts";
import type { TransparencyCard } from "./transparency-card.ts";

const style =
  "body{font-family:'Source Sans 3',sans-serif;line-height:1.5;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.4rem 0}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}";

/** A card as a page that stands alone: no script, no file beside it. */
export async function cardHtml(card: TransparencyCard): Promise<string> {
  const where = `transparence/${card.id}.html`;
  const tree = filterTree(await readMarkdown(cardMarkdown(card, 1), where), {
    format: "html",
    prefix: card.id,
    code: null,
    figure: () => "",
    viewer: () => "",
    reference: (kind, id) => ({ words: `${kind}\u00a0${id}`, target: "" }),
  });
  const body = (await writeHtml(tree, where))
    .replaceAll("<th ", '<th scope="col" ')
    .replaceAll("<th>", '<th scope="col">');
  return `<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(`Carte de transparence : ${card.title}`)}</title>\n<style>${style}</style>\n</head>\n<body>\n<main>\n${body}</main>\n</body>\n</html>\n`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
