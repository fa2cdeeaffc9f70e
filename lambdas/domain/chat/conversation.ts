// A conversation: what one address was last asked, and when they last wrote.
import type { Money } from '../money/money.ts';
import type { Cart } from '../orders/cart.ts';
import type { WantedLine } from '../orders/order.ts';
import type { Address } from '../people/address.ts';
import type { PersonId } from '../people/person.ts';
import type { ProductId } from '../shops/product.ts';

/** Meta's standard messaging window, from the person's last message (Messenger Platform, messaging policy). */
export const windowMs = 24 * 60 * 60 * 1000;

/** Money asked for or offered, before it is known to whom or how much. */
export interface MoneyIntent {
  readonly purpose: 'send' | 'request';
  readonly note?: string;
}

/** The question that waits for an answer. A new command replaces it. */
export type PendingQuestion =
  | {
      readonly kind: 'which_person';
      readonly intent: MoneyIntent;
      readonly amount: Money;
      readonly choices: readonly PersonId[];
    }
  | {
      readonly kind: 'which_amount';
      readonly intent: MoneyIntent;
      readonly readings: readonly Money[];
      readonly who: string;
    }
  | {
      readonly kind: 'which_purpose';
      readonly amount: Money;
      readonly note?: string;
      readonly who: string;
    }
  | { readonly kind: 'choose_handle' }
  | { readonly kind: 'accept_terms' }
  | { readonly kind: 'confirm_deletion' }
  /** Whether a chat at a shop is theirs; the link by its fingerprint. */
  | { readonly kind: 'join_address'; readonly fingerprint: string }
  /** At a shop: which of several products was meant. */
  | {
      readonly kind: 'which_product';
      readonly said: string;
      readonly quantity: number;
      readonly choices: readonly ProductId[];
    }
  /** At a shop: the next option of a product, after those that are chosen. */
  | {
      readonly kind: 'which_choice';
      readonly productId: ProductId;
      readonly quantity: number;
      readonly chosen: readonly string[];
    }
  /** At a shop: one line was put into the cart, and words that choose may still be about it. */
  | { readonly kind: 'just_added'; readonly line: WantedLine }
  /** At a shop: its people answer now, and we keep quiet. */
  | {
      readonly kind: 'with_the_shop';
      /** We were asked back, and Messenger keeps the thread with them: only they can give it, in their inbox. */
      readonly isStuck?: true;
    };

export interface Conversation {
  readonly address: Address;
  readonly version: number;
  readonly personId?: PersonId;
  readonly lastInboundAtMs: number;
  readonly pending?: PendingQuestion;
  /** A claim code that came before first contact was finished; taken up right after. */
  readonly claimCode?: string;
  /** At a shop's Page. */
  readonly cart?: Cart;
}

export function isWindowOpen(
  conversation: Pick<Conversation, 'lastInboundAtMs'> | undefined,
  nowMs: number,
): boolean {
  return conversation !== undefined && nowMs - conversation.lastInboundAtMs < windowMs;
}
