// The whole CDK app of a stage: which stacks there are, and in which order they stand on each other.
import { Annotations, App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readStage, type Stage } from './config/stages.ts';
import { BooksStack } from './stacks/books-stack.ts';
import { ChatStack } from './stacks/chat-stack.ts';
import { ConsoleStack } from './stacks/console-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { MerchantsStack } from './stacks/merchants-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';
import { PaymentsStack } from './stacks/payments-stack.ts';
import { WebStack } from './stacks/web-stack.ts';

export interface TenderAppProps {
  /** The folder that holds `<function>/index.mjs` of every function. */
  readonly distRoot: string;
  /**
   * Context besides what the CDK's own command hands over: `stage`, `pageId`, feature flags.
   * @default none
   */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * Where the templates go.
   * @default what the CDK's own command says, else a new temporary folder
   */
  readonly outdir?: string;
  /**
   * Run cdk-nag and CloudFormation's own rules, which throw on a finding that nobody acknowledged. Takes two seconds,
   * which a local start need not spend: the tests do.
   * @default true
   */
  readonly checked?: boolean;
}

export function createTenderApp(props: TenderAppProps): App {
  const { checked = true } = props;
  const app = new App({
    ...(props.context !== undefined && { context: { ...props.context } }),
    ...(props.outdir !== undefined && { outdir: props.outdir }),
    analyticsReporting: false,
    builtinCloudFormationValidation: checked,
  });
  const stage = readStage((key) => app.node.tryGetContext(key));
  const stackName = (part: string) => `tender-${stage.name}-${part}`;

  const operations = new OperationsStack(app, stackName('operations'), {
    stage,
    distRoot: props.distRoot,
    description: 'Tender: alarms and dashboard',
  });
  const { house } = operations;
  const data = new DataStack(app, stackName('data'), {
    stage,
    description: 'Tender: tables, their key, and secrets. Never deleted',
  });
  const web = new WebStack(app, stackName('web'), {
    house,
    data,
    description: 'Tender: the HTTP API and the pages that people see',
  });
  const onTheWeb = { house, data, web };
  const chat = new ChatStack(app, stackName('chat'), {
    ...onTheWeb,
    description: 'Tender: the conversation in Messenger',
  });
  const merchants = new MerchantsStack(app, stackName('merchants'), {
    ...onTheWeb,
    chat,
    description: "Tender: the merchants' API and their events",
  });
  const payments = new PaymentsStack(app, stackName('payments'), {
    ...onTheWeb,
    chat,
    merchants,
    description: 'Tender: provider events, deadlines and notices',
  });
  new BooksStack(app, stackName('books'), {
    ...onTheWeb,
    payments,
    description: "Tender: our books beside the provider's",
  });

  new ConsoleStack(app, stackName('console'), {
    ...onTheWeb,
    chat,
    merchants,
    description: "Tender: the shops' console",
  });

  warn(operations, stage);
  Tags.of(app).add('tender:stage', stage.name);
  if (checked) {
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  }
  return app;
}

function warn(operations: OperationsStack, { warnings }: Stage): void {
  for (const warning of warnings) {
    Annotations.of(operations).addWarningV2('tender:stage', warning);
  }
}
