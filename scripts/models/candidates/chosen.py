"""The chosen models in Python, step by step as sensing/face runs them: what other candidates are held against."""

import pathlib
import tomllib

import numpy as np
import onnxruntime
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[3]
MODELS, PHOTOGRAPHS = ROOT / ".tools/models", ROOT / ".tools/photographs"
TEMPLATE = np.array([(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)])


def session(model):
    """A model, from a path or from bytes, on one thread."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    return onnxruntime.InferenceSession(model if isinstance(model, bytes) else str(model), options)


def planes(pixels):
    return np.ascontiguousarray(np.asarray(pixels, "<f4").transpose(2, 0, 1))[None]


def area(box):
    return (box[..., 2] - box[..., 0]) * (box[..., 3] - box[..., 1])


def common(a, b):
    low, high = np.maximum(a[:2], b[:, :2]), np.minimum(a[2:4], b[:, 2:4])
    return np.clip(high - low, 0, None).prod(1)


def without_doubles(boxes, scores, most, of_smaller=False):
    """Indexes of the boxes that stay, the best first."""
    order, kept = np.argsort(-scores), []
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        shared = common(boxes[best], boxes[rest])
        smaller = np.minimum(area(boxes[best]), area(boxes[rest]))
        whole = smaller if of_smaller else area(boxes[best]) + area(boxes[rest]) - shared
        order = rest[shared / np.maximum(whole, 1e-9) <= most]
    return kept


def similarity(points, onto):
    """Umeyama, with the determinant's sign kept; 2 × 3."""
    mean_p, mean_q = points.mean(0), onto.mean(0)
    p, q = points - mean_p, onto - mean_q
    u, d, v = np.linalg.svd(q.T @ p / len(p))
    sign = np.diag([1.0, np.sign(np.linalg.det(u) * np.linalg.det(v))])
    turn = u @ sign @ v
    scale = (d * np.diag(sign)).sum() / (p**2).sum() * len(p)
    return np.hstack([scale * turn, (mean_q - scale * turn @ mean_p)[:, None]])


def warp(picture, matrix, side):
    back = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))
    return picture.transform((side, side), Image.AFFINE, tuple(back[:2].ravel()), Image.BILINEAR)


class Chosen:
    def __init__(self):
        self.detector, self.landmarker = session(MODELS / "fr_detect.onnx"), session(MODELS / "fr_landmark.onnx")
        self.embedder = session(MODELS / "fr_feature.onnx")

    def find(self, picture, least=0.65):
        scale = min(320 / picture.width, 240 / picture.height)
        ground = Image.new("RGB", (320, 240))
        ground.paste(picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.BOX), (0, 0))
        scores, boxes = self.detector.run(None, {"input": planes((np.asarray(ground, "<f4") - 127) / 128)})
        sure = scores[0, :, 1] >= least
        boxes, scores = boxes[0][sure] * [320, 240, 320, 240] / scale, scores[0, :, 1][sure]
        kept = without_doubles(boxes, scores, 0.4)
        return boxes[kept], scores[kept]

    def points(self, picture, box):
        side, middle = box[3] - box[1], (box[:2] + box[2:]) / 2
        square = np.concatenate([middle - side / 2, middle + side / 2])
        grey = picture.convert("L").crop(tuple(square)).resize((64, 64), Image.BILINEAR)
        shares = self.landmarker.run(None, {"input": (np.asarray(grey, "<f4") / 256)[None, None]})[0].reshape(68, 2)
        return shares * side + square[:2]

    def vector(self, picture, five):
        pixels = np.asarray(warp(picture, similarity(five, TEMPLATE), 112), "<f4")
        found = self.embedder.run(None, {"input": planes((pixels - 127) / 128)})[0][0]
        return found / np.linalg.norm(found)


def five_of(points):
    parts = ([37, 38, 40, 41], [43, 44, 46, 47], [30], [48, 60], [54, 64])
    return np.array([points[it].mean(0) for it in parts])


def photographs():
    """What is known of each photograph, and the photograph."""
    for it in tomllib.loads((PHOTOGRAPHS / "photographs.toml").read_text())["photograph"]:
        yield it, Image.open(PHOTOGRAPHS / it["file"]).convert("RGB")


def pairs(faces, alike):
    """How alike pairs of one person are and pairs of two; a pair of two groups is left out, since they may share people.

    `faces` are (photograph, whatever is compared), only of photographs on which as many faces were found as there are.
    """
    same, different = [], []
    for at, (a, x) in enumerate(faces):
        for b, y in faces[at + 1 :]:
            if "person" in a and a.get("person") == b.get("person"):
                same.append(alike(x, y))
            elif "person" in a or "person" in b or a["file"] == b["file"]:
                different.append(alike(x, y))
    return np.sort(same), np.sort(different)
