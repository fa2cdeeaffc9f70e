// A rule that was broken.

/** Ends the run, whatever catches errors on the way. */
export class Violation extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'Violation';
  }
}
