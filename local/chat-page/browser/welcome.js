// What a thread shows before the first message: who the page is, its greeting, ice breakers or Get Started.
import { avatar } from './avatar.js';
import { h } from './dom.js';

/**
 * @param {any} thread
 * @param {any} person
 * @param {(act: string, body?: object) => void} act
 */
export function welcomeView(thread, person, act) {
  const { profile, pageName } = thread;
  return h(
    'div',
    { class: 'welcome' },
    avatar(pageName, 'large'),
    h('p', { class: 'welcome-name' }, pageName),
    h('p', { class: 'welcome-note' }, 'Automated · Typically replies instantly'),
    profile.greeting &&
      h('p', { class: 'welcome-greeting' }, greetingFor(profile.greeting, person.name)),
    h('div', { class: 'welcome-space' }),
    ...startButtons(profile, act),
  );
}

/** Messenger fills these in for the person who reads. */
const greetingFor = (greeting, name) =>
  greeting
    .replaceAll('{{user_first_name}}', name.split(' ')[0])
    .replaceAll('{{user_full_name}}', name)
    .replaceAll('{{user_last_name}}', name.split(' ').slice(1).join(' '));

function startButtons({ iceBreakers, getStarted }, act) {
  if (iceBreakers.length > 0) {
    const questions = iceBreakers.map(({ question, payload }) =>
      h(
        'button',
        {
          type: 'button',
          class: 'ice-breaker',
          onclick: () => act('postback', { title: question, payload }),
        },
        question,
      ),
    );
    return [
      h('p', { class: 'welcome-note' }, 'Tap to ask'),
      h('div', { class: 'ice-breakers' }, ...questions),
    ];
  }
  if (getStarted === null) return [];
  return [
    h(
      'button',
      { type: 'button', class: 'primary get-started', onclick: () => act('get-started') },
      'Get Started',
    ),
  ];
}
