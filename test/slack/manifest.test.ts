import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settle } from '@bulk-sms/playground/slack/slack-options';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config';
import { CALLBACKS } from '../../src/slack/blocks/ids';

const text = readFileSync(resolve(__dirname, '../../manifest.yml'), 'utf8');
const manifest = parse(text);

it('fits the code: command, shortcut, event, Socket Mode', () => {
  const { slack } = parseConfig({
    SLACK_BOT_TOKEN: 'xoxb-tests',
    SLACK_APP_TOKEN: 'xapp-tests',
    BUKA_API_KEY: 'key',
    BUKA_API_SECRET: 'secret',
    BUKA_APP_ID: 'app',
  });
  expect(manifest.features.slash_commands[0].command).toBe(slack.command);
  expect(manifest.features.shortcuts[0].callback_id).toBe(CALLBACKS.sendShortcut);
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_home_opened']);
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
});

it('keeps Slack’s limits for names and descriptions', () => {
  const { name, description, long_description: long } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long.length).toBeGreaterThanOrEqual(175);
  expect(long.length).toBeLessThanOrEqual(4000);
  for (const shortcut of manifest.features.shortcuts) {
    expect(shortcut.name.length).toBeLessThanOrEqual(24);
    expect(shortcut.description.length).toBeLessThanOrEqual(150);
  }
});

it('is still valid with the lines of HTTP mode switched on', () => {
  const http = parse(
    text
      .replace(/# ((?:request_)?url: \S+) +# HTTP/g, '$1')
      .replace('socket_mode_enabled: true', 'socket_mode_enabled: false'),
  );
  const urls = [
    http.features.slash_commands[0].url,
    http.settings.event_subscriptions.request_url,
    http.settings.interactivity.request_url,
  ];
  expect(new Set(urls)).toEqual(new Set(['https://sms.example.com/slack/events']));
});

it('asks for the scopes that the local Slack grants, by which every flow is tested, and for no others', () => {
  const { bot, bot_optional: optional } = manifest.oauth_config.scopes;
  expect(new Set([...bot, ...optional])).toEqual(new Set(settle({ signingSecret: '', botToken: '' }).scopes));
});
