// One webhook owed to the product: a single event of one page, until it is settled.
export const webhookFields = [
  'messages',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_optins',
  'messaging_account_linking',
  'messaging_policy_enforcement',
  'messaging_handovers',
  'messaging_feedback',
  'message_echoes',
  'message_deliveries',
  'message_reads',
  'message_reactions',
  'message_edits',
  'standby',
] as const;

export type WebhookField = (typeof webhookFields)[number];

export interface Webhook {
  readonly id: string;
  readonly pageId: string;
  /** Webhooks of one lane are first tried in order: a thread's, or a page's when there is none. */
  readonly lane: string;
  readonly field: WebhookField;
  readonly atMs: number;
  /** What stands inside `entry[].messaging[]`. */
  readonly event: unknown;
}
