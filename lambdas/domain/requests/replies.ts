// What the thread says about requests.
import { writePayload } from '../chat/payloads.ts';
import { type Button, type Card, type Reply, say } from '../chat/reply.ts';
import { formatForTemplate } from '../money/format-money.ts';
import { type Person, shortName, shortNameAndHandle } from '../people/person.ts';
import { amountFor, dayWords, forNote } from '../payments/words.ts';
import type { MoneyRequest, RequestEntry, RequestState } from './money-request.ts';

export const requestStateWords: Record<RequestState, string> = {
  open: 'waiting for an answer',
  paying: 'being paid',
  paid: 'paid',
  declined: 'declined',
  cancelled: 'withdrawn',
  expired: 'run out',
};

export function asked(request: MoneyRequest, asker: Person, payer: Person): Reply {
  const text = `Asked ${shortName(payer)} for ${amountFor(asker, request.amount)}${forNote(request.note)}. They have until ${dayWords(asker, request.expiresAtMs)}. We tell you what they say.`;
  return {
    kind: 'buttons',
    text,
    buttons: [action('Remind', request, 'remind'), action('Withdraw', request, 'cancel')],
  };
}

export const nothingToAnswer = say(
  'There is no open request. Write “activity” to see your payments.',
);

export const cannotAsk = say('You cannot ask this person for money here.');

export function cannotAnswer(request: MoneyRequest): Reply {
  return say(`That request is ${requestStateWords[request.state]}.`);
}

export const reminderTooSoon = say('They were reminded already. One reminder a day is enough.');

export function requestCard(
  request: MoneyRequest,
  reader: Person,
  other: Person | undefined,
): Card {
  const isAsker = request.askerId === reader.id;
  const name = other === undefined ? 'someone' : shortName(other);
  return {
    title: isAsker
      ? `${amountFor(reader, request.amount)} asked of ${name}`
      : `${name} asks for ${amountFor(reader, request.amount)}`,
    subtitle: `${dayWords(reader, request.createdAtMs)} · ${requestStateWords[request.state]}${request.note === undefined ? '' : ` · ${request.note}`}`,
    buttons: request.state === 'open' ? buttonsFor(request, isAsker) : [],
  };
}

function buttonsFor(request: MoneyRequest, isAsker: boolean): Button[] {
  return isAsker
    ? [action('Remind', request, 'remind'), action('Withdraw', request, 'cancel')]
    : [action('Pay', request, 'accept'), action('Decline', request, 'decline')];
}

/** What each side is told after a step; whoever took it in the thread was answered there. */
export function requestAnnouncements(
  entry: RequestEntry,
  request: MoneyRequest,
  people: { readonly asker: Person; readonly payer: Person },
): { readonly toAsker: readonly Reply[]; readonly toPayer: readonly Reply[] } {
  const { asker, payer } = people;
  const told = (text: string): Reply => ({ ...say(text), utility: utilityOf(request) });
  const amount = amountFor(asker, request.amount);
  switch (entry.step) {
    case 'asked':
      return {
        toAsker: [],
        toPayer: [
          askFor(
            request,
            people,
            `${shortNameAndHandle(asker)} asks you for ${amountFor(payer, request.amount)}${forNote(request.note)}.`,
          ),
        ],
      };
    case 'reminded':
      return {
        toAsker: [],
        toPayer: [
          askFor(
            request,
            people,
            `${shortName(asker)} still waits for your answer about ${amountFor(payer, request.amount)}${forNote(request.note)}.`,
          ),
        ],
      };
    case 'fulfilled':
      return {
        toAsker: [told(`${shortName(payer)} paid your request for ${amount}.`)],
        toPayer: [],
      };
    case 'declined':
      return {
        toAsker: [told(`${shortName(payer)} declined your request for ${amount}.`)],
        toPayer: [],
      };
    case 'withdrawn':
      return {
        toAsker: [],
        toPayer: [
          told(`${shortName(asker)} withdrew the request for ${amountFor(payer, request.amount)}.`),
        ],
      };
    case 'expired':
      return {
        toAsker: [told(`Your request to ${shortName(payer)} for ${amount} has run out.`)],
        toPayer: [],
      };
    case 'accepted':
    case 'reopened':
      return { toAsker: [], toPayer: [] };
  }
}

function askFor(request: MoneyRequest, { payer }: { readonly payer: Person }, text: string): Reply {
  return {
    kind: 'buttons',
    text: `${text} It is yours to decide, until ${dayWords(payer, request.expiresAtMs)}.`,
    buttons: [...buttonsFor(request, false)],
    utility: utilityOf(request),
  };
}

function utilityOf(request: MoneyRequest) {
  return {
    name: 'request_update',
    parameters: [formatForTemplate(request.amount), requestStateWords[request.state]],
  } as const;
}

function action(
  title: string,
  request: MoneyRequest,
  kind: 'remind' | 'cancel' | 'accept' | 'decline',
): Button {
  return { kind: 'action', title, payload: writePayload({ kind, id: request.id }) };
}
