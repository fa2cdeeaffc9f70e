// Asks Messenger who an address is. Names are for display: not knowing one is never a reason to fail.
import * as z from 'zod/mini';
import type { Address } from '../../domain/people/address.ts';
import type { ProfileSource } from '../../domain/people/ports.ts';
import type { GraphClient } from './graph-client.ts';
import { cutLine } from './messenger-limits.ts';

const profileSchema = z.object({
  name: z.nullish(z.string()),
  first_name: z.nullish(z.string()),
  last_name: z.nullish(z.string()),
  locale: z.nullish(z.string()),
});

const longestName = 100;

export function createProfileSource(graph: GraphClient): ProfileSource {
  const ask = ({ pageId, psid }: Address, fields: string) =>
    graph.call({ method: 'GET', pageId, path: [psid], query: { fields } });

  return {
    async profileOf(address) {
      const names = 'name,first_name,last_name';
      const first = await ask(address, `${names},locale`);
      // The locale needs a permission of its own (pages_user_locale); without it the name is still worth asking for.
      const answer = first.kind === 'refused' ? await ask(address, names) : first;
      return answer.kind === 'done' ? readProfile(answer.body) : undefined;
    },
  };
}

function readProfile(body: unknown): { name?: string; locale?: string } | undefined {
  const profile = z.safeParse(profileSchema, body);
  if (!profile.success) return undefined;
  const name = readName(profile.data);
  const locale = readLocale(profile.data.locale);
  if (name === undefined && locale === undefined) return undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(locale === undefined ? {} : { locale }),
  };
}

function readName(profile: z.output<typeof profileSchema>): string | undefined {
  const parts = [profile.first_name, profile.last_name].filter(Boolean).join(' ');
  const name = (profile.name ?? '') === '' ? parts : (profile.name ?? '');
  return name.trim() === '' ? undefined : cutLine(name, longestName);
}

/** Meta writes en_US, the rest of the world en-US. */
function readLocale(locale: string | null | undefined): string | undefined {
  const tag = locale?.replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})*$/u.test(tag) ? tag : undefined;
}
