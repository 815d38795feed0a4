import type { Context } from 'hono';
import type { Bindings } from '../../http/bindings';
import type { ClickOptions } from '../people/click';
import type { Entry } from '../people/fill';
import { NotPossible } from '../people/not-possible';
import { createPerson, type Person } from '../people/person';
import type { SlackContext } from '../slack-context';

/** The body of `POST /playground/acts/:act`; every act names its person as `user`. */
export interface ActBodies {
  command: { typed: string; channel: string; options?: ClickOptions };
  click: { where: string; what: string; options?: ClickOptions };
  enter: { where: string; what: string; entry: Entry; options?: ClickOptions };
  submit: { view: string; entries?: Record<string, Entry>; options?: ClickOptions };
  close: { view: string; all?: boolean };
  openHome: object;
  shortcut: { callbackId: string };
  say: { channel: string; text: string };
  invite: { channel: string };
  read: { channel: string };
  setLocale: { locale: string };
}

type Acts = { [A in keyof ActBodies]: (person: Person, body: ActBodies[A]) => unknown };

const ACTS: Acts = {
  command: (person, body) => person.command(body.typed, body.channel, body.options),
  click: (person, body) => person.click(body.where, body.what, body.options),
  enter: (person, body) => person.enter(body.where, body.what, body.entry, body.options),
  submit: (person, body) => person.submit(body.view, body.entries, body.options),
  close: (person, body) => person.close(body.view, { all: body.all ?? false }),
  openHome: (person) => person.openHome(),
  shortcut: (person, body) => person.shortcut(body.callbackId),
  say: (person, body) => person.say(body.channel, body.text),
  invite: (person, body) => person.invite(body.channel),
  read: (person, body) => person.read(body.channel),
  setLocale: (person, body) => person.setLocale(String(body.locale)),
};

/**
 * An act of a person. The body is JSON, or, for files, a multipart form with the JSON in the field `act` and
 * each file in a field named after the form field it belongs to (label, action_id or block_id).
 * Answers what the act resolves to (ActResult, mostly); 409 `{error, message, field}` for what a client would not
 * allow; 404 for an unknown act or person.
 */
export function answerAct(slack: SlackContext) {
  return async (c: Context<Bindings>) => {
    const name = c.req.param('act') ?? '';
    const body = await readBody(c);
    const person = slack.workspace.people.find(String(body.user));
    if (!Object.hasOwn(ACTS, name) || !person) return c.json({ error: 'not_found' }, 404);
    const act = ACTS[name as keyof ActBodies] as (person: Person, body: unknown) => unknown;
    try {
      return c.json((await act(createPerson(slack, person), body)) ?? { ok: true });
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      return c.json({ error: error.code, message: error.message, field: error.field }, 409);
    }
  };
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  if (!c.req.header('content-type')?.startsWith('multipart/form-data')) return c.req.json();
  const form = await c.req.formData();
  const body = JSON.parse(String(form.get('act'))) as Record<string, unknown>;
  const entries: Record<string, unknown> = { ...(body.entries as object | undefined) };
  for (const field of new Set(form.keys())) {
    if (field !== 'act') entries[field] = await filesOf(form, field);
  }
  // `enter` takes one entry, `submit` as many as there are fields.
  return typeof body.what === 'string' ? { ...body, entry: entries[body.what] } : { ...body, entries };
}

function filesOf(form: FormData, field: string) {
  const files = form.getAll(field).filter((value) => value instanceof File);
  return Promise.all(
    files.map(async (file) => ({ name: file.name, content: Buffer.from(await file.arrayBuffer()) })),
  );
}
