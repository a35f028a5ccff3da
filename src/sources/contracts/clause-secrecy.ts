import { frenchCount, frenchNumber } from "../../codes/french.ts";
import type { SecrecyRule } from "../../codes/lineage.ts";
import type { Contract } from "../contract.ts";
import { countOf, enumerate, plural, theColumns } from "./clause-words.ts";
import { isUnstated } from "./threshold.ts";

/** Article 6: the threshold, who states it, what else is hidden, what a reader must not find back. */
export function secrecy(contract: Contract): readonly string[] {
  const { secrecy: rule } = contract;
  return [
    "Les parties appliquent aux données les règles du secret statistique, dont le principe est posé par la loi n° 51-711 du 7 juin 1951 sur l'obligation, la coordination et le secret en matière de statistiques.",
    threshold(rule),
    isUnstated(rule)
      ? `Le fournisseur n'a pas énoncé de seuil. Le plus strict que l'on connaisse s'applique, soit ${frenchNumber(rule.minUnits)}, jusqu'à ce qu'il en énonce un par écrit.`
      : `Ce seuil est énoncé ainsi : ${rule.statedBy}.`,
    ...(rule.identifiedBy === undefined
      ? []
      : [
          `Plusieurs lignes peuvent se rapporter à la même unité : le seuil compte les valeurs distinctes de la colonne \`${rule.identifiedBy}\`.`,
        ]),
    ...concentration(rule),
    ...uncertainty(rule),
    ...weighting(rule),
    ...known(rule),
    ...masking(contract),
    "Avant toute publication, le programme contrôle les tableaux, les figures et les phrases chiffrées. Aucune liste d'unités n'est produite. La liste des publications est communiquée au fournisseur sur sa demande.",
  ];
}

function threshold({ minUnits, unit, zeros }: SecrecyRule): string {
  if (minUnits <= 1) return "**Seuil.** Le fournisseur ne fixe aucun effectif minimal.";
  const zero = zeros === "sensitive" ? ` Un total nul est masqué dès que des ${plural(unit)} y contribuent.` : "";
  return `**Seuil.** Aucune valeur inférieure au seuil ne sort : aucun résultat portant sur moins de ${countOf(minUnits, unit)} n'est publié, ni ne peut être déduit des résultats publiés, par soustraction ou par différence avec une publication antérieure. Un taux ou une moyenne suit la règle de l'effectif sur lequel il porte. Un effectif nul peut être publié.${zero}`;
}

/**
 * When a total is hidden though enough units contribute to it; nothing when the provider states no rule of concentration.
 * @example
 * ```ts
 * concentration({ unit: "établissement", minUnits: 3, statedBy: "Insee", dominance: [{ n: 1, k: 85 }] })[0]
 * // "**Concentration.** Même au-dessus du seuil, un total est masqué quand une seule contribution en dépasse 85 %."
 * ```
 */
export function concentration({ dominance = [], pPercent }: SecrecyRule): readonly string[] {
  const cases = [
    ...dominance.map(({ n, k }) =>
      n === 1
        ? `quand une seule contribution en dépasse ${percent(k)}`
        : `quand les ${frenchCount(n)} plus fortes contributions en font ensemble ${percent(k)} ou plus`,
    ),
    ...(pPercent === undefined
      ? []
      : [
          `quand le deuxième contributeur, en retirant sa propre part, pourrait estimer celle du premier à moins de ${percent(pPercent)} près`,
        ]),
  ];
  return cases.length === 0
    ? []
    : [`**Concentration.** Même au-dessus du seuil, un total est masqué ${enumerate(cases, "ou")}.`];
}

/** What stays unknown of a hidden value to whoever reads all that is published. */
function uncertainty({
  minUnits,
  interval = [0, minUnits],
  amountPercent = 10,
  rates,
}: SecrecyRule): readonly string[] {
  if (minUnits <= 1) return [];
  const [least, greatest] = interval;
  return [
    `**Ce qu'un lecteur ne doit pas retrouver.** Pour qui lit tout ce qui est publié, à cette occasion et auparavant, un effectif masqué parce qu'il est inférieur au seuil doit pouvoir prendre toutes les valeurs de ${frenchNumber(least)} à ${frenchNumber(greatest)} ; un montant masqué doit rester incertain d'au moins ${percent(amountPercent)}, en plus comme en moins.`,
    `Un taux publié ne permet pas de retrouver un effectif inférieur au seuil : compte tenu de son arrondi, ${
      rates === "interval"
        ? `s'il peut correspondre à un tel effectif, il doit pouvoir correspondre aussi à tous les effectifs de 0 à ${frenchNumber(minUnits)}`
        : "il doit pouvoir correspondre à un effectif au moins égal au seuil"
    }.`,
  ];
}

function weighting({ weighted, unit, minUnits }: SecrecyRule): readonly string[] {
  const bears = weighted ?? (unit === "enquêté" ? "both" : undefined);
  if (bears === undefined || minUnits <= 1) return [];
  const counted = `au nombre de ${plural(unit)}`;
  const on = {
    both: `à la fois ${counted} et au nombre que représentent les pondérations`,
    weighted: "au nombre que représentent les pondérations",
    unweighted: `${counted}, sans les pondérations`,
  }[bears];
  return [`**Enquête pondérée.** Le seuil s'applique ${on}.`];
}

function known({ outsideKnowledge = [] }: SecrecyRule): readonly string[] {
  if (outsideKnowledge.length === 0) return [];
  const bounds = outsideKnowledge.map(({ column, least, greatest }) => {
    const sides = [
      ...(least === undefined ? [] : [`au moins ${plainNumber(least)}`]),
      ...(greatest === undefined ? [] : [`au plus ${plainNumber(greatest)}`]),
    ];
    return `\`${column}\` vaut ${sides.join(" et ")}`;
  });
  return [
    `**Ce qu'un lecteur sait par ailleurs.** Les contrôles supposent connu de tous que, sur chaque ligne, ${enumerate(bounds)}.`,
  ];
}

function masking({ secrecy: { minUnits }, columns }: Contract): readonly string[] {
  const masked = columns.filter(({ masked: counts }) => counts);
  if (masked.length === 0 || minUnits <= 1) return [];
  const sign =
    masked.flatMap(({ missing = {} }) => Object.entries(missing)).find(([, reason]) => reason === "s")?.[0] || "s";
  return [
    `Avant la remise du fichier, le fournisseur remplace par le signe « ${sign} » tout effectif ${minUnits > 2 ? `de 1 à ${frenchNumber(minUnits - 1)}` : "de 1"} dans ${theColumns(masked.map(({ name }) => name))}. Un fichier qui en contient un est refusé, puis détruit.`,
  ];
}

/** A number with the decimals that it was written with. */
const plainNumber = (value: number, unit?: string): string =>
  frenchNumber(value, {
    decimals: (String(value).split(".")[1] ?? "").length,
    ...(unit === undefined ? {} : { unit }),
  });

const percent = (value: number): string => plainNumber(value, "%");
