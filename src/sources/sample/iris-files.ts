import { normal } from "../../codes/random.ts";
import { contains } from "./geometry.ts";
import type { SampleSquare } from "./squares.ts";
import { stream } from "./stream.ts";
import { csv, geojson, rounded } from "./writing.ts";
import type { SampleIris } from "./zones.ts";

/** The IRIS of each square: the one that holds its middle, in its commune. */
export function irisOfSquares(
  iris: readonly SampleIris[],
  squares: readonly SampleSquare[],
): ReadonlyMap<SampleSquare, SampleIris> {
  const own = new Map<string, SampleIris[]>();
  for (const part of iris) own.set(part.commune.code, [...(own.get(part.commune.code) ?? []), part]);
  return new Map(
    squares.map((square) => {
      const parts = own.get(square.commune.code) ?? [];
      return [square, parts.find(({ ring }) => parts.length === 1 || contains(ring, square.middle)) ?? parts[0]];
    }),
  );
}

/** Inhabitants of each IRIS: those of its squares; a commune that is not divided has its own population. */
export function irisPopulations(
  iris: readonly SampleIris[],
  homes: ReadonlyMap<SampleSquare, SampleIris>,
  populations: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const divided = ({ code }: SampleIris): boolean => !code.endsWith("0000");
  const counts = new Map(
    iris.map((part) => [part.code, divided(part) ? 0 : (populations.get(part.commune.code) ?? 0)]),
  );
  for (const [{ persons }, home] of homes)
    if (divided(home)) counts.set(home.code, (counts.get(home.code) ?? 0) + persons);
  return counts;
}

/** H inhabited, A activity, D other; Z for a commune that is not divided. */
export const irisType = ({ code }: SampleIris, persons: number): "H" | "A" | "D" | "Z" =>
  code.endsWith("0000") ? "Z" : persons < 300 ? "D" : persons < 600 ? "A" : "H";

/** The contours, WGS 84. */
export const writeIrisContours = (iris: readonly SampleIris[], counts: ReadonlyMap<string, number>): string =>
  geojson(
    "CONTOURS-IRIS",
    iris.map((part) => ({
      properties: {
        INSEE_COM: part.commune.code,
        NOM_COM: part.commune.name,
        IRIS: part.code.slice(5),
        CODE_IRIS: part.code,
        NOM_IRIS: part.name,
        TYP_IRIS: irisType(part, counts.get(part.code) ?? 0),
      },
      rings: [part.ring],
      as: "MultiPolygon",
    })),
  );

const ages =
  "P19_POP0002 P19_POP0305 P19_POP0610 P19_POP1117 P19_POP1824 P19_POP2539 P19_POP4054 P19_POP5564 P19_POP6579 P19_POP80P".split(
    " ",
  );
const shares = [0.034, 0.036, 0.06, 0.083, 0.085, 0.185, 0.197, 0.125, 0.145, 0.05];

/** `base-ic-evol-struct-pop-2019.CSV`: census by IRIS, `;`, counts with the long decimals of weighted sums. */
export function writeIrisCensus(
  iris: readonly SampleIris[],
  counts: ReadonlyMap<string, number>,
  seed: number,
): string {
  const random = stream(seed, "recensement par iris");
  const rows = iris.map((part) => {
    const persons = counts.get(part.code) ?? 0;
    const weights = shares.map((share) => share * Math.exp(0.18 * normal(random)));
    const sum = weights.reduce((a, b) => a + b, 0);
    const byAge = weights.map((weight) => rounded((persons * weight) / sum, 8));
    const [women, foreigners] = [0.51 + 0.02 * normal(random), 0.05 * Math.exp(0.6 * normal(random))];
    return [
      part.code,
      "00",
      "00",
      part.commune.code,
      part.name,
      irisType(part, persons),
      "0",
      persons,
      ...byAge,
      rounded(persons * (1 - women), 8),
      rounded(persons * women, 8),
      rounded(persons * Math.min(0.5, foreigners), 8),
    ];
  });
  const header = [
    "IRIS",
    "REG",
    "DEP",
    "COM",
    "LIBIRIS",
    "TYP_IRIS",
    "MODIF_IRIS",
    "P19_POP",
    ...ages,
    "P19_POPH",
    "P19_POPF",
    "P19_POP_ETR",
  ];
  return csv(header, rows, { separator: ";" });
}
