import type { Land, SampleCommune } from "./communes.ts";
import { distance } from "./geometry.ts";
import { csv } from "./writing.ts";

/** Two seats are never nearer than this, in kilometres. */
const APART = 13;

/** Seats of the employment basins: the heart of the metropolis, then the largest towns that are far enough from the others. */
export function basinSeats(
  communes: readonly SampleCommune[],
  populations: ReadonlyMap<string, number>,
): readonly SampleCommune[] {
  const towns = communes
    .filter(({ type }) => type !== "autre")
    .sort(
      (a, b) =>
        Number(b.isCentre) - Number(a.isCentre) || (populations.get(b.code) ?? 0) - (populations.get(a.code) ?? 0),
    );
  const seats: SampleCommune[] = [];
  for (const town of towns) if (seats.every((seat) => distance(seat.centre, town.centre) > APART)) seats.push(town);
  return seats;
}

/** `communes_bassins.csv`: each commune with the basin of the nearest seat; codes without their leading zero, as the publisher writes them. */
export function writeBasins({ communes }: Land, populations: ReadonlyMap<string, number>): string {
  const seats = basinSeats(communes, populations);
  const rows = communes.map((commune) => {
    const away = seats.map(({ centre }) => distance(centre, commune.centre));
    const basin = 1 + away.indexOf(Math.min(...away));
    return [commune.code, String(basin).padStart(3, "0")];
  });
  return csv(["code_insee", "code_bassin_emploi"], rows, { separator: "," });
}
