import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Bindings } from '../../http/bindings';
import type { Core } from '../core';
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
export function pageApi(core: Core): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get('/state', (c) => {
    const person = core.workspace.people.find(c.req.query('user') ?? '');
    return person ? c.json(stateFor(core, person)) : c.json({ error: 'user_not_found' }, 404);
  });
  app.get('/events', (c) => streamChanges(core, c));
  app.post('/acts/:act', answerAct(core));
  app.get('/traffic', (c) => c.json({ entries: core.traffic.list() }));
  app.delete('/traffic', (c) => {
    core.traffic.clear();
    return c.json({ ok: true });
  });
  app.get('/faults', (c) => c.json(faultsOf(core)));
  app.post('/faults', async (c) => {
    const { name, setting } = await c.req.json();
    if (!isSlackFaultName(name)) return c.json({ error: 'no_such_fault' }, 404);
    if (setting === false) core.faults.clear(name);
    else core.faults.set(name, setting === true ? {} : setting);
    return c.json(faultsOf(core));
  });
  app.delete('/faults', (c) => {
    core.faults.clear();
    return c.json(faultsOf(core));
  });
  return app;
}

function faultsOf(core: Core) {
  return { table: SLACK_FAULTS, on: core.faults.current() };
}

const KEEP_ALIVE_MS = 15_000;

function streamChanges(core: Core, c: Parameters<typeof streamSSE>[0]) {
  return streamSSE(c, async (stream) => {
    await stream.writeSSE({ event: 'hello', data: '{}' });
    const stop = core.events.on((change) => void stream.writeSSE({ data: JSON.stringify(change) }));
    const keepAlive = setInterval(() => void stream.write(': still here\n\n'), KEEP_ALIVE_MS);
    await new Promise<void>((resolve) => stream.onAbort(resolve));
    clearInterval(keepAlive);
    stop();
  });
}
