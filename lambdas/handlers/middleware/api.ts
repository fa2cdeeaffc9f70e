// The stack of the function that merchants' programs call: what breaks is a problem too, and says that it may be tried again.
import middyStack from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import {
  type HttpAnswer,
  type HttpRequest,
  readHttpRequest,
  toResult,
} from '../../adapters/aws/http-request.ts';
import { readEnvironment } from '../../wiring/read-environment.ts';
import { brokenAnswer } from '../../../web/merchant-api/http-answer.ts';
import { reportErrors } from './report-errors.ts';

export function api(handle: (request: HttpRequest) => Promise<HttpAnswer>) {
  return middyStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(reportErrors('api_failed'))
    .onError((request) => {
      const { publicUrl } = readEnvironment(['publicUrl']);
      request.response = toResult(brokenAnswer(publicUrl));
    })
    .handler(async (event) => toResult(await handle(readHttpRequest(event))));
}
