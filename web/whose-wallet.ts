// Says whose wallet a page belongs to: a link can be passed on to make somebody else fill in their card or their bank.
import { nameAndHandle, type Person } from '../lambdas/domain/people/person.ts';
import { type Html, html } from './html.ts';

export function whoseWallet(person: Person): Html {
  return html`<p class="soft">This is the wallet of <b>${nameAndHandle(person)}</b>. If that is not you, somebody sent you their own link: close this page and enter nothing.</p>`;
}
