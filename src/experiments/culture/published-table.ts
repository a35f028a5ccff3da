import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import { type PublishedCulture, publishedCulture, publishedCultureRef } from "./published-culture.ts";
import type { PlacedSupply } from "./supply.ts";

/** Our facilities are not those of the publisher, but near. */
const near = "définition voisine : six sortes d’équipements de la base permanente";

/** Published facts, each with its own population and year, beside our measure where the definition is near; nowhere else. */
export function publishedTable(supply: PlacedSupply | null, neighbourhoods: number): Figure {
  const ours = ({ ours: kind }: PublishedCulture): string => {
    if (!kind) return "autre question : pas de comparaison";
    if (!supply) return "incalculable : lieux connus à la commune";
    if (kind === "none-within-km")
      return `${frenchNumber(supply.noneWithinKm)} sur ${frenchNumber(neighbourhoods)} (${near})`;
    const { facilities, residents } = supply.insideShare;
    return `${percent(facilities)} pour ${percent(residents)} (${near})`;
  };
  const text = (pick: (fact: PublishedCulture) => string, label: string) =>
    textColumn(publishedCulture.map(pick), { label });
  const data = release(
    table(
      {
        fait: text(({ what }) => what, "Fait"),
        valeur: text(({ value }) => value, "Publié"),
        ici: text(ours, "Ici"),
        population: text(({ population, year }) => `${population}, ${year}`, "Population et année"),
        source: text(({ source, atPublisher }) => (atPublisher ? source : `${source} (de seconde main)`), "Source"),
      },
      mergeLineages([publishedCultureRef], supply ? supply.lineage : []),
    ),
    { name: "faits publiés sur la culture", open: ["fait", "valeur", "ici", "population", "source"] },
  );
  return dataTable(data, {
    id: "culture-faits-publies",
    title: "Ce qui est publié, chaque fait avec sa question et sa population",
    subtitle:
      "À ne pas mettre dans une même série : les questions, les âges et les années diffèrent ; « ici » n’est rempli que si la définition est voisine",
    alt: "Tableau de neuf faits publiés : fait, valeur publiée, mesure du chapitre quand la définition est voisine, population et année, source.",
    champ: "indiqué à chaque ligne",
    lecture: `D’après l’Igac, ${publishedCulture[0]?.value ?? ""} : part des équipements culturels situés dans les quartiers, et part de la population qui y vit.`,
  });
}

const percent = (share: number): string => frenchNumber(100 * share, { decimals: 1, unit: "%" });
