import { frenchCount, frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { classProfiles } from "../../figures/class-profiles.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { CategoryTrait, DescribedClass } from "../../models/clustering/class-description.ts";
import { release } from "../../protection/release.ts";
import type { PracticeClasses } from "./practice-classes.ts";
import { incompleteWords } from "./practice-map.ts";
import { treeFigure } from "./tree-figure.ts";

export interface ClassFigures {
  readonly dendrogram: Figure;
  readonly profiles: Figure;
  readonly table: Figure;
}

const leastPeople = 11;
const share = (value: number): string => frenchNumber(100 * value, { decimals: 0, unit: "%" });

/** The tree and its cut, the profile of each class by practice, and who is in it more often. */
export function classFigures(found: PracticeClasses): ClassFigures {
  const { map } = found;
  const weighted = map.survey.known !== "none";
  const champ = `${map.survey.field}${incompleteWords(map)}${weighted ? " ; parts pondérées, effectifs non pondérés" : ""}`;
  return {
    dendrogram: treeFigure(found, champ),
    profiles: profileFigure(found, champ),
    table: socialTable(found, champ),
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const sizeOf = ({ weightedShare, share: plain }: DescribedClass): number => weightedShare ?? plain;

function profileFigure({ practices, names, map }: PracticeClasses, champ: string): Figure {
  const rows = practices.classes.flatMap((described) =>
    described.categories
      .filter(({ level }) => level === "oui")
      .sort((a, b) => a.variable.localeCompare(b.variable, "fr"))
      .map((trait) => ({ described, trait, name: names[described.label] ?? "" })),
  );
  const inClass = ({ weighted, levelInClass }: CategoryTrait): number => weighted?.levelInClass ?? levelInClass;
  const overall = ({ weighted, levelOverall }: CategoryTrait): number => weighted?.levelOverall ?? levelOverall;
  const data = release(
    table(
      {
        classe: textColumn(
          rows.map(({ name }) => name),
          { label: "Classe" },
        ),
        pratique: textColumn(
          rows.map(({ trait }) => trait.variable),
          { label: "Pratique" },
        ),
        part: numberColumn(
          rows.map(({ trait }) => Math.round(100 * inClass(trait)) / 100),
          { label: "Part dans la classe", unit: "part" },
        ),
        ensemble: numberColumn(
          rows.map(({ trait }) => Math.round(100 * overall(trait)) / 100),
          { label: "Part dans l’ensemble", unit: "part" },
        ),
        valeur_test: numberColumn(
          rows.map(({ trait }) => Math.round(10 * trait.vTest) / 10),
          { label: "Valeur-test", unit: "" },
        ),
        oui: numberColumn(
          rows.map(({ trait }) => trait.people),
          { label: "Personnes de la classe qui pratiquent", unit: "personnes", summable: true },
        ),
        non: numberColumn(
          rows.map(({ described, trait }) => noPeople(described, trait)),
          { label: "Personnes de la classe qui ne pratiquent pas", unit: "personnes", summable: true },
        ),
      },
      map.survey.lineage,
    ),
    { name: "profils des classes de pratiques", counts: ["oui", "non"], open: ["classe", "pratique"] },
  );
  const first = rows[0];
  return classProfiles(data, {
    id: "culture-profils",
    title: `${capital(frenchCount(names.length))} façons de pratiquer, de ${listed(practices.classes.map((one) => share(sizeOf(one))))} des personnes`,
    subtitle:
      "Part qui pratique dans chaque classe (point) et dans l’ensemble (trait) ; les classes sont faites de ces pratiques : les valeurs-tests rangent, elles ne prouvent pas",
    alt: `${names.length} panneaux, un par classe (${names.join(" ; ")}) : une ligne par pratique, un point pour la part de la classe et un trait pour celle de l’ensemble.`,
    champ: `${champ} ; parts de moins de ${leastPeople} personnes non diffusées`,
    lecture: first
      ? `« ${first.trait.variable} » : ${share(inClass(first.trait))} de la classe « ${first.name} », ${share(overall(first.trait))} de l’ensemble.`
      : "",
    group: "classe",
    row: "pratique",
    inClass: "part",
    overall: "ensemble",
    vTest: "valeur_test",
    axisTitle: "Part qui pratique",
  });
}

/** People of the class who answered the question otherwise. */
const noPeople = ({ categories }: DescribedClass, { variable, people }: CategoryTrait): number =>
  categories.filter((trait) => trait.variable === variable).reduce((sum, trait) => sum + trait.people, 0) - people;

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} et ${parts.at(-1)}`;

/** Who is in each class more, and less, than in all. Only answers of eleven people or more of the class are written. */
function socialTable({ social, names, stability, consolidation, map }: PracticeClasses, champ: string): Figure {
  const told = (traits: readonly CategoryTrait[]): string =>
    traits
      .slice(0, 3)
      .map(
        ({ level, weighted, levelInClass, levelOverall }) =>
          `${level} (${share(weighted?.levelInClass ?? levelInClass)} contre ${share(weighted?.levelOverall ?? levelOverall)})`,
      )
      .join(" ; ") || "rien de net";
  const enough = ({ people }: CategoryTrait): boolean => people >= leastPeople;
  const data = release(
    table(
      {
        classe: textColumn(names, { label: "Classe" }),
        personnes: numberColumn(
          social.classes.map(({ people }) => people),
          { label: "Personnes", unit: "personnes", summable: true },
        ),
        part: numberColumn(
          social.classes.map((one) => Math.round(100 * sizeOf(one))),
          { label: "Part", unit: "%" },
        ),
        plus: textColumn(
          social.classes.map(({ categories }) => told(categories.filter((t) => enough(t) && t.vTest > 1.96))),
          { label: "Plus souvent" },
        ),
        moins: textColumn(
          social.classes.map(({ categories }) =>
            told(categories.filter((t) => enough(t) && t.vTest < -1.96).toReversed()),
          ),
          { label: "Moins souvent" },
        ),
        stabilite: textColumn(
          Array.from(stability.jaccard, (value) => frenchNumber(value, { decimals: 2 })),
          { label: "Stabilité" },
        ),
      },
      map.survey.lineage,
    ),
    { name: "qui est dans chaque classe", counts: "personnes", open: ["classe"] },
  );
  const first = social.classes[0];
  const between = consolidation.between / consolidation.totalInertia;
  return dataTable(data, {
    id: "culture-classes",
    title: "Qui est plus souvent dans chaque classe",
    subtitle: `Part dans la classe contre part dans l’ensemble ; stabilité : ressemblance moyenne (Jaccard) de la classe à celle que donnent ${stability.draws} rééchantillons, au-dessus de 0,75 elle tient ; les classes consolidées gardent ${share(between)} de l’inertie des axes`,
    alt: "Tableau : pour chaque classe, son effectif, sa part, les positions sociales qui y sont plus fréquentes et moins fréquentes que dans l’ensemble, et sa stabilité.",
    champ,
    lecture: first ? `la classe « ${names[0]} » réunit ${share(sizeOf(first))} des personnes.` : "",
  });
}
