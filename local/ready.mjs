// The first step of `npm start` and `npm test`: whatever the next step needs is here, or one sentence says what to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const OLDEST_JAVA = 17;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// npm starts us with the Node that scripts get; only an installation can change which one that is.
const nodeVersion = installWhenStale() ? versionOfNodeOnPath() : process.versions.node;
requireNode(nodeVersion);
if (process.argv.includes('--java') && !process.env.DYNAMODB_URL) requireJava();

/** Installs when node_modules is not what the lock file names; answers whether it did. */
function installWhenStale() {
  if (isInstalled()) return false;
  console.error(
    'Installing what package-lock.json names. The first time this takes about a minute.',
  );
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: npm, npm_node_execpath: npmNode } = process.env;
  // The npm that started us, on its own Node: the one in node_modules is about to be deleted.
  const options = { cwd: root, stdio: 'inherit' };
  const result =
    npm && npmNode ? spawnSync(npmNode, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) fail('`npm ci` failed; what it said is above.');
  return true;
}

/** npm notes what it installed in node_modules/.package-lock.json: every entry must be there, as locked. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (wanted === undefined)
    fail('package-lock.json is missing or broken: `git checkout package-lock.json`.');
  if (present === undefined) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '') return true;
    const installed = present[path];
    // What is optional and absent was made for another platform.
    if (installed === undefined) return locked.optional === true || locked.devOptional === true;
    return installed.integrity === locked.integrity && existsSync(join(root, path, 'package.json'));
  });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function versionOfNodeOnPath() {
  return (
    spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  );
}

function requireNode(version) {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return;
  fail(
    `This needs Node ${OLDEST_NODE} or newer, and npm's scripts get ${version || 'none'}.`,
    `  Linux on x64 or arm64: use npm (\`npm start\`, \`npm test\`), and do not install with --omit=optional:`,
    `    Node ${OLDEST_NODE} then comes from package-lock.json. If it still does not: rm -rf node_modules && npm ci`,
    `  Elsewhere (macOS, Windows, Alpine): install Node ${OLDEST_NODE} yourself, e.g. \`brew install node@${OLDEST_NODE}\``,
    `    or \`nvm install ${OLDEST_NODE} && nvm use ${OLDEST_NODE}\`.`,
  );
}

function requireJava() {
  const version = javaVersion();
  if (Number.parseInt(version ?? '', 10) >= OLDEST_JAVA) return;
  fail(
    `This needs Java ${OLDEST_JAVA} or newer, for AWS's DynamoDB Local, and ${version ? `finds Java ${version}` : 'finds none'}.`,
    `  Debian, Ubuntu: sudo apt-get install -y openjdk-${OLDEST_JAVA}-jre-headless   (or default-jre-headless)`,
    `  macOS:          brew install openjdk@${OLDEST_JAVA}   and put its bin directory on PATH, as brew says`,
    '  No Java:        set DYNAMODB_URL to a DynamoDB endpoint that you started elsewhere, e.g. http://localhost:8000',
  );
}

/** Java's version: from the `release` file of the installation if it can be found, since starting a JVM takes 0.1 s. */
function javaVersion() {
  const release = releaseFileOfJava();
  if (release !== undefined) return release;
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return status === 0 ? /version "(?:1\.)?([^"]+)"/.exec(stderr)?.[1] : undefined;
}

function releaseFileOfJava() {
  const directory = (process.env.PATH ?? '')
    .split(delimiter)
    .find((path) => existsSync(join(path, 'java')));
  if (directory === undefined) return undefined;
  try {
    const home = join(dirname(realpathSync(join(directory, 'java'))), '..');
    return /JAVA_VERSION="(?:1\.)?([^"]+)"/.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function fail(...lines) {
  console.error(['', ...lines, ''].join('\n'));
  process.exit(1);
}
