// GET, POST and DELETE /{page}/messenger_profile: what people see before and beside the thread.
import * as z from 'zod/mini';
import { checkLimits } from '../limits/check-limits.ts';
import { messengerProfile, profileField } from '../limits/messenger-profile.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { badParameter, noSuchObject } from './refusal.ts';

export function answerMessengerProfile(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  switch (authorized.call.method) {
    case 'GET':
      return readProfile(authorized, site);
    case 'POST':
      return setProfile(authorized, site);
    case 'DELETE':
      return clearProfile(authorized, site);
    default:
      return refused(noSuchObject(authorized.call.method, authorized.page.id));
  }
}

const fieldList = z.pipe(
  z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((names) => (Array.isArray(names) ? names : names.split(','))),
  ),
  z.array(profileField).check(z.minLength(1)),
);

function readProfile({ call, page }: AuthorizedCall, { history }: GraphSite): GraphAnswer {
  const read = checkLimits(z.strictObject({ fields: fieldList }), call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const profile = history.world.profiles.get(page.id) ?? {};
  const chosen = Object.entries(profile).filter(([name]) =>
    read.value.fields.some((field) => field === name),
  );
  return done({ data: chosen.length === 0 ? [] : [Object.fromEntries(chosen)] });
}

function setProfile({ call, page }: AuthorizedCall, { history }: GraphSite): GraphAnswer {
  const read = checkLimits(messengerProfile, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const properties = read.value;
  if (Object.keys(properties).length === 0) {
    return refused(badParameter('(#100) Requires one of the Messenger Profile properties'));
  }
  const before = history.world.profiles.get(page.id) ?? {};
  const hasGetStarted = (properties.get_started ?? before.get_started) !== undefined;
  if (properties.persistent_menu !== undefined && !hasGetStarted) {
    return refused(
      badParameter('(#100) Param persistent_menu requires get_started to be set', 2018145),
    );
  }
  history.append({ kind: 'profile_set', pageId: page.id, properties });
  return done({ result: 'success' });
}

function clearProfile({ call, page }: AuthorizedCall, { history }: GraphSite): GraphAnswer {
  const read = checkLimits(z.strictObject({ fields: fieldList }), call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const { fields } = read.value;
  const keepsMenu =
    history.world.profiles.get(page.id)?.persistent_menu !== undefined &&
    !fields.includes('persistent_menu');
  if (fields.includes('get_started') && keepsMenu) {
    return refused(
      badParameter('(#100) Param fields: get_started is needed by persistent_menu', 2018145),
    );
  }
  history.append({ kind: 'profile_cleared', pageId: page.id, fields });
  return done({ result: 'success' });
}
