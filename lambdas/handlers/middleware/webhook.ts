// The stack of functions that vendors call: what goes wrong is answered 5xx, so that they send it again.
import middyStack from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import {
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
  readHttpRequest,
  toResult,
} from '../../adapters/aws/http-request.ts';
import { reportErrors } from './report-errors.ts';

export function webhook(handle: (request: HttpRequest) => Promise<HttpAnswer>) {
  return middyStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(reportErrors('webhook_failed'))
    .onError((request) => {
      request.response = toResult(jsonAnswer(500, { error: 'try_again' }));
    })
    .handler(async (event) => toResult(await handle(readHttpRequest(event))));
}
