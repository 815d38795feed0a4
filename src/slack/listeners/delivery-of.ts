import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context, StringIndexed, ViewResponseAction } from '@slack/bolt';
import { CALLBACKS } from '../blocks/ids';
import type { Delivery } from '../store/deliveries.sql';

/** Slack's answers to forms are small, but for a page of recipients, which is no business of this table. */
const MOST_KEPT_ANSWER_BYTES = 8 * 1024;

/**
 * What tells a request of HTTP mode apart: the signature of its time and body, which Bolt has checked. Only this part of the
 * header counts for Bolt, so only this part counts here: the same request with other headers is the same one. A retry by
 * Slack has another time, and so is another request.
 */
export function signedDelivery(request: Pick<IncomingMessage, 'headers'>): StringIndexed {
  const [, signature] = String(request.headers['x-slack-signature'] ?? '').split('=');
  return signature ? { deliveryId: hash(`signature:${signature}`) } : {};
}

/** What tells a request of Socket Mode apart. */
export function envelopeDelivery({ envelope_id: id }: { envelope_id?: unknown }): StringIndexed {
  return typeof id === 'string' ? { deliveryId: hash(`envelope:${id}`) } : {};
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The request that is being handled; null where nothing tells it apart. */
export function deliveryOf({ deliveryId }: Context, isAnswered: boolean): Delivery | null {
  return typeof deliveryId === 'string' ? { id: deliveryId, isAnswered } : null;
}

/** The answer to a form as it is kept for a repeated delivery; null where it is not kept, and the form then closes. */
export function keptAnswer(answer: ViewResponseAction | undefined): string | null {
  if (!answer) return null;
  if ('view' in answer && answer.view.type === 'modal' && answer.view.callback_id === CALLBACKS.details)
    return null;
  const text = JSON.stringify(answer);
  return Buffer.byteLength(text) <= MOST_KEPT_ANSWER_BYTES ? text : null;
}
