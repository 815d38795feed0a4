import type { Deliver } from './deliver/deliver';
import type { ResponseUrls } from './deliver/response-urls';
import type { Triggers } from './deliver/triggers';
import type { Events, RefusedPayload } from './events';
import type { SlackFaults } from './slack-faults';
import type { Settings } from './slack-options';
import type { Traffic } from './traffic';
import type { Workspace } from './workspace/workspace';

/** The parts of one local Slack. The functions that act on it get them as `slack`. */
export interface SlackContext {
  settings: Settings;
  events: Events;
  traffic: Traffic;
  faults: SlackFaults;
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  deliver: Deliver;
  /** Payloads that were refused, oldest first. */
  refusedPayloads: RefusedPayload[];
  /** `http://127.0.0.1:<port>`. */
  origin(): string;
  /** A new address for Socket Mode, valid for one connection. */
  socketUrl(): string;
}

/** Remembers a payload that Slack would refuse, so that a test can expect none. */
export function noteRefusedPayload(slack: SlackContext, payload: RefusedPayload): void {
  slack.refusedPayloads.push(payload);
  slack.events.emit({ type: 'payload_refused', payload });
}
