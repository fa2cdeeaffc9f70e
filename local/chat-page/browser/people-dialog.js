// Asks for a new person's name and language, and adds them.
import { door } from './door.js';
import { h } from './dom.js';
import { attempt } from './notice.js';

const LOCALES = ['en_US', 'en_GB', 'de_DE', 'fr_FR', 'es_ES', 'pt_BR', 'it_IT', 'ja_JP', 'ar_AR'];

/** @param {(person: any) => void} onAdded */
export function askForPerson(onAdded) {
  const name = h('input', {
    id: 'new-name',
    autocomplete: 'off',
    maxlength: 60,
    required: true,
    placeholder: 'Carla Diaz',
  });
  const locale = h(
    'select',
    { id: 'new-locale' },
    ...LOCALES.map((one) => h('option', { value: one }, one)),
  );
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-label': 'Add a person', onclose: () => dialog.remove() },
    h(
      'form',
      {
        method: 'dialog',
        onsubmit: () =>
          attempt(async () => {
            const wanted = name.value.trim();
            if (wanted !== '')
              onAdded(await door.addPerson({ name: wanted, locale: locale.value }));
          }),
      },
      h('h2', {}, 'Add a person'),
      h('label', { for: 'new-name' }, 'Name'),
      name,
      h('label', { for: 'new-locale' }, 'Language'),
      locale,
      h(
        'div',
        { class: 'dialog-buttons' },
        h(
          'button',
          { type: 'button', class: 'secondary', onclick: () => dialog.close() },
          'Cancel',
        ),
        h('button', { type: 'submit', class: 'primary' }, 'Add'),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  name.focus();
}
