// Somebody of Joe's team signs in to the console in a browser, by the link in their own thread.
import type { Page } from 'playwright-core';
import { joesPage } from '../../local/joes-coffee/page.ts';
import { type Person, person } from '../journeys/driver/person.ts';
import { standInPhone } from '../journeys/driver/stand-in-phone.ts';
import type { TwoPhones } from './two-phones.ts';

/** Somebody's thread with Joe's Coffee. */
export async function atJoes(
  two: TwoPhones,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Person> {
  const door = { url: two.wallet.machine.messengerUrl, pageId: joesPage.id };
  return person(name, await standInPhone(door, { id, name }));
}

export async function opensConsole(
  two: TwoPhones,
  member: Person,
  options: Parameters<TwoPhones['open']>[0] = {},
): Promise<Page> {
  await member.writes('console');
  // Not the link of an earlier time.
  await two.wallet.settled();
  const page = await (await two.open(options)).newPage();
  await page.goto(await member.link('Open the console'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  return page;
}
