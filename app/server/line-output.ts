import { write, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const MOST_WAITING_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 100;

/** Lines are gathered for so long before they are written: a write for each costs more than making it. */
const GATHER_MS = 10;

export interface LineOutput {
  /** Takes a whole line, its end included. Never throws and never waits. */
  write(line: string): void;
  /** Resolves when everything taken so far is written or lost. */
  written(): Promise<void>;
  /** Writes what still waits at once, or loses it: for the end of the process. Never throws. */
  writeRest(): void;
}

/**
 * Lines into a file descriptor, in order, one write at a time. A descriptor that cannot be written (a full disk, a
 * reader that is gone) costs the lines that met it, never the process; a slow reader costs the lines beyond the
 * bound, and a line says how many. pino's own output ends the process on a full disk, and then never gets out of it.
 */
export function createLineOutput(
  descriptor: number,
  { mostWaitingBytes = MOST_WAITING_BYTES }: { readonly mostWaitingBytes?: number } = {},
): LineOutput {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let dropped = 0;
  let writing: Promise<void> | undefined;

  const takeAll = (): Buffer => {
    if (dropped > 0) waiting.push(Buffer.from(droppedLine(dropped)));
    const bytes = Buffer.concat(waiting);
    [waiting, waitingBytes, dropped] = [[], 0, 0];
    return bytes;
  };
  const writeAll = async () => {
    while (waiting.length > 0) {
      await sleep(GATHER_MS);
      await writeWhole(descriptor, takeAll());
    }
    writing = undefined;
  };
  return {
    write(line) {
      const bytes = Buffer.from(line);
      const fits = waitingBytes + bytes.length <= mostWaitingBytes;
      if (!fits) dropped += 1;
      if (!fits) return;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      writing ??= writeAll();
    },
    written: async () => writing,
    writeRest() {
      try {
        writeSync(descriptor, takeAll());
      } catch {
        // Nobody is left to be told, and nothing to tell it to.
      }
    },
  };
}

/** What cannot be written is lost: the log has no other place to say so. */
async function writeWhole(descriptor: number, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length;) {
    const went = await writeSome(descriptor, bytes, from);
    if (went === 'lost') return;
    from += went;
    if (went === 0) await sleep(RETRY_MS);
  }
}

function writeSome(descriptor: number, bytes: Buffer, from: number): Promise<number | 'lost'> {
  return new Promise((resolve) => {
    write(descriptor, bytes, from, (error, went) => {
      if (!error) return resolve(went);
      resolve(error.code === 'EAGAIN' ? 0 : 'lost');
    });
  });
}

const droppedLine = (dropped: number): string => {
  const time = new Date().toISOString();
  return `${JSON.stringify({ level: 'warn', time, dropped, msg: 'lines were lost' })}\n`;
};
