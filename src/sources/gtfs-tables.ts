import { measure, required } from "./columns.ts";
import type { ColumnContract } from "./contract.ts";

/** One file of a feed, with the columns that the GTFS reference requires of it; those that are in neither list are ignored. */
export interface GtfsTable {
  readonly name: string;
  /** For a title: "arrêts". */
  readonly label: string;
  readonly unit: string;
  readonly columns: readonly ColumnContract[];
  /** Columns that a feed may leave out, read where it has them. */
  readonly optional?: readonly ColumnContract[];
  readonly key: readonly string[];
}

const id = (name: string, label: string): ColumnContract => required(name, "text", label);
/** Hours may pass 24: a trip after midnight belongs to the day that it left. */
const time = (name: string, label: string): ColumnContract => ({
  name,
  type: "text",
  label: `${label}, HH:MM:SS, au-delà de 24 h après minuit`,
  pattern: { regex: " ?\\d{1,3}:[0-5]\\d:[0-5]\\d", expected: "une heure HH:MM:SS, comme 07:05:00 ou 25:10:00" },
});
const day = (name: string, label: string): ColumnContract =>
  required(name, "text", label, {
    pattern: { regex: "\\d{8}", expected: "un jour AAAAMMJJ, comme 20220301" },
  });
const weekday = (name: string, label: string): ColumnContract =>
  required(name, "text", `Circule le ${label} (1) ou non (0)`, { values: ["0", "1"] });
const code = (name: string, label: string, values: readonly string[]): ColumnContract => ({
  name,
  type: "text",
  label,
  values,
});
const boarding = (name: string, verb: string): ColumnContract =>
  code(name, `${verb} (vide ou 0 oui, 1 non, 2 sur réservation, 3 à demander au conducteur)`, ["0", "1", "2", "3"]);
const travelled = measure("shape_dist_traveled", "Distance depuis le début, dans l'unité du jeu", "", [0, 1e9]);
const whole = (name: string, label: string, unit: string, max: number): ColumnContract =>
  required(name, "integer", label, { unit, range: [0, max] });

/** The files of a feed, by their names without « .txt ». */
export const gtfsTables: readonly GtfsTable[] = [
  {
    name: "stops",
    label: "arrêts",
    unit: "arrêt",
    columns: [
      id("stop_id", "Arrêt"),
      { name: "stop_name", type: "text", label: "Nom de l'arrêt" },
      measure("stop_lat", "Latitude", "degrés", [-90, 90]),
      measure("stop_lon", "Longitude", "degrés", [-180, 180]),
    ],
    optional: [
      code("location_type", "Nature (vide ou 0 arrêt, 1 pôle, 2 entrée, 3 nœud, 4 quai)", ["0", "1", "2", "3", "4"]),
      { name: "parent_station", type: "text", label: "Pôle dont l'arrêt fait partie" },
    ],
    key: ["stop_id"],
  },
  {
    name: "routes",
    label: "lignes",
    unit: "ligne",
    columns: [
      id("route_id", "Ligne"),
      { name: "route_short_name", type: "text", label: "Nom court" },
      { name: "route_long_name", type: "text", label: "Nom long" },
      whole("route_type", "Mode (0 tramway, 1 métro, 2 train, 3 bus, 4 bateau…)", "", 2_000),
    ],
    key: ["route_id"],
  },
  {
    name: "trips",
    label: "courses",
    unit: "course",
    columns: [id("route_id", "Ligne"), id("service_id", "Service (jours de circulation)"), id("trip_id", "Course")],
    optional: [{ name: "shape_id", type: "text", label: "Tracé" }],
    key: ["trip_id"],
  },
  {
    name: "stop_times",
    label: "passages",
    unit: "passage d'une course à un arrêt",
    columns: [
      id("trip_id", "Course"),
      time("arrival_time", "Arrivée"),
      time("departure_time", "Départ"),
      id("stop_id", "Arrêt"),
      whole("stop_sequence", "Rang de l'arrêt dans la course", "", 1_000_000),
    ],
    optional: [boarding("pickup_type", "Montée"), boarding("drop_off_type", "Descente"), travelled],
    key: ["trip_id", "stop_sequence"],
  },
  {
    name: "calendar",
    label: "calendrier hebdomadaire",
    unit: "service",
    columns: [
      id("service_id", "Service"),
      weekday("monday", "lundi"),
      weekday("tuesday", "mardi"),
      weekday("wednesday", "mercredi"),
      weekday("thursday", "jeudi"),
      weekday("friday", "vendredi"),
      weekday("saturday", "samedi"),
      weekday("sunday", "dimanche"),
      day("start_date", "Premier jour"),
      day("end_date", "Dernier jour"),
    ],
    key: ["service_id"],
  },
  {
    name: "calendar_dates",
    label: "exceptions au calendrier",
    unit: "service et jour",
    columns: [
      id("service_id", "Service"),
      day("date", "Jour"),
      required("exception_type", "text", "Ajouté (1) ou retiré (2)", { values: ["1", "2"] }),
    ],
    key: ["service_id", "date"],
  },
  {
    name: "shapes",
    label: "tracés",
    unit: "point d'un tracé",
    columns: [
      id("shape_id", "Tracé"),
      measure("shape_pt_lat", "Latitude", "degrés", [-90, 90], { required: true }),
      measure("shape_pt_lon", "Longitude", "degrés", [-180, 180], { required: true }),
      whole("shape_pt_sequence", "Rang du point", "", 10_000_000),
    ],
    optional: [travelled],
    key: ["shape_id", "shape_pt_sequence"],
  },
  {
    name: "transfers",
    label: "correspondances",
    unit: "correspondance",
    columns: [
      id("from_stop_id", "Arrêt de départ"),
      id("to_stop_id", "Arrêt d'arrivée"),
      { name: "transfer_type", type: "text", label: "Type (vide ou 0 recommandée, 2 à durée minimale, 3 impossible)" },
    ],
    optional: [
      {
        name: "min_transfer_time",
        type: "integer",
        label: "Durée minimale de la correspondance",
        unit: "s",
        range: [0, 86_400],
      },
      ...["from_route_id", "to_route_id", "from_trip_id", "to_trip_id"].map(
        (name): ColumnContract => ({
          name,
          type: "text",
          label: "Ligne ou course à laquelle la correspondance se limite",
        }),
      ),
    ],
    key: [],
  },
  {
    name: "agency",
    label: "exploitants",
    unit: "exploitant",
    columns: [
      id("agency_name", "Exploitant"),
      id("agency_url", "Adresse"),
      id("agency_timezone", "Fuseau horaire de toutes les heures du jeu"),
    ],
    key: [],
  },
  {
    name: "frequencies",
    label: "fréquences",
    unit: "course répétée et période",
    columns: [
      id("trip_id", "Course modèle"),
      time("start_time", "Début de période"),
      time("end_time", "Fin de période"),
      whole("headway_secs", "Intervalle entre deux départs", "s", 86_400),
    ],
    optional: [code("exact_times", "Départs à heure fixe (1), ou seulement à cet intervalle (vide ou 0)", ["0", "1"])],
    key: ["trip_id", "start_time"],
  },
];
