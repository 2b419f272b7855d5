// Draws specifications with Node.js and the very bundles that the chart engine carries, to compare with:
//
//   node reference.mjs <folder with specifications> <advances.json> <folder for the SVGs>
//
// Text is measured by the widths of Roboto's glyphs in advances.json, for two runtimes that measure alike lay out alike.
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {runInThisContext} from 'node:vm';

process.env.TZ = 'UTC';
const [specs, advancesFile, out] = process.argv.slice(2);
const bundles = join(dirname(fileURLToPath(import.meta.url)), '../src/main/resources/io/dataprism/charts/engine/vega');
const advances = JSON.parse(readFileSync(advancesFile, 'utf8'));

function width(font, text) {
  const [, words, size] = /^(.*?)([\d.]+)px/.exec(font.toLowerCase());
  const weight = words.split(/\s+/);
  const bold = weight.some(word => word.startsWith('bold') || /^\d{3,4}$/.test(word) && +word >= 600);
  const italic = weight.some(word => word === 'italic' || word.startsWith('oblique'));
  const face = advances[(bold ? 'bold' : '') + (italic ? 'italic' : '') || 'regular'];
  let units = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0);
    units += face.signs[code] ?? (code >= 0x2E80 ? face.unitsPerEm : face.missing);
  }
  return units * +size / face.unitsPerEm;
}

const canvas = {font: '10px sans-serif', measureText(text) { return {width: width(this.font, String(text))}; }};
globalThis.document = {createElement: () => ({getContext: () => canvas})};
const load = name => runInThisContext(readFileSync(join(bundles, name), 'utf8'), {filename: name});
load('vega.min.js');
load('vega-lite.min.js');
delete globalThis.document;
const {vega, vegaLite} = globalThis;

const quiet = vega.logger(vega.Error);
mkdirSync(out, {recursive: true});
for (const file of readdirSync(specs).filter(name => name.endsWith('.json')).sort()) {
  const name = file.replace(/(\.vl)?\.json$/, '');
  try {
    vega.setRandom(vega.randomLCG(20240229));
    vega.resetSVGDefIds();
    vegaLite.resetIdCounter?.();
    const spec = vegaLite.compile(JSON.parse(readFileSync(join(specs, file), 'utf8')), {config: {}, logger: quiet}).spec;
    const view = new vega.View(vega.parse(spec), {renderer: 'none', logger: quiet});
    await view.runAsync();
    writeFileSync(join(out, name + '.svg'), await view.toSVG());
    view.finalize();
  } catch (error) {
    writeFileSync(join(out, name + '.error'), String(error.message));
  }
}
