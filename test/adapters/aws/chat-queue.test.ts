// Proves that events reach their queue in order and whole, and that a queue in trouble is never taken for a working one.
import { createServer } from 'node:http';
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readChatMessage } from '../../../lambdas/adapters/aws/chat-message.ts';
import { createChatQueue } from '../../../lambdas/adapters/aws/chat-queue.ts';
import { createSqsClient } from '../../../lambdas/adapters/aws/sqs-client.ts';
import { messageFrom } from '../../builders/inbound-event.ts';
import { portOf } from '../../builders/local-server.ts';

const client = new SQSClient({ region: 'eu-central-1' });
const sqs = mockClient(client);
const queueUrl = 'https://sqs.eu-central-1.amazonaws.com/1/chat.fifo';
const queue = () => createChatQueue(client, queueUrl);

const accept = (input: SendMessageBatchCommandInput) => ({
  Successful: (input.Entries ?? []).map(({ Id }) => ({
    Id,
    MessageId: `m-${Id}`,
    MD5OfMessageBody: '',
  })),
});
const batches = () =>
  sqs.commandCalls(SendMessageBatchCommand).map((call) => call.args[0].input.Entries ?? []);
const idsOf = (entries: readonly { readonly MessageBody?: string | undefined }[]) =>
  entries.map((entry) => readChatMessage(entry.MessageBody ?? '').id);

beforeEach(() => {
  sqs.reset();
  sqs.on(SendMessageBatchCommand).callsFake(accept);
});

describe('events', () => {
  test('carry the address as their group and their id, hashed, against duplicates', async () => {
    await queue().put([messageFrom('7', 'm_1'), messageFrom('8', 'm_2'), messageFrom('7', 'm_1')]);
    const [entries = []] = batches();
    expect(entries.map((entry) => entry.MessageGroupId)).toEqual(['1000:7', '1000:8', '1000:7']);
    expect(entries[0]?.MessageDeduplicationId).toMatch(/^[0-9a-f]{64}$/u);
    expect(entries[2]?.MessageDeduplicationId).toBe(entries[0]?.MessageDeduplicationId);
    expect(entries[1]?.MessageDeduplicationId).not.toBe(entries[0]?.MessageDeduplicationId);
  });

  test('that are echoes of ours have a group of their own: what waits for them may hold up the person’s', async () => {
    const echo = { kind: 'echo', outboxId: 'm_1:1', messageId: 'm_2' } as const;
    const { address, atMs } = messageFrom('7', 'm_1');
    await queue().put([messageFrom('7', 'm_1'), { ...echo, id: 'm_2', address, atMs }]);
    const [entries = []] = batches();
    expect(entries.map((entry) => entry.MessageGroupId)).toEqual(['1000:7', '1000:7:echo']);
  });

  test('come back from their message as they were', async () => {
    const event = messageFrom('7', 'm_1', 'שלום 🍕');
    await queue().put([event]);
    expect(readChatMessage(batches()[0]?.[0]?.MessageBody ?? '')).toEqual(event);
  });

  test('go ten at a time, and one person’s in the order in which they were said', async () => {
    const events = Array.from({ length: 95 }, (_, at) => messageFrom(String(at % 3), `m_${at}`));
    await queue().put(events);

    expect(batches().every((entries) => entries.length <= 10)).toBe(true);
    const said = batches().flatMap(idsOf);
    expect(new Set(said).size).toBe(95);
    for (const person of [0, 1, 2]) {
      const theirs = said.filter((id) => Number(id.slice(2)) % 3 === person);
      const inOrder = theirs.toSorted(
        (one, other) => Number(one.slice(2)) - Number(other.slice(2)),
      );
      expect(theirs).toEqual(inOrder);
    }
  });

  test('by the ten thousand are all sent', async () => {
    const events = Array.from({ length: 10_000 }, (_, at) => messageFrom(String(at), `m_${at}`));
    await queue().put(events);
    expect(new Set(batches().flatMap(idsOf)).size).toBe(10_000);
  });

  test('that are none need no queue', async () => {
    await queue().put([]);
    expect(batches()).toEqual([]);
  });
});

describe('a queue that refuses', () => {
  const refuse = (refused: readonly string[]) => (input: SendMessageBatchCommandInput) => ({
    Successful: accept(input).Successful.filter(({ Id }) => !refused.includes(Id ?? '')),
    Failed: refused.map((Id) => ({ Id, SenderFault: false, Code: 'ThrottlingException' })),
  });

  test('a part once is sent that part again', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .callsFakeOnce(refuse(['1']))
      .callsFake(accept);
    await queue().put([messageFrom('7', 'm_1'), messageFrom('8', 'm_2'), messageFrom('9', 'm_3')]);
    expect(batches().map(idsOf)).toEqual([['m_1', 'm_2', 'm_3'], ['m_2']]);
  });

  test('a part twice fails the whole, so that Meta sends it again', async () => {
    sqs.on(SendMessageBatchCommand).callsFake(refuse(['1']));
    await expect(queue().put([messageFrom('7', 'm_1'), messageFrom('8', 'm_2')])).rejects.toThrow(
      'refused 1 of 2 events',
    );
    expect(batches()).toHaveLength(2);
  });

  test('without naming an entry at all has not taken it', async () => {
    sqs.on(SendMessageBatchCommand).callsFake(() => ({}));
    await expect(queue().put([messageFrom('7', 'm_1')])).rejects.toThrow('refused 1 of 1');
  });

  test('altogether fails', async () => {
    sqs.on(SendMessageBatchCommand).rejects(new Error('ThrottlingException'));
    await expect(queue().put([messageFrom('7', 'm_1')])).rejects.toThrow('ThrottlingException');
  });
});

describe('a message that nobody of ours wrote', () => {
  test.each(['', '{}', '{"kind":"message"}', '{"id":"m","kind":"telepathy"}', 'null'])(
    '%j is not read',
    (body) => {
      expect(() => readChatMessage(body)).toThrow(/Not a message of the chat queue|JSON/u);
    },
  );
});

describe('the client', () => {
  test('gives up on a queue that never answers, well within the time that Meta waits', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const url = `http://127.0.0.1:${portOf(silent)}/1/chat.fifo`;

    const startedAt = performance.now();
    await expect(
      createChatQueue(createSqsClient(), url).put([messageFrom('7', 'm_1')]),
    ).rejects.toThrow(/timed out|timeout/iu);
    expect(performance.now() - startedAt).toBeLessThan(5000);

    silent.closeAllConnections();
    await new Promise((resolve) => {
      silent.close(resolve);
    });
  });
});
