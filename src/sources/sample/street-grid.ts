import type { Random } from "../../codes/random.ts";
import { contains, type Point, type Ring } from "./geometry.ts";
import type { RoadBuilder } from "./road-network.ts";

export interface GridOptions {
  readonly middle: Point;
  /** Turned by this angle. */
  readonly angle: number;
  readonly spacingKm: number;
  /** Streets on each side of the middle one. */
  readonly half: number;
  /** Only the crossings inside. */
  readonly inside: Ring;
  /** Share of the streets that go one way, alternately. */
  readonly oneWays: boolean;
  readonly random: Random;
}

const plants =
  "Ajoncs Bruyères Genêts Tamaris Fougères Chardons Saules Noisetiers Prunelles Églantines Houx Lierres".split(" ");
const kinds = ["Rue", "Allée", "Impasse", "Chemin"];

/** An invented street name. */
export const streetName = (random: Random): string =>
  `${kinds[Math.floor(random() ** 2 * kinds.length)]} des ${plants[Math.floor(random() * plants.length)]}`;

/**
 * A street grid with bent crossings, gaps, avenues every fifth street, a heart of slow streets and a one-way pattern.
 * @returns the crossings that exist, by "i,j"; "0,0" is the middle when it is inside
 */
export function addStreetGrid(roads: RoadBuilder, options: GridOptions): ReadonlyMap<string, number> {
  const { middle, angle, spacingKm, half, inside, oneWays, random } = options;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const crossings = new Map<string, number>();
  for (let i = -half; i <= half; i++) {
    for (let j = -half; j <= half; j++) {
      const bend = i === 0 && j === 0 ? 0 : 0.24;
      const u = (i + (random() - 0.5) * bend) * spacingKm;
      const v = (j + (random() - 0.5) * bend) * spacingKm;
      const place: Point = [middle[0] + u * cos - v * sin, middle[1] + u * sin + v * cos];
      const corner = Math.hypot(i, j) > 1.18 * half;
      if (!corner && contains(inside, place)) crossings.set(`${i},${j}`, roads.node(place));
    }
  }
  for (const across of [false, true]) {
    for (let line = -half; line <= half; line++) {
      const avenue = line % 5 === 0;
      const slow = !avenue && Math.abs(line) === 1 && half > 5;
      const oneWay = oneWays && !avenue && !slow && line % 2 !== 0;
      const name = streetName(random);
      const tags: Record<string, string> = avenue
        ? { highway: "tertiary", maxspeed: "50", name: name.replace(/^\S+/, "Avenue") }
        : slow
          ? { highway: "living_street", maxspeed: "20", name }
          : {
              highway: "residential",
              ...(random() < 0.5 ? { maxspeed: random() < 0.8 ? "30" : "FR:urban" } : {}),
              name,
            };
      if (oneWay) tags["oneway"] = "yes";
      let street: number[] = [];
      const end = (): void => {
        roads.way(line % 4 === 1 ? [...street].reverse() : street, tags);
        street = [];
      };
      for (let along = -half; along <= half; along++) {
        const rank = crossings.get(across ? `${along},${line}` : `${line},${along}`);
        if (rank === undefined) end();
        else {
          street.push(rank);
          if (!avenue && random() < 0.035) {
            end();
            if (random() < 0.5) street.push(rank);
          }
        }
      }
      end();
    }
  }
  return crossings;
}
