// SQS for a file of tests whose function makes its own client: every client of the process is mocked, until the file ends.
import { SQSClient } from '@aws-sdk/client-sqs';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { afterAll } from 'vitest';

/**
 * Call it where the file begins. Files share their process: a mock left behind would answer for the real queues of
 * whichever file comes next, and their messages would be gone without a word.
 */
export function mockSqs(): AwsClientStub<SQSClient> {
  const sqs = mockClient(SQSClient);
  afterAll(() => sqs.restore());
  return sqs;
}
