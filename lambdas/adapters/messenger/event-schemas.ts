// The shapes of Meta's events that we read, and no more of them than we use. Types wobble between Meta's own pages.
import * as z from 'zod/mini';

const number = z.union([z.number(), z.pipe(z.string(), z.transform(Number))]);

/** Ids come as strings or numbers. Queues' groups, keys and paths are made of them: their alphabet is closed, and none is a dot. */
export const idSchema = z
  .pipe(z.union([z.string(), z.int()]), z.transform(String))
  .check(z.refine((id) => /^\w[\w.-]{0,59}$/u.test(id)));

/** Milliseconds since the epoch, from seconds or milliseconds: the former stay below 10^11 until the year 5138. */
export const timeSchema = z.pipe(
  number.check(z.refine((time) => Number.isFinite(time) && time >= 0)),
  z.transform((time) => Math.trunc(time < 1e11 ? time * 1000 : time)),
);

const messageId = z.string().check(z.minLength(1), z.maxLength(500));
const payload = z.string().check(z.minLength(1), z.maxLength(1000));
export const referralSchema = z.object({ ref: z.nullish(z.unknown()) });

export const envelopeSchema = z.object({
  sender: z.nullish(z.object({ id: z.nullish(idSchema) })),
  recipient: z.nullish(z.object({ id: z.nullish(idSchema) })),
  timestamp: z.nullish(timeSchema),
});

export const messageSchema = z.object({
  mid: z.nullish(messageId),
  text: z.nullish(z.string()),
  is_echo: z.nullish(z.boolean()),
  is_deleted: z.nullish(z.boolean()),
  metadata: z.nullish(z.string()),
  quick_reply: z.nullish(z.object({ payload: z.nullish(payload) })),
  attachments: z.nullish(z.array(z.unknown())),
  referral: z.nullish(referralSchema),
});

export const postbackSchema = z.object({
  mid: z.nullish(messageId),
  payload: z.nullish(payload),
  referral: z.nullish(referralSchema),
});

export const editSchema = z.object({ mid: messageId, num_edit: z.nullish(number) });
export const reactionSchema = z.object({
  mid: z.nullish(messageId),
  action: z.nullish(z.string()),
  emoji: z.nullish(z.string()),
});
export const watermarkSchema = z.object({ watermark: timeSchema });
export const optinSchema = z.object({
  ref: z.nullish(z.unknown()),
  notification_messages_status: z.nullish(z.string()),
});
export const handoverSchema = z.object({ new_owner_app_id: z.nullish(idSchema) });
export const policySchema = z.object({ action: z.string(), reason: z.nullish(z.string()) });
