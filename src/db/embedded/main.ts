import { createLog } from '../../log';
import { startEmbedded } from './start';

/** `npm run database`: the embedded server without the bot, for psql, a dump or a restore, until Ctrl-C. */
async function main(): Promise<void> {
  const server = await startEmbedded({
    dataDir: process.env.DATA_DIR ?? './data',
    fsync: true,
    log: createLog('warn'),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  }
  process.stdout.write(`${server.connectionString}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
