// An error that SQS answers with, in the form of its JSON protocol.

export class SqsError extends Error {
  readonly code: string;
  /** The code of the older query protocol, under which the SDK also reports it. */
  readonly queryCode: string;

  constructor(code: string, message: string, queryCode = code) {
    super(message);
    this.name = 'SqsError';
    this.code = code;
    this.queryCode = queryCode;
  }
}

export const missingParameter = (name: string) =>
  new SqsError(
    'MissingRequiredParameterException',
    `The request must contain the parameter ${name}.`,
    'MissingParameter',
  );

export const invalidParameter = (message: string) =>
  new SqsError('InvalidParameterValueException', message, 'InvalidParameterValue');

export const batchError = (code: string, message: string) =>
  new SqsError(code, message, `AWS.SimpleQueueService.${code}`);
