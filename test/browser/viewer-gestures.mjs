// What a reader does on the page of a viewer, held against the library: choices, keys, panels, files.
import { readFileSync } from "node:fs";
import { areaRows, cellText, headUnit, intervalText, measureOf, rankWords } from "../../src/book/viewer/area-rows.ts";
import { viewCsv } from "../../src/book/viewer/view-files.ts";

const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const bundleIn = async (page) => JSON.parse(await page.locator("[data-content]").textContent());
const state = (measure, hypothesis, town = "") => ({ measure, hypothesis, town, area: "" });

/** Every measure at every position: the list says what the bundle says, in the order that may be printed. */
export async function listFollowsChoices(page, check) {
  const viewer = await bundleIn(page);
  const slider = page.locator("#position");
  for (const { id } of viewer.measures) {
    await page.selectOption('select[name="measure"]', id);
    await slider.focus();
    await page.keyboard.press("Home");
    for (const [i, hypothesis] of viewer.hypotheses.entries()) {
      if (i > 0) await page.keyboard.press("ArrowRight");
      const measure = measureOf(viewer, id);
      const expected = areaRows(viewer, state(id, hypothesis.id)).map((row) =>
        plain(
          `${row.name} ${row.town} ${row.value === null ? row.gap : `${cellText(viewer, measure, row.value)} (${intervalText(viewer, measure, row)})`}${measure.rank ? ` ${rankWords(row.rankLow, row.rankHigh, viewer.areas.numRows)}` : ""}`,
        ),
      );
      const found = await page
        .locator(".classement tbody tr")
        .evaluateAll((rows) =>
          rows.map((row) =>
            [row.querySelector("button"), row.querySelector(".ville-de"), ...row.querySelectorAll("td")]
              .map((one) => one.textContent)
              .join(" "),
          ),
        );
      check(`liste ${id}, ${hypothesis.id}`, found.map(plain).join("\n") === expected.join("\n"), found[0]);
      const unit = headUnit(viewer, measure);
      const table = plain(await page.locator(".classement").textContent());
      check(
        `unité dite une fois ${id}, ${hypothesis.id}`,
        unit === "" || table.split(unit).length - 1 === 1 + plain(measure.label).split(unit).length - 1,
        unit,
      );
      check(`curseur ${hypothesis.id}`, plain(await slider.getAttribute("aria-valuetext")) === plain(hypothesis.label));
      check(
        `position ${hypothesis.id}`,
        plain(await page.locator("[data-position]").textContent()) === plain(hypothesis.label),
      );
      const filled = await page.locator(".quartier.sans-valeur").count();
      check(
        `hachures ${id}, ${hypothesis.id}`,
        filled === areaRows(viewer, state(id, hypothesis.id)).filter(({ value }) => value === null).length,
        filled,
      );
    }
  }
  await page.selectOption('select[name="measure"]', viewer.measures[0].id);
  const town = "La Roche-Fable";
  await page.selectOption('select[name="town"]', town);
  const kept = await page.locator(".classement .ville-de").allTextContents();
  check("filtre par commune", kept.length > 0 && kept.every((one) => one === town), kept.join());
  check("carte filtrée", (await page.locator("[data-map] .ville svg").count()) === 1);
  check("annonce du filtre", (await page.locator("[data-status]").textContent()).includes(town));
  await page.selectOption('select[name="town"]', "");
}

/** The panel of each area, chosen by its row: what is printed adds up to the last digit. */
export async function panelsAddUp(page, check) {
  const viewer = await bundleIn(page);
  const names = new Map(
    areaRows(viewer, state("part", "2024")).map(({ code, name, town }) => [code, `${name} (${town})`]),
  );
  let sums = 0;
  for (const button of await page.locator(".classement button[data-choose]").all()) {
    const code = await button.getAttribute("data-choose");
    await button.focus();
    await page.keyboard.press("Enter");
    const { focused, title, lines } = await page.evaluate(() => ({
      focused: document.activeElement?.id,
      title: document.querySelector("#titre-explication").textContent,
      lines: [...document.querySelectorAll(".cascade td.n")].map((cell) => cell.textContent),
    }));
    check(`focus sur l’explication de ${code}`, focused === "titre-explication", focused);
    check(`titre de ${code}`, plain(title) === plain(names.get(code)), title);
    if (lines.length === 0) continue;
    const tenths = lines.map((text) =>
      Math.round(
        Number(
          text
            .replace("\u2212", "-")
            .replace(/[^\d,+-]/g, "")
            .replace(",", "."),
        ) * 10,
      ),
    );
    const [base, level, sum] = [tenths[0], tenths.at(-1), tenths.at(-2)];
    const parts = tenths.slice(1, -2).reduce((total, part) => total + part, 0);
    check(`somme imprimée de ${code}`, parts === sum && base + sum === level, lines.join(" | "));
    sums++;
  }
  check("explications additionnées", sums === viewer.areas.numRows - 1, sums);
  check("explication cachée", (await page.locator(".cascade").count()) <= 1);
  await page.locator("[data-back]").focus();
  await page.keyboard.press("Enter");
  check(
    "retour à la liste",
    (await page.evaluate(() => document.activeElement?.closest(".classement") !== null)) === true,
  );
}

/** Tab goes through the page in the order of reading, with one stop for the map, and the focus is seen at each stop. */
export async function keyboardOnly(page, check) {
  await page.evaluate(() => document.querySelector("#contenu").focus());
  const stops = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("Tab");
    stops.push(
      await page.evaluate(() => {
        const one = document.activeElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        const word =
          one.getAttribute("name") ??
          one.closest("[data-map]")?.className ??
          one.closest("table")?.className ??
          one.tagName;
        return `${word}${outlineStyle === "none" || outlineWidth === "0px" ? " (focus invisible)" : ""}`;
      }),
    );
  }
  check("ordre de tabulation", stops.join() === "A,measure,town,position,villes,classement", stops.join());
  await page.evaluate(() => document.querySelector("#position").focus());
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.dataset.choose);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  const second = await page.evaluate(() => document.activeElement.dataset.choose);
  check("flèches sur la carte", second !== undefined && second !== first, `${first} ${second}`);
  await page.keyboard.press("Enter");
  const pressed = await page
    .locator('[data-map] [aria-pressed="true"]')
    .evaluateAll((all) => all.map((one) => one.dataset.choose));
  check("Entrée sur la carte", pressed.join() === second, pressed.join());
  check(
    "même quartier dans la liste",
    (await page.locator(".classement tr.choisi").getAttribute("data-area")) === second,
  );
}

/** At this width the explanation stands beside the map and the list, on the right third, and stays in sight while the list goes by. */
export async function explanationBeside(page, check) {
  const boxes = () =>
    page.evaluate(() =>
      Object.fromEntries(
        [".carte", ".liste", ".panneau", ".deux"].map((name) => {
          const { left, right, top, width } = document.querySelector(name).getBoundingClientRect();
          return [name, { left, right, top, width }];
        }),
      ),
    );
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const at = await boxes();
  const share = at[".panneau"].width / at[".deux"].width;
  check(
    "explication à droite de la carte et de la liste",
    at[".panneau"].left >= at[".liste"].right &&
      at[".panneau"].left >= at[".carte"].right &&
      Math.abs(at[".panneau"].top - at[".carte"].top) < 2,
    JSON.stringify(at),
  );
  check("sur le tiers droit", share > 0.3 && share < 0.4, share);
  const last = page.locator(".classement tbody tr").last();
  await last.evaluate((row) => row.scrollIntoView({ behavior: "instant", block: "end" }));
  await last.locator("button").click();
  const { top } = (await boxes())[".panneau"];
  check("explication toujours à l’écran", top >= -1 && top < 450, top);
}

export async function filesOfTheView(page, check) {
  const viewer = await bundleIn(page);
  const read = async (kind) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-download="${kind}"]`)]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  const position = viewer.hypotheses[Number(await page.locator("#position").inputValue())].id;
  const csv = await read("csv");
  check(
    "CSV de la vue",
    csv.text === viewCsv(viewer, state("part", position)) && csv.text.split("\n").length === viewer.areas.numRows + 2,
    csv.name,
  );
  const svg = await read("svg");
  check(
    "SVG de la carte",
    svg.text.startsWith("<svg") &&
      svg.text.includes("SYNTHÉTIQUE") &&
      svg.text.split("<path d=").length > viewer.areas.numRows,
    svg.name,
  );
  check(
    "SVG bien formé",
    await page.evaluate(
      (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
      svg.text,
    ),
  );
}
