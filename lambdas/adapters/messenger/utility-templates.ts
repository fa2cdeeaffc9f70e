// The utility templates as they are submitted to Meta, and how one is filled in: the words for when the window is closed.
import type { UtilityTemplate, UtilityTemplateName } from '../../domain/chat/reply.ts';
import { cutLine, limits, type Text } from './messenger-limits.ts';

export const templateLanguage = 'en_US';

interface TemplateText {
  /** Meta refuses a body that begins or ends with a variable, or has few words for each. */
  readonly body: string;
  /** What the reviewers see in place of {{1}} and {{2}}. */
  readonly examples: readonly [what: string, state: string];
}

/** {{1}} is an amount such as "USD 20.00" or an order's number, {{2}} the state in a few words. */
export const utilityTemplates: Readonly<Record<UtilityTemplateName, TemplateText>> = {
  payment_update: {
    body: 'There is news about your payment of {{1}} in this chat. Its state is now: {{2}}. Write to us here to see the details.',
    examples: ['USD 20.00', 'paid'],
  },
  payment_waiting: {
    body: 'A payment of {{1}} is waiting for you in this chat. Its state is now: {{2}}. Write to us here to receive it before it goes back.',
    examples: ['USD 20.00', 'held'],
  },
  request_update: {
    body: 'There is news about a request for {{1}} in this chat. Its state is now: {{2}}. Write to us here to see the details.',
    examples: ['USD 20.00', 'waits for your answer'],
  },
  order_update: {
    body: 'There is news about order {{1}} in this chat. Its state is now: {{2}}. Write to us here to see the details.',
    examples: ['K7M-2QX', 'ready to be picked up'],
  },
};

type Variable = Text<typeof limits.templateVariable>;

export interface UtilityMessage {
  readonly name: UtilityTemplateName;
  readonly language: { readonly code: string };
  readonly components: readonly [
    {
      readonly type: 'body';
      readonly parameters: readonly { readonly type: 'text'; readonly text: Variable }[];
    },
  ];
}

/** Throws when the parameters do not match the template: Meta would refuse the message. */
export function fillUtilityTemplate({ name, parameters }: UtilityTemplate): UtilityMessage {
  const { examples } = utilityTemplates[name];
  if (parameters.length !== examples.length) {
    throw new RangeError(`${name} takes ${examples.length} parameters, not ${parameters.length}`);
  }
  return {
    name,
    language: { code: templateLanguage },
    components: [
      {
        type: 'body',
        parameters: parameters.map((text) => ({ type: 'text', text: variable(text) })),
      },
    ],
  };
}

/** Meta refuses # $ % and line breaks inside variables; braces would look like variables themselves. */
function variable(text: string): Variable {
  return cutLine(text.replaceAll(/[#$%{}]/gu, ' '), limits.templateVariable);
}
