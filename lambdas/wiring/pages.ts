// The pages with everything they need: the tables, Stripe, and the pepper of the PINs.
import * as z from 'zod/mini';
import type { HttpRequest } from '../adapters/aws/http-request.ts';
import { createPinHasher } from '../adapters/pin-hasher.ts';
import { markIn, withMark } from '../../web/browser.ts';
import { leadingOn } from '../../web/leading-on.ts';
import { unknownLink } from '../../web/link-pages.ts';
import { type FileAnswer, isFile, type PageAnswer } from '../../web/page-answer.ts';
import { pageRoutes } from '../../web/routes.ts';
import { merchantsLastWord } from './last-word.ts';
import type { Outside } from './outside.ts';
import { providerOrigins } from './provider-origins.ts';
import { stripeProvider } from './provider.ts';
import { readEnvironment } from './read-environment.ts';
import { secretReader } from './secret-reader.ts';
import { storesAndClock } from './stores.ts';

const pepperSchema = z.object({ pepper: z.string().check(z.minLength(32)) });

/** Forms of ours hold a few short fields, an address in any script at most; anything longer is not one of them. */
const longestForm = 20_000;

export function pages(outside: Outside = {}) {
  const { pinPepperSecretId, stripeApiUrl } = readEnvironment([
    'pinPepperSecretId',
    'stripeApiUrl',
  ]);
  const pepper = secretReader(pinPepperSecretId, pepperSchema, outside);
  const world = {
    ...storesAndClock(outside),
    ...stripeProvider(outside),
    ...merchantsLastWord(outside),
    pinHasher: outside.pinHasher ?? createPinHasher(async () => (await pepper()).pepper),
    providerOrigins: providerOrigins(stripeApiUrl),
  };
  const isSecure = world.publicUrl.startsWith('https:');
  return async (request: HttpRequest): Promise<PageAnswer | FileAnswer> => {
    const route = pageRoutes[request.routeKey];
    if (route === undefined || request.body.length > longestForm) return unknownLink;
    const browser = markIn(request.cookies, isSecure);
    const told = await route(world, {
      method: request.method === 'POST' ? 'POST' : 'GET',
      token: request.pathParameters['token'] ?? request.pathParameters['picture'] ?? '',
      browser,
      query: request.query,
      form: new URLSearchParams(request.body.toString('utf8')),
    });
    // A picture is everybody's, and the same for all.
    if (isFile(told)) return told;
    const answer = leadingOn(told, world);
    if (browser !== undefined) return answer;
    return withMark(answer, world.tokens.newToken(), isSecure);
  };
}
