/** Letters from several senders for one reader, in the order in which they were put. */
export class Mailbox<Letter> {
  #letters: Letter[] = [];
  #wake: (() => void) | undefined;

  get size(): number {
    return this.#letters.length;
  }

  put(letter: Letter): void {
    this.#letters.push(letter);
    this.#wake?.();
  }

  async take(): Promise<Letter> {
    for (;;) {
      const letter = this.#letters.shift();
      if (letter !== undefined) return letter;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
