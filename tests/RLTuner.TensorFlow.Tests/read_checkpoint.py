"""Reads TensorFlow checkpoints and Magenta bundles with nothing of RLTuner: read_checkpoint.py v1|v2|mag PATH.

Checks every CRC and prints JSON: each tensor's shape and the SHA-256 of its float32 values, and what a bundle says of itself.
"""
import hashlib
import json
import struct
import sys

import numpy as np

POLYNOMIAL = 0x82F63B78
TABLE = []
for byte in range(256):
    for _ in range(8):
        byte = byte >> 1 ^ (POLYNOMIAL if byte & 1 else 0)
    TABLE.append(byte)


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 255] ^ crc >> 8
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        part = data[at]
        at += 1
        value |= (part & 127) << shift
        shift += 7
        if part < 128:
            return value, at


def message(data):
    """The fields of a protocol buffer: number -> list of values."""
    fields, at = {}, 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        else:
            size = {1: 8, 5: 4}.get(tag & 7)
            if size is None:
                size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def block(data, offset, size):
    stored, crc = data[offset:offset + size + 1], data[offset + size + 1:offset + size + 5]
    assert struct.unpack("<I", crc)[0] == masked_crc(stored), f"checksum of the block at {offset}"
    assert stored[-1] == 0, "compressed"
    restarts = struct.unpack("<I", stored[-5:-1])[0]
    end, at, key, entries = size - 4 * (restarts + 1), 0, b"", []
    starts = struct.unpack(f"<{restarts}I", stored[end:end + 4 * restarts])
    while at < end:
        start = at
        shared, at = varint(stored, at)
        own, at = varint(stored, at)
        length, at = varint(stored, at)
        assert start not in starts or shared == 0, "a restart that leaves something out"
        key = key[:shared] + stored[at:at + own]
        at += own
        entries.append((key, stored[at:at + length]))
        at += length
    return entries


def table(data):
    assert data[-8:] == struct.pack("<Q", 0xDB4775248B80FB57), "no table"
    at, place = 0, []
    for _ in range(4):
        number, at = varint(data[-48:], at)
        place.append(number)
    assert block(data, *place[:2]) == [], "metadata"
    entries = []
    for last, value in block(data, *place[2:]):
        offset, at = varint(value, 0)
        size, _ = varint(value, at)
        part = block(data, offset, size)
        assert part[-1][0] <= last, "an index key below its block's last"
        entries += part
    assert [key for key, _ in entries] == sorted({key for key, _ in entries}), "keys out of order"
    return entries


def shape(proto):
    return [message(dim).get(1, [0])[0] for dim in message(proto).get(2, [])]


def described(shape, values):
    assert values.dtype == np.float32 and values.size == np.prod(shape, dtype=int) and np.isfinite(values).all()
    return {"shape": [int(size) for size in shape], "sha256": hashlib.sha256(values.tobytes()).hexdigest()}


def v1(data):
    entries = table(data)
    assert entries[0][0] == b""
    tensors = {}
    for saved in message(message(entries[0][1])[1][0])[1]:
        fields = message(saved)
        tensors[fields[1][0]] = shape(fields[2][0])
        assert fields[3] == [1], "float32"
    found = {}
    for _, value in entries[1:]:
        part = message(message(value)[2][0])
        name = part[1][0]
        found[name.decode()] = described(tensors.pop(name), np.frombuffer(message(part[3][0])[5][0], "<f4"))
    assert not tensors, "tensors without values"
    return found


def v2(prefix):
    entries = table(open(prefix + ".index", "rb").read())
    data = open(prefix + ".data-00000-of-00001", "rb").read()
    header = message(entries[0][1])
    assert entries[0][0] == b"" and header[1] == [1] and 2 not in header
    found = {}
    for name, value in entries[1:]:
        entry = message(value)
        offset, size = entry.get(4, [0])[0], entry[5][0]
        values = data[offset:offset + size]
        assert struct.unpack("<I", entry[6][0])[0] == masked_crc(values), f"checksum of {name}"
        assert entry[1] == [1], "float32"
        found[name.decode()] = described(shape(entry[2][0]), np.frombuffer(values, "<f4"))
    return found


kind, path = sys.argv[1:]
if kind == "v2":
    result = {"tensors": v2(path)}
elif kind == "v1":
    result = {"tensors": v1(open(path, "rb").read())}
else:
    bundle = message(open(path, "rb").read())
    generator = message(bundle[1][0])
    assert len(bundle[2]) == 1
    result = {"id": generator[1][0].decode(), "description": generator[2][0].decode(),
              "details": message(bundle[4][0])[1][0].decode(), "tensors": v1(bundle[2][0])}
print(json.dumps(result))
