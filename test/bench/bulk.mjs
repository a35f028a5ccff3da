// Writes large invented files in the publishers' layouts, for the tests of scale. Nothing that it writes is committed.
//
//   node test/bench/bulk.mjs --kind mobpro --rows 8000000 --seed 1 --out FILE
//
// Kinds: mobpro (FD_MOBPRO, 33 columns, `;`), sirene (StockEtablissement, `,`, with its Lambert-93 columns), sirene-geo (the geolocation
// file, `;`, same establishments in the same order), indcvi (FD_INDCVI, 28 columns, `;`), perimetres (GeoJSON polygons in Lambert-93, around
// the same towns; --rows 1609). Beside FILE it writes FILE.json: rows, bytes, and what an exact reading must find again (rows and weights by commune).
//
// A row is made of fragments of bytes that were drawn once (profiles of some columns together): no text is made for a row, so a gigabyte takes
// seconds. One buffer of 16 MB is the only memory. The communes are 00001 to 00999, of the département that does not exist.

import { closeSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const COMMUNES = 999;
const PROFILES = 4096;
const CHUNK = 1 << 24;
const LONGEST_ROW = 1024;

/** sfc32 on integers: 32 bits a call. */
function source(seed) {
  let a = seed | 0;
  let b = 0x243f_6a88;
  let c = 0x9e37_79b9;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** Fragments put end to end in one array: fragment i is bytes[starts[i]] to bytes[starts[i + 1]]. */
function fragments(texts) {
  const starts = new Uint32Array(texts.length + 1);
  let length = 0;
  for (const [i, text] of texts.entries()) {
    starts[i] = length;
    length += Buffer.byteLength(text);
  }
  starts[texts.length] = length;
  const bytes = new Uint8Array(length);
  for (const [i, text] of texts.entries()) bytes.set(Buffer.from(text), starts[i]);
  return { bytes, starts };
}

const pick = (random, list) => list[random() % list.length];
const draw = (count, make) => fragments(Array.from({ length: count }, (_, i) => make(i)));
const communeCode = (i) => String(i + 1).padStart(5, "0");

/** Where the communes are, in metres of Lambert-93: in open sea, on a grid of 33 by 31. The first ones are large. */
function towns(seed) {
  const random = source(seed ^ 0x7031);
  return Array.from({ length: COMMUNES }, (_, i) => ({
    x: -120_000 + 5_200 * (i % 33) + (random() % 2_000),
    y: 6_520_000 + 5_200 * Math.floor(i / 33) + (random() % 2_000),
    spread: 600 + 2_400 / Math.sqrt(1 + i / 12),
  }));
}

/** A table of 65 536 communes in which the first ones come back more often: one draw of 16 bits gives a commune. */
function communeLottery() {
  const weights = Array.from({ length: COMMUNES }, (_, i) => 1 / (i + 6) ** 0.85);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lots = new Uint16Array(65_536);
  let running = 0;
  let at = 0;
  for (let i = 0; i < COMMUNES; i++) {
    running += weights[i];
    const end = i === COMMUNES - 1 ? 65_536 : Math.round((65_536 * running) / total);
    while (at < end) lots[at++] = i;
  }
  return lots;
}

/** A file written by 16 MB; `add` copies a fragment, `digits` writes a whole number. */
class Output {
  constructor(file) {
    this.file = file;
    this.handle = openSync(`${file}.partiel`, "w");
    this.buffer = Buffer.allocUnsafe(CHUNK + LONGEST_ROW);
    this.at = 0;
    this.bytes = 0;
  }
  add({ bytes, starts }, i) {
    const { buffer } = this;
    let { at } = this;
    for (let from = starts[i], end = starts[i + 1]; from < end; from++) buffer[at++] = bytes[from];
    this.at = at;
  }
  text(text) {
    this.at += this.buffer.write(text, this.at);
  }
  byte(code) {
    this.buffer[this.at++] = code;
  }
  /** A whole number of 2^53 at most, with `width` digits (leading zeros). */
  digits(value, width) {
    let left = value;
    for (let i = this.at + width - 1; i >= this.at; i--) {
      const tenth = Math.floor(left / 10);
      this.buffer[i] = 48 + left - 10 * tenth;
      left = tenth;
    }
    this.at += width;
  }
  /** Metres with one decimal, from tenths of a metre; the sign before. */
  tenths(value) {
    let size = value;
    if (value < 0) {
      this.byte(45);
      size = -value;
    }
    const whole = Math.floor(size / 10);
    this.digits(
      whole,
      whole < 10 ? 1 : whole < 100 ? 2 : whole < 1e3 ? 3 : whole < 1e4 ? 4 : whole < 1e5 ? 5 : whole < 1e6 ? 6 : 7,
    );
    this.byte(46);
    this.byte(48 + size - 10 * whole);
  }
  /** Degrees with six decimals; the sign before. */
  millionths(value) {
    if (value < 0) this.byte(45);
    const size = Math.round(Math.abs(value) * 1e6);
    const whole = Math.floor(size / 1e6);
    this.digits(whole, whole < 10 ? 1 : whole < 100 ? 2 : 3);
    this.byte(46);
    this.digits(size - 1e6 * whole, 6);
  }
  endRow() {
    if (this.at >= CHUNK) this.flush();
  }
  flush() {
    for (let from = 0; from < this.at; ) from += writeSync(this.handle, this.buffer, from, this.at - from);
    this.bytes += this.at;
    this.at = 0;
  }
  close() {
    this.flush();
    closeSync(this.handle);
    renameSync(`${this.file}.partiel`, this.file);
    return this.bytes;
  }
}

/** Sampling weights as the census has them: about 3 outside the large communes, with ten decimals. */
function weights(random) {
  const texts = Array.from({ length: PROFILES }, () => {
    const spread = 1 + (random() % 1_000) / 500 + (random() % 4 === 0 ? 2 : 0);
    return `${spread.toFixed(2)}${String(random() % 100_000_000).padStart(8, "0")}`;
  });
  return { values: Float64Array.from(texts, Number), texts };
}

function mobpro({ rows, seed, out }) {
  const random = source(seed);
  const lots = communeLottery();
  out.text(
    "COMMUNE;ARM;DCFLT;DCLT;AGEREVQ;CS1;DEROU;DIPL_15;EMPL;HLML;ILT;ILTUU;IMMI;INATC;INEEM;INPOM;IPONDI;LPRM;METRODOM;NA5;NPERR;ORIDT;RECH;REGION;REGLT;SEXE;STAT;STOCD;TP;TRANS;TYPL;TYPMR;VOIT\n",
  );
  const home = draw(COMMUNES, (i) => `${communeCode(i)};ZZZZZ;99999;`);
  const work = draw(COMMUNES, (i) => `${communeCode(i)};`);
  const { values, texts } = weights(random);
  const age = ["015", "020", "025", "030", "035", "040", "045", "050", "055", "060", "065"];
  const before = draw(
    PROFILES,
    () =>
      `${pick(random, age)};${1 + (random() % 6)};${random() % 2 ? "Z" : "1"};${pick(random, ["01", "02", "03", "11", "12", "13", "14", "15", "16", "17", "18", "19"])};${pick(random, ["11", "12", "13", "14", "15", "16", "21", "22", "23"])};${1 + (random() % 2)};`,
  );
  const middle = draw(
    PROFILES,
    (i) =>
      `${random() % 6};${1 + (random() % 2)};${1 + (random() % 2)};${pick(random, ["11", "12"])};${random() % 4};${1 + (random() % 5)};${texts[i]};`,
  );
  const sectors = ["AZ", "BE", "FZ", "GU", "OQ"];
  const after = draw(
    PROFILES,
    () =>
      `${1 + (random() % 4)};M;${pick(random, sectors)};${1 + (random() % 6)};Z;Z;00;00;${1 + (random() % 2)};${pick(random, ["10", "21", "22", "23"])};${pick(random, ["10", "21", "22", "23", "30"])};${1 + (random() % 2)};${1 + (random() % 6)};${1 + (random() % 6)};${pick(random, ["11", "12", "20", "31", "41", "44"])};${random() % 4}\n`,
  );
  const counts = new Float64Array(COMMUNES);
  const sums = new Float64Array(COMMUNES);
  for (let i = 0; i < rows; i++) {
    const [one, two] = [random(), random()];
    const from = lots[one & 0xffff];
    const to = one & 0x1_0000 ? from : lots[two >>> 16];
    const weight = two & (PROFILES - 1);
    out.add(home, from);
    out.add(work, to);
    out.add(before, (one >>> 17) & (PROFILES - 1));
    out.add(middle, weight);
    out.add(after, random() & (PROFILES - 1));
    counts[from]++;
    sums[from] += values[weight];
    out.endRow();
  }
  return { counts, sums };
}

function indcvi({ rows, seed, out }) {
  const random = source(seed);
  const lots = communeLottery();
  out.text(
    "CANTVILLE;NUMMI;AGED;AGEREVQ;ANAI;COUPLE;CS1;DEPT;DIPL_15;EMPL;HLML;ILT;IMMI;INPER;IPONDI;IRIS;LPRM;NPERR;REGION;SEXE;STAT;STOCD;TACT;TP;TRANS;TYPL;TYPMR;VOIT\n",
  );
  const area = draw(COMMUNES, (i) => `${String(1 + Math.floor(i / 10)).padStart(4, "0")};`);
  const { values, texts } = weights(random);
  const first = draw(PROFILES, () => {
    const age = random() % 96;
    return `;${String(age).padStart(3, "0")};${String(5 * Math.floor(age / 5)).padStart(3, "0")};${2019 - age};${1 + (random() % 2)};${1 + (random() % 8)};00;${pick(random, ["A", "B", "01", "02", "11", "13", "14", "16", "18", "ZZ"])};${pick(random, ["11", "16", "21", "22", "ZZ"])};${1 + (random() % 2)};${pick(random, ["1", "2", "3", "Z"])};${random() % 9 ? 2 : 1};${1 + (random() % 7)};`;
  });
  const weight = draw(PROFILES, (i) => `${texts[i]};`);
  const iris = draw(COMMUNES * 16, (i) =>
    Math.floor(i / 16) < 120
      ? `${communeCode(Math.floor(i / 16))}0${1 + Math.floor((i % 16) / 9)}0${1 + ((i % 16) % 9)};`
      : "ZZZZZZZZZ;",
  );
  const last = draw(
    PROFILES,
    () =>
      `${1 + (random() % 9)};${1 + (random() % 6)};00;${1 + (random() % 2)};${pick(random, ["10", "21", "22", "23", "ZZ"])};${pick(random, ["10", "21", "22", "23", "30"])};${pick(random, ["11", "12", "21", "22", "23", "24", "25"])};${pick(random, ["1", "2", "Z"])};${pick(random, ["1", "2", "3", "4", "5", "6", "Z"])};${1 + (random() % 6)};${pick(random, ["11", "12", "20", "31", "41", "44"])};${random() % 4}\n`,
  );
  const counts = new Float64Array(COMMUNES);
  const sums = new Float64Array(COMMUNES);
  for (let i = 0; i < rows; i++) {
    const [one, two] = [random(), random()];
    const commune = lots[one & 0xffff];
    const w = two & (PROFILES - 1);
    out.add(area, commune);
    out.digits(i % 10_000_000, 7);
    out.add(first, (one >>> 16) & (PROFILES - 1));
    out.add(weight, w);
    out.add(iris, 16 * commune + (one >>> 28));
    out.add(last, (two >>> 16) & (PROFILES - 1));
    counts[commune]++;
    sums[commune] += values[w];
    out.endRow();
  }
  return { counts, sums };
}

/** The control digit of a SIREN of eight digits, or of a SIRET of thirteen: Luhn, from the right, the last one weighs two. */
function luhn(value) {
  let left = value;
  let sum = 0;
  for (let twice = true; left > 0; twice = !twice) {
    const tenth = Math.floor(left / 10);
    const digit = left - 10 * tenth;
    sum += twice ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
    left = tenth;
  }
  return (10 - (sum % 10)) % 10;
}

/** One establishment: the same from the same seed and rank, whatever the file. Places are drawn around a town, denser at its centre. */
function establishments({ rows, seed, out }, header, write) {
  const random = source(seed);
  const lots = communeLottery();
  const places = towns(seed);
  out.text(header);
  const counts = new Float64Array(COMMUNES);
  for (let i = 0; i < rows; i++) {
    const [one, two, three] = [random(), random(), random()];
    const commune = lots[one & 0xffff];
    const { x, y, spread } = places[commune];
    // The sum of two even draws: a pyramid, dense in the middle, without a logarithm a row. Head-office piles: one in 32 stands at the town hall.
    const pile = one >>> 27 === 0;
    const dx = pile ? 0 : ((two & 0xffff) + (two >>> 16) - 65_535) / 65_536;
    const dy = pile ? 0 : ((three & 0xffff) + (three >>> 16) - 65_535) / 65_536;
    // Of five rows, the fifth is a second establishment of the first one's enterprise.
    const second = i % 5 === 4;
    const siren = 10_000_000 + 4 * Math.floor(i / 5) + (second ? 0 : i % 5);
    const nic = second ? 2 : 1;
    const sirenKey = 10 * siren + luhn(siren);
    const short = sirenKey * 1e4 + nic;
    write({
      siret: short * 10 + luhn(short),
      siren: sirenKey,
      commune,
      one,
      two,
      x: Math.round(10 * (x + spread * dx)),
      y: Math.round(10 * (y + spread * dy)),
    });
    counts[commune]++;
    out.endRow();
  }
  return { counts };
}

function sirene(options) {
  const { out, seed } = options;
  const random = source(seed ^ 0x51_4e);
  const bands = [
    "",
    "",
    "",
    "NN",
    "NN",
    "00",
    "01",
    "01",
    "02",
    "03",
    "11",
    "12",
    "21",
    "22",
    "31",
    "32",
    "41",
    "42",
    "51",
  ];
  const naf = [
    "47.11B",
    "56.10A",
    "68.20B",
    "81.21Z",
    "86.90E",
    "84.11Z",
    "49.41A",
    "43.21A",
    "10.13A",
    "62.01Z",
    "70.22Z",
    "96.02A",
    "03.11Z",
    "88.10A",
    "85.59A",
    "78.20Z",
  ];
  const first = draw(PROFILES, () => {
    const band = pick(random, bands);
    return `,O,${1970 + (random() % 52)}-0${1 + (random() % 9)}-${10 + (random() % 18)},${band},${band === "" || band === "NN" ? "" : 2020},${random() % 5 ? "true" : "false"},`;
  });
  const town = draw(COMMUNES, (i) => `00${String(100 + (i % 900))},${communeCode(i)},`);
  const last = draw(
    PROFILES,
    () => `${random() % 5 < 3 ? "A" : "F"},${pick(random, naf)},NAFRev2,${random() % 8 ? "N" : "O"},`,
  );
  return establishments(
    options,
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,etablissementSiege,codePostalEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,coordonneeLambertAbscisseEtablissement,coordonneeLambertOrdonneeEtablissement\n",
    ({ siret, siren, commune, one, two, x, y }) => {
      out.digits(siren, 9);
      out.byte(44);
      out.digits(siret % 100_000, 5);
      out.byte(44);
      out.digits(siret, 14);
      out.add(first, (one >>> 16) & (PROFILES - 1));
      out.add(town, commune);
      out.add(last, (two >>> 4) & (PROFILES - 1));
      out.tenths(x);
      out.byte(44);
      out.tenths(y);
      out.byte(10);
    },
  );
}

function sireneGeo(options) {
  const { out, seed } = options;
  const random = source(seed ^ 0x6e_0);
  const quality = draw(PROFILES, () => `;${pick(random, ["11", "11", "11", "12", "21", "22", "33"])};2154;CSZ;CSZ;`);
  const town = draw(COMMUNES, (i) => `${communeCode(i)};${communeCode(i)}0000;${10 + (random() % 90)};`);
  const flat = towns(seed).map(({ x, y }) => tangent(x, y));
  return establishments(
    options,
    "siret;x;y;qualite_xy;epsg;plg_qp24;plg_qp15;plg_code_commune;plg_iris;distance_precision;y_latitude;x_longitude\n",
    ({ siret, commune, one, x, y }) => {
      out.digits(siret, 14);
      out.byte(59);
      out.tenths(x);
      out.byte(59);
      out.tenths(y);
      out.add(quality, (one >>> 16) & (PROFILES - 1));
      out.add(town, commune);
      const { x0, y0, lon, lat, east, north } = flat[commune];
      const [dx, dy] = [x / 10 - x0, y / 10 - y0];
      out.millionths(lat + north[0] * dx + north[1] * dy);
      out.byte(59);
      out.millionths(lon + east[0] * dx + east[1] * dy);
      out.byte(10);
    },
  );
}

/** Degrees of a place in Lambert-93 (IGN, NTG 71, closed form and iteration on the latitude). */
function fromLambert93(x, y) {
  const [n, c, xs, ys, e] = [0.725607765, 11_754_255.426, 700_000, 12_655_612.05, 0.0818191910428158];
  const lon = 3 + (Math.atan((x - xs) / (ys - y)) / n) * (180 / Math.PI);
  const isometric = -Math.log(Math.hypot(x - xs, y - ys) / c) / n;
  let lat = 2 * Math.atan(Math.exp(isometric)) - Math.PI / 2;
  for (let i = 0; i < 8; i++) {
    const sine = e * Math.sin(lat);
    lat = 2 * Math.atan(((1 + sine) / (1 - sine)) ** (e / 2) * Math.exp(isometric)) - Math.PI / 2;
  }
  return [lon, (lat * 180) / Math.PI];
}

/** The plane that touches the projection at a place: degrees by metre, right to about a metre within three kilometres. */
function tangent(x0, y0) {
  const [lon, lat] = fromLambert93(x0, y0);
  const [lonX, latX] = fromLambert93(x0 + 1_000, y0);
  const [lonY, latY] = fromLambert93(x0, y0 + 1_000);
  return {
    x0,
    y0,
    lon,
    lat,
    east: [(lonX - lon) / 1_000, (lonY - lon) / 1_000],
    north: [(latX - lat) / 1_000, (latY - lat) / 1_000],
  };
}

/** Polygons of 12 to 60 corners, one to some a town, that do not touch: the neighbourhoods that the points are counted in. */
function perimetres({ rows, seed, out }) {
  const random = source(seed ^ 0x9e_12);
  const places = towns(seed);
  out.text(
    '{"type":"FeatureCollection","synthetique":true,"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}},"features":[\n',
  );
  for (let i = 0; i < rows; i++) {
    const { x, y, spread } = places[i % COMMUNES];
    const rank = Math.floor(i / COMMUNES);
    const turn = rank * 2.4;
    const far = rank === 0 ? 0 : 0.55 * spread;
    const [cx, cy] = [x + far * Math.cos(turn), y + far * Math.sin(turn)];
    const corners = 12 + (random() % 49);
    const points = Array.from({ length: corners }, (_, k) => {
      const reach = 0.24 * spread * (0.55 + (random() % 1_000) / 2_222);
      const angle = (2 * Math.PI * k) / corners;
      return `[${(cx + reach * Math.cos(angle)).toFixed(1)},${(cy + reach * Math.sin(angle)).toFixed(1)}]`;
    });
    const code = `QN000${String(Math.floor(i / 26) % 100).padStart(2, "0")}${String.fromCharCode(65 + (i % 26))}`;
    out.text(
      `{"type":"Feature","properties":{"rang":${i},"code_qp":"${code}","insee_com":"${communeCode(i % COMMUNES)}"},"geometry":{"type":"Polygon","coordinates":[[`,
    );
    for (const point of points) {
      out.text(`${point},`);
      out.endRow();
    }
    out.text(`${points[0]}]]}}${i === rows - 1 ? "" : ","}\n`);
  }
  out.text("]}\n");
  return {};
}

const kinds = { mobpro, indcvi, sirene, "sirene-geo": sireneGeo, perimetres };

/**
 * Writes one file, and what must be found in it again.
 * @param {{ kind: keyof typeof kinds, rows: number, seed: number, out: string }} options
 * @returns {{ kind: string, rows: number, seed: number, bytes: number, seconds: number, communes: Record<string, { rows: number, weight?: number }> }}
 */
export function writeBulk({ kind, rows, seed, out }) {
  const make = kinds[kind];
  if (!make) throw new RangeError(`--kind ${kind} : attendu ${Object.keys(kinds).join(", ")}`);
  if (!(Number.isSafeInteger(rows) && rows > 0)) throw new RangeError("--rows : un nombre entier positif est attendu");
  if (!Number.isSafeInteger(seed)) throw new RangeError("--seed : un nombre entier est attendu");
  const start = performance.now();
  const output = new Output(out);
  const { counts, sums } = make({ rows, seed, out: output });
  const bytes = output.close();
  const communes = counts
    ? Object.fromEntries(
        Array.from(counts, (count, i) => [communeCode(i), sums ? { rows: count, weight: sums[i] } : { rows: count }]),
      )
    : {};
  const truth = { kind, rows, seed, bytes, communes };
  writeFileSync(`${out}.json`, `${JSON.stringify(truth)}\n`);
  return { ...truth, seconds: (performance.now() - start) / 1000 };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      kind: { type: "string" },
      rows: { type: "string" },
      seed: { type: "string", default: "1" },
      out: { type: "string" },
    },
  });
  if (!values.kind || !values.rows || !values.out) {
    console.error(
      "node test/bench/bulk.mjs --kind mobpro|indcvi|sirene|sirene-geo|perimetres --rows N --seed N --out FILE",
    );
    process.exitCode = 2;
  } else {
    const { rows, bytes, seconds } = writeBulk({
      kind: values.kind,
      rows: Number(values.rows),
      seed: Number(values.seed),
      out: values.out,
    });
    console.log(`${values.kind} : ${rows} lignes, ${(bytes / 1e6).toFixed(0)} Mo en ${seconds.toFixed(1)} s`);
  }
}
