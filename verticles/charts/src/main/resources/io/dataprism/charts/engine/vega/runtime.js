// What a chart's JavaScript world looks like. Evaluated twice: before Vega is loaded it lays out the world ('prelude'), after
// it hands out what Java calls ('draw', and 'turn' until the drawing is done). Nothing of the host can be reached from here but measureText.
(function (global, measureText) {
  'use strict';

  /** What the standard says of values that specifications are made of; undefined members stay, functions are refused. */
  function clone(value) {
    if (typeof value === 'function' || typeof value === 'symbol') throw Error('cannot be cloned: ' + String(value));
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(clone);
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof Set) return new Set([...value].map(clone));
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [clone(key), clone(item)]));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clone(item)]));
  }

  /** What waits for the promise jobs of this call to end, as a time-out does. */
  let timers = [];

  /** Run what waits; says whether there was anything. */
  function turn() {
    const due = timers;
    timers = [];
    due.forEach(action => action());
    return due.length > 0;
  }

  function prelude() {
    const noop = () => undefined;
    global.console = {log: noop, info: noop, warn: noop, error: noop, debug: noop};
    global.structuredClone = clone;
    global.setTimeout = action => { timers.push(action); return 0; };
    global.clearTimeout = noop;
    // Vega measures text on a canvas that it looks for once, while it loads. Afterwards there is no document.
    const canvas = {
      font: '10px sans-serif',
      measureText(text) { return {width: measureText(this.font, String(text))}; },
    };
    global.document = {createElement: () => ({getContext: () => canvas})};
  }

  function loaded() {
    delete global.document;
    const sequence = global.vega.expressionFunction('sequence');
    global.vega.expressionFunction('sequence', (start, stop, step) => {
      const [from, to] = stop === undefined ? [0, start] : [start, stop];
      if ((to - from) / (step || 1) > 1e6) throw Error('sequence(…) makes more than 1,000,000 values');
      return sequence(start, stop, step);
    });
  }

  /** Keeps warnings, each once, in their order. */
  function collector() {
    const lines = new Set();
    const keep = (...parts) => { if (lines.size < 20) lines.add(parts.map(String).join(' ')); return log; };
    const log = {
      level: function () { return arguments.length ? log : global.vega.Warn; },
      error: (...parts) => { throw parts[0] instanceof Error ? parts[0] : Error(parts.map(String).join(' ')); },
      warn: keep, info: () => log, debug: () => log,
      lines,
    };
    return log;
  }

  const loader = {
    load: () => Promise.reject(Error('charts load nothing themselves')),
    sanitize(uri, options) {
      const ok = options && options.context === 'href' ? /^(https?:|mailto:|#)/i : /^data:image\//i;
      return ok.test(uri) ? Promise.resolve({href: uri}) : Promise.reject(Error('refused: ' + uri));
    },
    http: () => Promise.reject(Error('no network')),
    file: () => Promise.reject(Error('no files')),
  };

  /** Columns to rows; JSON.parse of columns is a third of the size of rows. */
  function rows(table) {
    if (Array.isArray(table)) return table;
    const names = Object.keys(table);
    const count = names.length ? table[names[0]].length : 0;
    const out = new Array(count);
    for (let i = 0; i < count; ++i) {
      const row = {};
      for (const name of names) row[name] = table[name][i];
      out[i] = row;
    }
    return out;
  }

  function marks(item) {
    let count = 0;
    for (const child of item.items || []) count += (child.items ? 0 : 1) + marks(child);
    return count;
  }

  function compiled(request, log) {
    const {vega, vegaLite} = global;
    const tables = Object.entries(request.data).map(([name, table]) => [name, rows(table)]);
    if (request.lite) {
      const spec = request.spec;
      if (tables.length) spec.datasets = Object.assign(Object.fromEntries(tables), spec.datasets);
      if (vegaLite.resetIdCounter) vegaLite.resetIdCounter();
      return vegaLite.compile(spec, {config: request.config, logger: log}).spec;
    }
    const spec = request.spec;
    spec.data = [].concat(spec.data || []);
    for (const [name, values] of tables) {
      const existing = spec.data.find(data => data.name === name);
      if (existing) existing.values = values; else spec.data.unshift({name, values});
    }
    spec.config = vega.mergeConfig(request.config, spec.config || {});
    return spec;
  }

  /** Where an expression stands that cannot be read, which Vega's own message does not tell. */
  function unreadable(node, path) {
    if (node === null || typeof node !== 'object') return null;
    for (const [key, value] of Object.entries(node)) {
      const at = Array.isArray(node) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      if (typeof value === 'string' && ['calculate', 'filter', 'expr', 'test', 'signal', 'update'].includes(key)) {
        try { global.vega.parseExpression(value); } catch (error) { return `${at}: the expression '${value}' cannot be read (${error.message})`; }
      } else if (key !== 'values' && key !== 'datasets') {
        const below = unreadable(value, at);
        if (below) return below;
      }
    }
    return null;
  }

  /** Draw; the answer is complete when it says 'done', after as many turns as it takes. */
  function draw(text) {
    const {vega} = global;
    const request = JSON.parse(text);
    timers = [];
    const answer = {done: false, error: null, svg: null, width: 0, height: 0, marks: 0, notes: ''};
    const log = collector();
    const fail = error => {
      answer.error = unreadable(request.spec, '') || String(error && error.message || error);
      answer.done = true;
    };
    try {
      vega.setRandom(vega.randomLCG(request.seed));
      vega.resetSVGDefIds();
      const spec = compiled(request, log);
      const view = new vega.View(vega.parse(spec), {renderer: 'none', logger: log, loader});
      view.runAsync().then(() => {
        answer.marks = marks(view.scenegraph().root);
        if (answer.marks > request.maxMarks) return null;
        return view.toSVG();
      }).then(svg => {
        answer.svg = svg;
        answer.notes = JSON.stringify([...log.lines]);
        view.finalize();
        answer.done = true;
      }).catch(fail);
    } catch (error) {
      fail(error);
    }
    return answer;
  }

  return {prelude, loaded, draw, turn};
})
