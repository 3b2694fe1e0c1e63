import { waitMs, type AskedBefore } from './limits.ts';

const now = new Date('2026-11-21T15:00:00+08:00');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const none: AskedBefore = { ip: [], case: [], phone: [] };

it.each<[string, Partial<AskedBefore>, number]>([
  ['nothing before', {}, 0],
  ['two of a case in the hour', { case: [ago(5), ago(50)] }, 0],
  ['three of a case in the hour', { case: [ago(5), ago(20), ago(50)] }, 10],
  ['three with a number in the hour', { phone: [ago(50), ago(5), ago(20)] }, 10],
  ['one that has just fallen out', { case: [ago(5), ago(20), ago(60)] }, 0],
  ['six in the day', { phone: [ago(70), ago(80), ago(90), ago(100), ago(110), ago(1430)] }, 10],
  ['ten of an address in the hour', { ip: Array.from({ length: 10 }, (_, n) => ago(n + 1)) }, 50],
  ['the longest of all waits', { ip: Array.from({ length: 10 }, () => ago(30)), case: [ago(1), ago(1), ago(1)] }, 59],
])('after %s one waits %j', (_name, before, minutes) => {
  expect(waitMs({ ...none, ...before }, now) / 60_000).toBe(minutes);
});
