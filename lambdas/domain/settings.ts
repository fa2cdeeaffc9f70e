// What an operator decides for a stage, none of it secret. Written by the CDK app, read at cold start.
import type { Currency } from './money/currency.ts';

export interface Settings {
  /** Real money: peer payments are refused until `peerPaymentsApproval` names the provider's written approval. */
  readonly live: boolean;
  readonly peerPaymentsApproval: string | null;
  /** The wallet's own Page. */
  readonly pageId: string;
  readonly undoSeconds: number;
  readonly claimDays: number;
  readonly draftMinutes: number;
  readonly requestDays: number;
  readonly defaultCurrency: Currency;
  /** ISO 3166 alpha-2: where recipients' accounts are opened. */
  readonly country: string;
  /** Percent of the amount, paid by the payer on top; 0 is free. */
  readonly feePercent: number;
}
