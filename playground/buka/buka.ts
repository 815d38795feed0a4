import { listen } from '../http/listen';
import { openStateFile, type StateFile } from '../state-file';
import { openAccount } from './accounts/account';
import { toMillionths } from './accounts/money';
import { bukaApi } from './api/buka-api';
import { pushedInbound } from './api/record-mo';
import type { BukaOptions } from './buka-options';
import { createControl } from './control';
import type { Buka } from './facade';
import { listPhones } from './messages/phones';
import { openProvider } from './open-provider';
import type { BukaEvent, Provider } from './provider';
import type { Pump } from './pushes/pump';
import { describeState } from './state/describe';
import { readSnapshot, restore, takeSnapshot } from './state/snapshot';

export type { Buka } from './facade';

const LATEST_OUTCOME_MS = 24 * 60 * 60 * 1000;

/** Starts a local Buka. Throws if the port is taken or the state file cannot be read. */
export async function startBuka(options: BukaOptions): Promise<Buka> {
  const listeners = new Set<(event: BukaEvent) => void>();
  const { provider, pump } = openProvider(options, (event) => {
    for (const listener of listeners) listener(event);
  });
  const stateFile = options.stateFile
    ? await restoreFrom(options.stateFile, provider, options.faults === undefined)
    : undefined;
  if (stateFile) listeners.add(stateFile.touch);

  const listening = await listen(
    bukaApi(provider, (name, body) => control(name, body)),
    options.port ?? 0,
  );
  const buka: Buka = {
    url: `http://127.0.0.1:${listening.port}/v3`,
    controlUrl: `http://127.0.0.1:${listening.port}/control`,
    ...facadeOf(provider, pump, options),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      provider.reports.close();
      await listening.close();
      await pump.close();
      await stateFile?.close();
    },
  };
  const control = createControl(buka);
  return buka;
}

async function restoreFrom(path: string, provider: Provider, keepsFaults: boolean): Promise<StateFile> {
  const saved = await readSnapshot(path);
  if (saved) restore(provider, saved, keepsFaults);
  return openStateFile(path, () => takeSnapshot(provider));
}

type Facade = Omit<Buka, 'url' | 'controlUrl' | 'onEvent' | 'close'>;

function facadeOf(provider: Provider, pump: Pump, options: BukaOptions): Facade {
  const { accounts, clock, inbox, ledger, messages, reports, requests, faults, currency } = provider;
  let { inboundUrl } = options;

  function advance(ms: number): void {
    clock.advance(ms);
    reports.flush();
    provider.emit({ type: 'changed' });
  }

  return {
    ledger,
    faults,
    advance,
    hold: clock.hold,
    requests: requests.recent,
    calls: requests.counts,
    phones: (limit = 50) => listPhones(messages, inbox, limit),
    state: () => describeState(provider, pump.counts()),
    snapshot: () => structuredClone(takeSnapshot(provider)),
    deliverNow: () => advance(LATEST_OUTCOME_MS),
    reply(number, content) {
      const text = inbox.add({ ...addresseeOf(provider, number), content, receivedAtMs: clock.now() });
      if (inboundUrl) pump.enqueue(inboundUrl, () => pushedInbound(text, currency));
      provider.emit({ type: 'replied', number: text.number });
      return text;
    },
    pushTo(urls) {
      reports.pushTo(urls.reportUrl);
      inboundUrl = urls.inboundUrl;
    },
    pushesDone: reports.pushed,
    setBalance(balance, apiKey = accounts[0]?.apiKey) {
      const account = accounts.find((candidate) => candidate.apiKey === apiKey);
      if (!account) throw new RangeError('no account has this key');
      account.balance = toMillionths(balance);
      provider.emit({ type: 'changed' });
    },
    reset() {
      accounts.splice(0, accounts.length, ...options.apps.map(openAccount));
      inbox.load([]);
      for (const part of [messages, ledger, reports, requests, faults]) part.clear();
      provider.emit({ type: 'changed' });
    },
  };
}

/** The number that writes, and the app and sender ID that it answers: those of its last text, else the first app. */
function addresseeOf({ messages, accounts }: Provider, number: string) {
  const digits = number.replace(/^\+/, '');
  for (let index = messages.size() - 1; index >= 0; index--) {
    const message = messages.at(index);
    if (message.number === digits)
      return { number: digits, appId: message.appId, senderId: message.senderId };
  }
  return { number: digits, appId: accounts[0]?.appIds[0] ?? '', senderId: '' };
}
