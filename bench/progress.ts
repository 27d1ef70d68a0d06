import { SingleBar } from 'cli-progress';

/** Says on standard error what is being measured and how long it still takes, by guess. */
export interface Progress {
  /** A section begins that takes so many seconds by guess; `left` of them follow in others. */
  begin(name: string, guess: Guess): void;
  doing(what: string): void;
  /** Takes the bar away, so that something else can be written. */
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
    },
  };
}

function lines(stream: NodeJS.WriteStream): Progress {
  let name = '';
  return {
    begin: (section, { before, total }) => {
      name = section;
      stream.write(`${name} (about ${inWords(total - before)} left)\n`);
    },
    doing: (what) => stream.write(`${name}: ${what}\n`),
    end: () => undefined,
  };
}

/** How far a run is by guess, in seconds, so long after its section began. */
export const doneOf = ({ before, section }: Guess, seconds: number): number =>
  before + Math.min(section, seconds);

const inWords = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
