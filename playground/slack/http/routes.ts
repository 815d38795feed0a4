import { Hono } from 'hono';
import type { Bindings } from '../../http/bindings';
import { limitBody } from '../../http/limit-body';
import { pageApi } from '../page-api/page-api';
import type { SlackContext } from '../slack-context';
import { answerMethod } from './answer-method';
import { answerResponseUrl } from './answer-response-url';
import { download, openFile } from './download';
import { onlyOwnOrigin } from './only-own-origin';
import { receiveUpload } from './receive-upload';

const MEGABYTE = 1024 * 1024;
/** Ten files of ten megabytes, as a file input takes them, and the rest of the form. */
const PAGE_LIMIT = 104 * MEGABYTE;

/** Everything that the local Slack answers on its one port. */
export function routes(slack: SlackContext): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.all('/api/:method', limitBody(4 * MEGABYTE), answerMethod(slack));
  app.post('/response/:secret', limitBody(MEGABYTE), answerResponseUrl(slack));
  app.post('/upload/v1/:secret', limitBody(64 * MEGABYTE), receiveUpload(slack));
  app.get('/files-pri/:id/:name', download(slack));
  app.get('/files-pri/:id/download/:name', download(slack));
  app.use('*', onlyOwnOrigin(slack), limitBody(PAGE_LIMIT));
  app.get('/files/:user/:id/:name', openFile(slack));
  app.route('/playground', pageApi(slack));
  if (slack.settings.page) app.route('/', slack.settings.page);
  return app;
}
