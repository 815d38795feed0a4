import type { AppContext } from '../../batches/app-context';
import { storeWebhooks } from '../../batches/tracking/store-webhook';
import type { WebhookAccounts } from '../../providers/provider-webhooks';
import type { WebhookAddresses } from '../../tenants/webhook-addresses';
import type { BodyBudget } from '../bodies/body-budget';
import type { CountRefusal, Route } from '../server';
import { receiveWebhooks, type WebhookReceiver } from './receive-webhooks';

/** The paths that providers send webhooks to. `publicUrl`: see `WebhookReceiver`. */
export function webhookRoutes(
  app: AppContext,
  publicUrl: string,
  addresses: WebhookAddresses,
  doors: { bodies: BodyBudget; countRefusal: CountRefusal },
): Record<string, Route> {
  const routes: Record<string, Route> = {};
  for (const [provider, { webhooks }] of Object.entries(app.providers)) {
    const accounts: WebhookAccounts = {
      ofSubAccount: (subAccount) => app.accounts.listBySubAccount(provider, subAccount),
      atAddress: (secret) => addresses.accountsAt(provider, secret),
    };
    const receiver: Omit<WebhookReceiver, 'route'> = {
      publicUrl,
      expects: (request) => webhooks.expects(request, accounts),
      receive: (request) => webhooks.receive(request, accounts),
      store: (received) => storeWebhooks(app, provider, received),
      log: app.log,
      ...doors,
    };
    for (const path of webhooks.paths) {
      const route = `POST ${path}*`;
      routes[route] = receiveWebhooks({ ...receiver, route });
    }
  }
  return routes;
}
