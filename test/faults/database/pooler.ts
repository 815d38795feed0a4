import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@bulk-sms/playground/demo/free-port';

export const hasPgbouncer = spawnSync('pgbouncer', ['--version']).status === 0;

export interface Pooler {
  /** The same database, through the pooler. */
  url: string;
  close(): Promise<void>;
}

/** pgbouncer in front of the test server, as Debian has it. Settings of its own after `more`. */
export async function startPooler(databaseUrl: string, mode: string, more: string[] = []): Promise<Pooler> {
  const url = new URL(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), 'sms-pooler-'));
  await chmod(directory, 0o755);
  const port = await freePort();
  const file = join(directory, 'pgbouncer.ini');
  await writeFile(
    file,
    [
      '[databases]',
      `* = host=${url.searchParams.get('host')} user=${url.username}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = any',
      `pool_mode = ${mode}`,
      'default_pool_size = 60',
      'max_client_conn = 200',
      ...more,
      '',
    ].join('\n'),
  );
  // It does not run as root, and the test server's socket is closed to all but its own user.
  const isRoot = process.getuid?.() === 0;
  const child = isRoot
    ? spawn(
        'setpriv',
        [
          '--reuid=65534',
          '--regid=65534',
          '--clear-groups',
          '--inh-caps=+dac_override',
          '--ambient-caps=+dac_override',
          '--securebits=+no_setuid_fixup',
          '--',
          'pgbouncer',
          file,
        ],
        { stdio: 'ignore' },
      )
    : spawn('pgbouncer', [file], { stdio: 'ignore' });
  await untilItListens(child, port);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    async close() {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await pause(20);
  }
  throw new Error(`pgbouncer ended with ${child.exitCode}`);
}
