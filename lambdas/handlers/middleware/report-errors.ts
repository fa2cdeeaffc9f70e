// What every stack begins with: the invocation is named in the logs, and what it throws is logged by code and name alone.
import type { MiddlewareObj } from '@middy/core';
import { describeError } from '../../wiring/describe-error.ts';
import { log, nameInvocation } from '../../wiring/logger.ts';

export function reportErrors<Event, Result>(
  code: 'webhook_failed' | 'page_failed' | 'api_failed' | 'schedule_failed',
): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => {
      nameInvocation(context);
    },
    onError: ({ error }) => {
      log(code, describeError(error));
    },
  };
}
