import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import type { SlackContext } from '../slack-context';
import type { SlackFile } from '../workspace/shapes';

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';

/** A file for a caller with the bot's token. Others get the login page with status 200, as at Slack. */
export function download(slack: SlackContext) {
  return (c: Context<Bindings>) => {
    const startedAt = Date.now();
    const id = (c.req.param('id') ?? '').split('-')[1] ?? '';
    const mayRead =
      c.req.header('authorization') === `Bearer ${slack.settings.botToken}` &&
      slack.settings.scopes.includes('files:read');
    const file = slack.workspace.files.find(id);
    const note = (status: number, response: string) =>
      slack.traffic.note({
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
    const content = slack.workspace.files.contentOf(id);
    if (!file || !content || slack.faults.strike('fileNotReady')) {
      note(404, 'not found');
      return c.html('<html><body>Not found</body></html>', 404);
    }
    note(200, `${content.length} bytes`);
    return sendFile(c, file, content);
  };
}

/** A file for a signed-in person of the workspace, which is the page on this machine. */
export function openFile(slack: SlackContext) {
  return (c: Context<Bindings>) => {
    const id = c.req.param('id') ?? '';
    const file = slack.workspace.files.find(id);
    const content = slack.workspace.files.contentOf(id);
    if (!file || !content) return c.html('<html><body>Not found</body></html>', 404);
    return sendFile(c, file, content);
  };
}

function sendFile(c: Context<Bindings>, { name, mimetype }: SlackFile, content: Buffer): Response {
  return c.body(new Uint8Array(content), 200, {
    'content-type': mimetype,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'x-content-type-options': 'nosniff',
  });
}
