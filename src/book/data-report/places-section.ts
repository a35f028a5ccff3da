import { htmlTable } from "./html.ts";
import type { PlaceSummary } from "./places.ts";
import { countWord, french, verbatim } from "./words.ts";

const kindTitles: Readonly<Record<PlaceSummary["kind"], string>> = {
  commune: "codes de communes",
  iris: "codes IRIS",
  qpv2015: "codes de quartiers de 2015",
  qpv2024: "codes de quartiers de 2024",
  departement: "codes de départements",
  rome: "codes ROME",
};

/** Codes by département; ROME codes and codes of départements have nothing more to say than the table of texts. */
export function placeBody({ column, kind, lines }: PlaceSummary): string {
  if (kind === "rome" || kind === "departement" || lines.length === 0) return "";
  const hasList = lines.some(({ known }) => known !== null);
  const table = htmlTable(
    `Colonne ${column} : ${kindTitles[kind]} par département`,
    [
      { heading: "Département" },
      { heading: "Codes différents", isNumber: true },
      { heading: "Lignes", isNumber: true },
      ...(hasList
        ? [
            { heading: "Communes actuelles", isNumber: true },
            { heading: "Arrondissements", isNumber: true },
            { heading: "Anciens codes", isNumber: true },
            { heading: "Inconnus", isNumber: true },
          ]
        : []),
    ],
    lines.map(({ departement, codes, rows, known }) => [
      verbatim(departement),
      french(countWord(codes)),
      french(countWord(rows)),
      ...(hasList
        ? [known?.current, known?.districts, known?.former, known?.unknown].map((n) => french(countWord(n ?? null)))
        : []),
    ]),
    { isCompact: true },
  );
  return lines.length > 12
    ? `<details><summary>${french(`Colonne ${column} : ${kindTitles[kind]}, ${lines.length} départements`)}</summary>${table}</details>`
    : table;
}
