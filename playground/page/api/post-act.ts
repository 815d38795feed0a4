import { ask, post } from './ask-demo';
import type { ActBodies, Seen } from './wire';

/** The outcome of an act, as far as the person needs to know it. */
export type Outcome =
  | { kind: 'done'; errors: Record<string, string> }
  /** The app did not answer as it should. The client says so, and the person may try again. */
  | { kind: 'problem'; code: string }
  /** A real client would not allow it. `code` says why. */
  | { kind: 'refused'; code: string; field: string | null }
  | { kind: 'unreachable' };

type Entries = Record<string, unknown>;

/** Does one thing as a person. Files are sent as a multipart form, each under the name of its field. */
export async function act<A extends keyof ActBodies>(
  user: string,
  name: A,
  body: ActBodies[A],
): Promise<Outcome> {
  const path = `/playground/acts/${name}`;
  const form = asForm({ user, ...body });
  const answer = form
    ? await ask<Partial<Seen>>(path, { method: 'POST', body: form })
    : await post<Partial<Seen>>(path, { user, ...body });
  if (answer.kind === 'unreachable') return answer;
  if (answer.kind === 'refused') return refusal(answer.body);
  const { problem, errors } = answer.body;
  return problem ? { kind: 'problem', code: problem } : { kind: 'done', errors: errors ?? {} };
}

function refusal(body: unknown): Outcome {
  const { error, field } = body as { error?: string; field?: string | null };
  return { kind: 'refused', code: error ?? '', field: field ?? null };
}

/** A multipart form where there are files to send, otherwise null. */
function asForm(body: { entries?: Entries } & Record<string, unknown>): FormData | null {
  const entries = Object.entries(body.entries ?? {});
  const files = entries.filter(([, entry]) => hasFiles(entry));
  if (files.length === 0) return null;
  const rest = Object.fromEntries(entries.filter(([, entry]) => !hasFiles(entry)));
  const form = new FormData();
  form.set('act', JSON.stringify({ ...body, entries: rest }));
  for (const [field, list] of files) {
    for (const file of list as File[]) form.append(field, file);
  }
  return form;
}

function hasFiles(entry: unknown): boolean {
  return Array.isArray(entry) && entry[0] instanceof File;
}
