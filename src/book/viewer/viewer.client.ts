// The page of a viewer in the reader's browser: choices draw the same HTML again as the server did. Nothing is asked of any server, nothing is kept.

import { explainEntitlement } from "../../models/benefits/c2s-explanation.ts";
import type { BundledViewer } from "../../notebook/bundle.ts";
import { areaPanel, contributionTable } from "./area-panel.ts";
import { areaRows, hypothesisOf, measureOf, type ViewerState } from "./area-rows.ts";
import { openCalculator } from "./calculator.client.ts";
import { words } from "./html.ts";
import { rankedTable, rankingSentence } from "./ranked-table.ts";
import { areaSentence, mapLegend, townMaps } from "./town-maps.ts";
import { viewCsv, viewSvg } from "./view-files.ts";
import { openingState } from "./viewer-page.ts";

/** The library's own function: a reader can call it, and the tests compare it with the library case by case. */
Object.assign(globalThis, { quartiersExplainEntitlement: explainEntitlement });

const find = (root: ParentNode, selector: string): HTMLElement => root.querySelector(selector) as HTMLElement;

for (const root of document.querySelectorAll<HTMLElement>("[data-viewer]")) openViewer(root);

function openViewer(root: HTMLElement): void {
  const viewer = JSON.parse(find(root, "[data-content]").textContent ?? "") as BundledViewer;
  const settings = root.querySelector("form.reglages") as HTMLFormElement;
  const slider = settings.elements.namedItem("position") as HTMLInputElement;
  let state: ViewerState = openingState(viewer);

  const draw = (): void => {
    const { label } = hypothesisOf(viewer, state.hypothesis);
    slider.setAttribute("aria-valuetext", label);
    find(root, "[data-position]").innerHTML = words(label);
    find(root, "[data-measure]").innerHTML = words(measureOf(viewer, state.measure).label);
    find(root, "[data-legend]").innerHTML = mapLegend(viewer, state);
    find(root, "[data-map]").innerHTML = townMaps(viewer, state);
    find(root, "[data-list]").innerHTML = rankedTable(viewer, state);
    find(root, "[data-panel]").innerHTML = areaPanel(viewer, state);
    const contributions = find(root, "[data-contributions]");
    const open = contributions.querySelector("details")?.open ?? false;
    contributions.innerHTML = contributionTable(viewer, state.hypothesis);
    contributions.querySelector("details")?.toggleAttribute("open", open);
    say(rankingSentence(viewer, state));
  };
  const say = (sentence: string): void => {
    find(root, "[data-status]").innerHTML = words(sentence);
  };
  const choose = (area: string): void => {
    state = { ...state, area };
    for (const one of root.querySelectorAll<HTMLElement | SVGElement>("[data-choose]")) {
      const chosen = one.dataset["choose"] === area;
      one.setAttribute("aria-pressed", String(chosen));
      (one.closest("tr") ?? one).classList.toggle("choisi", chosen);
    }
    find(root, "[data-panel]").innerHTML = areaPanel(viewer, state);
    const row = areaRows(viewer, { ...state, town: "" }).find(({ code }) => code === area);
    if (row) say(areaSentence(viewer, state, row));
    const title = find(root, "#titre-explication");
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "nearest" });
  };

  settings.hidden = false;
  for (const waiting of root.querySelectorAll<HTMLElement>("[data-keys], [data-view-files]")) waiting.hidden = false;
  settings.addEventListener("submit", (event) => event.preventDefault());
  settings.addEventListener("input", () => {
    const values = new FormData(settings);
    state = {
      ...state,
      measure: String(values.get("measure")),
      town: String(values.get("town")),
      hypothesis: viewer.hypotheses[Number(slider.value)]?.id ?? state.hypothesis,
    };
    draw();
  });
  root.addEventListener("click", ({ target }) => {
    const from = target as Element;
    const area = from.closest<HTMLElement>("[data-choose], tr[data-area]")?.dataset;
    if (area) choose(area["choose"] ?? area["area"] ?? "");
    const back = from.closest<HTMLElement>("[data-back]")?.dataset["back"];
    if (back !== undefined) backToList(root, back);
    const kind = from.closest<HTMLElement>("[data-download]")?.dataset["download"];
    const name = `${viewer.id}-${state.measure}-${state.hypothesis}`;
    if (kind === "csv") save(`${name}.csv`, viewCsv(viewer, state), "text/csv;charset=utf-8");
    if (kind === "svg") save(`${name}.svg`, viewSvg(viewer, state), "image/svg+xml");
  });
  find(root, "[data-map]").addEventListener("keydown", (event) => moveOnMap(find(root, "[data-map]"), event, choose));
  const calculator = root.querySelector<HTMLElement>("[data-calculator]");
  if (calculator) openCalculator(calculator);
  root.dataset["state"] = "live";
}

/** Focus goes back to the button of the area in the list, or to the list where a filter has left it out. */
function backToList(root: HTMLElement, area: string): void {
  const buttons = [...root.querySelectorAll<HTMLElement>("[data-list] button[data-choose]")];
  const button = buttons.find((one) => one.dataset["choose"] === area) ?? buttons[0];
  button?.focus();
}

/** One stop of the Tab key for the map: arrows, Home and End go from shape to shape, Enter and the space bar choose. */
function moveOnMap(map: HTMLElement, event: KeyboardEvent, choose: (area: string) => void): void {
  const shapes = [...map.querySelectorAll<SVGElement>("[data-choose]")];
  const at = shapes.indexOf(event.target as SVGElement);
  if (at < 0) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(shapes[at]?.dataset["choose"] ?? "");
    return;
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: Math.min(at + 1, shapes.length - 1),
    ArrowDown: Math.min(at + 1, shapes.length - 1),
    ArrowLeft: Math.max(at - 1, 0),
    ArrowUp: Math.max(at - 1, 0),
    Home: 0,
    End: shapes.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  shapes.forEach((shape, i) => {
    shape.setAttribute("tabindex", i === next ? "0" : "-1");
  });
  shapes[next]?.focus();
}

/** A file made in the page. */
function save(name: string, content: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
