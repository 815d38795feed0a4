import { ask, post } from './ask';
import type { BukaWeather, SlackWeather } from './weather';
import type { BukaWeatherName, BukaWeatherSetting, SlackWeatherName, SlackWeatherSetting } from './wire';

/** Null switches off. Answers with the switches that are on now. */
export function setBukaWeather(name: BukaWeatherName, setting: BukaWeatherSetting | null) {
  return post<Pick<BukaWeather, 'on'>>('/buka/weather', { name, setting });
}

/** Null switches off. */
export function setSlackWeather(name: SlackWeatherName, setting: SlackWeatherSetting | null) {
  return post<SlackWeather>('/playground/weather', { name, setting: setting ?? false });
}

export function calmAll() {
  return Promise.all([
    post('/buka/weather', { setting: null }),
    ask('/playground/weather', { method: 'DELETE' }),
  ]);
}
