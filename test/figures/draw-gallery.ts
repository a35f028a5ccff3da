// Draws the gallery for a person to look at: node test/figures/draw-gallery.ts <folder> [word of the names]
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { standAlone } from "../../src/book/figure-svg.ts";
import { bundled, drawn } from "./bundled.ts";
import { c2sGallery } from "./c2s-gallery.ts";
import { cultureGallery } from "./culture-gallery.ts";
import { gallery } from "./gallery.ts";

const [folder = "reports/galerie", word = ""] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const fontFiles = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"].map((face) =>
  require.resolve(`@expo-google-fonts/source-sans-3/${face}/SourceSans3_${face}.ttf`),
);
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries({ ...gallery, ...c2sGallery, ...cultureGallery })) {
  if (!name.includes(word)) continue;
  const figure = await bundled(make());
  const drawing = await drawn(figure);
  const png = new Resvg(standAlone(figure, drawing), {
    fitTo: { mode: "zoom", value: 1.5 },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "Source Sans 3" },
  })
    .render()
    .asPng();
  writeFileSync(join(folder, `${name}.png`), png);
  const scale = Math.min(0.75, 430 / drawing.width, 500 / drawing.height);
  console.log(
    `${name} : ${drawing.width} x ${drawing.height} px, ${(12 * scale).toFixed(1)} pt pour un texte de 12 px en portrait`,
  );
}
