// Uses the page of a viewer in Debian's Chromium, as a reader does: node test/browser/viewer.mjs [folder for screenshots]
// Builds a small book of invented areas, opens its page from the folder (file://, no server), and fails when a choice, a key or a sum is wrong, when an
// accessibility rule is broken in any state of the page, or when anything is asked of a network or kept.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { checkCalculator } from "./viewer-calculator.mjs";
import {
  explanationBeside,
  filesOfTheView,
  keyboardOnly,
  listFollowsChoices,
  panelsAddUp,
} from "./viewer-gestures.mjs";
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
  await keyboardOnly(page, check);
  await listFollowsChoices(page, check);
  await panelsAddUp(page, check);
  await explanationBeside(page, check);
  await filesOfTheView(page, check);
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
      await one.click('button[type="submit"]');
      check(
        `ressources vides refusées, ${width} px, ${colorScheme}`,
        plain(await one.locator("[data-error] p").textContent()).startsWith("Indiquez les ressources du foyer") &&
          !(await one.locator("[data-answer]").isVisible()),
      );
      if (width === 320 || width === 1280) await followsRules(one, `${colorScheme}, ${width} px, ressources vides`);
      await one.fill('[name="wages-0"]', "11 500,50");
      await one.click("[data-add]");
      for (const summary of await one.locator("fieldset details > summary").all()) await summary.click();
      await one.click('button[type="submit"]');
      await one.locator("[data-error] p", { hasText: "Date de naissance" }).waitFor();
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
