import { SingleBar } from 'cli-progress';

/** Says on standard error what is being measured and how long it still takes, by guess. */
export interface Progress {
  begin(name: string, guess: Guess): void;
  doing(what: string): void;
  /** Takes the bar away, so that something else can be written, and says how long the section took. */
  end(): void;
}

/** In seconds. */
export interface Guess {
  readonly before: number;
  readonly section: number;
  readonly total: number;
}

/** A bar where somebody is watching, and lines otherwise. */
export const progressOn = (stream: NodeJS.WriteStream): Progress =>
  stream.isTTY ? bar(stream) : lines(stream);

/** Moves with the clock, never past what a section was said to take. */
function bar(stream: NodeJS.WriteStream): Progress {
  const drawn = new SingleBar({
    stream,
    format: '[{bar}] {percentage}% | about {left} left | {doing}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  let began = 0;
  let name = '';
  let guess: Guess = { before: 0, section: 0, total: 1 };
  let ticking: NodeJS.Timeout | undefined;
  const tick = () => {
    const done = doneOf(guess, (performance.now() - began) / 1_000);
    drawn.update(done, { left: inWords(guess.total - done) });
  };
  return {
    begin: (section, guessed) => {
      [name, guess, began] = [section, guessed, performance.now()];
      const left = inWords(guess.total - guess.before);
      drawn.start(guess.total, guess.before, { left, doing: name });
      ticking = setInterval(tick, 1_000);
      ticking.unref();
    },
    doing: (what) => drawn.update({ doing: `${name}: ${what}` }),
    end: () => {
      clearInterval(ticking);
      drawn.stop();
      stream.write(tookSince(name, began));
    },
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  let [name, began] = ['', 0];
  return {
    begin: (section, { before, total }) => {
      [name, began] = [section, performance.now()];
      stream.write(`${name} (about ${inWords(total - before)} left)\n`);
    },
    doing: (what) => stream.write(`${name}: ${what}\n`),
    end: () => stream.write(tookSince(name, began)),
  };
}

/** How far a run is by guess, in seconds, so long after its section began. */
export const doneOf = ({ before, section }: Guess, seconds: number): number =>
  before + Math.min(section, seconds);

const tookSince = (name: string, began: number): string =>
  `${name}: ${inWords((performance.now() - began) / 1_000)}\n`;

const inWords = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
