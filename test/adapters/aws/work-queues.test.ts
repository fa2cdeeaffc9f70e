// Proves what is put on the due queue and the provider-events queue, and that only our own messages are read from them.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { readDueMessage } from '../../../lambdas/adapters/aws/due-message.ts';
import { createDueQueue } from '../../../lambdas/adapters/aws/due-queue.ts';
import { readProviderEventMessage } from '../../../lambdas/adapters/aws/provider-event-message.ts';
import { createProviderEventsQueue } from '../../../lambdas/adapters/aws/provider-events-queue.ts';

const client = new SQSClient({ region: 'eu-central-1' });
const sqs = mockClient(client);
const sent = () => sqs.commandCalls(SendMessageCommand).map((call) => call.args[0].input);

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageCommand).resolves({ MessageId: 'm' });
});

describe('the due queue', () => {
  test.each([
    [10, 10],
    [0, 0],
    [-5, 0],
    [0.2, 1],
    [900, 900],
    [604_800, 900],
  ])('%d seconds from now is a delay of %d', async (inSeconds, delay) => {
    await createDueQueue(client, 'https://sqs/due').wake('pay_abc234', inSeconds);
    expect(sent()).toMatchObject([{ QueueUrl: 'https://sqs/due', DelaySeconds: delay }]);
    expect(readDueMessage(sent()[0]?.MessageBody ?? '')).toBe('pay_abc234');
  });

  test('in trouble is told', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('unreachable'));
    await expect(createDueQueue(client, 'https://sqs/due').wake('pay_a', 1)).rejects.toThrow(
      'unreachable',
    );
  });

  test.each(['{}', '{"subject":"DROP TABLE"}', '"pay_abc"', '{"subject":5}'])(
    'reads nothing from %s',
    (body) => {
      expect(() => readDueMessage(body)).toThrow('Not a message of the due queue');
    },
  );
});

describe('the provider-events queue', () => {
  test('holds what an event is about', async () => {
    const hint = { id: 'evt_1', type: 'refund.failed', objectId: 're_1', objectType: 'refund' };
    await createProviderEventsQueue(client, 'https://sqs/events').put(hint);
    expect(readProviderEventMessage(sent()[0]?.MessageBody ?? '')).toEqual(hint);
  });

  test('in trouble is told', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('unreachable'));
    await expect(
      createProviderEventsQueue(client, 'https://sqs/events').put({ id: 'evt_1', type: 'x' }),
    ).rejects.toThrow('unreachable');
  });

  test.each(['{}', '[]', '{"id":"","type":"x"}', '{"id":"evt_1"}'])(
    'reads nothing from %s',
    (body) => {
      expect(() => readProviderEventMessage(body)).toThrow('Not a message');
    },
  );
});
