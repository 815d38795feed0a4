import type { Deliver } from './deliver/deliver';
import type { ResponseUrls } from './deliver/response-urls';
import type { Triggers } from './deliver/triggers';
import type { Events, PayloadFault } from './events';
import type { Settings } from './options';
import type { Traffic } from './traffic';
import type { Weather } from './weather';
import type { Workspace } from './workspace/workspace';

/** The parts of one local Slack, handed to whatever acts on it. */
export interface Core {
  settings: Settings;
  events: Events;
  traffic: Traffic;
  weather: Weather;
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  deliver: Deliver;
  /** Payloads that were refused, oldest first. */
  faults: PayloadFault[];
  /** `http://127.0.0.1:<port>`. */
  origin(): string;
  /** A fresh address for Socket Mode, good for one connection. */
  socketUrl(): string;
}

/** Remembers a payload that Slack would refuse, so that a test can ask for none. */
export function noteFault(core: Core, fault: PayloadFault): void {
  core.faults.push(fault);
  core.events.emit({ type: 'fault', fault });
}
