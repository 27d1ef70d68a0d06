#!/usr/bin/env node
import { requireNode } from '../config/require-node.js';

requireNode();
import('./main.ts');
