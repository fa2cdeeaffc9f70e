// Customers: created, updated, listed; their saved cards are in payment-methods.ts.
import type Stripe from 'stripe';
import type { Desk } from '../desk.ts';
import { noSuch } from '../server/api-error.ts';
import { listPage } from './list-page.ts';
import { mergeMetadata } from './metadata.ts';
import { onlyImitated } from './only-imitated.ts';
import { attachPaymentMethod } from './payment-methods.ts';

const IMITATED = ['description', 'email', 'metadata', 'name', 'phone', 'payment_method'] as const;

export function createCustomer(desk: Desk, params: Stripe.CustomerCreateParams): Stripe.Customer {
  onlyImitated(params, IMITATED);
  const customer: Stripe.Customer = {
    id: desk.id('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: desk.nowSeconds(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: params.description ?? null,
    email: params.email ?? null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    phone: params.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  desk.shelves.customers.put(customer.id, customer);
  desk.emit('customer.created', customer);
  if (params.payment_method) {
    attachPaymentMethod(desk, params.payment_method, { customer: customer.id });
  }
  return customer;
}

export function updateCustomer(
  desk: Desk,
  id: string,
  params: Stripe.CustomerUpdateParams,
): Stripe.Customer {
  onlyImitated(params, ['description', 'email', 'metadata', 'name', 'phone', 'invoice_settings']);
  const before = getCustomer(desk, id);
  const chosen = params.invoice_settings?.default_payment_method;
  const customer: Stripe.Customer = {
    ...before,
    description: params.description ?? before.description,
    email: params.email ?? before.email,
    name: params.name ?? before.name ?? null,
    phone: params.phone ?? before.phone ?? null,
    metadata: mergeMetadata(before.metadata, params.metadata),
    invoice_settings: {
      ...before.invoice_settings,
      default_payment_method: chosen ?? before.invoice_settings.default_payment_method,
    },
  };
  desk.shelves.customers.put(id, customer);
  desk.emit('customer.updated', customer, before);
  return customer;
}

/** The customer; 404 when it is named in the path, 400 in the parameter `param`. */
export function getCustomer(desk: Desk, id: string, param?: string): Stripe.Customer {
  const customer = desk.shelves.customers.get(id);
  if (!customer) throw noSuch('customer', id, param);
  return customer;
}

export function listCustomers(desk: Desk, params: Stripe.CustomerListParams) {
  onlyImitated(params, ['limit', 'starting_after', 'ending_before', 'created', 'email']);
  const fitting = desk.shelves.customers
    .all()
    .filter((each) => params.email === undefined || each.email === params.email);
  return listPage(fitting, params, '/v1/customers');
}
