import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { Buka } from '../buka/facade';
import type { Bindings } from '../http/bindings';
import { bukaRoutes } from './buka-routes';
import type { Mode } from './read-options';
import { makeSampleLists, type SampleList } from './sample-lists';
import type { BotState, SupervisedBot } from './supervised-bot';

/** `GET /demo/state`. */
export interface DemoState {
  mode: Mode;
  bot: BotState;
  /** The bot's last lines, oldest first. */
  log: string[];
}

/** One of `GET /demo/samples`. */
export type SampleEntry = Omit<SampleList, 'content'>;

interface DemoParts {
  mode: Mode;
  bot: SupervisedBot;
  logTail(): string[];
  buka: Buka;
  /** Where the built page is. */
  pageDir: string;
}

/** What the demo adds to the local Slack's address: the page, `/demo`, `/buka`. Only this machine may call it. */
export function demoRoutes(parts: DemoParts): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.use(secureHeaders({ strictTransportSecurity: false }));
  app.use((c, next) => {
    // A new build of the page has the same address.
    c.header('cache-control', 'no-cache');
    return next();
  });
  app.route('/demo', ownRoutes(parts));
  app.route('/buka', bukaRoutes(parts.buka));
  app.use(serveStatic({ root: parts.pageDir }));
  return app;
}

/**
 * - `GET  /demo/state`: DemoState.
 * - `POST /demo/bot/kill`: kill -9; the bot comes back by itself.
 * - `POST /demo/bot/stop`, `POST /demo/bot/start`: answer at once; `state` shows the progress.
 * - `GET  /demo/samples`: `{samples: SampleEntry[]}`. `GET /demo/samples/:name`: the file.
 */
function ownRoutes({ mode, bot, logTail }: DemoParts): Hono<Bindings> {
  const samples = makeSampleLists();
  const state = (): DemoState => ({ mode, bot: bot.state(), log: logTail() });
  const app = new Hono<Bindings>();
  app.get('/state', (c) => c.json(state()));
  app.post('/bot/kill', (c) => {
    bot.kill();
    return c.json(state());
  });
  app.post('/bot/stop', (c) => {
    void bot.stop();
    return c.json(state());
  });
  app.post('/bot/start', (c) => {
    // The bot's log and state show why it could not start.
    bot.start().catch(() => {});
    return c.json(state());
  });
  app.get('/samples', (c) => c.json({ samples: samples.map(({ content: _, ...entry }) => entry) }));
  app.get('/samples/:name', (c) => {
    const found = samples.find(({ name }) => name === c.req.param('name'));
    if (!found) return c.json({ error: 'not_found' }, 404);
    return c.body(new Uint8Array(found.content), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${found.name}"`,
    });
  });
  return app;
}
