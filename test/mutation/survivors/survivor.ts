// One mutant that lives on and why it may: no test can tell it from the code, or what it changes is no promise.
export interface Survivor {
  /** Below `lambdas/`. */
  readonly file: string;
  /** The code as it is, and what it was changed into; without the latter, whatever it is changed into. */
  readonly was: string;
  readonly becomes?: string;
  readonly why: string;
}

export const forTypes =
  'The other way cannot be gone: it is there because the compiler cannot know that.';

/** Of words in an error that only a bug of ours can throw. */
export const bugWords =
  'It says which bug it is to whoever reads the log; that it is thrown is the promise.';

export const notStored = 'What is undefined is not stored, and so it is not there when it is read.';
