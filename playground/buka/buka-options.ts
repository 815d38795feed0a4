import type { BukaFaultName, BukaFaultSetting } from './buka-faults';
import type { Outcomes, Timings } from './messages/outcomes';

/** One account of the provider. Amounts are decimal strings, at most 6 decimals. */
export interface AppOptions {
  apiKey: string;
  apiSecret: string;
  appIds: string[];
  balance?: string | undefined;
  gift?: string | undefined;
  credit?: string | undefined;
}

/**
 * Points where the provider's documentation contradicts itself or says nothing. With all of them off, replies are
 * exactly as documented. A client must work with each of them.
 */
export interface Quirks {
  /** `msgid` instead of `msgId` in the reply to a send. */
  lowerCaseMsgid?: boolean;
  /** Statuses and counts as JSON numbers instead of strings. */
  numbersAsNumbers?: boolean;
  /** The key `"orderId "`, with a trailing blank, in pushed reports. */
  orderIdWithBlank?: boolean;
  /** An empty time slot answers `-24` instead of an empty list. */
  noDataIsAnError?: boolean;
  /** `receiveTime` of getSentRcd is the time of the outcome instead of the time of acceptance. */
  receiveTimeIsOutcomeTime?: boolean;
  /** `startIndex` counts pages instead of records. */
  startIndexCountsPages?: boolean;
  /** getSentRcd adds `pricedetail` to each record. */
  priceInSentRecords?: boolean;
}

export interface BukaOptions {
  /** Chosen by the system when absent. Always on 127.0.0.1. */
  port?: number | undefined;
  apps: AppOptions[];
  /** The seed of everything random: outcomes, delays, faults. */
  seed?: number | undefined;
  /** Added to the time that every answer of the API takes. */
  latencyMs?: number | undefined;
  timings?: Partial<Timings> | undefined;
  outcomes?: Partial<Outcomes> | undefined;
  quirks?: Quirks | undefined;
  /** Calls in a second that one account may make, sends not counted. Further calls are answered `-15`. */
  queriesPerSecond?: number | undefined;
  /** Currency of `pricedetail`. */
  currency?: string | undefined;
  /** Where delivery reports are pushed. Messages accepted while it is not set are never reported. */
  reportUrl?: string | undefined;
  /** Where recipients' replies are pushed. */
  inboundUrl?: string | undefined;
  /** How many pushes run at once. */
  pushConcurrency?: number | undefined;
  /** The wait before a push that was not accepted is repeated. It doubles each time. */
  pushRetryMs?: number | undefined;
  /** The faults that are on from the start. They replace those in the state file. */
  faults?: Partial<Record<BukaFaultName, BukaFaultSetting>> | undefined;
  /** A JSON file that holds the state between two runs. Written soon after each change and on close. */
  stateFile?: string | undefined;
}
