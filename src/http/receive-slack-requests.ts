import type { ServerResponse } from 'node:http';
import type { SignedRequests } from '../slack/listeners/signed-requests';
import type { Body, BodyBudget, ReadBody } from './bodies/body-budget';
import { isBoundedJson } from './bodies/json-structure';
import { type CountRefusal, type Route, send } from './server';

/** The most that Bolt takes. A form that is full of Chinese comes near it, because its text is percent-encoded. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';
const ROUTE = 'POST /slack/events';

interface SlackReceiver {
  slack: SignedRequests;
  bodies: BodyBudget;
  countRefusal: CountRefusal;
}

/**
 * The route that Slack calls. The signature's headers are judged before the body is read, the signature before anything of
 * it is parsed. Bolt gets requests whose body is in hand.
 */
export function receiveSlackRequests({ slack, bodies, countRefusal }: SlackReceiver): Route {
  return async (request, response) => {
    const flaw = slack.findFlaw(request.headers, Date.now());
    if (flaw) return refuse(response, 401, flaw);
    const body = await bodies.read(request, { sender: 'slack', maxBytes: MAX_BODY_BYTES });
    if ('refused' in body) return answerRefused(response, body.refused);
    response.once('close', body.release);
    if (!slack.isSigned(request.headers, body.bytes)) return refuse(response, 401, 'wrong_signature');
    if (!isBoundedJson(jsonIn(body.bytes, request.headers['content-type'])))
      return refuse(response, 413, 'too_complex');
    slack.handle(Object.assign(request, { rawBody: body.bytes }), response);
  };

  /** Nothing is said where the connection is closed already. */
  function answerRefused(response: ServerResponse, refused: Exclude<ReadBody, Body>['refused']): void {
    if (refused === 'too_large') refuse(response, 413, refused);
    else if (refused === 'no_room') refuse(response, 503, refused);
    else countRefusal(`${ROUTE} ${refused}`);
  }

  function refuse(response: ServerResponse, status: number, reason: string): void {
    countRefusal(`${ROUTE} ${reason}`);
    send(response, status, { error: reason }, { connection: 'close' });
  }
}

/** A command is a form without JSON. */
function jsonIn(body: Buffer, contentType: string | undefined): Buffer {
  if (contentType !== FORM) return body;
  return Buffer.from(new URLSearchParams(body.toString()).get('payload') ?? '');
}
