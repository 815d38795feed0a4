import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Core } from '../core';
import { pageApi } from '../page-api/page-api';
import { answerMethod } from './answer-method';
import { answerResponseUrl } from './answer-response-url';
import type { Bindings } from './bindings';
import { download } from './download';
import { onlyLocal } from './only-local';
import { receiveUpload } from './receive-upload';

const MEGABYTE = 1024 * 1024;

/** Everything that the local Slack answers on its one port. */
export function routes(core: Core): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.all('/api/:method', bodyLimit({ maxSize: 4 * MEGABYTE }), answerMethod(core));
  app.post('/response/:secret', bodyLimit({ maxSize: MEGABYTE }), answerResponseUrl(core));
  app.post('/upload/v1/:secret', bodyLimit({ maxSize: 64 * MEGABYTE }), receiveUpload(core));
  app.get('/files-pri/:id/:name', download(core));
  app.get('/files-pri/:id/download/:name', download(core));
  app.use('*', onlyLocal(core));
  app.route('/playground', pageApi(core));
  if (core.settings.page) app.route('/', core.settings.page);
  return app;
}
