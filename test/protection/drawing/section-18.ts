import type { DrawingContext } from "../../../src/protection/drawing/drawing-context.ts";
import { ofPeople, people } from "./people.ts";

type Json = Readonly<Record<string, unknown>>;

/** A drawing that the gate refuses, with the reason that must be told among others. */
export interface Refused {
  readonly spec: Json;
  readonly context: DrawingContext;
  readonly code: string;
}

const list = people(400);
const data = { values: list };

/** Counts of people by class, and the context that declares them. */
export const counted = (columns: DrawingContext["columns"], more: Partial<DrawingContext> = {}): DrawingContext => ({
  name: "essai",
  minUnits: 11,
  unit: "personne",
  rows: "aggregates",
  counts: ["n"],
  columns: { ...columns, n: "count" },
  ...more,
});

const bySex = [
  { sexe: "F", n: 55 },
  { sexe: "H", n: 6 },
];
const bar = { x: { field: "sexe", type: "nominal" }, y: { field: "n", type: "quantitative" } };

/** The figures of section 18 that must be refused, by what they are. */
export const refusedFigures: Readonly<Record<string, Refused>> = {
  "count bar over raw rows": {
    spec: {
      data,
      mark: "bar",
      encoding: { x: { field: "groupe", type: "nominal" }, y: { aggregate: "count", type: "quantitative" } },
    },
    context: ofPeople(),
    code: "lignes-brutes",
  },
  "bar with a small cell": {
    spec: { data: { values: [...bySex, { sexe: "autre", n: 40 }] }, mark: "bar", encoding: bar },
    context: counted({ sexe: "category" }),
    code: "petite-cellule",
  },
  "cell hidden by a filter": {
    spec: {
      data: { values: [...bySex, { sexe: "autre", n: 40 }] },
      transform: [{ filter: "datum.n >= 11" }],
      mark: "bar",
      encoding: bar,
    },
    context: counted({ sexe: "category" }),
    code: "donnees-cachees",
  },
  "scatter of people": {
    spec: {
      data,
      mark: "point",
      encoding: { x: { field: "age", type: "quantitative" }, y: { field: "revenu", type: "quantitative" } },
    },
    context: ofPeople(),
    code: "marque-par-unite",
  },
  "jittered point map": {
    spec: {
      data,
      mark: "circle",
      encoding: { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" } },
    },
    context: ofPeople({ columns: { ...ofPeople().columns, lon: "moved-position", lat: "moved-position" } }),
    code: "points-brouilles",
  },
  "point map of people": {
    spec: {
      data,
      mark: "circle",
      encoding: { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" } },
    },
    context: ofPeople(),
    code: "points-de-personnes",
  },
  "box plot with outliers": {
    spec: {
      data,
      mark: { type: "boxplot", extent: 1.5 },
      encoding: { x: { field: "sexe", type: "nominal" }, y: { field: "revenu", type: "quantitative" } },
    },
    context: ofPeople(),
    code: "extremes",
  },
  "fine histogram": {
    spec: {
      data,
      mark: "bar",
      encoding: {
        x: { field: "revenu", type: "quantitative", bin: { maxbins: 40 } },
        y: { aggregate: "count", type: "quantitative" },
      },
    },
    context: ofPeople(),
    code: "histogramme-fin",
  },
  "exact tooltip": {
    spec: {
      data: {
        values: [
          { quartier: "Q1", classe: "moins de 50", n: 12 },
          { quartier: "Q2", classe: "moins de 50", n: 37 },
          { quartier: "Q3", classe: "50 et plus", n: 61 },
          { quartier: "Q4", classe: "50 et plus", n: 88 },
        ],
      },
      mark: "rect",
      encoding: {
        x: { field: "quartier", type: "nominal" },
        color: { field: "classe", type: "nominal" },
        tooltip: [{ field: "n", type: "quantitative" }],
      },
    },
    context: counted({ quartier: "zone", classe: "class" }),
    code: "bulle-indiscrete",
  },
  "rows in usermeta": {
    spec: {
      data: {
        values: [
          { sexe: "F", n: 55 },
          { sexe: "H", n: 61 },
        ],
      },
      usermeta: { lignes: list.slice(0, 5) },
      mark: "bar",
      encoding: bar,
    },
    context: counted({ sexe: "category" }),
    code: "metadonnees",
  },
  "rate on a base of 6": {
    spec: {
      data: {
        values: [
          { quartier: "Q1", taux: 33.3, n: 6 },
          { quartier: "Q2", taux: 41.3, n: 460 },
        ],
      },
      mark: "bar",
      encoding: { x: { field: "quartier", type: "nominal" }, y: { field: "taux", type: "quantitative" } },
    },
    context: counted({ quartier: "zone", taux: "rate" }),
    code: "taux-petite-base",
  },
  "total beside all its parts but one": {
    spec: {
      data: {
        values: [
          { sexe: "Ensemble", n: 104 },
          { sexe: "F", n: 55 },
          { sexe: "H", n: 43 },
        ],
      },
      mark: "bar",
      encoding: bar,
    },
    context: counted({ sexe: "category" }),
    code: "total-et-parties",
  },
  "two margins and one crossing in three views": {
    spec: {
      vconcat: [
        {
          data: {
            values: [
              { sexe: "F", n: 55 },
              { sexe: "M", n: 49 },
            ],
          },
          mark: "bar",
          encoding: bar,
        },
        {
          data: {
            values: [
              { age: "18-29", n: 37 },
              { age: "30+", n: 67 },
            ],
          },
          mark: "bar",
          encoding: { x: { field: "age", type: "nominal" }, y: { field: "n", type: "quantitative" } },
        },
        {
          data: { values: [{ sexe: "F", age: "18-29", n: 30 }] },
          mark: "bar",
          encoding: { ...bar, color: { field: "age", type: "nominal" } },
        },
      ],
    },
    context: counted({ sexe: "category", age: "category" }),
    code: "vues-recoupees",
  },
};

/** The figures of section 18 that must be accepted. */
export const acceptedFigures: Readonly<Record<string, Omit<Refused, "code">>> = {
  "aggregated bar with enough people everywhere": {
    spec: {
      data: {
        values: [
          { sexe: "F", n: 55 },
          { sexe: "H", n: 61 },
        ],
      },
      mark: "bar",
      encoding: bar,
    },
    context: counted({ sexe: "category" }),
  },
  "rounded rates on large bases": {
    spec: {
      data: {
        values: [
          { quartier: "Q1", taux: 33.4, n: 1_240 },
          { quartier: "Q2", taux: 41, n: 2_300 },
        ],
      },
      mark: "bar",
      encoding: { x: { field: "quartier", type: "nominal" }, y: { field: "taux", type: "quantitative" } },
    },
    context: counted({ quartier: "zone", taux: "rate" }),
  },
};
