// Which words a journal may hold: the steps and states that the machines of payments, requests and orders know.
import * as z from 'zod/mini';
import type { OrderState } from '../../../domain/orders/order.ts';
import { type OrderStep, orderSteps } from '../../../domain/orders/order-steps.ts';
import type { PaymentState } from '../../../domain/payments/payment.ts';
import { type PaymentStep, paymentSteps } from '../../../domain/payments/payment-steps.ts';
import {
  type RequestState,
  type RequestStep,
  requestSteps,
} from '../../../domain/requests/money-request.ts';

/** Every state is where some step leads to. */
const paymentStates = new Set<unknown>(Object.values(paymentSteps).map(({ to }) => to));
const requestStates = new Set<unknown>(Object.values(requestSteps).map(({ to }) => to));

/** A step that leads to `same` leads to no state of its own. */
const orderStates = new Set<unknown>(
  Object.values(orderSteps)
    .map(({ to }) => to)
    .filter((to) => to !== 'same'),
);

export const paymentState = z.custom<PaymentState>((value) => paymentStates.has(value));
export const requestState = z.custom<RequestState>((value) => requestStates.has(value));
export const orderState = z.custom<OrderState>((value) => orderStates.has(value));

export const paymentStep = z.custom<PaymentStep>((value) => isKeyOf(paymentSteps, value));
export const requestStep = z.custom<RequestStep>((value) => isKeyOf(requestSteps, value));
export const orderStep = z.custom<OrderStep>((value) => isKeyOf(orderSteps, value));

function isKeyOf(machine: object, value: unknown): boolean {
  return typeof value === 'string' && Object.hasOwn(machine, value);
}
