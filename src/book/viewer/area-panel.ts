import { frenchNumber } from "../../codes/french.ts";
import { commonBase, roundedParts } from "../../models/areas/shapley-rounding.ts";
import type { BundledViewer } from "../../notebook/bundle.ts";
import { areaRows, hypothesisOf, intervalText, rankWords, type ViewerState, valueText } from "./area-rows.ts";
import { escapeHtml, frenchList, withUnit, words } from "./html.ts";

type Explanation = NonNullable<BundledViewer["explanation"]>;

/** The gap of one area as it is printed: whole numbers of steps, so that the sum of the printed lines is the printed gap. */
export interface PrintedGap {
  readonly factors: readonly string[];
  /** In steps of the last printed decimal. */
  readonly parts: readonly number[];
  readonly base: number;
  readonly level: number;
  readonly decimals: number;
  /** "%" or the unit of the contributions; "points" of a share for the parts. */
  readonly unit: string;
  readonly partUnit: string;
}

/** Reads the contributions of an area, or null where one is hidden or none is given. O(rows). */
export function printedGap(explanation: Explanation, area: string, position: string): PrintedGap | null {
  const { data, code, factor, contribution, base, level, hypothesis, decimals = 1 } = explanation;
  const at = (name: string, row: number): string | number => data.columns[name]?.values[row] ?? "nd";
  const placed = Array.from({ length: data.numRows }, (_, row) => row).filter(
    (row) => hypothesis === undefined || at(hypothesis, row) === position,
  );
  const rows = placed.filter((row) => at(code, row) === area);
  const first = rows[0];
  if (first === undefined) return null;
  const unit = data.columns[contribution]?.unit ?? "";
  const share = unit === "part";
  const read = (name: string, row: number): number => {
    const value = at(name, row);
    return typeof value === "number" ? value * (share ? 100 : 1) : Number.NaN;
  };
  const own = read(base, first);
  const shared = Number.isNaN(own) ? null : commonBase(placed.map((row) => read(base, row)));
  const rounded = roundedParts(
    Float64Array.from(rows, (row) => read(contribution, row)),
    { step: 10 ** -decimals, from: shared ?? own, to: read(level, first) },
  );
  if (rounded === null) return null;
  return {
    factors: rows.map((row) => String(at(factor, row))),
    parts: [...rounded.units],
    base: rounded.fromUnits,
    level: rounded.toUnits,
    decimals,
    unit: share ? "%" : unit,
    partUnit: share ? "points" : unit,
  };
}

/** A unit of words, said once in the head of a table; "" where the cells say % and points. */
const headUnit = ({ unit }: PrintedGap): string => (unit === "%" ? "" : unit);
/** The same gap for a table whose head says the unit. */
const bare = (gap: PrintedGap): PrintedGap => (headUnit(gap) === "" ? gap : { ...gap, unit: "", partUnit: "" });

const levelText = ({ decimals, unit }: PrintedGap, steps: number): string =>
  frenchNumber(steps / 10 ** decimals, unit ? { decimals, unit } : { decimals });
const partText = ({ decimals, partUnit }: PrintedGap, steps: number): string =>
  frenchNumber(
    steps / 10 ** decimals,
    partUnit ? { decimals, unit: partUnit, signed: true } : { decimals, signed: true },
  );

/** The panel of an area: its values at this position of the slider, the sentences, and the waterfall that adds up. */
export function areaPanel(viewer: BundledViewer, state: ViewerState): string {
  const row = areaRows(viewer, { ...state, town: "" }).find(({ code }) => code === state.area);
  if (!row) return `<h3 id="titre-explication" tabindex="-1">${words("Aucun quartier choisi")}</h3>`;
  const position = hypothesisOf(viewer, state.hypothesis);
  const values = viewer.measures
    .map((measure) => {
      const own =
        areaRows(viewer, { ...state, measure: measure.id, town: "" }).find(({ code }) => code === state.area) ?? row;
      const said =
        own.value === null
          ? (own.gap ?? "non disponible")
          : `${valueText(viewer, measure, own.value)} (${intervalText(viewer, measure, own)})${measure.rank ? `, ${rankWords(own.rankLow, own.rankHigh, viewer.areas.numRows)}` : ""}`;
      return `<div><dt>${words(measure.label)}</dt><dd>${words(said)}</dd></div>`;
    })
    .join("");
  return `<h3 id="titre-explication" tabindex="-1">${words(`${row.name} (${row.town})`)}</h3>
<p class="position">${words(`${viewer.hypothesisTitle} : ${position.label}. Intervalles ${viewer.interval}.`)}</p>
<dl class="valeurs">${values}</dl>
${viewer.explanation ? gapHtml(viewer, viewer.explanation, state) : ""}
<p class="retour"><button type="button" data-back="${escapeHtml(row.code)}">${words("Revenir à la liste")}</button></p>`;
}

function gapHtml(viewer: BundledViewer, explanation: Explanation, state: ViewerState): string {
  const gap = printedGap(explanation, state.area, state.hypothesis);
  if (!gap)
    return `<p>${words(`${explanation.label} : l’explication de ce quartier n’est pas diffusée ou n’est pas calculée à cette position du curseur.`)}</p>`;
  const fixed = explanation.hypothesis === undefined && viewer.hypotheses.length > 1;
  return `<p>${words(gapSentences(explanation, gap).join(" "))}</p>
${waterfall(explanation, gap)}
<p class="petit">${words(`La somme des lignes imprimées est l’écart imprimé : l’arrondi est réparti au plus fort reste.${fixed ? " Cette explication ne change pas avec le curseur." : ""}`)}</p>`;
}

/** The gap in sentences: how far, which way, and what weighs most. */
export function gapSentences({ label, reference }: Explanation, whole: PrintedGap): readonly string[] {
  const gap = bare(whole);
  // A unit of words is said once: by the label, or after the first number.
  const opening = label.includes(whole.unit) ? gap : whole;
  const difference = gap.level - gap.base;
  const said = `${label} : ${levelText(opening, gap.level)}, contre ${levelText(gap, gap.base)} pour la référence (${reference})`;
  if (difference === 0 && gap.parts.every((part) => part === 0)) return [`${said}. Aucun écart à expliquer.`];
  const ordered = gap.factors
    .map((factor, i) => ({ factor, part: gap.parts[i] ?? 0 }))
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part));
  const told = (items: typeof ordered): string =>
    frenchList(items.map(({ factor, part }) => `${factor} (${partText(gap, part)})`));
  const with_ = ordered.filter(({ part }) => part !== 0 && Math.sign(part) === Math.sign(difference || 1)).slice(0, 2);
  const against = ordered
    .filter(({ part }) => part !== 0 && Math.sign(part) !== Math.sign(difference || 1))
    .slice(0, 1);
  return [
    `${said}, soit un écart de ${partText(gap, difference)}.`,
    ...(with_.length > 0 ? [`Ce qui pèse le plus dans ce sens : ${told(with_)}.`] : []),
    ...(against.length > 0 ? [`En sens contraire : ${told(against)}.`] : []),
  ];
}

/** The waterfall as a table: each factor, its signed part, and a bar that starts where the one above ends. */
function waterfall({ label, reference }: Explanation, said: PrintedGap): string {
  const gap = bare(said);
  const stops = [gap.base];
  for (const part of gap.parts) stops.push((stops.at(-1) ?? 0) + part);
  const [least, most] = [Math.min(0, gap.level, ...stops), Math.max(0, gap.level, ...stops)];
  const x = (steps: number): number => Math.round(((steps - least) / (most - least || 1)) * 1960 + 20) / 10;
  const bar = (from: number, to: number, style: string): string =>
    `<td class="trace"><svg viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="${style}" x="${Math.min(x(from), x(to))}" y="2" width="${Math.max(0.8, Math.round(Math.abs(x(to) - x(from)) * 10) / 10)}" height="10"/></svg></td>`;
  const line = (head: string, text: string, drawn: string, style = ""): string =>
    `<tr${style}><th scope="row">${words(head)}</th><td class="n">${escapeHtml(text)}</td>${drawn}</tr>`;
  const body = gap.parts
    .map((part, i) =>
      line(
        gap.factors[i] ?? "",
        partText(gap, part),
        bar(stops[i] ?? 0, stops[i + 1] ?? 0, part < 0 ? "moins" : "plus"),
      ),
    )
    .join("");
  const total = gap.parts.reduce((sum, part) => sum + part, 0);
  return `<table class="cascade"><caption>${words(`${label} : de la référence au quartier`)}</caption><thead><tr><th scope="col">Ligne</th><th scope="col" class="n">${words(withUnit("Valeur", headUnit(said)))}</th><th scope="col"><span class="cache">Tracé</span></th></tr></thead><tbody>${line(`Référence : ${reference}`, levelText(gap, gap.base), bar(0, gap.base, "niveau"), ' class="niveau"')}${body}${line("Somme des contributions (écart)", partText(gap, total), "<td></td>", ' class="somme"')}${line("Ce quartier", levelText(gap, gap.level), bar(0, gap.level, "niveau"), ' class="niveau"')}</tbody></table>`;
}

/** All contributions in one table, for readers without JavaScript and for those who prefer a table. */
export function contributionTable(viewer: BundledViewer, hypothesis: string): string {
  const { explanation } = viewer;
  if (!explanation) return "";
  const rows = areaRows(viewer, { measure: "", hypothesis, town: "" });
  const gaps = rows.map(({ code }) => printedGap(explanation, code, hypothesis));
  const factors = [...new Set(gaps.flatMap((gap) => gap?.factors ?? []))];
  const known = gaps.find((gap) => gap !== null);
  const unit = known ? headUnit(known) : "";
  const head = ["Quartier", "Référence", ...factors, "Écart", "Niveau"]
    .map((name) => `<th scope="col">${words(name)}</th>`)
    .join("");
  const body = rows
    .map(({ name, town }, i) => {
      const found = gaps[i];
      const gap = found ? bare(found) : null;
      const cells = gap
        ? [
            levelText(gap, gap.base),
            ...factors.map((factor) => {
              const at = gap.factors.indexOf(factor);
              return at < 0 ? "–" : partText(gap, gap.parts[at] ?? 0);
            }),
            partText(gap, gap.level - gap.base),
            levelText(gap, gap.level),
          ]
        : ["non diffusé", ...factors.map(() => "non diffusé"), "non diffusé", "non diffusé"];
      return `<tr><th scope="row">${words(`${name} (${town})`)}</th>${cells.map((cell) => `<td class="n">${words(cell)}</td>`).join("")}</tr>`;
    })
    .join("\n");
  return `<details><summary>${words("Toutes les explications en tableau")}</summary><div class="scroll" tabindex="0" role="group" aria-label="Contributions, tableau"><table><caption>${words(`${explanation.label} : référence, contributions et niveau de chaque quartier${unit ? `, ${unit}` : ""} (${hypothesisOf(viewer, hypothesis).label})`)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></details>`;
}
