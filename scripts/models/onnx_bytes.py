"""The few messages of ONNX's protocol buffers that we write or patch, without the library: the same bytes on every machine."""

import array
import struct
import sys

FLOAT = 1


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def message(field: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return varint(field << 3 | 2) + varint(len(body)) + body


def text(field: int, value: str) -> bytes:
    return message(field, value.encode())


def tensor(name: str, dims, raw: bytes) -> bytes:
    """TensorProto of little-endian 32-bit floats."""
    return b"".join([*(number(1, it) for it in dims), number(2, FLOAT), text(8, name), message(9, raw)])


def attribute(name: str, value) -> bytes:
    """AttributeProto: a float, an integer, or a list of integers."""
    if isinstance(value, float):
        return message(5, text(1, name), varint(2 << 3 | 5), struct.pack("<f", value), number(20, 1))
    if isinstance(value, int):
        return message(5, text(1, name), number(3, value), number(20, 2))
    return message(5, text(1, name), *(number(8, it) for it in value), number(20, 7))


def node(kind: str, inputs, output: str, **attributes) -> bytes:
    named = [attribute(name, attributes[name]) for name in sorted(attributes)]
    return message(1, *(text(1, it) for it in inputs), text(2, output), text(3, output), text(4, kind), *named)


def value_info(field: int, name: str, dims) -> bytes:
    shape = message(2, *(message(1, number(1, it)) for it in dims))
    return message(field, text(1, name), message(2, message(1, number(1, FLOAT), shape)))


def model(producer: str, graph: bytes, opset: int = 13, ir_version: int = 8) -> bytes:
    return b"".join([number(1, ir_version), text(2, producer), message(7, graph), message(8, text(1, ""), number(2, opset))])


def fields(data, begin: int, end: int):
    """(field, wire type, begin, end) of each field; begin and end enclose the payload."""
    at = begin

    def read():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < end:
        key = read()
        field, wire = key >> 3, key & 7
        if wire == 0:
            start = at
            read()
            yield field, wire, start, at
            continue
        if wire == 2:
            size = read()
        else:
            size = {1: 8, 5: 4}[wire]
        yield field, wire, at, at + size
        at += size


def flush(original: bytes, below: float = 1e-12):
    """Weights nearer to zero than `below` become zero: a CPU takes ten times as long with numbers it cannot normalise."""
    data = bytearray(original)
    n_flushed = 0
    for graph in (it for it in fields(data, 0, len(data)) if it[0] == 7):
        for weights in (it for it in fields(data, graph[2], graph[3]) if it[0] == 5):
            parts = {it[0]: it for it in fields(data, weights[2], weights[3])}
            if data[parts[2][2]] != FLOAT:
                continue
            # raw_data, or float_data as one packed field.
            payload = parts.get(9) or parts.get(4)
            if payload is None or payload[1] != 2:
                continue
            values = array.array("f", bytes(data[payload[2] : payload[3]]))
            if sys.byteorder == "big":
                values.byteswap()
            for index, value in enumerate(values):
                if value != 0.0 and -below < value < below:
                    values[index] = 0.0
                    n_flushed += 1
            if sys.byteorder == "big":
                values.byteswap()
            data[payload[2] : payload[3]] = values.tobytes()
    return bytes(data), n_flushed
