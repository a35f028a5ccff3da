import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BundledFigure } from "../../notebook/bundle.ts";
import { openTerritory } from "../../sources/territory.ts";
import type { CellContent } from "../bundles.ts";
import type { BookSettings } from "../chapters.ts";
import { dataUses } from "../data-uses.ts";
import { readCharter } from "../label/charter.ts";
import { labelPart } from "../label/label-part.ts";
import { readResults, testedVersion, testResultsFile } from "../label/test-results.ts";
import type { LedgerEdition } from "../ledger/append-book.ts";
import { ledgerPart } from "../ledger/ledger-part.ts";
import { checkDeclared } from "../register/check-declared.ts";
import { type ControllerAnswers, readController } from "../register/controller.ts";
import { refusalsFile } from "../register/keep-refusal.ts";
import { readOverrides } from "../register/overrides.ts";
import { readRefusals } from "../register/refusals.ts";
import { registerPart } from "../register/register-part.ts";
import type { Administration } from "./administration.ts";
import { cardsPart, transparencyCards } from "./cards-part.ts";
import { TRANSPARENCY, type TransparencyChapter, transparencyChapter } from "./chapter.ts";

/** What the build knows of the book that it tells. */
export interface TransparencyPlan {
  readonly root: string;
  readonly notebooks: string;
  readonly settings: BookSettings;
  readonly territory: string;
  readonly data: string;
  readonly seed: number;
  readonly today?: string;
}

/** What the run gave. */
export interface Told {
  readonly contents: ReadonlyMap<string, readonly CellContent[]>;
  readonly codeVersions: ReadonlyMap<string, string>;
  readonly ledger: LedgerEdition;
  readonly figures: readonly BundledFigure[];
}

/** The last chapter: cards of the algorithms, what the gate and the ledger did, the register of processings, the commitments and their proofs. */
export async function tellTransparency(
  { contents, codeVersions, ledger, figures }: Told,
  { root, notebooks, settings, territory, data, seed, today }: TransparencyPlan,
): Promise<TransparencyChapter> {
  const opened = openTerritory({ territory, data, ...(today === undefined ? {} : { today }) });
  const beside = (name: string): string => join(notebooks, "livre", name);
  const overrides = readOverrides(beside("derogations.yaml"), opened.today);
  checkDeclared(figures, overrides);
  const refusals = readRefusals(refusalsFile(root));
  const controller = readController(beside("registre.yaml"), territory);
  const cards = transparencyCards({
    contents,
    codeVersions,
    seed,
    territory: settings.territories[territory]?.label ?? territory,
    edition: settings.edition,
    administration: { ...administrationOf(controller), ...settings.administration },
    required: true,
    ...(settings.lessons === undefined ? {} : { lessons: settings.lessons }),
  });
  const told = [
    await cardsPart(cards),
    ledgerPart(figures, ledger),
    registerPart({
      territory: opened,
      uses: dataUses,
      controller,
      refusals,
      overrides,
    }),
  ];
  const label = labelPart({
    charter: readCharter(beside("charte.yaml")),
    results: readResults(testResultsFile(root), testedVersion(root)),
    artefacts: new Map(told.flatMap(({ files }) => [...files])),
  });
  return transparencyChapter([...told, label]);
}

/** Who answers for the algorithms is who answers for the processings, unless the book's settings say otherwise. */
const administrationOf = ({ controller, contact, dataProtectionOfficer }: ControllerAnswers): Administration => ({
  ...(controller === undefined ? {} : { name: controller }),
  ...(contact === undefined ? {} : { contact }),
  ...(dataProtectionOfficer === undefined ? {} : { dpo: dataProtectionOfficer }),
});

/** Contacts that the book prints on purpose. */
export function contactsOf({
  notebooks,
  settings,
  territory,
}: Pick<TransparencyPlan, "notebooks" | "settings" | "territory">): readonly string[] {
  const { measures, ...answers } = readController(join(notebooks, "livre", "registre.yaml"), territory);
  return [...Object.values(answers), ...measures, ...Object.values(settings.administration ?? {})];
}

/** Writes the files of the chapter into a folder that is not yet published. */
export function writeTransparency(staging: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(join(staging, TRANSPARENCY), { recursive: true });
  for (const [path, content] of files) {
    const target = join(staging, TRANSPARENCY, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}
