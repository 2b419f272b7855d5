// Gathers Vega-Lite's own example specifications: node fetch.mjs <folder> [<folder with examples>]
//
// Debian 13 packages those of 5.18 (`apt-get download node-vega-lite && dpkg-deb -x node-vega-lite*.deb x`, then
// x/usr/share/doc/node-vega-lite/examples/specs); the last release whose npm package carries them is 2.0.0, which are taken where no folder is
// given. Interactive ones are left out. Each one's data, which it names by file, is put inline from the package vega-datasets, so that whoever
// draws it needs nothing else.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [folder, given] = process.argv.slice(2);
const npm = join(folder, 'npm');
const specs = join(folder, 'specs');
mkdirSync(npm, {recursive: true});
writeFileSync(join(npm, 'package.json'), '{"private": true}');
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error',
  ...(given ? ['vega-datasets@2.8.1'] : ['vega-lite@2.0.0', 'vega-datasets@1.31.1'])], {cwd: npm, stdio: ['ignore', 'ignore', 'inherit']});

const examples = given ?? join(npm, 'node_modules/vega-lite/examples/specs');
const data = join(npm, 'node_modules/vega-datasets/data');
rmSync(specs, {recursive: true, force: true});
mkdirSync(specs, {recursive: true});
let kept = 0;
const left = [];
for (const file of readdirSync(examples).filter(name => name.endsWith('.json')).sort()) {
  const text = readFileSync(join(examples, file), 'utf8');
  const spec = JSON.parse(text);
  if (/"(selection|select|bind)"\s*:/.test(text)) {
    left.push(`${file}: interactive`);
  } else if (!inline(spec)) {
    left.push(`${file}: its data is not in vega-datasets`);
  } else {
    writeFileSync(join(specs, file), JSON.stringify(spec));
    ++kept;
  }
}
writeFileSync(join(folder, 'left-out.txt'), left.join('\n') + '\n');
console.log(`${kept} specifications, ${left.length} left out`);

/** Replaces each data URL by what the file holds; false where there is no such file. */
function inline(node) {
  if (node === null || typeof node !== 'object') return true;
  if (typeof node.url === 'string' && node.url.startsWith('data/')) {
    const file = join(data, node.url.slice('data/'.length));
    if (!existsSync(file)) return false;
    const type = file.slice(file.lastIndexOf('.') + 1);
    const text = readFileSync(file, 'utf8');
    node.values = type === 'json' ? JSON.parse(text) : text;
    if (type !== 'json') node.format = {type, ...node.format};
    delete node.url;
  }
  return Object.entries(node).every(([key, value]) => key === 'values' || inline(value));
}
