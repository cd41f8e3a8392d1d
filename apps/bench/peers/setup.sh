#!/bin/sh
# Installs the libraries the bench compares with: the Python ones into apps/bench/.venv, onnxruntime-node, a package of
# 290 MB that nothing else needs, into apps/bench/.peers.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet 'torch==2.13.*' 'tensorflow-cpu==2.21.*' 'keras==3.15.*' 'onnx==1.23.*'
npm install --prefix .peers --ignore-scripts --no-audit --no-fund --silent onnxruntime-node@1.30.0
