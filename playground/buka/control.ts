import { z } from 'zod';
import { BUKA_FAULT_NAMES, BUKA_FAULTS } from './buka-faults';
import type { Buka } from './facade';

/** Answers one request of the control API, given as `METHOD /path` and the parsed body. */
export type Control = (name: string, body: unknown) => { httpStatus: number; body: unknown };

const number = z.string().regex(/^\+?[1-9]\d{6,14}$/);
const count = z.number().int().positive();
const url = z.url({ protocol: /^http$/ });

/** The setting of a fault, as the control API and the environment give it. */
export const bukaFaultSettingSchema = z.strictObject({
  times: count.optional(),
  every: count.optional(),
  probability: z.number().min(0).max(1).optional(),
  on: z
    .enum([
      'send',
      'query',
      'any',
      'sendSms',
      'sendSms/batch',
      'getReport',
      'getSentRcd',
      'getBalance',
      'recordMo',
    ])
    .optional(),
  ms: z.number().int().min(0).max(3_600_000).optional(),
});

const bodies = {
  /** A setting switches the fault on, null switches it off. Without a name, null switches all faults off. */
  faults: z.union([
    z.strictObject({ name: z.enum(BUKA_FAULT_NAMES), setting: bukaFaultSettingSchema.nullable() }),
    z.strictObject({ setting: z.null() }),
  ]),
  /** Without `ms`: until every message that is on its way has arrived. */
  advance: z.strictObject({ ms: z.number().min(0).optional() }),
  hold: z.strictObject({ isHeld: z.boolean() }),
  reply: z.strictObject({ number, content: z.string().min(1).max(1024) }),
  balance: z.strictObject({
    balance: z.string().regex(/^\d{1,9}(\.\d{1,6})?$/),
    apiKey: z.string().optional(),
  }),
  ledger: z.strictObject({ expected: z.array(z.string()).optional() }),
  urls: z.strictObject({ reportUrl: url.optional(), inboundUrl: url.optional() }),
};

/** The switches and the virtual clock over HTTP, for the page and for tests in other processes. */
export function createControl(buka: Buka): Control {
  const commands: Record<string, (body: unknown) => unknown> = {
    'GET /control/state': () => buka.state(),
    'GET /control/faults': () => ({ switches: BUKA_FAULTS, on: buka.faults.current() }),
    'POST /control/faults': (body) => {
      const order = bodies.faults.parse(body);
      if (!('name' in order)) buka.faults.clear();
      else if (order.setting) buka.faults.set(order.name, order.setting);
      else buka.faults.clear(order.name);
      return { on: buka.faults.current() };
    },
    'POST /control/advance': (body) => {
      const { ms } = bodies.advance.parse(body);
      if (ms === undefined) buka.deliverNow();
      else buka.advance(ms);
      return {};
    },
    'POST /control/hold': (body) => {
      buka.hold(bodies.hold.parse(body).isHeld);
      return {};
    },
    'POST /control/reply': (body) => {
      const reply = bodies.reply.parse(body);
      return buka.reply(reply.number, reply.content);
    },
    'POST /control/balance': (body) => {
      const { balance, apiKey } = bodies.balance.parse(body);
      buka.setBalance(balance, apiKey);
      return {};
    },
    'POST /control/ledger': (body) => {
      const { expected } = bodies.ledger.parse(body);
      return { ...buka.ledger.counts(expected), doubled: buka.ledger.doubled(), never: buka.ledger.never() };
    },
    'POST /control/urls': (body) => {
      buka.pushTo(bodies.urls.parse(body));
      return {};
    },
    'POST /control/reset': () => {
      buka.reset();
      return {};
    },
  };

  return (name, body) => {
    const command = commands[name];
    if (!command) return { httpStatus: 404, body: { error: 'not_found' } };
    try {
      return { httpStatus: 200, body: command(body) };
    } catch (fault) {
      if (fault instanceof z.ZodError) return badRequest(z.prettifyError(fault));
      if (fault instanceof RangeError) return badRequest(fault.message);
      throw fault;
    }
  };
}

function badRequest(details: string) {
  return { httpStatus: 400, body: { error: 'bad_request', details } };
}
