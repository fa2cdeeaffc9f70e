// The console as one door for HTTP: reads a request's cookies, form and headers, and answers it by its route.
import type { HttpRequest } from '../../lambdas/adapters/aws/http-request.ts';
import { evidenceKinds, largestEvidenceBytes } from '../../lambdas/domain/orders/evidence-file.ts';
import { largestPictureBytes } from '../../lambdas/domain/shops/picture.ts';
import { markIn, withMark } from '../browser.ts';
import { leadingOn } from '../leading-on.ts';
import { isFile } from '../page-answer.ts';
import { outsidePage } from './console-layout.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleWorld } from './console-world.ts';
import { largestCsvBytes, tooLargeFile } from './csv-limits.ts';
import { isFromOurPages } from './from-our-pages.ts';
import { type FileLimits, readForm, type SentForm } from './read-form.ts';
import { answerConsole } from './routes.ts';
import { sessionIn } from './session-cookie.ts';

/** One script of ours keeps lists fresh; a product's picture may be anywhere; no path of a signed-in page is a key. */
export const consolePolicy = { ownScripts: true, anyPictures: true, tellsOwnPages: true } as const;

/** Forms of ours hold some fields; evidence for a bank and a list of options are the longest of them. */
const longestForm = 200_000;
/** What API Gateway and a function let through; a file, packed for its way through a page, is no longer either. */
const longestUpload = largestCsvBytes * 1.4;

const signInRoute = 'GET /console/sign-in';
const importRoute = 'POST /console/catalog/import';
const pictures: FileLimits = { most: 1, largestBytes: largestPictureBytes };

/** The forms that may hold files; no other is read for any. */
const filesTaken: Readonly<Record<string, FileLimits>> = {
  [importRoute]: { most: 1, largestBytes: largestCsvBytes },
  'POST /console/catalog/new': pictures,
  'POST /console/catalog/{product}': pictures,
  'POST /console/orders/{order}': {
    most: evidenceKinds.length,
    largestBytes: largestEvidenceBytes,
  },
};

export function consoleFront(
  world: ConsoleWorld,
): (request: HttpRequest) => Promise<ConsoleAnswer> {
  return async (request) => {
    const isImport = request.routeKey === importRoute;
    const takes = filesTaken[request.routeKey];
    if (request.body.length > (takes === undefined ? longestForm : longestUpload))
      return isImport ? tooLargeFile : tooLong;
    const asked = await readRequest(world, request, takes);
    const answer = await answerConsole(world, request.routeKey, asked);
    if (answer === undefined) return nothingHere;
    if (isFile(answer)) return answer;
    const told = leadingOn(answer, world);
    // Whatever signs in is tied to the browser's mark, so each browser has one before: with a link, or where it is asked to.
    const isAtDoor = asked.params['token'] !== undefined || request.routeKey === signInRoute;
    const isOutside = told.kind === 'page' && told.status === 401;
    const needsMark = asked.browser === undefined && (isAtDoor || isOutside);
    return needsMark && told.cookie === undefined
      ? withMark(told, world.tokens.newToken(), isSecure(world))
      : told;
  };
}

async function readRequest(
  world: ConsoleWorld,
  request: HttpRequest,
  takes: FileLimits | undefined,
): Promise<ConsoleRequest> {
  const isPost = request.method === 'POST';
  const sent = isPost ? await readForm(request, takes) : nothingSent;
  return {
    method: isPost ? 'POST' : 'GET',
    params: request.pathParameters,
    query: request.query,
    form: sent.fields,
    files: sent.files,
    isWhole: sent.isWhole,
    session: sessionIn(request.cookies, isSecure(world)),
    browser: markIn(request.cookies, isSecure(world)),
    isFromOurPages: isFromOurPages(request.headers, world.publicUrl),
    knownTag: /"(?<tag>\w+)"/u.exec(request.headers['if-none-match'] ?? '')?.groups?.['tag'],
  };
}

const nothingSent: SentForm = { fields: new URLSearchParams(), files: new Map(), isWhole: true };

function isSecure({ publicUrl }: Pick<ConsoleWorld, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https:');
}

const tooLong = outsidePage({
  title: 'Too long',
  text: 'Nothing was saved: the form is too long.',
  status: 413,
});

const nothingHere = outsidePage({
  title: 'Not found',
  text: 'There is no such page.',
  status: 404,
});
