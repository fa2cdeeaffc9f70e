// The twin of the payment provider: a stateful one in memory that keeps its own books and can lose calls on demand.
import type {
  Found,
  FoundCharge,
  PaymentProvider,
  ProviderEvent,
  ProviderLookUp,
} from '../../domain/payments/ports.ts';
import type { Clock } from '../../domain/ports.ts';
import {
  type Books,
  createOnce,
  type MemoryIntent,
  type Movement,
  openBooks,
} from './provider-books.ts';
import { createProviderHands, type ProviderHands } from './provider-hands.ts';
import { createProviderMoney, refundAnswer } from './provider-money.ts';

export type ProviderCall =
  | Exclude<keyof PaymentProvider, 'lookUp'>
  | `lookUp.${keyof ProviderLookUp}`;

/** How a call gets lost: before the provider did it, or after. Both are `unknown` to the caller. */
export type ProviderFault = 'lost_before' | 'lost_after';

export interface MemoryProviderOptions {
  readonly clock: Clock;
  /** Asked at every call; what `failNext` ordered comes first. */
  readonly faultFor?: (call: ProviderCall) => ProviderFault | undefined;
}

export interface MemoryProvider {
  readonly provider: PaymentProvider;
  readonly hands: ProviderHands;
  failNext(call: ProviderCall, fault: ProviderFault): void;
  /** All money that really moved, oldest first. */
  movements(): readonly Movement[];
  /** What happened since the last time, as the provider's webhooks would tell it. */
  takeEvents(): ProviderEvent[];
  /** For whoever plays the banks, or compares these books with ours. */
  readonly books: Books;
}

type Lost = { readonly kind: 'unknown'; readonly why: string };
type Through = <Answer>(call: ProviderCall, act: () => Answer) => Promise<Answer | Lost>;

export function createMemoryProvider({ clock, faultFor }: MemoryProviderOptions): MemoryProvider {
  const books = openBooks(clock);
  const ordered: { readonly call: ProviderCall; readonly fault: ProviderFault }[] = [];
  const takeFault = (call: ProviderCall) => {
    const at = ordered.findIndex((order) => order.call === call);
    return at === -1 ? faultFor?.(call) : ordered.splice(at, 1)[0]?.fault;
  };
  const through: Through = async (call, act) => {
    // Another task gets its turn here, as it would while a request is on its way.
    await Promise.resolve();
    const fault = takeFault(call);
    if (fault === 'lost_before') return { kind: 'unknown', why: 'no_answer' };
    const answer = act();
    return fault === 'lost_after' ? { kind: 'unknown', why: 'no_answer' } : answer;
  };
  return {
    provider: createProvider(books, through),
    hands: createProviderHands(books),
    failNext: (call, fault) => void ordered.push({ call, fault }),
    books,
    movements: () => books.movements,
    takeEvents: () => books.events.splice(0),
  };
}

function createProvider(books: Books, through: Through): PaymentProvider {
  const money = createProviderMoney(books);
  return {
    ...createSetups(books, through),
    charge: (request) => through('charge', () => money.charge(request)),
    abandonCharge: (intentId) => through('abandonCharge', () => money.abandonCharge(intentId)),
    payOut: (request) => through('payOut', () => money.payOut(request)),
    refund: (request) => through('refund', () => money.refund(request)),
    reversePayOut: (request) => through('reversePayOut', () => money.reversePayOut(request)),
    lookUp: createLookUp(books, through),
  };
}

function createSetups(
  books: Books,
  through: Through,
): Pick<PaymentProvider, 'saveInstrument' | 'onboardRecipient'> {
  const onceCustomer = createOnce<string, string>(books.clock);
  const onceSetup = createOnce<object, string>(books.clock);
  const onceAccount = createOnce<string, string>(books.clock);
  return {
    saveInstrument: (request) =>
      through('saveInstrument', () => {
        const { personId, tryId, returnUrl } = request;
        const customerId =
          request.customerId ??
          onceCustomer(`${personId}:customer:1`, personId, () => books.newId('cus'));
        books.customers.set(customerId, personId);
        const asked = { ...request, customerId };
        const setupId = onceSetup(`${tryId}:setup:1`, asked, () => {
          const id = books.newId('cs');
          books.setups.set(id, { personId, customerId, returnUrl });
          return id;
        });
        return { kind: 'done', url: `https://provider.test/setup/${setupId}`, customerId } as const;
      }),
    onboardRecipient: (request) =>
      through('onboardRecipient', () => {
        const { personId } = request;
        const accountId =
          request.accountId ??
          onceAccount(`${personId}:recipient:1`, request.country, () => {
            const id = books.newId('acct');
            books.accounts.set(id, { personId, status: 'started', isEmptied: false });
            return id;
          });
        if (!books.accounts.has(accountId))
          return { kind: 'declined', why: 'account_gone' } as const;
        const url = `https://provider.test/onboarding/${books.newId('link')}/${accountId}`;
        return { kind: 'done', url, accountId } as const;
      }),
  };
}

function createLookUp(books: Books, through: Through): ProviderLookUp {
  return {
    charge: (id) => through('lookUp.charge', () => find(books.intents.get(id), foundCharge)),
    chargeOf: (paymentId, customerId) =>
      through('lookUp.chargeOf', () => {
        const intents = [...books.intents.values()].filter(
          (intent) => intent.paymentId === paymentId && intent.customerId === customerId,
        );
        return find(intents.at(-1), foundCharge);
      }),
    payOutOf: ({ paymentId, attempt }) =>
      through('lookUp.payOutOf', () => {
        const made = [...books.transfers.values()].find(
          (each) => each.paymentId === paymentId && each.attempt === attempt,
        );
        return find(made, ({ id: payOutId }) => ({ payOutId }));
      }),
    payOut: (id) =>
      through('lookUp.payOut', () =>
        find(books.transfers.get(id), ({ paymentId, reversalId }) => ({
          paymentId,
          isReversed: reversalId !== undefined,
        })),
      ),
    refund: (id) =>
      through('lookUp.refund', () =>
        find(books.refunds.get(id), (refund) => ({
          paymentId: refund.paymentId,
          chargeId: refund.chargeId,
          answer: refundAnswer(refund),
        })),
      ),
    dispute: (id) =>
      through('lookUp.dispute', () =>
        find(books.disputes.get(id), ({ paymentId, chargeId, status }) => ({
          paymentId,
          chargeId,
          status,
        })),
      ),
    recipient: (id) =>
      through('lookUp.recipient', () =>
        find(books.accounts.get(id), ({ personId, status }) => ({ personId, status })),
      ),
    instrument: (id) =>
      through('lookUp.instrument', () =>
        find(books.setups.get(id), ({ personId, customerId, saved }) =>
          saved === undefined ? 'not_finished' : { personId, customerId, instrument: saved },
        ),
      ),
  };
}

function foundCharge({ paymentId, total, answer }: MemoryIntent): FoundCharge {
  return { paymentId, total, answer };
}

function find<Kept, Thing>(kept: Kept | undefined, read: (kept: Kept) => Thing): Found<Thing> {
  return kept === undefined ? { kind: 'not_found' } : { kind: 'found', thing: read(kept) };
}
