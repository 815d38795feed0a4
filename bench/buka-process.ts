import { startBuka } from '@bulk-sms/playground/buka/buka';
import { ACCOUNT } from './bench-system';

/** A local Buka by itself, so that it does not share the event loop of what is measured. */
const [latencyMs = 0, deliveredWithinMs = 0] = process.argv.slice(2).map(Number);

startBuka({
  apps: [
    { apiKey: ACCOUNT.apiKey, apiSecret: ACCOUNT.apiSecret, appIds: [ACCOUNT.appId], balance: '100000000' },
  ],
  latencyMs,
  ...(deliveredWithinMs ? { timings: { sendingMs: { min: 0, max: deliveredWithinMs } } } : {}),
}).then(
  (buka) => process.stdout.write(`${buka.url}\n`),
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);
