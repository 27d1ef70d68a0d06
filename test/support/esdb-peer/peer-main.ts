/** The peer as a process of its own, to be killed: `peer-main.ts PORT DIRECTORY`. Says `ready` when it serves. */
import { EsdbPeer } from './peer-server.ts';

const [port, directory] = process.argv.slice(2);
if (!port || !directory) {
  console.error('usage: peer-main.ts PORT DIRECTORY');
  process.exit(64);
}

const peer = await EsdbPeer.start(directory, Number(port));
process.on('SIGTERM', () => {
  peer.stop();
  process.exit(0);
});
console.log('ready');
