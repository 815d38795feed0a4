import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Core } from './core';
import type { Change } from './events';
import type { SlackFaultSettings } from './slack-faults';
import type { Channel, FileFacts, SlackFile, SlackMessage, SlackView } from './workspace/shapes';

const WRITE_AFTER_MS = 500;

/** What people would miss. All but the first three came later: a file without them is as good. */
interface Kept {
  channels: Channel[];
  messages: SlackMessage[];
  homes: [string, SlackView][];
  files?: SlackFile[];
  /** Open modals, a stack a person. */
  stacks?: [string, SlackView[]][];
  /** By `<user> <channel>`. */
  unreads?: [string, number][];
  /** The languages that people have chosen. */
  locales?: [string, string][];
  faults?: SlackFaultSettings;
  /** What earlier versions called the faults. */
  weather?: SlackFaultSettings;
}

/** Changes that are not worth a word on disk. */
const PASSING: Change['type'][] = ['traffic', 'payload_refused', 'connections'];

/**
 * Restores the workspace from `stateFile` and writes it back within half a second of a change and on close. The
 * contents of files lie beside it. Traffic, triggers and response URLs live as long as the process.
 */
export async function keepState(core: Core): Promise<{ close(): Promise<void> }> {
  const { stateFile } = core.settings;
  restore(core, stateFile ? await read(core, stateFile) : null);
  if (!stateFile) return { close: async () => {} };

  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const writeNow = () => {
    timer = undefined;
    writing = writing.then(() => write(stateFile, snapshot(core)));
    return writing;
  };
  // A disk that is full now must not end the demo: the next change tries again, and closing says what is wrong.
  const writeLater = () => {
    const before = writing;
    writing = writeNow().catch(() => before);
  };
  const stop = core.events.on(({ type }) => {
    if (!PASSING.includes(type)) timer ??= setTimeout(writeLater, WRITE_AFTER_MS);
  });
  return {
    close: async () => {
      stop();
      clearTimeout(timer);
      await writeNow();
    },
  };
}

function snapshot({ workspace, faults }: Core): Kept {
  return {
    channels: workspace.channels.list(),
    messages: workspace.history.all(),
    homes: workspace.views.homes(),
    files: workspace.files.list(),
    stacks: workspace.views.stacks(),
    unreads: workspace.channels.unreads(),
    locales: workspace.people.list().map(({ id, locale }) => [id, locale]),
    faults: faults.current(),
  };
}

function restore({ workspace, faults, settings }: Core, kept: Kept | null): void {
  faults.load(settings.faults ?? kept?.faults ?? kept?.weather ?? {});
  if (!kept) return;
  for (const channel of kept.channels) workspace.channels.put(channel);
  workspace.history.restore(kept.messages);
  workspace.files.restore(kept.files ?? []);
  workspace.views.restore({ homes: kept.homes, stacks: kept.stacks ?? [] });
  workspace.channels.restoreUnreads(kept.unreads ?? []);
  for (const [user, locale] of kept.locales ?? []) workspace.people.setLocale(user, locale);
}

/** Files get the addresses of now, wherever they stand: in the list, in messages, in what a modal holds. */
async function read({ workspace }: Core, path: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8'), (_key, value) =>
      isFile(value) ? workspace.files.addressed(value) : value,
    ) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isFile(value: unknown): value is FileFacts {
  return typeof value === 'object' && value !== null && 'url_private_download' in value;
}

/** Written beside and renamed, so that a crash leaves the old state whole. */
async function write(path: string, kept: Kept): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(kept));
  await rename(`${path}.new`, path);
}
