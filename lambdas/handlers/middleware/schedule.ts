// The stack of functions that a schedule wakes: a failure is logged and stays a failure, which is what the alarm counts.
import middyStack from '@middy/core';
import { reportErrors } from './report-errors.ts';

export function schedule(handle: () => Promise<void>) {
  return middyStack<unknown, void>()
    .use(reportErrors('schedule_failed'))
    .handler(async () => {
      await handle();
    });
}
