import { QuartiersError } from "../../codes/errors.ts";
import { type Contract, editionsOf } from "../../sources/contract.ts";
import { loadTable } from "../../sources/load.ts";
import { locateSource } from "../../sources/locate.ts";
import { forPurpose, type Territory } from "../../sources/territory.ts";
import { compareEditions, type Difference } from "./differences.ts";
import { type JoinSide, type ReadSource, tryJoin } from "./joins.ts";
import { placeKind } from "./places.ts";
import { purposeFor, refusalOf, underAgreement } from "./read-source.ts";
import { rowThreshold } from "./shown-column.ts";

/** The comparison of the edition that was read with another one. */
export interface EditionReport {
  /** The other edition, in words. */
  readonly label: string;
  /** Vintages of the older and of the newer side. */
  readonly before: string;
  readonly after: string;
  readonly refusal: string | null;
  readonly difference: Difference | null;
}

/** A file larger than this is not compared row by row: both editions would stand in memory. */
const COMPARE_BYTES = 150 << 20;

interface Side {
  readonly territory: Territory;
  readonly vintage: string;
}

/**
 * Compares a source that was read with its other editions present in the same folder, then with the file of an older folder. An edition that is refused is
 * a finding.
 * @param contract the catalogue's
 * @param older a territory whose folder holds older files, or null
 */
export async function editionReports(
  territory: Territory,
  contract: Contract,
  source: ReadSource,
  older: Territory | null,
): Promise<readonly EditionReport[]> {
  const read = locateSource(territory, contract);
  if (!read || source.file.bytes > COMPARE_BYTES) return [];
  const here: Side = { territory, vintage: read.contract.vintage };
  const reports: EditionReport[] = [];
  for (const { vintage } of editionsOf(contract)) {
    if (vintage === here.vintage || !locateSource(territory, contract, { vintage })) continue;
    const sides = [here, { territory, vintage }].sort((a, b) => yearOf(a.vintage) - yearOf(b.vintage));
    reports.push(await compared(contract, sides[0] as Side, sides[1] as Side, `l'édition ${vintage}`));
  }
  const there = older ? locateSource(older, contract) : null;
  if (older && there)
    reports.push(
      await compared(contract, { territory: older, vintage: there.contract.vintage }, here, "le fichier plus ancien"),
    );
  return reports;
}

const yearOf = (vintage: string): number => Number(/\d{4}/.exec(vintage)?.[0] ?? 0);

async function compared(contract: Contract, before: Side, after: Side, label: string): Promise<EditionReport> {
  const base = { label, before: before.vintage, after: after.vintage };
  try {
    const key = contract.key.map((name) => contract.columns.find((column) => column.name === name));
    const isOfPlaces = key.length > 0 && key.every((column) => column !== undefined && placeKind(column) !== null);
    const threshold = rowThreshold(contract);
    const options = { key: contract.key, threshold, namesKeys: threshold <= 1 || isOfPlaces };
    const [old, recent] = [await loadSide(contract, before), await loadSide(contract, after)];
    return { ...base, refusal: null, difference: compareEditions(old, recent, options) };
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    const { what, where, value, expected, remedy } = refusalOf(error, contract);
    const parts = { where, value, expected, remedy };
    const told = Object.fromEntries(Object.entries(parts).filter(([, text]) => text !== null));
    return { ...base, refusal: new QuartiersError({ what, ...told }).message, difference: null };
  }
}

async function loadSide(contract: Contract, { territory, vintage }: Side) {
  const located = locateSource(territory, contract, { vintage });
  const purpose = located ? purposeFor(territory, underAgreement(territory, located)) : null;
  return loadTable(purpose === null ? territory : forPurpose(territory, purpose), contract, { vintage });
}

/**
 * Sources of the other generation of neighbourhoods are not an earlier edition: the comparison is tried as a join, and its refusal is the answer.
 */
export function generationReports(source: ReadSource, all: readonly ReadSource[]): readonly EditionReport[] {
  const own = keyOfQuarters(source);
  if (!own) return [];
  return all.flatMap((other) => {
    const side = keyOfQuarters(other);
    if (!side || side.column.kind === own.column.kind || familyOf(other) !== familyOf(source)) return [];
    const { refusal } = tryJoin(own, side, null, null);
    return [
      {
        label: `« ${other.contract.title} »`,
        before: own.column.kind === "qpv2015" ? source.contract.vintage : other.contract.vintage,
        after: own.column.kind === "qpv2015" ? other.contract.vintage : source.contract.vintage,
        refusal: refusal ?? "Deux générations de quartiers ne se comparent pas\u00a0: les périmètres diffèrent.",
        difference: null,
      },
    ];
  });
}

/** "qpv-perimetres-2015" and "qpv-perimetres-2024" are of one family. */
const familyOf = ({ contract }: ReadSource): string => contract.id.replace(/-?20(15|24)\b/, "");

function keyOfQuarters(source: ReadSource): JoinSide | null {
  const column = source.codes.find(
    ({ name, kind }) =>
      (kind === "qpv2015" || kind === "qpv2024") && source.contract.key.length === 1 && source.contract.key[0] === name,
  );
  return column ? { source, column } : null;
}
