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
  // Of something that nobody waits for, such as a step inside Slack's library. What is sent is recorded by jobs, and each
  // of those waits for all that it does: no text is in doubt by it, and it must not stop those that were ordered.
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'an error that nobody has handled');
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an unexpected error ends the process');
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
