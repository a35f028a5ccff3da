import { writeAgreements } from "./agreements.ts";
import { attendanceTruths, makeAttendance, makeVenues, writeAttendance } from "./attendance.ts";
import type { C2sTruth, IrisTallies } from "./c2s.ts";
import { c2sAreaTruths, makeC2sAreas, writeC2sAreas } from "./c2s-areas.ts";
import type { Land } from "./communes.ts";
import type { SampleZones } from "./grow-zones.ts";
import { makeMissions, missionTruths, writeMissions } from "./missions.ts";
import type { SampleQpv } from "./neighbourhoods.ts";

/** Partners' files with their signed contracts, and the C2S of several years and areas. */
export function growPartners(
  land: Land,
  qpvs: readonly SampleQpv[],
  zones: SampleZones,
  c2s: readonly C2sTruth[],
  irisTallies: IrisTallies,
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string | Uint8Array][] {
  const missions = makeMissions(land, populations, seed);
  const attendance = makeAttendance(makeVenues(land, populations, seed), qpvs, seed);
  const areas = makeC2sAreas(land, qpvs, zones, c2s, irisTallies, seed);
  return [
    ["missions-interim/missions.csv", writeMissions(missions)],
    ["frequentation-culturelle/frequentation.csv", writeAttendance(attendance, seed)],
    ["c2s-insee/benef_c2s.csv", writeC2sAreas(areas)],
    ...writeAgreements(),
    ["verite/missions.json", missionTruths(missions)],
    ["verite/frequentation.json", attendanceTruths(attendance)],
    ["verite/c2s-zones.json", c2sAreaTruths(areas)],
  ];
}
