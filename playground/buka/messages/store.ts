import { luckOf } from '../chance';
import type { Clock } from '../clock';
import { delaysOf, type Outcomes, outcomeOf, type Timings } from './outcomes';

export type MessageState = 'queued' | 'sending' | 'delivered' | 'failed';

interface NewMessage {
  appId: string;
  number: string;
  orderId: string;
  content: string;
  senderId: string;
  /** How often this number had been accepted before. */
  attempt: number;
  /** The message is final at once. For a report that comes before the answer to the send. */
  isInstant: boolean;
}

export interface Message {
  msgId: string;
  appId: string;
  number: string;
  orderId: string;
  content: string;
  senderId: string;
  state: MessageState;
  /** Why it failed. Empty if it did not fail. */
  reason: string;
  /** Wall clock. */
  acceptedAtMs: number;
  /** When the outcome was or will be known, by the wall clock, as if the transit clock had not been advanced. */
  finalAtMs: number;
}

/** One array for each column, one entry for each message. A million messages take little memory and no timer. */
interface MessageColumns {
  appId: string[];
  number: string[];
  orderId: string[];
  content: string[];
  senderId: string[];
  luck: number[];
  acceptedAtMs: number[];
  /** By the transit clock; `-1` for an instant message. */
  enteredAtMs: number[];
}

/**
 * The messages in the order of their acceptance. The state of a message is not stored. It follows from the
 * message's luck and the transit clock.
 */
export interface MessageStore {
  accept(message: NewMessage): number;
  size(): number;
  at(index: number): Message;
  /** The same as `at(index).state`, for counting a million of them. */
  stateAt(index: number): MessageState;
  acceptedAtMs(index: number): number;
  /** When the message is final by the transit clock; Infinity for a stuck one. */
  dueAtMs(index: number): number;
  idOf(index: number): string;
  /** Undefined for an id that this provider never gave. */
  indexOf(msgId: string): number | undefined;
  save(): SavedMessages;
  load(saved: SavedMessages): void;
  clear(): void;
}

export interface SavedMessages {
  idPrefix: number;
  columns: MessageColumns;
}

export function createMessageStore(
  seed: number,
  clock: Clock,
  outcomes: Outcomes,
  timings: Timings,
): MessageStore {
  let columns = emptyColumns();
  // Ten digits of the time and nine of the index: 19 digits. No id of an earlier run is repeated.
  let idPrefix = Math.floor(clock.now() / 1000);

  function accept(message: NewMessage): number {
    columns.appId.push(message.appId);
    columns.number.push(message.number);
    columns.orderId.push(message.orderId);
    columns.content.push(message.content);
    columns.senderId.push(message.senderId);
    columns.luck.push(luckOf(seed, message.number, message.attempt));
    columns.acceptedAtMs.push(clock.now());
    return columns.enteredAtMs.push(message.isInstant ? -1 : clock.transitNow()) - 1;
  }

  function at(index: number): Message {
    const state = stateAt(index);
    const acceptedAtMs = entry(columns.acceptedAtMs, index);
    return {
      msgId: idOf(index),
      appId: entry(columns.appId, index),
      number: entry(columns.number, index),
      orderId: entry(columns.orderId, index),
      content: entry(columns.content, index),
      senderId: entry(columns.senderId, index),
      state,
      reason: state === 'failed' ? outcomeAt(index).reason : '',
      acceptedAtMs,
      finalAtMs: acceptedAtMs + (isInstant(index) ? 0 : delays(index).finalAfterMs),
    };
  }

  function stateAt(index: number): MessageState {
    const now = clock.transitNow();
    if (now >= dueAtMs(index)) return outcomeAt(index).outcome === 'failed' ? 'failed' : 'delivered';
    return now >= entry(columns.enteredAtMs, index) + delays(index).sendingAfterMs ? 'sending' : 'queued';
  }

  function dueAtMs(index: number): number {
    if (outcomeAt(index).outcome === 'stuck') return Number.POSITIVE_INFINITY;
    return isInstant(index) ? 0 : entry(columns.enteredAtMs, index) + delays(index).finalAfterMs;
  }

  const outcomeAt = (index: number) =>
    outcomeOf(outcomes, entry(columns.number, index), entry(columns.luck, index));
  const isInstant = (index: number) => entry(columns.enteredAtMs, index) === -1;
  const delays = (index: number) => delaysOf(timings, entry(columns.luck, index));
  const idOf = (index: number) => `${idPrefix}${String(index).padStart(9, '0')}`;

  return {
    accept,
    at,
    stateAt,
    dueAtMs,
    idOf,
    size: () => columns.number.length,
    acceptedAtMs: (index) => entry(columns.acceptedAtMs, index),
    indexOf(msgId) {
      const index = msgId.length === 19 && msgId.startsWith(String(idPrefix)) ? Number(msgId.slice(10)) : -1;
      return index >= 0 && index < columns.number.length ? index : undefined;
    },
    save: () => ({ idPrefix, columns }),
    load(saved) {
      ({ idPrefix, columns } = saved);
    },
    clear() {
      columns = emptyColumns();
      idPrefix = Math.max(idPrefix + 1, Math.floor(clock.now() / 1000));
    },
  };
}

function emptyColumns(): MessageColumns {
  return {
    appId: [],
    number: [],
    orderId: [],
    content: [],
    senderId: [],
    luck: [],
    acceptedAtMs: [],
    enteredAtMs: [],
  };
}

/** The index always exists: only this store hands out indexes. */
function entry<T>(column: T[], index: number): T {
  const value = column[index];
  if (value === undefined) throw new RangeError(`no message at ${index}`);
  return value;
}
