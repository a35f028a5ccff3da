import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerritory, type Territory } from "../../../src/sources/territory.ts";

/** A copy of the invented territory whose files can be damaged. */
export interface SampleCopy {
  readonly folder: string;
  readonly territory: Territory;
  /** Rewrites a file line by line; a line that becomes null is left out. */
  readonly editLines: (file: string, change: (line: string, place: number) => string | null) => void;
  /** Gives columns of the indicators of one neighbourhood other values, as the file writes them. */
  readonly editNeighbourhood: (code: string, values: Readonly<Record<string, string>>) => void;
  /** Leaves out all neighbourhoods but these. */
  readonly keepNeighbourhoods: (kept: (code: string) => boolean) => void;
  readonly removeFile: (file: string) => void;
  readonly remove: () => void;
}

const indicators = "qpv-indicateurs/qp.csv";

export function sampleCopy(): SampleCopy {
  const folder = mkdtempSync(join(tmpdir(), "exemple-c2s-"));
  cpSync(join(import.meta.dirname, "../../../data-samples"), folder, { recursive: true });
  const editLines: SampleCopy["editLines"] = (file, change) => {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const after = before
      .split("\n")
      .flatMap((line, place) => change(line, place) ?? [])
      .join("\n");
    if (after === before) throw new Error(`nothing was changed in ${file}`);
    writeFileSync(path, after);
  };
  const header = (readFileSync(join(folder, indicators), "utf8").split("\n")[0] ?? "").replace("\ufeff", "").split(",");
  return {
    folder,
    territory: openTerritory({ territory: "exemple", data: folder }),
    editLines,
    editNeighbourhood: (code, values) =>
      editLines(indicators, (line) => {
        if (!line.startsWith(`${code},`)) return line;
        const cells = line.split(",");
        for (const [name, value] of Object.entries(values)) cells[header.indexOf(name)] = value;
        return cells.join(",");
      }),
    keepNeighbourhoods: (kept) => {
      editLines(indicators, (line, place) => {
        const [code = ""] = line.split(",");
        return place === 0 || line === "" || kept(code) ? line : null;
      });
      const path = join(folder, "qpv-perimetres/qp.geojson");
      const shapes = JSON.parse(readFileSync(path, "utf8")) as {
        features: { readonly properties: { readonly code_qp: string } }[];
      };
      shapes.features = shapes.features.filter(({ properties }) => kept(properties.code_qp));
      writeFileSync(path, JSON.stringify(shapes));
    },
    removeFile: (file) => rmSync(join(folder, file)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
