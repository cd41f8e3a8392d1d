"""Makes keras.json: the published toy experiments trained by Keras itself, once a seed.

Run: RETRACE_DATA=... python keras_seeds.py [experiment ...]  (needs keras 3 with the tensorflow backend; all of them
take half an hour). Results of experiments that are not named are kept. The two-feature rows are read from RETRACE_DATA.
"""

import csv
import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

RAMP = (np.arange(1, 10) / 10).reshape(1, 9, 1)
CURVE = np.stack([np.arange(1, 10) / 10, (np.arange(1, 10) / 10) ** 3], axis=1)
# The windows that `temporalize` makes of CURVE: rows 2 to 4, 3 to 5, …, 6 to 8.
WINDOWS = np.stack([CURVE[first : first + 3] for first in range(2, 7)])
SEEN = np.array([[[1, 0.7], [2, 0.86], [2.9, 0.85], [4.1, 0.64], [5, 0.89]]])
UNSEEN = np.array([[[1, 0.74], [6, 0.6], [7, 0.96], [8, 0.42], [5, 0.85]]])


def largest_error(actual, expected):
    return float(np.max(np.abs(actual - expected)))


def decoder(x, steps, units, activation):
    x = layers.RepeatVector(steps)(x)
    x = layers.LSTM(units, activation=activation, return_sequences=True)(x)
    return layers.TimeDistributed(layers.Dense(1))(x)


def ramp(*targets):
    """One relu encoder of 100 units and a decoder for each target."""
    x = keras.Input((9, 1))
    latent = layers.LSTM(100, activation="relu")(x)
    model = keras.Model(x, [decoder(latent, target.shape[1], 100, "relu") for target in targets])
    model.compile(optimizer="adam", loss=["mse"] * len(targets))
    model.fit(RAMP, list(targets), epochs=300, verbose=0)
    outputs = model.predict(RAMP, verbose=0)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    return [largest_error(output, target) for output, target in zip(outputs, targets)]


def reconstruct():
    return {"error": ramp(RAMP)[0]}


def predict():
    return {"error": ramp(RAMP[:, 1:])[0]}


def composite():
    reconstruction, prediction = ramp(RAMP, RAMP[:, 1:])
    return {"reconstruction": reconstruction, "prediction": prediction}


def stack(bottleneck):
    model = keras.Sequential([keras.Input((3, 2)), layers.LSTM(128, activation="relu", return_sequences=True)])
    model.add(layers.LSTM(64, activation="relu", return_sequences=not bottleneck))
    if bottleneck:
        model.add(layers.RepeatVector(3))
    model.add(layers.LSTM(64, activation="relu", return_sequences=True))
    model.add(layers.LSTM(128, activation="relu", return_sequences=True))
    model.add(layers.TimeDistributed(layers.Dense(2)))
    model.compile(optimizer="adam", loss="mse")
    model.fit(WINDOWS, WINDOWS, epochs=300, batch_size=5, verbose=0)
    error = largest_error(model.predict(WINDOWS, verbose=0), WINDOWS)
    return {"error": error, "parameters": model.count_params()}


def stacked():
    return stack(True)


def sequence():
    return stack(False)


def two_features():
    with open(pathlib.Path(os.environ["RETRACE_DATA"]) / "seed-2d-lstm" / "Sample.csv") as file:
        rows = np.array([[float(row["Class"]), float(row["Confidence"])] for row in csv.DictReader(file)])
    windows = np.stack([rows[first : first + 5] for first in range(len(rows) - 5)])
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            layers.LSTM(128),
            layers.Dropout(0.2),
            layers.RepeatVector(5),
            layers.LSTM(128, return_sequences=True),
            layers.Dropout(0.2),
            layers.TimeDistributed(layers.Dense(2)),
        ]
    )
    model.compile(optimizer="adam", loss="mae")
    stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3)
    history = model.fit(
        windows, windows, epochs=100, validation_split=0.1, shuffle=False, callbacks=[stopping], verbose=0
    ).history
    seen, unseen = (
        float(np.mean((model.predict(probe, verbose=0) - probe) ** 2)) for probe in (SEEN, UNSEEN)
    )
    return {"epochs": len(history["loss"]), "seen": seen, "unseen": unseen, "ratio": unseen / seen}


class LatentTarget(keras.Model):
    """Dense layers that learn what the encoder puts out, by a loss added in the call."""

    def __init__(self, stop_gradient):
        super().__init__()
        self.encoder = layers.LSTM(100)
        self.hidden = [layers.Dense(units, activation="relu") for units in (64, 32, 64)]
        self.output_layer = layers.Dense(100)
        self.stop_gradient = stop_gradient

    def call(self, x):
        target = self.encoder(x)
        h = target
        for layer in self.hidden:
            h = layer(h)
        output = self.output_layer(h)
        fixed = keras.ops.stop_gradient(target) if self.stop_gradient else target
        self.add_loss(keras.ops.mean(keras.ops.square(output - fixed)))
        return output


def latent_target():
    result = {}
    for name, windows in (("one", RAMP), ("hundred", np.random.default_rng(0).random((100, 9, 1)))):
        for stop_gradient in (False, True):
            model = LatentTarget(stop_gradient)
            model.compile(optimizer="adam")
            before = spread(model.encoder(windows).numpy())
            losses = model.fit(windows, epochs=100, batch_size=100, shuffle=False, verbose=0).history["loss"]
            key = f"{name}{'Stopped' if stop_gradient else ''}"
            result[f"{key}Falls"] = int(np.sum(np.diff(losses[:11]) < 0))
            result[f"{key}Spread"] = spread(model.encoder(windows).numpy()) / before
    return result


def spread(latent):
    """The variance across windows, or of the one window across units."""
    return float(np.mean(np.var(latent, axis=0))) if len(latent) > 1 else float(np.var(latent))


experiments = [(reconstruct, 20), (predict, 20), (composite, 20), (stacked, 20), (sequence, 20), (latent_target, 5), (two_features, 40)]

path = pathlib.Path(__file__).with_name("keras.json")
results = json.loads(path.read_text())["results"] if path.exists() else {}
for experiment, seeds in experiments:
    if sys.argv[1:] and experiment.__name__ not in sys.argv[1:]:
        continue
    runs = []
    for seed in range(1, seeds + 1):
        keras.backend.clear_session()
        keras.utils.set_random_seed(seed)
        runs.append(experiment())
    results[experiment.__name__] = {key: [float(f"{run[key]:.6g}") for run in runs] for key in runs[0]}
    print(experiment.__name__, {key: float(np.median(values)) for key, values in results[experiment.__name__].items()}, flush=True)
    versions = {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}
    path.write_text(json.dumps({"source": "keras_seeds.py", "versions": versions, "results": results}, indent=1))
