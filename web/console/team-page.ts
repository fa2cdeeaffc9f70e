// /console/team: who may do what in this shop, and codes for those who shall join.
import {
  changeMember,
  inviteMember,
  revokeInvite,
} from '../../lambdas/domain/console/change-team.ts';
import type { Role, Shop, TeamMember } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, ofSession, roleNames, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { moment } from './order-words.ts';

const path = '/console/team';

const roles = ['owner', 'staff', 'reader'] as const satisfies readonly Role[];

const roleHints: Readonly<Record<Role, string>> = {
  owner: 'may do everything',
  staff: 'sells and refunds',
  reader: 'only looks',
};

export async function showTeam(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const isSaved = request.query['done'] === 'saved';
  return teamPage(world, visitor, isSaved ? { said: { kind: 'good', text: 'Saved.' } } : {});
}

function teamPage(
  world: Pick<ConsoleWorld, 'clock'>,
  visitor: Visitor,
  more: { readonly said?: Said; readonly code?: string },
): PageAnswer {
  const { shop } = visitor;
  return consolePage(visitor, path, {
    title: 'Team',
    ...(more.said === undefined ? {} : { said: more.said }),
    body: html`<h1>Team</h1>
${more.code === undefined ? undefined : newCode(more.code)}
${shop.team.map((member) => memberCard(visitor, member))}
${inviteForm(visitor)}${openInvites(visitor, world.clock.now())}`,
  });
}

function memberCard(visitor: Visitor, member: TeamMember): Html {
  const isSelf = member.personId === visitor.member.personId;
  const name = html`<p class="title">${member.name}${isSelf ? ' (you)' : undefined}</p>`;
  const { team } = visitor.shop;
  const isLastOwner =
    member.role === 'owner' && team.filter(({ role }) => role === 'owner').length === 1;
  if (isLastOwner)
    return html`<section class="card">${name}<p class="soft">${roleNames.owner}, the only one: make somebody else an owner before you change this.</p></section>`;
  const who = html`${ofSession(visitor)}<input type="hidden" name="person" value="${member.personId}">`;
  return html`<section class="card">${name}
<form class="inline" method="post" action="${path}">${who}<input type="hidden" name="do" value="role"><label class="field">Role${roleSelect(member.role)}</label><button class="quiet">Save</button></form>
<details><summary aria-label="Remove ${member.name}…">Remove…</summary><form method="post" action="${path}">${who}<input type="hidden" name="do" value="remove">
<p class="soft">From this moment on ${isSelf ? 'you' : 'they'} can see and do nothing here. Another invitation brings ${isSelf ? 'you' : 'them'} back.</p><button class="danger">Remove from the team</button></form></details></section>`;
}

function roleSelect(chosen: Role): Html {
  return html`<select name="role">${roles.map((role) => html`<option value="${role}"${role === chosen ? html` selected` : undefined}>${roleNames[role]} – ${roleHints[role]}</option>`)}</select>`;
}

function inviteForm(visitor: Visitor): Html {
  return html`<form method="post" action="${path}" class="card">${ofSession(visitor)}<input type="hidden" name="do" value="invite"><h2>Invite somebody</h2>
<label class="field">As what${roleSelect('staff')}</label><button>Make a code</button>
<p class="soft">Whoever writes the code to your shop’s Page in Messenger first is in the team.</p></form>`;
}

function newCode(code: string): Html {
  return html`<section class="card"><h2>The code, shown this once</h2><p class="code">join ${code}</p>
<p>Whom you invite writes these words to your shop’s Page in Messenger, within three days. Give it to nobody else: the first who writes it is in.</p></section>`;
}

function openInvites(visitor: Visitor, nowMs: number): Html | undefined {
  const open = (visitor.shop.invites ?? []).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  if (open.length === 0) return undefined;
  return html`<section class="card"><h2>Codes that nobody has used yet</h2>
${open.map(
  ({ fingerprint, role, expiresAtMs }) =>
    html`<form method="post" action="${path}" class="row">${ofSession(visitor)}<input type="hidden" name="do" value="revoke"><input type="hidden" name="invite" value="${fingerprint}"><span>${roleNames[role]}, until ${moment(visitor.shop, expiresAtMs)}</span><button class="quiet small">Withdraw</button></form>`,
)}</section>`;
}

export async function changeTeam(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const { shop } = visitor;
  const role = roles.find((each) => each === form.get('role'));
  switch (form.get('do') ?? '') {
    case 'invite':
      return role === undefined ? nothingDone(world, visitor) : invite(world, visitor, role);
    case 'revoke':
      await revokeInvite(world, shop, form.get('invite') ?? '');
      return saved(world);
    case 'role':
      return role === undefined
        ? nothingDone(world, visitor)
        : change(world, visitor, { personId: form.get('person') ?? '', role });
    case 'remove':
      return change(world, visitor, { personId: form.get('person') ?? '', role: undefined });
    default:
      return nothingDone(world, visitor);
  }
}

/** No redirect: the code must stand in no address and is nowhere to be read again. */
async function invite(world: ConsoleWorld, visitor: Visitor, role: Role): Promise<PageAnswer> {
  const code = await inviteMember(world, visitor.shop, role);
  const shop: Shop = (await world.shops.get(visitor.shop.id)) ?? visitor.shop;
  return teamPage(world, { ...visitor, shop }, { code });
}

async function change(
  world: ConsoleWorld,
  visitor: Visitor,
  wanted: { readonly personId: string; readonly role: Role | undefined },
): Promise<PageAnswer> {
  switch (await changeMember(world, visitor.shop, wanted)) {
    case 'changed':
      return saved(world);
    case 'no_such_member':
      return teamPage(world, visitor, {
        said: { kind: 'bad', text: 'They are not in the team any more.' },
      });
    case 'last_owner':
      return teamPage(world, visitor, {
        said: { kind: 'bad', text: 'A shop needs an owner. Make somebody else one first.' },
      });
  }
}

function nothingDone(world: ConsoleWorld, visitor: Visitor): PageAnswer {
  return teamPage(world, visitor, { said: { kind: 'bad', text: 'Nothing was done.' } });
}

function saved(world: ConsoleWorld): PageAnswer {
  return { kind: 'redirect', to: `${world.publicUrl}${path}?done=saved` };
}
