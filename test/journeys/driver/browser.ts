// Somebody's browser: keeps cookies by site, follows redirects, and submits the forms that it finds on the page.
import { type Form, formsIn, titleOf, wordsOf } from './parse-html.ts';

const mostRedirects = 10;

export interface Page {
  readonly url: string;
  readonly status: number;
  readonly title: string;
  readonly words: string;
  readonly html: string;
  readonly forms: readonly Form[];
  /** Presses the button of that title (or whose title starts so), with these fields filled in. */
  press(title: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  hasButton(title: string): boolean;
}

export interface Browser {
  open(url: string): Promise<Page>;
  /** Sends a form that no page offered, as a script would. */
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Page>;
  /** Sends the form of that page which takes this file, with all that it holds, as a browser does. */
  upload(page: Page, file: UploadedFile): Promise<Page>;
}

export interface UploadedFile {
  /** The input's. */
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** `visits` is told every address that was opened, in order. */
export function openBrowser(visits: (url: string) => void = () => undefined): Browser {
  const cookies = new Map<string, Map<string, string>>();

  /** `from`: the page whose form it is; a browser names its origin. */
  const go = async (url: string, body?: URLSearchParams | FormData, from = url): Promise<Page> => {
    let address = url;
    let form = body;
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      visits(address);
      const response = await send(address, form, new URL(from).origin);
      const location = response.headers.get('location');
      if (location === null) return toPage(address, response);
      await response.arrayBuffer();
      address = new URL(location, address).href;
      form = undefined;
    }
    throw new Error(`${url} leads round and round.`);
  };

  const send = async (
    url: string,
    body: URLSearchParams | FormData | undefined,
    from: string,
  ): Promise<Response> => {
    const { origin } = new URL(url);
    const jar = cookies.get(origin) ?? new Map<string, string>();
    cookies.set(origin, jar);
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { origin: from }),
      },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };

  const toPage = async (url: string, response: Response): Promise<Page> => {
    const html = await response.text();
    const forms = formsIn(html);
    return {
      url,
      status: response.status,
      title: titleOf(html),
      words: wordsOf(html),
      html,
      forms,
      hasButton: (title) => findButton(forms, title) !== undefined,
      press: async (title, fields = {}) => {
        const found = findButton(forms, title);
        if (found === undefined) throw new Error(`No button “${title}” on: ${wordsOf(html)}`);
        const { form, button } = found;
        const sent = filledIn(form, fields);
        if (button.name !== undefined) sent.append(button.name, button.value);
        const target = new URL(form.action, url);
        if (form.method === 'post') return go(target.href, sent, url);
        return go(`${target.origin}${target.pathname}?${sent.toString()}`);
      },
    };
  };

  return {
    open: (url) => go(url),
    post: (url, fields) => go(url, new URLSearchParams(fields)),
    async upload(page, { field, name, type, content }) {
      const form = page.forms.find(({ names }) => names.has(field));
      if (form === undefined) throw new Error(`No form takes a file on: ${page.words}`);
      const sent = new FormData();
      for (const [key, value] of form.values) if (key !== field) sent.append(key, value);
      sent.append(field, new File([content], name, { type }));
      return go(new URL(form.action, page.url).href, sent, page.url);
    },
  };
}

function findButton(forms: readonly Form[], title: string) {
  const all = forms.flatMap((form) => form.buttons.map((button) => ({ form, button })));
  return (
    all.find(({ button }) => button.title === title) ??
    all.find(({ button }) => button.title.startsWith(title))
  );
}

/** Like a browser, refuses fields that are not there and required ones that are empty. */
function filledIn(form: Form, fields: Readonly<Record<string, string>>): URLSearchParams {
  for (const name of Object.keys(fields)) {
    if (!form.names.has(name)) throw new Error(`The form has no field “${name}”.`);
  }
  const sent = new URLSearchParams(
    form.values
      .filter(([name]) => fields[name] === undefined)
      .map(([name, value]): [string, string] => [name, value]),
  );
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  for (const name of form.required) {
    if ((sent.get(name) ?? '') === '') throw new Error(`The field “${name}” must be filled in.`);
  }
  return sent;
}
