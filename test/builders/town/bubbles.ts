// What a person sees of a reply in a test: its words, what can be tapped, where its links lead.
import type { Button, Reply } from '../../../lambdas/domain/chat/reply.ts';

export interface Tappable {
  readonly title: string;
  readonly payload: string;
  readonly isQuickReply: boolean;
}

export function buttonsOf(reply: Reply): readonly Button[] {
  if (reply.kind === 'buttons') return reply.buttons;
  return reply.kind === 'cards' ? reply.cards.flatMap((card) => card.buttons) : [];
}

export function tappablesOf(reply: Reply): Tappable[] {
  const quick = reply.kind === 'text' ? (reply.quickReplies ?? []) : [];
  return [
    ...buttonsOf(reply).flatMap((each) =>
      each.kind === 'action' ? [{ ...each, isQuickReply: false }] : [],
    ),
    ...quick.map((each) => ({ ...each, isQuickReply: true })),
  ];
}

export function textOf(reply: Reply): string {
  switch (reply.kind) {
    case 'text':
    case 'buttons':
      return reply.text;
    case 'cards':
      return reply.cards.map((card) => `[${card.title} — ${card.subtitle ?? ''}]`).join(' ');
    case 'receipt':
      return `Receipt ${reply.receipt.orderNumber}: ${reply.receipt.lines.map((line) => line.title).join(', ')}`;
  }
}
