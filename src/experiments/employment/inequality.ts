import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { lorenzCurveChart } from "../../figures/lorenz-curve.ts";
import { giniIndex, lorenzCurve } from "../../models/access/gini-index.ts";
import { theilByGroup } from "../../models/access/theil-t.ts";
import { release } from "../../protection/release.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { byPlace, HEADLINE_LIMIT, modeOf, reachedOf, type StudyProfiles } from "./match-profiles.ts";
import { seekerCounts } from "./study-columns.ts";
import type { TravelMode } from "./study-travel.ts";
import { capital, champOf } from "./study-words.ts";

const modes: readonly TravelMode[] = ["transit", "bike", "car"];

/** How unequal the places are: Lorenz curves of the posts in reach, Gini and Theil, and how much of it stands between kinds of places. */
export function inequality(
  study: AccessStudy,
  profiles: StudyProfiles,
): { readonly lorenz: Figure | Note; readonly indices: Figure | Note } {
  const people = seekerCounts(study);
  const counted = [...study.places.keys()].filter((place) => people[place] > 0);
  const population = Float64Array.from(counted, (place) => people[place]);
  const total = population.reduce((sum, n) => sum + n, 0);
  // A curve of as many points as places would give their seekers away: a quarter at most, and none for a handful of places.
  const steps = Math.min(20, Math.floor(counted.length / 4));
  if (steps < 3) {
    const few = note("Trop peu de lieux pour une courbe d’inégalité : elle rendrait leurs effectifs.");
    return { lorenz: few, indices: few };
  }
  const measured = modes.map((mode) => {
    const reached = byPlace(study, profiles, reachedOf, mode, "near", "seekers");
    const access = Float64Array.from(counted, (place) => reached[place]);
    return {
      mode: capital(modeOf(mode)),
      gini: giniIndex(access, population) ?? Number.NaN,
      theil: theilByGroup(
        access,
        population,
        counted.map((place) => study.places[place]?.kind ?? ""),
      ),
      curve: decimated(lorenzCurve(access, population), steps),
      least: Math.min(...access),
      most: Math.max(...access),
    };
  });
  const points = measured.flatMap(({ mode, gini, curve }) =>
    Array.from(curve.people, (share, k) => ({ mode, gini, share, access: curve.access[k] })),
  );
  const lorenz = release(
    table(
      {
        mode: textColumn(
          points.map(({ mode }) => mode),
          { label: "Mode" },
        ),
        personnes: numberColumn(
          rounded(
            points.map(({ share }) => share),
            3,
          ),
          { label: "Part des personnes", unit: "part" },
        ),
        acces: numberColumn(
          rounded(
            points.map(({ access }) => access),
            3,
          ),
          { label: "Part des accès", unit: "part" },
        ),
        gini: numberColumn(
          rounded(
            points.map(({ gini }) => gini),
            3,
          ),
          { label: "Indice de Gini", unit: "" },
        ),
        effectif: numberColumn(
          points.map(() => total),
          { label: "Personnes prises en compte", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "courbe de Lorenz de l’accès", counts: "effectif", open: ["mode"] },
  );
  const indices = release(
    table(
      {
        mode: textColumn(
          measured.map(({ mode }) => mode),
          { label: "Mode" },
        ),
        gini: numberColumn(
          rounded(
            measured.map(({ gini }) => gini),
            3,
          ),
          { label: "Indice de Gini", unit: "" },
        ),
        theil: numberColumn(
          rounded(
            measured.map(({ theil }) => theil?.total ?? Number.NaN),
            3,
          ),
          { label: "Indice de Theil", unit: "" },
        ),
        entre: numberColumn(
          rounded(
            measured.map(({ theil }) => (theil ? (100 * theil.between) / theil.total : Number.NaN)),
            0,
          ),
          { label: "dont entre genres de lieux", unit: "%" },
        ),
        moins: numberColumn(
          rounded(
            measured.map(({ least }) => least),
            0,
          ),
          { label: "Lieu le moins servi", unit: "postes" },
        ),
        plus: numberColumn(
          rounded(
            measured.map(({ most }) => most),
            0,
          ),
          { label: "Lieu le mieux servi", unit: "postes" },
        ),
        effectif: numberColumn(
          measured.map(() => total),
          { label: "Personnes prises en compte", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "indices d’inégalité d’accès", counts: "effectif", open: ["mode"] },
  );
  const gini = (row: number): string => frenchNumber(numbers(indices, "gini").values[row], { decimals: 2 });
  const champ = champOf(study);
  const parameters = { seuil_min: HEADLINE_LIMIT };
  const half = halfShare(lorenz);
  return {
    lorenz: lorenzCurveChart(lorenz, {
      id: "acces-lorenz",
      title: `La moitié la moins bien placée ne compte que pour ${frenchNumber(100 * half, { unit: "%" })} des accès sans voiture`,
      subtitle: `Un accès : une personne et un poste de son métier, ou proche, à ${HEADLINE_LIMIT} minutes. Part cumulée des accès selon la part cumulée des ${study.words.seekers}, des moins bien placés aux mieux placés`,
      alt: "Trois courbes de Lorenz sous la diagonale de l’égalité : transport collectif, vélo et voiture ; la plus creuse est la plus inégale.",
      champ,
      lecture: `la moitié des ${study.words.seekers} les moins bien placés a ${frenchNumber(100 * half, { unit: "%" })} des accès à pied ou en transport collectif ; l’indice de Gini est de ${gini(0)}.`,
      series: "mode",
      people: "personnes",
      share: "acces",
      gini: "gini",
      peopleTitle: `Part des ${study.words.seekers}, du moins au mieux placé`,
      shareTitle: "Part des accès",
      parameters,
    }),
    indices: dataTable(indices, {
      id: "acces-inegalites",
      title: "L’inégalité d’accès entre les lieux, mode par mode",
      subtitle: `Postes à ${HEADLINE_LIMIT} minutes, lieux pondérés par leurs ${study.words.seekers}`,
      alt: "Tableau de trois modes : indice de Gini, indice de Theil et sa part entre genres de lieux, plus petit et plus grand nombre de postes.",
      champ,
      lecture: `à pied ou en transport collectif, l’indice de Gini est de ${gini(0)} et ${frenchNumber(numbers(indices, "entre").values[0], { unit: "%" })} de l’indice de Theil oppose les genres de lieux entre eux.`,
      columns: ["mode", "gini", "theil", "entre", "moins", "plus"],
      parameters,
    }),
  };

  /** Share of the posts that the half with the least has, on the drawn curve of the first mode. */
  function halfShare(curves: typeof lorenz): number {
    const [x, y] = [numbers(curves, "personnes").values, numbers(curves, "acces").values];
    const own = texts(curves, "mode").values.flatMap((mode, row) => (mode === measured[0]?.mode ? [row] : []));
    const after = own.findIndex((row) => x[row] >= 0.5);
    const [b = 0, a = 0] = [own[after], own[Math.max(0, after - 1)]];
    return x[b] === x[a] ? y[b] : y[a] + ((y[b] - y[a]) * (0.5 - x[a])) / (x[b] - x[a]);
  }
}

/** A curve of places would tell each place's number of seekers: a few even points of it say as much and hide them. */
function decimated(curve: ReturnType<typeof lorenzCurve>, steps: number): ReturnType<typeof lorenzCurve> {
  const shares = Float64Array.from({ length: steps + 1 }, (_, k) => k / steps);
  const at = (share: number): number => {
    const after = Math.max(
      1,
      curve.people.findIndex((x) => x >= share - 1e-12),
    );
    const [x0, x1] = [curve.people[after - 1], curve.people[after]];
    const [y0, y1] = [curve.access[after - 1], curve.access[after]];
    return x1 === x0 ? y1 : y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
  };
  return { people: shares, access: shares.map(at) };
}
