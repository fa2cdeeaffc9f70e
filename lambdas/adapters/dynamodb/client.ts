// The one DynamoDB client of a process, with an end to every wait.
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A call takes single milliseconds; whoever waits longer than these is better off asking again. */
const connectionTimeoutMs = 1_000;
const requestTimeoutMs = 1_500;

/** The first try and two more, with the SDK's own growing pauses: well inside a function's timeout. */
const maxAttempts = 3;

/** `config` adds where the tables are, such as a local endpoint. */
export function newDocumentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Without this a request that is over its time only logs a warning.
      throwOnRequestTimeout: true,
    },
    ...config,
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
