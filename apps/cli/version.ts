/** The version of the workspace's package.json; a spec compares them. */
export const VERSION = '0.1.0';
