import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { QuartiersError } from "../codes/errors.ts";

/** A place to work on: a name and the folder that holds its files. Which files are there, each source tells. */
export interface Territory {
  readonly name: string;
  /** As written in a sentence: "Occitanie". */
  readonly label: string;
  /** Absolute path. */
  readonly dataFolder: string;
  /** True for invented data; stamps every table, figure and page made from it. */
  readonly synthetic: boolean;
  /** INSEE region code, "00" for the invented one, "" abroad. */
  readonly region: string;
  readonly departements: readonly string[];
  /** The declared purpose of the use, the identifier of an experiment; without one, only open data is lent. */
  readonly purpose?: string;
  /** Day of the use, AAAA-MM-JJ: permissions and dates of retention are held against it. */
  readonly today: string;
}

export interface TerritoryOptions {
  readonly purpose?: string;
  /** The day of the computer when absent. */
  readonly today?: string;
  /** "exemple" by default. */
  readonly territory?: string;
  /** Folder of the published files; required by the real territories. */
  readonly data?: string;
}

interface KnownTerritory {
  readonly label: string;
  readonly region: string;
  readonly departements: readonly string[];
  /** Folder used when none is given. */
  readonly defaultFolder?: string;
}

const known: Readonly<Record<string, KnownTerritory>> = {
  exemple: {
    label: "Armorelle (territoire fictif)",
    region: "00",
    departements: ["00"],
    defaultFolder: join(import.meta.dirname, "../../data-samples"),
  },
  occitanie: {
    label: "Occitanie",
    region: "76",
    departements: ["09", "11", "12", "30", "31", "32", "34", "46", "48", "65", "66", "81", "82"],
  },
  // No French place: a whole city of open data (roads, timetables, residents, jobs) on which the method is proved.
  "porto-alegre": { label: "Porto Alegre", region: "", departements: [] },
};

const aliases: ReadonlyMap<string, string> = new Map([["sample", "exemple"]]);

/** Beside synthetic files, this one says so; a folder that holds it is invented whatever name it is opened under. */
const SYNTHETIC_SIDECAR = "synthetique.json";

/** The names that `openTerritory` knows. */
export const territoryNames: readonly string[] = Object.keys(known);

/**
 * Opens a territory: checks its name and that its folder is there. Reads no data.
 * @throws QuartiersError on an unknown name, on a missing folder, and when a real territory comes without one
 * @example
 * ```ts
 * openTerritory({ territory: "sample" }).name // "exemple"
 * ```
 */
export function openTerritory({
  territory = "exemple",
  data: given,
  purpose,
  today = new Date().toISOString().slice(0, 10),
}: TerritoryOptions = {}): Territory {
  const data = given === "" ? undefined : given; // a notebook's parameter left empty
  const name = aliases.get(territory) ?? territory;
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!found) {
    throw new QuartiersError({
      what: "Territoire inconnu",
      value: territory,
      expected: `un nom parmi ${territoryNames.join(", ")}`,
      remedy: "donner --territory avec l'un de ces noms",
    });
  }
  const { label, region, departements, defaultFolder } = found;
  if (data === undefined && defaultFolder === undefined) {
    throw new QuartiersError({
      what: `Le territoire ${name} demande le dossier où sont ses fichiers publiés`,
      expected: "un dossier donné par --data",
      remedy: `relancer avec --territory ${name} --data suivi du chemin de ce dossier`,
    });
  }
  const dataFolder = resolve(data ?? defaultFolder ?? "");
  if (!existsSync(dataFolder) || !statSync(dataFolder).isDirectory()) {
    throw new QuartiersError({
      what: `Le dossier de données du territoire ${name} est introuvable`,
      value: data ?? dataFolder,
      expected: "un dossier qui existe",
      remedy:
        defaultFolder && data === undefined
          ? "le régénérer avec npm run samples"
          : "vérifier le chemin donné par --data",
    });
  }
  const synthetic = name === "exemple" || existsSync(join(dataFolder, SYNTHETIC_SIDECAR));
  return Object.freeze({
    name,
    label,
    dataFolder,
    synthetic,
    region,
    departements,
    today,
    ...(purpose === undefined ? {} : { purpose }),
  });
}

/**
 * The same territory, used for a declared purpose: a partner's data is lent only for the purposes of its contract.
 * @example
 * ```ts
 * forPurpose(openTerritory(), "distance-emploi").purpose // "distance-emploi"
 * ```
 */
export function forPurpose(territory: Territory, purpose: string): Territory {
  return Object.freeze({ ...territory, purpose });
}
