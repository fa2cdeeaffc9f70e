// The context of a simulated invocation: without a clock of its own, for a function's time limit is a crash like any other.
import type { Context } from 'aws-lambda';
import { lambdaContext } from '../../builders/api-gateway-event.ts';

const { getRemainingTimeInMillis: _realTime, ...timeless } = lambdaContext;

/** middy sets a real timer where it is told how much time is left. */
export const simulatedContext = timeless as Context;
