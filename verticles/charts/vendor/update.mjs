// Refreshes the JavaScript that the chart engine carries. Run it by hand when a version below changes:
//
//   node verticles/charts/vendor/update.mjs
//
// It installs the two packages with npm into target/, copies their browser bundles and licences into the
// resources, and trims Vega-Lite's JSON schema of its prose. What the build uses is what is committed: a build
// needs neither Node.js nor npm.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync, readdirSync, existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const versions = {vega: '6.4.0', 'vega-lite': '6.5.0'};
const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, '..', 'target', 'vendor');
const out = join(here, '..', 'src/main/resources/io/dataprism/charts/engine/vega');

mkdirSync(work, {recursive: true});
mkdirSync(out, {recursive: true});
writeFileSync(join(work, 'package.json'), '{"private": true}');
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts',
  ...Object.entries(versions).map(([name, version]) => `${name}@${version}`)], {cwd: work, stdio: 'inherit'});
const modules = join(work, 'node_modules');

const files = {
  'vega.min.js': readFileSync(join(modules, 'vega/build/vega.min.js'), 'utf8'),
  'vega-lite.min.js': readFileSync(join(modules, 'vega-lite/build/vega-lite.min.js'), 'utf8')
    .replace(/\/\/# sourceMappingURL=.*\n?$/, ''),
  'vega-lite-schema.json': JSON.stringify(trimmed(JSON.parse(
    readFileSync(join(modules, 'vega-lite/build/vega-lite-schema.json'), 'utf8')))) + '\n',
  'LICENSES.txt': licences(),
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(out, name), text);
  console.log(createHash('sha256').update(text).digest('hex'), name, text.length);
}

/** The schema without its descriptions and examples, which are two thirds of it and which nothing here reads. */
function trimmed(node, isMap = false) {
  if (Array.isArray(node)) return node.map(item => trimmed(item));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node)
    .filter(([key]) => isMap || (key !== 'description' && key !== 'format'))
    .map(([key, value]) => [key, trimmed(value, !isMap && (key === 'properties' || key === 'definitions'))]));
}

/** The licences of the two packages and of everything that is compiled into their bundles. */
function licences() {
  const bundled = readdirSync(modules).filter(name =>
    name === 'vega' || name === 'vega-lite' || name.startsWith('vega-') || name.startsWith('d3-')
    || ['delaunator', 'robust-predicates', 'internmap', 'topojson-client'].includes(name)).sort();
  const byText = new Map();
  for (const name of bundled) {
    const about = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt'].map(f => join(modules, name, f)).find(existsSync);
    const text = file ? readFileSync(file, 'utf8').trim() : about.license;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${about.version} (${about.license})`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join('\n' + '='.repeat(78) + '\n\n');
}
