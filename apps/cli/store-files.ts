/** The file that makes a directory a store. */
export const STORE_FILE = 'daicho.db';
/**
 * The socket on which a running server takes commands, or, where its path is too long, the file that names
 * it.
 */
export const SOCKET_FILE = 'daicho.sock';
export const SOCKET_NAME_FILE = 'daicho.sock.path';
/** Files that a command makes for itself and removes again. */
export const WORK_FOLDER = 'tmp';
