import { frenchNumber, frenchOf } from "../../codes/french.ts";
import { type C2sExplanation, type ExplanationNode, monthWords } from "../../models/benefits/c2s-explanation.ts";
import { referencePeriod } from "../../models/benefits/reference-period.ts";
import { words } from "./html.ts";

/**
 * Which months the amounts of the form are those of.
 * @example
 * ```ts
 * periodSentence("2025-04-10") // "Les ressources sont celles de mars 2024 à février 2025, douze mois en tout."
 * ```
 */
export function periodSentence(date: string): string {
  const { from, until } = referencePeriod(date);
  return `Les ressources sont celles ${frenchOf(monthWords(from))} à ${monthWords(until)}, douze mois en tout.`;
}

/** The answer of the calculator: the right, the distance to each ceiling, what would change it, and the whole tree with its articles. */
export function answerHtml({ entitlement, tree, distanceEurYear, whatWouldChange }: C2sExplanation): string {
  const pays =
    entitlement.participationEurMonth === null || entitlement.participationEurMonth === 0
      ? ""
      : ` : ${frenchNumber(entitlement.participationEurMonth, { decimals: Number.isInteger(entitlement.participationEurMonth) ? 0 : 2, unit: "€" })} par mois pour le foyer`;
  return `<h4>${words(`${capital(tree.value)}${pays}`)}</h4>
<ul class="distances">${distance("gratuite", distanceEurYear.free, entitlement.free.eurYear)}${distance("avec participation", distanceEurYear.participation, entitlement.participation.eurYear)}</ul>
${whatWouldChange.length > 0 ? `<h5>${words("Ce qui changerait la réponse")}</h5><ul>${whatWouldChange.map((sentence) => `<li>${words(sentence)}</li>`).join("")}</ul>` : ""}
<h5>Le calcul, ligne par ligne</h5>
<ul class="arbre">${branch(tree, true)}</ul>
<p class="petit">${words("Ce calcul applique les textes à ce qui est écrit dans le formulaire ; seule la caisse décide d’un droit.")}</p>`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function distance(name: string, eurYear: number, ceiling: number): string {
  const said = frenchNumber(Math.abs(eurYear), { decimals: Number.isInteger(eurYear) ? 0 : 2, unit: "€" });
  const side = eurYear < 0 ? `${said} en dessous du` : eurYear > 0 ? `${said} au-dessus du` : "à égalité avec le";
  return `<li>${words(`Ressources ${side} plafond de la couverture ${name} (${frenchNumber(ceiling, { unit: "€" })} par an)`)}</li>`;
}

/** A line of the tree and those under it; the first two levels are open. */
function branch(node: ExplanationNode, open: boolean): string {
  const line = `<b>${words(node.label)}</b>${words(` : ${node.value}`)}${node.article ? ` <span class="article">${words(node.article)}</span>` : ""}`;
  if (node.children.length === 0) return `<li>${line}</li>`;
  return `<li><details${open ? " open" : ""}><summary>${line}</summary><ul>${node.children.map((child) => branch(child, node.label.startsWith("Droit"))).join("")}</ul></details></li>`;
}
