// v2 accounts: recipients of payouts and merchants, what they may do, and the events when that changes.
import type Stripe from 'stripe';
import { PLATFORM, type Desk } from '../desk.ts';
import { accountGone, noSuch, notPossible } from '../server/api-error.ts';
import type { ThinEventType } from '../webhooks/event.ts';
import { APPLICATION } from './application-fees.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';

type Account = Stripe.V2.Core.Account;
type Configuration = Stripe.V2.Core.Account.Configuration;
type Params = Stripe.V2.Core.AccountCreateParams;
/** What a capability can be in this stand-in. */
export type Standing = 'active' | 'pending' | 'restricted';

const IMITATED = [
  ...(['configuration', 'contact_email', 'contact_phone', 'dashboard', 'defaults'] as const),
  ...(['display_name', 'identity', 'include', 'metadata'] as const),
];

export function createAccount(desk: Desk, params: Params): Account {
  onlyImitated(params, IMITATED);
  const account: Account = {
    id: desk.id('acct'),
    object: 'v2.core.account',
    applied_configurations: [],
    configuration: {},
    created: new Date(desk.nowMs()).toISOString(),
    dashboard: params.dashboard ?? 'none',
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    requirements: { entries: [] },
    ...plainDetails(params, undefined),
  };
  const full = configure(account, params, 'restricted');
  desk.shelves.accounts.put(full.id, full);
  emit(desk, full, 'v2.core.account.created');
  return including(full, params.include);
}

/** The members that are kept as they are given, over those of `before`. */
function plainDetails(params: Params, before: Account | undefined): Partial<Account> {
  const responsibilities = params.defaults?.responsibilities ?? before?.defaults?.responsibilities;
  const { individual: _person, attestations: _signed, ...identity } = params.identity ?? {};
  const { business_details: _business, ...plain } = identity;
  return {
    ...(params.contact_email && { contact_email: params.contact_email }),
    ...(params.contact_phone && { contact_phone: params.contact_phone }),
    ...(params.display_name && { display_name: params.display_name }),
    defaults: {
      currency: params.defaults?.currency ?? before?.defaults?.currency ?? 'usd',
      responsibilities: { requirements_collector: 'stripe', ...responsibilities },
    },
    identity: { ...before?.identity, ...plain },
  };
}

function configure(account: Account, params: Params, standing: Standing): Account {
  const { recipient, merchant } = params.configuration ?? {};
  const asksTransfers = recipient?.capabilities?.stripe_balance?.stripe_transfers?.requested;
  const asksCards = merchant?.capabilities?.card_payments?.requested;
  const configuration: Configuration = {
    ...account.configuration,
    ...(asksTransfers && { recipient: recipientWith(standing) }),
    ...(asksCards && { merchant: merchantWith(standing) }),
  };
  return withRequirements({
    ...account,
    configuration,
    applied_configurations: appliedIn(configuration),
  });
}

function appliedIn(configuration: Configuration): Account['applied_configurations'] {
  return (['merchant', 'recipient'] as const).filter((name) => configuration[name] !== undefined);
}

const PROVIDE_INFO = [{ code: 'requirements_past_due', resolution: 'provide_info' }] as const;

function recipientWith(status: Standing): Stripe.V2.Core.Account.Configuration.Recipient {
  const status_details = status === 'active' ? [] : [...PROVIDE_INFO];
  const standing = { status, status_details };
  return {
    applied: true,
    capabilities: { stripe_balance: { payouts: standing, stripe_transfers: standing } },
  };
}

function merchantWith(status: Standing): Stripe.V2.Core.Account.Configuration.Merchant {
  const status_details = status === 'active' ? [] : [...PROVIDE_INFO];
  return { applied: true, capabilities: { card_payments: { status, status_details } } };
}

/** What the person still has to tell Stripe: a name and a bank account, until everything is active. */
function withRequirements(account: Account, hasSold = false): Account {
  const { recipient, merchant } = account.configuration ?? {};
  const open =
    recipient?.capabilities?.stripe_balance?.stripe_transfers?.status === 'restricted' ||
    merchant?.capabilities?.card_payments?.status === 'restricted';
  if (!open) return { ...account, requirements: { entries: [] } };
  const reason = hasSold ? 'routine_verification' : 'routine_onboarding';
  const entries = hasSold
    ? ['identity.business_details.documents.company_authorization.files']
    : [
        'identity.individual.given_name',
        ...(merchant ? ['configuration.merchant.mcc'] : []),
        'configuration.recipient.default_outbound_destination',
      ];
  return {
    ...account,
    requirements: {
      entries: entries.map((description) => ({
        awaiting_action_from: 'user',
        description,
        errors: [],
        impact: {},
        minimum_deadline: { status: 'currently_due' },
        requested_reasons: [{ code: reason }],
      })),
      summary: { minimum_deadline: { status: 'currently_due' } },
    },
  };
}

export function updateAccount(
  desk: Desk,
  id: string,
  params: Stripe.V2.Core.AccountUpdateParams,
): Account {
  onlyImitated(params, IMITATED);
  const before = getAccount(desk, id);
  const { configuration, identity, defaults, ...plain } = params;
  const asked: Params = {
    ...plain,
    ...(identity?.country && { identity: { country: identity.country } }),
    ...(defaults?.currency && { defaults: { currency: defaults.currency } }),
    configuration: newlyAsked(before, configuration),
  };
  const changed: Account = {
    ...before,
    dashboard: params.dashboard ?? before.dashboard ?? 'none',
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
    ...plainDetails(asked, before),
  };
  const account = configure(changed, asked, 'restricted');
  desk.shelves.accounts.put(id, account);
  emit(desk, account, 'v2.core.account.updated');
  return including(account, params.include);
}

/** Only what is not applied yet: asking again changes nothing. */
function newlyAsked(
  before: Account,
  configuration: Stripe.V2.Core.AccountUpdateParams['configuration'],
): NonNullable<Params['configuration']> {
  const transfers =
    configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.requested === true;
  const cards = configuration?.merchant?.capabilities?.card_payments?.requested === true;
  const requested = { requested: true };
  return {
    ...(transfers &&
      !before.configuration?.recipient && {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: requested } } },
      }),
    ...(cards &&
      !before.configuration?.merchant && {
        merchant: { capabilities: { card_payments: requested } },
      }),
  };
}

export function closeAccount(desk: Desk, id: string): Account {
  const account: Account = { ...getAccount(desk, id), closed: true };
  desk.shelves.accounts.put(id, account);
  emit(desk, account, 'v2.core.account.closed');
  return including(account, undefined);
}

/** Changes what the account may do: after onboarding, or when Stripe takes it away. */
export function setStanding(desk: Desk, id: string, standing: Standing): Account {
  const before = getAccount(desk, id);
  const { recipient, merchant } = before.configuration ?? {};
  const changed: Account = {
    ...before,
    configuration: {
      ...before.configuration,
      ...(recipient && { recipient: recipientWith(standing) }),
      ...(merchant && { merchant: merchantWith(standing) }),
    },
  };
  const hasSold = merchant?.capabilities?.card_payments?.status === 'active';
  const account = withRequirements(changed, hasSold);
  desk.shelves.accounts.put(id, account);
  emit(desk, account, 'v2.core.account[requirements].updated');
  if (recipient) {
    emit(desk, account, 'v2.core.account[configuration.recipient].capability_status_updated');
  }
  if (merchant) {
    emit(desk, account, 'v2.core.account[configuration.merchant].capability_status_updated');
  }
  return account;
}

const UPDATED_CAPABILITY: Partial<Record<ThinEventType, string>> = {
  'v2.core.account[configuration.recipient].capability_status_updated':
    'stripe_balance.stripe_transfers',
  'v2.core.account[configuration.merchant].capability_status_updated': 'card_payments',
};

function emit(desk: Desk, account: Account, type: ThinEventType): void {
  const capability = UPDATED_CAPABILITY[type];
  desk.at(PLATFORM).emitThin(type, {
    related_object: {
      id: account.id,
      type: 'v2.core.account',
      url: `/v2/core/accounts/${account.id}`,
    },
    ...(capability !== undefined && { data: { updated_capability: capability } }),
  });
}

export function getAccount(desk: Desk, id: string, param?: string): Account {
  const account = desk.shelves.accounts.get(id);
  if (!account) throw noSuch('v2.core.account', id, param);
  if (desk.shelves.revocations.get(id)) throw accountGone(id);
  return account;
}

/** The shop takes the platform's access away, on its own dashboard. */
export function deauthorize(desk: Desk, id: string): Account {
  const account = getAccount(desk, id);
  const application = { id: APPLICATION, object: 'application', name: 'Tender' };
  desk.at(id).emit('account.application.deauthorized', application);
  desk.shelves.revocations.put(id, { account: id, atMs: desk.nowMs() });
  return account;
}

/** Throws for a connected account that may not take cards, as its charges and pages do. */
export function checkTakesCards(desk: Desk): void {
  if (desk.account === PLATFORM) return;
  const { merchant } = getAccount(desk, desk.account).configuration ?? {};
  if (merchant?.capabilities?.card_payments?.status === 'active') return;
  throw notPossible({
    code: 'capability_not_active',
    message: `The account ${desk.account} cannot take card payments: its card_payments capability is not active.`,
  });
}

export function retrieveAccount(
  desk: Desk,
  id: string,
  params: Stripe.V2.Core.AccountRetrieveParams,
): Account {
  return including(getAccount(desk, id), params.include);
}

/** v2 answers nothing nested that was not asked for by `include`. */
function including(account: Account, include: string[] = []): Account {
  const { configuration, defaults, identity, requirements, ...rest } = account;
  const { recipient, merchant } = configuration ?? {};
  const shown: Configuration = {
    ...(recipient && include.includes('configuration.recipient') && { recipient }),
    ...(merchant && include.includes('configuration.merchant') && { merchant }),
  };
  return {
    ...rest,
    ...(Object.keys(shown).length > 0 && { configuration: shown }),
    ...(defaults && include.includes('defaults') && { defaults }),
    ...(identity && include.includes('identity') && { identity }),
    ...(requirements && include.includes('requirements') && { requirements }),
  };
}

export function listAccounts(desk: Desk, params: Stripe.V2.Core.AccountListParams) {
  onlyImitated(params, ['limit', 'closed', 'applied_configurations']);
  const wanted = params.applied_configurations ?? [];
  const data = desk.shelves.accounts
    .all()
    .toReversed()
    .filter(
      (each) =>
        (each.closed === true) === (params.closed === true) &&
        wanted.every((name) => each.applied_configurations.some((has) => has === name)),
    )
    .slice(0, params.limit ?? 20)
    .map((each) => including(each));
  return { data, next_page_url: null, previous_page_url: null };
}
