// Reads a built site in Debian's Chromium: node test/browser/site.mjs <folder> [folder for screenshots]
// Fails when a page breaks an accessibility rule, asks another origin for anything, cannot be read without JavaScript, or when a chart stays dead with it.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [folder = "reports/site", shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "RGAAv4"];
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".pdf": "application/pdf",
};
if (!existsSync(join(folder, "index.html")))
  throw new Error(`Pas de site dans ${folder} : lancer d'abord npm run book.`);

const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  const file = join(folder, path === "/" ? "index.html" : path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const pages = readdirSync(folder)
  .filter((file) => file.endsWith(".html"))
  .sort();
const faults = [];
let checks = 0;
let charts = 0;
let viewers = 0;

try {
  for (const javaScriptEnabled of [true, false]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const width of javaScriptEnabled ? [320, 1280] : [1280]) {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width, height: 900 },
          javaScriptEnabled,
          bypassCSP: false,
        });
        for (const file of pages) await readPage(context, { file, colorScheme, width, javaScriptEnabled });
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
console.log(
  `${pages.length} pages, ${checks} lectures, ${charts} graphiques animés, ${viewers} visionneuses ouvertes, ${faults.length} défauts`,
);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 || checks === 0 ? 1 : 0;

async function readPage(context, { file, colorScheme, width, javaScriptEnabled }) {
  checks++;
  const page = await context.newPage();
  const fault = (what) =>
    faults.push(`${file} (${colorScheme}, ${width} px, JavaScript ${javaScriptEnabled ? "actif" : "coupé"}) : ${what}`);
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) fault(`demande ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) fault(`${response.status()} sur ${response.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") fault(`console : ${message.text()}`);
  });
  page.on("pageerror", (error) => fault(`erreur : ${error.message}`));
  await page.goto(`${origin}/${file}`, { waitUntil: "load" });
  if (!javaScriptEnabled) {
    // Playwright itself reads the page here; the page's own scripts do not run.
    if ((await page.locator("main").textContent()).trim().length < 80) fault("sans JavaScript, la page est vide");
    const [holders, drawings] = [
      await page.locator("[data-chart]").count(),
      await page.locator("[data-chart] > svg").count(),
    ];
    if (holders !== drawings) fault(`sans JavaScript, ${holders - drawings} graphiques manquent`);
    if (
      (await page.locator("figure").count()) !==
      (await page
        .locator("figure table, figure details")
        .evaluateAll((all) => new Set(all.map((one) => one.closest("figure"))).size)
        .catch(() => -1))
    )
      fault("une figure n'a pas ses données en tableau");
    await page.close();
    return;
  }
  for (const holder of await page.locator("[data-chart]").all()) {
    await holder.scrollIntoViewIfNeeded();
    await holder
      .and(page.locator('[data-state="live"]'))
      .waitFor({ timeout: 20_000 })
      .then(
        () => charts++,
        () => fault("un graphique ne s'anime pas"),
      );
  }
  for (const holder of await page.locator("[data-viewer]").all()) {
    await holder
      .and(page.locator('[data-state="live"]'))
      .waitFor({ timeout: 20_000 })
      .then(
        () => viewers++,
        () => fault("une visionneuse ne s'anime pas"),
      );
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) fault(`déborde de ${overflow} px en largeur`);
  if (shots) await page.screenshot({ path: join(shots, `${file}-${colorScheme}-${width}.png`), fullPage: true });
  // In a world of its own: the page's policy forbids foreign scripts, and stays in force.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  for (const { id, help, nodes } of violations)
    fault(
      `axe ${id} : ${help} (${nodes.length}) ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary?.replace(/\s+/g, " ").slice(0, 200)}`,
    );
  await page.close();
}
