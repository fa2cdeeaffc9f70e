// The merchants' console: orders, catalog, settings, payouts and team of a shop.
import { consolePolicy } from '../../web/console/console-front.ts';
import { merchantConsole } from '../wiring/console.ts';
import { page } from './middleware/page.ts';

export const handler = page(merchantConsole(), consolePolicy);
