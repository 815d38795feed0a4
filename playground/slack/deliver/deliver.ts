import type { SlackFaults } from '../slack-faults';
import type { Settings } from '../slack-options';
import type { Traffic, TrafficKind } from '../traffic';
import type { Delivery, Packet } from './packet';
import { postSigned } from './post-signed';
import type { SocketMode } from './socket-mode';

export interface Deliver {
  /** Hands a packet to the app and waits for its acknowledgement, at most `ackTimeoutMs`. */
  (packet: Packet): Promise<Delivery>;
  setRequestUrl(url: string | undefined): void;
}

/** Over signed HTTP when there is a request URL, else over an open socket. */
export function createDeliver(parts: {
  settings: Settings;
  traffic: Traffic;
  faults: SlackFaults;
  sockets: SocketMode;
}): Deliver {
  const { settings, sockets } = parts;
  let requestUrl = settings.requestUrl;

  const send = (packet: Packet): Promise<Delivery> =>
    requestUrl
      ? postSigned(packet, {
          url: requestUrl,
          secret: settings.signingSecret,
          timeoutMs: settings.ackTimeoutMs,
        })
      : sockets.send(packet, settings.ackTimeoutMs);

  const deliver = async (packet: Packet): Promise<Delivery> => {
    const startedAt = Date.now();
    const delivery = await send(packet);
    parts.traffic.note({
      at: startedAt,
      direction: 'to_app',
      kind: kindOf(packet),
      name: nameOf(packet),
      request: packet.payload,
      status: delivery.status,
      response: delivery.acked ? delivery.body : { problem: delivery.problem },
      durationMs: Date.now() - startedAt,
    });
    if (packet.type !== 'events_api' && parts.faults.strike('lostAck')) {
      return { acked: false, problem: 'operation_timeout', status: delivery.status };
    }
    return delivery;
  };
  return Object.assign(deliver, {
    setRequestUrl: (url: string | undefined) => {
      requestUrl = url;
    },
  });
}

function kindOf(packet: Packet): TrafficKind {
  if (packet.type === 'slash_commands') return 'command';
  return packet.type === 'interactive' ? 'interaction' : 'event';
}

function nameOf({ type, payload }: Packet): string {
  if (type === 'slash_commands') return String(payload.command);
  if (type === 'interactive') return String(payload.type);
  const event = payload.event as { type?: string } | undefined;
  return event?.type ?? String(payload.type);
}
