// Everything that people can say or press at a shop's Page, as one closed list of commands.
import type { OrderId } from '../orders/order.ts';
import type { ProductId } from './product.ts';

/** One thing that somebody asked for, as folded words: which product and which choices they mean, the catalog tells. */
export interface AskedFor {
  /** Undefined where no number and no article was said: "latte". */
  readonly quantity?: number;
  readonly words: readonly string[];
}

/** Ids come from buttons; without one, "the latest that fits" is meant. */
export type ShopCommand =
  | { readonly kind: 'start' }
  | { readonly kind: 'help' }
  /** The categories. */
  | { readonly kind: 'menu' }
  /** `after` is the cursor that the last page of products gave out. */
  | { readonly kind: 'category'; readonly name: string; readonly after?: string }
  | { readonly kind: 'search'; readonly words: readonly string[]; readonly skip?: number }
  | { readonly kind: 'order'; readonly asked: readonly AskedFor[] }
  /** A product was tapped: its options are asked one by one, after those chosen by their place. */
  | {
      readonly kind: 'choose';
      readonly productId: ProductId;
      readonly quantity: number;
      /** Of the product that was shown: choices of another version are asked again. */
      readonly version: number;
      readonly chosen: readonly number[];
    }
  | { readonly kind: 'cart' }
  | { readonly kind: 'change_cart' }
  | { readonly kind: 'set_quantity'; readonly line: LineRef; readonly quantity: number }
  /** Typed; `quantity` undefined takes all of it out. */
  | { readonly kind: 'take_out'; readonly asked: AskedFor }
  | { readonly kind: 'empty_cart' }
  | { readonly kind: 'check_out' }
  /** Where is my order; `number` as it is read out. */
  | { readonly kind: 'my_orders'; readonly number?: string }
  | { readonly kind: 'reorder'; readonly orderId?: OrderId }
  | { readonly kind: 'cancel_order'; readonly orderId?: OrderId }
  | { readonly kind: 'ask_refund'; readonly orderId?: OrderId; readonly why?: string }
  | { readonly kind: 'talk_to_shop' }
  | { readonly kind: 'come_back' }
  | { readonly kind: 'hours' }
  /** How goods are handed over, and what else is chosen on our page. */
  | { readonly kind: 'handover' }
  | { readonly kind: 'console' }
  /** By an m.me link: to a product, to a bill, or to what was once either. */
  | { readonly kind: 'open_product'; readonly productId: ProductId }
  | { readonly kind: 'open_bill'; readonly token: string }
  | { readonly kind: 'open_nothing' }
  /** Makes the writer the owner, or a member of the team. */
  | { readonly kind: 'join_team'; readonly code: string }
  /** "link my wallet": the way to join this chat to an account of the wallet. */
  | { readonly kind: 'link_wallet' }
  /** What is answered to who says in the wallet that this chat is theirs; the link by its fingerprint. */
  | { readonly kind: 'confirm_join' | 'refuse_join'; readonly fingerprint: string }
  | { readonly kind: 'unlink_wallet' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'open' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'delete_my_data' }
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | ShopNotUnderstood;

/** Names one line of a cart, whatever was put in or taken out before it. */
export type LineRef = `lin_${string}`;

export interface ShopNotUnderstood {
  readonly kind: 'not_understood';
  readonly why: WhyNotAtShop;
}

export type WhyNotAtShop =
  | 'nothing_like_a_command'
  /** "order", and nothing else. */
  | 'nothing_named'
  | 'too_many'
  | 'question'
  | 'negated'
  /** Told, not asked for: "I ordered two lattes yesterday". */
  | 'statement'
  /** For another day. */
  | 'not_now'
  | 'too_long'
  | 'looks_like_card_number'
  | 'looks_like_account_number';
