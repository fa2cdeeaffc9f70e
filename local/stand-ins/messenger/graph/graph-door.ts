// The Graph API over HTTP: authorizes, answers, keeps a record, and lets ordered faults happen.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestLog } from '../door/request-log.ts';
import { type HttpAnswer, type HttpRequest, writeAnswer } from '../http/exchange.ts';
import { newTraceId } from '../record/new-id.ts';
import { answerGraphCall } from './answer-graph-call.ts';
import { type Credentials, authorize } from './authorize.ts';
import {
  type GraphAnswer,
  type GraphCall,
  type GraphSite,
  readGraphCall,
  refused,
} from './graph-call.ts';
import { type Refusal, noSuchObject, pageTrouble, refusalBody } from './refusal.ts';
import { type SendFault, type SendFaults, endpointOf } from './send-faults.ts';

export interface GraphDoorOptions {
  readonly site: GraphSite;
  readonly faults: SendFaults;
  readonly requests: RequestLog;
  credentials(): Credentials;
}

export type GraphDoor = (request: HttpRequest, response: ServerResponse) => Promise<void>;

export function createGraphDoor(options: GraphDoorOptions): GraphDoor {
  const { faults, requests, site } = options;
  return async (request, response) => {
    const call = readGraphCall(request);
    if (call === undefined) {
      const unknownPath = refused(noSuchObject(request.method, request.path.slice(1)));
      return writeAnswer(response, httpAnswer(unknownPath));
    }
    const fault = faults.take(call);
    if (fault?.fault === 'delay') await sleep(fault.delayMs);
    const answer = answerWithFault(call, fault, options);
    requests.add({
      atMs: site.now(),
      method: call.method,
      path: request.path,
      endpoint: endpointOf(call),
      parameters: call.parameters,
      hasProof: call.proof !== undefined,
      ...(fault === undefined ? {} : { fault: fault.fault }),
      ...(answer === undefined ? {} : { status: answer.status, answer: answer.body }),
    });
    if (answer !== undefined) return writeAnswer(response, answer);
    // A timeout stays open until the caller loses patience; a drop is cut at once.
    if (fault?.fault.startsWith('drop')) response.socket?.destroy();
    return undefined;
  };
}

/** `undefined` leaves the caller without an answer. */
function answerWithFault(
  call: GraphCall,
  fault: SendFault | undefined,
  options: GraphDoorOptions,
): HttpAnswer | undefined {
  const act = () => httpAnswer(authorizeAndAnswer(call, options));
  if (fault === undefined) return act();
  const { fault: kind } = fault;
  switch (kind) {
    case 'delay':
      return act();
    case 'duplicate':
      act();
      return act();
    case 'error':
      return httpAnswer(refused(orderedError(fault)));
    case 'error_500':
      return httpAnswer(refused(pageTrouble()));
    case 'timeout_before':
    case 'drop_before':
      return undefined;
    case 'timeout_after':
    case 'drop_after':
      act();
      return undefined;
    default:
      return kind satisfies never;
  }
}

function orderedError({ code, subcode, status, message }: SendFault): Refusal {
  const extra = subcode === undefined ? {} : { subcode };
  return { code, status, message, type: 'OAuthException', ...extra };
}

function authorizeAndAnswer(call: GraphCall, options: GraphDoorOptions): GraphAnswer {
  const authorized = authorize(call, options.credentials());
  if ('refusal' in authorized) return refused(authorized.refusal);
  return answerGraphCall({ call, page: authorized.page }, options.site);
}

function httpAnswer(answer: GraphAnswer): HttpAnswer {
  if (answer.kind === 'done') return { status: 200, body: answer.body };
  const traceId = newTraceId();
  return {
    status: answer.refusal.status,
    body: refusalBody(answer.refusal, traceId),
    headers: { 'x-fb-trace-id': traceId },
  };
}
