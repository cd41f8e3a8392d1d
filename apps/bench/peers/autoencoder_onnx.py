"""Writes the bench's autoencoder as an ONNX graph: `autoencoder_onnx.py FOLDER` with weights in Keras's layout."""

import sys

import numpy as np
from arrays import read_arrays
from onnx import TensorProto, helper, numpy_helper


def autoencoder(weights):
    units, features = weights["reconstruction/kernel"].shape
    timesteps = weights.pop("input").shape[1]
    constants = {"repeats": np.array([timesteps, 1, 1], np.int64), "axis": np.array([1], np.int64)}
    for path in ("encoder/0", "decoder/0"):
        # ONNX orders the gates i, o, f, c and keeps a second bias of the recurrence.
        order = [0, 3, 1, 2]
        gates = lambda w: np.concatenate([np.split(w, 4, -1)[k] for k in order], -1)
        constants[f"{path}/W"] = gates(weights[f"{path}/kernel"]).T[None]
        constants[f"{path}/R"] = gates(weights[f"{path}/recurrentKernel"]).T[None]
        constants[f"{path}/B"] = np.concatenate([gates(weights[f"{path}/bias"]), np.zeros(4 * units, np.float32)])[None]
    constants["head/kernel"] = weights["reconstruction/kernel"]
    constants["head/bias"] = weights["reconstruction/bias"]
    lstm = lambda path, x, outputs: helper.make_node(
        "LSTM", [x, f"{path}/W", f"{path}/R", f"{path}/B"], outputs, hidden_size=units
    )
    nodes = [
        helper.make_node("Transpose", ["input"], ["steps"], perm=[1, 0, 2]),
        lstm("encoder/0", "steps", ["", "latent"]),
        helper.make_node("Tile", ["latent", "repeats"], ["repeated"]),
        lstm("decoder/0", "repeated", ["directions"]),
        helper.make_node("Squeeze", ["directions", "axis"], ["decoded"]),
        helper.make_node("Transpose", ["decoded"], ["rows"], perm=[1, 0, 2]),
        helper.make_node("MatMul", ["rows", "head/kernel"], ["product"]),
        helper.make_node("Add", ["product", "head/bias"], ["output"]),
    ]
    value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", timesteps, features])
    initializers = [numpy_helper.from_array(np.ascontiguousarray(w), name) for name, w in constants.items()]
    graph = helper.make_graph(nodes, "autoencoder", [value("input")], [value("output")], initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


with open(f"{sys.argv[1]}/autoencoder.onnx", "wb") as file:
    file.write(autoencoder(read_arrays(sys.argv[1])).SerializeToString())
