// The SDK’s clients in a simulation: DynamoDB’s and SQS’s calls go through the engine, and fail as theirs do.
import type { Outside } from '../../../lambdas/wiring/outside.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Engine } from '../engine.ts';
import { type Fault, queueError, tableError } from '../fault.ts';

export function documentsOf(engine: Engine, cloud: Cloud): NonNullable<Outside['documents']> {
  const send = (command: { readonly input: object }) => {
    const { name, writes } = describe(command);
    // oxlint-disable-next-line typescript/no-explicit-any -- the client's overloads answer each command in its own type
    return engine.call<any>({
      to: 'tables',
      name,
      act: () => cloud.tables.execute(command),
      fail: (fault) => failTables(cloud, command, { fault, writes }),
    });
  };
  return { send };
}

function failTables(
  cloud: Cloud,
  command: { readonly input: object },
  { fault, writes }: { fault: Fault; writes: number },
): unknown {
  if (fault.kind === 'stale_index') {
    cloud.tables.staleBy = 1 + (fault.at % 4);
    const answer = cloud.tables.execute(command);
    cloud.tables.staleBy = 0;
    return answer;
  }
  if (fault.kind === 'unprocessed' && 'RequestItems' in command.input)
    return { Responses: {}, UnprocessedKeys: command.input.RequestItems };
  throw tableError(fault.kind, writes);
}

/** What a call is, in words that a fault can be aimed at. */
function describe(command: { readonly input: object }): { name: string; writes: number } {
  const kind = command.constructor.name.replace('Command', '').replace(/^_+/u, '');
  const { input } = command;
  if ('TransactItems' in input && Array.isArray(input.TransactItems)) {
    const entities = input.TransactItems.map(({ Put }) => Put?.Item?.entity ?? 'other');
    return { name: `${kind} ${entities.join('+')}`, writes: entities.length };
  }
  if ('IndexName' in input) return { name: `${kind} ${String(input.IndexName)}`, writes: 0 };
  const key = 'Key' in input ? (input.Key as { pk?: string }).pk : undefined;
  const entity = 'Item' in input ? (input.Item as { entity?: string }).entity : undefined;
  return { name: `${kind} ${entity ?? key?.split('#')[0] ?? ''}`.trim(), writes: 1 };
}

interface SqsInput {
  readonly QueueUrl: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly Entries?: readonly {
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId?: string;
    readonly MessageDeduplicationId?: string;
  }[];
}

export function sqsOf(engine: Engine, { queues }: Cloud): NonNullable<Outside['sqs']> {
  const put = ({ QueueUrl, MessageBody = '', DelaySeconds, Entries }: SqsInput) => {
    const queue = queues[QueueUrl.split('/').at(-1) as keyof typeof queues];
    for (const entry of Entries ?? [])
      queue.send({
        body: entry.MessageBody,
        group: entry.MessageGroupId,
        deduplicationId: entry.MessageDeduplicationId,
      });
    if (Entries === undefined) queue.send({ body: MessageBody, delaySeconds: DelaySeconds });
    return { Successful: (Entries ?? []).map(({ Id }) => ({ Id })) };
  };
  const send = (command: { readonly input: object }) => {
    const input = command.input as SqsInput;
    // oxlint-disable-next-line typescript/no-explicit-any -- the client's overloads answer each command in its own type
    return engine.call<any>({
      to: 'queue',
      name: `send ${input.QueueUrl.split('/').at(-1)}`,
      act: () => put(input),
      fail: ({ kind }) => {
        // Some entries of a batch may be refused alone, which is no error to the SDK.
        if (kind === 'server_error' && input.Entries !== undefined) return { Successful: [] };
        throw queueError(kind);
      },
    });
  };
  return { send };
}
