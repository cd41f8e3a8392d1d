"""Times what src/data/window-tasks.ts does with numpy: `windows.py ROWS FEATURES LOOKBACK BATCH AGGREGATED`.

Prints a line of JSON: numpy's version and the milliseconds of each task, the median of some runs. Each task is done in the
fastest of the ways that numpy has for it here.
"""

import json
import sys
import time

import numpy as np

rows, features, lookback, batch, aggregated = map(int, sys.argv[1:])
double = np.sin(np.arange(rows * features, dtype=np.float64)).reshape(rows, features)
single = double.astype(np.float32)
indices = np.arange(batch) * 7919 % (rows - lookback + 1)
into = np.empty((batch, lookback, features), np.float32)
center, spread = double.mean(axis=0), double.std(axis=0)


def gather(values):
    view = np.lib.stride_tricks.sliding_window_view(values, lookback, axis=0)
    into[...] = view[indices].transpose(0, 2, 1)


def scale():
    view = np.lib.stride_tricks.sliding_window_view(double, lookback, axis=0)
    into[...] = (view[indices].transpose(0, 2, 1) - center) / spread


few = single[: aggregated + lookback - 1]
windows = np.ascontiguousarray(
    np.lib.stride_tricks.sliding_window_view(few, lookback, axis=0).transpose(0, 2, 1)
)


def mean():
    sums, coverage = np.zeros(few.shape), np.zeros(len(few))
    for step in range(lookback):
        sums[step : step + aggregated] += windows[:, step]
        coverage[step : step + aggregated] += 1
    return sums / coverage[:, None]


def median():
    laid = np.full((len(few), lookback, features), np.nan, np.float32)
    for step in range(lookback):
        laid[step : step + aggregated, step] = windows[:, step]
    return np.nanmedian(laid, axis=1)


def milliseconds(task, runs):
    taken = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        task()
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.median(taken[1:]))


print(
    json.dumps(
        {
            "version": np.__version__,
            "gather": milliseconds(lambda: gather(single), 50),
            "round": milliseconds(lambda: gather(double), 50),
            "scale": milliseconds(scale, 20),
            "mean": milliseconds(mean, 10),
            "median": milliseconds(median, 1),
            "copy": milliseconds(lambda: np.copyto(into, into.copy()), 50),
        }
    )
)
