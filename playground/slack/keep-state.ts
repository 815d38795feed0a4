import { openStateFile, readStateFile } from '../state-file';
import type { Change } from './events';
import type { SlackContext } from './slack-context';
import type { SlackFaultSettings } from './slack-faults';
import type { Channel, FileFacts, SlackFile, SlackMessage, SlackView } from './workspace/shapes';

/** What is kept across restarts. The optional fields came later: older files lack them. */
interface Kept {
  channels: Channel[];
  messages: SlackMessage[];
  homes: [string, SlackView][];
  files?: SlackFile[];
  /** Open modals: one stack for each person. */
  stacks?: [string, SlackView[]][];
  /** By `<user> <channel>`. */
  unreads?: [string, number][];
  /** The languages that people have chosen. */
  locales?: [string, string][];
  faults?: SlackFaultSettings;
  /** What earlier versions called the faults. */
  weather?: SlackFaultSettings;
}

/** Changes that do not concern the file. */
const PASSING: Change['type'][] = ['traffic', 'payload_refused', 'connections'];

/**
 * Restores the workspace from `stateFile`, and writes it within half a second after a change and on close. The
 * contents of files are in a folder beside it. Traffic, triggers and response URLs end with the process.
 */
export async function keepState(slack: SlackContext): Promise<{ close(): Promise<void> }> {
  const { stateFile } = slack.settings;
  restore(slack, stateFile ? await read(slack, stateFile) : undefined);
  if (!stateFile) return { close: async () => {} };

  const file = openStateFile(stateFile, () => snapshot(slack));
  const stop = slack.events.on(({ type }) => {
    if (!PASSING.includes(type)) file.touch();
  });
  return {
    close: () => {
      stop();
      return file.close();
    },
  };
}

function snapshot({ workspace, faults }: SlackContext): Kept {
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

function restore({ workspace, faults, settings }: SlackContext, kept: Kept | undefined): void {
  faults.load(settings.faults ?? kept?.faults ?? kept?.weather ?? {});
  if (!kept) return;
  for (const channel of kept.channels) workspace.channels.put(channel);
  workspace.history.restore(kept.messages);
  workspace.files.restore(kept.files ?? []);
  workspace.views.restore({ homes: kept.homes, stacks: kept.stacks ?? [] });
  workspace.channels.restoreUnreads(kept.unreads ?? []);
  for (const [user, locale] of kept.locales ?? []) workspace.people.change(user, { locale });
}

/** Gives every file its current addresses: in the list, in messages, and in the values of a modal. */
async function read({ workspace }: SlackContext, path: string): Promise<Kept | undefined> {
  const kept = await readStateFile(path, (_key, value) =>
    isFile(value) ? workspace.files.addressed(value) : value,
  );
  return kept as Kept | undefined;
}

function isFile(value: unknown): value is FileFacts {
  return typeof value === 'object' && value !== null && 'url_private_download' in value;
}
