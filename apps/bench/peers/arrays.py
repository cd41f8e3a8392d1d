"""The weights and the input of a problem, as the bench writes them."""

import json

import numpy as np


def read_arrays(folder):
    with open(f"{folder}/shapes.json") as file:
        shapes = json.load(file)
    return {
        name: np.fromfile(f"{folder}/{name.replace('/', '_')}.bin", np.float32).reshape(dimensions)
        for name, dimensions in shapes.items()
    }
