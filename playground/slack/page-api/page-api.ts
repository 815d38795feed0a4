import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Bindings } from '../../http/bindings';
import type { SlackContext } from '../slack-context';
import { isSlackFaultName, SLACK_FAULTS } from '../slack-faults';
import { answerAct } from './answer-act';
import { stateFor } from './state-for';

/**
 * What the page of the demo uses, under `/playground`:
 * - `GET  /state?user=U…`: PageState, what that person's client shows.
 * - `GET  /events`: server-sent events; each `data` is one Change as JSON. First comes the event `hello`.
 * - `POST /acts/:act`: an act of a person, see `answerAct`.
 * - `GET  /traffic`: `{entries: TrafficEntry[]}`, oldest first. `DELETE /traffic` empties it.
 * - `GET  /faults`: `{table: {name: {title, description}}, on: {name: SlackFaultSetting}}`.
 * - `POST /faults`: `{name, setting: SlackFaultSetting | boolean}`; `DELETE /faults` switches all off.
 */
export function pageApi(slack: SlackContext): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get('/state', (c) => {
    const person = slack.workspace.people.find(c.req.query('user') ?? '');
    return person ? c.json(stateFor(slack, person)) : c.json({ error: 'user_not_found' }, 404);
  });
  app.get('/events', (c) => streamChanges(slack, c));
  app.post('/acts/:act', answerAct(slack));
  app.get('/traffic', (c) => c.json({ entries: slack.traffic.list() }));
  app.delete('/traffic', (c) => {
    slack.traffic.clear();
    return c.json({ ok: true });
  });
  app.get('/faults', (c) => c.json(faultsOf(slack)));
  app.post('/faults', async (c) => {
    const { name, setting } = await c.req.json();
    if (!isSlackFaultName(name)) return c.json({ error: 'no_such_fault' }, 404);
    if (setting === false) slack.faults.clear(name);
    else slack.faults.set(name, setting === true ? {} : setting);
    return c.json(faultsOf(slack));
  });
  app.delete('/faults', (c) => {
    slack.faults.clear();
    return c.json(faultsOf(slack));
  });
  return app;
}

function faultsOf(slack: SlackContext) {
  return { table: SLACK_FAULTS, on: slack.faults.current() };
}

const KEEP_ALIVE_MS = 15_000;

function streamChanges(slack: SlackContext, c: Parameters<typeof streamSSE>[0]) {
  return streamSSE(c, async (stream) => {
    await stream.writeSSE({ event: 'hello', data: '{}' });
    const stop = slack.events.on((change) => void stream.writeSSE({ data: JSON.stringify(change) }));
    const keepAlive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    clearInterval(keepAlive);
    stop();
  });
}
