// What a Markdown page names: paths, links, npm scripts, environment variables, secrets, diagrams.

export interface PageNames {
  /** Paths in code spans; `*` stands for what a page writes as `<name>`. */
  readonly paths: readonly string[];
  /** Targets of links and images that lead nowhere outside, `#anchor` included. */
  readonly links: readonly string[];
  readonly scripts: readonly string[];
  /** First column of tables whose heading is “variable”. */
  readonly variables: readonly string[];
  /** The last part of `tender/<stage>/<secret>`. */
  readonly secrets: readonly string[];
  /** The first word of each Mermaid block. */
  readonly diagrams: readonly string[];
  /** As GitHub makes them of headings. */
  readonly anchors: readonly string[];
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gmu;

export function readPage(text: string): PageNames {
  const prose = text.replaceAll(fence, '');
  const words = [...prose.matchAll(/`([^`\n]+)`/gu)].flatMap(([, span = '']) => wordsOf(span));
  return {
    paths: unique(words.filter(isPath)),
    links: unique(allOf(prose, /\]\(([^)\s]+)\)/gu).filter((link) => !/^[a-z]+:/u.test(link))),
    scripts: unique(allOf(text, /\bnpm (?:run )?((?<=run )[\w:-]+|start\b|test\b)/gu)),
    variables: unique(variableTables(prose)),
    secrets: unique(words.flatMap((word) => allOf(word, /^tender\/[^/]+\/([\w-]+)$/gu))),
    diagrams: [...text.matchAll(fence)]
      .filter(([, language]) => language === 'mermaid')
      .map(([, , body = '']) => /\S+/u.exec(body)?.[0] ?? 'nothing'),
    anchors: allOf(prose, /^#{1,6} (.+)$/gmu).map(anchorOf),
  };
}

/** The words of a code span, where `<page id>` and `{token}` are one placeholder and no two words. */
function wordsOf(span: string): string[] {
  return span
    .replaceAll(/<[^>]*>|\{[^}]*\}/gu, '*')
    .split(/\s+/u)
    .map((word) => word.replace(/[,;:]$/u, ''));
}

/** Routes, addresses, assignments and names of secrets have slashes, too. */
function isPath(word: string): boolean {
  if (!/^[\w.@*][\w.@*/-]*$/u.test(word) || word.startsWith('tender/')) return false;
  if (/^\*+(?:\/|$)/u.test(word)) return false;
  return word.includes('/') || /\.(?:[cm]?[jt]s|json|jar|md|png|css|html)$/u.test(word);
}

function variableTables(prose: string): string[] {
  const tables = prose.split(/\n(?!\|)/u).filter((block) => /^\|? ?variable \|/mu.test(block));
  const cells = tables.flatMap((table) => allOf(table, /^\| ([^|]+) \|/gmu));
  return cells.flatMap((cell) => allOf(cell, /`([A-Z][A-Z0-9_]+)`/gu));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/gu, '-');
}

function allOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
