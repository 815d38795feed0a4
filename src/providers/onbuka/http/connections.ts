import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/** Well below the 5 s after which common servers close an idle connection: a POST on a closing one ends as unknown. */
const IDLE_SOCKET_TIMEOUT_MS = 3_000;

/** The connection of one request. Its `transport` replaces Node's own in axios. */
interface Connection {
  transport: { request(options: RequestOptions, onReply: (reply: IncomingMessage) => void): ClientRequest };
  /** False proves that no byte of the request has left: TCP (and TLS, certificate checked) was never established. */
  wasEstablished(): boolean;
}

interface Connections {
  httpAgent: http.Agent;
  httpsAgent: https.Agent;
  open(protocol: string): Connection;
}

/** Keep-alive connections. Establishing one has its own deadline, `connectTimeoutMs`. */
export function createConnections(connectTimeoutMs: number): Connections {
  const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_TIMEOUT_MS };
  return {
    httpAgent: new http.Agent(agentOptions),
    httpsAgent: new https.Agent(agentOptions),
    open: (protocol) => openConnection(protocol === 'https:', connectTimeoutMs),
  };
}

function openConnection(secure: boolean, connectTimeoutMs: number): Connection {
  let established = false;
  return {
    wasEstablished: () => established,
    transport: {
      request(options, onReply) {
        const request = (secure ? https : http).request(options, onReply);
        const timer = setTimeout(() => {
          request.destroy(Object.assign(new Error('connect timeout'), { code: 'CONNECT_TIMEOUT' }));
        }, connectTimeoutMs);
        const onEstablished = () => {
          established = true;
          clearTimeout(timer);
        };
        request.once('socket', (socket) => {
          if (request.reusedSocket) onEstablished();
          else socket.once(secure ? 'secureConnect' : 'connect', onEstablished);
        });
        request.once('close', () => clearTimeout(timer));
        return request;
      },
    },
  };
}
