// What can be made to go wrong with the next Graph API calls, as the control door orders it.
import * as z from 'zod/mini';
import { withDefault } from '../limits/fields.ts';
import type { Durable } from '../../../durable.ts';
import type { GraphCall } from './graph-call.ts';

const endpoint = z.enum([
  'message',
  'sender_action',
  'messenger_profile',
  'subscribed_apps',
  'message_templates',
  'read',
  'any',
]);

export const sendFault = z.strictObject({
  fault: z.enum([
    'error',
    'error_500',
    'timeout_before',
    'timeout_after',
    'drop_before',
    'drop_after',
    'delay',
    'duplicate',
  ]),
  match: withDefault(
    z.strictObject({
      /** A message to a person, unless told otherwise: typing dots do not use a fault up. */
      endpoint: withDefault(endpoint, 'message'),
      psid: z.optional(z.string()),
      /** A piece of the call's parameters as JSON. */
      contains: z.optional(z.string()),
    }),
    { endpoint: 'message' },
  ),
  times: withDefault(z.int().check(z.minimum(1)), 1),
  /** Matching calls that are let through first. */
  skip: withDefault(z.int().check(z.nonnegative()), 0),
  /** For `error`. */
  code: withDefault(z.int(), 1),
  subcode: z.optional(z.int()),
  status: withDefault(z.int().check(z.minimum(400), z.maximum(599)), 400),
  message: withDefault(z.string(), 'A fault ordered through the control door'),
  /** For `delay`, in real time. */
  delayMs: withDefault(z.int().check(z.nonnegative()), 1000),
});

export type SendFault = z.infer<typeof sendFault>;

export interface SendFaults {
  add(fault: SendFault): void;
  /** The first fault that this call meets, used up by it. */
  take(call: GraphCall): SendFault | undefined;
  list(): SendFault[];
  clear(): void;
}

export function openSendFaults(durable: Durable): SendFaults {
  const faults = durable.map<SendFault>('send-faults');
  let next = faults.entries().reduce((highest, [key]) => Math.max(highest, Number(key)), 0) + 1;
  return {
    add: (fault) => faults.set(String(next++), fault),
    take(call) {
      const found = faults.entries().find(([, fault]) => meets(call, fault.match));
      if (found === undefined) return undefined;
      const [key, fault] = found;
      if (fault.skip > 0) {
        faults.set(key, { ...fault, skip: fault.skip - 1 });
        return undefined;
      }
      if (fault.times === 1) faults.delete(key);
      else faults.set(key, { ...fault, times: fault.times - 1 });
      return fault;
    },
    list: () => faults.entries().map(([, fault]) => fault),
    clear: () => faults.entries().forEach(([key]) => faults.delete(key)),
  };
}

function meets(call: GraphCall, { endpoint, psid, contains }: SendFault['match']): boolean {
  const told = JSON.stringify(call.parameters);
  return (
    (endpoint === 'any' || endpoint === endpointOf(call)) &&
    (psid === undefined || told.includes(`"${psid}"`) || call.path.includes(psid)) &&
    (contains === undefined || told.includes(contains))
  );
}

export function endpointOf({ path, parameters }: GraphCall): string {
  const edge = path[1];
  if (edge === undefined) return 'read';
  if (edge !== 'messages') return edge;
  return 'sender_action' in parameters ? 'sender_action' : 'message';
}
