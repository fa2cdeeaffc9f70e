// Stripe objects as answers carry them, cut to what matters to a test.

export function intentObject(more: Record<string, unknown> = {}) {
  return {
    id: 'pi_1',
    object: 'payment_intent',
    status: 'succeeded',
    amount: 2000,
    amount_received: 2000,
    currency: 'usd',
    latest_charge: 'ch_1',
    metadata: { tender_payment: 'pay_1' },
    next_action: null,
    last_payment_error: null,
    ...more,
  };
}

export function transferObject(more: Record<string, unknown> = {}) {
  return {
    id: 'tr_1',
    object: 'transfer',
    reversed: false,
    metadata: { tender_payment: 'pay_1', tender_attempt: '1' },
    reversals: { object: 'list', data: [], has_more: false },
    ...more,
  };
}

export function refundObject(more: Record<string, unknown> = {}) {
  return {
    id: 're_1',
    object: 'refund',
    charge: 'ch_1',
    status: 'succeeded',
    metadata: { tender_payment: 'pay_1' },
    ...more,
  };
}

export function listObject(...data: unknown[]) {
  return { object: 'list', data, has_more: false };
}

export function errorBody(error: Record<string, unknown>) {
  return { error: { type: 'invalid_request_error', message: 'No.', ...error } };
}
