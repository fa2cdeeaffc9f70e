// Submits the utility templates that a Page does not have yet. Those that it has are left alone: Meta has approved them.
import * as z from 'zod/mini';
import { type Caller, failed, readBody, type SetupStep, whyFailed } from './setup-step.ts';
import { templateLanguage, utilityTemplates } from './utility-templates.ts';

const templatesAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      status: z.optional(z.string()),
      components: z.optional(z.array(z.object({ type: z.string(), text: z.optional(z.string()) }))),
    }),
  ),
});

type ExistingTemplate = z.output<typeof templatesAnswer>['data'][number];

export async function createTemplates(call: Caller): Promise<SetupStep[]> {
  const entries = Object.entries(utilityTemplates);
  const answer = await call({ method: 'GET', query: { limit: '100' } }, 'message_templates');
  const read = readBody(templatesAnswer, answer);
  if (read.kind === 'failed') return entries.map(([name]) => failed(`template ${name}`, read.why));

  const steps: SetupStep[] = [];
  for (const [name, { body, examples }] of entries) {
    const existing = read.body.data.find(
      (template) => template.name === name && template.language === templateLanguage,
    );
    steps.push(
      existing === undefined
        ? await createTemplate(call, name, { body, examples })
        : compareTemplate(existing, body),
    );
  }
  return steps;
}

async function createTemplate(
  call: Caller,
  name: string,
  { body, examples }: { readonly body: string; readonly examples: readonly string[] },
): Promise<SetupStep> {
  const what = `template ${name}`;
  const template = {
    name,
    language: templateLanguage,
    category: 'UTILITY',
    components: [{ type: 'BODY', text: body, example: { body_text: [examples] } }],
  };
  const why = whyFailed(await call({ method: 'POST', body: template }, 'message_templates'));
  return why === undefined
    ? { what, outcome: 'set', note: 'Meta reviews it before it can be sent' }
    : failed(what, why);
}

function compareTemplate(existing: ExistingTemplate, body: string): SetupStep {
  const what = `template ${existing.name}`;
  const components = existing.components ?? [];
  const text = components.find(({ type }) => type.toUpperCase() === 'BODY')?.text;
  if (text !== undefined && text !== body) {
    return { what, outcome: 'skipped', note: 'exists with other words; change it at Meta' };
  }
  return existing.status === undefined || existing.status === 'APPROVED'
    ? { what, outcome: 'as it should be' }
    : { what, outcome: 'as it should be', note: `Meta says ${existing.status}` };
}
