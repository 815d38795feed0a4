import { existsSync } from 'node:fs';
import { type App, startApp } from './app';
import { ConfigError, parseConfig } from './config';
import { createLog } from './log';

/** What still runs after a stop of this long is left to the next start. */
const STOP_WITHIN_MS = 9_500;

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'an unhandled error');
    process.exit(1);
  });

  let app: App | null = null;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'Stopping');
      // No work has begun yet, and a database that is starting ends with this process. The listener is needed: the
      // first process of a container gets no signal without one.
      if (!app) process.exit(0);
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
  app = await startApp(config, log);
  log.info({ port: app.port, role: config.role }, 'The bot is up');
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    error instanceof ConfigError ? `${message}\n` : `The bot could not start: ${message}\n`,
  );
  process.exit(1);
});
