// GET and POST /{page}/message_templates: utility templates, reviewed and approved on the spot.
import * as z from 'zod/mini';
import { checkLimits } from '../limits/check-limits.ts';
import { messageTemplate } from '../limits/message-template.ts';
import { newObjectId } from '../record/new-id.ts';
import {
  type AuthorizedCall,
  type GraphAnswer,
  type GraphSite,
  done,
  refused,
} from './graph-call.ts';
import { badParameter, noSuchObject } from './refusal.ts';

export function answerMessageTemplates(authorized: AuthorizedCall, site: GraphSite): GraphAnswer {
  switch (authorized.call.method) {
    case 'GET':
      return listTemplates(authorized, site);
    case 'POST':
      return createTemplate(authorized, site);
    default:
      return refused(noSuchObject(authorized.call.method, authorized.page.id));
  }
}

const listQuery = z.strictObject({
  name: z.optional(z.string()),
  fields: z.optional(z.string()),
  limit: z.optional(z.union([z.string(), z.number()])),
});

function listTemplates({ call, page }: AuthorizedCall, { history }: GraphSite): GraphAnswer {
  const read = checkLimits(listQuery, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const { name } = read.value;
  const data = (history.world.templates.get(page.id) ?? [])
    .filter(({ template }) => name === undefined || template.name === name)
    .map(({ id, template }) => ({ id, status: 'APPROVED', ...template }));
  return done({ data });
}

function createTemplate({ call, page }: AuthorizedCall, { history }: GraphSite): GraphAnswer {
  const read = checkLimits(messageTemplate, call.parameters);
  if (read.kind === 'refused') return refused(read.refusal);
  const template = read.value;
  const exists = (history.world.templates.get(page.id) ?? []).some(
    (other) =>
      other.template.name === template.name && other.template.language === template.language,
  );
  if (exists) {
    return refused(
      badParameter(`(#100) Param name ${template.name} already exists in ${template.language}`),
    );
  }
  const id = newObjectId();
  history.append({ kind: 'template_approved', pageId: page.id, id, template });
  return done({ id, status: 'APPROVED', category: 'UTILITY' });
}
