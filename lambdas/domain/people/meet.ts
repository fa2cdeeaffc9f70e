// Who is at an address: the person we know, or a new one, named as their profile says.
import { isWalletCurrency } from '../payments/limits.ts';
import { type Currency, readCurrency } from '../money/currency.ts';
import { nameForOthers } from '../privacy/words-of-others.ts';
import type { World } from '../world.ts';
import { type Address, addressKey } from './address.ts';
import type { Person, PersonId } from './person.ts';

type MeetWorld = Pick<World, 'people' | 'profiles' | 'ids' | 'clock' | 'settings'>;

/** `lastKnownAs` saves a look-up where it still is whoever has the address. */
export async function meet(
  world: MeetWorld,
  address: Address,
  lastKnownAs: PersonId | undefined,
): Promise<Person> {
  const known = await whoIsAt(world, address, lastKnownAs);
  if (known !== undefined) return known;
  const profile = await world.profiles.profileOf(address);
  const locale = readLocale(profile?.locale);
  const name = profile?.name === undefined ? undefined : nameForOthers(profile.name);
  const person: Person = {
    id: world.ids.derived('per', addressKey(address)),
    version: 1,
    addresses: [address],
    locale,
    currency: currencyOf(locale, world.settings.defaultCurrency),
    level: 'new',
    findableByName: true,
    instruments: [],
    createdAtMs: world.clock.now(),
    ...(name === undefined ? {} : { name }),
  };
  if ((await world.people.create(person)) === 'saved') return person;
  const other = await world.people.byAddress(address);
  if (other === undefined) throw new Error(`The address of ${person.id} conflicts with nobody.`);
  return other;
}

async function whoIsAt(
  world: MeetWorld,
  address: Address,
  lastKnownAs: PersonId | undefined,
): Promise<Person | undefined> {
  const person = lastKnownAs === undefined ? undefined : await world.people.byId(lastKnownAs);
  const key = addressKey(address);
  const isStillThere = person?.addresses.some((each) => addressKey(each) === key) === true;
  return isStillThere ? person : world.people.byAddress(address);
}

/** Messenger writes `en_US`; Intl wants `en-US`. */
function readLocale(text: string | undefined): string {
  try {
    const [locale] = Intl.getCanonicalLocales((text ?? 'en_US').replaceAll('_', '-'));
    return locale ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

const currencyByRegion: Readonly<Record<string, string>> = {
  US: 'USD',
  GB: 'GBP',
  CA: 'CAD',
  AU: 'AUD',
  SG: 'SGD',
  CH: 'CHF',
  JP: 'JPY',
  AT: 'EUR',
  BE: 'EUR',
  DE: 'EUR',
  ES: 'EUR',
  FI: 'EUR',
  FR: 'EUR',
  GR: 'EUR',
  IE: 'EUR',
  IT: 'EUR',
  NL: 'EUR',
  PT: 'EUR',
};

function currencyOf(locale: string, fallback: Currency): Currency {
  const region = new Intl.Locale(locale).region;
  const currency = readCurrency(currencyByRegion[region ?? ''] ?? '');
  return currency !== undefined && isWalletCurrency(currency) ? currency : fallback;
}
