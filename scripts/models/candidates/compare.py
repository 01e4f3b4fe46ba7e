"""Candidates for finding and comparing faces on the photographs of `scripts/models.sh all`; prints what ADR 0037 rests on.

Run by `scripts/models.sh candidates`, which brings numpy, Pillow and the runtime.
"""

import pathlib
import tempfile
import time

import numpy as np
from chosen import Chosen, five_of, pairs, photographs
from dlib_resnet import Resnet
from mtcnn import Mtcnn
from prepare import Packages

FACENET = {"registry": "pypi", "package": "facenet-pytorch", "version": "2.6.0"}
FACE_API = {"registry": "npm", "package": "@vladmandic/face-api", "version": "1.7.15"}


def timed(what):
    began = time.monotonic()
    found = what()
    return found, (time.monotonic() - began) * 1e3


def spread(name, values):
    print(f"{name}: n {len(values)}, min {values[0]:.3f}, median {np.median(values):.3f}, max {values[-1]:.3f}, deviation {values.std():.3f}")


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def report(name, faces, alike=cosine):
    same, different = pairs(faces, alike)
    spread(f"{name}, same person", same)
    spread(f"{name}, different people", different)
    return same, different


def main():
    with tempfile.TemporaryDirectory() as folder:
        packages = Packages(pathlib.Path(folder))
        other = Mtcnn(*(packages.read({**FACENET, "path": f"facenet_pytorch/data/{it}net.pt"}) for it in "pro"))
        paths = [f"model/face_recognition_model{it}" for it in ("-weights_manifest.json", ".bin")]
        resnet = Resnet(*(packages.read({**FACE_API, "path": it}) for it in paths))
    chosen, ours, theirs, dlib = Chosen(), [], [], []
    for it, picture in photographs():
        (boxes, _), took = timed(lambda: chosen.find(picture))
        (others, scores, points), took_other = timed(lambda: other.find(picture))
        print(f"{it['file']}: {it['faces']} faces; chosen {len(boxes)} in {took:.0f} ms, MTCNN {len(others)} in {took_other:.0f} ms {scores.round(2)}")
        if len(boxes) == it["faces"]:
            for box in boxes:
                sixty_eight = chosen.points(picture, box)
                ours.append((it, chosen.vector(picture, five_of(sixty_eight))))
                dlib.append((it, resnet.vector(picture, sixty_eight)))
        if len(others) == it["faces"]:
            theirs += [(it, chosen.vector(picture, five)) for five in points]
    for name, faces in (("fr_feature on fr_landmark", ours), ("fr_feature on MTCNN's points", theirs), ("dlib", dlib)):
        same, different = report(name, faces)
        print(f"  least same - most different, in deviations of the different: {(same[0] - different[-1]) / different.std():.2f}")
    same, different = report("dlib, distance", dlib, lambda a, b: float(np.linalg.norm(a - b)))
    print(f"  different people nearer than dlib's .6: {(different < 0.6).sum()}")


if __name__ == "__main__":
    main()
