import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import type { CommuneSupply } from "./supply.ts";
import { points, releaseOpen, share } from "./supply-columns.ts";
import type { SupplyFigures } from "./supply-figures.ts";

/** Supply told by commune: whether there is one, and how many for 10 000 residents of the commune. */
export function communeSupplyFigures(places: Neighbourhoods, supply: CommuneSupply, region: string): SupplyFigures {
  const { kinds, facilities } = supply;
  const champ = `quartiers prioritaires (génération 2015) ${region} ; équipements de ${facilities.typequ.year}, comptés à la commune : le fichier ne dit pas où, dans la commune, se trouve le lieu`;
  const lineage = mergeLineages(places.table.lineage, facilities.lineage);
  const served = releaseOpen(
    "offre culturelle de la commune",
    {
      lieu: textColumn(
        kinds.map(({ label }) => label),
        { label: "Lieu" },
      ),
      part: points(
        kinds.map((kind) => 100 * kind.served),
        "Ont un lieu dans leur commune",
      ),
    },
    lineage,
  );
  const cells = numbers(served, "part").values;
  const within = dotPlot(served, {
    id: "culture-offre",
    title: `${share(cells[0])} des habitants des quartiers ont un lieu « ${kinds[0]?.label ?? ""} » dans leur commune`,
    subtitle: "Part des habitants des quartiers dont la commune a au moins un lieu",
    alt: "Un point par sorte de lieu culturel, sur une échelle de 0 à 100 % des habitants des quartiers.",
    champ,
    lecture: `${share(cells[0])} des habitants des quartiers vivent dans une commune qui a au moins un lieu « ${kinds[0]?.label ?? ""} ».`,
    row: "lieu",
    value: "part",
    axisTitle: "Part des habitants des quartiers (%)",
    format: ",.0f",
    domain: [0, 100],
  });
  const towns = new Set(texts(places.table, "code_commune").values).size;
  const table = releaseOpen(
    "offre culturelle par habitant, à la commune",
    {
      lieu: textColumn(
        kinds.map(({ label }) => label),
        { label: "Lieu" },
      ),
      lieux: numberColumn(
        kinds.map(({ units }) => units),
        { label: "Lieux du fichier", unit: "lieux" },
      ),
      part: points(
        kinds.map((kind) => 100 * kind.served),
        "Habitants des quartiers servis",
      ),
      median: numberColumn(
        kinds.map(({ perTenThousand }) => Math.round(100 * median(perTenThousand)) / 100),
        { label: "Lieux pour 10 000 habitants, commune du quartier médian", unit: "lieux" },
      ),
    },
    lineage,
  );
  return {
    within,
    byMode: null,
    map: null,
    table: dataTable(table, {
      id: "culture-offre-table",
      title: `L’offre des ${frenchNumber(towns)} communes qui ont un quartier, par habitant`,
      subtitle:
        "Lieux pour 10 000 habitants de la commune : une commune-centre sert aussi ses voisines, cela ne se voit pas ici",
      alt: "Tableau : pour chaque sorte de lieu, le nombre de lieux du fichier, la part des habitants des quartiers servis, et les lieux pour 10 000 habitants de la commune du quartier médian.",
      champ,
      lecture: `${kinds[0]?.label ?? ""} : ${frenchNumber(numbers(table, "median").values[0], { decimals: 2 })} lieu pour 10 000 habitants dans la commune du quartier médian.`,
    }),
    released: served,
  };
}

const median = (values: Float64Array): number => values.slice().sort()[Math.floor((values.length - 1) / 2)];
