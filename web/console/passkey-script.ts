// The script of the two forms for passkeys: asks the device to make one or to sign, and sends the form with its answer.
import { createHash } from 'node:crypto';
import { type Html, html } from '../html.ts';
import type { FileAnswer } from '../page-answer.ts';

const source = `'use strict';
(() => {
  const canRead = typeof globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function';
  const canMake = typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';
  if (!canRead || !canMake) return;
  for (const form of document.querySelectorAll('form[data-passkey]')) prepare(form);
  for (const instead of document.querySelectorAll('[data-without-passkey]')) instead.hidden = true;

  const words = {
    NotAllowedError: 'Nothing was done: it was cancelled, took too long, or there is no passkey for this on this device.',
    InvalidStateError: 'This device has a passkey for this shop already.',
    SecurityError: 'This browser makes no passkeys for this address.',
  };

  function prepare(form) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      run(form);
    });
  }

  async function run(form) {
    const button = form.querySelector('button');
    const problem = form.querySelector('[role=alert]');
    button.disabled = true;
    problem.textContent = '';
    try {
      const answer = await fetch(form.dataset.passkey, { method: 'POST', body: new URLSearchParams(new FormData(form)), cache: 'no-store' });
      // The page that the form itself gets says why.
      if (answer.status === 401 || answer.status === 403) return form.submit();
      if (!answer.ok) throw new Error();
      const credential = await ask(await answer.json());
      form.elements.answer.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      problem.textContent = words[error.name] ?? 'This did not work. Try again in a moment.';
      button.disabled = false;
    }
  }

  function ask({ create, get }) {
    return create === undefined
      ? navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(get) })
      : navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(create) });
  }
})();
`;

const tag = createHash('sha256').update(source).digest('hex').slice(0, 16);

export const passkeyScript: FileAnswer = {
  kind: 'file',
  contentType: 'text/javascript; charset=utf-8',
  body: source,
  tag,
  keepSeconds: 24 * 60 * 60,
};

/** A form that the script shows where the browser can do it. `challengeAt` answers the options, given the form's own fields. */
export function passkeyForm(of: {
  readonly action: string;
  readonly challengeAt: string;
  readonly fields?: Html;
  readonly button: string;
}): Html {
  return html`<form method="post" action="${of.action}" data-passkey="${of.challengeAt}" hidden>${of.fields}<input type="hidden" name="answer" value=""><button>${of.button}</button><p class="wrong" role="alert"></p></form>
<script src="/console/passkey.js?v=${tag}" defer></script>`;
}
