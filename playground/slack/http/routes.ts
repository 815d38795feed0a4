import { Hono } from 'hono';
import type { Bindings } from '../../http/bindings';
import { limitBody } from '../../http/limit-body';
import type { Core } from '../core';
import { pageApi } from '../page-api/page-api';
import { answerMethod } from './answer-method';
import { answerResponseUrl } from './answer-response-url';
import { download, openFile } from './download';
import { onlyOwnOrigin } from './only-own-origin';
import { receiveUpload } from './receive-upload';

const MEGABYTE = 1024 * 1024;
/** Ten files of ten megabytes, as a file input takes them, and the rest of the form. */
const PAGE_LIMIT = 104 * MEGABYTE;

/** Everything that the local Slack answers on its one port. */
export function routes(core: Core): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.all('/api/:method', limitBody(4 * MEGABYTE), answerMethod(core));
  app.post('/response/:secret', limitBody(MEGABYTE), answerResponseUrl(core));
  app.post('/upload/v1/:secret', limitBody(64 * MEGABYTE), receiveUpload(core));
  app.get('/files-pri/:id/:name', download(core));
  app.get('/files-pri/:id/download/:name', download(core));
  app.use('*', onlyOwnOrigin(core), limitBody(PAGE_LIMIT));
  app.get('/files/:user/:id/:name', openFile(core));
  app.route('/playground', pageApi(core));
  if (core.settings.page) app.route('/', core.settings.page);
  return app;
}
