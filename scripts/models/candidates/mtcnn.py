"""MTCNN of PyPI's facenet-pytorch without PyTorch: its weights into ONNX, its three stages in numpy."""

import collections
import io
import math
import pickle

import numpy as np
from chosen import planes, session, without_doubles
from onnx_bytes import FLOAT, message, model, node, number, tensor, text
from PIL import Image


def weights_of(data: bytes):
    """Tensors of PyTorch's format before 1.6; nothing but tensors is unpickled."""
    file = io.BytesIO(data)

    class Tensors(pickle.Unpickler):
        def find_class(self, module, name):
            if name == "_rebuild_tensor_v2":
                return lambda storage, offset, size, stride, *_: (storage, offset, size, stride)
            if name == "OrderedDict":
                return collections.OrderedDict
            if name.endswith("Storage"):
                return name
            raise ValueError(f"{module}.{name} is no tensor")

        def persistent_load(self, which):
            return which

    for _ in range(3):
        Tensors(file).load()
    described, keys, storages = Tensors(file).load(), Tensors(file).load(), {}
    kinds = {it[0][2]: it[0][1] for it in described.values()}
    for key in keys:
        kind = np.dtype({"FloatStorage": "<f4", "LongStorage": "<i8"}[kinds[key]])
        n_values = int.from_bytes(file.read(8), "little")
        storages[key] = np.frombuffer(file.read(n_values * kind.itemsize), kind)

    def strided(storage, offset, size, stride):
        values = storages[storage[2]][offset:]
        return np.array(np.lib.stride_tricks.as_strided(values, size, [it * values.itemsize for it in stride]))

    return {name: strided(*it) for name, it in described.items()}


class Net:
    """A chain of layers as ONNX."""

    def __init__(self, weights):
        self.weights, self.nodes, self.tensors = weights, [], []

    def put(self, name, value):
        self.tensors.append(message(5, tensor(name, value.shape, np.ascontiguousarray(value, "<f4").tobytes())))
        return name

    def add(self, kind, inputs, name, **attributes):
        self.nodes.append(node(kind, inputs, name, **attributes))
        return name

    def layer(self, kind, name, source, **attributes):
        own = [self.put(f"{name}.{it}", self.weights[f"{name}.{it}"]) for it in ("weight", "bias")]
        return self.add(kind, [source, *own], name, **attributes)

    def conv(self, name, source, slope):
        found = self.layer("Conv", name, source, kernel_shape=list(self.weights[name + ".weight"].shape[2:]))
        return found if slope is None else self.add("PRelu", [found, self.put(slope + ".weight", self.weights[slope + ".weight"].reshape(-1, 1, 1))], slope)

    def pool(self, name, source, side):
        return self.add("MaxPool", [source], name, kernel_shape=[side, side], strides=[2, 2], ceil_mode=1)

    def dense(self, name, source, slope=None):
        found = self.layer("Gemm", name, source, transB=1)
        return found if slope is None else self.add("PRelu", [found, self.put(slope + ".weight", self.weights[slope + ".weight"])], slope)

    def flat(self, source):
        return self.add("Flatten", [self.add("Transpose", [source], "turned", perm=[0, 3, 2, 1])], "flat", axis=1)

    def bytes(self, outputs, rank):
        def info(field, name, n_dims):
            dims = b"".join(message(1, text(2, f"{name}{it}")) for it in range(n_dims))
            return message(field, text(1, name), message(2, message(1, number(1, FLOAT), message(2, dims))))

        shapes = [info(11, "input", 4), *(info(12, it, rank) for it in outputs)]
        return model("fugong", b"".join([*self.nodes, text(2, "mtcnn"), *self.tensors, *shapes]))


def p_net(weights):
    net = Net(weights)
    at = net.pool("pool1", net.conv("conv1", "input", "prelu1"), 2)
    at = net.conv("conv3", net.conv("conv2", at, "prelu2"), "prelu3")
    net.add("Softmax", [net.conv("conv4_1", at, None)], "scores", axis=1)
    net.conv("conv4_2", at, None)
    return session(net.bytes(["scores", "conv4_2"], 4))


def r_net(weights):
    net = Net(weights)
    at = net.pool("pool1", net.conv("conv1", "input", "prelu1"), 3)
    at = net.conv("conv3", net.pool("pool2", net.conv("conv2", at, "prelu2"), 3), "prelu3")
    at = net.dense("dense4", net.flat(at), "prelu4")
    net.add("Softmax", [net.dense("dense5_1", at)], "scores", axis=1)
    net.dense("dense5_2", at)
    return session(net.bytes(["scores", "dense5_2"], 2))


def o_net(weights):
    net = Net(weights)
    at = net.pool("pool1", net.conv("conv1", "input", "prelu1"), 3)
    at = net.pool("pool2", net.conv("conv2", at, "prelu2"), 3)
    at = net.conv("conv4", net.pool("pool3", net.conv("conv3", at, "prelu3"), 2), "prelu4")
    at = net.dense("dense5", net.flat(at), "prelu5")
    net.add("Softmax", [net.dense("dense6_1", at)], "scores", axis=1)
    net.dense("dense6_2", at), net.dense("dense6_3", at)
    return session(net.bytes(["scores", "dense6_2", "dense6_3"], 2))


def square(boxes):
    middle, side = (boxes[:, :2] + boxes[:, 2:4]) / 2, (boxes[:, 2:4] - boxes[:, :2]).max(1, keepdims=True)
    return np.hstack([middle - side / 2, middle + side / 2])


def moved(boxes, by):
    """Corners moved by shares of width and height."""
    return boxes + by * np.tile(boxes[:, 2:4] - boxes[:, :2] + 1, 2)


def scaled(pixels):
    return (np.asarray(pixels, "<f4") - 127.5) / 128


class Mtcnn:
    THRESHOLDS, SHRINK = (0.6, 0.7, 0.7), 0.709

    def __init__(self, p, r, o, least_px=40):
        self.p, self.r, self.o, self.least_px = p_net(weights_of(p)), r_net(weights_of(r)), o_net(weights_of(o)), least_px

    def pyramid(self, picture):
        """Proposals of every scale: boxes, scores."""
        scale, found = 12 / self.least_px, []
        while min(picture.size) * scale >= 12:
            small = picture.resize((int(picture.width * scale + 1), int(picture.height * scale + 1)), Image.BOX)
            scores, shifts = self.p.run(None, {"input": planes(scaled(small))})
            rows, cols = np.nonzero(scores[0, 1] >= self.THRESHOLDS[0])
            corner = np.stack([cols, rows], 1) * 2
            boxes = np.hstack([(corner + 1) / scale, (corner + 12) / scale]).astype(int).astype(float)
            scores, shifts = scores[0, 1, rows, cols], shifts[0][:, rows, cols].T
            kept = without_doubles(boxes, scores, 0.5)
            found.append((boxes[kept], scores[kept], shifts[kept]))
            scale *= self.SHRINK
        boxes, scores, shifts = (np.concatenate(it) for it in zip(*found))
        kept = without_doubles(boxes, scores, 0.7)
        boxes, shifts = boxes[kept], shifts[kept]
        return square(boxes + shifts * np.tile(boxes[:, 2:4] - boxes[:, :2], 2))

    def crops(self, picture, boxes, side):
        corners = [(max(math.trunc(a), 1) - 1, max(math.trunc(b), 1) - 1, min(math.trunc(c), picture.width), min(math.trunc(d), picture.height)) for a, b, c, d in boxes]
        cut = [picture.crop((a, b, max(c, a + 1), max(d, b + 1))).resize((side, side), Image.BOX) for a, b, c, d in corners]
        return np.concatenate([planes(scaled(it)) for it in cut])

    def find(self, picture):
        """Boxes, scores, five points."""
        boxes, nothing = self.pyramid(picture), (np.zeros((0, 4)), np.zeros(0), np.zeros((0, 5, 2)))
        if not len(boxes):
            return nothing
        scores, shifts = self.r.run(None, {"input": self.crops(picture, boxes, 24)})
        sure = scores[:, 1] > self.THRESHOLDS[1]
        boxes, scores, shifts = boxes[sure], scores[sure, 1], shifts[sure]
        if not len(boxes):
            return nothing
        kept = without_doubles(boxes, scores, 0.7)
        boxes = square(moved(boxes[kept], shifts[kept]))
        scores, shifts, points = self.o.run(None, {"input": self.crops(picture, boxes, 48)})
        sure = scores[:, 1] > self.THRESHOLDS[2]
        boxes, scores, shifts, points = boxes[sure], scores[sure, 1], shifts[sure], points[sure].reshape(-1, 2, 5).transpose(0, 2, 1)
        points = boxes[:, None, :2] + points * (boxes[:, None, 2:] - boxes[:, None, :2] + 1) - 1
        boxes = moved(boxes, shifts)
        kept = without_doubles(boxes, scores, 0.7, of_smaller=True)
        return boxes[kept], scores[kept], points[kept]
