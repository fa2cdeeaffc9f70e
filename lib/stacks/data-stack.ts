// What is never deleted: the two tables, the key that encrypts them, and the secrets.
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { ENVIRONMENT } from '../../lambdas/wiring/environment.ts';
import type { Stage } from '../config/stages.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { makeSecrets, type Secrets } from '../constructs/secrets.ts';

export interface DataStackProps extends StackProps {
  readonly stage: Stage;
}

/** An index of keys alone: who finds something reads it from the table, where it is current. */
function keysOnly(
  indexName: string,
  partitionKey: string,
  sortKey: { name: string; type: AttributeType },
): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey,
    projectionType: ProjectionType.KEYS_ONLY,
  };
}

const TRANSACTION_INDEXES = [
  keysOnly('byPayer', 'payerKey', { name: 'createdAt', type: AttributeType.STRING }),
  keysOnly('byPayee', 'payeeKey', { name: 'createdAt', type: AttributeType.STRING }),
  keysOnly('due', 'dueShard', { name: 'dueAtMs', type: AttributeType.NUMBER }),
];

export class DataStack extends Stack {
  /** People and all that they can delete. */
  readonly users: HouseTable;
  /** Money and all that the books must keep. */
  readonly transactions: HouseTable;
  readonly secrets: Secrets;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    const key = new Key(this, 'Key', {
      description: `Encrypts the tables of tender ${props.stage.name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.users = new HouseTable(this, 'Users', {
      key,
      nameVariable: ENVIRONMENT.usersTable,
      expiresAtAttribute: 'expiresAtSeconds',
    });
    this.transactions = new HouseTable(this, 'Transactions', {
      key,
      nameVariable: ENVIRONMENT.transactionsTable,
      indexes: TRANSACTION_INDEXES,
      stream: StreamViewType.NEW_IMAGE,
    });
    this.secrets = makeSecrets(this, props.stage.name);
  }
}
