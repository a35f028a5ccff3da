import { outings, practices } from "../enquete-pratiques.ts";
import { walkTimes } from "./practice-effects.ts";
import type { PracticeSurvey, Respondent } from "./practices.ts";
import { shareOut } from "./squares.ts";
import { csv } from "./writing.ts";

const header = [
  ...[
    "IDENT",
    "STRATE",
    "ZONE",
    "TUU",
    "GRAPPE",
    "POIDS",
    "COMMUNE",
    "QPV",
    "CODE_QP",
    "SEXE",
    "AGE",
    "DIPLOME",
    "PCS",
  ],
  ...walkTimes.map((kind) => `MIN_${kind.toUpperCase()}`),
  ...practices.map(([name]) => name.toUpperCase()),
  ...outings.flatMap(([name]) => [`ENVIE_${name.toUpperCase()}`, `FREIN_${name.toUpperCase()}`]),
];

/** `pratiques_2018.csv`: `;`, weights in whole persons that add up to the persons of 15 or more of each stratum. */
export function writePracticeSurvey({ respondents, strata }: PracticeSurvey): string {
  const written = new Map<Respondent, number>();
  for (const [stratum, persons] of strata) {
    const own = respondents.filter((one) => one.stratum === stratum);
    const weights = shareOut(
      persons,
      own.map(({ weight }) => weight),
    );
    for (const [i, one] of own.entries()) written.set(one, weights[i]);
  }
  const rows = respondents.map((one, i) => {
    const { stratum, size, cluster, iris, neighbourhood, woman, age, diploma, occupation, walks } = one;
    return [
      i + 1,
      stratum,
      stratum[0],
      size,
      cluster,
      written.get(one) as number,
      iris.commune.code,
      neighbourhood === "" ? 0 : 1,
      neighbourhood,
      woman ? 2 : 1,
      age,
      diploma,
      occupation,
      ...walkTimes.map((kind) => walks?.[kind] ?? ""),
      ...one.answers,
      ...outings.flatMap((_, outing) => [one.wishes[outing], one.barriers[outing]]),
    ];
  });
  return csv(header, rows, { separator: ";" });
}
