// Of the merchants' API and its events: the mutants that live on, and why.
import { notStored, type Survivor } from './survivor.ts';

const api = 'domain/merchant-api';
const anyPrefix =
  'It only goes into the digits of something derived; any other word makes others, as good.';
const quickBucket =
  'A token is back within 50 ms, so a second is enough; the sum is for a slower bucket.';

export const merchantApiSurvivors: readonly Survivor[] = [
  {
    file: `${api}/advance-delivery.ts`,
    was: 'failingSinceMs === undefined',
    becomes: 'false',
    why: notStored,
  },
  { file: `${api}/delivery.ts`, was: "'jit'", why: anyPrefix },
  { file: `${api}/event-of-entry.ts`, was: "'evt'", why: anyPrefix },
  {
    file: `${api}/rate-limit.ts`,
    was: 'Math.max(1, Math.ceil(untilOneMs / 1000))',
    why: quickBucket,
  },
  { file: `${api}/rate-limit.ts`, was: 'fullAtMs + bucket.refillMs', why: quickBucket },
];
