import type { Violation } from './blocks/violation';
import type { TrafficEntry } from './traffic';
import type { SlackMessage, SlackView } from './workspace/shapes';

/** Something that changed. The page and `waitFor` listen to these. */
export type Change =
  | { type: 'message' | 'message_changed' | 'message_deleted'; channel: string; message: SlackMessage }
  | { type: 'view_opened' | 'view_changed' | 'view_closed'; user: string; view: SlackView }
  | { type: 'home'; user: string; view: SlackView }
  | { type: 'channel'; channel: string }
  | { type: 'file'; file: string }
  | { type: 'person'; user: string }
  | { type: 'unread'; user: string; channel: string; count: number }
  | { type: 'traffic'; entry: TrafficEntry }
  | { type: 'payload_refused'; payload: RefusedPayload }
  | { type: 'faults' }
  | { type: 'connections'; count: number };

/** A payload of the app that Slack would refuse. */
export interface RefusedPayload {
  /** The Web API method, `response_url`, or `ack`. */
  where: string;
  violations: Violation[];
}

export interface Events {
  emit(change: Change): void;
  /** Returns a function that removes the listener. */
  on(listener: (change: Change) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(change: Change) => void>();
  return {
    emit: (change) => {
      for (const listener of [...listeners]) listener(change);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
