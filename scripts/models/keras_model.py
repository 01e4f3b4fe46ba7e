"""A Keras model in HDF5 as ONNX, and the same model computed by hand to hold the conversion against.

Knows the layers of MobileNetV2 with a head of dense layers, and stops at any other. The conversion moves weights and computes
nothing, so its bytes are the same everywhere; the reference below shares no code with it but the reading of the file.
"""

import json

import h5py
import numpy as np
from onnx_bytes import message, model, node, tensor, text, value_info


class Keras:
    def __init__(self, path):
        self.file = h5py.File(path, "r")
        self.layers = json.loads(self.file.attrs["model_config"])["config"]["layers"]

    def weights(self, layer: str):
        """By their last name: kernel, bias, gamma, …"""
        found = {}
        self.file["model_weights"][layer].visititems(
            lambda name, it: found.update({name.split("/")[-1].split(":")[0]: np.asarray(it, "<f4")}) if hasattr(it, "shape") else None
        )
        return found


def inputs_of(layer):
    return [it[0] for it in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []


def pads_of(config, before):
    """Top, left, bottom, right: what a layer before padded, or what `same` means at stride 1."""
    if config["padding"] == "valid":
        return list(before or [0, 0, 0, 0])
    if config["strides"] != [1, 1] or before:
        raise ValueError("`same` at a stride is not converted")
    top, left = (it // 2 for it in config["kernel_size"])
    return [top, left, top, left]


class Graph:
    """Nodes and weights as they are written, in the order of the layers."""

    def __init__(self):
        self.nodes, self.weights, self.padded = [], [], {}

    def weight(self, name, value):
        self.weights.append(message(5, tensor(name, value.shape, np.ascontiguousarray(value, "<f4").tobytes())))
        return name

    def add(self, kind, inputs, output, **attributes):
        self.nodes.append(node(kind, inputs, output, **attributes))

    def conv(self, name, inputs, config, kernel, group):
        before = self.padded.get(inputs[0])
        source = before[0] if before else inputs[0]
        given = [source, self.weight(name + ".kernel", kernel)]
        self.add("Conv", given, name, group=group, kernel_shape=list(kernel.shape[2:]), strides=config["strides"], pads=pads_of(config, before and before[1]))

    def dense(self, name, inputs, config, weights):
        linear = name + ".linear"
        self.add("Gemm", [inputs[0], self.weight(name + ".kernel", weights["kernel"]), self.weight(name + ".bias", weights["bias"])], linear)
        kind = {"relu": "Relu", "softmax": "Softmax"}[config["activation"]]
        self.add(kind, [linear], name, **({"axis": 1} if kind == "Softmax" else {}))


def convert_layer(graph: Graph, keras: Keras, layer):
    kind, name, config, inputs = layer["class_name"], layer["name"], layer["config"], inputs_of(layer)
    if config.get("data_format", "channels_last") != "channels_last":
        raise ValueError(f"{name}: channels first")
    weights = keras.weights(name) if name in keras.file["model_weights"] else {}
    if kind == "ZeroPadding2D":
        (top, bottom), (left, right) = config["padding"]
        graph.padded[name] = (inputs[0], [top, left, bottom, right])
    elif kind == "Conv2D":
        graph.conv(name, inputs, config, weights["kernel"].transpose(3, 2, 0, 1), 1)
    elif kind == "DepthwiseConv2D":
        kernel = weights["depthwise_kernel"].transpose(2, 3, 0, 1)
        graph.conv(name, inputs, config, kernel, kernel.shape[0])
    elif kind == "BatchNormalization":
        parts = [graph.weight(f"{name}.{it}", weights[it]) for it in ("gamma", "beta", "moving_mean", "moving_variance")]
        graph.add("BatchNormalization", [inputs[0], *parts], name, epsilon=float(config["epsilon"]))
    elif kind == "ReLU":
        limits = [graph.weight(name + ".low", np.zeros((), "<f4")), graph.weight(name + ".high", np.full((), config["max_value"], "<f4"))]
        graph.add("Clip", [inputs[0], *limits], name)
    elif kind == "Add":
        graph.add("Add", inputs, name)
    elif kind == "AveragePooling2D":
        graph.add("AveragePool", inputs, name, kernel_shape=config["pool_size"], strides=config["strides"])
    elif kind == "Flatten":
        # One pixel is left by then, so the order of channels and pixels does not matter.
        graph.add("Flatten", inputs, name, axis=1)
    elif kind == "Dropout":
        graph.add("Identity", inputs, name)
    elif kind == "Dense":
        graph.dense(name, inputs, config, weights)
    else:
        raise ValueError(f"{name}: {kind} is not converted")


def convert(path) -> bytes:
    keras, graph = Keras(path), Graph()
    first = keras.layers[0]
    _, height, width, channels = first["config"]["batch_input_shape"]
    for layer in keras.layers[1:]:
        convert_layer(graph, keras, layer)
    last = keras.layers[-1]
    shapes = [value_info(11, first["name"], [1, channels, height, width]), value_info(12, last["name"], [1, last["config"]["units"]])]
    return model("fugong", b"".join([*graph.nodes, text(2, "mask"), *graph.weights, *shapes]))


def windows(x, size, stride):
    view = np.lib.stride_tricks.sliding_window_view(x, size, axis=(0, 1))
    return view[:: stride[0], :: stride[1]]


def same_padding(x, config):
    if config["padding"] == "valid":
        return x
    return np.pad(x, [(it // 2, it // 2) for it in config["kernel_size"]] + [(0, 0)])


def compute(path, x):
    """What Keras's documentation says each layer does, in 64 bits; `x` is height × width × channels."""
    keras, values = Keras(path), {}
    for layer in keras.layers:
        kind, name, config = layer["class_name"], layer["name"], layer["config"]
        given = [values[it] for it in inputs_of(layer)]
        w = {key: value.astype(float) for key, value in (keras.weights(name) if name in keras.file["model_weights"] else {}).items()}
        if kind == "InputLayer":
            y = x.astype(float)
        elif kind == "ZeroPadding2D":
            y = np.pad(given[0], [*config["padding"], (0, 0)])
        elif kind == "Conv2D":
            y = np.einsum("hwcij,ijco->hwo", windows(same_padding(given[0], config), config["kernel_size"], config["strides"]), w["kernel"], optimize=True)
        elif kind == "DepthwiseConv2D":
            y = np.einsum("hwcij,ijcm->hwcm", windows(same_padding(given[0], config), config["kernel_size"], config["strides"]), w["depthwise_kernel"])[..., 0]
        elif kind == "BatchNormalization":
            y = (given[0] - w["moving_mean"]) / np.sqrt(w["moving_variance"] + config["epsilon"]) * w["gamma"] + w["beta"]
        elif kind == "ReLU":
            y = np.clip(given[0], 0, config["max_value"])
        elif kind == "Add":
            y = given[0] + given[1]
        elif kind == "AveragePooling2D":
            y = windows(given[0], config["pool_size"], config["strides"]).mean(axis=(3, 4))
        elif kind == "Flatten":
            y = given[0].reshape(-1)
        elif kind == "Dropout":
            y = given[0]
        elif kind == "Dense":
            linear = given[0] @ w["kernel"] + w["bias"]
            y = np.maximum(linear, 0) if config["activation"] == "relu" else np.exp(linear - linear.max()) / np.exp(linear - linear.max()).sum()
        else:
            raise ValueError(f"{name}: {kind} is not computed")
        values[name] = y
    return y
