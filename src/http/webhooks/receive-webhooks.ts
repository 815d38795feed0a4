import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../log';
import type { ReceivedWebhook, WebhookRequest } from '../../providers/provider-webhooks';
import type { Body, BodyBudget, ReadBody } from '../bodies/body-budget';
import { isBoundedJson } from '../bodies/json-structure';
import { type CountRefusal, type Route, send } from '../server';
import { within } from '../within-deadline';
import { groupCommit } from './group-commit';

/** A report has about 300 bytes. */
const MAX_BODY_BYTES = 1024 * 1024;
/** A provider that we know pushes one report a request, of about 15. A job reads all items of a body at once: 50,000 empty ones took it seconds. */
const MAX_PUSHED_ELEMENTS = 5_000;
const MAX_OPEN = 256;
/** Bodies that one statement inserts. */
const MAX_WRITE_BYTES = 4 * 1024 * 1024;
/** Longer than any commit. When the database hangs, the provider gets a 503 and sends the webhook again later. */
const ANSWER_WITHIN_MS = 5_000;
const RETRY_AFTER_S = 2;

export interface WebhookReceiver {
  /** The beginning of every URL, as the provider knows it: it may sign the whole URL. */
  publicUrl: string;
  /** False where the provider cannot have sent it: its body is not read. Rejects where that cannot be told now. */
  expects(request: Omit<WebhookRequest, 'rawBody'>): boolean | Promise<boolean>;
  /** What the provider sent; null where nothing proves that it did. Rejects where that cannot be decided now. */
  receive(request: WebhookRequest): Promise<ReceivedWebhook | null>;
  /** Stores webhooks in the inbox, all or none; resolves when they are committed. */
  store(webhooks: ReceivedWebhook[]): Promise<void>;
  bodies: BodyBudget;
  countRefusal: CountRefusal;
  /** The path without its secret, for the counts of what is refused. */
  route: string;
  log: Log;
  /** Requests that may be open at once; more are answered 503. */
  maxOpen?: number;
  answerWithinMs?: number;
}

/**
 * A route for a provider's webhooks. It stores each body as it is and answers 200 once it is committed, so the answer
 * takes as long as a commit. A body that cannot be proved or stored now is answered 503, and the provider sends it
 * again; if it never does, polling finds the outcome. What the provider did not send is answered 404, like any unknown
 * path.
 */
export function receiveWebhooks({
  publicUrl,
  expects,
  receive,
  store,
  bodies,
  countRefusal,
  route,
  log,
  maxOpen = MAX_OPEN,
  answerWithinMs = ANSWER_WITHIN_MS,
}: WebhookReceiver): Route {
  const storeOne = groupCommit(store, ({ body }: ReceivedWebhook) => body.length, MAX_WRITE_BYTES);
  let open = 0;

  return async (request, response) => {
    const head = headOf(publicUrl, request);
    const isExpected = await within(answerWithinMs, look(head));
    if (isExpected === null) return refuse(response, 404, 'not_expected');
    if (!isExpected) return answerBusy(response);
    if (open >= maxOpen) return answerBusy(response);
    open += 1;
    // The request counts until its body is stored or has failed, even when the client no longer waits for the answer.
    await answer(head, request, response, () => {
      open -= 1;
    });
  };

  /** Whether its body is to be read; null where the provider cannot have sent it. */
  async function look(head: Omit<WebhookRequest, 'rawBody'>): Promise<boolean | null> {
    try {
      return (await expects(head)) || null;
    } catch (error) {
      log.warn(
        { err: error },
        'a webhook cannot be told from a guess now; whoever sent it was asked to send it again',
      );
      return false;
    }
  }

  async function answer(
    head: Omit<WebhookRequest, 'rawBody'>,
    request: IncomingMessage,
    response: ServerResponse,
    close: () => void,
  ): Promise<void> {
    const body = await bodies.read(request, { sender: 'providers', maxBytes: MAX_BODY_BYTES });
    if ('refused' in body) {
      close();
      return answerRefused(response, body.refused);
    }
    if (!isBoundedJson(body.bytes, { maxElements: MAX_PUSHED_ELEMENTS })) {
      body.release();
      close();
      return refuse(response, 413, 'too_complex');
    }
    const taken = take({ ...head, rawBody: body.bytes.toString('utf8') }).finally(() => {
      body.release();
      close();
    });
    const isStored = await within(answerWithinMs, taken);
    if (isStored === null) return refuse(response, 404, 'not_proved');
    return isStored ? send(response, 200, {}) : answerBusy(response);
  }

  /** Nothing is said where the connection is closed already. */
  function answerRefused(response: ServerResponse, refused: Exclude<ReadBody, Body>['refused']): void {
    if (refused === 'too_large') refuse(response, 413, refused);
    else if (refused === 'no_room') answerBusy(response, { connection: 'close' });
    else countRefusal(`${route} ${refused}`);
  }

  /** A 404 is like that of any unknown path. */
  function refuse(response: ServerResponse, status: 404 | 413, reason: string): void {
    countRefusal(`${route} ${reason}`);
    send(response, status, { error: status === 404 ? 'not found' : 'too large' }, { connection: 'close' });
  }

  function answerBusy(response: ServerResponse, headers: Record<string, string> = {}): void {
    send(response, 503, { error: 'busy' }, { 'retry-after': String(RETRY_AFTER_S), ...headers });
  }

  /** Whether it is stored; null where the provider did not send it. */
  async function take(request: WebhookRequest): Promise<boolean | null> {
    try {
      const webhook = await receive(request);
      if (webhook === null) return null;
      await storeOne(webhook);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'a webhook could not be stored; the provider was asked to send it again');
      return false;
    }
  }
}

function headOf(publicUrl: string, request: IncomingMessage): Omit<WebhookRequest, 'rawBody'> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return { url: `${publicUrl}${request.url ?? '/'}`, headers };
}
