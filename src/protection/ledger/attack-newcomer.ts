import type { Solver } from "../solver/program.ts";
import { shortestChain } from "./chain.ts";
import { type Contract, contractOf, type Finding, judge, narrower, type Verdict } from "./exposures.ts";
import type { Publication } from "./publication.ts";
import { Reading } from "./reading.ts";
import type { Settled } from "./settle.ts";
import { type Source, type System, systemOf } from "./system.ts";
import { type Target, targetsOf } from "./targets.ts";

/** What a reader learns with the newcomer and did not know without it; the value itself is never kept. */
export interface Exposure {
  readonly verdict: Verdict | "contradiction";
  /** The set exposed, in words; "" for a contradiction. */
  readonly set: string;
  /** Numbers that suffice, none of which can be left out. */
  readonly chain: readonly Source[];
}

/** Two readers, who know or not that zeros are published. */
interface Readers {
  readonly knowing: Reading;
  readonly ignorant: Reading;
}

/**
 * Attacks a publication together with all earlier ones. A newcomer is answerable for what its numbers add: an exposure that did not hold
 * without it, or one that it makes worse. Only parts of the system that its numbers touch are asked again.
 * Complexity: at worst a few linear programs an atom touched; most atoms are settled by subtraction, or by a witness found for another.
 */
export function attackNewcomer(
  publication: Publication,
  earlier: readonly Publication[],
  solver: Solver,
): readonly Exposure[] {
  const populations = new Set(publication.numbers.map(({ population }) => population));
  const all = [...earlier, publication].map((one) => ({
    ...one,
    numbers: one.numbers.filter(({ population }) => populations.has(population)),
  }));
  const system = systemOf(all);
  const newcomer = earlier.length;
  const contract = contractOf(all.filter(({ numbers }) => numbers.length > 0));
  const own = (parts: Iterable<Settled>): boolean =>
    [...parts].some(({ from }) => [...from].some((index) => system.lines[index]?.owner === newcomer));
  let after = readers(system, linesBefore(system, newcomer + 1), solver);
  let before = readers(system, linesBefore(system, newcomer), solver);
  // What holds for who knows that zeros are published holds for the other.
  const nobody = contradictionIn(system, after.knowing, solver, own);
  if (nobody !== null) {
    const contradiction = contradictionIn(system, after.ignorant, solver, own);
    if (contradiction !== null) return [{ verdict: "contradiction", set: "", chain: contradiction }];
    const known = contradictionIn(system, before.knowing, solver, () => true) !== null;
    if (!known) return [{ verdict: "recovered", set: "une cellule masquée où il n'y a personne", chain: nobody }];
    after = { knowing: after.ignorant, ignorant: after.ignorant };
    before = { knowing: before.ignorant, ignorant: before.ignorant };
  }
  const touched = touchedBy(system, newcomer, after.knowing);
  const targets = targetsOf(system, touched);
  prepare(targets, after.knowing, contract);
  const small = new Set<number>();
  const exposures: Exposure[] = [];
  for (const target of targets) {
    // A union of counts is exposed only when each of its atoms is: one atom that may be large makes it large.
    if (target.kind === "count" && target.hidden === null && target.unknowns.length > 1) {
      if (!target.unknowns.every((unknown) => small.has(unknown))) continue;
    }
    const found = judge(target, after, system.unknowns, contract);
    if (found === null) continue;
    if (target.unknowns.length === 1 && target.hidden === null) small.add(target.unknowns[0] ?? -1);
    const fresh = target.hidden?.source.line === newcomer;
    // Found back without a number of the newcomer: nothing is left for it to make worse.
    const old = found.from !== null && ![...found.from].some((index) => system.lines[index]?.owner === newcomer);
    if (found.verdict === "recovered" && old && !fresh) continue;
    const was = fresh ? null : judge(target, before, system.unknowns, contract);
    const worse = was === null || (was.verdict !== "empty" && narrower(target, after.knowing, before.knowing));
    if (worse) exposures.push({ verdict: found.verdict, set: target.name, chain: chainOf(target, found) });
  }
  return exposures;

  function chainOf(target: Target, { verdict, from }: Finding): readonly Source[] {
    if (from === null) {
      const added = system.lines.flatMap(({ owner }, index) => (owner === newcomer ? [index] : []));
      return shortestChain(system, added, () => false);
    }
    return shortestChain(system, from, (lines) => {
      const found = judge(target, readers(system, lines, solver), system.unknowns, contract);
      return found !== null && found.from !== null && (found.verdict === "empty") === (verdict === "empty");
    });
  }
}

function readers(system: System, lines: readonly number[], solver: Solver): Readers {
  const knowing = new Reading(system, lines, solver);
  const without = lines.filter((index) => system.lines[index]?.zeros !== true);
  return { knowing, ignorant: without.length === lines.length ? knowing : new Reading(system, without, solver) };
}

const linesBefore = ({ lines }: System, publication: number): readonly number[] =>
  lines.flatMap(({ owner }, index) => (owner < publication ? [index] : []));

/** Numbers that cannot all be true, among the parts asked for; null when there are none. */
function contradictionIn(
  system: System,
  reading: Reading,
  solver: Solver,
  asked: (part: readonly Settled[]) => boolean,
): readonly Source[] | null {
  const shows = (lines: readonly number[]): boolean => {
    const fewer = new Reading(system, lines, solver);
    if (fewer.settlement.contradiction !== null) return true;
    return [...fewer.parts.keys()].some((part) => fewer.consistent(part).is === "no");
  };
  if (reading.settlement.contradiction !== null) return shortestChain(system, reading.settlement.contradiction, shows);
  for (const [part, lines] of reading.parts) {
    if (!asked(lines)) continue;
    const answer = reading.consistent(part);
    if (answer.is === "no") return shortestChain(system, answer.from, shows);
  }
  return null;
}

/** Unknowns of which a number of the newcomer may teach something. */
function touchedBy(system: System, newcomer: number, reading: Reading): ReadonlySet<number> {
  const touched = new Set(system.sets.flatMap(({ source, unknowns }) => (source.line === newcomer ? unknowns : [])));
  const isNew = ({ from }: { readonly from: ReadonlySet<number> }): boolean =>
    [...from].some((index) => system.lines[index]?.owner === newcomer);
  for (const [unknown, fact] of reading.settlement.known) if (isNew(fact)) touched.add(unknown);
  for (const [part, lines] of reading.parts) {
    if (lines.some(isNew)) for (const unknown of reading.members(part)) touched.add(unknown);
  }
  return touched;
}

/** Looks for witnesses that answer for many atoms at once. */
function prepare(targets: readonly Target[], reading: Reading, { high }: Contract): void {
  const counts = targets.filter(
    ({ kind, hidden, unknowns }) => kind === "count" && (hidden !== null || unknowns.length === 1),
  );
  for (const part of reading.parts.keys()) {
    const own = new Set(reading.members(part));
    const inside = counts.filter(({ unknowns }) => unknowns.every((unknown) => own.has(unknown)));
    if (inside.length > 1)
      reading.spread(
        part,
        inside.map(({ unknowns }) => unknowns),
        high,
      );
  }
}
