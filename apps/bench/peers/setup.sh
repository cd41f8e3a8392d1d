#!/bin/sh
# Installs the Python libraries the bench compares with into apps/bench/.venv.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet 'torch==2.13.*' 'tensorflow-cpu==2.21.*' 'keras==3.15.*' 'onnx==1.23.*' 'onnxruntime==1.30.*'
