// What can arrive from a thread, in our words. Text in it is already redacted (privacy/redact.ts).
import type { Address } from '../people/address.ts';
import type { SecretKind } from '../privacy/redact.ts';

export interface InboundEnvelope {
  /** The same event has the same id however often it is delivered: the mid, or a rule of the vendor's sheet. */
  readonly id: string;
  readonly address: Address;
  readonly atMs: number;
}

export type InboundEvent = InboundEnvelope & InboundContent;

export type InboundContent =
  | {
      readonly kind: 'message';
      readonly text: string;
      /** What the text seemed to hold and was taken out of it before anything was stored. */
      readonly redacted: readonly SecretKind[];
      /** The payload of the quick reply that was tapped. */
      readonly payload?: string;
      readonly ref?: string;
      /** Overheard: the people of the Page have the thread, and this was said to them. */
      readonly isStandby?: true;
    }
  | { readonly kind: 'attachment' }
  | { readonly kind: 'postback'; readonly payload: string; readonly ref?: string }
  | { readonly kind: 'referral'; readonly ref: string }
  /** Our own message coming back: `outboxId` is what we put into its metadata. */
  | { readonly kind: 'echo'; readonly outboxId?: string; readonly messageId: string }
  /** Not from the thread but from us: a bubble that waits to be said again. */
  | { readonly kind: 'unsent'; readonly outboxId: string }
  /** The people of the Page have taken the thread, in their inbox. */
  | { readonly kind: 'taken_over' }
  /** They give it back: in their inbox, which has moved the thread by then, or in our console, which has not. */
  | { readonly kind: 'handed_back'; readonly by: 'inbox' | 'console' }
  | { readonly kind: 'edit' }
  | { readonly kind: 'reaction' }
  | { readonly kind: 'delivered'; readonly watermarkMs: number }
  | { readonly kind: 'read'; readonly watermarkMs: number }
  | { readonly kind: 'opt_out' }
  /** The page, not a person, was warned or blocked by the platform; `address.psid` is empty. */
  | { readonly kind: 'policy'; readonly action: string; readonly reason?: string };
