import { once } from 'node:events';
import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import type { SlackContext } from '../slack-context';

/** The second step of an external upload: the content, bare or as the one file of a multipart form. */
export function receiveUpload(slack: SlackContext) {
  return async (c: Context<Bindings>) => {
    const startedAt = Date.now();
    if (slack.faults.strike('uploadSilent')) await once(c.env.outgoing, 'close');
    const content = await readContent(c);
    const isTaken = slack.workspace.files.receive(c.req.param('secret') ?? '', content);
    const status = isTaken ? 200 : 400;
    const answer = isTaken ? `OK - ${content.length}` : 'wrong address or length';
    slack.traffic.note({
      at: startedAt,
      direction: 'to_slack',
      kind: 'upload',
      name: 'upload',
      request: { bytes: content.length },
      status,
      response: answer,
      durationMs: Date.now() - startedAt,
    });
    return c.text(answer, status);
  };
}

async function readContent(c: Context): Promise<Buffer> {
  if (!c.req.header('content-type')?.startsWith('multipart/form-data')) {
    return Buffer.from(await c.req.arrayBuffer());
  }
  const form = await c.req.parseBody();
  const file = Object.values(form).find((value) => value instanceof File);
  return file instanceof File ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}
