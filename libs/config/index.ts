export { boolean, integer, list, text, url, type Setting, type Settings } from './settings.ts';
export { ConfigError, readConfig, type ConfigOf } from './read.ts';
export { describeConfig } from './describe.ts';
