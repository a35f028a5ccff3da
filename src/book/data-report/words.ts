import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { escapeXml } from "../figure-svg.ts";
import { frenchSpaces } from "../typography.ts";
import { HIDDEN, type Shown } from "./shown-counts.ts";

/** Text of ours as HTML: French spaces, then escaped. */
export const french = (text: string): string => escapeXml(frenchSpaces(text));

/** Text of a file as HTML: as it was read, escaped; a line break is shown. */
export const verbatim = (text: string): string => escapeXml(text.replace(/\r?\n/g, " ⏎ "));

const types: Readonly<Record<string, string>> = {
  text: "texte",
  number: "nombre",
  integer: "entier",
  date: "date",
  commune: "code de commune",
  qpv2015: "code de quartier 2015",
  qpv2024: "code de quartier 2024",
  iris: "code IRIS",
  dciris: "code IRIS ou commune",
  carreau: "identifiant de carreau",
  rome: "code ROME",
  fap: "code FAP",
  naf: "code NAF",
  siret: "numéro SIRET",
  departement: "code de département",
  region: "code de région",
  epci: "numéro d'EPCI",
};

/** The type of a column, in French. */
export const typeWord = (type: string): string => types[type] ?? type;

/** A count as a cell says it. */
export const countWord = (count: Shown | null): string =>
  count === null
    ? "–"
    : typeof count === "number"
      ? frenchNumber(count)
      : count === HIDDEN
        ? "masqué"
        : count.replace(" ", "\u202f");

/**
 * A value with as many decimals as its size needs; a year keeps its four digits together.
 * @example
 * ```ts
 * valueWord(43.60471, "degrés") // "43,6047"
 * ```
 */
export function valueWord(value: number | null, unit: string): string {
  if (value === null) return "–";
  if (Number.isInteger(value) && unit === "" && value >= 1500 && value < 2200) return String(value);
  if (Number.isInteger(value)) return frenchNumber(value);
  const size = Math.abs(value);
  const decimals = unit === "degrés" ? 4 : size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
  return frenchNumber(value, { decimals }).replace(/,(\d*?)0+$/, (_, kept: string) => (kept ? `,${kept}` : ""));
}

/**
 * A share in percent that never says 0 or 100 of what is not quite.
 * @example
 * ```ts
 * shareWord(0.99996) // "> 99,9 %"
 * ```
 */
export function shareWord(share: number | null): string {
  if (share === null) return "masquée";
  if (share > 0 && share < 0.001) return "< 0,1\u202f%";
  if (share < 1 && share > 0.999) return "> 99,9\u202f%";
  return frenchNumber(share * 100, { decimals: share === 0 || share === 1 ? 0 : 1, unit: "%" });
}

/**
 * A size of file.
 * @example
 * ```ts
 * bytesWord(4_285_031) // "4,3 Mo"
 * ```
 */
export function bytesWord(bytes: number): string {
  if (bytes < 1000) return frenchNumber(bytes, { unit: bytes > 1 ? "octets" : "octet" });
  const units = ["ko", "Mo", "Go"];
  let [size, i] = [bytes / 1000, 0];
  while (size >= 1000 && i < units.length - 1) {
    size /= 1000;
    i++;
  }
  return frenchNumber(size, { decimals: size < 10 ? 1 : 0, unit: units[i] ?? "Go" });
}

/** A day, or a text that is not one ("sans limite"). */
export const dayWord = (day: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? frenchDate(day) : day);

/** "3 lignes", "1 ligne", « < 11 lignes ». */
export function countedWord(count: Shown, singular: string, plural: string = `${singular}s`): string {
  return `${countWord(count)}\u00a0${typeof count === "number" && count < 2 ? singular : plural}`;
}
