// POST /{page}/messages with a message: every check that Meta makes, then the bubble in the thread.
import { checkLimits } from '../limits/check-limits.ts';
import { type MessageRequest, messageRequest } from '../limits/send-request.ts';
import type { UtilityWords } from '../record/happening.ts';
import { newMessageId } from '../record/new-id.ts';
import { findItem } from '../record/apply-happening.ts';
import { ownerOf } from '../record/thread-owner.ts';
import { type Thread, orderKey, personByPsid, threadOf } from '../record/world.ts';
import { fillTemplate } from './fill-template.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import {
  type Refusal,
  badParameter,
  noSuchPerson,
  notThreadOwner,
  personUnavailable,
} from './refusal.ts';
import { refuseByWindow } from './reply-window.ts';

export function sendMessage({ call, page }: AuthorizedCall, site: GraphSite): GraphAnswer {
  const read = checkLimits(messageRequest, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const request = read.value;
  const { world } = site.history;
  const person = personByPsid(world, page.id, request.recipient.id);
  if (person === undefined) return refused(noSuchPerson());
  const thread = threadOf(world, page.id, person.id);
  if (thread.blocked) return refused(personUnavailable());
  if (ownerOf(world, thread, site.now()) === 'inbox') return refused(notThreadOwner());
  const refusal =
    refuseByWindow(request, thread, site.now()) ?? refuseByContent(request, thread, site);
  if (refusal !== undefined) return refused(refusal);
  const utility = utilityWords(request, page.id, site);
  if (utility?.kind === 'wrong') return refused(badParameter(`(#100) ${utility.why}`));

  const mid = newMessageId();
  site.presence.stopTyping(page.id, person.id);
  site.history.append({
    kind: 'page_sent',
    pageId: page.id,
    personId: person.id,
    mid,
    message: request.message,
    messagingType: request.messaging_type,
    ...(request.reply_to === undefined ? {} : { replyTo: request.reply_to.mid }),
    ...(utility === undefined ? {} : { utility: utility.words }),
  });
  return done({ recipient_id: request.recipient.id, message_id: mid });
}

/** What depends on more than the request: earlier receipts, allowed domains, the message replied to. */
function refuseByContent(
  { message, reply_to: replyTo }: MessageRequest,
  thread: Thread,
  { history }: GraphSite,
): Refusal | undefined {
  const payload = message.attachment?.payload;
  if (payload !== undefined && 'order_number' in payload) {
    if (history.world.orderNumbers.has(orderKey(thread.pageId, payload.order_number))) {
      return badParameter(
        `(#100) Param message[attachment][payload][order_number] ${payload.order_number} was already used`,
      );
    }
  }
  if (replyTo !== undefined && findItem(thread, replyTo.mid) === undefined) {
    return badParameter('(#100) Param reply_to[mid] is not a message of this thread');
  }
  const allowed = history.world.profiles.get(thread.pageId)?.whitelisted_domains ?? [];
  const stranger = extensionUrls(message).find(
    (url) => !allowed.some((domain) => isWithin(url, domain)),
  );
  if (stranger === undefined) return undefined;
  return badParameter(`(#100) URL ${new URL(stranger).origin} is not whitelisted for this page`);
}

/** URLs of buttons that ask for Messenger Extensions, which need an allow-listed domain. */
function extensionUrls(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(extensionUrls);
  const asks = 'messenger_extensions' in value && value.messenger_extensions === true;
  return asks && 'url' in value && typeof value.url === 'string' ? [value.url, ...inner] : inner;
}

const isWithin = (url: string, domain: string) => new URL(url).host === new URL(domain).host;

type Utility =
  | { readonly kind: 'filled'; readonly words: UtilityWords }
  | { readonly kind: 'wrong'; readonly why: string }
  | undefined;

function utilityWords({ message }: MessageRequest, pageId: string, site: GraphSite): Utility {
  const sent = message.template;
  if (sent === undefined) return undefined;
  const approved = (site.history.world.templates.get(pageId) ?? []).find(
    ({ template }) => template.name === sent.name && template.language === sent.language.code,
  );
  if (approved === undefined) {
    const why = `Param message[template][name] ${sent.name} (${sent.language.code}) is not an approved template`;
    return { kind: 'wrong', why };
  }
  return fillTemplate(approved.template, sent);
}
