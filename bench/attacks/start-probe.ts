import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ProbeResult {
  /** The p99 of the bot's answers, in milliseconds. */
  bot: number;
  /** The same of a server that does nothing else. */
  bare: number;
  /** Questions to the bot that had no answer within their time. */
  silent: number;
}

/** Asks this address and a bare server in turn, from a process of its own, until it is stopped. */
export async function startProbe(url: string): Promise<{ stop(): Promise<ProbeResult> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'probe-process.ts'), url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await once(child.stdout, 'data');
  said = '';
  return {
    async stop() {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
      return JSON.parse(said) as ProbeResult;
    },
  };
}
