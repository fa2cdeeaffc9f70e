// Does what happens by itself when its moment comes: settling, disputes, refunds' ends, expiries.
import { openDesk, type Desk, type Office } from './desk.ts';
import { openDisputes, decideDispute } from './resources/disputes.ts';
import { settleCharge } from './resources/charges.ts';
import { expireIfOpen } from './resources/checkout-sessions.ts';
import { expireAuthorization } from './resources/payment-intents.ts';
import { finishRefund } from './resources/refunds.ts';
import { earliest, runWhenDue, type Loop } from './run-when-due.ts';
import type { Task } from './state.ts';

/** `done` is called after each task, when what it changed is saved. */
export function runTasks(office: Office, done: () => void): Loop {
  const { state } = office;
  const open = () => state.tables.tasks.entries();
  return runWhenDue({
    clock: office.clock,
    nextAtMs: () => earliest(open().map(([, task]) => task.atMs)),
    work() {
      const due = open().filter(([, task]) => task.atMs <= office.clock.now());
      for (const [key, task] of due) {
        const desk = openDesk(office, task.account, { requestId: null, idempotencyKey: null });
        try {
          perform(desk, task);
        } catch (error) {
          state.undo();
          console.error('Stripe stand-in: a task failed', task.kind, error);
        }
        state.tables.tasks.delete(key);
        state.save();
        done();
      }
    },
  });
}

function perform(desk: Desk, { kind, objectId }: Task): unknown {
  switch (kind) {
    case 'settle-charge':
      return settleCharge(desk, objectId);
    case 'open-disputes':
      return openDisputes(desk, objectId);
    case 'finish-refund':
      return finishRefund(desk, objectId);
    case 'decide-dispute':
      return decideDispute(desk, objectId);
    case 'expire-session':
      return expireIfOpen(desk, objectId);
    case 'expire-authorization':
      return expireAuthorization(desk, objectId);
  }
}
