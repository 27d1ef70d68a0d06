import { openSecrets } from '../../vault/secrets.ts';
import { waitToGo } from './run-together.ts';

/** One of several processes that start at once without secrets: `node secrets-process.ts DIRECTORY`. */
const [dataDir = ''] = process.argv.slice(2);
await waitToGo();
const { pepper, file } = openSecrets({ given: {}, development: true, dataDir });
console.log(JSON.stringify([pepper.toString('hex'), file?.isNew]));
