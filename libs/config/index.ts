export * from './config.js';
export { configurationReference, exampleEnvironment } from './reference.js';
export { type Environment, SETTINGS, type SettingName } from './settings.js';
