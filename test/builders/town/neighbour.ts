// A neighbour: someone who chats, taps, opens our pages and the provider's, and remembers what they were told.
import type { MemoryCardName } from '../../../lambdas/adapters/memory/provider-cards.ts';
import type { InboundContent } from '../../../lambdas/domain/chat/inbound-event.ts';
import type { Reply } from '../../../lambdas/domain/chat/reply.ts';
import { isMember, type Member, type PersonId } from '../../../lambdas/domain/people/person.ts';
import { isFile, type PageAnswer } from '../../../web/page-answer.ts';
import { pageRoutes } from '../../../web/routes.ts';
import { buttonsOf, tappablesOf, textOf } from './bubbles.ts';
import type { Queues } from './queues.ts';
import type { TownProfile, TownWorld } from './town-world.ts';

export const somePin = '258013';

export interface Neighbour {
  readonly psid: string;
  says(text: string): Promise<void>;
  does(content: InboundContent, options?: { id?: string; atMs?: number }): Promise<void>;
  /** Taps the newest button or quick reply of that title. */
  taps(title: string): Promise<void>;
  /** What the newest button or quick reply of that title carries. */
  payload(title: string): string;
  /** The URL of the newest link button of that title. */
  link(title: string): string;
  /** Everything said to them, as one text a bubble, oldest first. */
  heard(): string[];
  /** What was said to them since they last looked. */
  hearsNow(): string[];
  replies(): readonly Reply[];
  id(): Promise<PersonId>;
  member(): Promise<Member>;
  /** Opens a page of ours, or submits its form; `browser` is the cookie they bring. */
  opens(url: string, browser?: string): Promise<string>;
  visits(url: string, browser?: string): Promise<PageAnswer>;
  submits(url: string, form?: Record<string, string>, browser?: string): Promise<PageAnswer>;
  /** Adds a card on the provider's page, reached from a pay page or the settings; gives where it leads back to. */
  addsCard(from: string, card: MemoryCardName): Promise<string>;
  /** Confirms the newest review card: adds the card, chooses or enters the PIN. Gives the page, or where it leads. */
  pays(options?: { card?: MemoryCardName; pin?: string }): Promise<string>;
  /** Sets up payouts from the newest link. */
  setsUpPayouts(title?: string): Promise<void>;
}

export function makeNeighbour(town: TownWorld, queues: Queues, profile: TownProfile): Neighbour {
  // Longer than a number is exact, as real ones are.
  const psid = `24${String(town.nextNumber()).padStart(15, '0')}`;
  town.profiles.set(psid, profile);
  const chatting = chattingOf(town, queues, psid);
  const visiting = visitingOf(town, psid);
  return { ...chatting, ...visiting, ...payingOf(town, queues, { ...chatting, ...visiting }) };
}

type Chatting = Pick<
  Neighbour,
  | 'psid'
  | 'says'
  | 'does'
  | 'taps'
  | 'payload'
  | 'link'
  | 'heard'
  | 'hearsNow'
  | 'replies'
  | 'id'
  | 'member'
>;

function chattingOf(town: TownWorld, queues: Queues, psid: string): Chatting {
  const { world, time } = town;
  const address = { pageId: world.settings.pageId, psid };
  let looked = 0;
  const replies = () => (town.said.get(psid) ?? []).map((request) => request.reply);
  const heard = () => replies().map(textOf);

  async function does(
    content: InboundContent,
    { id = `mid.${town.nextNumber()}`, atMs }: { id?: string; atMs?: number } = {},
  ): Promise<void> {
    // The clock ticks between two things that one person does.
    if (atMs === undefined) time.nowMs += 1;
    await queues.receive({ ...content, id, address, atMs: atMs ?? time.nowMs });
  }

  function newestTappable(title: string) {
    const found = replies()
      .flatMap(tappablesOf)
      .findLast((each) => each.title === title);
    if (found === undefined)
      throw new Error(`Nothing to tap is called ${title}: ${heard().join(' | ')}`);
    return found;
  }

  return {
    psid,
    does,
    replies,
    heard,
    hearsNow() {
      const news = heard().slice(looked);
      looked += news.length;
      return news;
    },
    says: (text) => does({ kind: 'message', text, redacted: [] }),
    payload: (title) => newestTappable(title).payload,
    async taps(title) {
      const { isQuickReply, payload } = newestTappable(title);
      await does(
        isQuickReply
          ? { kind: 'message', text: title, redacted: [], payload }
          : { kind: 'postback', payload },
      );
    },
    link(title) {
      const found = replies()
        .flatMap(buttonsOf)
        .findLast((each) => each.kind === 'link' && each.title === title);
      if (found?.kind !== 'link')
        throw new Error(`No link is called ${title}: ${heard().join(' | ')}`);
      return found.url;
    },
    async id() {
      const found = await world.people.byAddress(address);
      if (found === undefined) throw new Error('Not known yet.');
      return found.id;
    },
    async member() {
      const found = await world.people.byAddress(address);
      if (found === undefined || !isMember(found)) throw new Error('Not a member yet.');
      return found;
    },
  };
}

type Visiting = Pick<Neighbour, 'opens' | 'visits' | 'submits'>;

function visitingOf({ running: world }: TownWorld, psid: string): Visiting {
  const own = psid.padEnd(43, 'b');

  async function visit(
    method: 'GET' | 'POST',
    url: string,
    by: { form?: Record<string, string>; browser: string | undefined },
  ): Promise<PageAnswer> {
    const { pathname, searchParams } = new URL(url);
    const [, room = '', token = '', rest] = pathname.split('/');
    const path = `/${room}${token === '' ? '' : '/{token}'}${rest === undefined ? '' : `/${rest}`}`;
    const route = pageRoutes[`${method} ${path}`];
    if (route === undefined) throw new Error(`No page at ${method} ${pathname}`);
    const answer = await route(world, {
      method,
      token,
      browser: by.browser,
      query: Object.fromEntries(searchParams),
      form: new URLSearchParams(by.form),
    });
    if (isFile(answer)) throw new Error(`${pathname} is no page.`);
    return answer;
  }

  return {
    // Called without a browser it is their own; called with undefined it keeps no cookies.
    async opens(...[url, ...browser]) {
      const answer = await visit('GET', url, { browser: browser.length === 0 ? own : browser[0] });
      return answer.kind === 'page' ? answer.html : answer.to;
    },
    visits: (...[url, ...browser]) =>
      visit('GET', url, { browser: browser.length === 0 ? own : browser[0] }),
    submits: (url, form = {}, browser = own) => visit('POST', url, { form, browser }),
  };
}

type Paying = Pick<Neighbour, 'addsCard' | 'pays' | 'setsUpPayouts'>;

function payingOf(town: TownWorld, queues: Queues, self: Chatting & Visiting): Paying {
  const { hands } = town.provider;

  async function addsCard(from: string, card: MemoryCardName): Promise<string> {
    const to = await self.submits(`${from}/card`);
    if (to.kind !== 'redirect') throw new Error(`No link to add a card: ${titleOf(to.html)}`);
    const back = await self.opens(hands.saveCard(to.to, card));
    await queues.settle();
    return back;
  }

  return {
    addsCard,
    async pays({ card, pin = somePin } = {}) {
      const url = self.link('Review and pay');
      const { instruments } = await self.member();
      if (instruments.length === 0 || card !== undefined)
        await addsCard(url, card ?? 'pm_card_visa');
      const now = await self.member();
      const answer = await self.submits(url, {
        instrument: now.instruments[0]?.id ?? '',
        pin,
        newPin: pin,
        newPinAgain: pin,
      });
      await queues.settle();
      return answer.kind === 'page' ? answer.html : answer.to;
    },
    async setsUpPayouts(title = 'Get paid') {
      const url = self.link(title);
      // Asked for where they have chosen one.
      await self.submits(url, { pin: somePin });
      const { recipientAccount } = await self.member();
      if (recipientAccount === undefined) throw new Error('Onboarding did not start.');
      hands.finishOnboarding(recipientAccount.accountId);
      await self.opens(`${url}/return`);
      await queues.settle();
    },
  };
}

function titleOf(html: string): string {
  return /<title>(.*?) ·/u.exec(html)?.[1] ?? html;
}
