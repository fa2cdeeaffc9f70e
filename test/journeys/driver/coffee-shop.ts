// Joe's Coffee on the machine of a file of stories: its customers' phones, and Joe with his.
import { joesPage } from '../../../local/joes-coffee/page.ts';
import { joe as joeKeller, openJoesCoffee } from '../../../local/seed.ts';
import { type Person, person } from './person.ts';
import { standInPhone } from './stand-in-phone.ts';
import type { Wallet } from './wallet.ts';

export interface CoffeeShop {
  /** Owns the shop, and chats with its Page like everybody else. */
  readonly joe: Person;
  /** Somebody who has just said hello to the shop's Page. */
  customer(name?: string): Promise<Person & { readonly id: string }>;
}

let served = 0;

export async function openCoffeeShop(wallet: Wallet): Promise<CoffeeShop> {
  await openJoesCoffee(wallet.machine, wallet.settings);
  const door = { url: wallet.machine.messengerUrl, pageId: joesPage.id };
  return {
    joe: person(joeKeller.name, await standInPhone(door, joeKeller)),
    async customer(name = `Cora${String.fromCodePoint(97 + (served++ % 26))} Customer`) {
      const phone = await standInPhone(door, { name });
      await phone.getStarted();
      return { ...person(name, phone), id: phone.id };
    },
  };
}
