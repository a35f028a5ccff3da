import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { accessClasses } from "../../models/access/access-classes.ts";
import { release } from "../../protection/release.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { byPlace, HEADLINE_LIMIT, type StudyProfiles, shareOf } from "./match-profiles.ts";
import { seekerCounts } from "./study-columns.ts";
import { champOf } from "./study-words.ts";

/** Fewer places than this are described one by one. */
const leastPlaces = 6;

/** Classes of places that resemble one another by their access, each with the rule that tells who is in it, against the kinds declared beforehand. */
export function typologyTable(study: AccessStudy, profiles: StudyProfiles, seed = 20260301): Figure | Note {
  const counts = seekerCounts(study);
  const kept = [...study.places.keys()].filter((place) => counts[place] > 0);
  if (kept.length < leastPlaces) return note("Trop peu de lieux pour une typologie : ils se décrivent un par un.");
  const measure = (label: string, values: Float64Array) => ({
    label,
    unit: "%",
    decimals: 1,
    values: Float64Array.from(kept, (place) => Math.round(1000 * values[place]) / 10),
  });
  const measures = [
    measure("part à portée sans voiture", byPlace(study, profiles, shareOf, "transit")),
    measure("part à portée en voiture", byPlace(study, profiles, shareOf, "car")),
    measure("part à portée à vélo", byPlace(study, profiles, shareOf, "bike")),
  ];
  const found = accessClasses(measures, { seed, mostClasses: 5, draws: 50 });
  const rows = found.classes.map((one, label) => {
    const members = kept.filter((_, row) => found.classOf[row] === label);
    const kinds = new Map<string, number>();
    for (const place of members)
      kinds.set(study.places[place]?.kind ?? "", (kinds.get(study.places[place]?.kind ?? "") ?? 0) + 1);
    return {
      ...one,
      people: members.reduce((sum, place) => sum + counts[place], 0),
      kinds: [...kinds]
        .sort((a, b) => b[1] - a[1])
        .map(([kind, n]) => `${kind} (${n})`)
        .join(", "),
    };
  });
  const released = release(
    table(
      {
        classe: textColumn(
          rows.map((_, i) => `Classe ${i + 1}`),
          { label: "Classe" },
        ),
        regle: textColumn(
          rows.map(({ explanation }) => explanation),
          { label: "Qui en est" },
        ),
        genres: textColumn(
          rows.map(({ kinds }) => kinds),
          { label: "Genres de lieux" },
        ),
        lieux: numberColumn(
          rows.map(({ size }) => size),
          { label: "Lieux", unit: "" },
        ),
        transport: numberColumn(
          rounded(
            rows.map(({ means }) => means[0] ?? Number.NaN),
            1,
          ),
          { label: "Part sans voiture", unit: "%" },
        ),
        voiture: numberColumn(
          rounded(
            rows.map(({ means }) => means[1] ?? Number.NaN),
            1,
          ),
          { label: "Part en voiture", unit: "%" },
        ),
        stabilite: numberColumn(
          rounded(
            rows.map(({ stability }) => stability),
            2,
          ),
          { label: "Stabilité", unit: "" },
        ),
        personnes: numberColumn(
          rows.map(({ people }) => people),
          { label: "Personnes prises en compte", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "typologie d’accès", counts: "personnes", open: ["classe", "regle", "genres", "lieux"] },
  );
  const silhouette = frenchNumber(found.meanSilhouette, { decimals: 2 });
  return dataTable(released, {
    id: "acces-typologie",
    title: found.structured
      ? `${frenchNumber(rows.filter(({ stability, size }) => stability >= 0.75 && size > 1).length)} classes stables de ${study.words.many} sur ${frenchNumber(rows.length)}, par leur accès (silhouette moyenne ${silhouette})`
      : `Pas de classes nettes : les ${study.words.many} forment un continuum (silhouette moyenne ${silhouette})`,
    subtitle: `Classification de Ward sur trois parts à ${HEADLINE_LIMIT} minutes, nombre de classes choisi par la silhouette ; stabilité : ressemblance moyenne quand on tire les lieux de nouveau (au-dessus de 0,75, la classe tient)`,
    alt: "Tableau d’une ligne par classe : la règle qui dit qui en est, les genres de lieux, le nombre de lieux, les parts moyennes et la stabilité.",
    champ: champOf(study),
    lecture: `la classe 1 réunit ${frenchNumber(numbers(released, "lieux").values[0])} ${study.words.many} : ${texts(released, "genres").values[0]}. Une classe décrit, elle n’explique pas.`,
    columns: ["classe", "regle", "genres", "lieux", "transport", "voiture", "stabilite"],
    parameters: { graine: seed, seuil_min: HEADLINE_LIMIT },
  });
}
