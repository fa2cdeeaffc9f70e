// What the console's pages need of the world, one request to them, and what they may answer.
import type { EventQueue } from '../../lambdas/domain/chat/ports.ts';
import type { MemberId } from '../../lambdas/domain/console/passkey.ts';
import type { CanVerify } from '../../lambdas/domain/console/ports.ts';
import type { PasskeySignInOutcome } from '../../lambdas/domain/console/sign-in-with-passkey.ts';
import type { Visit } from '../../lambdas/domain/console/visit.ts';
import type { MerchantWorld } from '../../lambdas/domain/merchant-api/ports.ts';
import type { AddressBook } from '../../lambdas/domain/merchant-api/whose-address.ts';
import type { ShopMoney } from '../../lambdas/domain/orders/shop-money.ts';
import type { World } from '../../lambdas/domain/world.ts';
import type { FileAnswer, PageAnswer } from '../page-answer.ts';
import type { SentFile } from './read-form.ts';

export type ConsoleWorld = Pick<
  World,
  | 'clock'
  | 'ids'
  | 'tokens'
  | 'settings'
  | 'publicUrl'
  | 'people'
  | 'conversations'
  | 'outbox'
  | 'links'
  | 'consoleSessions'
  | 'passkeys'
  | 'shops'
  | 'products'
  | 'pictures'
  | 'stock'
  | 'orders'
  | 'savedCards'
  | 'shopProvider'
  | 'lastWord'
> &
  CanVerify &
  Pick<MerchantWorld, 'apiKeys' | 'webhookEndpoints' | 'deliveries' | 'webhookQueue'> &
  AddressBook & {
    /** Where a chat that staff give back is handed to the chat worker. */
    readonly chatQueue: EventQueue;
    readonly shopMoney: ShopMoney;
    /** Origins where the provider's own pages live; a form of ours may lead there. */
    readonly providerOrigins: readonly string[];
    /** Told of each passkey that signed nobody in. */
    readonly onPasskeyRefused: (refusal: {
      readonly why: Exclude<PasskeySignInOutcome['kind'], 'signed_in'>;
      readonly memberId?: MemberId;
    }) => void;
  };

export interface ConsoleRequest {
  readonly method: 'GET' | 'POST';
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly form: URLSearchParams;
  /** What was chosen in the inputs for files, by their names. */
  readonly files: ReadonlyMap<string, SentFile>;
  /** The form arrived to its end; what came of a broken one may be shown again, and is never acted on. */
  readonly isWhole: boolean;
  /** The session's token in the cookie, if it has the shape of one. */
  readonly session: string | undefined;
  /** The browser's mark, to which a sign-in link is tied. */
  readonly browser: string | undefined;
  /** Whether the browser says that a page of ours sent it. */
  readonly isFromOurPages: boolean;
  /** What the browser has already, by its tag. */
  readonly knownTag: string | undefined;
}

export type ConsoleAnswer = PageAnswer | FileAnswer;

/** Somebody who is signed in, and the token that each of their forms carries. */
export interface Visitor extends Visit {
  readonly formToken: string;
}
