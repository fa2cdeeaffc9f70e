// The route table: every endpoint of Stripe's API that the stand-in imitates.
import type Stripe from 'stripe';
import { declared } from './parameters/read-parameters.ts';
import { createAccountLink } from './resources/account-links.ts';
import * as accounts from './resources/accounts.ts';
import * as balance from './resources/balance.ts';
import * as charges from './resources/charges.ts';
import * as sessions from './resources/checkout-sessions.ts';
import { createCoupon, getCoupon } from './resources/coupons.ts';
import * as customers from './resources/customers.ts';
import * as disputes from './resources/disputes.ts';
import * as events from './resources/events.ts';
import { createFile, getFile } from './resources/files.ts';
import { confirmPaymentIntent } from './resources/confirm-payment-intent.ts';
import { createPaymentIntent } from './resources/create-payment-intent.ts';
import * as paymentIntents from './resources/payment-intents.ts';
import * as paymentMethods from './resources/payment-methods.ts';
import * as payouts from './resources/payouts.ts';
import * as refunds from './resources/refunds.ts';
import * as setupIntents from './resources/setup-intents.ts';
import * as transfers from './resources/transfers.ts';
import { route, type Route } from './server/route.ts';

const customerRoutes = [
  route(
    'POST /v1/customers',
    declared<Stripe.CustomerCreateParams>('Customers', 'CustomerCreateParams'),
    ({ desk, params }) => customers.createCustomer(desk, params),
  ),
  route(
    'GET /v1/customers',
    declared<Stripe.CustomerListParams>('Customers', 'CustomerListParams'),
    ({ desk, params }) => customers.listCustomers(desk, params),
  ),
  route(
    'GET /v1/customers/{}',
    declared<Stripe.CustomerRetrieveParams>('Customers', 'CustomerRetrieveParams'),
    ({ desk, id }) => customers.getCustomer(desk, id),
  ),
  route(
    'POST /v1/customers/{}',
    declared<Stripe.CustomerUpdateParams>('Customers', 'CustomerUpdateParams'),
    ({ desk, id, params }) => customers.updateCustomer(desk, id, params),
  ),
  route(
    'GET /v1/customers/{}/payment_methods',
    declared<Stripe.CustomerListPaymentMethodsParams>(
      'Customers',
      'CustomerListPaymentMethodsParams',
    ),
    ({ desk, id, params }) => paymentMethods.listCustomerPaymentMethods(desk, id, params),
  ),
];

const paymentMethodRoutes = [
  route(
    'POST /v1/payment_methods',
    declared<Stripe.PaymentMethodCreateParams>('PaymentMethods', 'PaymentMethodCreateParams'),
    ({ desk, params }) => paymentMethods.createPaymentMethod(desk, params),
  ),
  route(
    'GET /v1/payment_methods',
    declared<Stripe.PaymentMethodListParams>('PaymentMethods', 'PaymentMethodListParams'),
    ({ desk, params }) => paymentMethods.listPaymentMethods(desk, params),
  ),
  route(
    'GET /v1/payment_methods/{}',
    declared<Stripe.PaymentMethodRetrieveParams>('PaymentMethods', 'PaymentMethodRetrieveParams'),
    ({ desk, id }) => paymentMethods.getCard(desk, id).method,
  ),
  route(
    'POST /v1/payment_methods/{}',
    declared<Stripe.PaymentMethodUpdateParams>('PaymentMethods', 'PaymentMethodUpdateParams'),
    ({ desk, id, params }) => paymentMethods.updatePaymentMethod(desk, id, params),
  ),
  route(
    'POST /v1/payment_methods/{}/attach',
    declared<Stripe.PaymentMethodAttachParams>('PaymentMethods', 'PaymentMethodAttachParams'),
    ({ desk, id, params }) => paymentMethods.attachPaymentMethod(desk, id, params),
  ),
  route(
    'POST /v1/payment_methods/{}/detach',
    declared<Stripe.PaymentMethodDetachParams>('PaymentMethods', 'PaymentMethodDetachParams'),
    ({ desk, id }) => paymentMethods.detachPaymentMethod(desk, id),
  ),
];

const setupIntentRoutes = [
  route(
    'POST /v1/setup_intents',
    declared<Stripe.SetupIntentCreateParams>('SetupIntents', 'SetupIntentCreateParams'),
    ({ desk, params }) => setupIntents.createSetupIntent(desk, params),
  ),
  route(
    'GET /v1/setup_intents',
    declared<Stripe.SetupIntentListParams>('SetupIntents', 'SetupIntentListParams'),
    ({ desk, params }) => setupIntents.listSetupIntents(desk, params),
  ),
  route(
    'GET /v1/setup_intents/{}',
    declared<Stripe.SetupIntentRetrieveParams>('SetupIntents', 'SetupIntentRetrieveParams'),
    ({ desk, id }) => setupIntents.getSetupIntent(desk, id),
  ),
  route(
    'POST /v1/setup_intents/{}/confirm',
    declared<Stripe.SetupIntentConfirmParams>('SetupIntents', 'SetupIntentConfirmParams'),
    ({ desk, id, params }) => setupIntents.confirmSetupIntent(desk, id, params),
  ),
  route(
    'POST /v1/setup_intents/{}/cancel',
    declared<Stripe.SetupIntentCancelParams>('SetupIntents', 'SetupIntentCancelParams'),
    ({ desk, id }) => setupIntents.cancelSetupIntent(desk, id),
  ),
];

const SESSIONS = 'Checkout/Sessions';
const sessionRoutes = [
  route(
    'POST /v1/checkout/sessions',
    declared<Stripe.Checkout.SessionCreateParams>(SESSIONS, 'Checkout.SessionCreateParams'),
    ({ desk, params }) => sessions.createSession(desk, params),
  ),
  route(
    'GET /v1/checkout/sessions',
    declared<Stripe.Checkout.SessionListParams>(SESSIONS, 'Checkout.SessionListParams'),
    ({ desk, params }) => sessions.listSessions(desk, params),
  ),
  route(
    'GET /v1/checkout/sessions/{}',
    declared<Stripe.Checkout.SessionRetrieveParams>(SESSIONS, 'Checkout.SessionRetrieveParams'),
    ({ desk, id }) => sessions.getSession(desk, id),
  ),
  route(
    'POST /v1/checkout/sessions/{}/expire',
    declared<Stripe.Checkout.SessionExpireParams>(SESSIONS, 'Checkout.SessionExpireParams'),
    ({ desk, id }) => sessions.expireSession(desk, id),
  ),
  route(
    'GET /v1/checkout/sessions/{}/line_items',
    declared<Stripe.Checkout.SessionListLineItemsParams>(
      SESSIONS,
      'Checkout.SessionListLineItemsParams',
    ),
    ({ desk, id, params }) => sessions.listLineItems(desk, id, params),
  ),
];

const couponRoutes = [
  route(
    'POST /v1/coupons',
    declared<Stripe.CouponCreateParams>('Coupons', 'CouponCreateParams'),
    ({ desk, params }) => createCoupon(desk, params),
  ),
  route(
    'GET /v1/coupons/{}',
    declared<Stripe.CouponRetrieveParams>('Coupons', 'CouponRetrieveParams'),
    ({ desk, id }) => getCoupon(desk, id),
  ),
];

const INTENTS = 'PaymentIntents';
const paymentIntentRoutes = [
  route(
    'POST /v1/payment_intents',
    declared<Stripe.PaymentIntentCreateParams>(INTENTS, 'PaymentIntentCreateParams'),
    ({ desk, params }) => createPaymentIntent(desk, params),
  ),
  route(
    'GET /v1/payment_intents',
    declared<Stripe.PaymentIntentListParams>(INTENTS, 'PaymentIntentListParams'),
    ({ desk, params }) => paymentIntents.listPaymentIntents(desk, params),
  ),
  route(
    'GET /v1/payment_intents/{}',
    declared<Stripe.PaymentIntentRetrieveParams>(INTENTS, 'PaymentIntentRetrieveParams'),
    ({ desk, id }) => paymentIntents.getPaymentIntent(desk, id),
  ),
  route(
    'POST /v1/payment_intents/{}',
    declared<Stripe.PaymentIntentUpdateParams>(INTENTS, 'PaymentIntentUpdateParams'),
    ({ desk, id, params }) => paymentIntents.updatePaymentIntent(desk, id, params),
  ),
  route(
    'POST /v1/payment_intents/{}/confirm',
    declared<Stripe.PaymentIntentConfirmParams>(INTENTS, 'PaymentIntentConfirmParams'),
    ({ desk, id, params }) => confirmPaymentIntent(desk, id, params),
  ),
  route(
    'POST /v1/payment_intents/{}/capture',
    declared<Stripe.PaymentIntentCaptureParams>(INTENTS, 'PaymentIntentCaptureParams'),
    ({ desk, id, params }) => paymentIntents.capturePaymentIntent(desk, id, params),
  ),
  route(
    'POST /v1/payment_intents/{}/cancel',
    declared<Stripe.PaymentIntentCancelParams>(INTENTS, 'PaymentIntentCancelParams'),
    ({ desk, id, params }) => paymentIntents.cancelPaymentIntent(desk, id, params),
  ),
];

const chargeRoutes = [
  route(
    'GET /v1/charges',
    declared<Stripe.ChargeListParams>('Charges', 'ChargeListParams'),
    ({ desk, params }) => charges.listCharges(desk, params),
  ),
  route(
    'GET /v1/charges/{}',
    declared<Stripe.ChargeRetrieveParams>('Charges', 'ChargeRetrieveParams'),
    ({ desk, id }) => charges.getCharge(desk, id),
  ),
  route(
    'POST /v1/charges/{}',
    declared<Stripe.ChargeUpdateParams>('Charges', 'ChargeUpdateParams'),
    ({ desk, id, params }) => charges.updateCharge(desk, id, params),
  ),
  route(
    'POST /v1/refunds',
    declared<Stripe.RefundCreateParams>('Refunds', 'RefundCreateParams'),
    ({ desk, params }) => refunds.createRefund(desk, params),
  ),
  route(
    'GET /v1/refunds',
    declared<Stripe.RefundListParams>('Refunds', 'RefundListParams'),
    ({ desk, params }) => refunds.listRefunds(desk, params),
  ),
  route(
    'GET /v1/refunds/{}',
    declared<Stripe.RefundRetrieveParams>('Refunds', 'RefundRetrieveParams'),
    ({ desk, id }) => refunds.getRefund(desk, id),
  ),
  route(
    'POST /v1/refunds/{}',
    declared<Stripe.RefundUpdateParams>('Refunds', 'RefundUpdateParams'),
    ({ desk, id, params }) => refunds.updateRefund(desk, id, params),
  ),
];

const transferRoutes = [
  route(
    'POST /v1/transfers',
    declared<Stripe.TransferCreateParams>('Transfers', 'TransferCreateParams'),
    ({ desk, params }) => transfers.createTransfer(desk, params),
  ),
  route(
    'GET /v1/transfers',
    declared<Stripe.TransferListParams>('Transfers', 'TransferListParams'),
    ({ desk, params }) => transfers.listTransfers(desk, params),
  ),
  route(
    'GET /v1/transfers/{}',
    declared<Stripe.TransferRetrieveParams>('Transfers', 'TransferRetrieveParams'),
    ({ desk, id }) => transfers.getTransfer(desk, id),
  ),
  route(
    'POST /v1/transfers/{}',
    declared<Stripe.TransferUpdateParams>('Transfers', 'TransferUpdateParams'),
    ({ desk, id, params }) => transfers.updateTransfer(desk, id, params),
  ),
  route(
    'POST /v1/transfers/{}/reversals',
    declared<Stripe.TransferCreateReversalParams>('Transfers', 'TransferCreateReversalParams'),
    ({ desk, id, params }) => transfers.createReversal(desk, id, params),
  ),
  route(
    'GET /v1/transfers/{}/reversals',
    declared<Stripe.TransferListReversalsParams>('Transfers', 'TransferListReversalsParams'),
    ({ desk, id, params }) => transfers.listReversals(desk, id, params),
  ),
  route(
    'GET /v1/transfers/{}/reversals/{}',
    declared<Stripe.TransferRetrieveReversalParams>('Transfers', 'TransferRetrieveReversalParams'),
    ({ desk, id, secondId }) => transfers.getReversal(desk, id, secondId),
  ),
];

const disputeRoutes = [
  route(
    'GET /v1/disputes',
    declared<Stripe.DisputeListParams>('Disputes', 'DisputeListParams'),
    ({ desk, params }) => disputes.listDisputes(desk, params),
  ),
  route(
    'GET /v1/disputes/{}',
    declared<Stripe.DisputeRetrieveParams>('Disputes', 'DisputeRetrieveParams'),
    ({ desk, id }) => disputes.getDispute(desk, id),
  ),
  route(
    'POST /v1/disputes/{}',
    declared<Stripe.DisputeUpdateParams>('Disputes', 'DisputeUpdateParams'),
    ({ desk, id, params }) => disputes.updateDispute(desk, id, params),
  ),
  route(
    'POST /v1/disputes/{}/close',
    declared<Stripe.DisputeCloseParams>('Disputes', 'DisputeCloseParams'),
    ({ desk, id }) => disputes.endDispute(desk, id, 'lost'),
  ),
  route(
    'GET /v1/radar/early_fraud_warnings/{}',
    declared<Stripe.Radar.EarlyFraudWarningRetrieveParams>(
      'Radar/EarlyFraudWarnings',
      'Radar.EarlyFraudWarningRetrieveParams',
    ),
    ({ desk, id }) => disputes.getWarning(desk, id),
  ),
];

const fileRoutes = [
  route(
    'POST /v1/files',
    declared<Stripe.FileCreateParams>('Files', 'FileCreateParams'),
    ({ desk, params }) => createFile(desk, params),
  ),
  route(
    'GET /v1/files/{}',
    declared<Stripe.FileRetrieveParams>('Files', 'FileRetrieveParams'),
    ({ desk, id }) => getFile(desk, id),
  ),
];

const bookRoutes = [
  route(
    'GET /v1/events',
    declared<Stripe.EventListParams>('Events', 'EventListParams'),
    ({ desk, params }) => events.listEvents(desk, params),
  ),
  route(
    'GET /v1/events/{}',
    declared<Stripe.EventRetrieveParams>('Events', 'EventRetrieveParams'),
    ({ desk, id }) => events.getEvent(desk, id),
  ),
  route(
    'GET /v1/balance',
    declared<Stripe.BalanceRetrieveParams>('Balance', 'BalanceRetrieveParams'),
    ({ desk }) => balance.getBalance(desk),
  ),
  route(
    'GET /v1/balance_transactions',
    declared<Stripe.BalanceTransactionListParams>(
      'BalanceTransactions',
      'BalanceTransactionListParams',
    ),
    ({ desk, params }) => balance.listBalanceTransactions(desk, params),
  ),
  route(
    'GET /v1/balance_transactions/{}',
    declared<Stripe.BalanceTransactionRetrieveParams>(
      'BalanceTransactions',
      'BalanceTransactionRetrieveParams',
    ),
    ({ desk, id }) => balance.getBalanceTransaction(desk, id),
  ),
  route(
    'GET /v1/payouts',
    declared<Stripe.PayoutListParams>('Payouts', 'PayoutListParams'),
    ({ desk, params }) => payouts.listPayouts(desk, params),
  ),
  route(
    'GET /v1/payouts/{}',
    declared<Stripe.PayoutRetrieveParams>('Payouts', 'PayoutRetrieveParams'),
    ({ desk, id }) => payouts.getPayout(desk, id),
  ),
];

const ACCOUNTS = 'V2/Core/Accounts';
const accountRoutes = [
  route(
    'POST /v2/core/accounts',
    declared<Stripe.V2.Core.AccountCreateParams>(ACCOUNTS, 'V2.Core.AccountCreateParams'),
    ({ desk, params }) => accounts.createAccount(desk, params),
  ),
  route(
    'GET /v2/core/accounts',
    declared<Stripe.V2.Core.AccountListParams>(ACCOUNTS, 'V2.Core.AccountListParams'),
    ({ desk, params }) => accounts.listAccounts(desk, params),
  ),
  route(
    'GET /v2/core/accounts/{}',
    declared<Stripe.V2.Core.AccountRetrieveParams>(ACCOUNTS, 'V2.Core.AccountRetrieveParams'),
    ({ desk, id, params }) => accounts.retrieveAccount(desk, id, params),
  ),
  route(
    'POST /v2/core/accounts/{}',
    declared<Stripe.V2.Core.AccountUpdateParams>(ACCOUNTS, 'V2.Core.AccountUpdateParams'),
    ({ desk, id, params }) => accounts.updateAccount(desk, id, params),
  ),
  route(
    'POST /v2/core/accounts/{}/close',
    declared<Stripe.V2.Core.AccountCloseParams>(ACCOUNTS, 'V2.Core.AccountCloseParams'),
    ({ desk, id }) => accounts.closeAccount(desk, id),
  ),
  route(
    'POST /v2/core/account_links',
    declared<Stripe.V2.Core.AccountLinkCreateParams>(
      'V2/Core/AccountLinks',
      'V2.Core.AccountLinkCreateParams',
    ),
    ({ desk, params }) => createAccountLink(desk, params),
  ),
  route(
    'GET /v2/core/events/{}',
    declared<Stripe.V2.Core.EventRetrieveParams>('V2/Core/Events', 'V2.Core.EventRetrieveParams'),
    ({ desk, id }) => events.getThinEvent(desk, id),
  ),
];

export const ROUTES: readonly Route[] = [
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...setupIntentRoutes,
  ...sessionRoutes,
  ...couponRoutes,
  ...paymentIntentRoutes,
  ...chargeRoutes,
  ...transferRoutes,
  ...disputeRoutes,
  ...fileRoutes,
  ...bookRoutes,
  ...accountRoutes,
];
