#!/usr/bin/env node
import { keepCompiled } from '../config/keep-compiled.js';
import { requireNode } from '../config/require-node.js';

requireNode();
keepCompiled();
import('./main.ts');
