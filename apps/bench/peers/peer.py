"""Runs one library's LSTM autoencoder for the bench: `peer.py pytorch|keras THREADS`.

Reads a command a line from standard input and answers each by a line of JSON:

  {"do": "load", "shape": {...}, "folder": F}   weights and input from the float32 files in F
  {"do": "outputs", "file": P}                  the model's outputs for the input, written as float32
  {"do": "train" | "infer", "steps": N}         the milliseconds of each of N steps
  {"do": "memory"}                              the most bytes the process has held
"""

import json
import os
import resource
import sys
import time

library, threads = sys.argv[1], int(sys.argv[2])
os.environ.update(
    KERAS_BACKEND="tensorflow",
    TF_CPP_MIN_LOG_LEVEL="3",
    TF_NUM_INTRAOP_THREADS=str(threads),
    TF_NUM_INTEROP_THREADS="1",
    OMP_NUM_THREADS=str(threads),
)

import numpy as np
from arrays import read_arrays


class PyTorch:
    def __init__(self):
        import torch

        torch.set_num_threads(threads)
        self.torch = torch
        self.version = torch.__version__
        self.phases = ["train", "infer"]

    def load(self, shape, weights, x):
        torch, units = self.torch, shape["units"]

        def layer(path, inputs):
            lstm = torch.nn.LSTM(inputs, units, batch_first=True)
            with torch.no_grad():
                lstm.weight_ih_l0.copy_(torch.from_numpy(weights[f"{path}/kernel"].T.copy()))
                lstm.weight_hh_l0.copy_(torch.from_numpy(weights[f"{path}/recurrentKernel"].T.copy()))
                lstm.bias_ih_l0.copy_(torch.from_numpy(weights[f"{path}/bias"]))
                lstm.bias_hh_l0.zero_()
            return lstm

        self.encoder, self.decoder = layer("encoder/0", shape["features"]), layer("decoder/0", units)
        self.head = torch.nn.Linear(units, shape["features"])
        with torch.no_grad():
            self.head.weight.copy_(torch.from_numpy(weights["reconstruction/kernel"].T.copy()))
            self.head.bias.copy_(torch.from_numpy(weights["reconstruction/bias"]))
        self.x = torch.from_numpy(x)
        parameters = [p for part in (self.encoder, self.decoder, self.head) for p in part.parameters()]
        self.optimizer = torch.optim.Adam(parameters, 1e-3, eps=1e-7)

    def forward(self):
        _, (h, _) = self.encoder(self.x)
        decoded, _ = self.decoder(h[-1].unsqueeze(1).expand(-1, self.x.shape[1], -1))
        return self.head(decoded)

    def outputs(self):
        with self.torch.no_grad():
            return self.forward().numpy()

    def train(self):
        self.optimizer.zero_grad()
        self.torch.nn.functional.mse_loss(self.forward(), self.x).backward()
        self.optimizer.step()

    def infer(self):
        self.outputs()


class Keras:
    def __init__(self):
        import keras

        self.keras = keras
        self.version = keras.__version__
        self.phases = ["train", "infer"]

    def load(self, shape, weights, x):
        layers, units, timesteps, features = self.keras.layers, shape["units"], shape["timesteps"], shape["features"]
        self.model = self.keras.Sequential(
            [
                layers.Input((timesteps, features)),
                layers.LSTM(units),
                layers.RepeatVector(timesteps),
                layers.LSTM(units, return_sequences=True),
                layers.Dense(features),
            ]
        )
        names = [f"{path}/{w}" for path in ("encoder/0", "decoder/0") for w in ("kernel", "recurrentKernel", "bias")]
        self.model.set_weights([weights[n] for n in [*names, "reconstruction/kernel", "reconstruction/bias"]])
        self.model.compile(optimizer=self.keras.optimizers.Adam(1e-3), loss="mse")
        self.x = x

    def outputs(self):
        return self.model.predict_on_batch(self.x)

    def train(self):
        self.model.train_on_batch(self.x, self.x)

    def infer(self):
        self.outputs()


peer = {"pytorch": PyTorch, "keras": Keras}[library]()


def answer(value):
    print(json.dumps(value), flush=True)


def load(shape, folder):
    arrays = read_arrays(folder)
    peer.load(shape, arrays, arrays.pop("input"))
    return {}


def timed(step, steps):
    times = []
    for _ in range(steps):
        begin = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - begin))
    return {"ms": times}


answer({"version": peer.version, "phases": peer.phases})
for line in sys.stdin:
    command = json.loads(line)
    if command["do"] == "load":
        answer(load(command["shape"], command["folder"]))
    elif command["do"] == "outputs":
        np.ascontiguousarray(peer.outputs(), np.float32).tofile(command["file"])
        answer({})
    elif command["do"] == "memory":
        answer({"bytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss})
    else:
        answer(timed(getattr(peer, command["do"]), command["steps"]))
