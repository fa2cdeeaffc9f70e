// One bubble in a thread, read from a message as the Send API takes it: its words, buttons and quick replies.
import * as z from 'zod/mini';

export type Tap =
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'postback' | 'quick_reply'; readonly title: string; readonly payload: string };

export interface Bubble {
  readonly from: 'page' | 'person';
  readonly mid: string;
  readonly words: string;
  readonly taps: readonly Tap[];
  readonly isReceipt: boolean;
}

const text = z.optional(z.nullable(z.string()));

const buttonSchema = z.object({
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  url: z.optional(z.string()),
  payload: z.optional(z.string()),
});

const partSchema = z.object({
  title: text,
  subtitle: text,
  text,
  buttons: z.optional(z.array(buttonSchema)),
});

const attachmentSchema = z.object({
  type: z.string(),
  payload: z.optional(
    z.extend(partSchema, {
      template_type: z.optional(z.string()),
      order_number: z.optional(z.string()),
      payment_method: z.optional(z.string()),
      summary: z.optional(z.object({ total_cost: z.number() })),
      elements: z.optional(z.array(partSchema)),
    }),
  ),
});

/** What the Send API takes as `message`, as far as a person sees it. */
export const messageSchema = z.object({
  text,
  attachment: z.optional(attachmentSchema),
  attachments: z.optional(z.array(attachmentSchema)),
  quick_replies: z.optional(z.array(buttonSchema)),
});

export type Message = z.infer<typeof messageSchema>;

export function wordsIn(message: Message): string {
  return [message.text, ...attachmentsOf(message).map(attachmentWords)]
    .filter((each) => each !== undefined && each !== null)
    .join('\n');
}

export function tapsIn(message: Message): Tap[] {
  const parts = attachmentsOf(message).flatMap(({ payload }) =>
    payload === undefined ? [] : [payload, ...(payload.elements ?? [])],
  );
  return [
    ...parts.flatMap((part) => (part.buttons ?? []).flatMap((each) => readTap(each, 'postback'))),
    ...(message.quick_replies ?? []).flatMap((each) => readTap(each, 'quick_reply')),
  ];
}

export function isReceiptIn(message: Message): boolean {
  return attachmentsOf(message).some(({ payload }) => payload?.template_type === 'receipt');
}

function attachmentsOf({ attachment, attachments }: Message) {
  return attachments ?? (attachment === undefined ? [] : [attachment]);
}

function attachmentWords({ type, payload }: z.infer<typeof attachmentSchema>): string {
  if (payload === undefined) return type;
  const parts = [payload, ...(payload.elements ?? [])];
  return [
    payload.template_type === 'receipt' ? `Receipt ${payload.order_number}` : undefined,
    ...parts.flatMap((part) => [part.title, part.subtitle, part.text]),
    payload.summary === undefined ? undefined : `Total ${payload.summary.total_cost}`,
    payload.payment_method,
  ]
    .filter((each) => each !== undefined && each !== null)
    .join('\n');
}

function readTap(button: z.infer<typeof buttonSchema>, kind: 'postback' | 'quick_reply'): Tap[] {
  const { title = '', url, payload } = button;
  if (url !== undefined) return [{ kind: 'link', title, url }];
  return payload === undefined ? [] : [{ kind, title, payload }];
}
