// A DynamoDB table that is never lost: encrypted with our key, recoverable to any second, kept when the stack goes.
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  type GlobalSecondaryIndexPropsV2,
  type StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { EnvironmentName } from '../../lambdas/wiring/environment.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface HouseTableProps {
  readonly key: IKey;
  /** The variable that tells a function the table's name. */
  readonly nameVariable: EnvironmentName;
  /**
   * The attribute that holds the second after which DynamoDB drops the item.
   * @default none: nothing expires
   */
  readonly expiresAtAttribute?: string;
  /** @default none */
  readonly indexes?: readonly GlobalSecondaryIndexPropsV2[];
  /** @default no stream */
  readonly stream?: StreamViewType;
}

/** What a function may do with a table's items. A transaction needs the permissions of its parts, and no other. */
const TABLE_ACCESS = {
  read: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
  change: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
  delete: ['dynamodb:DeleteItem'],
  /** Reads all that there is: for what runs by the clock alone. */
  scan: ['dynamodb:Scan'],
} as const;

export type TableAccess = keyof typeof TABLE_ACCESS;

/** DynamoDB uses the table's key in the name of whoever reads or writes. */
const KEY_ACTIONS_TO_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const KEY_ACTIONS_TO_CHANGE = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

export class HouseTable extends Construct {
  readonly table: TableV2;
  private readonly key: IKey;
  private readonly nameVariable: EnvironmentName;

  constructor(scope: Construct, id: string, props: HouseTableProps) {
    super(scope, id);
    this.key = props.key;
    this.nameVariable = props.nameVariable;
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(props.expiresAtAttribute !== undefined && {
        timeToLiveAttribute: props.expiresAtAttribute,
      }),
      ...(props.indexes !== undefined && { globalSecondaryIndexes: [...props.indexes] }),
      ...(props.stream !== undefined && { dynamoStream: props.stream }),
    });
    this.encryptWithOurKey();
  }

  /** The library names a customer-managed key only in stacks bound to one region, and ours are bound to none. */
  private encryptWithOurKey(): void {
    const { defaultChild } = this.table.node;
    if (!(defaultChild instanceof CfnGlobalTable)) throw new Error('A TableV2 is a global table.');
    defaultChild.addPropertyOverride('Replicas.0.SSESpecification', {
      KMSMasterKeyId: this.key.keyArn,
    });
  }

  /** Tells a function the table's name, without letting it in. */
  name(reader: NodeLambda): void {
    reader.setVariable(this.nameVariable, this.table.tableName);
  }

  /** Lets a function in for these kinds of access, and tells it the table's name. */
  allow(user: NodeLambda, ...access: readonly TableAccess[]): void {
    this.name(user);
    user.allow(
      access.flatMap((kind) => TABLE_ACCESS[kind]),
      [this.table.tableArn],
    );
    const writes = access.includes('change') || access.includes('delete');
    user.allow(writes ? [...KEY_ACTIONS_TO_READ, ...KEY_ACTIONS_TO_CHANGE] : KEY_ACTIONS_TO_READ, [
      this.key.keyArn,
    ]);
  }

  /** Lets a function query these indexes and no other. */
  allowIndexes(user: NodeLambda, ...indexNames: readonly string[]): void {
    this.name(user);
    user.allow(
      ['dynamodb:Query'],
      indexNames.map((name) => `${this.table.tableArn}/index/${name}`),
    );
    user.allow(KEY_ACTIONS_TO_READ, [this.key.keyArn]);
  }
}
