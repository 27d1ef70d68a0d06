import { ignoreDebug } from '../../config/ignore-debug.js';
import { keepCompiled } from '../../config/keep-compiled.js';
import { requireNode } from '../../config/require-node.js';

requireNode();
ignoreDebug();
keepCompiled();
// React and Express read it when they load; development comes by dev/start.ts, which sets its own.
process.env.NODE_ENV ??= 'production';
import('./main.ts');
