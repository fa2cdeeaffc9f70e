// The way in: the HTTP API that webhooks and pages share, and the pages that people see.
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { HouseAlarm } from '../constructs/house-alarm.ts';
import type { House } from '../constructs/house.ts';
import { HttpRoute } from '../constructs/http-route.ts';
import { NodeLambda } from '../constructs/node-lambda.ts';
import type { DataStack } from './data-stack.ts';

export interface WebStackProps extends StackProps {
  readonly house: House;
  readonly data: DataStack;
}

const { GET, POST } = HttpMethod;

const KEY_IN_PATH =
  'The path holds a short-lived key, bound to one person and one action, which the function checks first.';

const PAGE_ROUTES: readonly (readonly [
  path: string,
  methods: HttpMethod[],
  openBecause: string,
])[] = [
  ['/pay/{token}', [GET, POST], KEY_IN_PATH],
  ['/pay/{token}/card', [GET, POST], KEY_IN_PATH],
  ['/pay/{token}/return', [GET], KEY_IN_PATH],
  ['/payout/{token}', [GET, POST], KEY_IN_PATH],
  ['/payout/{token}/return', [GET], KEY_IN_PATH],
  ['/settings/{token}', [GET, POST], KEY_IN_PATH],
  ['/settings/{token}/card', [GET, POST], KEY_IN_PATH],
  ['/order/{token}', [GET, POST], KEY_IN_PATH],
  ['/order/{token}/return', [GET], KEY_IN_PATH],
  ['/order/{token}/cancel', [GET], KEY_IN_PATH],
  ['/pictures/{picture}', [GET], 'Pictures of what shops sell are for everybody to see.'],
  ['/terms', [GET], 'The terms are for everybody to read.'],
];

/** Neither path, address nor browser: a path holds a key, and who looked at a page is nobody's business. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  functionLatencyMs: '$context.integrationLatency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

export class WebStack extends Stack {
  readonly api: HttpApi;
  /** The origin of the API, without a trailing slash. */
  readonly publicUrl: string;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { house } = props;
    this.api = new HttpApi(this, 'Api', {
      apiName: `tender-${house.stage.name}`,
      createDefaultStage: false,
    });
    this.publicUrl = this.api.apiEndpoint;
    this.openStage(house);
    this.servePages(props);
    new HouseAlarm(this, {
      house,
      article: 'api-server-errors',
      whoIsHurt:
        'People on our pages see an error, and vendors have to deliver their webhooks again.',
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
    });
    new CfnOutput(this, 'PublicUrl', {
      value: this.publicUrl,
      description: 'Webhooks are <this>/webhooks/messenger and <this>/webhooks/stripe.',
    });
  }

  private openStage(house: House): void {
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: house.stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: house.stage.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
  }

  private servePages(props: WebStackProps): void {
    const { house, data } = props;
    const pages = new NodeLambda(this, {
      house,
      name: 'pages',
      description:
        'The pages where people confirm, add a card, get set up to be paid, and change settings',
      whoIsHurt:
        'People who try to confirm a payment, add a card or take their money see an error.',
      // Nobody tries a page again for them.
      failuresToAlarm: 1,
      // API Gateway itself gives up after 30 seconds.
      timeout: Duration.seconds(28),
      // A person waits in front of it, so twice the CPU of the others.
      memoryMb: 1024,
      publicUrl: this.publicUrl,
      callsStripe: true,
      secrets: [data.secrets.stripeKey, data.secrets.pinPepper],
    });
    data.users.allow(pages, 'read', 'change', 'delete');
    data.transactions.allow(pages, 'read', 'change');
    data.transactions.allowIndexes(pages, 'byPayer', 'byPayee');
    const integration = new HttpLambdaIntegration('Pages', pages.function, {
      // One permission for the API: one a route would fill the function's policy.
      scopePermissionToRoute: false,
    });
    for (const [path, methods, openBecause] of PAGE_ROUTES) {
      for (const method of methods) {
        new HttpRoute(this, { api: this.api, method, path, integration, openBecause });
      }
    }
  }
}
