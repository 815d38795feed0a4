import { startBuka } from '../src/playground/buka/buka';
import { ACCOUNT } from './stand';

/** A local Buka by itself, so that it does not share the event loop of what is measured. */
startBuka({
  apps: [
    { apiKey: ACCOUNT.apiKey, apiSecret: ACCOUNT.apiSecret, appIds: [ACCOUNT.appId], balance: '100000000' },
  ],
  latencyMs: Number(process.argv[2] ?? 0),
}).then(
  (buka) => process.stdout.write(`${buka.url}\n`),
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  },
);
