import { readFileSync } from "node:fs";
import { crc32, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { archiveKind, extractMember, isArchive, listMembers } from "../../../src/sources/formats/archive.ts";
import { reference } from "../../reference/reference.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, writeSevenZip, writeZip, type ZipInput } from "../../support/formats.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const table = Array.from({ length: 400 }, (_, i) => `${i};QN0440${i % 10}M;${(i * i) % 97}`).join("\n");
const zipOf = (...members: ZipInput[]): string => place.file("essai.zip", writeZip(members));
const target = (): string => place.path("sorti.csv");
const extract = async (path: string, pattern = "*"): Promise<string> => {
  const member = await extractMember(path, pattern, target());
  return `${member} ${readFileSync(target(), "utf8")}`;
};

describe("ZIP", () => {
  test("a member is found by its path, its base name or a pattern, and extracted whole", async () => {
    const path = zipOf(
      { name: "lisez.txt", content: "à lire", stored: true },
      { name: "donnees/FD_2019.csv", content: table },
    );
    expect(await isArchive(path)).toBe(true);
    expect(await listMembers(path)).toMatchObject([
      { path: "lisez.txt", bytes: 7, packedBytes: 7 },
      { path: "donnees/FD_2019.csv", bytes: table.length },
    ]);
    for (const pattern of ["donnees/FD_2019.csv", "FD_2019.csv", "FD_*.csv", "don*2019*", "fd_2019.CSV"])
      expect(await extract(path, pattern)).toBe(`donnees/FD_2019.csv ${table}`);
    expect(await extract(path, "lisez*")).toBe("lisez.txt à lire");
  });

  test("ZIP64 records are read", async () => {
    const path = place.file("z64.zip", writeZip([{ name: "a.csv", content: table }], { zip64: true }));
    expect(await extract(path)).toBe(`a.csv ${table}`);
  });

  test("names without the UTF-8 flag: CP437, Latin-1 or UTF-8 by their bytes", async () => {
    const names = [
      Buffer.from("donn\x82es.csv", "latin1"),
      Buffer.from("données 2.csv", "latin1"),
      Buffer.from("été.csv"),
    ];
    const path = zipOf(...names.map((name) => ({ name, content: "x" })));
    expect((await listMembers(path)).map((member) => member.path)).toEqual(["données.csv", "données 2.csv", "été.csv"]);
  });

  test.each<[string, ZipInput[], RegExp]>([
    ["wrong CRC", [{ name: "a.csv", content: table, crc: 1 }], /somme de contrôle/],
    ["too small a size", [{ name: "a.csv", content: table, bytes: 12 }], /taille qu'elle annonce/],
    ["too large a size", [{ name: "a.csv", content: table, bytes: 1e5 }], /taille qu'elle annonce/],
    ["encrypted", [{ name: "a.csv", content: table, encrypted: true }], /mot de passe/],
    ["unknown method", [{ name: "a.csv", content: table, method: 14 }], /méthode que ce lecteur ne connaît pas/],
    ["parent folder", [{ name: "../a.csv", content: table }], /sort de son dossier/],
    ["parent folder of Windows", [{ name: "x\\..\\..\\a.csv", content: table }], /sort de son dossier/],
    ["absolute", [{ name: "/etc/a.csv", content: table }], /chemin absolu/],
    ["share of Windows", [{ name: "\\\\serveur\\a.csv", content: table }], /chemin absolu/],
    ["drive", [{ name: "C:\\a.csv", content: table }], /nomme un disque/],
    ["control character", [{ name: "a\u0000.csv", content: table }], /nom vide ou illisible/],
    ["link", [{ name: "a.csv", content: "/etc/passwd", symlink: true, stored: true }], /lien vers un autre fichier/],
    ["duplicate", [1, 2].map(() => ({ name: "a.csv", content: table })), /même chemin/],
    [
      "overlap",
      [
        { name: "a.csv", content: table },
        { name: "b.csv", content: table, sameAs: 0 },
      ],
      /se recouvrent/,
    ],
    ["declared size", [{ name: "a.csv", content: table, bytes: 4e9 }], /hors de toute proportion/],
    ["nested", [{ name: "a.zip", content: writeZip([{ name: "b", content: "b" }]) }], /lui-même une archive/],
  ])("%s is refused in words, and nothing is left", async (_, members, words) => {
    const path = zipOf(...members);
    place.file("sorti.csv", "avant");
    const before = place.names();
    const error = await refusal(() => extract(path, "a.*"));
    expect(error.message).toMatch(words);
    expect(error.message).toContain("essai.zip");
    expect(place.names()).toEqual(before);
    expect(readFileSync(target(), "utf8")).toBe("avant");
  });

  test("a workbook is a member like another, though it is a ZIP file", async () => {
    const path = zipOf({ name: "FILO.xlsx", content: writeZip([{ name: "b", content: "b" }]) });
    await extractMember(path, "*.xlsx", target());
    expect(await archiveKind(target())).toBe("zip");
  });

  test("a bomb stops at its ratio and at its size", async () => {
    const path = zipOf({ name: "zeros.csv", content: Buffer.alloc(40e6) });
    expect((await refusal(() => extract(path))).message).toMatch(/hors de toute proportion.*40\sMo/);
    const limits = { maxRatio: 2000, maxBytes: 20e6 };
    expect((await refusal(() => extractMember(path, "*", target(), limits))).message).toMatch(/trop de données/);
    expect(await extractMember(path, "*", target(), { maxRatio: 2000 })).toBe("zeros.csv");
  });

  test("no member, or several: the message lists them", async () => {
    const path = zipOf(
      { name: "a.csv", content: "a" },
      { name: "b.csv", content: "b" },
      { name: "c.txt", content: "c" },
    );
    expect((await refusal(() => extract(path, "FD*"))).message).toMatch(/aucun membre.*FD\*.*a\.csv, b\.csv, c\.txt/);
    expect((await refusal(() => extract(path, "*.csv"))).message).toMatch(/2 membres.*a\.csv, b\.csv\./);
  });

  test("damage: a right extraction or words, never another content", async () => {
    const whole = writeZip([
      { name: "lisez.txt", content: "à lire" },
      { name: "donnees/a.csv", content: table },
    ]);
    const kinds = new Set<string>();
    for (const { how, bytes } of corruptions(whole, { cuts: 80, flips: 250 })) {
      const path = place.file("abime.zip", bytes);
      const result = await outcome(how, () => extract(path, "*.csv"));
      if (result instanceof QuartiersError) kinds.add(result.parts.what);
      else expect(result.endsWith(` ${table}`), how).toBe(true);
    }
    expect(kinds.size).toBeGreaterThan(4);
    expect(place.names().filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("gzip", () => {
  test("members one after the other are one file; padding is no damage", async () => {
    const parts = [table.slice(0, 500), table.slice(500)].map((text) => gzipSync(text));
    const path = place.file("table.csv.gz", Buffer.concat([...parts, Buffer.alloc(20)]));
    expect(await listMembers(path)).toMatchObject([{ path: "table.csv" }]);
    expect(await extract(path, "*.csv")).toBe(`table.csv ${table}`);
  });

  test("damage: the right content or words; a second member cut off is seen", async () => {
    const whole = Buffer.concat([gzipSync(table.slice(0, 500)), gzipSync(table.slice(500))]);
    for (const { how, bytes } of corruptions(whole, { cuts: 60, flips: 250, seed: 2 })) {
      const path = place.file("abime.csv.gz", bytes);
      const result = await outcome(how, () => extract(path));
      if (result instanceof QuartiersError) continue;
      const firstOnly = bytes.length === gzipSync(table.slice(0, 500)).length;
      expect(result, how).toBe(`abime.csv ${firstOnly ? table.slice(0, 500) : table}`);
    }
  });

  test("a bomb stops at its ratio", async () => {
    const path = place.file("bombe.csv.gz", gzipSync(Buffer.alloc(60e6)));
    expect((await refusal(() => extract(path))).message).toMatch(/hors de toute proportion/);
  });
});

describe("7z", () => {
  interface Archives {
    readonly crc: Readonly<Record<string, number>>;
    readonly bytes: Readonly<Record<string, number>>;
    readonly archives: Readonly<Record<string, string>>;
    readonly encrypted: string;
    readonly encryptedHeader: string;
  }
  const made = reference<Archives>("seven-zip");
  const archive = (text: string): string => place.file("essai.7z", Buffer.from(text, "base64"));

  test.each(["lzma2", "lzma", "bcj", "delta", "ppmd", "bzip2", "deflate"])(
    "the method %s of another writer is read, accents of names included",
    async (method) => {
      const path = archive(made.archives[method]);
      const members = await listMembers(path);
      expect(Object.fromEntries(members.map((member) => [member.path, member.bytes]))).toEqual(made.bytes);
      for (const name of Object.keys(made.crc)) {
        await extractMember(path, name, target());
        expect(crc32(readFileSync(target())), name).toBe(made.crc[name]);
      }
    },
  );

  test("what cannot be read says why", async () => {
    const message = async (path: string): Promise<string> => (await refusal(() => extract(path, "*.csv"))).message;
    expect(await message(archive(made.archives.zstd))).toMatch(/méthode que ce lecteur ne connaît pas/);
    expect(await message(archive(made.encrypted))).toMatch(/mot de passe/);
    expect(await message(archive(made.encryptedHeader))).toMatch(/mot de passe/);
  });

  test.each([
    ["wrong CRC", [{ name: "a.csv", content: table, crc: 1 }], /somme de contrôle/],
    ["parent folder", [{ name: "../a.csv", content: table }], /sort de son dossier/],
    ["drive", [{ name: "D:/a.csv", content: table }], /nomme un disque/],
    ["link", [{ name: "a.csv", content: "/etc/passwd", symlink: true }], /lien vers un autre fichier/],
    ["duplicate", [1, 2].map(() => ({ name: "a.csv", content: table })), /même chemin/],
    ["declared size", [{ name: "a.csv", content: table, bytes: 4e9 }], /hors de toute proportion/],
    ["total size", [{ name: "a.csv", content: table, bytes: 4e12 }], /trop de données/],
    ["nested", [{ name: "a.gz", content: gzipSync(table) }], /lui-même une archive/],
  ])("%s is refused in words", async (_, members, words) => {
    const path = place.file("essai.7z", writeSevenZip(members));
    expect((await refusal(() => extract(path, "a.*"))).message).toMatch(words);
  });

  test("stored members come out as they went in", async () => {
    const path = place.file(
      "essai.7z",
      writeSevenZip([
        { name: "b/é.csv", content: table },
        { name: "vide.txt", content: "" },
      ]),
    );
    expect(await extract(path, "*.csv")).toBe(`b/é.csv ${table}`);
    expect(await extract(path, "vide.txt")).toBe("vide.txt ");
  });

  test("damage: a right extraction or words, never another content", async () => {
    for (const method of ["lzma2", "bcj"]) {
      const whole = Buffer.from(made.archives[method], "base64");
      for (const { how, bytes } of corruptions(whole, { cuts: 20, flips: 30, seed: 3 })) {
        const path = place.file("abime.7z", bytes);
        const result = await outcome(how, () => extractMember(path, "*.csv", target()));
        if (!(result instanceof QuartiersError))
          expect(crc32(readFileSync(target())), how).toBe(made.crc["dossier/table.csv"]);
      }
    }
    const stored = writeSevenZip([{ name: "a.csv", content: table.slice(0, 300) }]);
    for (const { how, bytes } of corruptions(stored, { cuts: 40, flips: 80, seed: 4 })) {
      const path = place.file("abime.7z", bytes);
      const result = await outcome(how, () => extract(path));
      if (!(result instanceof QuartiersError)) expect(result.endsWith(table.slice(0, 300)), how).toBe(true);
    }
  });

  test("a header that is damaged under a right checksum is refused in words", async () => {
    const whole = writeSevenZip([
      { name: "a.csv", content: "abc" },
      { name: "b.csv", content: "def" },
    ]);
    const header = whole.subarray(38);
    const { withStartHeader } = await import("../../support/formats.ts");
    for (const { how, bytes } of corruptions(header, { cuts: 60, flips: 150, seed: 5 })) {
      const path = place.file("abime.7z", withStartHeader(Buffer.from("abcdef"), bytes));
      const result = await outcome(how, () => extract(path, "a.csv"));
      if (!(result instanceof QuartiersError)) expect(result, how).toMatch(/abc$|def$|^\S+ $/);
    }
  });
});

describe("what is no archive", () => {
  test.each([
    ["a web page", "<!DOCTYPE html><html><body>Erreur 404", /page web/],
    ["a text", "a;b\n1;2\n", /n'en est pas une.*613b620a/],
    ["nothing", "", /vide/],
  ])("%s under an archive's name", async (_, content, words) => {
    const path = place.file("faux.zip", content);
    expect(await isArchive(path)).toBe(false);
    expect((await refusal(() => extract(path))).message).toMatch(words);
    expect((await refusal(() => listMembers(path))).message).toMatch(words);
  });

  test("a folder and an absent file are refused in words", async () => {
    expect((await refusal(() => extract(place.folder))).message).toMatch(/ne peut pas être lue/);
    expect((await refusal(() => extract(place.path("absent.zip")))).message).toMatch(/ne peut pas être lue/);
  });
});
