import { createDeliver } from './deliver/deliver';
import { createResponseUrls } from './deliver/response-urls';
import { createSocketMode, type SocketMode } from './deliver/socket-mode';
import { createTriggers } from './deliver/triggers';
import { createEvents, type RefusedPayload } from './events';
import { listenWithSockets } from './http/listen-with-sockets';
import { routes } from './http/routes';
import { keepState } from './keep-state';
import { createPerson, type Person } from './people/person';
import type { SlackContext } from './slack-context';
import { createSlackFaults, type SlackFaults } from './slack-faults';
import { type PersonOptions, type SlackOptions, settle } from './slack-options';
import { createTraffic, type Traffic } from './traffic';
import { waitFor } from './wait-for';
import type { Channel, SlackMessage, SlackView, Team } from './workspace/shapes';
import { createWorkspace } from './workspace/workspace';

/** A running local Slack. */
export interface Slack {
  /** For `slackApiUrl`: `http://127.0.0.1:<port>/api/`. */
  url: string;
  /** `http://127.0.0.1:<port>`: the origin of everything else, `/playground` too. */
  origin: string;
  team: Team;
  people: PersonOptions[];
  /** Channels by name, e.g. `channel('marketing').id`. Throws when there is none. */
  channel(name: string): Channel;
  as(userId: string): Person;
  /** Messages that everybody in the channel sees, threads included, oldest first. */
  messages(channelId: string): SlackMessage[];
  home(userId: string): SlackView | null;
  /** From the root to the view in front. */
  openViews(userId: string): SlackView[];
  traffic: Traffic;
  faults: SlackFaults;
  /** Payloads that were refused so far. A flow test ends by expecting none. */
  refusedPayloads(): RefusedPayload[];
  sockets: Pick<SocketMode, 'count' | 'refresh' | 'drop'>;
  /** Calls `ask` now and after every change. Resolves with its first truthy answer. Rejects after the time-out. */
  waitFor<T>(
    ask: (slack: Slack) => T | null | undefined | false,
    options?: { timeoutMs?: number },
  ): Promise<T>;
  /** Somebody deletes a message. */
  deleteMessage(ts: string): void;
  /** A person becomes a guest, is deactivated, and the like. The app learns of it when it next asks. */
  changePerson(userId: string, to: Partial<PersonOptions>): void;
  archive(channelId: string): void;
  /** The channel is now shared with another organisation. */
  shareWithOtherOrganisation(channelId: string): void;
  /** Switches to HTTP mode; undefined: back to Socket Mode. */
  setRequestUrl(url: string | undefined): void;
  close(): Promise<void>;
}

/** Starts a local Slack on 127.0.0.1 that speaks the real protocol to one app. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const settings = settle(options);
  let port = settings.port;
  const origin = () => `http://127.0.0.1:${port}`;

  const events = createEvents();
  const traffic = createTraffic((entry) => events.emit({ type: 'traffic', entry }));
  const faults = createSlackFaults(events);
  const sockets = createSocketMode((count) => events.emit({ type: 'connections', count }));
  const slack: SlackContext = {
    settings,
    events,
    traffic,
    faults,
    workspace: createWorkspace(settings, events, origin),
    triggers: createTriggers({ now: settings.now, lifeMs: settings.triggerLifeMs }),
    responseUrls: createResponseUrls({ now: settings.now, origin }),
    deliver: createDeliver({ settings, traffic, faults, sockets }),
    refusedPayloads: [],
    origin,
    socketUrl: () => `ws://127.0.0.1:${port}/link?ticket=${sockets.newTicket()}`,
  };
  const state = await keepState(slack);
  const server = await listenWithSockets(routes(slack), sockets, settings.port);
  port = server.port;

  return facade(slack, sockets, async () => {
    await server.close();
    await state.close();
  });
}

function facade(slack: SlackContext, sockets: SocketMode, close: () => Promise<void>): Slack {
  const { workspace, settings } = slack;
  const change = (channelId: string, to: Partial<Channel>) => {
    const channel = workspace.channels.find(channelId) ?? fail(`There is no channel ${channelId}.`);
    workspace.channels.put({ ...channel, ...to });
  };
  const running: Slack = {
    url: `${slack.origin()}/api/`,
    origin: slack.origin(),
    team: workspace.team,
    people: settings.people,
    channel: (name) => workspace.channels.findByName(name) ?? fail(`There is no channel #${name}.`),
    as: (userId) =>
      createPerson(slack, workspace.people.find(userId) ?? fail(`There is no person ${userId}.`)),
    messages: (channelId) => workspace.history.in(channelId),
    home: (userId) => workspace.views.home(userId) ?? null,
    openViews: (userId) => [...workspace.views.stack(userId)],
    traffic: slack.traffic,
    faults: slack.faults,
    refusedPayloads: () => [...slack.refusedPayloads],
    sockets,
    waitFor: (ask, options) => waitFor(slack.events, () => ask(running), options),
    deleteMessage: (ts) =>
      workspace.history.remove(workspace.history.find(ts) ?? fail(`There is no message ${ts}.`)),
    changePerson: workspace.people.change,
    archive: (channelId) => change(channelId, { is_archived: true }),
    shareWithOtherOrganisation: (channelId) => change(channelId, { is_ext_shared: true }),
    setRequestUrl: slack.deliver.setRequestUrl,
    close,
  };
  return running;
}

function fail(message: string): never {
  throw new Error(message);
}
