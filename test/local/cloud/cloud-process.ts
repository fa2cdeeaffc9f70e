// A process of its own that runs the puppet app until somebody kills it: prints the URL of its queues when it is up.
import { createLocalClock } from '../../../local/clock.ts';
import { startLocalCloud } from '../../../local/cloud/local-cloud.ts';
import { openDurable } from '../../../local/durable.ts';

const [assemblyDir = '', dataDir = '', dynamoDbUrl = '', puppeteerUrl = '', tablePrefix = ''] =
  process.argv.slice(2);
const cloud = await startLocalCloud({
  assemblyDir,
  dynamoDbUrl,
  tablePrefix,
  clock: createLocalClock(),
  durable: openDurable(dataDir, 'cloud'),
  publicUrl: 'http://localhost',
  secrets: { 'puppet/given': 'x' },
  environment: { PUPPETEER_URL: puppeteerUrl },
  onLog: ({ source, line }) => {
    if (source === 'cloud' || line.includes('"ERROR"')) console.error(source, line);
  },
});
console.log(cloud.sqsUrl);
