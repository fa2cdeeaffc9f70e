// Everything that can happen in the imitated Messenger; the state is what these add up to.
import type { MessageTemplate } from '../limits/message-template.ts';
import type { MessengerProfile, ProfileField } from '../limits/messenger-profile.ts';
import type { Message, MessageRequest } from '../limits/send-request.ts';
import type { WebhookField } from '../webhooks/webhook.ts';

/** Tender's own app, or the inbox in which the people of the Page answer. */
export type ThreadOwner = 'tender' | 'inbox';

export interface Person {
  /** Also the person's PSID at `homePageId`; other pages know them by another one, as on Messenger. */
  readonly id: string;
  readonly homePageId: string;
  readonly name: string;
  readonly locale: string;
  /** Hours from UTC. */
  readonly timezone: number;
}

/** A file, picture or sticker that a person sends. */
export interface PersonAttachment {
  readonly type: string;
  readonly url: string;
  readonly stickerId?: string;
}

/** A utility template with its variables filled: what the person reads. */
export interface UtilityWords {
  readonly header?: string;
  readonly body: string;
  readonly buttons: readonly (
    | { readonly type: 'web_url'; readonly title: string; readonly url: string }
    | { readonly type: 'postback'; readonly title: string; readonly payload: string }
  )[];
}

interface InThread {
  readonly pageId: string;
  readonly personId: string;
}

export interface PersonWrote extends InThread {
  readonly kind: 'person_wrote';
  readonly mid: string;
  readonly text?: string;
  readonly quickReplyPayload?: string;
  readonly attachments?: readonly PersonAttachment[];
  readonly replyTo?: string;
}

export interface PersonTapped extends InThread {
  readonly kind: 'person_tapped';
  readonly mid: string;
  readonly title: string;
  readonly payload: string;
  /** The `ref` of the m.me link that opened the thread, on its first Get Started. */
  readonly ref?: string;
}

export interface PageSent extends InThread {
  readonly kind: 'page_sent';
  readonly mid: string;
  readonly message: Message;
  readonly messagingType: MessageRequest['messaging_type'];
  readonly replyTo?: string;
  readonly utility?: UtilityWords;
}

/** The people of the Page answer from their inbox. */
export interface InboxReplied extends InThread {
  readonly kind: 'inbox_replied';
  readonly mid: string;
  readonly text: string;
}

/** Control of a thread goes over: passed on by its owner, or taken. */
export interface ThreadMoved extends InThread {
  readonly kind: 'thread_moved';
  readonly to: ThreadOwner;
  readonly how: 'passed' | 'taken';
}

export type Happening =
  | InboxReplied
  | ThreadMoved
  | {
      readonly kind: 'default_app_set';
      readonly pageId: string;
      /** Absent: the Page does not route. */
      readonly app?: ThreadOwner;
    }
  | { readonly kind: 'person_joined'; readonly person: Person }
  | PersonWrote
  | PersonTapped
  | PageSent
  | (InThread & { readonly kind: 'person_opened_link'; readonly ref: string })
  | (InThread & {
      readonly kind: 'person_reacted';
      readonly mid: string;
      readonly reaction: string;
      readonly emoji: string;
      readonly action: 'react' | 'unreact';
    })
  | (InThread & {
      readonly kind: 'person_edited';
      readonly mid: string;
      readonly text: string;
      readonly editCount: number;
    })
  | (InThread & { readonly kind: 'person_read' })
  | (InThread & { readonly kind: 'person_blocked'; readonly blocked: boolean })
  | (InThread & { readonly kind: 'page_saw' })
  | (InThread & { readonly kind: 'page_reacted'; readonly mid: string; readonly reaction?: string })
  | {
      readonly kind: 'profile_set';
      readonly pageId: string;
      readonly properties: MessengerProfile;
    }
  | {
      readonly kind: 'profile_cleared';
      readonly pageId: string;
      readonly fields: readonly ProfileField[];
    }
  | {
      readonly kind: 'page_subscribed';
      readonly pageId: string;
      readonly fields: readonly WebhookField[];
    }
  | {
      readonly kind: 'template_approved';
      readonly pageId: string;
      readonly id: string;
      readonly template: MessageTemplate;
    }
  | {
      readonly kind: 'event_injected';
      readonly pageId: string;
      readonly field: WebhookField;
      readonly event: unknown;
    };
