// What may be logged of an error: its name, where it came from, and its words where they are our own.

export interface ErrorFields {
  readonly errorName: string;
  readonly errorMessage?: string;
  readonly where?: string;
}

/**
 * A vendor's error or a parser's can quote what it was given, so only the words of the language's own plain errors,
 * which is what our code throws, are kept.
 */
const ownErrors: readonly string[] = ['Error', 'TypeError', 'RangeError'];

export function describeError(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { errorName: 'NotAnError' };
  const where = firstFrame(error);
  return {
    errorName: namesOf(error).join(':'),
    ...(ownErrors.includes(error.name) ? { errorMessage: error.message } : {}),
    ...(where === undefined ? {} : { where }),
  };
}

/** The error and what caused it, by name. */
function namesOf(error: Error): string[] {
  const name = error.name.replaceAll(/[^\w.]/gu, '_');
  const { cause } = error;
  return cause instanceof Error && cause !== error
    ? [name, cause.name.replaceAll(/[^\w.]/gu, '_')]
    : [name];
}

function firstFrame(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .find((line) => /^\s+at /u.test(line))
    ?.trim();
}
