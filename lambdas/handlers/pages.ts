// The pages that people open from the chat: paying, getting paid, settings, terms.
import { pages } from '../wiring/pages.ts';
import { page } from './middleware/page.ts';

export const handler = page(pages());
