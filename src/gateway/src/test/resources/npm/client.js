// Drives the stock npm client against a bridge; tells each thing that happens as one JSON line.
const EventBus = require('@vertx/eventbus-bridge-client.js');
const url = process.argv[2];
const token = process.env.BRIDGE_TOKEN;
const tell = (what, value) => console.log(JSON.stringify({ what, value }));
const bus = new EventBus(url, token ? { transportOptions: { websocket: { headers: { Authorization: `Bearer ${token}` } } } } : {});

bus.onerror = error => tell('onerror', error);
bus.onclose = event => tell('closed', event.code);
bus.onopen = () => {
  bus.registerHandler('event:weather.*', (error, event) =>
    tell('event', error || { topic: event.headers.topic, source: event.headers.source, body: event.body }));
  bus.registerHandler('event:forbidden.*', error => tell('forbidden', error));
  bus.registerHandler('channel:room:user:ada', (error, message) => {
    tell('message', error || message.body);
    if (!error && message.reply) message.reply({ answer: 42 });
  });
  const numbers = [];
  bus.registerHandler('stream:numbers', (error, item) => {
    if (error || item.headers.end) return tell('numbers', error || numbers);
    numbers.push(item.body);
    bus.send('stream:numbers', 1);
  });
  bus.send('plugin:echo:count', 5, { stream: 'stream:numbers', credit: '2' }, (error, head) => tell('head', error || head.body));
  bus.send('plugin:echo:say', { hello: 'plugin' }, (error, answer) => {
    tell('answer', error || answer.body);
    bus.publish('event:weather.update', { celsius: 21 });
    bus.publish('event:weather.last', { celsius: 22 }, { retained: true });
    bus.registerHandler('event:weather.last', (error, event) =>
      tell('last', error || { retained: event.headers.retained, body: event.body }));
    bus.send('kernel:plugins:list', {}, error => tell('kernel', error));
    bus.send('plugin:secret:open', null, error => tell('denied', error));
    bus.send('channel:room:host', 'hello from node', (error, answer) => tell('asked', error || answer.body));
  });
};

process.stdin.on('data', () => bus.close());
