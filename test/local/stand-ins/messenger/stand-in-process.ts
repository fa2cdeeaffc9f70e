// A Messenger stand-in in a process of its own, so that a test can kill it.
import { createLocalClock } from '../../../../local/clock.ts';
import { openDurable } from '../../../../local/durable.ts';
import { startMessengerStandIn } from '../../../../local/stand-ins/messenger/messenger-stand-in.ts';
import { APP_SECRETS, PAGE, SHOP } from './messenger-site.ts';

const [dataDirectory, webhookUrl = ''] = process.argv.slice(2);
const standIn = await startMessengerStandIn({
  port: 0,
  clock: createLocalClock(),
  durable: openDurable(dataDirectory, 'messenger'),
  appSecrets: APP_SECRETS,
  pages: [PAGE, SHOP],
  webhookUrl,
  verifyToken: 'verify-token',
});
console.log(standIn.url);
