import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Attack, CALLBACK_SECRET } from './attack';
import { BODIES, type Flood, UNFINISHED } from './flood';

const BODY_BYTES = 1024 * 1024;

/** Bodies that are never finished, and bodies that cost much to parse. */
export function hostileBodies(): Attack[] {
  const reports = `/buka/reports/${CALLBACK_SECRET}`;
  const signed = () => ({
    'x-slack-signature': `v0=${'0'.repeat(64)}`,
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
  });
  return [
    attack(`${UNFINISHED} bodies of Slack that lack a byte, without a signature`, () => ({
      kind: 'unfinished',
      path: '/slack/events',
      headers: {},
    })),
    attack('the same with headers as a signature has them', () => ({
      kind: 'unfinished',
      path: '/slack/events',
      headers: signed(),
    })),
    attack('the same to the address for reports', () => ({ kind: 'unfinished', path: reports, headers: {} })),
    attack(`${BODIES} pushed bodies of empty objects`, () => ({
      kind: 'pushed',
      path: reports,
      body: `[${'{},'.repeat(BODY_BYTES / 3 - 2)}{}]`,
    })),
    attack(`${BODIES} pushed bodies of brackets`, () => ({
      kind: 'pushed',
      path: reports,
      body: '['.repeat(BODY_BYTES / 2) + ']'.repeat(BODY_BYTES / 2),
    })),
  ];
}

function attack(name: string, floodOf: () => Flood): Attack {
  return { name, run: (_system, { port }) => flood({ ...floodOf(), port }) };
}

/** From a process of its own: what it writes would hold up the workspace of the bench, and so whoever is timed. */
async function flood(what: Flood & { port: number }): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'flood-process.ts')], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.end(JSON.stringify(what));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The flood ended with ${code}.`);
}
