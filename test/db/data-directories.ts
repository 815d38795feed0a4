import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const made: string[] = [];

/** A new directory of mode 0700, like a home that is closed to other users. */
export async function makeHome(): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'bulk-sms-home-'));
  made.push(home);
  return home;
}

/** A path so long that a socket in it would have no valid address. */
export async function makeLongPath(): Promise<string> {
  return path.join(await makeHome(), randomBytes(60).toString('hex'), 'data');
}

export async function removeHomes(): Promise<void> {
  for (const home of made.splice(0)) await rm(home, { recursive: true, force: true });
}

/** The process id of the server on this data. */
export async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

export interface Process {
  pid: number;
  command: string[];
}

/** The processes with this data's cluster in their command line: server and watchdog. Linux only. */
export async function processesOn(dataDir: string): Promise<Process[]> {
  const cluster = path.join(dataDir, 'postgres/cluster');
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), command: commandLine.split('\0') };
    }),
  );
  return all.filter(({ command }) => command.includes(cluster));
}
