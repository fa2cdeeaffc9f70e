// Lets the faults of one act strike: each once, at the call or delivery it was aimed at.
import { deliveryFaults, type Fault, type FaultKind, fits } from './fault.ts';
import type { Town } from './town.ts';

interface Aimed {
  readonly fault: Fault;
  left: number;
}

/** Faults of the act before that have not found their call are over. */
export function createFaults(town: Town, faults: readonly Fault[]): void {
  const atCalls = aimed(faults.filter(({ kind }) => !deliveryFaults.includes(kind)));
  const atDeliveries = aimed(faults.filter(({ kind }) => deliveryFaults.includes(kind)));
  town.engine.faultFor = (to, name) => strike(atCalls, (fault) => fits(fault, to, name));
  town.deliveryFault = () => strike(atDeliveries, () => true)?.kind satisfies FaultKind | undefined;
}

function aimed(faults: readonly Fault[]): Aimed[] {
  return faults.map((fault) => ({ fault, left: fault.at }));
}

function strike(aims: Aimed[], isMet: (fault: Fault) => boolean): Fault | undefined {
  let struck: Aimed | undefined;
  for (const aim of aims) {
    if (aim.left === 0 || !isMet(aim.fault)) continue;
    // Two at once: the second waits for the next.
    if (aim.left === 1 && struck !== undefined) continue;
    aim.left -= 1;
    if (aim.left === 0) struck = aim;
  }
  return struck?.fault;
}
