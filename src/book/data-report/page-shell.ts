import { french } from "./words.ts";

/** What every page of a report shares. */
export interface ReportHead {
  /** "Occitanie". */
  readonly territory: string;
  readonly synthetic: boolean;
}

export interface ReportPage {
  readonly title: string;
  /** Sections in the order of the page: identifier and title. */
  readonly sections: readonly (readonly [string, string])[];
  /** True for a page that must not leave the team. */
  readonly isInternal: boolean;
  readonly body: string;
  readonly isIndex: boolean;
}

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";

/** A whole page: the book's band, a summary of the page's own sections, no script. */
export function reportPage({ territory, synthetic }: ReportHead, page: ReportPage): string {
  const { title, sections, isInternal, body, isIndex } = page;
  const links = sections.map(([id, name]) => `<li><a href="#${id}">${french(name)}</a></li>`).join("\n");
  const stamps = [
    ...(isInternal ? ["Document de travail, ne pas diffuser : données d'un partenaire."] : []),
    ...(synthetic
      ? ["SYNTHÉTIQUE : données inventées, territoire imaginaire. Aucun chiffre ne décrit un quartier réel."]
      : []),
  ];
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${french(isIndex ? `Rapport de données, ${territory}` : `${title} – Rapport de données, ${territory}`)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/site.css">
<link rel="stylesheet" href="assets/data-report.css">
</head>
<body>
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="band"><div class="inner"><a class="name" href="index.html">Rapport de données</a><span>${french(territory)}</span></div>${stamps.map((stamp) => `<p class="stamp">${french(stamp)}</p>`).join("")}</header>
<div class="layout">
<nav class="contents" aria-label="Sommaire"><h2>Sommaire</h2><ol>
${isIndex ? "" : '<li><a href="index.html">Toutes les sources</a></li>\n'}${links}
</ol></nav>
<main id="contenu" tabindex="-1">
${body}
</main>
</div>
<footer><div class="inner">${french("Rapport de données de Quartiers : document de travail, qui ne fait pas partie du livre.")}</div></footer>
</body>
</html>
`;
}
