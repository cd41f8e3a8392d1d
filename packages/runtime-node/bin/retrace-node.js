#!/usr/bin/env node
// Not built, so that a package manager can link the command before anything is.
import '../dist/main.js';
