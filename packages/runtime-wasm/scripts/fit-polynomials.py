"""Fits the polynomials of assembly/constants.ts and prints their coefficients with their largest relative errors.

Run with numpy 2: python3 scripts/fit-polynomials.py. Lawson's iteration: least squares, reweighted by the error until
the largest errors are level; for the ratio the denominator of the last round divides the residual (Sanathanan and
Koerner).
"""

import numpy as np

ROUNDS = 500


def exponential(degree=5):
    """e^r on |r| <= ln 2 / 2 with constant term 1; the coefficients of the powers from 1 on."""
    r = np.log(2) / 2 * np.cos(np.linspace(0, np.pi, 4001))
    r = r[np.abs(r) > 1e-9]
    exact, weights, best = np.exp(r), np.ones_like(r), (np.inf, None)
    powers = np.stack([r**k for k in range(1, degree + 1)], 1)
    for _ in range(ROUNDS):
        scale = np.sqrt(weights) / exact
        c, *_ = np.linalg.lstsq(powers * scale[:, None], (exact - 1) * scale, rcond=None)
        error = np.abs((1 + powers @ c) / exact - 1)
        best = min(best, (error.max(), c), key=lambda pair: pair[0])
        weights = weights * (error + 0.1 * error.max())
        weights /= weights.mean()
    return best


def tangent(limit=9.02, degree=4):
    """tanh x / x as a ratio of polynomials of x^2 on |x| <= limit, both 1 at 0 but for rounding."""
    x = (limit * (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, 4001))))[1:]
    exact, s = np.tanh(x) / x, (x / limit) ** 2
    above = np.stack([s**k for k in range(degree + 1)], 1)
    below = np.stack([s**k for k in range(1, degree + 1)], 1)
    weights, denominator, best = np.ones_like(s), np.ones_like(s), (np.inf, None, None)
    for _ in range(ROUNDS):
        scale = np.sqrt(weights) / (denominator * exact)
        system = np.concatenate([above, -exact[:, None] * below], 1) * scale[:, None]
        c, *_ = np.linalg.lstsq(system, exact * scale, rcond=None)
        p, q = c[: degree + 1], c[degree + 1 :]
        denominator = 1 + below @ q
        error = np.abs(above @ p / denominator / exact - 1)
        best = min(best, (error.max(), p, q), key=lambda triple: triple[0])
        weights = weights * (error + 0.1 * error.max())
        weights /= weights.mean()
    error, p, q = best
    unscale = lambda c, first: [v / limit ** (2 * (k + first)) for k, v in enumerate(c)]
    return error, unscale(p, 0), unscale(q, 1)


single = lambda values: [float(np.float32(v)) for v in values]
error, c = exponential()
print("exp", error, single(c))
error, p, q = tangent()
print("tanh above", error, single(p))
print("tanh below", single(q))
