// Sends one bubble through the Send API and says in our words what became of it.
import * as z from 'zod/mini';
import type { Messenger, SendOutcome, SendRequest } from '../../domain/chat/ports.ts';
import type { Address } from '../../domain/people/address.ts';
import { buildMessage, buildMetadata } from './build-message.ts';
import { classifyError } from './error-classes.ts';
import type { GraphAnswer, GraphClient } from './graph-client.ts';
import { pageInboxAppId } from './page-inbox.ts';
import { fillUtilityTemplate } from './utility-templates.ts';

const sentSchema = z.object({ message_id: z.string().check(z.minLength(1)) });

export function createMessenger(graph: GraphClient): Messenger {
  const post = async (to: Address, body: Readonly<Record<string, unknown>>) =>
    graph.call({
      method: 'POST',
      pageId: to.pageId,
      path: [to.pageId, 'messages'],
      body: { recipient: { id: to.psid }, ...body },
    });

  const respond = async ({ to, reply, outboxId }: SendRequest) => {
    const message = buildMessage(reply, outboxId);
    return toOutcome(await post(to, { messaging_type: 'RESPONSE', message }));
  };

  const notify = async ({ to, reply, outboxId }: SendRequest): Promise<SendOutcome> => {
    if (reply.utility === undefined) return { kind: 'window_closed' };
    const message = {
      template: fillUtilityTemplate(reply.utility),
      metadata: buildMetadata(outboxId),
    };
    return toOutcome(await post(to, { messaging_type: 'UTILITY', message }));
  };

  const moveThread = async (
    to: Address,
    edge: 'pass_thread_control' | 'take_thread_control',
    target: { readonly target_app_id?: string } = {},
  ): Promise<boolean> => {
    try {
      const answer = await graph.call({
        method: 'POST',
        pageId: to.pageId,
        path: [to.pageId, edge],
        body: { recipient: { id: to.psid }, ...target },
      });
      return answer.kind === 'done';
    } catch {
      // Without routing every app and the inbox see every message anyway, and all of them can answer.
      return false;
    }
  };

  /** The default app of a Page may take a thread, and must, before it may write to it. Without one nobody owns a thread. */
  const takingBack = async ({ to, reply, ...rest }: SendRequest): Promise<SendRequest> => {
    const isTaken = !reply.takesBack || (await moveThread(to, 'take_thread_control'));
    const { ifShared } = reply;
    if (isTaken || ifShared === undefined || reply.kind !== 'text') return { to, reply, ...rest };
    return { to, reply: { ...reply, text: ifShared }, ...rest };
  };

  return {
    async send(request) {
      if (!request.isWindowOpen) return notify(request);
      const { to, reply } = request;
      const outcome = await respond(await takingBack(request));
      // After the words about it: an app that has passed a thread on may not write to it any more.
      if (outcome.kind === 'sent' && reply.handsOver)
        await moveThread(to, 'pass_thread_control', { target_app_id: pageInboxAppId });
      // Meta's clock decides: the window can close between our look at it and the send.
      return outcome.kind === 'window_closed' ? notify(request) : outcome;
    },
    async typing(to) {
      try {
        await post(to, { sender_action: 'typing_on' });
      } catch {
        // Three dots that do not show harm nobody; the message that follows tells what is wrong.
      }
    },
  };
}

function toOutcome(answer: GraphAnswer): SendOutcome {
  switch (answer.kind) {
    case 'done': {
      const sent = z.safeParse(sentSchema, answer.body);
      return sent.success
        ? { kind: 'sent', messageId: sent.data.message_id }
        : { kind: 'doubtful', why: 'no_message_id' };
    }
    case 'refused':
      return classifyError(answer.error, answer.status);
    case 'not_sent':
      return answer.why === 'no_page_token'
        ? { kind: 'stopped', why: answer.why }
        : { kind: 'later', why: answer.why };
    case 'unclear':
      return { kind: 'doubtful', why: answer.why };
  }
}
