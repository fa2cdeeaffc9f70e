// The one place that writes and reads what buttons, quick replies, menus and m.me links carry back to us.
import { readCurrency } from '../money/currency.ts';
import type { PersonId } from '../people/person.ts';
import type { Command } from './command.ts';
import { isPaymentId, readSubjectId } from './subject-id.ts';

/** What a button may carry. Never an amount with a recipient: terms are typed and then kept by us, not in a button. */
export type ButtonCommand = Exclude<
  Command,
  { kind: 'send' | 'request' | 'block' | 'unblock' | 'report' | 'join' | 'not_understood' }
>;

/** Counts up when the form of a payload changes. Buttons live in threads for ever, so old versions stay readable. */
const version = 'v1';

/** Messenger's limit for postback and quick reply payloads, in characters. */
const longestPayload = 1000;

const refPattern = /^(claim|join)-([A-Za-z0-9_=-]{1,200})$/u;

/** "v1:cancel:pay_x", "v1:help". Throws when it is too long, which only a cursor or an answer of ours could be. */
export function writePayload(command: ButtonCommand): string {
  const detail = detailOf(command);
  const payload = [version, command.kind, ...(detail === undefined ? [] : [detail])].join(':');
  if (payload.length > longestPayload) {
    throw new RangeError(
      `A ${command.kind} payload of ${payload.length} characters fits no button`,
    );
  }
  return payload;
}

function detailOf(command: ButtonCommand): string | undefined {
  switch (command.kind) {
    case 'accept':
    case 'decline':
    case 'cancel':
    case 'undo':
    case 'remind':
      return command.id;
    case 'activity':
      return command.before;
    case 'set_currency':
      return command.currency;
    case 'choose_handle':
      return command.handle;
    case 'leave_shop':
      return command.personId;
    case 'claim':
      return command.code;
    case 'answer':
      return command.payload;
    case 'who_am_i':
    case 'limits':
    case 'help':
    case 'start':
    case 'stop':
    case 'settings':
    case 'my_shops':
    case 'delete_my_data':
    case 'yes':
    case 'no':
      return undefined;
  }
}

/** Undefined for what we did not write: another version's, another app's, or made up. */
export function readPayload(text: string): Command | undefined {
  if (text.length > longestPayload) return undefined;
  const match = /^v1:([a-z_]+)(?::(.+))?$/su.exec(text);
  if (match === null) return undefined;
  const [, kind = '', detail] = match;
  return detail === undefined ? readPlain(kind) : readDetailed(kind, detail);
}

function readPlain(kind: string): Command | undefined {
  switch (kind) {
    case 'accept':
    case 'decline':
    case 'cancel':
    case 'undo':
    case 'remind':
    case 'activity':
    case 'who_am_i':
    case 'limits':
    case 'help':
    case 'start':
    case 'stop':
    case 'settings':
    case 'my_shops':
    case 'delete_my_data':
    case 'yes':
    case 'no':
      return { kind };
    default:
      return undefined;
  }
}

function readDetailed(kind: string, detail: string): Command | undefined {
  switch (kind) {
    case 'accept':
    case 'decline':
    case 'cancel':
    case 'undo':
    case 'remind':
      return readWithId(kind, detail);
    case 'activity':
      return { kind, before: detail };
    case 'set_currency': {
      const currency = readCurrency(detail);
      return currency === undefined ? undefined : { kind, currency };
    }
    case 'choose_handle':
      return { kind, handle: detail };
    case 'leave_shop':
      return isPersonId(detail) ? { kind, personId: detail } : undefined;
    case 'claim':
      return readRef(`claim-${detail}`);
    case 'answer':
      return { kind, payload: detail };
    default:
      return undefined;
  }
}

function isPersonId(text: string): text is PersonId {
  return /^per_[A-Za-z0-9_-]{1,80}$/u.test(text);
}

function readWithId(
  kind: 'accept' | 'decline' | 'cancel' | 'undo' | 'remind',
  detail: string,
): Command | undefined {
  const id = readSubjectId(detail);
  if (id === undefined) return undefined;
  if (kind !== 'undo') return { kind, id };
  return isPaymentId(id) ? { kind, id } : undefined;
}

/** The `ref` of an m.me link that claims a payment, or joins a chat at a shop. Throws on characters that m.me drops. */
export function writeRef(code: string, what: 'claim' | 'join' = 'claim'): string {
  const ref = `${what}-${code}`;
  if (!refPattern.test(ref)) throw new RangeError(`A ${what} code has characters that m.me drops`);
  return ref;
}

/** Reads the `ref` of a referral; undefined when it is not one of ours. */
export function readRef(ref: string): Command | undefined {
  const [, what, code] = refPattern.exec(ref) ?? [];
  if (code === undefined) return undefined;
  return what === 'join' ? { kind: 'join', token: code } : { kind: 'claim', code };
}
