// v2 account links: single-use, short-lived keys to the onboarding page.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { invalidParameter } from '../server/api-error.ts';
import type { StoredLink } from '../state.ts';
import { getAccount, setStanding } from './accounts.ts';

const LIFE_MS = 10 * 60 * 1000;

export function createAccountLink(
  desk: Desk,
  params: Stripe.V2.Core.AccountLinkCreateParams,
): Stripe.V2.Core.AccountLink {
  const account = getAccount(desk, params.account, 'account');
  const purpose = params.use_case.account_onboarding ?? params.use_case.account_update;
  if (!purpose) {
    const param = `use_case[${params.use_case.type}]`;
    throw invalidParameter({ param, code: 'parameter_missing', message: `Missing ${param}.` });
  }
  const token = desk.id('acctlink');
  const link: StoredLink = {
    token,
    account: account.id,
    expiresAtMs: desk.nowMs() + LIFE_MS,
    used: false,
    refreshUrl: purpose.refresh_url,
    returnUrl: purpose.return_url,
    useCase: params.use_case.type,
  };
  desk.shelves.accountLinks.put(token, link);
  return {
    object: 'v2.core.account_link',
    account: account.id,
    created: new Date(desk.nowMs()).toISOString(),
    expires_at: new Date(link.expiresAtMs).toISOString(),
    livemode: false,
    url: desk.pageUrl(`/setup/${token}`),
    use_case: params.use_case,
  };
}

/** The link, while it can be used. */
export function usableLink(desk: Desk, token: string): StoredLink | undefined {
  const link = desk.shelves.accountLinks.get(token);
  return link && !link.used && link.expiresAtMs > desk.nowMs() ? link : undefined;
}

/** The person leaves the onboarding page, with everything told or for another day. */
export function leaveOnboarding(desk: Desk, link: StoredLink, completed: boolean): void {
  desk.shelves.accountLinks.put(link.token, { ...link, used: true });
  const account = completed
    ? setStanding(desk, link.account, 'active')
    : getAccount(desk, link.account);
  desk.at(PLATFORM).emitThin('v2.core.account_link.returned', {
    data: {
      account_id: account.id,
      configurations: account.applied_configurations,
      use_case: link.useCase,
    },
  });
}
