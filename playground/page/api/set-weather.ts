import { type Answer, ask, post } from './ask';
import type { BukaWeather, SlackWeather } from './weather';
import type { BukaWeatherName, BukaWeatherSetting, SlackWeatherName, SlackWeatherSetting } from './wire';

/** Null switches off. Answers with the switches that are on now. */
export function setBukaWeather(name: BukaWeatherName, setting: BukaWeatherSetting | null) {
  return counted(post<Pick<BukaWeather, 'on'>>('/buka/faults', { name, setting }));
}

/** Null switches off. */
export function setSlackWeather(name: SlackWeatherName, setting: SlackWeatherSetting | null) {
  return counted(post<SlackWeather>('/playground/faults', { name, setting: setting ?? false }));
}

export function calmAll() {
  return Promise.all([
    counted(post('/buka/faults', { setting: null })),
    counted(ask('/playground/faults', { method: 'DELETE' })),
  ]);
}

let orders = 0;

/** Grows with each order and with its answer: what was asked for before that may be out of date. */
export const weatherOrders = () => orders;

async function counted<T>(order: Promise<Answer<T>>): Promise<Answer<T>> {
  orders++;
  const answer = await order;
  orders++;
  return answer;
}
