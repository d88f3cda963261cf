export * from './config.js';
export { joinDotEnv } from './dot-env.js';
export { COMPOSE_SECRETS, configurationReference, exampleEnvironment } from './reference.js';
export { type Environment, SETTINGS, type SettingName } from './settings.js';
