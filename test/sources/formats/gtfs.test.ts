import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { readGtfs } from "../../../src/sources/formats/gtfs.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, writeZip } from "../../support/formats.ts";
import { realData } from "../../support/real-data.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const sound: Readonly<Record<string, string>> = {
  "agency.txt":
    '\uFEFFagency_id, agency_name,agency_url\r\n1,"Réseau ""Été"", Nord",https://exemple.fr\r\n2, Car ,\r\n',
  "stops.txt": "stop_id,stop_lat,stop_lon\nA,47.2,-1.5\n",
  "routes.txt": "route_id,route_type\n1,3\n",
  "trips.txt": "route_id,service_id,trip_id\n1,S,T\n",
  "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,08:00:00,08:00:00,A,1\n",
  "calendar.txt": "service_id,monday,start_date,end_date\nS,1,20220301,20220630\n",
  "calendar_dates.txt": "service_id,date,exception_type\nS,20220714,1\nS,20220101,2\n",
};
type Feed = Readonly<Record<string, string | null>>;
const zipOf = (changes: Feed = {}, prefix = ""): Buffer =>
  writeZip(
    Object.entries({ ...sound, ...changes }).flatMap(([name, content]) =>
      content === null ? [] : [{ name: prefix + name, content }],
    ),
  );
const read = (changes: Feed = {}, prefix = ""): ReturnType<typeof readGtfs> =>
  readGtfs(place.file("reseau.zip", zipOf(changes, prefix)));

describe("a feed", () => {
  test("says its tables, its agencies, and its days: the calendar and the days added to it", async () => {
    const feed = await read({ "lisez-moi.txt": "bonjour", "shapes.txt": "shape_id\n" });
    expect(feed).toMatchObject({
      tables: ["agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates", "shapes"],
      others: ["lisez-moi.txt"],
      agencies: ['Réseau "Été", Nord', "Car"],
      period: { first: "2022-03-01", last: "2022-07-14" },
    });
  });

  test("one of the two calendars is enough; a feed may have no agency", async () => {
    expect((await read({ "calendar.txt": null })).period).toEqual({ first: "2022-07-14", last: "2022-07-14" });
    const feed = await read({ "calendar_dates.txt": null, "agency.txt": null });
    expect(feed).toMatchObject({ agencies: [], period: { first: "2022-03-01", last: "2022-06-30" } });
  });

  test("in a folder of the archive, beside what macOS adds; in a folder of the disk", async () => {
    const members = Object.entries(sound).map(([name, content]) => ({ name: `gtfs 2022/${name}`, content }));
    const junk = { name: "__MACOSX/gtfs 2022/._stops.txt", content: "x" };
    const feed = await readGtfs(place.file("mac.zip", writeZip([...members, junk])));
    expect(feed.others).toEqual([]);
    mkdirSync(place.path("jeu/dedans"), { recursive: true });
    for (const [name, content] of Object.entries(sound)) writeFileSync(join(place.path("jeu/dedans"), name), content);
    const folder = await readGtfs(place.path("jeu"));
    for (const opened of [feed, folder]) {
      expect(opened.period.first).toBe("2022-03-01");
      await opened.extract("stop_times", place.path("horaires.csv"));
      expect(readFileSync(place.path("horaires.csv"), "utf8")).toBe(sound["stop_times.txt"]);
    }
  });

  test.skipIf(realData === null)("the two of Porto Alegre", async () => {
    const bus = await readGtfs(join(realData ?? "", "porto_alegre/poa_eptc.zip"));
    expect(bus.period).toEqual({ first: "2019-04-15", last: "2019-07-15" });
    expect(bus.agencies).toEqual(["Empresa Publica de Transportes e Circulação"]);
    const rail = await readGtfs(join(realData ?? "", "porto_alegre/poa_trensurb.zip"));
    expect(rail.period).toEqual({ first: "2019-03-01", last: "2019-12-31" });
    expect(rail.agencies).toEqual(["TRENSURB"]);
    expect(rail.tables).not.toContain("calendar_dates");
  });
});

describe("what is refused in words", () => {
  test.each<[string, Feed, RegExp]>([
    ["no stops", { "stops.txt": null }, /stops\.txt.*agency\.txt/],
    ["no times", { "stop_times.txt": null }, /stop_times\.txt/],
    ["no calendar", { "calendar.txt": null, "calendar_dates.txt": null }, /calendar\.txt/],
    ["two feeds", { "autre/stops.txt": "stop_id\n" }, /plusieurs jeux.*\(racine\), autre\//],
    [
      "a day that is none",
      { "calendar.txt": "start_date,end_date\n20220301,20220230\n" },
      /20220230.*calendar\.txt, ligne 2, colonne end_date/,
    ],
    [
      "another way to write days",
      { "calendar_dates.txt": "date,exception_type\n\n2022-03-01,1\n" },
      /2022-03-01.*ligne 3/,
    ],
    ["a column that is not there", { "calendar.txt": "start_date\n20220301\n" }, /end_date.*calendar\.txt, ligne 1/],
    [
      "no day",
      { "calendar.txt": null, "calendar_dates.txt": "date,exception_type\n20220301,2\n" },
      /aucun jour de service/,
    ],
    ["open quotes", { "agency.txt": 'agency_name\n"Réseau\n' }, /guillemets.*agency\.txt, ligne 2/],
    ["binary", { "calendar.txt": "start_date\u0000" }, /octets nuls.*calendar\.txt/],
  ])("%s", async (_, changes, words) => {
    const error = await refusal(() => read(changes));
    expect(error.message).toMatch(words);
    expect(error.message).toContain("reseau.zip");
  });

  test("a table that the feed does not have, an absent feed", async () => {
    const feed = await read();
    expect((await refusal(() => feed.extract("shapes", place.path("x.csv")))).message).toMatch(/shapes\.txt/);
    expect((await refusal(() => readGtfs(place.path("absent.zip")))).message).toMatch(/ne peut pas être lue/);
  });

  test("damage: the same feed or words", async () => {
    const whole = zipOf();
    for (const { how, bytes } of corruptions(whole, { cuts: 40, flips: 120, seed: 18 })) {
      const result = await outcome(how, () => readGtfs(place.file("abime.zip", bytes)));
      if (result instanceof QuartiersError) continue;
      expect(result.period.last, how).toMatch(/^2022-0(7-14|6-30)$/);
    }
  });
});
