// Whatever README.md and docs/ name is there: paths, links, scripts, variables, secrets; and every script is told of.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type PageNames, readPage } from './read-page.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const { scripts, dependencies } = z.parse(
  z.object({
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
  }),
  JSON.parse(read('package.json')),
);

const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root }).sort()];

/** What builds leave behind: named in pages, kept by nobody. */
const outputs = read('.gitignore')
  .split('\n')
  .filter((line) => /^\w[\w.]*\/?$/u.test(line))
  .map((line) => line.replace('/', ''));

const fileNames = new Set(
  globSync('{bin,docs,lambdas,lib,local,test,web}/**/*.*', { cwd: root }).map((each) =>
    basename(each),
  ),
);

function isThere(path: string): boolean {
  const [first = ''] = path.split('/');
  if (outputs.includes(first) || Object.hasOwn(dependencies, first)) return true;
  // "the `replies.ts` of the feature"
  if (!path.includes('/') && fileNames.has(path)) return true;
  return path.includes('*')
    ? globSync(path, { cwd: root }).length > 0
    : existsSync(join(root, path));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || readPage(read(target)).anchors.includes(anchor);
}

const environment = `${read('local/machine-settings.ts')}${read('lambdas/wiring/environment.ts')}`;
const houseSecrets = read('lib/constructs/secrets.ts');
const diagramTypes = ['flowchart', 'sequenceDiagram', 'stateDiagram-v2', 'erDiagram'];

/** What a page names and nobody has. */
function missing(page: string, named: PageNames): string[] {
  return [
    ...named.paths.filter((path) => !isThere(path)),
    ...named.links.filter((link) => !leadsSomewhere(page, link)),
    ...named.scripts.filter((script) => !Object.hasOwn(scripts, script)),
    ...named.variables.filter((name) => !environment.includes(`'${name}'`)),
    ...named.secrets.filter((name) => !houseSecrets.includes(`name: '${name}'`)),
    ...named.diagrams.filter((type) => !diagramTypes.includes(type)),
  ];
}

describe('what is named is there', () => {
  it.each(pages)('in %s', (page) => {
    expect(missing(page, readPage(read(page)))).toEqual([]);
  });

  it('and what is not there is noticed, whatever it is', () => {
    const stale = `# A page
See \`lambdas/domain/gone.ts\`, \`lambda/handlers/\`, \`lambdas/adapters/paypal/<name>.ts\`, \`gone.ts\` and \`npm run gone\`,
[there](gone.md), [here](#gone), ![a picture](docs/screenshots/gone.png), \`tender/<stage>/gone\`.

| variable | meaning |
|---|---|
| \`GONE_URL\`, \`PORT\` | |

\`\`\`mermaid
gone
\`\`\`
`;
    expect(missing('README.md', readPage(stale))).toEqual([
      'lambdas/domain/gone.ts',
      'lambda/handlers/',
      'lambdas/adapters/paypal/*.ts',
      'gone.ts',
      'gone.md',
      '#gone',
      'docs/screenshots/gone.png',
      'gone',
      'GONE_URL',
      'gone',
      'gone',
    ]);
  });

  it('and what is no path of ours is not taken for one', () => {
    const fine = `# A page
\`/webhooks/messenger\`, \`<API>/webhooks/stripe\`, \`https://graph.facebook.com/x.md\`, \`GRAPH_API_URL=a/b.ts\`, \`zod/mini\`,
\`dist/<function>/index.mjs\`, [out](https://example.com/gone.md), [here](#deploying), \`replies.ts\`, \`npm test -- gone\`,
\`lambdas/handlers/<name>.ts\`, \`local/\`, \`tender/sandbox/stripe-key\`.
`;
    expect(missing('README.md', readPage(fine))).toEqual([]);
  });
});

describe('what is there is told of', () => {
  const told = pages.map((page) => readPage(read(page)));

  it.each(Object.keys(scripts).filter((name) => !name.startsWith('pre')))(
    'npm script %s',
    (script) => {
      expect(told.flatMap((page) => page.scripts)).toContain(script);
    },
  );

  it('each variable of `npm start`, in the README', () => {
    const known = [...read('local/machine-settings.ts').matchAll(/text\('([A-Z_]+)'\)/gu)];
    const names = known.map(([, name = '']) => name);

    expect(names).toContain('PORT');
    expect(readPage(read('README.md')).variables.toSorted()).toEqual(names.toSorted());
  });

  it('each page of docs/, by another page', () => {
    const named = pages.flatMap((page) => {
      const { links, paths } = readPage(read(page));
      return [...links.map((link) => join(dirname(page), link)), ...paths].map((path) =>
        path.endsWith('/') ? `${path}README.md` : path,
      );
    });

    expect(pages.filter((page) => page.startsWith('docs/') && !named.includes(page))).toEqual([]);
  });
});

it('each picture is shown somewhere, and weighs less than 200 KB', () => {
  const pictures = globSync('docs/screenshots/*', { cwd: root });
  const shown = pages.flatMap((page) =>
    readPage(read(page)).links.map((link) => join(dirname(page), link)),
  );

  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([]);
  expect(pictures.filter((picture) => statSync(join(root, picture)).size > 200_000)).toEqual([]);
});

it('a decision fits on one page and says what else was possible', () => {
  const decisions = pages.filter((page) => /^docs\/decisions\/\d{4}-/u.test(page));

  expect(decisions.length).toBeGreaterThanOrEqual(10);
  for (const page of decisions) {
    const text = read(page);
    expect(text.trimEnd().split('\n').length, page).toBeLessThanOrEqual(40);
    expect(text.match(/^## .+$/gmu), page).toEqual([
      '## Context',
      '## Options',
      '## Decision',
      '## Consequences',
    ]);
  }
});
