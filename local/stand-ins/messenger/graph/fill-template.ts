// Makes the words of a utility message: the approved template with the variables that were sent.
import { type MessageTemplate, fillVariables, variablesOf } from '../limits/message-template.ts';
import type { UtilityMessage } from '../limits/utility-message.ts';
import type { UtilityWords } from '../record/happening.ts';

/** The words, or what is wrong with the variables. */
export type Filled =
  | { readonly kind: 'filled'; readonly words: UtilityWords }
  | { readonly kind: 'wrong'; readonly why: string };

interface Parameter {
  readonly name: string | undefined;
  readonly value: string;
}

export function fillTemplate(template: MessageTemplate, sent: UtilityMessage): Filled {
  const body = template.components.find((component) => component.type === 'BODY');
  if (body === undefined) throw new Error(`template ${template.name} was approved without a body`);
  const header = template.components.find((component) => component.type === 'HEADER');
  const headerText = header?.format === 'TEXT' ? header.text : undefined;
  const filledBody = fill(body.text, parametersOf(sent, 'body'));
  const filledHeader =
    headerText === undefined ? undefined : fill(headerText, parametersOf(sent, 'header'));
  if (filledBody === undefined) return wrongCount('body', body.text);
  if (headerText !== undefined && filledHeader === undefined)
    return wrongCount('header', headerText);
  const buttons = fillButtons(template, buttonValuesOf(sent));
  if (buttons === undefined) {
    return { kind: 'wrong', why: 'the buttons component must have one parameter per variable' };
  }
  const heading = filledHeader === undefined ? {} : { header: filledHeader };
  return { kind: 'filled', words: { ...heading, body: filledBody, buttons } };
}

function wrongCount(part: string, words: string): Filled {
  const variables = variablesOf(words).map((name) => `{{${name}}}`);
  const expected = variables.length === 0 ? 'no parameters' : variables.join(', ');
  return { kind: 'wrong', why: `the ${part} component must have exactly ${expected}` };
}

function parametersOf(sent: UtilityMessage, part: 'header' | 'body'): Parameter[] {
  return (sent.components ?? []).flatMap((component) => {
    if (component.type === 'buttons' || component.type !== part) return [];
    return component.parameters.flatMap((parameter) =>
      parameter.type === 'text' ? [{ name: parameter.parameter_name, value: parameter.text }] : [],
    );
  });
}

function buttonValuesOf(sent: UtilityMessage): string[] {
  return (sent.components ?? []).flatMap((component) => {
    if (component.type !== 'buttons') return [];
    return component.parameters.map((parameter) => {
      switch (parameter.type) {
        case 'text':
          return parameter.text;
        case 'url':
          return parameter.url;
        case 'payload':
          return parameter.payload;
        default:
          return parameter satisfies never;
      }
    });
  });
}

/** `undefined` unless the parameters are exactly the variables, by name or by position. */
function fill(words: string, parameters: readonly Parameter[]): string | undefined {
  const variables = variablesOf(words);
  if (variables.length !== parameters.length) return undefined;
  const values = new Map(
    parameters.map(({ name, value }, index) => [name ?? String(index + 1), value]),
  );
  if (variables.some((variable) => !values.has(variable))) return undefined;
  return fillVariables(words, values);
}

/** Button variables are positional in every template: the n-th value goes to the n-th that has one. */
function fillButtons(
  template: MessageTemplate,
  values: readonly string[],
): UtilityWords['buttons'] | undefined {
  const left = [...values];
  const fillNext = (words: string) =>
    variablesOf(words).length === 0
      ? words
      : words.replace(/\{\{[^}]*\}\}/, () => left.shift() ?? '{{missing}}');
  const component = template.components.find(({ type }) => type === 'BUTTONS');
  const buttons = component?.type === 'BUTTONS' ? component.buttons : [];
  const filled = buttons.map((button) =>
    button.type === 'URL'
      ? { type: 'web_url' as const, title: button.text, url: fillNext(button.url) }
      : {
          type: 'postback' as const,
          title: button.text,
          payload: fillNext(button.payload ?? button.text),
        },
  );
  const complete = !JSON.stringify(filled).includes('{{missing}}') && left.length === 0;
  return complete ? filled : undefined;
}
