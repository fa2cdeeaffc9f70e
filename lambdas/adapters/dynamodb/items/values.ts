// Schemas of the values that many items hold: money, ids, addresses.
import * as z from 'zod/mini';
import { currencies } from '../../../domain/money/currency.ts';

export const currency = z.enum(currencies);

export const money = z.object({ minor: z.int(), currency });

export const personId = z.templateLiteral(['per_', z.string()]);
export const paymentId = z.templateLiteral(['pay_', z.string()]);
export const requestId = z.templateLiteral(['req_', z.string()]);
export const shopId = z.templateLiteral(['shp_', z.string()]);
export const productId = z.templateLiteral(['prd_', z.string()]);
export const pictureId = z.templateLiteral(['pic_', z.string()]);
export const orderId = z.templateLiteral(['ord_', z.string()]);

export const address = z.object({ pageId: z.string(), psid: z.string() });

/** Counts up by one with each write. */
export const version = z.int().check(z.positive());

/** Milliseconds since the epoch. */
export const moment = z.number();

/** For fields that may be absent but are never `undefined`. */
export const maybe = z.exactOptional;
