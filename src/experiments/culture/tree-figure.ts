import { frenchCount, frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { dendrogram } from "../../figures/dendrogram.ts";
import type { Figure } from "../../figures/figure.ts";
import type { DendrogramShape } from "../../models/clustering/dendrogram-shape.ts";
import { release } from "../../protection/release.ts";
import type { PracticeClasses } from "./practice-classes.ts";
import type { PracticeMap } from "./practice-map.ts";

const share = (value: number): string => frenchNumber(100 * value, { decimals: 0, unit: "%" });

/** Share (0 to 1) of inertia held by the first axes, by Benzécri’s rate. */
const heldBy = ({ analysis }: PracticeMap, axes: number): number =>
  analysis.axes.benzecri.slice(0, axes).reduce((sum, rate) => sum + rate, 0) / 100;

/** Ward's tree, and where it is cut. */
export function treeFigure({ shape, chosen, names, map, tree, axes }: PracticeClasses, champ: string): Figure {
  const nodes = treeNodes(shape, names);
  const data = release(
    table(
      {
        noeud: textColumn(
          nodes.map(({ name }) => name),
          { label: "Nœud" },
        ),
        au_dessus: textColumn(
          nodes.map(({ parent }) => parent),
          { label: "Nœud au-dessus" },
        ),
        perte: numberColumn(
          nodes.map(({ height }) => Number(height.toPrecision(4))),
          { label: "Inertie perdue par la fusion", unit: "" },
        ),
        personnes: numberColumn(
          nodes.map(({ people }) => people),
          { label: "Personnes", unit: "personnes" },
        ),
        classe: textColumn(
          nodes.map(({ group }) => group),
          { label: "Classe" },
        ),
      },
      map.survey.lineage,
    ),
    { name: "arbre des pratiques", counts: "personnes", open: ["noeud", "au_dessus", "classe"] },
  );
  const other = chosen.byRule["factominer-2.14"];
  const kept = chosen.candidates.find(({ classes }) => classes === chosen.classes);
  return dendrogram(data, {
    id: "culture-arbre",
    title: `Un arbre coupé en ${frenchCount(chosen.classes)} classes`,
    subtitle: `Classification de Ward sur les ${axes} premiers axes, qui tiennent ${share(heldBy(map, axes))} de l’inertie au taux de Benzécri ; nombre de classes choisi d’avance par la règle de FactoMineR 2.7${other === chosen.classes ? ", celle de la version 2.14 donne le même nombre" : ` ; celle de la version 2.14 en prendrait ${other}`}`,
    alt: `Arbre dont les ${shape.leaves.length} groupes du bas sont des barres à la mesure de leur effectif ; une ligne le coupe en ${chosen.classes} classes, nommées et colorées.`,
    champ,
    lecture: `les ${chosen.classes} classes gardent ${share(kept?.betweenShare ?? Number.NaN)} de l’inertie des axes avant consolidation${tree.ties > 0 ? ` ; fusions qui avaient une rivale aussi proche : ${frenchNumber(tree.ties)}` : ""}.`,
    node: "noeud",
    parent: "au_dessus",
    height: "perte",
    mass: "personnes",
    group: "classe",
    heightTitle: "Inertie perdue par la fusion",
    massTitle: "Personnes",
  });
}

interface TreeNode {
  readonly name: string;
  parent: string;
  readonly height: number;
  readonly people: number;
  readonly group: string;
}

/** The rows that the drawing reads: one a leaf or a merge, each with the node above. A merge stands half-way between what it joins. */
function treeNodes({ leaves, joins }: DendrogramShape, names: readonly string[]): TreeNode[] {
  const nodes: (TreeNode & { readonly x: number; readonly top: number })[] = leaves.map(({ x, people, label }, i) => ({
    name: `groupe ${i + 1}`,
    parent: "",
    height: 0,
    people,
    group: names[label] ?? "plusieurs classes",
    x,
    top: 0,
  }));
  joins.forEach(({ leftX, rightX, leftHeight, rightHeight, height, people, label }, i) => {
    const name = `fusion ${i + 1}`;
    for (const [x, top] of [
      [leftX, leftHeight],
      [rightX, rightHeight],
    ])
      for (const node of nodes)
        if (node.parent === "" && Math.abs(node.x - x) < 1e-9 && Math.abs(node.top - top) < 1e-12) node.parent = name;
    nodes.push({
      name,
      parent: "",
      height,
      people,
      group: names[label] ?? "plusieurs classes",
      x: (leftX + rightX) / 2,
      top: height,
    });
  });
  // From left to right, so that the drawing keeps the order of the classes, and their colours.
  return nodes
    .sort((a, b) => a.x - b.x)
    .map(({ name, parent, height, people, group }) => ({ name, parent, height, people, group }));
}
