// Turns what we say into Messenger's own bubbles: text, quick replies, and the button, generic and receipt templates.
import type { Button, Card, QuickReply, ReplyContent } from '../../domain/chat/reply.ts';
import { buildImage } from './build-image.ts';
import { buildReceipt, type ReceiptPayload } from './build-receipt.ts';
import {
  allOf,
  type AtMost,
  cutLine,
  cutLines,
  firstOf,
  limits,
  type Text,
  whole,
} from './messenger-limits.ts';

type Payload = Text<typeof limits.payload>;

interface MessengerQuickReply {
  readonly content_type: 'text';
  readonly title: Text<typeof limits.quickReplyTitle>;
  readonly payload: Payload;
}

type MessengerButton =
  | {
      readonly type: 'web_url';
      readonly title: Text<typeof limits.buttonTitle>;
      readonly url: Text<typeof limits.url>;
      /** A page about money shows its button without scrolling. */
      readonly webview_height_ratio: 'full';
      /** Our links are keys: Messenger offers no button to pass them on. */
      readonly webview_share_button: 'hide';
    }
  | {
      readonly type: 'postback';
      readonly title: Text<typeof limits.buttonTitle>;
      readonly payload: Payload;
    };

type Buttons = AtMost<typeof limits.buttons, MessengerButton>;

interface GenericElement {
  readonly title: Text<typeof limits.cardTitle>;
  readonly subtitle?: Text<typeof limits.cardSubtitle>;
  readonly image_url?: Text<typeof limits.url>;
  readonly buttons?: Buttons;
}

type TemplatePayload =
  | {
      readonly template_type: 'button';
      readonly text: Text<typeof limits.buttonsText>;
      readonly buttons: Buttons;
    }
  | {
      readonly template_type: 'generic';
      readonly elements: AtMost<typeof limits.cards, GenericElement>;
    }
  | ReceiptPayload;

export type MessengerMessage = {
  readonly metadata: Text<typeof limits.metadata>;
} & (
  | {
      readonly text: Text<typeof limits.text>;
      readonly quick_replies?: AtMost<typeof limits.quickReplies, MessengerQuickReply>;
    }
  | { readonly attachment: { readonly type: 'template'; readonly payload: TemplatePayload } }
);

/** Throws for what is a bug of ours: a payload or link that is too long, too many buttons. Words are cut. */
export function buildMessage(reply: ReplyContent, outboxId: string): MessengerMessage {
  const metadata = buildMetadata(outboxId);
  switch (reply.kind) {
    case 'text':
      return { metadata, ...buildText(reply.text, reply.quickReplies ?? []) };
    case 'buttons':
      return reply.buttons.length === 0
        ? { metadata, ...buildText(reply.text, []) }
        : { metadata, ...template(buildButtons(reply.text, reply.buttons)) };
    case 'cards':
      return { metadata, ...template(buildCards(reply.cards)) };
    case 'receipt':
      return { metadata, ...template(buildReceipt(reply.receipt)) };
  }
}

export function buildMetadata(outboxId: string): Text<typeof limits.metadata> {
  return whole(outboxId, limits.metadata, 'metadata');
}

function template(payload: TemplatePayload) {
  return { attachment: { type: 'template' as const, payload } };
}

function buildText(text: string, quickReplies: readonly QuickReply[]) {
  return {
    text: cutLines(text, limits.text),
    ...(quickReplies.length === 0
      ? {}
      : { quick_replies: firstOf(quickReplies.map(buildQuickReply), limits.quickReplies) }),
  };
}

function buildQuickReply({ title, payload }: QuickReply): MessengerQuickReply {
  return {
    content_type: 'text',
    title: cutLine(title, limits.quickReplyTitle),
    payload: whole(payload, limits.payload, 'payload'),
  };
}

function buildButtons(text: string, buttons: readonly Button[]): TemplatePayload {
  return {
    template_type: 'button',
    text: cutLines(text, limits.buttonsText),
    buttons: allOf(buttons.map(buildButton), limits.buttons, 'buttons'),
  };
}

function buildButton(button: Button): MessengerButton {
  const title = cutLine(button.title, limits.buttonTitle);
  switch (button.kind) {
    case 'link':
      return {
        type: 'web_url',
        title,
        url: whole(webUrl(button.url), limits.url, 'link'),
        webview_height_ratio: 'full',
        webview_share_button: 'hide',
      };
    case 'action':
      return { type: 'postback', title, payload: whole(button.payload, limits.payload, 'payload') };
  }
}

/** Messenger opens nothing else; plain http is for one's own machine. */
function webUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol)) {
    throw new TypeError('A button can only lead to a web page');
  }
  return url;
}

function buildCards(cards: readonly Card[]): TemplatePayload {
  if (cards.length === 0) throw new RangeError('There are no cards to show');
  return { template_type: 'generic', elements: firstOf(cards.map(buildCard), limits.cards) };
}

/** Messenger refuses an element that has only a title, so a card without buttons always gets its second line. */
function buildCard(card: Card): GenericElement {
  const hasButtons = card.buttons.length > 0;
  return {
    title: cutLine(card.title, limits.cardTitle),
    ...(card.subtitle === undefined && hasButtons
      ? {}
      : { subtitle: cutLine(card.subtitle ?? '', limits.cardSubtitle) }),
    ...buildImage(card.imageUrl),
    ...(hasButtons
      ? { buttons: allOf(card.buttons.map(buildButton), limits.buttons, 'buttons') }
      : {}),
  };
}
