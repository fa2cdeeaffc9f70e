// Decides what an attempt to charge or save a test card comes to.
import type { TestCard } from './test-cards.ts';

/** Why a card said no, in the words of Stripe's error bodies. */
export interface Refusal {
  code: string;
  decline_code?: string;
  message: string;
  advice_code?: string;
  network_decline_code?: string;
  /** Radar stopped it before the network was asked. */
  blocked?: true;
}

export type Verdict =
  | { is: 'approved' }
  | { is: 'refused'; refusal: Refusal }
  | { is: 'needs_authentication' };

export interface Circumstances {
  offSession: boolean;
  /** The card was authenticated before for charges without the customer. */
  setUp: boolean;
  /** The customer has just passed 3-D Secure for this very attempt. */
  authenticated: boolean;
  /** The merchant asked for 3-D Secure. */
  asked: boolean;
  forcedDecline: string | undefined;
}

export function judgeCharge(card: TestCard, now: Circumstances): Verdict {
  if (now.forcedDecline !== undefined) return refused(now.forcedDecline);
  if (card.radar === 'blocked' || card.radar === 'highest') return blocked(card.radar);
  if (!now.authenticated && needsAuthentication(card, now)) {
    return now.offSession ? refused('authentication_required') : { is: 'needs_authentication' };
  }
  return card.declines ? refused(card.declines) : { is: 'approved' };
}

function needsAuthentication(card: TestCard, now: Circumstances): boolean {
  if (card.authentication === undefined) return false;
  switch (card.authentication) {
    case 'always':
      return true;
    case 'unless-set-up':
      return !(now.offSession && now.setUp);
    case 'set-up':
      return !now.offSession;
    case 'optional':
      return now.asked;
  }
}

/** What saving the card (attach, or a set-up) comes to. */
export function judgeSave(card: TestCard, authenticated: boolean): Verdict {
  if (card.declines && !card.savesFine) return refused(card.declines);
  const asks = card.authentication === 'always' || card.authentication === 'unless-set-up';
  return asks && !authenticated ? { is: 'needs_authentication' } : { is: 'approved' };
}

function blocked(level: 'blocked' | 'highest'): Verdict {
  const refusal = {
    code: 'card_declined',
    decline_code: 'fraudulent',
    message: 'Your card was declined.',
    blocked: true,
    ...(level === 'highest' && { advice_code: 'do_not_try_again' }),
  } as const;
  return { is: 'refused', refusal };
}

/** Codes that are error codes of their own rather than reasons of `card_declined`. */
const OWN_CODE: Record<string, string> = {
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
};

const ADVICE: Record<string, string> = {
  lost_card: 'do_not_try_again',
  stolen_card: 'do_not_try_again',
  insufficient_funds: 'try_again_later',
  processing_error: 'try_again_later',
  incorrect_cvc: 'confirm_card_data',
  expired_card: 'confirm_card_data',
};

const NETWORK_CODES: Record<string, string> = {
  generic_decline: '05',
  insufficient_funds: '51',
  lost_card: '41',
  stolen_card: '43',
  expired_card: '54',
};

function refused(decline: string): Verdict {
  return { is: 'refused', refusal: { ...refusalFor(decline), ...networkSays(decline) } };
}

function refusalFor(decline: string): Refusal {
  const own = OWN_CODE[decline];
  if (own !== undefined) return { code: decline, message: own };
  if (decline === 'authentication_required') {
    const message = 'Your card was declined. This transaction requires authentication.';
    return { code: decline, decline_code: decline, message };
  }
  const message =
    decline === 'insufficient_funds'
      ? 'Your card has insufficient funds.'
      : 'Your card was declined.';
  return { code: 'card_declined', decline_code: decline, message };
}

function networkSays(decline: string) {
  const advice = ADVICE[decline];
  const network = NETWORK_CODES[decline];
  return {
    ...(advice !== undefined && { advice_code: advice }),
    ...(network !== undefined && { network_decline_code: network }),
  };
}
