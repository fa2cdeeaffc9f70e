// The SQS client as every function uses it: short timeouts, few tries, so that a webhook is answered in time.
import { SQSClient } from '@aws-sdk/client-sqs';

/** All that the queues need of the SDK's client. */
export type SqsSender = Pick<SQSClient, 'send'>;

/**
 * Meta waits five seconds for its 200: two tries of one and a half seconds each leave room for the rest. The endpoint comes from
 * the SDK's own AWS_ENDPOINT_URL_SQS where there is one.
 */
export function createSqsClient(): SQSClient {
  return new SQSClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
  });
}
