// What each happening changes in the world: one exhaustive switch, the same live and on replay.
import type { Happening, PageSent, PersonTapped, PersonWrote } from './happening.ts';
import { isIdle } from './thread-owner.ts';
import {
  type PageItem,
  type PersonItem,
  type Thread,
  type ThreadItem,
  type World,
  newThread,
  orderKey,
  threadKey,
} from './world.ts';

export function applyHappening(world: World, happening: Happening, atMs: number): void {
  switch (happening.kind) {
    case 'person_joined':
      world.people.set(happening.person.id, happening.person);
      return;
    case 'profile_set':
      world.profiles.set(happening.pageId, {
        ...world.profiles.get(happening.pageId),
        ...happening.properties,
      });
      return;
    case 'profile_cleared':
      clearProfile(world, happening);
      return;
    case 'page_subscribed':
      world.subscriptions.set(happening.pageId, happening.fields);
      return;
    case 'template_approved': {
      const { pageId, id, template } = happening;
      world.templates.set(pageId, [...(world.templates.get(pageId) ?? []), { id, template }]);
      return;
    }
    case 'event_injected':
      return;
    case 'default_app_set':
      if (happening.app === undefined) world.defaultApps.delete(happening.pageId);
      else world.defaultApps.set(happening.pageId, happening.app);
      return;
    case 'inbox_replied':
    case 'thread_moved':
    case 'person_wrote':
    case 'person_tapped':
    case 'person_opened_link':
    case 'person_reacted':
    case 'person_edited':
    case 'person_read':
    case 'person_blocked':
    case 'page_sent':
    case 'page_saw':
    case 'page_reacted':
      applyInThread(world, happening, atMs);
  }
}

type InThread = Extract<Happening, { personId: string }>;

function applyInThread(world: World, happening: InThread, atMs: number): void {
  const key = threadKey(happening.pageId, happening.personId);
  const thread = world.threads.get(key) ?? newThread(happening.pageId, happening.personId);
  world.threads.set(key, thread);
  switch (happening.kind) {
    case 'thread_moved':
      thread.owner = happening.to;
      return;
    case 'inbox_replied':
      thread.items.push(pageItem({ ...happening, message: { text: happening.text } }, atMs));
      if (world.defaultApps.has(happening.pageId)) thread.owner = 'inbox';
      return;
    case 'person_wrote':
    case 'person_tapped':
      if (isIdle(thread, atMs)) delete thread.owner;
      thread.items.push(personItem(happening, atMs));
      delete thread.pendingRef;
      thread.lastInboundAtMs = atMs;
      return;
    case 'page_sent':
      thread.items.push(pageItem(happening, atMs));
      rememberOrderNumber(world, happening);
      return;
    case 'person_opened_link':
      // A thread without a past waits for Get Started; only then does the page hear of the link.
      if (isNew(thread)) thread.pendingRef = happening.ref;
      else thread.lastInboundAtMs = atMs;
      return;
    case 'person_reacted':
      react(thread, happening.mid, {
        by: 'person',
        emoji: happening.action === 'react' ? happening.emoji : undefined,
      });
      thread.lastInboundAtMs = atMs;
      return;
    case 'page_reacted':
      react(thread, happening.mid, { by: 'page', emoji: happening.reaction });
      return;
    case 'person_edited':
      edit(findItem(thread, happening.mid), happening.text, happening.editCount);
      return;
    case 'person_read':
      thread.personReadAtMs = atMs;
      return;
    case 'person_blocked':
      thread.blocked = happening.blocked;
      return;
    case 'page_saw':
      thread.pageSawAtMs = atMs;
      return;
  }
}

/** Nothing has been said yet, so Messenger shows the welcome screen. */
export const isNew = (thread: Thread) => thread.items.length === 0;

export const findItem = (thread: Thread, mid: string): ThreadItem | undefined =>
  thread.items.findLast((item) => item.mid === mid);

function personItem(happening: PersonWrote | PersonTapped, atMs: number): PersonItem {
  const base = { from: 'person', mid: happening.mid, atMs, reactions: {}, editCount: 0 } as const;
  if (happening.kind === 'person_tapped') {
    return { ...base, text: happening.title, payload: happening.payload };
  }
  const { text, attachments, quickReplyPayload: payload, replyTo } = happening;
  return {
    ...base,
    ...(text === undefined ? {} : { text }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(payload === undefined ? {} : { payload }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

function pageItem(
  happening: Pick<PageSent, 'mid' | 'message' | 'utility' | 'replyTo'>,
  atMs: number,
): PageItem {
  const { mid, message, utility, replyTo } = happening;
  return {
    from: 'page',
    mid,
    atMs,
    message,
    reactions: {},
    ...(utility === undefined ? {} : { utility }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

function rememberOrderNumber(world: World, { pageId, message }: PageSent): void {
  const payload = message.attachment?.payload;
  if (payload !== undefined && 'order_number' in payload) {
    world.orderNumbers.add(orderKey(pageId, payload.order_number));
  }
}

function react(
  thread: Thread,
  mid: string,
  reaction: { by: 'person' | 'page'; emoji: string | undefined },
): void {
  const item = findItem(thread, mid);
  if (item === undefined) return;
  if (reaction.emoji === undefined) delete item.reactions[reaction.by];
  else item.reactions[reaction.by] = reaction.emoji;
}

function edit(item: ThreadItem | undefined, text: string, editCount: number): void {
  if (item?.from !== 'person') return;
  item.text = text;
  item.editCount = editCount;
}

function clearProfile(
  world: World,
  { pageId, fields }: Extract<Happening, { kind: 'profile_cleared' }>,
): void {
  const profile = { ...world.profiles.get(pageId) };
  for (const field of fields) delete profile[field];
  world.profiles.set(pageId, profile);
}
