"""What `make models` does to a model, held against the original with the runtime that will run it.

    check.py keras BEFORE.h5 AFTER.onnx     converts, then compares with the original computed by hand
    check.py flush BEFORE.onnx AFTER.onnx   compares the two
"""

import sys

import numpy as np
import onnxruntime

# How far an output may be from the original's, as a share of the largest one.
TOLERANCE = 1e-4


def pattern(kind: int, height: int, width: int, n_colours: int = 3):
    """Pictures of −1 to 1 that any language can make again: `pattern 0` is what the Rust tests use."""
    at = np.arange(height * width * n_colours, dtype=np.int64).reshape(height, width, n_colours)
    return (at * (7919 + 2 * kind) % 1021 / 510.0 - 1.0).astype("<f4")


def session_of(path: str):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options)


def answers(session, kind: int):
    """The outputs for a picture, one after the other."""
    given = session.get_inputs()[0]
    _, n_colours, height, width = given.shape
    planes = np.ascontiguousarray(pattern(kind, height, width, n_colours).transpose(2, 0, 1))[None]
    return np.concatenate([it.ravel() for it in session.run(None, {given.name: planes})])


def keras(before: str, after: str):
    from keras_model import compute, convert

    with open(after, "wb") as file:
        file.write(convert(before))
    session = session_of(after)
    height, width = session.get_inputs()[0].shape[2:]
    return [(compute(before, pattern(kind, height, width)), answers(session, kind)) for kind in range(3)]


def flush(before: str, after: str):
    sessions = session_of(before), session_of(after)
    return [tuple(answers(it, kind) for it in sessions) for kind in range(3)]


def main(how: str, before: str, after: str):
    pairs = {"keras": keras, "flush": flush}[how](before, after)
    farthest = max(float(abs(expected - found).max() / abs(expected).max()) for expected, found in pairs)
    print(f"models: {how}: differs from the original by {farthest:.1e} at most on {len(pairs)} pictures", flush=True)
    if not farthest <= TOLERANCE:
        raise SystemExit(f"models: that is more than {TOLERANCE}")


if __name__ == "__main__":
    main(*sys.argv[1:])
