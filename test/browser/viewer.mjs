// Uses the page of a viewer in Debian's Chromium, as a reader does: node test/browser/viewer.mjs [folder for screenshots]
// Builds a small book of invented areas, opens its page from the folder (file://, no server), and fails when a choice, a key or a sum is wrong, when an
// accessibility rule is broken in any state of the page, or when anything is asked of a network or kept.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { areaRows, intervalText, measureOf, rankWords, valueText } from "../../src/book/viewer/area-rows.ts";
import { viewCsv } from "../../src/book/viewer/view-files.ts";
import { checkCalculator } from "./viewer-calculator.mjs";
import { viewerSite } from "./viewer-site.mjs";

const [shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "RGAAv4"];
const areas = 105;
const faults = [];
let checks = 0;
const check = (what, good, met = "") => {
  checks++;
  if (!good) faults.push(`${what}${met === "" ? "" : ` : ${met}`}`);
};
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const site = await viewerSite(areas);
const address = pathToFileURL(join(site, "visionneuse-non-recours.html")).href;
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ],
});

/** A fresh page, with what it asks and says held against it. */
async function open({ width = 1280, colorScheme = "light", javaScriptEnabled = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled,
    locale: "fr-FR",
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(file|data|blob):/.test(url)) faults.push(`demande ${url}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`console : ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`erreur : ${error.message}`));
  await page.goto(address, { waitUntil: "load" });
  if (javaScriptEnabled) await page.locator('[data-viewer][data-state="live"]').waitFor({ timeout: 10_000 });
  return page;
}

const bundleIn = async (page) => JSON.parse(await page.locator("[data-content]").textContent());
const state = (measure, hypothesis, town = "") => ({ measure, hypothesis, town, area: "" });

async function followsRules(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { preload: false, runOnly: { type: "tag", values } }),
    tags,
  );
  check(
    `axe ${where}`,
    violations.length === 0,
    violations
      .map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 140)} ${plain(nodes[0]?.failureSummary).slice(0, 160)}`)
      .join(" ; "),
  );
}

/** Every measure at every position: the list says what the bundle says, in the order that may be printed. */
async function listFollowsChoices(page) {
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
          `${row.name} ${row.town} ${row.value === null ? row.gap : `${valueText(viewer, measure, row.value)} (${intervalText(viewer, measure, row)})`}${measure.rank ? ` ${rankWords(row.rankLow, row.rankHigh, areas)}` : ""}`,
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
async function panelsAddUp(page) {
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
  check("explications additionnées", sums === areas - 1, sums);
  check("explication cachée", (await page.locator(".cascade").count()) <= 1);
  await page.locator("[data-back]").focus();
  await page.keyboard.press("Enter");
  check(
    "retour à la liste",
    (await page.evaluate(() => document.activeElement?.closest(".classement") !== null)) === true,
  );
}

/** Tab goes through the page in the order of reading, with one stop for the map, and the focus is seen at each stop. */
async function keyboardOnly(page) {
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

async function filesOfTheView(page) {
  const viewer = await bundleIn(page);
  const read = async (kind) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-download="${kind}"]`)]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  const position = viewer.hypotheses[Number(await page.locator("#position").inputValue())].id;
  const csv = await read("csv");
  check(
    "CSV de la vue",
    csv.text === viewCsv(viewer, state("part", position)) && csv.text.split("\n").length === areas + 2,
    csv.name,
  );
  const svg = await read("svg");
  check(
    "SVG de la carte",
    svg.text.startsWith("<svg") && svg.text.includes("SYNTHÉTIQUE") && svg.text.split("<path d=").length > areas,
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

try {
  const page = await open();
  const ready = [];
  for (let i = 0; i < 5; i++) {
    await page.reload({ waitUntil: "load" });
    ready.push(
      await page.evaluate(async () => {
        while (document.querySelector('[data-viewer][data-state="live"]') === null)
          await new Promise(requestAnimationFrame);
        return performance.now();
      }),
    );
  }
  ready.sort((a, b) => a - b);
  check("utilisable en moins d’une seconde", ready[2] < 1000, `${Math.round(ready[2])} ms`);
  await keyboardOnly(page);
  await listFollowsChoices(page);
  await panelsAddUp(page);
  await filesOfTheView(page);
  const cases = await checkCalculator(page, check);
  check(
    "rien de gardé",
    (await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)) === 0,
  );
  await page.emulateMedia({ media: "print" });
  check(
    "à l’impression, les réglages s’effacent",
    !(await page.locator(".reglages").isVisible()) && (await page.locator(".classement").isVisible()),
  );
  await page.context().close();

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [320, 768, 1280, 1920]) {
      const one = await open({ width, colorScheme });
      await one.selectOption('select[name="measure"]', "non-recours");
      await one.locator(".classement button").nth(3).click();
      await one.fill('[name="birth-0"]', "1985-05-20");
      await one.fill('[name="wages-0"]', "11 500,50");
      await one.click("[data-add]");
      for (const summary of await one.locator("fieldset details > summary").all()) await summary.click();
      await one.click('button[type="submit"]');
      await one.locator("[data-error] p").waitFor();
      if (width === 320 || width === 1280) await followsRules(one, `${colorScheme}, ${width} px, erreur`);
      await one.fill('[name="birth-1"]', "1990-02-11");
      await one.click('button[type="submit"]');
      await one.locator("[data-answer] h4").waitFor();
      if (width === 320 || width === 1280) await followsRules(one, `${colorScheme}, ${width} px, réponse`);
      const over = await one.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      check(`largeur ${width} px, ${colorScheme}`, over <= 0, `déborde de ${over} px`);
      if (shots) await one.screenshot({ path: join(shots, `visionneuse-${colorScheme}-${width}.png`), fullPage: true });
      await one.context().close();
    }
  }
  const still = await open({ javaScriptEnabled: false });
  check("sans JavaScript, le classement", (await still.locator(".classement tbody tr").count()) === areas);
  check("sans JavaScript, pas de réglage mort", !(await still.locator(".reglages").isVisible()));
  check(
    "sans JavaScript, les fichiers",
    (await still.locator('a[href="visionneuses/non-recours/estimations.csv"]').count()) === 1,
  );
  await still.context().close();
  console.log(
    `${areas} quartiers, ${cases} foyers calculés des deux côtés, utilisable en ${Math.round(ready[2])} ms (de ${Math.round(ready[0])} à ${Math.round(ready[4])}), ${checks} vérifications, ${faults.length} défauts`,
  );
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 || checks === 0 ? 1 : 0;
