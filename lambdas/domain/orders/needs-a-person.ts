// Which steps of an order no retry and no deadline will settle: the people concerned are told that somebody looks at it.
import type { OrderEntry } from './ports.ts';

export function orderNeedsAPerson({ step, reason }: Pick<OrderEntry, 'step' | 'reason'>): boolean {
  return step === 'paid_wrongly' || step === 'refund_failed' || isNeverKnown(reason);
}

/** Asked for days, and no wiser. */
function isNeverKnown(reason: string | undefined): boolean {
  return reason?.endsWith('_never_known') === true;
}
