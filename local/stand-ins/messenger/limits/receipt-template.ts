// The receipt template: proof of a past purchase, with the sums as plain decimal numbers.
import * as z from 'zod/mini';
import { link, text } from './fields.ts';

/** Meta documents no length for these; one that no sensible receipt reaches keeps bad input out. */
const free = () => text(1000);

const amount = () => z.number().check(z.nonnegative());

const currency = () =>
  z
    .string()
    .check(
      z.refine((value) => /^[A-Z]{3}$/.test(value), { error: 'must be an ISO 4217 currency code' }),
    );

const element = z.strictObject({
  title: free(),
  subtitle: z.optional(free()),
  quantity: z.optional(amount()),
  price: amount(),
  currency: z.optional(currency()),
  image_url: z.optional(link()),
});

const address = z.strictObject({
  street_1: free(),
  street_2: z.optional(z.string()),
  city: free(),
  postal_code: free(),
  state: free(),
  country: free(),
});

export const receiptTemplate = z.strictObject({
  template_type: z.literal('receipt'),
  recipient_name: free(),
  order_number: free(),
  currency: currency(),
  payment_method: free(),
  merchant_name: z.optional(free()),
  order_url: z.optional(link()),
  timestamp: z.optional(
    z
      .string()
      .check(
        z.refine((value) => /^[0-9]{9,10}$/.test(value), { error: 'must be seconds, as a string' }),
      ),
  ),
  elements: z.optional(z.array(element).check(z.maxLength(100))),
  address: z.optional(address),
  summary: z.strictObject({
    subtotal: z.optional(amount()),
    shipping_cost: z.optional(amount()),
    total_tax: z.optional(amount()),
    total_cost: amount(),
  }),
  adjustments: z.optional(z.array(z.strictObject({ name: free(), amount: z.number() }))),
  sharable: z.optional(z.boolean()),
});
