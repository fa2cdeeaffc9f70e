// What Lambda sends to the failure destination of a stream: where the records lie, not the records themselves.
import type { InvocationResult, LambdaFunction } from '../lambda/lambda-function.ts';
import type { StreamRecord } from './stream-record.ts';

export interface Failure {
  records: StreamRecord[];
  result: InvocationResult;
  attempts: number;
  shardId: string;
  streamArn: string;
  lambda: LambdaFunction;
  nowMs: number;
}

export function toFailureRecord(failure: Failure): object {
  const { records, result } = failure;
  const first = records.at(0);
  const last = records.at(-1);
  const iso = (ms: number | undefined) => new Date(ms ?? failure.nowMs).toISOString();
  return {
    requestContext: {
      requestId: result.requestId,
      functionArn: `${failure.lambda.spec.arn}:$LATEST`,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: failure.attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: result.kind === 'failed' ? 'Unhandled' : null,
    },
    version: '1.0',
    timestamp: iso(failure.nowMs),
    DDBStreamBatchInfo: {
      shardId: failure.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: iso(first?.createdAtMs),
      approximateArrivalOfLastRecord: iso(last?.createdAtMs),
      batchSize: records.length,
      streamArn: failure.streamArn,
    },
  };
}
