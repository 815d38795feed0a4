import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import type { Core } from '../core';
import type { SlackFile } from '../workspace/shapes';

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** A file for whoever has the bot's token. Everybody else gets the login page, with status 200, as at Slack. */
export function download(core: Core) {
  return (c: Context<Bindings>) => {
    const startedAt = Date.now();
    const id = (c.req.param('id') ?? '').split('-')[1] ?? '';
    const mayRead =
      c.req.header('authorization') === `Bearer ${core.settings.botToken}` &&
      core.settings.scopes.includes('files:read');
    const file = core.workspace.files.find(id);
    const note = (status: number, response: string) =>
      core.traffic.note({
        at: startedAt,
        direction: 'to_slack',
        kind: 'download',
        name: file?.name ?? id,
        request: { file: id },
        status,
        response,
        durationMs: Date.now() - startedAt,
      });

    if (!mayRead) {
      note(200, 'login page');
      return c.html(LOGIN_PAGE);
    }
    const content = core.workspace.files.contentOf(id);
    if (!file || !content || core.faults.strike('fileNotReady')) {
      note(404, 'not found');
      return c.html('<html><body>Not found</body></html>', 404);
    }
    note(200, `${content.length} bytes`);
    return hand(c, file, content);
  };
}

/** A file for a person of the workspace, who is signed in: the page of this machine. */
export function openFile(core: Core) {
  return (c: Context<Bindings>) => {
    const id = c.req.param('id') ?? '';
    const file = core.workspace.files.find(id);
    const content = core.workspace.files.contentOf(id);
    if (!file || !content) return c.html('<html><body>Not found</body></html>', 404);
    return hand(c, file, content);
  };
}

function hand(c: Context<Bindings>, { name, mimetype }: SlackFile, content: Buffer): Response {
  return c.body(new Uint8Array(content), 200, {
    'content-type': mimetype,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
  });
}
