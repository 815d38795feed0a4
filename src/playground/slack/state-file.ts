import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Core } from './core';
import type { Channel, SlackMessage, SlackView } from './workspace/shapes';

const WRITE_AFTER_MS = 500;

interface Kept {
  channels: Channel[];
  messages: SlackMessage[];
  homes: [string, SlackView][];
}

/**
 * Restores the workspace from `stateFile` and writes it back soon after each change and on close. Contents of
 * files, open modals and traffic are not kept.
 */
export async function keepState(core: Core): Promise<{ close(): Promise<void> }> {
  const { stateFile } = core.settings;
  if (!stateFile) return { close: async () => {} };
  restore(core, await read(stateFile));

  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const writeNow = () => {
    writing = writing.then(() => write(stateFile, snapshot(core)));
    return writing;
  };
  const stop = core.events.on(({ type }) => {
    const isKept = type.startsWith('message') || type === 'home' || type === 'channel';
    if (!isKept) return;
    clearTimeout(timer);
    timer = setTimeout(() => void writeNow(), WRITE_AFTER_MS);
  });
  return {
    close: async () => {
      stop();
      clearTimeout(timer);
      await writeNow();
    },
  };
}

function snapshot({ workspace }: Core): Kept {
  return {
    channels: workspace.channels.list(),
    messages: workspace.history.all(),
    homes: workspace.views.homes(),
  };
}

function restore({ workspace }: Core, kept: Kept | null): void {
  if (!kept) return;
  for (const channel of kept.channels) workspace.channels.put(channel);
  workspace.history.restore(kept.messages);
  for (const [user, view] of kept.homes) workspace.views.replaceHome(user, view);
}

async function read(path: string): Promise<Kept | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written beside and renamed, so that a crash leaves the old state whole. */
async function write(path: string, kept: Kept): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(kept));
  await rename(`${path}.new`, path);
}
