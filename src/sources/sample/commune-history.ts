import type { SampleCommune } from "./communes.ts";
import { distance } from "./geometry.ts";
import { DELEGATED_COMMUNE_NAME } from "./names.ts";
import { MERGED_COMMUNE_NAME } from "./post.ts";
import { csv, postalName } from "./writing.ts";

interface Place {
  readonly kind: "COM" | "COMD";
  readonly code: string;
  readonly name: string;
}

interface Event {
  readonly code: "10" | "21" | "31" | "32";
  /** AAAA-MM-JJ. */
  readonly date: string;
  readonly before: Place;
  readonly after: Place;
}

/** Articles that start a name, by INSEE's TNCC: 5 is "Les", here only none (0) and a leading vowel (1). */
const tncc = (name: string): number => (/^[AEIOUYÎÉ]/.test(name) ? 1 : 0);
const cells = ({ kind, code, name }: Place): (string | number)[] => [
  kind,
  code,
  tncc(name),
  postalName(name),
  name,
  name,
];

/** The events of the invented communes, and what they come to. */
export interface CommuneHistory {
  readonly events: readonly Event[];
  /** The commune that stood for two until 2020, and the one that it gave back. */
  readonly split: { readonly kept: SampleCommune; readonly restored: SampleCommune };
  readonly renamed: { readonly commune: SampleCommune; readonly before: string };
  readonly absorbed: { readonly code: string; readonly name: string; readonly into: SampleCommune };
}

/** One merger as commune nouvelle, one old merger, one split, one new name. */
export function makeCommuneHistory(communes: readonly SampleCommune[]): CommuneHistory {
  const merged = communes.find(({ name }) => name === MERGED_COMMUNE_NAME) as SampleCommune;
  const villages = communes.filter(({ type }) => type === "autre");
  const [kept] = villages;
  const restored = [...villages.slice(1)].sort(
    (a, b) => distance(a.centre, kept.centre) - distance(b.centre, kept.centre),
  )[0];
  const others = villages.filter((commune) => commune !== kept && commune !== restored);
  const [renamedCommune, into] = others;
  const count = communes.length;
  const code = (rank: number): string => String(count + rank).padStart(5, "0");
  const place = ({ code: own, name }: SampleCommune, kind: "COM" | "COMD" = "COM"): Place => ({
    kind,
    code: own,
    name,
  });
  const old: Place = { kind: "COM", code: code(1), name: DELEGATED_COMMUNE_NAME };
  const absorbed = { code: code(2), name: `Ancien-${into.name}`, into };
  const before = `${renamedCommune.name.split("-")[0]}-le-Vieux`;
  const events: Event[] = [
    { code: "31", date: "1972-10-01", before: place(into), after: place(into) },
    {
      code: "31",
      date: "1972-10-01",
      before: { kind: "COM", code: absorbed.code, name: absorbed.name },
      after: place(into),
    },
    {
      code: "10",
      date: "2018-06-15",
      before: { ...place(renamedCommune), name: before },
      after: place(renamedCommune),
    },
    { code: "32", date: "2019-01-01", before: place(merged), after: place(merged) },
    { code: "32", date: "2019-01-01", before: old, after: place(merged) },
    { code: "32", date: "2019-01-01", before: place(merged), after: place(merged, "COMD") },
    { code: "32", date: "2019-01-01", before: old, after: { ...old, kind: "COMD" } },
    { code: "21", date: "2020-01-01", before: place(kept), after: place(kept) },
    { code: "21", date: "2020-01-01", before: place(kept), after: place(restored) },
  ];
  return { events, split: { kept, restored }, renamed: { commune: renamedCommune, before }, absorbed };
}

/** `v_mvt_commune_2026.csv`: the latest event first, one line a pair of places. */
export function writeCommuneHistory({ events }: CommuneHistory): string {
  const rows = [...events]
    .reverse()
    .map(({ code, date, before, after }) => [code, date, ...cells(before), ...cells(after)]);
  const names = ["TYPECOM", "COM", "TNCC", "NCC", "NCCENR", "LIBELLE"];
  const header = ["MOD", "DATE_EFF", ...names.map((name) => `${name}_AV`), ...names.map((name) => `${name}_AP`)];
  return csv(header, rows, { separator: "," });
}

/** Where each former code leads, with shares of population for a split. */
export function communeHistoryTruths(
  { split, renamed, absorbed, events }: CommuneHistory,
  populations: ReadonlyMap<string, number>,
): string {
  const persons = (commune: SampleCommune): number => populations.get(commune.code) ?? 0;
  const total = persons(split.kept) + persons(split.restored);
  const merger = events.filter(({ code, after }) => code === "32" && after.kind === "COM");
  const truth = {
    synthetique: true,
    definition:
      "de la liste de 2017 à celle de 2026 : part de la population de l'ancienne commune dans chaque nouvelle",
    passage: {
      [split.kept.code]: {
        [split.kept.code]: persons(split.kept) / total,
        [split.restored.code]: persons(split.restored) / total,
      },
      ...Object.fromEntries(merger.map(({ before, after }) => [before.code, { [after.code]: 1 }])),
      [renamed.commune.code]: { [renamed.commune.code]: 1 },
    },
    ancien_nom: { [renamed.commune.code]: renamed.before },
    fusion_de_1972: { [absorbed.code]: absorbed.into.code },
    absente_en_2017: [split.restored.code],
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
