// The merchants' console: a function of its own, so that a busy shop slows nobody's payment.
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import type { House } from '../constructs/house.ts';
import { HttpRoute } from '../constructs/http-route.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import type { ChatStack } from './chat-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { MerchantsStack } from './merchants-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface ConsoleStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
  readonly web: WebStack;
  readonly chat: ChatStack;
  readonly merchants: MerchantsStack;
}

const { GET, POST } = HttpMethod;

const OWN_SESSION =
  'The function first reads the session in the cookie, and what its member may do in the shop’s team.';
const KEY_IN_PATH =
  'The path holds a short-lived key, bound to one member and one sign-in, which the function checks first.';
const SIGNED_BY_PASSKEY =
  'The form holds what a member’s passkey has signed for this browser, which the function checks first.';
const FOR_EVERYBODY = 'It says nothing of any shop.';

const CONSOLE_ROUTES: readonly (readonly [
  path: string,
  methods: HttpMethod[],
  openBecause: string,
])[] = [
  ['/console', [GET], FOR_EVERYBODY],
  ['/console/live.js', [GET], FOR_EVERYBODY],
  ['/console/passkey.js', [GET], FOR_EVERYBODY],
  ['/console/sign-in', [GET], FOR_EVERYBODY],
  ['/console/passkeys/sign-in', [POST], SIGNED_BY_PASSKEY],
  ['/console/passkeys/sign-in/challenge', [POST], FOR_EVERYBODY],
  ['/console/sign-in/{token}', [GET, POST], KEY_IN_PATH],
  ['/console/sign-out', [POST], OWN_SESSION],
  ['/console/orders', [GET], OWN_SESSION],
  ['/console/orders/rows', [GET], OWN_SESSION],
  ['/console/orders/{order}', [GET, POST], OWN_SESSION],
  ['/console/threads', [POST], OWN_SESSION],
  ['/console/bills', [GET], OWN_SESSION],
  ['/console/bills/new', [GET, POST], OWN_SESSION],
  ['/console/bills/{order}', [GET, POST], OWN_SESSION],
  ['/console/catalog', [GET], OWN_SESSION],
  ['/console/catalog/export', [GET], OWN_SESSION],
  ['/console/catalog/import', [GET, POST], OWN_SESSION],
  ['/console/catalog/new', [GET, POST], OWN_SESSION],
  ['/console/catalog/{product}', [GET, POST], OWN_SESSION],
  ['/console/settings', [GET, POST], OWN_SESSION],
  ['/console/payouts', [GET, POST], OWN_SESSION],
  ['/console/payouts/return', [GET], OWN_SESSION],
  ['/console/team', [GET, POST], OWN_SESSION],
  ['/console/passkeys', [GET, POST], OWN_SESSION],
  ['/console/passkeys/challenge', [POST], OWN_SESSION],
  ['/console/api', [GET, POST], OWN_SESSION],
  ['/console/api/endpoints/{endpoint}', [GET, POST], OWN_SESSION],
];

export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, props: ConsoleStackProps) {
    super(scope, id, props);
    const { house, data, web, chat, merchants } = props;
    const merchantConsole = new NodeLambda(this, {
      house,
      name: 'console',
      description: 'Where shops see their orders, give money back, and keep catalog and team',
      whoIsHurt: 'Shops see an error where their orders are: they prepare and refund nothing.',
      // Nobody tries a page again for them.
      failuresToAlarm: 1,
      // API Gateway itself gives up after 30 seconds.
      timeout: Duration.seconds(28),
      // A person waits in front of it; and a whole catalog is read and written at once.
      memoryMb: 1024,
      publicUrl: web.publicUrl,
      callsStripe: true,
      secrets: [data.secrets.stripeKey],
    });
    data.users.allow(merchantConsole, 'read', 'change', 'delete');
    data.transactions.allow(merchantConsole, 'read', 'change');
    data.transactions.allowIndexes(merchantConsole, 'byPayer', 'byPayee');
    // An owner sends an event to an endpoint of theirs once more.
    merchants.webhooks.allowSend(merchantConsole);
    // Staff give a chat back, in its person's own order.
    chat.queue.allowSend(merchantConsole);
    const integration = new HttpLambdaIntegration('Console', merchantConsole.function, {
      // One permission for the API: one a route would fill the function's policy.
      scopePermissionToRoute: false,
    });
    for (const [path, methods, openBecause] of CONSOLE_ROUTES) {
      for (const method of methods) {
        new HttpRoute(this, { api: web.api, method, path, integration, openBecause });
      }
    }
  }
}
