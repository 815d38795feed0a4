import { startApp } from '../../src/app';
import { parseConfig } from '../../src/config';
import { createLog } from '../../src/log';
import { createProviders } from '../../src/providers/create-providers';
import { createTinyProvider } from './tiny-provider';

/** The bot as a process of its own, with the tiny provider besides the others. As src/main.ts, without what people need. */
async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const providers = { ...createProviders(), tiny: createTinyProvider() };
  const app = await startApp(config, log, { providers });
  process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
  log.info('The bot is up');
}

void main();
