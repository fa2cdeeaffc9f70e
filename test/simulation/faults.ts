// Lets the faults of one act strike: each once, at the call or delivery it was aimed at.
import { deliveryFaults, type Fault, fits } from './fault.ts';
import type { Town } from './town.ts';

export interface Aimed {
  readonly fault: Fault;
  /** Calls until it strikes. */
  before: number;
  /** How often it will still strike. */
  left: number;
}

/** Faults of the act before that have not found their call are over; `standing` ones are not. */
export function createFaults(
  town: Town,
  faults: readonly Fault[],
  standing: readonly Aimed[] = [],
): void {
  const atCalls = [
    ...standing,
    ...aimed(faults.filter(({ kind }) => !deliveryFaults.includes(kind))),
  ];
  const atDeliveries = aimed(faults.filter(({ kind }) => deliveryFaults.includes(kind)));
  town.engine.faultFor = (to, name) => strike(atCalls, (fault) => fits(fault, to, name));
  town.deliveryFault = () => {
    const kind = strike(atDeliveries, () => true)?.kind;
    if (kind !== undefined) town.engine.struck.add(kind);
    return kind;
  };
  town.engine.struck.clear();
}

export function aimed(faults: readonly Fault[]): Aimed[] {
  return faults.map((fault) => ({ fault, before: fault.at - 1, left: fault.times ?? 1 }));
}

function strike(aims: Aimed[], isMet: (fault: Fault) => boolean): Fault | undefined {
  let struck: Aimed | undefined;
  for (const aim of aims) {
    if (aim.left === 0 || !isMet(aim.fault)) continue;
    if (aim.before > 0) aim.before -= 1;
    // Two at once: the second waits for the next.
    else if (struck === undefined) {
      aim.left -= 1;
      struck = aim;
    }
  }
  return struck?.fault;
}
