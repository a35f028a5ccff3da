"""7z files made by another writer (py7zr 1.1.4): one for each method, in base64, with the CRC-32 of each member.

Run: pip install py7zr==1.1.4 && python seven-zip.py > seven-zip.json
"""
import base64
import binascii
import io
import json

import py7zr

table = "".join(f"{i:05d};{i * i % 9973};QN044{i % 100:02d}M\n" for i in range(200)).encode()
# Calls with relative addresses, which the filter of x86 programs (BCJ) turns over.
program = b"".join(b"\xe8" + (1000 - 5 * i).to_bytes(4, "little", signed=True) for i in range(200))
members = {"dossier/table.csv": table, "été/lisez-moi.txt": "Élève\n".encode(), "programme.bin": program}

methods = {
    "lzma2": [{"id": py7zr.FILTER_LZMA2, "preset": 7}],
    "lzma": [{"id": py7zr.FILTER_LZMA}],
    "bcj": [{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA2, "preset": 5}],
    "delta": [{"id": py7zr.FILTER_DELTA}, {"id": py7zr.FILTER_LZMA2, "preset": 5}],
    "ppmd": [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 20}],
    "bzip2": [{"id": py7zr.FILTER_BZIP2}],
    "deflate": [{"id": py7zr.FILTER_DEFLATE}],
    "zstd": [{"id": py7zr.FILTER_ZSTD, "level": 3}],
}


def archive(write_members, **options):
    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w", **options) as out:
        for name, content in write_members.items():
            out.writestr(content, name)
    return base64.b64encode(target.getvalue()).decode()


few = {"a.txt": b"secret\n"}
print(
    json.dumps(
        {
            "crc": {name: binascii.crc32(content) for name, content in members.items()},
            "bytes": {name: len(content) for name, content in members.items()},
            "archives": {name: archive(members, filters=filters) for name, filters in methods.items()},
            "encrypted": archive(few, password="x"),
            "encryptedHeader": archive(few, password="x", header_encryption=True),
        },
        ensure_ascii=False,
        indent=1,
    )
)
