// Chats that wait for a person: listed beside the orders, shown at the order of whoever waits, and given back with a button.
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import type { Order } from '../../lambdas/domain/orders/order.ts';
import {
  giveThreadBack,
  type WaitingThread,
  waitingAt,
  waitingThreads,
} from '../../lambdas/domain/shops/waiting-threads.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { ofSession, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { isNonce } from './nonce.ts';
import { moment } from './order-words.ts';

const path = '/console/orders';

type ThreadsWorld = Pick<ConsoleWorld, 'conversations' | 'people' | 'clock' | 'tokens'>;

/** Nothing where nobody waits. */
export async function threadsCard(
  world: ThreadsWorld,
  visitor: Visitor,
): Promise<Html | undefined> {
  const threads = await waitingThreads(world, visitor.shop);
  if (threads.length === 0) return undefined;
  const people = await world.people.byIds(threads.map(({ personId }) => personId));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return html`<section class="card"><h2>Waiting for a person</h2>
<p class="soft">Answer them in the inbox of your Page. Tender keeps quiet in these chats until you give them back, they write “bot”, or a day passes without a word.</p>
${threads.map((thread) => {
  const name = names.get(thread.personId) ?? 'Somebody';
  return html`<p class="title">${name} <span class="small-print">wrote last on ${moment(visitor.shop, thread.lastWroteAtMs)}</span></p>${backForm(world, visitor, thread)}`;
})}</section>`;
}

/** For the order of somebody who waits. */
export async function threadOfBuyer(
  world: ThreadsWorld,
  visitor: Visitor,
  order: Order,
): Promise<Html | undefined> {
  const thread = order.address && (await waitingAt(world, order.address));
  if (thread === undefined) return undefined;
  return html`<section class="card"><h2>${order.buyerName} waits for a person</h2>
<p>Answer in the inbox of your Page. While your inbox has the chat, Messenger may not let Tender tell the buyer of this order; what they were not told is marked below.</p>${backForm(world, visitor, thread)}</section>`;
}

function backForm(world: ThreadsWorld, visitor: Visitor, thread: WaitingThread): Html {
  const stuck = thread.isStuck
    ? html`<p class="bad">Tender tried to take this chat back, and Messenger keeps it with your inbox. Mark it as done there. So that Tender can do it, make it the default app under “Conversation routing” in the settings of your Page.</p>`
    : undefined;
  if (!mayActAs(visitor.member.role, 'staff')) return html`${stuck}`;
  return html`${stuck}<form method="post" action="/console/threads">${ofSession(visitor)}<input type="hidden" name="person" value="${thread.personId}"><input type="hidden" name="nonce" value="${world.tokens.newToken()}"><button class="quiet">Give back</button></form>`;
}

export async function giveBack(
  world: ConsoleWorld,
  request: ConsoleRequest,
  { shop }: Visitor,
): Promise<PageAnswer> {
  const pressed = request.form.get('nonce') ?? '';
  const personId = request.form.get('person') ?? '';
  const isGiven = isNonce(pressed) && (await giveThreadBack(world, shop, { personId, pressed }));
  return { kind: 'redirect', to: `${world.publicUrl}${path}?thread=${isGiven ? 'back' : 'moved'}` };
}

/** What is said on the list of orders after the button. */
export function threadSaid(word: string | undefined): { readonly said?: Said } {
  switch (word ?? '') {
    case 'back':
      return {
        said: { kind: 'good', text: 'The chat goes back to Tender, which says so to the buyer.' },
      };
    case 'moved':
      return { said: { kind: 'good', text: 'Nobody waits in that chat any more.' } };
    default:
      return {};
  }
}
