import type { Events } from '../events';
import { createTimestamps } from '../ids';
import type { Settings } from '../slack-options';
import { createChannels } from './channels';
import { openFileContents } from './file-contents';
import { createFiles } from './file-store';
import { createHistory } from './message-history';
import { createPeople } from './people';
import { createViews } from './view-store';

export type Workspace = ReturnType<typeof createWorkspace>;

/** Everything that a Slack workspace remembers, in the shapes that travel to the app. */
export function createWorkspace(settings: Settings, events: Events, origin: () => string) {
  const nextTs = createTimestamps(settings.now);
  const people = createPeople(settings, events);
  const channels = createChannels(settings, events);
  return {
    team: settings.team,
    nextTs,
    people,
    channels,
    history: createHistory({ events, channels, nextTs }),
    files: createFiles({
      team: settings.team,
      now: settings.now,
      origin,
      events,
      contents: openFileContents(settings.stateFile && `${settings.stateFile}.files`),
    }),
    views: createViews({ team: settings.team, now: settings.now, events }),
  };
}
