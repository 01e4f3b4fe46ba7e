"""dlib's face embedder as npm's @vladmandic/face-api ships it (weights of a byte), computed in numpy."""

import json

import numpy as np
from chosen import similarity, warp

# dlib's five points, as shares of a face, with a quarter of its size around it in a picture of 150 × 150.
POINTS = [45, 42, 36, 39, 33]
SHARES = np.array([(0.85957, 0.21350), (0.64606, 0.22897), (0.12058, 0.21373), (0.33409, 0.22906), (0.49011, 0.62780)])
TEMPLATE = (SHARES + 0.25) / 1.5 * 150


def weights_of(manifest: bytes, data: bytes):
    found, at = {}, 0
    for it in (it for group in json.loads(manifest) for it in group["weights"]):
        n_values, rounded = int(np.prod(it["shape"])), it.get("quantization")
        kind = np.dtype(rounded["dtype"] if rounded else "<f4")
        values = np.frombuffer(data, kind, n_values, at).astype("f4")
        at += n_values * kind.itemsize
        found[it["name"]] = (values * rounded["scale"] + rounded["min"] if rounded else values).reshape(it["shape"])
    return found


def windows(x, side, stride):
    return np.lib.stride_tricks.sliding_window_view(x, (side, side), (0, 1))[::stride, ::stride]


class Resnet:
    def __init__(self, manifest: bytes, data: bytes):
        self.weights = weights_of(manifest, data)

    def conv(self, x, name, stride=1):
        kernel = self.weights[name + "/conv/filters"]
        side = kernel.shape[0]
        if stride == 1:
            x = np.pad(x, [(side // 2, side // 2)] * 2 + [(0, 0)])
        y = np.tensordot(windows(x, side, stride), kernel.transpose(2, 0, 1, 3), 3) + self.weights[name + "/conv/bias"]
        return y * self.weights[name + "/scale/weights"] + self.weights[name + "/scale/biases"]

    def block(self, x, name):
        return np.maximum(self.conv(np.maximum(self.conv(x, name + "/conv1"), 0), name + "/conv2") + x, 0)

    def down(self, x, name):
        y = self.conv(np.maximum(self.conv(x, name + "/conv1", 2), 0), name + "/conv2")
        pooled = windows(x, 2, 2).mean((3, 4))
        shape = [max(a, b) for a, b in zip(y.shape, pooled.shape)]
        both = np.zeros(shape, "f4")
        both[: y.shape[0], : y.shape[1]] += y
        both[: pooled.shape[0], : pooled.shape[1], : pooled.shape[2]] += pooled
        return np.maximum(both, 0)

    def vector(self, picture, points):
        pixels = np.asarray(warp(picture, similarity(points[POINTS], TEMPLATE), 150), "f4")
        x = ((pixels - np.array([122.782, 117.001, 104.298], "f4")) / 255).astype("f4")
        x = windows(np.maximum(self.conv(x, "conv32_down", 2), 0), 3, 2).max((3, 4))
        for width, n_blocks in ((32, 3), (64, 3), (128, 2), (256, 2)):
            if width > 32:
                x = self.down(x, f"conv{width}_down")
            for it in range(n_blocks):
                x = self.block(x, f"conv{width}_{it + 1}")
        return self.down(x, "conv256_down_out").mean((0, 1)) @ self.weights["fc"]
