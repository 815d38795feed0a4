import type { Events } from '../events';
import type { PersonOptions, Settings } from '../slack-options';
import { BOT } from './bot-ids';

export function createPeople(settings: Settings, events: Events) {
  const byId = new Map(settings.people.map((person) => [person.id, person]));
  return {
    list: () => [...byId.values()],
    find: (id: string) => byId.get(id),
    /** Changes a person, such as the language of their Slack. The app learns of it when it next asks. */
    change: (id: string, to: Partial<PersonOptions>) => {
      const person = byId.get(id);
      if (!person) return;
      byId.set(id, { ...person, ...to });
      events.emit({ type: 'person', user: id });
    },
    /** The person as `users.info` shows them; the locale only when asked for. */
    profile: (person: PersonOptions, withLocale: boolean) => ({
      id: person.id,
      team_id: person.team_id ?? settings.team.id,
      name: person.name,
      deleted: person.deleted ?? false,
      real_name: person.real_name,
      tz: person.tz,
      tz_label: person.tz,
      tz_offset: tzOffsetS(person.tz, settings.now()),
      profile: { real_name: person.real_name, display_name: person.name },
      is_admin: person.is_admin ?? false,
      is_owner: false,
      is_restricted: person.is_restricted ?? false,
      is_ultra_restricted: person.is_ultra_restricted ?? false,
      is_bot: person.is_bot ?? false,
      is_app_user: false,
      updated: 0,
      ...(withLocale ? { locale: person.locale } : {}),
    }),
    bot: () => ({
      id: BOT.userId,
      team_id: settings.team.id,
      name: BOT.name,
      deleted: false,
      real_name: 'Bulk SMS',
      tz: 'America/Los_Angeles',
      tz_offset: tzOffsetS('America/Los_Angeles', settings.now()),
      profile: { real_name: 'Bulk SMS', display_name: '', bot_id: BOT.botId, api_app_id: BOT.appId },
      is_admin: false,
      is_bot: true,
      is_app_user: false,
      updated: 0,
    }),
  };
}

/** Seconds east of UTC at a moment; 0 where the zone is one that only Slack knows. */
function tzOffsetS(tz: string, atMs: number): number {
  try {
    const wallClock = new Date(atMs).toLocaleString('sv-SE', { timeZone: tz });
    const localMs = Date.parse(`${wallClock.replace(' ', 'T')}Z`);
    return Math.round((localMs - atMs) / 60_000) * 60;
  } catch {
    return 0;
  }
}
