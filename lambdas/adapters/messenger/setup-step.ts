// One step of setting up a Page: how Graph API was asked, what it answered, and how that is told to the operator.
import * as z from 'zod/mini';
import type { GraphAnswer, GraphCall } from './graph-client.ts';

export interface SetupStep {
  readonly what: string;
  readonly outcome: 'as it should be' | 'set' | 'skipped' | 'failed';
  readonly note?: string;
}

/** Asks an edge of the Page that is being set up. */
export type Caller = (
  request: Omit<GraphCall, 'pageId' | 'path'>,
  edge: 'messenger_profile' | 'subscribed_apps' | 'message_templates',
) => Promise<GraphAnswer>;

type BodyReading<Body> =
  | { readonly kind: 'read'; readonly body: Body }
  | { readonly kind: 'failed'; readonly why: string };

export function readBody<Body>(
  schema: z.ZodMiniType<Body>,
  answer: GraphAnswer,
): BodyReading<Body> {
  const why = whyFailed(answer);
  if (why !== undefined) return { kind: 'failed', why };
  const parsed = z.safeParse(schema, answer.kind === 'done' ? answer.body : undefined);
  return parsed.success
    ? { kind: 'read', body: parsed.data }
    : { kind: 'failed', why: 'Graph API answered something else' };
}

export function whyFailed(answer: GraphAnswer): string | undefined {
  switch (answer.kind) {
    case 'done':
      return undefined;
    case 'refused': {
      const { code, subcode, message } = answer.error;
      return `Meta says ${code}${subcode === undefined ? '' : `/${subcode}`}: ${message}`;
    }
    case 'not_sent':
    case 'unclear':
      return answer.why;
  }
}

export function failed(what: string, note: string): SetupStep {
  return { what, outcome: 'failed', note };
}
